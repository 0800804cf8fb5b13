"""Small hostile or unlucky submissions, graded one by one -> who of them succeeded.

A case is a file below `cases/`: comment lines at its top say what it wants, what an
honest grader gives it, and how it is to be run; `# %%` begins a cell, and `# === name`
a file that lies beside the work. It succeeds, whatever it wants, if

- it earns other points than an honest grader gives it, or
- it printed a secret (the reference's, another student's, the grader's environment's)
  or the mark that says that a forbidden attempt went through, or
- anything in the results folder changed, or
- a process that it started is still alive, or its folder is, or
- an honest submission beside it does not get its full points any more, or
- grading it ended in an error or took more processor time than its limits allow.
"""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.errors import GraderError
from grader.model.rubric import Assignment
from grader.model.submission import Block, BlockKind, Companion, Form, Source
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import open_examiner
from grader.rubric.reader import read_rubric
from grader.sandbox.layers.descent import adopt_orphans, descendants
from grader.sandbox.session import Confinement, Starter, open_session, starter_for

HERE = Path(__file__).parent
MARK = "@TOKEN@"
IMPORTS = ("numpy", "sympy")
HONEST = Source(
    name="honest.ipynb",
    form=Form.NOTEBOOK,
    blocks=(
        Block(
            label="cell 1",
            kind=BlockKind.CODE,
            text="mass = 0.7310585786300049\n"
            "M = [[3.25, -1.75], [0.125, 9.5]]\n"
            "def f(x):\n    return 1.375 * x**3 - 0.8125 * x + 2.0625\n"
            "m2 = f(0.5) + f(-1.25)\n",
        ),
    ),
)
HONEST_POINTS = Fraction(4)
# an honest neighbour is graded after each case of these classes, and after every tenth
TOUCHY = ("reach", "exhaust", "results", "points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One submission: its text, and what is told at its top."""

    name: str
    wants: str
    text: str
    earns: Fraction = Fraction(0)
    is_slow: bool = False
    is_dangerous: bool = False
    form: Form = Form.NOTEBOOK


def read_cases() -> list[Case]:
    """Return every case of the corpus."""
    return [_read_case(path) for path in sorted((HERE / "cases").rglob("*.py"))]


def _read_case(path: Path) -> Case:
    text = path.read_bytes().decode("utf-8")
    told = re.match(r"(?:# .*\n)*", text)
    head = told[0] if told else ""
    earns = re.search(r"^# earns: (\d+)$", head, re.MULTILINE)
    wants = re.search(r"^# wants: (.+)$", head, re.MULTILINE)
    return Case(
        name=path.relative_to(HERE / "cases").with_suffix("").as_posix(),
        wants=wants[1] if wants else "",
        text=text[len(head) :],
        earns=Fraction(earns[1]) if earns else Fraction(0),
        is_slow="\n# slow\n" in head,
        is_dangerous="\n# never unconfined\n" in head,
        form=Form.MODULE if "\n# form: module\n" in head else Form.NOTEBOOK,
    )


@dataclass(slots=True, kw_only=True)
class Range:
    """A course folder, a results folder and a secret, with a grader at work on them."""

    folder: Path
    token: str
    stack: ExitStack
    assignment: Assignment
    examiner: Examiner
    confinement: Confinement
    starter: Starter

    @property
    def results(self) -> Path:
        """The folder that no submission may touch."""
        return self.folder / "results"

    def restart(self) -> None:
        """Start afresh, as a batch does for a new core."""
        self.starter.close()
        self.starter = starter_for(self.assignment.run, imports=IMPORTS)
        self.stack.callback(self.starter.close)

    def source(self, case: Case) -> Source:
        """Return the case as it was handed in, with this folder's names in it."""
        names = {
            "@COURSE@": str(self.folder / "course"),
            "@RESULTS@": str(self.results),
            "@PARENT@": str(os.getpid()),
        }
        text = re.sub("|".join(names), lambda found: names[found[0]], case.text)
        main, *beside = re.split(r"^# === (.+)\n", text, flags=re.MULTILINE)
        companions = [
            Companion(name=name, content=content.encode())
            for name, content in zip(beside[::2], beside[1::2], strict=True)
        ]
        cells = re.split(r"^# %%\n", main, flags=re.MULTILINE)
        return Source(
            name=f"{case.name.rpartition('/')[2]}.{'py' if case.form is Form.MODULE else 'ipynb'}",
            form=case.form,
            blocks=tuple(
                Block(label=f"cell {n}", kind=BlockKind.CODE, text=cell)
                for n, cell in enumerate(cells, 1)
            ),
            companions=tuple(companions),
        )

    def points(self, source: Source) -> tuple[Fraction, str]:
        """Grade *source*; return its points and everything that people are told."""
        with open_session(
            source,
            self.assignment.run,
            starter=self.starter,
            confinement=self.confinement,
        ) as student:
            graded = self.examiner.grade(student, submission=source.name)
        card = graded.scorecard
        return sum((p.earned for p in card.parts), Fraction(0)), repr(graded)

    def snapshot(self) -> dict[str, tuple[int, bytes]]:
        """Return what is in the results folder, modes included."""
        if not self.results.exists():
            return {}
        paths = [self.results, *sorted(self.results.rglob("*"))]
        return {
            str(path.relative_to(self.results)): (path.stat().st_mode, _content(path))
            for path in paths
        }


@contextmanager
def open_range(confinement: Confinement, engine: str = "fork") -> Iterator[Range]:
    """Set up a course with a secret in it, and a grader whose cells *engine* runs."""
    adopt_orphans()
    token = f"token-{secrets.token_hex(12)}"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="range-")))
        _lay_out(folder, token)
        stack.callback(setattr, tempfile, "tempdir", tempfile.tempdir)
        tempfile.tempdir = str(folder / "scratch")
        rubric = folder / "course" / "rubric.yaml"
        assignment = _run_by(engine, read_rubric(rubric))
        os.environ["GRADER_SECRET"] = token
        stack.callback(os.environ.pop, "GRADER_SECRET", None)
        starter = starter_for(assignment.run, imports=IMPORTS)
        stack.callback(starter.close)
        yield Range(
            folder=folder,
            token=token,
            stack=stack,
            assignment=assignment,
            examiner=stack.enter_context(open_examiner(rubric)),
            confinement=confinement,
            starter=starter,
        )


def _run_by(engine: str, assignment: Assignment) -> Assignment:
    run = assignment.run.model_copy(update={"engine": engine})
    return assignment.model_copy(update={"run": run})


def _lay_out(folder: Path, token: str) -> None:
    for name in ("course", "results", "scratch"):
        (folder / name).mkdir()
    for file in (HERE / "course").iterdir():
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace(MARK, token)
            (folder / "course" / file.name).write_text(text, encoding="utf-8")
    (folder / "results" / "victim.json").write_text(token, encoding="utf-8")


def attempt(case: Case, place: Range) -> list[str]:
    """Grade *case* and return what it achieved; an empty list is what is wanted."""
    achieved = []
    before, living = place.snapshot(), _others(place)
    try:
        points, told = place.points(place.source(case))
    except GraderError as error:
        return [f"grading ended: {error}"]
    if points != case.earns:
        achieved.append(f"{points} points, not {case.earns}")
    if place.token in told or MARK in told:
        achieved.append("printed a secret")
    if place.snapshot() != before:
        achieved.append("changed the results folder")
        _repair(place, before)
    if _others(place) - living:
        achieved.append("left a process behind")
    if len(list((place.folder / "scratch").iterdir())) > 1:  # the reference has one
        achieved.append("left a folder behind")
    if case.name.startswith(TOUCHY) and place.points(HONEST)[0] != HONEST_POINTS:
        achieved.append("changed an honest neighbour's points")
    return achieved


def _others(place: Range) -> set[int]:
    """Return the processes that descend from this one, but the one that forks.

    What is dead already and only waits to be noticed does not count.
    """
    forking = place.starter.pid
    return {p for p in descendants(os.getpid()) if p != forking and not _is_dead(p)}


def _is_dead(pid: int) -> bool:
    try:
        return b") Z " in Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return True


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b"(cannot be read)"


def _repair(place: Range, before: dict[str, tuple[int, bytes]]) -> None:
    if place.results.exists():
        place.results.chmod(0o755)
        shutil.rmtree(place.results)
    place.results.mkdir()
    for name, (mode, content) in before.items():
        if name != ".":
            (place.results / name).write_bytes(content)
            (place.results / name).chmod(mode)
