"""Two formulas that no values can be put into -> whether they are one but for their form.

Factors may change places, a sign may stand inside or outside of a product or an
expectation, and how an expectation names its law does not matter.
"""

from typing import Final

from grader.locate.naming import canonical
from grader.maths.tree import Apply, Symbol, Tree, apply, number

_LINEAR: Final = frozenset({"expectation", "sum"})


def same_form(expected: Tree, given: Tree) -> bool:
    """Return whether two formulas are the same but for the order of their factors."""
    return _plain(canonical(expected)) == _plain(canonical(given))


def _plain(tree: Tree) -> tuple[int, Tree]:
    """Return the sign of *tree*, and what is left without it, in one order."""
    match tree:
        case Apply("neg", (inner,)):
            sign, rest = _plain(inner)
            return -sign, rest
        case Apply("mul" | "dot", _):
            return _product(tree)
        case Apply("div", (above, below)):
            sign, rest = _plain(above)
            other, under = _plain(below)
            return sign * other, apply("div", rest, under)
        case Apply(head, (body, *bounds)) if head in _LINEAR:
            sign, rest = _plain(body)
            kept = [] if head == "expectation" else [_signed(b) for b in bounds]
            return sign, Apply(head, (rest, *kept))
        case Apply(head, args):
            return 1, Apply(head, tuple(_signed(arg) for arg in args))
        case _:
            return 1, tree


def _product(tree: Tree) -> tuple[int, Tree]:
    sign, factors = 1, []
    for factor in _factors(tree):
        one, rest = _plain(factor)
        sign *= one
        if rest != number(1):
            factors.append(rest)
    return sign, Apply("mul", tuple(sorted(factors, key=repr)))


def _factors(tree: Tree) -> list[Tree]:
    if isinstance(tree, Apply) and tree.head in {"mul", "dot"}:
        return [inner for arg in tree.args for inner in _factors(arg)]
    if (
        isinstance(tree, Apply)
        and tree.head == "call"
        and len(tree.args) == 2  # noqa: PLR2004 - canonical for two letters side by side
        and all(isinstance(arg, Symbol) for arg in tree.args)
    ):
        return list(tree.args)
    return [tree]


def _signed(tree: Tree) -> Tree:
    sign, rest = _plain(tree)
    return rest if sign > 0 else apply("neg", rest)
