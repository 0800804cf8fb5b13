"""Tree and name -> the tree of its derivative.

The derivative goes along a direction: 1 for a number, a vector or matrix of the
name's own shape for those, so that the gradient of `x^T A x` is found by the rules
of matrix calculus and with one pass for each entry. Products keep their order.
"""

from collections.abc import Callable
from typing import Final

from grader.maths.deciding.slopes import (
    ONE,
    OUTER,
    ZERO,
    minus,
    over,
    plus,
    square,
    times,
)
from grader.maths.deciding.survey import names_bound_by, survey, whole_number
from grader.maths.evaluation.values import NotUnderstoodError
from grader.maths.tree import Apply, Constant, Number, Symbol, Tree, apply, number

LARGEST_MATRIX_EXPONENT: Final = 6


def differentiate(tree: Tree, name: str, direction: Tree = ONE) -> Tree:
    """Return the derivative of *tree* as *name* moves along *direction*."""
    match tree:
        case Symbol(symbol):
            return direction if symbol == name else ZERO
        case Apply(head, args):
            if head not in PLAIN_HEADS and name not in survey(tree).free:
                return ZERO
            return _of_head(head, args, name, direction)
        case _:
            return ZERO


def _of_head(head: str, args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    if head in STRUCTURAL:
        return STRUCTURAL[head](args, name, direction)
    if head in LINEAR_HEADS:
        inner = differentiate(args[0], name, direction)
        return ZERO if inner == ZERO else Apply(head, (inner, *args[1:]))
    if head in OUTER:
        inner = differentiate(args[0], name, direction)
        return times(inner, OUTER[head](args[0]))
    raise NotUnderstoodError


def _add(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    return plus(*(differentiate(arg, name, direction) for arg in args))


def _mul(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    return plus(
        *(
            times(*args[:at], differentiate(arg, name, direction), *args[at + 1 :])
            for at, arg in enumerate(args)
        )
    )


def _bilinear(head: str) -> "Rule":
    def rule(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
        terms = []
        for at, arg in enumerate(args):
            inner = differentiate(arg, name, direction)
            if inner != ZERO:
                terms.append(Apply(head, (*args[:at], inner, *args[at + 1 :])))
        return plus(*terms)

    return rule


def _div(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    above, below = args
    up, down = (differentiate(arg, name, direction) for arg in args)
    return plus(over(up, below), minus(over(times(above, down), square(below))))


def _pow(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    base, exponent = args
    below = differentiate(base, name, direction)
    above = differentiate(exponent, name, direction)
    whole = whole_number(exponent)
    if direction != ONE and whole is not None:
        return _matrix_power(base, whole, below)
    power = apply("pow", base, exponent)
    if above == ZERO:
        lower = apply("pow", base, plus(exponent, number(-1)))
        return times(exponent, lower, below)
    growth = ONE if base == Constant("e") else apply("ln", base)
    return plus(
        times(power, growth, above),
        over(times(power, exponent, below), base),
    )


def _matrix_power(base: Tree, exponent: int, inner: Tree) -> Tree:
    """Return the derivative of a power whose factors need not commute."""
    if abs(exponent) > LARGEST_MATRIX_EXPONENT:
        raise NotUnderstoodError
    if exponent < 0:
        inverse = apply("pow", base, number(-1))
        below = _matrix_power(base, -exponent, inner)
        power = apply("pow", base, number(exponent))
        return (
            minus(times(inverse, inner, inverse))
            if exponent == -1
            else minus(times(power, below, power))
        )
    return plus(
        *(
            times(*(base,) * at, inner, *(base,) * (exponent - 1 - at))
            for at in range(exponent)
        )
    )


def _root(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    radicand, degree = args
    if differentiate(degree, name, direction) != ZERO:
        raise NotUnderstoodError
    inner = differentiate(radicand, name, direction)
    root = Apply("root", args)
    return over(times(root, inner), times(degree, radicand))


def _log(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    quotient = apply("div", *(apply("ln", arg) for arg in args))
    return differentiate(quotient, name, direction)


def _call(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    """Return the chain rule for a function that is known by name alone."""
    callee, *inner = args
    terms = []
    for at, arg in enumerate(inner):
        slope = differentiate(arg, name, direction)
        if slope != ZERO:
            raised = _raised(callee, at, len(inner))
            terms.append(times(apply("call", raised, *inner), slope))
    return plus(*terms)


def _raised(callee: Tree, slot: int, slots: int) -> Tree:
    """Return the partial derivative of a function in one of its slots."""
    match callee:
        case Apply("prime", (function, Apply("tuple", orders))):
            counts = list(orders)
        case Apply("prime", (function, order)):
            counts = [order]
        case _:
            function, counts = callee, [ZERO] * slots
    if len(counts) != slots:
        raise NotUnderstoodError
    counts[slot] = _one_more(counts[slot])
    return apply("prime", function, Apply("tuple", tuple(counts)))


def _one_more(order: Tree) -> Tree:
    if not isinstance(order, Number):
        raise NotUnderstoodError
    return number(order.value + 1)


def _sum(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    body, *binders = args
    return Apply("sum", (differentiate(body, name, direction), *binders))


def _product(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    body, *binders = args
    slope = over(differentiate(body, name, direction), body)
    return times(Apply("product", args), Apply("sum", (slope, *binders)))


def _integral(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    body, binder, *rest = args
    if rest or not isinstance(binder, Apply):
        raise NotUnderstoodError
    if names_bound_by("integral", binder) == frozenset():
        if binder.args == (Symbol(name),):
            return times(body, direction)
        return apply("integral", differentiate(body, name, direction), binder)
    variable, low, high = binder.args
    inside = differentiate(body, name, direction)
    ends = [
        times(replaced(body, variable, end), differentiate(end, name, direction))
        for end in (high, low)
    ]
    whole = ZERO if inside == ZERO else apply("integral", inside, binder)
    return plus(whole, ends[0], minus(ends[1]))


def _expectation(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    body, *laws = args
    if any(name in survey(law).free for law in laws):
        raise NotUnderstoodError
    return Apply("expectation", (differentiate(body, name, direction), *laws))


def replaced(tree: Tree, old: Tree, new: Tree) -> Tree:
    """Return *tree* with every *old* in it replaced by *new*."""
    if tree == old:
        return new
    if isinstance(tree, Apply):
        return Apply(tree.head, tuple(replaced(arg, old, new) for arg in tree.args))
    return tree


def _cases(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    branches = []
    for arg in args:
        if not (isinstance(arg, Apply) and arg.head == "tuple"):
            raise NotUnderstoodError
        value = differentiate(arg.args[0], name, direction)
        branches.append(Apply("tuple", (value, *arg.args[1:])))
    return Apply("cases", tuple(branches))


def _chosen(relation: str) -> "Rule":
    """Return the derivative of the argument that is the greatest, or the least."""

    def rule(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
        branches = [
            apply(
                "tuple",
                differentiate(arg, name, direction),
                Apply("and", tuple(apply(relation, arg, other) for other in args)),
            )
            for arg in args
        ]
        return Apply("cases", tuple(branches))

    return rule


def _det(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    inner = differentiate(args[0], name, direction)
    inverse = apply("inverse", args[0])
    return times(Apply("det", args), apply("trace", times(inverse, inner)))


def _inverse(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    return _matrix_power(args[0], -1, differentiate(args[0], name, direction))


def _norm(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    if args[1:] not in {(), (number(2),), (Symbol("F"),)}:
        raise NotUnderstoodError
    inner = differentiate(args[0], name, direction)
    turned = apply("transpose", args[0])
    return over(apply("trace", times(turned, inner)), Apply("norm", args))


def _normal(args: tuple[Tree, ...], name: str, direction: Tree) -> Tree:
    """Return the slope of a normal density whose variance stays."""
    if len(args) < 3 or differentiate(args[2], name, direction) != ZERO:  # noqa: PLR2004  with its place
        raise NotUnderstoodError
    place, mean, variance = args
    gap = plus(place, minus(mean))
    moved = differentiate(gap, name, direction)
    spread = times(apply("transpose", gap), apply("inverse", variance), moved)
    return minus(times(Apply("normal", args), spread))


Rule = Callable[[tuple[Tree, ...], str, Tree], Tree]
STRUCTURAL: Final[dict[str, Rule]] = {
    "add": _add,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "root": _root,
    "log": _log,
    "call": _call,
    "sum": _sum,
    "product": _product,
    "integral": _integral,
    "expectation": _expectation,
    "cases": _cases,
    "max": _chosen("ge"),
    "min": _chosen("le"),
    "det": _det,
    "inverse": _inverse,
    "norm": _norm,
    "normal": _normal,
    **{name: _bilinear(name) for name in ("dot", "inner", "hadamard", "cross")},
}

LINEAR_HEADS: Final = frozenset(
    {"neg", "transpose", "trace", "re", "im", "conj", "percent", "degrees", "diag"}
)

PLAIN_HEADS: Final = frozenset({"add", "mul", "neg", "div", "pow", *OUTER})
"""Heads that bind nothing and whose rules find out for themselves what is constant."""
