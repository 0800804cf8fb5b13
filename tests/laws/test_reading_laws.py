"""Laws of reading and printing: what is printed is read back, and no text is a crash."""

import re
from fractions import Fraction
from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths.printing import to_latex, to_mathml, to_python, to_text
from grader.maths.reading import (
    Notation,
    Unreadable,
    read,
    read_latex,
    read_python,
    read_text,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, symbols_of

PRINTERS = {"text": to_text, "python": to_python, "latex": to_latex}
FUNCTIONS = frozenset({"f", "g"})

numbers = st.one_of(
    st.integers(0, 10**6).map(lambda n: Number(Fraction(n))),
    st.decimals(0, 1000, places=3).map(lambda d: Number(Fraction(d))),
)
symbols = st.sampled_from(
    [
        "x",
        "y",
        "n",
        "theta",
        "x_1",
        "x_12",
        "theta_hat",
        "p_data",
        "Vmax",
        "L_cal",
        "z_star",
    ]
).map(Symbol)
constants = st.sampled_from(["pi", "e", "i", "oo"]).map(Constant)
atoms = st.one_of(numbers, symbols, constants)


def heads(*names: str, size: int = 1) -> "st.SearchStrategy[tuple[str, int]]":
    return st.sampled_from(names).map(lambda name: (name, size))


def extend(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    shapes = st.one_of(
        heads("add", "mul", size=2),
        heads("add", "mul", size=3),
        heads("div", "pow", "log", "root", size=2),
        heads("neg", "abs", "factorial", "sin", "asin", "sech", "exp", "ln", "floor"),
        heads("ceil", "norm", "conj", "transpose", "erf", "gamma", "sigmoid"),
        heads("max", "min", "gcd", size=2),
        heads("binomial", "mod", "atan2", size=2),
    )
    plain = shapes.flatmap(
        lambda shape: st.tuples(*[inner] * shape[1]).map(
            lambda args: Apply(shape[0], args)
        )
    )
    return st.one_of(plain, calls(inner), binders(inner), laws(inner))


def calls(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    names = st.sampled_from(sorted(FUNCTIONS)).map(Symbol)
    primed = names.map(lambda name: Apply("prime", (name, Number(Fraction(1)))))
    inverted = names.map(lambda name: Apply("inverse", (name,)))
    callee = st.one_of(names, primed, inverted)
    args = st.lists(inner, min_size=1, max_size=2)
    return st.tuples(callee, args).map(lambda pair: Apply("call", (pair[0], *pair[1])))


def binders(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    k = Symbol("k")
    over = st.tuples(inner, atoms, atoms).map(
        lambda parts: (parts[0], Apply("tuple", (k, parts[1], parts[2])))
    )
    return st.one_of(
        over.map(lambda args: Apply("sum", args)),
        over.map(lambda args: Apply("integral", args)),
        inner.map(lambda body: Apply("derivative", (body, k))),
        st.tuples(inner, symbols).map(lambda p: Apply("limit", (p[0], k, p[1]))),
        st.tuples(inner, symbols, st.sampled_from("+-")).map(
            lambda p: Apply("limit", (p[0], k, p[1], Text(p[2])))
        ),
    )


def laws(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    condition = st.tuples(inner, inner).map(lambda pair: Apply("given", pair))
    drawn = Apply("tuple", (Symbol("x"), Symbol("p_data")))
    return st.one_of(
        inner.map(lambda body: Apply("expectation", (body, drawn))),
        condition.map(lambda tree: Apply("probability", (tree,))),
        st.tuples(inner, inner).map(lambda pair: Apply("kl", pair)),
        inner.map(lambda body: Apply("variance", (body,))),
    )


values = st.recursive(atoms, extend, max_leaves=8)
# nothing is below the imaginary unit or called by its name: there, i is an index
sides = values.filter(lambda tree: tree != Constant("i"))
pairs = st.tuples(sides, sides)
relations = st.tuples(
    st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge", "approx", "in", "subset_eq"]),
    pairs,
).map(lambda parts: Apply(*parts))
statements = st.one_of(
    relations,
    st.tuples(st.sampled_from(["and", "or"]), st.tuples(relations, relations)).map(
        lambda parts: Apply(*parts)
    ),
    relations.map(lambda tree: Apply("not", (tree,))),
    st.tuples(sides, sides, sides).map(
        lambda p: Apply("chain", (p[0], Text("le"), p[1], Text("lt"), p[2]))
    ),
)
collections = st.one_of(
    st.lists(values, min_size=1, max_size=3).map(
        lambda args: Apply("set", tuple(args))
    ),
    st.lists(values, min_size=3, max_size=4).map(
        lambda args: Apply("tuple", tuple(args))
    ),
    st.tuples(values, values, st.sampled_from(["[]", "()", "(]", "[)"]).map(Text)).map(
        lambda args: Apply("interval", args)
    ),
    st.lists(pairs.map(lambda row: Apply("row", row)), min_size=1, max_size=3).map(
        lambda rows: Apply("matrix", tuple(rows))
    ),
    st.tuples(values, relations, values).map(
        lambda p: Apply("cases", (Apply("tuple", p[:2]), Apply("tuple", p[2:])))
    ),
    pairs.map(lambda args: Apply("pair_or_interval", args)),
)
trees = st.one_of(values, statements, collections)

PIECES = tuple(
    re.findall(
        r"\S+",
        r"\frac \sqrt \sum \int \left \right \begin{cases} \end{cases} \begin{pmatrix} "
        r"\end{pmatrix} \\ & { } ( ) [ ] | || \| _ ^ ^T _{ij} \text{and} \text{if} \mathbb{E} "
        r"\mathbf{x} \hat \bar \lim \to \max \nabla \partial d dx x y 1 2.5 12 + - * / = < , ; : "
        r"! ' \sin \log \log_2 f( p(x|z) \cdot \infty $ . % sin sqrt and or not in E[ Eq( Sum( "
        r"Matrix([ ** <= != ² √ π ≤ ∈ ∪ {x| }}} \mid , \boxed{ \overline i e",
    )
)
soup = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
spaced = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
syntaxes = st.sampled_from(["text", "python", "latex"])


@pytest.mark.parametrize("syntax", ["text", "python", "latex"])
@given(tree=trees)
def test_what_is_printed_is_read_back(syntax: str, tree: Tree) -> None:
    notation = Notation(names=symbols_of(tree) - FUNCTIONS, functions=FUNCTIONS)

    printed = PRINTERS[syntax](tree)

    assert read(printed, syntax, notation) == tree  # type: ignore[arg-type]


@given(tree=trees)
def test_mathml_is_well_formed_and_holds_no_markup_of_the_answer(tree: Tree) -> None:
    markup = to_mathml(Apply("eq", (tree, Text("<script>&"))))

    assert parseString(markup.replace("&nbsp;", " ")).documentElement is not None  # noqa: S318 - our own output
    assert "<script>" not in markup


@given(text=st.one_of(st.text(max_size=60), soup, spaced), syntax=syntaxes)
def test_any_text_is_a_tree_or_unreadable(text: str, syntax: str) -> None:
    found = read_or_error(text, syntax)

    if isinstance(found, Unreadable):
        assert 0 <= found.offset <= len(text)
        assert found.expected
        assert found.caret().splitlines()[-1].strip() == "^"
    else:
        assert isinstance(found, Number | Symbol | Constant | Text | Apply)


def read_or_error(text: str, syntax: str) -> Tree | Unreadable:
    try:
        return read(text, syntax)  # type: ignore[arg-type]
    except Unreadable as error:
        return error


@given(text=st.one_of(soup, spaced), syntax=syntaxes)
def test_what_is_read_can_be_printed_in_every_syntax(text: str, syntax: str) -> None:
    try:
        tree = read(text, syntax)  # type: ignore[arg-type]
    except Unreadable:
        return

    printed = [to_text(tree), to_python(tree), to_latex(tree), to_mathml(tree)]

    assert all(printed)


@given(tree=values, spaces=st.integers(0, 3))
def test_spaces_around_an_answer_change_nothing(tree: Tree, spaces: int) -> None:
    notation = Notation(names=symbols_of(tree) - FUNCTIONS, functions=FUNCTIONS)
    blank = " " * spaces

    assert read_latex(blank + to_latex(tree) + blank, notation) == tree
    assert read_text(blank + to_text(tree) + blank, notation) == tree
    assert read_python(blank + to_python(tree) + blank, notation) == tree


@given(tree=values)
def test_dollar_signs_and_a_full_stop_are_no_part_of_the_formula(tree: Tree) -> None:
    notation = Notation(names=symbols_of(tree) - FUNCTIONS, functions=FUNCTIONS)
    printed = to_latex(tree)

    for dressed in (f"${printed}$", f"$$ {printed} $$.", f"\\[{printed}.\\]"):
        assert read_latex(dressed, notation) == tree
