"""What a self-check says of answers that are written, of which it judges none."""

from pathlib import Path

import nbformat
import pytest

from grader.bundle.public import public_view, to_yaml
from grader.cli.face import run
from grader.rubric.reader import read_rubric
from tests.batch.course import RIGHT, Course, make_course

WRITTEN = r"""
        written: {equation: "v(2)", alternatives: ["secret_{name}"], expected: '4.123456'}
"""
WITHOUT_AT_TWO = RIGHT.replace("at_two =", "note =")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = make_course(tmp_path)
    course.change_rubric(
        "{id: 1b, title: At two, points: 3, answer: at_two, follows: [1a]}",
        "id: 1b\n        title: At two\n        points: 3\n        answer: at_two\n"
        "        follows: [1a]" + WRITTEN.rstrip(),
    )
    run(["bundle", "selfcheck", str(course.rubric), "-o", str(tmp_path / "check.zip")])
    return course


def notebook(folder: Path, *, code: str, text: str) -> Path:
    path, new = folder / "ada.ipynb", nbformat.v4
    cells = [new.new_markdown_cell(text), new.new_code_cell(code)]
    nbformat.write(new.new_notebook(cells=cells), path)
    return path


def test_only_the_equation_of_what_may_be_written_is_given_away(
    course: Course,
) -> None:
    text = to_yaml(public_view(read_rubric(course.rubric)))

    assert "v(2)" in text
    assert "secret" not in text
    assert "4.12" not in text


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("code", "text", "exit_code", "told"),
    [
        pytest.param(
            WITHOUT_AT_TWO, "So $v(2) = 4.1$.", 0,
            "found in cell 1, line 1, not judged here: 4.1", id="written",
        ),
        pytest.param(
            WITHOUT_AT_TWO, "Hence\n\n$$v(2) \\le 4.1$$", 0,
            "found in cell 1, line 3", id="as a bound",
        ),
        pytest.param(
            WITHOUT_AT_TWO, "So $w(7) = 4.1$.", 2,
            "nothing in your text was recognised", id="under another name",
        ),
        pytest.param(
            WITHOUT_AT_TWO, "I left this out.", 1,
            "no formula in your text", id="not at all",
        ),
        pytest.param(
            RIGHT.replace("at_two =", "at_tow ="), "I computed it.", 1,
            "your code has at_tow", id="in code, a letter off",
        ),
        pytest.param(
            RIGHT.replace("at_two =", "at_tow ="), "where $x > 0$", 2,
            "your code has at_tow", id="a letter off beside formulas",
        ),
        pytest.param(RIGHT, "So $w(7) = 4.1$.", 0, "3 of 3 parts", id="in code"),
        pytest.param(
            WITHOUT_AT_TWO.replace("word =", "ward ="), "So $v(2) = 4.1$.", 1,
            "`ward`", id="what may not be written is missing all the same",
        ),
    ],
)  # fmt: skip
def test_a_mixed_notebook_is_told_what_was_found(  # noqa: PLR0913, PLR0917 - a table's columns
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    code: str,
    text: str,
    exit_code: int,
    told: str,
) -> None:
    path = notebook(tmp_path, code=code, text=text)

    ended = run(["check", str(tmp_path / "check.zip"), str(path)])

    shown = " ".join(capsys.readouterr().out.split())
    assert told.replace("`", "") in shown
    assert ended == exit_code


@pytest.mark.usefixtures("course")
def test_a_sheet_is_told_where_its_answers_were_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "ada.md"
    sheet.write_text("## 1b\n\nAt two, $v(2) = 4.1$.\n", encoding="utf-8")

    code = run(["check", str(tmp_path / "check.zip"), str(sheet)])

    shown = " ".join(capsys.readouterr().out.split())
    assert "found in ada.md, line 3, not judged here: 4.1" in shown
    assert "nothing wrong was found in 1 of 3 parts; it cannot tell of 2" in shown
    assert code == 2
