"""The self-check holds no answer, and says what it can without one."""

import ast
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.bundle.public import public_view, to_yaml
from grader.bundle.selfcheck import selfcheck_bundle
from grader.cli.face import run
from grader.errors import RubricError
from grader.expect.draw import draw_inputs
from grader.model.answer import Array, Value
from grader.rubric.reader import read_rubric, reference_path
from tests.batch.course import HALVED, RIGHT, WRONG, make_course

ROOT = Path(__file__).parents[2]
RUBRICS = sorted((ROOT / "rubrics").glob("*.yaml"))
HW3 = ROOT / "rubrics" / "hw3.yaml"

rubrics = pytest.mark.parametrize("rubric", RUBRICS, ids=lambda path: path.stem)


def unpacked(rubric: Path) -> dict[str, str]:
    """Return the texts of a bundle by name."""
    with zipfile.ZipFile(io.BytesIO(selfcheck_bundle(rubric))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def given_away(rubric: Path) -> str:
    return "\n".join(unpacked(rubric).values())


def bodies(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each function's statements, as the shortest text that means the same."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for statement in node.body:
                if isinstance(statement, ast.Return | ast.Assign):
                    yield node.name, ast.unparse(statement)


@rubrics
def test_no_statement_of_a_right_answer_is_given_away(rubric: Path) -> None:
    assignment = read_rubric(rubric)
    sources = {c.source for part in assignment.parts for c in part.criteria}
    reference = reference_path(assignment, rubric)
    shipped = {
        ast.unparse(node)
        for name, text in unpacked(rubric).items()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Return | ast.Assign)
    }

    found = {body for name, body in bodies(reference) if name in sources} & shipped

    assert found == set()


@rubrics
def test_no_name_or_word_of_a_mistake_is_given_away(rubric: Path) -> None:
    text = given_away(rubric)
    mistakes = [
        mistake
        for part in read_rubric(rubric).parts
        for criterion in part.criteria
        for mistake in criterion.mistakes
    ]

    assert mistakes
    assert [m.say for m in mistakes if m.say in text] == []
    assert [m.reference for m in mistakes if m.reference and m.reference in text] == []


@rubrics
def test_no_long_number_is_given_away_that_the_questions_do_not_print(
    rubric: Path,
) -> None:
    titles = " ".join(part.title for part in read_rubric(rubric).parts)
    long = re.compile(r"(?<![\w.])\d*\.?\d+(?![\w])")
    digits = {
        number
        for name, text in unpacked(rubric).items()
        if name != "README.md"
        for number in long.findall(text)
        if len(number.replace(".", "").strip("0")) >= 4
    }

    assert {number for number in digits if number not in titles} == set()


@rubrics
def test_neither_seed_nor_tolerance_nor_reference_is_given_away(rubric: Path) -> None:
    assignment = read_rubric(rubric)
    public = public_view(assignment)

    assert public.run.seed == type(assignment.run)().seed != assignment.run.seed
    assert public.reference == ""
    words = to_yaml(public)
    assert not re.search(
        r"tolerance|mistakes|expected|accept|seed|alternatives|notation", words
    )


@rubrics
def test_no_grading_point_is_drawn_again(rubric: Path) -> None:
    assignment = read_rubric(rubric)
    public = public_view(assignment)
    parts = {part.id: part for part in public.parts}
    for part in assignment.parts:
        for n, criterion in enumerate(part.criteria):
            if part.id not in parts or criterion.kind != "function":
                continue
            mine = parts[part.id]
            points = draw_inputs(assignment, part, criterion, "grading")
            others = draw_inputs(public, mine, mine.criteria[n], "selfcheck")
            assert _values(points).isdisjoint(_values(others))


def _values(points: tuple[tuple[tuple[str, Value], ...], ...]) -> set[object]:
    return {
        value.buffer if isinstance(value, Array) else value
        for point in points
        for _, value in point
        if not isinstance(value, int)  # few whole numbers are to be had
    }


@rubrics
def test_a_public_rubric_is_a_rubric_that_says_the_same_again(
    rubric: Path, tmp_path: Path
) -> None:
    public = public_view(read_rubric(rubric))
    path = tmp_path / "selfcheck.yaml"
    path.write_text(to_yaml(public), encoding="utf-8")

    assert public_view(read_rubric(path)) == public


def test_hidden_parts_stay_hidden() -> None:
    assignment = read_rubric(HW3)
    question = assignment.questions[0]
    hidden = question.parts[0].model_copy(update={"visibility": "hidden"})
    first = question.model_copy(update={"parts": (hidden, *question.parts[1:])})
    changed = assignment.model_copy(
        update={"questions": (first, *assignment.questions[1:])}
    )

    shown = [part.id for part in public_view(changed).parts]

    assert shown == [part.id for part in assignment.parts][1:]


def test_a_public_module_that_imports_the_reference_is_refused(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (tmp_path / "properties.py").write_text("import reference\n", encoding="utf-8")

    with pytest.raises(RubricError, match="imports the reference"):
        selfcheck_bundle(course.rubric)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        pytest.param(RIGHT, 0, "3 of 3 parts", id="right"),
        pytest.param(HALVED, 0, "3 of 3 parts", id="wrong in a way no property sees"),
        pytest.param(WRONG, 1, "a parabola rises there", id="a property sees it"),
        pytest.param("", 1, "There is no", id="blank"),
        pytest.param(
            RIGHT.replace("at_two =", "at_tow ="), 1, "at_tow", id="a letter off"
        ),
        pytest.param(
            RIGHT.replace("return 2 * x", "return [x, x]"), 1, "shape", id="shape"
        ),
        pytest.param(
            RIGHT.replace("return 2 * x", "return 1 / 0"),
            1,
            "ZeroDivisionError",
            id="raises",
        ),
        pytest.param(
            RIGHT.replace('"parabola"', "None"),
            1,
            "word is still None: put your answer there.",
            id="never filled in",
        ),
        pytest.param(
            RIGHT.replace("return 2 * x", "2 * x"),
            1,
            "slope returns None: is a return missing?",
            id="returns nothing",
        ),
        pytest.param(
            RIGHT.replace('"parabola"', "1 / 0"),
            1,
            "There is no word; answers.py failed, which may be why.",
            id="stops before the answer",
        ),
    ],
)
def test_a_student_is_told_what_does_not_fit(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    code: int,
    told: str,
) -> None:
    course = make_course(tmp_path)
    bundle = tmp_path / "student" / "selfcheck.zip"
    run(["bundle", "selfcheck", str(course.rubric), "-o", str(bundle)])
    course.reference.unlink()  # there is none on a student's machine
    course.rubric.unlink()
    (tmp_path / "answers.py").write_text(text, encoding="utf-8")

    ended = run(["check", str(bundle), str(tmp_path / "answers.py")])

    assert ended == code
    assert told in capsys.readouterr().out


def test_a_zip_that_is_no_selfcheck_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.py", "x = 1\n")

    assert run(["check", str(path), str(path)]) == 2
    assert "this zip is no self-check" in capsys.readouterr().err


def test_a_written_sheet_is_not_told_that_it_answers_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = make_course(tmp_path)
    bundle, sheet = tmp_path / "selfcheck.zip", tmp_path / "ada.md"
    sheet.write_text("1a: the slope is $2 x$", encoding="utf-8")
    run(["bundle", "selfcheck", str(course.rubric), "-o", str(bundle)])

    code = run(["check", str(bundle), str(sheet)])

    assert code == 2
    assert "it cannot tell" in capsys.readouterr().out
