import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from grader.model.quantity import Bytes, Interval, Points, Range, Seconds, Share

POINTS: TypeAdapter[Fraction] = TypeAdapter(Points)
SHARE: TypeAdapter[Fraction] = TypeAdapter(Share)
SECONDS: TypeAdapter[float] = TypeAdapter(Seconds)
BYTES: TypeAdapter[int] = TypeAdapter(Bytes)
RANGE: TypeAdapter[Interval] = TypeAdapter(Range)


@pytest.mark.parametrize(
    ("written", "points"),
    [
        pytest.param(5, Fraction(5), id="int"),
        pytest.param(0.1, Fraction(1, 10), id="float goes by its digits"),
        pytest.param("1/3", Fraction(1, 3), id="fraction"),
        pytest.param(" 2.50 ", Fraction(5, 2), id="decimal in words"),
        pytest.param(0, Fraction(0), id="nothing"),
    ],
)
def test_points_are_exact(written: object, points: Fraction) -> None:
    assert POINTS.validate_python(written) == points


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(-1, id="negative"),
        pytest.param("-1/2", id="negative fraction"),
        pytest.param("1/0", id="division by zero"),
        pytest.param("five", id="words"),
        pytest.param(True, id="truth value"),
        pytest.param(None, id="nothing"),
        pytest.param([1], id="list"),
        pytest.param(float("nan"), id="NaN"),
        pytest.param(float("inf"), id="infinity"),
        pytest.param("1e9999999", id="exponent that would take all memory"),
        pytest.param("1" * 50, id="very many digits"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_no_number_of_points_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="; write"):
        POINTS.validate_python(written)


@pytest.mark.parametrize("written", [1.5, "3/2", -0.1, 2])
def test_a_share_lies_between_nothing_and_all(written: object) -> None:
    with pytest.raises(ValidationError, match="between 0 and 1"):
        SHARE.validate_python(written)


@given(share=st.fractions(0, 1, max_denominator=10**6))
def test_a_share_is_read_back_as_it_is_written(share: Fraction) -> None:
    text = SHARE.dump_python(share)

    assert SHARE.validate_python(text) == share


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("60 s", 60.0), ("200ms", 0.2), ("1.5 min", 90.0), ("2 h", 7200.0), (3.5, 3.5)],
)
def test_a_duration_has_a_unit(written: object, seconds: float) -> None:
    assert SECONDS.validate_python(written) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("written", "size"),
    [("700 MiB", 700 << 20), ("1 kB", 1000), ("2GiB", 2 << 30), (5, 5)],
)
def test_a_size_has_a_unit(written: object, size: int) -> None:
    assert BYTES.validate_python(written) == size


@pytest.mark.parametrize(
    ("adapter", "written"),
    [
        pytest.param(SECONDS, "60", id="seconds without a unit"),
        pytest.param(SECONDS, "60 m", id="minutes or metres"),
        pytest.param(SECONDS, "0 s", id="no time"),
        pytest.param(SECONDS, "-1 s", id="negative time"),
        pytest.param(SECONDS, float("nan"), id="NaN"),
        pytest.param(SECONDS, True, id="truth value for a time"),
        pytest.param(BYTES, "1 MB/s", id="a speed"),
        pytest.param(BYTES, 0, id="no memory"),
        pytest.param(BYTES, True, id="truth value for a size"),
        pytest.param(BYTES, "0.0001 kB", id="less than a byte"),
    ],
)
def test_what_is_no_measure_is_refused(
    adapter: TypeAdapter[float], written: object
) -> None:
    with pytest.raises(ValidationError, match="; write"):
        adapter.validate_python(written)


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        pytest.param("(0, 0.9)", [0.1, 0.89], [0, 0.9, -1, 1], id="open"),
        pytest.param("[0, 1]", [0, 0.5, 1], [-0.1, 1.1], id="closed"),
        pytest.param("[0, oo)", [0, 1e300], [-1e-300], id="half-line"),
        pytest.param("(-oo, 0]", [0, -1e300], [1e-300], id="other half-line"),
        pytest.param("( -1/1 , 2)".replace("/1", ""), [0], [2], id="blanks"),
    ],
)
def test_an_interval_holds_what_it_says(
    written: str, inside: list[float], outside: list[float]
) -> None:
    interval = RANGE.validate_python(written)

    assert all(value in interval for value in inside)
    assert not any(value in interval for value in [*outside, math.nan])


@pytest.mark.parametrize(
    "written",
    ["(1, 0)", "(0, 0)", "0, 1", "(0; 1)", "(a, b)", "(0, nan)", [0, 1], 5, ""],
)
def test_what_is_no_interval_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="interval"):
        RANGE.validate_python(written)


@given(
    ends=st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=2, unique=True),
    low=st.booleans(),
    high=st.booleans(),
)
def test_an_interval_is_read_back_as_it_is_written(
    ends: list[int], *, low: bool, high: bool
) -> None:
    small, large = sorted(map(float, ends))
    interval = Interval(small, large, low, high)

    assert RANGE.validate_python(str(interval)) == interval
