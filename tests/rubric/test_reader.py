import os
from fractions import Fraction
from pathlib import Path

import pytest

from grader.errors import RubricFaults
from grader.rubric.reader import (
    public_path,
    read_rubric,
    reference_path,
    rubric_digest,
)
from tests.rubric.sample import RUBRIC, changed, faults_of, write


def test_a_right_rubric_is_read(tmp_path: Path) -> None:
    assignment = read_rubric(write(tmp_path, RUBRIC))

    assert [part.id for part in assignment.parts] == ["1a", "1b"]
    assert assignment.parts[0].points == 4
    assert assignment.parts[0].criteria[0].mistakes[0].credit == Fraction(1, 2)


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "mend"),
    [
        pytest.param(
            "answer: area", "answar: area", ":15: questions[0].parts[0].answar",
            "no key `answar`", "did you mean answer?", id="key off by a letter",
        ),
        pytest.param(
            "answer: area", "answer: 2area", ":15: questions[0].parts[0].answer",
            "'2area' is no Python name", "letters", id="answer is no name",
        ),
        pytest.param(
            "answer: area", "answer: lambda", ":15: questions[0].parts[0].answer",
            "'lambda' is no Python name", "letters", id="answer is a keyword",
        ),
        pytest.param(
            "low: 1,", "low: one,", ":17: questions[0].parts[0].inputs.r.low",
            "'one' is no number", "lowest value", id="word for a number",
        ),
        pytest.param(
            "low: 1,", "draw: unniform,", ":17: questions[0].parts[0].inputs.r.draw",
            "'unniform' is none of uniform", "did you mean uniform?", id="law misspelt",
        ),
        pytest.param(
            "low: 1, high: 9", "low: 9, high: 1", ":17: questions[0].parts[0].inputs.r",
            "low does not lie below high", "swap", id="range upside down",
        ),
        pytest.param(
            "points: 10\nsymbols", "late: {due: 20.11.2026}\npoints: 10\nsymbols",
            ":5: late.due", "'20.11.2026' is no date", "2026-12-13T23:59", id="no date",
        ),
        pytest.param(
            "points: 10\nsymbols", "late: {per_day: 1/2, days: 1}\npoints: 10\nsymbols",
            ":5: late", "without a due date nothing is late", "`due:`", id="late for what",
        ),
        pytest.param(
            "points: 10\nsymbols",
            "late: {due: 2026-12-13T23:59+01:00, per_day: 1/2}\npoints: 10\nsymbols",
            ":5: late", "no late day is accepted", "`days:`", id="late days without any",
        ),
        pytest.param(
            "points: 10\nsymbols", "run: {memory: 1 kB}\npoints: 10\nsymbols",
            ":5: run.memory", "nothing runs in so little memory", "16 MiB", id="no memory",
        ),
        pytest.param(
            "kind: function", "kind: function\n        tolerance: 0.1",
            ":17: questions[0].parts[0].tolerance", "should be a mapping",
            "write {absolute: …}; its keys are absolute, relative", id="bare tolerance",
        ),
        pytest.param(
            "kind: function",
            "kind: function\n        tolerance: {decimal_places: 2, absolute: 0.1}",
            ":17: questions[0].parts[0].tolerance", "in place of all else",
            "keep one", id="rounded and near",
        ),
        pytest.param(
            "credit: 1/2", "credit: 3/2",
            ":19: questions[0].parts[0].mistakes[0].credit",
            "'3/2': a share lies between 0 and 1", "1/2", id="more than all",
        ),
        pytest.param(
            "credit: 1/2", "credit: 1/0",
            ":19: questions[0].parts[0].mistakes[0].credit",
            "'1/0' is no number", "1/2", id="division by zero",
        ),
        pytest.param(
            "points: 6", "points: -6", ":21: questions[0].parts[1].points",
            "-6: points are never negative", "0 or more", id="negative points",
        ),
        pytest.param(
            "points: 6", "points: 1e400", ":21", "too large", ".inf", id="huge points",
        ),
        pytest.param(
            "        points: 6\n", "", ":20: questions[0].parts[1].points",
            "`points` is missing", "add `points:`", id="points left out",
        ),
        pytest.param(
            "title: Circles\n", "", ":1: title",
            "`title` is missing", "what students call it", id="title left out",
        ),
        pytest.param(
            "schema: 1", "schema: 2", ":1: schema", "newer than this grader",
            "pip install --upgrade", id="format of the future",
        ),
        pytest.param(
            "schema: 1", "schema: 0", ":1: schema", "no such format",
            "grader schema", id="format that never was",
        ),
        pytest.param(
            "(0, 10)", "(10, 0)", ":7: symbols.r", "nothing in it", "lower end",
            id="interval upside down",
        ),
        pytest.param(
            "(0, 10)", "positivv", ":7: symbols.r", "positivv", "did you mean positive",
            id="set misspelt",
        ),
        pytest.param(
            "expected: red", "expected: true", ":25: questions[0].parts[1].expected",
            "truth value", "quotes", id="truth value for a word",
        ),
        pytest.param(
            "answer: area", "answer: \N{LATIN SMALL LIGATURE FI}",
            ":15: questions[0].parts[0].answer", "is not how Python reads this name",
            "write it as 'fi'", id="a name that Python reads otherwise",
        ),
        pytest.param(
            "assignment: hw1", "assignment: hw/1", ":2: assignment",
            "other signs than letters", "rename it", id="a name that no file can have",
        ),
        pytest.param(
            "choices: [red, blue]", "criteria: [{points: 1, answer: b}]",
            ":21: questions[0].parts[1].points", "`points` stands beside `criteria`",
            "into one of the criteria", id="keys of two places",
        ),
        pytest.param(
            "mistakes:\n          - {reference", "expected: []\n        mistakes:\n          - {refrence",
            ":20: questions[0].parts[0].mistakes[0].refrence", "no key `refrence`",
            "did you mean reference?", id="key of a mistake",
        ),
        pytest.param(
            "id: 1b", "id: 1.1", ":20: questions[0].parts[1].id", "read as a number",
            "quotes", id="label that is a number",
        ),
        pytest.param(
            "kind: function", "kind: number", ":13: questions[0].parts[0]",
            "`inputs` belong to a function", "kind: function", id="inputs of a number",
        ),
        pytest.param(
            "        inputs: {r: {low: 1, high: 9}}\n", "", ":13: questions[0].parts[0]",
            "a function has no `inputs`", "inputs: {x:", id="function without inputs",
        ),
        pytest.param(
            "follows: [1a]", "follows: 1a", ":26: questions[0].parts[1].follows",
            "should be a list", "write [1a]: earlier parts", id="word for a list",
        ),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_how_to_mend_it(  # noqa: PLR0913, PLR0917 - a table's columns
    tmp_path: Path, old: str, new: str, where: str, what: str, mend: str
) -> None:
    path = write(tmp_path, changed(old, new))

    fault = faults_of(path)[0]

    assert fault.where.startswith(str(path) + where)
    assert what in fault.what
    assert mend in fault.mend


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed("answer: area", "answar: area").replace("points: 6", "points: six")
    text = text.replace("assignment: hw1", "assignment: h w")

    faults = faults_of(write(tmp_path, text))

    lines = [int(fault.where.split(":")[1]) for fault in faults]
    assert lines == [2, 15, 21]


def test_what_does_not_fit_is_told_beside_a_wrong_key(tmp_path: Path) -> None:
    text = changed("title: A circle", "tittel: A").replace("[1a]", "[1c]")

    what = [fault.what for fault in faults_of(write(tmp_path, text))]

    assert what == ["there is no key `tittel` here", "there is no part '1c'"]


def test_a_part_with_a_list_of_criteria_has_its_own_paths(tmp_path: Path) -> None:
    text = changed(
        "        points: 6\n        answer: colour\n        kind: choice\n"
        "        choices: [red, blue]\n        expected: red\n",
        "        criteria:\n          - {points: 2, answer: colour, kind: text}\n"
        "          - {points: 4, answer: 1x}\n",
    )

    (fault,) = faults_of(write(tmp_path, text))

    assert ":23: questions[0].parts[1].criteria[1].answer" in fault.where


def test_a_question_without_parts_is_told_in_plain_words(tmp_path: Path) -> None:
    text = RUBRIC[: RUBRIC.index("    parts:")] + "    parts: []\n"

    (fault,) = faults_of(write(tmp_path, text))

    assert (fault.what, fault.mend) == (
        "`parts` is empty",
        "list at least one: what is asked",
    )


def test_a_question_may_be_numbered_without_quotes(tmp_path: Path) -> None:
    assignment = read_rubric(write(tmp_path, changed('id: "1"', "id: 1")))

    assert assignment.questions[0].id == "1"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("null\n", id="nothing"),
        pytest.param("[1, 2]\n", id="a list"),
        pytest.param("just words\n", id="a sentence"),
        pytest.param("{}\n", id="an empty mapping"),
        pytest.param("questions: [[[]]]\n", id="lists in lists"),
        pytest.param("questions: {parts: 1}\n", id="mapping for a list"),
    ],
)
def test_what_is_no_rubric_is_faulted(tmp_path: Path, text: str) -> None:
    assert faults_of(write(tmp_path, text))


def test_a_rubric_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "hw9.yaml")

    assert "cannot be opened" in fault.what


def test_a_folder_is_no_rubric(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)

    assert "cannot be opened" in fault.what


def test_every_surprise_of_yaml_is_a_fault_of_the_rubric(tmp_path: Path) -> None:
    text = RUBRIC.replace("title: Circles", "title: yes").replace("r: (0", "r: 010 (0")

    faults = faults_of(write(tmp_path, text.replace("points: 4", "points: 04")))

    assert [fault.where.rsplit(":", 1)[1] for fault in faults] == ["3", "14"]


def test_the_reference_lies_beside_the_rubric(tmp_path: Path) -> None:
    path = write(tmp_path, RUBRIC)

    assert reference_path(read_rubric(path), path) == tmp_path / "hw1.py"


def test_a_reference_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, changed("reference: hw1.py", "reference: ../hw2.py"))
    assignment = read_rubric(path)

    with pytest.raises(RubricFaults, match=r":4: reference: there is no Python file"):
        reference_path(assignment, path)


def test_a_rubric_without_properties_has_no_public_module(tmp_path: Path) -> None:
    path = write(tmp_path, RUBRIC)

    assert public_path(read_rubric(path), path) is None


def test_a_public_module_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = write(
        tmp_path, changed("points: 10\nsymbols", "public: {module: p.py}\nsymbols")
    )
    assignment = read_rubric(path)

    with pytest.raises(RubricFaults, match=r":5: public\.module: there is no Python"):
        public_path(assignment, path)


def test_the_digest_does_not_depend_on_layout(tmp_path: Path) -> None:
    path = write(tmp_path, RUBRIC)
    before = rubric_digest(read_rubric(path), path)

    write(tmp_path, "# a comment\n" + RUBRIC.replace("[red, blue]", "[red,   blue]"))

    assert rubric_digest(read_rubric(path), path) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("credit: 1/2", "credit: 1/3", id="credit"),
        pytest.param("high: 9", "high: 8", id="inputs"),
        pytest.param("(0, 10)", "(0, 11)", id="domain"),
        pytest.param("That is a square", "A square", id="words"),
    ],
)
def test_the_digest_depends_on_what_is_said(tmp_path: Path, old: str, new: str) -> None:
    path = write(tmp_path, RUBRIC)
    before = rubric_digest(read_rubric(path), path)

    write(tmp_path, changed(old, new))

    assert rubric_digest(read_rubric(path), path) != before


def test_the_digest_depends_on_the_reference(tmp_path: Path) -> None:
    path = write(tmp_path, RUBRIC)
    before = rubric_digest(read_rubric(path), path)

    (tmp_path / "hw1.py").write_text("def area(r): return 1\n", encoding="utf-8")

    assert rubric_digest(read_rubric(path), path) != before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_rubric_that_may_not_be_read_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path, RUBRIC)
    path.chmod(0)

    (fault,) = faults_of(path)

    assert "may you read the file" in fault.mend
