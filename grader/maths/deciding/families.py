"""Two trees with indexed names -> the same trees, every member written as an index.

Inside a sum over i a reader makes `x_i` the member of a family; outside, where i is
no index of anything, it is one name. Where both are met they are the same family.
"""

from collections.abc import Iterator

from grader.maths.tree import Apply, Symbol, Tree


def with_families(expected: Tree, given: Tree) -> tuple[Tree, Tree]:
    """Return both with `x_t` as the member t of x wherever x is a family."""
    families = frozenset((*_families(expected), *_families(given)))
    if not families:
        return expected, given
    return _rewritten(expected, families), _rewritten(given, families)


def _families(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Apply):
        if tree.head == "index" and isinstance(tree.args[0], Symbol):
            yield tree.args[0].name
        for arg in tree.args:
            yield from _families(arg)


def _rewritten(tree: Tree, families: frozenset[str]) -> Tree:
    match tree:
        case Symbol(name):
            base, _, place = name.rpartition("_")
            if base in families and place.isalpha() and len(place) == 1:
                return Apply("index", (Symbol(base), Symbol(place)))
            return tree
        case Apply(head, args):
            return Apply(head, tuple(_rewritten(arg, families) for arg in args))
        case _:
            return tree
