"""Loaders and exporters of installed packages, from end to end."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch.attending import Attendant, recorded
from grader.batch.fingerprint import fingerprint
from grader.batch.folder import OutputFolder
from grader.cli.face import run
from grader.load.handed import Handed
from grader.plugins import discover
from grader.rubric.reader import read_rubric
from tests.batch.course import RIGHT, Course, make_course
from tests.batch.test_attending import ANSWERS, Bench
from tests.pipeline.respondent import InProcess

PACKAGE = """\
import sys

from grader.errors import SubmissionError
from grader.model.submission import Block, BlockKind
from grader.plugins import Exporter, Loader


def read(content, name):
    text = content.decode()
    if text.startswith("raise"):
        raise ValueError("a bug of the plug-in")
    if text.startswith("refuse"):
        raise SubmissionError(name, "it has no chunks", "knit it first")
    if text.startswith("odd"):
        return ["no block"]
    kinds = {"code": BlockKind.CODE, "text": BlockKind.TEXT}
    chunks = [chunk.partition("\\n") for chunk in text.split("%%")[1:]]
    return tuple(
        Block(label=f"chunk {n}", kind=kinds[kind.strip()], text=body)
        for n, (kind, _, body) in enumerate(chunks, 1)
    )


def write(feedback, scorecard, assignment):
    if scorecard.submission == "bob":
        raise KeyError("bob")
    return f"{scorecard.submission}: {scorecard.earned}\\n"


LOADER = Loader(suffixes=(".chunks",), read=read)
LINES = Exporter(format="lines", suffix=".txt", write=write)
LEAVES = Exporter(format="leaves", suffix=".txt", write=lambda *_: sys.exit(0))
NUMBERS = Exporter(format="numbers", suffix=".txt", write=lambda *_: 7)
RECORDS = Exporter(format="records", suffix=".json", write=write)
AGAIN = Loader(suffixes=(".py",), read=read)
"""
POINTS = """\
[grader.loaders]
chunks = course_plugin:LOADER
python = course_plugin:AGAIN

[grader.exporters]
lines = course_plugin:LINES
leaves = course_plugin:LEAVES
numbers = course_plugin:NUMBERS
records = course_plugin:RECORDS
"""
CHUNKS = "%% text\n# Mine\n%% code\n" + RIGHT


@pytest.fixture
def package(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Install a package with plug-ins, for this process and those that it starts."""
    site = tmp_path_factory.mktemp("site")
    (site / "course_plugin.py").write_text(PACKAGE, encoding="utf-8")
    info = site / "course_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: course-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    yield site
    sys.modules.pop("course_plugin", None)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = make_course(tmp_path)
    course.handed_in.mkdir()
    OutputFolder(course.output).create()
    return course


def hand_in(course: Course, name: str, text: str) -> Path:
    path = course.handed_in / name
    path.write_text(text, encoding="utf-8")
    return path


def attended(course: Course, path: Path) -> str:
    assignment = read_rubric(course.rubric)
    attendant = Attendant(
        assignment=assignment,
        rests_on=fingerprint(assignment, course.rubric),
        folder=OutputFolder(course.output),
        equipment=Bench(course=course, student=InProcess(ANSWERS)),
    )
    return attendant.attend(Handed(id="ada", name="ada", path=path))


@pytest.mark.usefixtures("package")
def test_a_file_that_a_plugin_reads_is_graded(course: Course) -> None:
    path = hand_in(course, "ada.chunks", CHUNKS)

    did = attended(course, path)

    record = recorded(OutputFolder(course.output).record("ada"))
    assert did == "ran"
    assert record is not None
    assert [block.label for block in record.cells] == ["chunk 1", "chunk 2"]


def test_without_its_plugin_such_a_file_is_no_work(course: Course) -> None:
    path = hand_in(course, "ada.chunks", CHUNKS)

    assert attended(course, path) == "unreadable"


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("raise", "ValueError: a bug of the plug-in", id="raises"),
        pytest.param("odd", "something else than blocks", id="gives no blocks"),
    ],
)
def test_a_plugin_that_fails_leaves_the_row_to_a_person(
    course: Course, text: str, why: str
) -> None:
    path = hand_in(course, "ada.chunks", text)

    did = attended(course, path)

    record = recorded(OutputFolder(course.output).record("ada"))
    assert did == "not-run"
    assert record is not None
    assert record.scorecard.waiting == record.scorecard.possible
    faults = {c.fault for part in record.scorecard.parts for c in part.criteria}
    assert all(why in fault and "ada.chunks" in fault for fault in faults)


@pytest.mark.usefixtures("package")
def test_what_a_plugin_refuses_is_told_to_the_student(course: Course) -> None:
    path = hand_in(course, "ada.chunks", "refuse")

    did = attended(course, path)

    record = recorded(OutputFolder(course.output).record("ada"))
    assert did == "unreadable"
    assert record is not None
    assert record.scorecard.trouble == "it has no chunks; to mend it: knit it first"


@pytest.mark.usefixtures("package")
def test_a_plugin_takes_neither_known_files_nor_our_folders() -> None:
    found = discover()

    assert [loader.suffixes for loader in found.loaders] == [(".chunks",)]
    names = [exporter.format for exporter in found.exporters]
    assert names == ["leaves", "lines", "numbers"]
    told = " ".join(map(str, found.faults))
    assert "files that end in .py are read already" in told
    assert "'records' cannot be the name of a format" in told


@pytest.mark.usefixtures("package")
def test_a_class_with_plugins_is_graded_whatever_they_do(
    course: Course, capfd: pytest.CaptureFixture[str]
) -> None:
    hand_in(course, "ada.chunks", CHUNKS)
    hand_in(course, "bob.py", RIGHT)
    hand_in(course, "cyd.chunks", "raise")
    place = [str(course.rubric), str(course.handed_in), "-o", str(course.output)]
    formats = ["--format", "lines", "--format", "numbers", "--format", "markdown"]
    formats += ["--format", "leaves"]

    code = run(["grade", *place, *formats, "--allow-unconfined"])

    told = capfd.readouterr()
    written = sorted(path.name for path in (course.output / "lines").iterdir())
    assert code == 2
    assert written == ["ada.txt", "cyd.txt"]
    assert (course.output / "lines" / "ada.txt").read_text() == "ada: 9\n"
    assert len(list((course.output / "markdown").iterdir())) == 3
    assert "lines: nothing was written for bob: KeyError: 'bob'" in told.err
    assert "ada, and for 2 more: TypeError: it gave int" in told.err
    assert "ada, and for 2 more: SystemExit" in told.err
    assert "1 could not be run" in told.out
