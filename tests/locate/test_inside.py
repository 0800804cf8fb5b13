"""An answer inside another part's work: meant as a whole, never met by accident."""

import pytest

from grader.locate.inside import shown_inside
from grader.locate.sheet import read_sheet
from grader.model.rubric import Assignment
from grader.model.submission import Block, BlockKind
from grader.model.written import Inside

DETERMINANT = Inside(piece=r"\frac{1}{3} (1/27)^{-2/3}")
ASSIGNMENT = Assignment.model_validate(
    {
        "schema": 1,
        "assignment": "a",
        "title": "A",
        "reference": "r.py",
        "questions": [
            {"id": "1", "parts": [{"id": "1d", "points": 1, "answer": "det"}]}
        ],
    }
)


@pytest.mark.parametrize(
    ("formula", "is_shown"),
    [
        pytest.param(
            r"p = c \left(\frac{1}{3} (1/27)^{-2/3}\right)^{-1}", True, id="as it is"
        ),
        pytest.param(r"p = c \cdot \frac{27^{2/3}}{3}", True, id="another closed form"),
        pytest.param(r"p = c (1 + 2)", False, id="a sum that happens to be three"),
        pytest.param(r"p = c \sqrt{9}", False, id="a root that happens to be three"),
        pytest.param(r"p = 3 c", False, id="the bare number"),
    ],
)
def test_a_value_met_by_accident_shows_nothing(formula: str, is_shown: bool) -> None:  # noqa: FBT001 - a table's column
    text = f"# Problem 1\n\n$${formula}$$\n"
    block = Block(label="sheet", kind=BlockKind.TEXT, text=text)

    shown = shown_inside(read_sheet((block,), ASSIGNMENT), "1d", (DETERMINANT,))

    assert (shown is not None) == is_shown
