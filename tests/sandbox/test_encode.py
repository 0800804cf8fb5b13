"""Values leave by exact type, and what arrives is what was there."""

import decimal
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from grader.maths.tree import Apply, Number, Symbol
from grader.model.answer import Array, Formula, Opaque, Sequence, Table, Value
from grader.sandbox.decode import Decoder, decode_tree
from grader.sandbox.inside.encode import Encoder
from grader.sandbox.inside.rebuild import build_expression, rebuild
from grader.sandbox.inside.symbolic import encode_symbolic
from grader.sandbox.request import Request, encode_tree
from grader.sandbox.wire import TooLarge, WireError, pack, unpack


def carried(value: object) -> Value:
    """Send *value* over the wire and return what the trusted side makes of it."""
    encoder = Encoder()
    frame = unpack(pack("answer", encoder.encode(value), encoder.buffers))
    return Decoder(frame.buffers).decode(frame.body)


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**5000), 2**5000)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
)


@given(value=scalars)
def test_a_scalar_arrives_as_it_left(value: object) -> None:
    found = carried(value)

    assert type(found) is type(value)
    assert found == value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(math.nan, id="plain"),
        pytest.param(np.float64("nan"), id="numpy"),
    ],
)
def test_nan_arrives_as_nan(value: float) -> None:
    found = carried(value)

    assert isinstance(found, float)
    assert math.isnan(found)


def test_a_negative_zero_keeps_its_sign() -> None:
    found = carried(-0.0)

    assert isinstance(found, float)
    assert math.copysign(1, found) == -1


@pytest.mark.parametrize(
    ("dtype", "carried_as"),
    [
        pytest.param("f2", "<f8", id="half"),
        pytest.param("f4", "<f8", id="single"),
        pytest.param(">f8", "<f8", id="big-endian"),
        pytest.param("i1", "<i8", id="short"),
        pytest.param("u4", "<u8", id="unsigned"),
        pytest.param("c8", "<c16", id="complex"),
        pytest.param("?", "|b1", id="truth values"),
    ],
)
def test_an_array_is_widened(dtype: str, carried_as: str) -> None:
    values = np.array([[0, 1, 1], [1, 0, 1]]).astype(dtype)[:, ::-1]

    found = carried(values)

    assert isinstance(found, Array)
    assert (found.dtype, found.shape) == (carried_as, (2, 3))
    back = np.frombuffer(found.buffer, found.dtype).reshape(found.shape)
    assert (back == values).all()


class Agreeable(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class Sly(np.ndarray[Any, Any]):
    pass


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Agreeable(1.0), id="a subclass of float"),
        pytest.param(np.zeros(2).view(Sly), id="a subclass of array"),
        pytest.param(np.ma.MaskedArray(np.zeros(2)), id="a masked array"),
        pytest.param(np.zeros(2, dtype="V8"), id="raw memory"),
        pytest.param(np.datetime64("2026-01-01"), id="a date"),
        pytest.param(object(), id="an object"),
        pytest.param(len, id="a function"),
        pytest.param((n for n in [1]), id="a generator"),
        pytest.param(b"x", id="bytes"),
        pytest.param(int, id="a class"),
        pytest.param(sp.Symbol, id="a sympy class"),
        pytest.param(sp.Function("f"), id="a sympy function that is not applied"),
        pytest.param(math, id="a module"),
    ],
)
def test_what_is_not_exactly_a_value_is_named_and_left(value: object) -> None:
    found = carried(value)

    assert isinstance(found, Opaque)
    assert found.type_name == type(value).__name__
    assert found.reason


def test_boxes_keep_their_kind() -> None:
    assert carried([1, (2.0,), {3}]) == Sequence(
        kind="list",
        items=(
            1,
            Sequence(kind="tuple", items=(2.0,)),
            Sequence(kind="set", items=(3,)),
        ),
    )
    assert carried({"a": True}) == Table(items=(("a", True),))


def test_an_array_of_objects_is_a_list_of_values() -> None:
    values = np.array([1, Fraction(1, 2)], dtype=object)

    assert carried(values) == Sequence(
        kind="list", items=(1, Formula(tree=Number(Fraction(1, 2))))
    )


def _nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


_CYCLE: list[Any] = []
_CYCLE.append(_CYCLE)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(1 << 20_000, id="an integer"),
        pytest.param("x" * 200_000, id="a text"),
        pytest.param([0] * 100_000, id="a list"),
        pytest.param(_nested(50), id="a deep list"),
        pytest.param(_CYCLE, id="a list that holds itself"),
        pytest.param(np.zeros((3000, 3000)), id="an array"),
        pytest.param(sp.Integer(1 << 20_000), id="a sympy integer"),
        pytest.param(sp.Symbol("x" * 1000), id="a name"),
        pytest.param(decimal.Decimal("1e999999"), id="an exponent"),
        pytest.param(sp.Add(*sp.symbols("x0:20001")), id="an expression"),
    ],
)
def test_what_is_too_large_is_refused_where_it_is(value: object) -> None:
    with pytest.raises(TooLarge, match="too"):
        Encoder().encode(value)


def test_a_deep_expression_exhausts_no_stack() -> None:
    deep = sp.Symbol("x")
    for _ in range(500):
        deep = sp.sin(deep, evaluate=False)

    with pytest.raises(TooLarge, match="too large"):
        Encoder().encode(deep)


x, y, n = sp.symbols("x y n")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(x**2 + 3 * x * y - sp.Rational(1, 3), id="polynomial"),
        pytest.param(sp.sqrt(x) / sp.exp(-y) + sp.log(x), id="functions"),
        pytest.param(sp.pi + sp.E + sp.I + sp.oo, id="constants"),
        pytest.param(-sp.oo, id="minus infinity"),
        pytest.param(sp.Matrix([[1, x], [y, 2]]), id="matrix"),
        pytest.param(sp.Integral(sp.exp(-(x**2)), (x, 0, sp.oo)), id="integral"),
        pytest.param(sp.Integral(x, x), id="integral without ends"),
        pytest.param(sp.Sum(1 / n**2, (n, 1, sp.oo)), id="sum"),
        pytest.param(sp.Derivative(sp.Function("f")(x), x, y), id="derivative"),
        pytest.param(
            sp.Derivative(sp.Function("f")(x), (x, 2)), id="second derivative"
        ),
        pytest.param(sp.Limit(sp.sin(x) / x, x, 0), id="limit"),
        pytest.param(sp.Piecewise((x, x > 0), (-x, True)), id="cases"),
        pytest.param(sp.Eq(x, y), id="equation"),
        pytest.param(sp.And(x > 0, sp.Not(y >= 1)), id="logic"),
        pytest.param(sp.Interval(0, 1, True, False), id="interval"),  # noqa: FBT003 - sympy's
        pytest.param(sp.Union(sp.Interval(0, 1), sp.FiniteSet(3)), id="union"),
        pytest.param(sp.Abs(x) + sp.floor(y) + sp.Max(x, y), id="steps"),
        pytest.param(sp.Lambda(x, x**2), id="lambda"),
        pytest.param(sp.Tuple(x, 1), id="tuple"),
        pytest.param(sp.Float("0.1") * x, id="decimal"),
    ],
)
def test_a_symbolic_value_comes_back_as_it_left(value: Any) -> None:  # noqa: ANN401 - sympy's
    nodes = encode_symbolic(value)
    assert nodes is not None

    back = build_expression(encode_tree(decode_tree(nodes)))

    assert back == value.xreplace(
        {f: sp.Rational(str(f)) for f in value.atoms(sp.Float)}
    )


def test_a_decimal_keeps_its_digits() -> None:
    assert carried(sp.Float("0.1")) == Formula(tree=Number(Fraction(1, 10), "0.1"))


def test_an_unknown_head_is_named() -> None:
    found = carried(sp.besselj(1, x))

    assert isinstance(found, Opaque)
    assert "besselj" in found.reason


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([], id="nothing"),
        pytest.param([["s", "x"], ["s", "y"]], id="two trees"),
        pytest.param([["@", "add", 1]], id="too few on the stack"),
        pytest.param([["@", "add", -1]], id="a negative number of arguments"),
        pytest.param([["@", "add", True]], id="a truth value as a number"),
        pytest.param([["@", "system", 0]], id="a head that is none"),
        pytest.param([["s", "x"], ["@", "pow", 1]], id="too few arguments"),
        pytest.param([["n", 1, 0, ""]], id="a zero below"),
        pytest.param([["k", "everything"]], id="a constant that is none"),
        pytest.param([["s", "x"], *[["@", "neg", 1]] * 500], id="too deep"),
        pytest.param([["s", "x" * 999]], id="a long name"),
        pytest.param([["n", "0x" + "f" * 10_000, 1, ""]], id="a huge number"),
    ],
)
def test_nodes_that_make_no_tree_are_refused(nodes: list[Any]) -> None:
    with pytest.raises(WireError, match=r"tree|head|node|number|integer"):
        decode_tree(nodes)


def test_names_with_hidden_characters_are_made_visible() -> None:
    assert decode_tree([["s", "x\u202ey"]]) == Symbol("x\\u202ey")


values: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.builds(
        Sequence,
        kind=st.sampled_from(["list", "tuple"]),
        items=st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


@given(value=values)
def test_what_is_handed_over_is_rebuilt(value: Value) -> None:
    request = Request()
    plain = request.argument(value)

    encoder = Encoder()
    again = encoder.encode(rebuild(plain, request.buffers))

    assert again == plain


def test_each_array_that_is_handed_over_is_fresh_and_writable() -> None:
    given_array = Array(dtype="<f8", shape=(2,), buffer=np.ones(2).tobytes())
    request = Request()
    plain = request.argument(given_array)

    first, second = (rebuild(plain, request.buffers) for _ in range(2))
    first += 1

    assert (first == 2).all()
    assert (second == 1).all()


def test_a_formula_is_rebuilt_node_by_node() -> None:
    tree = Apply("div", (Symbol("x"), Number(Fraction(2))))

    assert build_expression(encode_tree(tree)) == x / 2
