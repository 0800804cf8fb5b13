"""What a student handed in, taken apart and not executed."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block holds."""

    CODE = "code"
    TEXT = "text"


class Form(StrEnum):
    """What kind of work was handed in, which decides how its code is run."""

    NOTEBOOK = "notebook"
    MODULE = "module"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A cell of a notebook, a module, or a sheet's text."""

    label: str
    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A file that came beside the work: a helper module, a table of numbers.

    *name* is relative, with forward slashes, and never leaves the submission's folder.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One student's files for one assignment: blocks in order, and what lay beside.

    *remarks* are reason codes of what loading had to forgive (`nbformat-3`,
    `several-notebooks`); *digest* is a SHA-256 over everything that was handed in.
    """

    name: str
    form: Form
    blocks: tuple[Block, ...]
    companions: tuple[Companion, ...] = ()
    remarks: tuple[str, ...] = ()
    digest: str = ""

    @property
    def code(self) -> tuple[Block, ...]:
        """The blocks that hold code, in order."""
        return tuple(b for b in self.blocks if b.kind is BlockKind.CODE)

    @property
    def text(self) -> tuple[Block, ...]:
        """The blocks that hold written work, in order."""
        return tuple(b for b in self.blocks if b.kind is BlockKind.TEXT)
