"""settlements.yaml <-> what people settled by hand; a file that people may edit, too."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from grader.errors import GraderError
from grader.export.atomic import write_atomically
from grader.model.quantity import Share
from grader.model.rubric import Frozen
from grader.model.shown import one_line
from grader.score.settlement import Settlement
from grader.yaml.document import YamlError, read_yaml

LONGEST_REMARK_CHARACTERS: Final = 2_000  # a remark is a sentence or two

_HEAD: Final = """\
# Settled by hand. Every `grade` and `regrade` keeps these; delete an entry to take
# it back. `grader review` writes here, and so may you.
"""


class SettlementError(GraderError):
    """A settlement cannot be read; whoever edited the file can mend it."""


class _Entry(Frozen):
    submission: str
    part: str
    answer: str
    credit: Share
    remark: str = ""


class _File(Frozen):
    settlements: tuple[_Entry, ...] = Field(default=())


def read_settlements(path: Path) -> tuple[Settlement, ...]:
    """Read the settlements at *path*; nothing is settled where no file is.

    Raises:
        SettlementError: the file does not say what is settled, with the line.
    """
    if not path.exists():
        return ()
    try:
        document = read_yaml(path.read_bytes(), name=str(path))
    except YamlError as error:
        raise SettlementError(error.where, error.what, error.mend) from error
    try:
        entries = _File.model_validate(document.value or {}).settlements
    except ValidationError as error:
        first = error.errors()[0]
        raise SettlementError(
            where=document.where(first["loc"]),
            what=_plainly(first["msg"]),
            mend="each entry has submission, part, answer, credit (0 to 1) and remark",
        ) from error
    return tuple(
        Settlement(
            submission=entry.submission,
            part=entry.part,
            answer=entry.answer,
            credit=entry.credit,
            remark=entry.remark,
        )
        for entry in entries
    )


def _plainly(message: str) -> str:
    """Say in our words what pydantic says in its own."""
    return message.removeprefix("Value error, ").replace("Field required", "is missing")


def write_settlements(path: Path, settlements: Iterable[Settlement]) -> None:
    """Write *settlements* to *path*, by submission, part and answer."""
    ordered = sorted(settlements, key=lambda one: one.key)
    body = "".join(_entry(one) for one in ordered)
    write_atomically(
        path, _HEAD + (f"settlements:\n{body}" if body else "settlements: []\n")
    )


def _entry(one: Settlement) -> str:
    """Spell an entry, every value in quotes: nothing is left to be guessed."""
    fields = {
        "submission": one.submission,
        "part": one.part,
        "answer": one.answer,
        "credit": str(one.credit),
        "remark": one.remark,
    }
    lines = [f"{name}: {_quoted(text)}" for name, text in fields.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Quote *text* on one line; between single quotes a backslash is a backslash."""
    return (
        "'" + one_line(text, limit=LONGEST_REMARK_CHARACTERS).replace("'", "''") + "'"
    )
