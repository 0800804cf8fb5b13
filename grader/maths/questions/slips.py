"""An expected expression -> what it becomes under the usual slips, one at a time.

Each slip has a code; words for students stand elsewhere. The order is from the
common to the rare, since the first that explains an answer is the one told.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

from grader.maths.decide import decide_expressions
from grader.maths.deciding.derivative import differentiate
from grader.maths.evaluation.values import NotUnderstoodError
from grader.maths.tree import (
    Apply,
    Constant,
    Number,
    Symbol,
    Tree,
    apply,
    number,
    symbols_of,
)

Slip = tuple[str, Tree]
PI: Final = Constant("pi")
SWAPS: Final = {
    "sin": ("cos", "sine-for-cosine"),
    "cos": ("sin", "cosine-for-sine"),
    "sinh": ("sin", "hyperbolic-lost"),
    "cosh": ("cos", "hyperbolic-lost"),
    "max": ("min", "max-for-min"),
    "min": ("max", "min-for-max"),
    "asin": ("sin", "inverse-lost"),
    "acos": ("cos", "inverse-lost"),
    "atan": ("tan", "inverse-lost"),
    "conj": ("", "conjugate-lost"),
    "abs": ("", "absolute-value-lost"),
    "transpose": ("", "transpose-lost"),
    "inverse": ("", "inverse-lost"),
    "re": ("im", "real-for-imaginary"),
    "im": ("re", "imaginary-for-real"),
}
MOST_INNER: Final = 6
MOST_NAMES: Final = 3
ANGLES: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
COUNTED: Final = frozenset({"sum", "product"})
FACTORS: Final = (
    ("factor-two", number(2)),
    ("factor-half", number(Fraction(1, 2))),
    ("factor-pi", PI),
    ("factor-pi", apply("div", number(1), PI)),
    ("factor-two-pi", apply("mul", number(2), PI)),
    ("factor-two-pi", apply("div", number(1), apply("mul", number(2), PI))),
    ("factor-hundred", number(100)),
    ("factor-hundred", number(Fraction(1, 100))),
)


def slips_of(expected: Tree) -> Iterator[Slip]:
    """Yield every slip on *expected*: on the whole first, then on each part."""
    yield from _on_the_whole(expected)
    yield from _inside(expected)


def _on_the_whole(tree: Tree) -> Iterator[Slip]:
    yield "sign", apply("neg", tree)
    yield from _without_inner_derivative(tree)
    for code, factor in FACTORS:
        yield code, apply("mul", factor, tree)
    yield from _divided_by_inner_derivative(tree)
    yield "reciprocal", apply("div", number(1), tree)
    yield "squared", apply("pow", tree, number(2))
    yield "not-squared", apply("root", tree, number(2))
    yield "off-by-one", apply("add", tree, number(1))
    yield "off-by-one", apply("add", tree, number(-1))
    yield "conjugate", apply("conj", tree)
    yield "transposed", apply("transpose", tree)


def _without_inner_derivative(tree: Tree) -> Iterator[Slip]:
    factors = tree.args if isinstance(tree, Apply) and tree.head == "mul" else ()
    for at, factor in enumerate(factors):
        rest = factors[:at] + factors[at + 1 :]
        if any(_is_inner_derivative(factor, other) for other in rest):
            yield "inner-derivative-lost", Apply("mul", rest)


def _is_inner_derivative(factor: Tree, outer: Tree) -> bool:
    inner = outer.args[:1] if isinstance(outer, Apply) else ()
    return any(
        not isinstance(tree, Symbol)
        and decide_expressions(differentiate(tree, name), factor).equal
        for tree in inner
        for name in sorted(symbols_of(tree))
    )


def _divided_by_inner_derivative(tree: Tree) -> Iterator[Slip]:
    """Yield a product without the derivative of each function within a function."""
    if not _is_product(tree):
        return
    for inner in islice(dict.fromkeys(_inner_functions(tree)), MOST_INNER):
        for name in sorted(symbols_of(inner))[:MOST_NAMES]:
            try:
                slope = differentiate(inner, name)
            except NotUnderstoodError:
                continue
            if symbols_of(slope):
                yield "inner-derivative-lost", apply("div", tree, slope)


def _is_product(tree: Tree) -> bool:
    match tree:
        case Apply("mul"):
            return True
        case Apply("neg" | "div", (inner, *_)):
            return _is_product(inner)
        case _:
            return False


def _inner_functions(tree: Tree) -> Iterator[Tree]:
    """Yield what functions and powers are taken of, and exponents, if no plain name."""
    if not isinstance(tree, Apply):
        return
    if tree.head not in {"add", "mul", "neg", "div"}:
        yield from (arg for arg in tree.args if isinstance(arg, Apply))
    for arg in tree.args:
        yield from _inner_functions(arg)


def _inside(tree: Tree) -> Iterator[Slip]:
    """Yield *tree* with one slip at one place, outer places first."""
    yield from _here(tree)
    if isinstance(tree, Apply):
        for at, arg in enumerate(tree.args):
            for code, changed in _inside(arg):
                args = (*tree.args[:at], changed, *tree.args[at + 1 :])
                yield code, Apply(tree.head, args)


def _here(tree: Tree) -> Iterator[Slip]:
    match tree:
        case Apply("add", terms) if len(terms) > 1:
            yield from _in_sum(terms)
        case Apply("mul", factors) if len(factors) > 1:
            for at in range(len(factors)):
                rest = factors[:at] + factors[at + 1 :]
                yield "factor-lost", Apply("mul", rest)
        case Apply("div", (above, below)):
            yield "denominator-lost", above
            yield "fraction-upside-down", apply("div", below, above)
        case Apply("pow" | "root", (base, exponent)):
            yield from _in_power(tree.head, base, exponent)
        case Apply(head, args):
            yield from _in_function(head, args)
        case Number(value):
            yield "off-by-one", number(value + 1)
            yield "off-by-one", number(value - 1)
        case _:
            return


def _in_sum(terms: tuple[Tree, ...]) -> Iterator[Slip]:
    for at, term in enumerate(terms):
        turned = (*terms[:at], apply("neg", term), *terms[at + 1 :])
        yield "sign-of-a-term", Apply("add", turned)
    for at in range(len(terms)):
        yield "term-lost", Apply("add", terms[:at] + terms[at + 1 :])


def _in_power(head: str, base: Tree, exponent: Tree) -> Iterator[Slip]:
    yield "exponent-lost" if head == "pow" else "root-lost", base
    yield "sign-of-exponent", apply(head, base, apply("neg", exponent))


def _in_function(head: str, args: tuple[Tree, ...]) -> Iterator[Slip]:
    if head in SWAPS:
        other, code = SWAPS[head]
        yield code, Apply(other, args) if other else args[0]
    if head in ANGLES:
        turned = apply("div", apply("mul", args[0], PI), number(180))
        yield "degrees", apply(head, turned)
        yield (
            "degrees",
            apply(head, apply("div", apply("mul", args[0], number(180)), PI)),
        )
    if head == "ln":
        yield "log-base", apply("log", args[0], number(10))
        yield "log-base", apply("log", args[0], number(2))
    if head == "log":
        yield "log-base", apply("ln", args[0])
    if head in COUNTED:
        yield from _off_by_one(head, args)


def _off_by_one(head: str, args: tuple[Tree, ...]) -> Iterator[Slip]:
    match args:
        case (body, Apply("tuple", (name, low, high))):
            for step in (1, -1):
                moved = apply("add", low, number(step))
                yield (
                    "index-off-by-one",
                    apply(head, body, apply("tuple", name, moved, high)),
                )
                moved = apply("add", high, number(step))
                yield (
                    "index-off-by-one",
                    apply(head, body, apply("tuple", name, low, moved)),
                )
        case _:
            return
