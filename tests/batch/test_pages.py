"""What lies beside a student's page: their notebook, where they handed one in."""

from pathlib import Path

import nbformat
import pytest

from grader.batch.attending import Attendant, recorded
from grader.batch.book import Gradebook
from grader.batch.fingerprint import fingerprint
from grader.batch.folder import OutputFolder
from grader.batch.pages import write_pages
from grader.load.handed import Handed
from grader.rubric.reader import read_rubric
from tests.batch.course import HALVED, Course, make_course
from tests.batch.test_attending import ANSWERS, Bench
from tests.pipeline.respondent import InProcess


@pytest.fixture
def course(tmp_path: Path) -> Course:
    made = make_course(tmp_path)
    OutputFolder(made.output).create()
    return made


def notebook_file(course: Course) -> Path:
    course.handed_in.mkdir()
    path = course.handed_in / "ada.ipynb"
    new = nbformat.v4
    cells = [new.new_markdown_cell("# Mine"), new.new_code_cell(HALVED)]
    cells[1].outputs = [new.new_output("stream", text="printed earlier")]
    nbformat.write(new.new_notebook(cells=cells), path)
    return path


def graded(course: Course, path: Path) -> OutputFolder:
    folder = OutputFolder(course.output)
    assignment = read_rubric(course.rubric)
    Attendant(
        assignment=assignment,
        rests_on=fingerprint(assignment, course.rubric),
        folder=folder,
        equipment=Bench(course=course, student=InProcess(ANSWERS)),
    ).attend(Handed(id="ada", name="ada", path=path))
    record = recorded(folder.record("ada"))
    assert record is not None
    cards = (record.scorecard,)
    write_pages(Gradebook(assignment=assignment, scorecards=cards), folder)
    return folder


def test_a_notebook_comes_back_with_its_cells_annotated(course: Course) -> None:
    folder = graded(course, notebook_file(course))

    notebook = nbformat.read(folder.feedback / "ada.ipynb", as_version=4)
    head, title, code, said = notebook.cells
    assert "points" in head.source
    assert [title.source, code.source] == ["# Mine", HALVED]
    assert code.outputs == []
    assert "Squares have a factor of two" in said.source
    assert not (folder.staff / "ada.ipynb").exists()


def test_who_hands_in_a_module_instead_has_no_notebook(course: Course) -> None:
    path = notebook_file(course)
    graded(course, path)
    path.unlink()
    course.hand_in(ada=HALVED)

    folder = graded(course, course.handed_in / "ada.py")

    assert [p.name for p in folder.feedback.iterdir()] == ["ada.html"]
