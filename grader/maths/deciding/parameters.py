"""Trees with derivatives by a parameter -> what else in them depends on it, by name.

A function or law with a parameter below its name, as `p_theta`, depends on it: so
`grad_theta log p_theta(x)` is no derivative of a constant.
"""

from collections.abc import Iterator

from grader.maths.tree import Apply, Number, Symbol, Tree, number, symbols_of

DERIVING = frozenset({"gradient", "derivative", "partial"})
NAMING_LAWS = frozenset(
    {"kl", "js", "tv", "entropy", "mutual_information", "variance", "covariance"}
    | {"probability", "distributed"}
)
"""Heads whose arguments may be laws by name."""


def with_parameters(
    expected: Tree, given: Tree, laws: frozenset[str]
) -> tuple[Tree, Tree]:
    """Return both with `f_theta(x)` as `f_theta(x, theta)`, where that matters.

    *laws* are tables, and stay as they are.
    """
    by = frozenset((*_derived_by(expected), *_derived_by(given)))
    if not by:
        return expected, given
    return _with_arguments(expected, by, laws), _with_arguments(given, by, laws)


def rests_on(tree: Tree, name: str) -> bool:
    """Return whether a function or a law in *tree* has *name* below its own name."""
    if not isinstance(tree, Apply):
        return False
    if any(name in _below(named) for named in _named(tree)):
        return True
    return any(rests_on(arg, name) for arg in tree.args)


def _named(tree: Apply) -> Iterator[str]:
    """Yield the names of functions and laws that stand in a node itself."""
    match tree:
        case Apply("call", (Symbol(name), *args)):
            if not _has_parameter(name, args):
                yield name
        case Apply("call", (callee, *_)):
            yield from symbols_of(callee)
        case Apply("expectation", (_, *laws)):
            for law in laws:
                yield from symbols_of(law)
        case Apply(head, args) if head in NAMING_LAWS:
            for arg in args:
                yield from symbols_of(arg)
        case _:
            pass


def _has_parameter(name: str, args: list[Tree]) -> bool:
    below = _below(name)
    return any(isinstance(arg, Symbol) and arg.name in below for arg in args)


def _below(name: str) -> list[str]:
    return name.split("_")[1:]


def _derived_by(tree: Tree) -> Iterator[str]:
    if not isinstance(tree, Apply):
        return
    if tree.head in DERIVING:
        for variable in tree.args[1:]:
            match variable:
                case Symbol(name) | Apply("tuple", (Symbol(name), *_)):
                    yield name
                case _:
                    pass
    for arg in tree.args:
        yield from _derived_by(arg)


def _with_arguments(tree: Tree, by: frozenset[str], laws: frozenset[str]) -> Tree:
    if not isinstance(tree, Apply):
        return tree
    args = tuple(_with_arguments(arg, by, laws) for arg in tree.args)
    match rebuilt := Apply(tree.head, args):
        case Apply("call", (Symbol(name) as function, *inner)) if name not in laws:
            return Apply("call", (function, *inner, *_lacking(name, inner, by)))
        case Apply("call", (Apply("prime", (Symbol(name), Number() as order)), only)):
            lacking = _lacking(name, [only], by)
            if not lacking:
                return rebuilt
            orders = Apply("tuple", (order, *(number(0) for _ in lacking)))
            prime = Apply("prime", (Symbol(name), orders))
            return Apply("call", (prime, only, *lacking))
        case _:
            return rebuilt


def _lacking(name: str, args: list[Tree], by: frozenset[str]) -> list[Tree]:
    """Return the parameters below a name that its arguments do not hold yet."""
    held = {arg.name for arg in args if isinstance(arg, Symbol)}
    return [Symbol(word) for word in _below(name) if word in by - held]
