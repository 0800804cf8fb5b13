"""A slip in one part hides no fault of another."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.rubric.reader import inspect_rubric
from grader.rubric.salvage import salvage
from grader.yaml.document import read_yaml
from tests.rubric.sample import RUBRIC, changed, faults_of, write

UNKNOWN = "follows: [1c]"  # a fault that only shows once the rest makes a rubric


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param("points: 4", "points: four", "no number", id="value"),
        pytest.param("        points: 4\n", "", "`points` is missing", id="lacking"),
        pytest.param("answer: area", "answar: area", "no key `answar`", id="misspelt"),
        pytest.param("answer: area", "answer: lambda", "no Python name", id="name"),
        pytest.param("say: That", "sai: That", "no key `sai`", id="inside a mistake"),
        pytest.param(
            "kind: function", "kind: number", "belong to a function", id="keys at odds"
        ),
        pytest.param("points: 10\nsymbols", "points: ten\nsymbols", "'ten'", id="sum"),
        pytest.param(
            "assignment: hw1", "assignment: h w", "'h w'", id="the file's name"
        ),
        pytest.param("title: Circles\n", "", "`title` is missing", id="the title"),
        pytest.param("r: (0, 10)", "r: (10, 0)", "nothing in it", id="a symbol"),
        pytest.param("schema: 1", "schema: 9", "newer than", id="another format"),
    ],
)
def test_a_fault_anywhere_hides_none_elsewhere(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    text = changed(old, new).replace("follows: [1a]", UNKNOWN)

    told = [fault.what for fault in faults_of(write(tmp_path, text))]

    assert any(what in fault for fault in told)
    assert "there is no part '1c'" in told
    assert len(told) == 2


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        pytest.param(
            changed("points: 6", "points: six"), "add up", id="a sum that lacks points"
        ),
        pytest.param(
            changed("id: 1a", "id: 1.1"), "there is no part '1a'", id="a label follows"
        ),
        pytest.param(
            changed("choices: [red, blue]", "choices: {}"), "`choices`", id="choices"
        ),
        pytest.param(
            changed("[red, blue]", "red").replace("expected: red", "expected: blue"),
            "none of the",
            id="no choices",
        ),
    ],
)
def test_what_only_follows_from_a_fault_is_not_told(
    tmp_path: Path, text: str, untold: str
) -> None:
    told = [fault.what for fault in faults_of(write(tmp_path, text))]

    assert len(told) == 1
    assert untold not in told[0]


def test_faults_of_every_sort_are_told_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    text = changed("points: 4", "points: four").replace("follows: [1a]", UNKNOWN)
    text = text.replace("expected: red", "expected: green").replace(
        "title: A", "tilte: A"
    )

    faults = faults_of(write(tmp_path, text))

    lines = [int(fault.where.split(":")[1]) for fault in faults]
    assert lines == [10, 14, 25, 26]


def test_a_misspelt_kind_takes_no_label_along() -> None:
    """The inputs are then at odds as well: two faults, of which one holds the other."""
    text = changed("kind: function", "kidn: function")

    left = salvage(read_yaml(text.encode(), name="hw1.yaml"))

    assert left is not None
    assert [part.id for part in left.assignment.parts] == ["1a", "1b"]
    assert left.assignment.parts[0].criteria[0].answer == "area"


def test_a_right_rubric_is_all_there(tmp_path: Path) -> None:
    reading = inspect_rubric(write(tmp_path, RUBRIC))

    assert reading.faults == ()
    assert reading.assignment is not None


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - YAML
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(p for key, v in inner for p in _places(v, (*path, key)))]


WHOLE = yaml.safe_load(RUBRIC)
odd: st.SearchStrategy[object] = st.sampled_from(
    [None, 7, -1, "", "odd words", [], [[]], {}, {"odd": 1}, 1e300]
)


@given(path=st.sampled_from(_places(WHOLE)[1:]), value=odd, also=st.booleans())
def test_nothing_that_is_put_anywhere_stops_the_search(
    path: tuple[Any, ...],
    value: object,
    also: bool,  # noqa: FBT001 - drawn
) -> None:
    tree = yaml.safe_load(RUBRIC)
    inside = tree
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    if also:
        tree["assignment"] = "h w"

    left = salvage(read_yaml(yaml.safe_dump(tree).encode(), name="hw1.yaml"))

    assert left is not None or path == ("questions",)
