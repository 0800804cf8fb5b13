from pathlib import Path

import pytest

from grader.model.rubric import Inputs, SymbolDomain
from grader.rubric.domains import outside
from grader.rubric.reader import read_rubric
from tests.rubric.sample import RUBRIC, changed, faults_of, write


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        pytest.param(
            "id: 1b", "id: 1A", ":20: questions[0].parts[1].id",
            "another part called '1A'", id="two parts of one name, but for case",
        ),
        pytest.param(
            "answer: colour", "answer: area", ":22: questions[0].parts[1].answer",
            "'area' is asked for already, on line 15", id="answer asked for twice",
        ),
        pytest.param(
            "follows: [1a]", "follows: [1a, 1c]", ":26: questions[0].parts[1].follows[1]",
            "there is no part '1c'", id="follows an unknown part",
        ),
        pytest.param(
            "follows: [1a]", "follows: [1b]", ":26: questions[0].parts[1].follows[0]",
            "'1b' follows itself", id="follows itself",
        ),
        pytest.param(
            "answer: area", "follows: [1b]\n        answer: area",
            ":15: questions[0].parts[0].follows[0]",
            "'1b' comes after part '1a'", id="follows a later part: a cycle",
        ),
        pytest.param(
            "points: 6", "points: 5", ":5: points",
            "add up to 9 points, not to 10", id="points do not add up",
        ),
        pytest.param(
            "kind: function", "kind: function\n        returns: arrayy",
            ":17: questions[0].parts[0].returns", "no kind 'arrayy'", id="unknown returns",
        ),
        pytest.param(
            "kind: choice\n        choices: [red, blue]", "kind: choicee",
            ":23: questions[0].parts[1].kind", "no kind 'choicee'", id="unknown kind",
        ),
        pytest.param(
            "expected: red", "expected: green", ":25: questions[0].parts[1].expected",
            "'green' is none of the `choices`", id="right answer is no choice",
        ),
        pytest.param(
            "expected: red", "expected: red\n        accept: [bluu]",
            ":26: questions[0].parts[1].accept", "'bluu' is none", id="accepts no choice",
        ),
        pytest.param(
            "reference: area_of_square", "reference: area",
            ":19: questions[0].parts[0].mistakes[0].reference",
            "'area' is the right answer", id="mistake that is right",
        ),
        pytest.param(
            "expected: red", "expected: red\n        mistakes: [{value: red, say: No.}]",
            ":26: questions[0].parts[1].mistakes[0].value",
            "'red' is the right answer", id="wrong value that is right",
        ),
        pytest.param(
            "follows: [1a]", "public: {properties: [is_round]}",
            ":26: questions[0].parts[1].public.properties",
            "stand in no module", id="properties without a module",
        ),
        pytest.param(
            "{low: 1, high: 9}", "{low: 1, high: 19}",
            ":17: questions[0].parts[0].inputs.r",
            "uniform between 1 and 19", id="drawn outside the domain",
        ),
        pytest.param(
            "{low: 1, high: 9}", "{values: [1, 0, 3]}",
            ":17: questions[0].parts[0].inputs.r.values[1]",
            "0 is an input", id="listed outside the domain",
        ),
        pytest.param(
            "choices: [red, blue]", "choices: [red, blue]\n        partial: true",
            ":25: questions[0].parts[1].partial",
            "`partial` changes nothing for the kind 'choice'", id="key of another kind",
        ),
        pytest.param(
            "choices: [red, blue]", "choices: [red, blue]\n        options: {shade: 1}",
            ":25: questions[0].parts[1].options.shade",
            "`shade` changes nothing", id="option that no kind knows",
        ),
        pytest.param(
            "kind: function", "kind: function\n        returns: number\n"
            "        form: [factored]", ":18: questions[0].parts[0].form",
            "`form` changes nothing for the kind 'number'", id="form of a value",
        ),
        pytest.param(
            "kind: function", "kind: function\n        returns: array\n"
            "        up_to: [constant]", ":18: questions[0].parts[0].up_to",
            "`up_to` changes nothing for the kind 'array'", id="freedom of formulas",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, where: str, what: str
) -> None:
    path = write(tmp_path, changed(old, new))

    fault = faults_of(path)[0]

    assert fault.where == str(path) + where
    assert what in fault.what
    assert fault.mend


def test_points_are_added_up_in_questions_and_in_the_whole(tmp_path: Path) -> None:
    faults = faults_of(write(tmp_path, changed("points: 4", "points: 9/2")))

    assert [fault.what for fault in faults] == [
        "the parts add up to 21/2 points, not to 10"
    ] * 2


def test_a_plugged_in_kind_is_a_kind(tmp_path: Path) -> None:
    text = changed("kind: choice\n        choices: [red, blue]", "kind: colour")

    assignment = read_rubric(write(tmp_path, text), kinds=("function", "colour"))

    assert assignment.parts[1].criteria[0].kind == "colour"


def test_what_a_plugged_in_kind_looks_at_is_not_known(tmp_path: Path) -> None:
    text = changed(
        "kind: choice\n        choices: [red, blue]",
        "kind: colour\n        partial: true\n        options: {shade: 1}",
    )

    assignment = read_rubric(write(tmp_path, text), kinds=("function", "colour"))

    assert assignment.parts[1].criteria[0].options == {"shade": 1}


def test_a_nearby_kind_is_suggested(tmp_path: Path) -> None:
    text = changed("kind: choice\n        choices: [red, blue]", "kind: numbeer")

    (fault,) = faults_of(write(tmp_path, text))

    assert fault.mend == "did you mean number?"


def test_what_fits_has_no_fault(tmp_path: Path) -> None:
    assert read_rubric(write(tmp_path, RUBRIC)).points == 10


@pytest.mark.parametrize(
    ("domain", "inputs", "fits"),
    [
        pytest.param("(0, 1)", {"low": 0, "high": 1}, True, id="open ends are not drawn"),
        pytest.param("(0, 1)", {"low": -1, "high": 1}, False, id="half outside"),
        pytest.param("(0, 1)", {"draw": "normal"}, False, id="normal on an interval"),
        pytest.param("real", {"draw": "normal"}, True, id="normal on the line"),
        pytest.param("positive", {"low": 0, "high": 2}, True, id="positive from 0"),
        pytest.param(
            "positive", {"draw": "integers", "low": 0, "high": 2}, False,
            id="integers draw their ends",
        ),
        pytest.param("natural", {"low": 1, "high": 2}, False, id="reals for naturals"),
        pytest.param(
            "natural", {"draw": "integers", "low": 1, "high": 9}, True, id="naturals"
        ),
        pytest.param("nonzero", {"values": [1, 0]}, False, id="zero"),
        pytest.param("integer", {"values": [1, 2.5]}, False, id="half an integer"),
        pytest.param("integer", {"values": [1, 2.0]}, True, id="whole float"),
        pytest.param("positive", {"values": [float("nan")]}, False, id="NaN"),
        pytest.param("positive", {"values": [[1, 0]]}, True, id="an array is no number"),
        pytest.param("positive", {"values": ["a"]}, True, id="a word is no number"),
        pytest.param("(0, 1)", {"shape": [3], "low": -2}, True, id="drawn array"),
        pytest.param("function", {"values": [1]}, True, id="function"),
        pytest.param("[0, 1]", {"draw": "simplex"}, True, id="simplex"),
        pytest.param("(0, oo)", {"draw": "orthogonal"}, False, id="orthogonal"),
    ],
)  # fmt: skip
def test_inputs_lie_in_their_symbols_domain(
    domain: str,
    inputs: dict[str, object],
    fits: bool,  # noqa: FBT001 - a column of the table
) -> None:
    symbol = SymbolDomain.model_validate(domain)

    found = list(outside(symbol, Inputs.model_validate(inputs)))

    assert (not found) is fits


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(
            "id: 1b", "id: 1а",
            "with cyrillic small letter a) looks like '1a', on line 13",
            id="label of another alphabet",
        ),
        pytest.param(
            "id: 1b", "id: １a",
            "with fullwidth digit one) looks like '1a'", id="label in wide letters",
        ),
        pytest.param(
            "answer: colour", "answer: areа",
            "with cyrillic small letter a) looks like 'area', on line 15",
            id="answer of another alphabet",
        ),
    ],
)  # fmt: skip
def test_names_that_only_look_alike_are_told_apart(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    (fault,) = faults_of(write(tmp_path, changed(old, new)))

    assert what in fault.what
    assert fault.mend


@pytest.mark.parametrize(
    "new",
    [
        pytest.param("answer: ρ", id="a Greek name"),
        pytest.param("answer: area1", id="digits after it"),
        pytest.param("answer: Area_", id="plain letters are the author's own affair"),
    ],
)
def test_a_name_of_its_own_is_left_alone(tmp_path: Path, new: str) -> None:
    read_rubric(write(tmp_path, changed("answer: colour", new)))


def test_five_thousand_parts_are_told_of_one_by_one(tmp_path: Path) -> None:
    head = RUBRIC[: RUBRIC.index("      - id: 1a")].replace("points: 10\n", "")
    part = "      - {{id: p{0}, points: 1, answer: a{0}, follows: [q{0}]}}\n"
    text = head.replace("        ", "    ") + "".join(map(part.format, range(5_000)))

    faults = faults_of(write(tmp_path, text))

    assert len(faults) == 5_000
