import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.gradebook import defused, rows, to_csv, write_gradebook
from grader.export.points import to_decimal, to_text
from tests.conftest import Golden
from tests.export import samples

CARDS = [samples.mixed(), samples.perfect(), samples.unreadable()]


def test_the_gradebook_of_a_class_is_still_written_the_same(
    golden: Golden, tmp_path: Path
) -> None:
    path = tmp_path / "gradebook.csv"

    write_gradebook(path, CARDS, samples.assignment())

    golden("export/gradebook.csv", path.read_text(encoding="utf-8"))


def test_a_part_that_waits_leaves_its_cell_and_the_total_empty() -> None:
    table = rows([samples.mixed()], samples.assignment())
    cells = dict(zip(*table, strict=True))

    assert (cells["2c"], cells["total"]) == ("", "")
    assert (cells["so_far"], cells["waiting"]) == ("2.5", "5")


@given(cell=st.text(st.characters(), max_size=30))
def test_no_cell_is_a_formula_or_breaks_its_row(cell: str) -> None:
    text = to_csv([[cell, "end"]])

    ((first, last),) = csv.reader(io.StringIO(text))
    assert last == "end"
    assert not first.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("=1+1", "'=1+1", id="a formula"),
        pytest.param(" =1+1", "'=1+1", id="a formula behind a blank"),
        pytest.param("-5", "'-5", id="a sign"),
        pytest.param("\t=x", "'=x", id="a tab"),
        pytest.param("Zoë O'Hara", "Zoë O'Hara", id="a name"),
    ],
)
def test_a_cell_is_defused_only_where_it_would_be_computed(
    cell: str, expected: str
) -> None:
    assert defused(cell) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        pytest.param(Fraction(5, 1000), "0.01", id="a half goes up"),
        pytest.param(Fraction(1, 3), "0.33", id="a third"),
        pytest.param(Fraction(100), "100", id="zeros that count stay"),
        pytest.param(Fraction(5, 2), "2.5", id="zeros that don't go"),
        pytest.param(Fraction(0), "0", id="nothing"),
    ],
)
def test_points_are_rounded_half_up_to_two_places(
    points: Fraction, expected: str
) -> None:
    assert to_text(points) == expected


@given(points=st.fractions(min_value=0, max_value=1000, max_denominator=10**6))
def test_rounding_moves_by_half_a_cent_at_most(points: Fraction) -> None:
    assert abs(Fraction(to_decimal(points)) - points) <= Fraction(1, 200)
