import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.feedback.values import LONGEST_VALUE_CHARACTERS, to_text
from grader.model.answer import Array, Opaque, Sequence, Table, Value
from tests.export.samples import floats


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, "None", id="nothing"),
        pytest.param(True, "True", id="a truth value"),
        pytest.param(3, "3", id="an int"),
        pytest.param(3.0, "3.0", id="a float that is whole"),
        pytest.param(0.1 + 0.2, "0.3", id="a float with a tail"),
        pytest.param(math.nan, "nan", id="not a number"),
        pytest.param(-math.inf, "-inf", id="minus infinity"),
        pytest.param(1 - 2j, "1.0-2.0j", id="a complex"),
        pytest.param(10**400, "an integer of about 401 digits", id="a huge int"),
        pytest.param("a'b\n", '"a\'b\\n"', id="text"),
        pytest.param(floats(1, -2.5), "[1.0 -2.5]", id="a vector"),
        pytest.param(
            floats(1, 0, -2.5, 1, shape=(2, 2)),
            "[[ 1.0  0.0]\n [-2.5  1.0]]",
            id="a matrix, its columns flush",
        ),
        pytest.param(
            floats(*range(8), shape=(2, 2, 2)),
            "an array of shape (2, 2, 2)",
            id="more dimensions than a page",
        ),
        pytest.param(
            floats(shape=(0, 3)), "an empty array of shape (0, 3)", id="an empty array"
        ),
        pytest.param(Sequence(kind="tuple", items=(1,)), "(1,)", id="a tuple of one"),
        pytest.param(Sequence(kind="set", items=()), "set()", id="an empty set"),
        pytest.param(Table(items=(("a", 1),)), "{'a': 1}", id="a dictionary"),
        pytest.param(Opaque(type_name="Figure", reason=""), "<Figure>", id="opaque"),
    ],
)
def test_a_value_looks_as_python_prints_it(value: Value, expected: str) -> None:
    assert to_text(value) == expected


@given(text=st.text(st.characters()))
def test_shown_text_holds_nothing_unseen_and_has_an_end(text: str) -> None:
    shown = to_text(text)

    assert shown.isprintable()
    assert len(shown) <= 10 * LONGEST_VALUE_CHARACTERS


@given(rows=st.integers(1, 40), columns=st.integers(1, 40))
def test_a_large_matrix_is_cut(rows: int, columns: int) -> None:
    buffer = struct.pack(f"<{rows * columns}d", *range(rows * columns))

    shown = to_text(Array(dtype="<f8", shape=(rows, columns), buffer=buffer))

    assert len(shown) <= LONGEST_VALUE_CHARACTERS + 100
