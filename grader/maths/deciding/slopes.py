"""The derivatives of functions of one number, as trees, and the way to write trees.

The builders leave out zeros and ones, so that a derivative stays readable.
"""

from collections.abc import Callable
from typing import Final

from grader.maths.tree import Apply, Constant, Tree, apply, number

ZERO: Final = number(0)
ONE: Final = number(1)

Outer = Callable[[Tree], Tree]


def plus(*terms: Tree) -> Tree:
    """Return a sum without its zeros."""
    kept = tuple(term for term in terms if term != ZERO)
    if len(kept) == 1:
        return kept[0]
    return Apply("add", kept) if kept else ZERO


def times(*factors: Tree) -> Tree:
    """Return a product without its ones, or zero if one of its factors is."""
    if ZERO in factors:
        return ZERO
    kept = tuple(factor for factor in factors if factor != ONE)
    if len(kept) == 1:
        return kept[0]
    return Apply("mul", kept) if kept else ONE


def minus(tree: Tree) -> Tree:
    """Return the negative."""
    return ZERO if tree == ZERO else apply("neg", tree)


def square(tree: Tree) -> Tree:
    """Return the square."""
    return apply("pow", tree, number(2))


def over(above: Tree, below: Tree) -> Tree:
    """Return the quotient, zero if *above* is."""
    return ZERO if above == ZERO else apply("div", above, below)


def _call_of(head: str) -> Outer:
    return lambda u: apply(head, u)


def _one_plus_square(u: Tree, sign: int) -> Tree:
    return plus(ONE, times(number(sign), square(u)))


OUTER: Final[dict[str, Outer]] = {
    "exp": _call_of("exp"),
    "ln": lambda u: over(ONE, u),
    "abs": _call_of("sign"),
    "sign": lambda _u: ZERO,
    "floor": lambda _u: ZERO,
    "ceil": lambda _u: ZERO,
    "heaviside": _call_of("dirac"),
    "relu": _call_of("heaviside"),
    "sin": _call_of("cos"),
    "cos": lambda u: minus(apply("sin", u)),
    "tan": lambda u: square(apply("sec", u)),
    "cot": lambda u: minus(square(apply("csc", u))),
    "sec": lambda u: times(apply("sec", u), apply("tan", u)),
    "csc": lambda u: minus(times(apply("csc", u), apply("cot", u))),
    "asin": lambda u: over(ONE, apply("root", _one_plus_square(u, -1), number(2))),
    "acos": lambda u: over(
        number(-1), apply("root", _one_plus_square(u, -1), number(2))
    ),
    "atan": lambda u: over(ONE, _one_plus_square(u, 1)),
    "acot": lambda u: over(number(-1), _one_plus_square(u, 1)),
    "sinh": _call_of("cosh"),
    "cosh": _call_of("sinh"),
    "tanh": lambda u: square(apply("sech", u)),
    "coth": lambda u: minus(square(apply("csch", u))),
    "sech": lambda u: minus(times(apply("sech", u), apply("tanh", u))),
    "csch": lambda u: minus(times(apply("csch", u), apply("coth", u))),
    "asinh": lambda u: over(ONE, apply("root", _one_plus_square(u, 1), number(2))),
    "acosh": lambda u: over(ONE, apply("root", plus(square(u), number(-1)), number(2))),
    "atanh": lambda u: over(ONE, _one_plus_square(u, -1)),
    "acoth": lambda u: over(ONE, _one_plus_square(u, -1)),
    "gamma": lambda u: times(apply("gamma", u), apply("digamma", u)),
    "lngamma": _call_of("digamma"),
    "digamma": lambda u: apply("polygamma", ONE, u),
    "factorial": lambda u: times(apply("factorial", u), apply("digamma", plus(u, ONE))),
    "erf": lambda u: times(
        over(number(2), apply("root", Constant("pi"), number(2))),
        apply("exp", minus(square(u))),
    ),
    "erfc": lambda u: minus(OUTER["erf"](u)),
    "sigmoid": lambda u: times(apply("sigmoid", u), apply("sigmoid", minus(u))),
    "softplus": _call_of("sigmoid"),
    "logit": lambda u: over(ONE, times(u, plus(ONE, minus(u)))),
    "normal_pdf": lambda u: minus(times(u, apply("normal_pdf", u))),
    "normal_cdf": _call_of("normal_pdf"),
}
