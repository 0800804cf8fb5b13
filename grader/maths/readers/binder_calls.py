"""Calls that bind a name, as `Sum(k, (k, 1, n))` and `diff(f, x)` do -> tree."""

from collections.abc import Callable, Sequence
from typing import Final

from grader.maths.readers.binding import bind
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree

Builder = Callable[[Sequence[Tree]], Tree | None]


_LISTS: Final = frozenset({"tuple", "list", "pair_or_interval", "interval", "row"})


def items_of(tree: Tree) -> tuple[Tree, ...] | None:
    """Return the items of a bracketed list, however its brackets were read."""
    match tree:
        case Apply("interval", (low, high, _)):
            return (low, high)
        case Apply(head, args) if head in _LISTS:
            return args
        case _:
            return None


def binder(head: str) -> Builder:
    """Build `Sum(f, (k, 1, n))`, and `sum(f, k, 1, n)` as it is typed."""

    def build_binder(args: Sequence[Tree]) -> Tree | None:
        if len(args) == 4 and isinstance(args[1], Symbol | Constant):  # noqa: PLR2004 - the number of parts
            args = (args[0], Apply("tuple", tuple(args[1:])))
        if len(args) < (1 if head == "integral" else 2):
            return None
        bounds = [_bound(arg) for arg in args[1:]]
        if None in bounds:
            return None
        found = [bound for bound in bounds if bound is not None]
        names = [str(bound.args[0].name) for bound in found]  # type: ignore[union-attr]
        body, limits = bind(args[0], names), [*found]
        return Apply(head, (body, *limits))

    return build_binder


def _bound(tree: Tree) -> Apply | None:
    """Return `(k, 1, n)` as a bound, if it is one."""
    items = items_of(tree) if not isinstance(tree, Symbol | Constant) else (tree,)
    if not items or len(items) not in (1, 2, 3):
        return None
    variable = as_symbol(items[0])
    return None if variable is None else Apply("tuple", (variable, *items[1:]))


def as_symbol(tree: Tree) -> Symbol | None:
    """Return the symbol that *tree* is where it is bound, even `i` and `e`."""
    match tree:
        case Symbol():
            return tree
        case Constant("i" | "e" | "pi" as name):
            return Symbol(name)
        case _:
            return None


def derivative(head: str) -> Builder:
    """Return what builds a derivative."""

    def build_derivative(args: Sequence[Tree]) -> Tree | None:
        if len(args) < 2:  # noqa: PLR2004 - the number of parts
            return None
        by: list[Tree] = []
        for arg in args[1:]:
            if isinstance(arg, Number) and by:  # diff(f, x, 2)
                by[-1] = Apply("tuple", (by[-1], arg))
                continue
            items = items_of(arg)
            by.append(Apply("tuple", items) if items else arg)
        return Apply(head, (args[0], *by))

    return build_derivative


def limit(args: Sequence[Tree]) -> Tree | None:
    """Build a limit."""
    if len(args) not in (3, 4):
        return None
    side = args[3] if len(args) == 4 else None  # noqa: PLR2004 - the number of parts
    variable = as_symbol(args[1])
    if variable is None or not isinstance(side, Text | None):
        return None
    body = bind(args[0], [variable.name])
    if side is None or side.value == "+-":
        return Apply("limit", (body, variable, args[2]))
    return Apply("limit", (body, variable, args[2], side))


def sided_limit(side: str) -> Builder:
    """Build the limit from above or from below, for a syntax without strings."""
    return lambda args: limit([*args, Text(side)]) if len(args) == 3 else None  # noqa: PLR2004 - the number of parts


def over_laws(head: str) -> Builder:
    """Build `expectation(f(x), (x, p))`."""

    def build_over_laws(args: Sequence[Tree]) -> Tree | None:
        if not args:
            return None
        laws = [Apply("tuple", items_of(law) or (law,)) for law in args[1:]]
        names = [law.args[0].name for law in laws if isinstance(law.args[0], Symbol)]
        return Apply(head, (bind(args[0], names), *laws))

    return build_over_laws
