"""A tree as it was written -> its parts, its factors, its terms."""

from collections.abc import Iterator
from fractions import Fraction

from grader.maths.tree import Apply, Number, Tree


def subtrees(tree: Tree) -> Iterator[Tree]:
    """Yield *tree* and everything in it, outermost first."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Apply):
            stack.extend(reversed(node.args))


def factors_of(tree: Tree) -> Iterator[tuple[Tree, int]]:
    """Yield the factors as written, each with 1 above the line and -1 below it."""
    match tree:
        case Apply("mul", args):
            for arg in args:
                yield from factors_of(arg)
        case Apply("neg", (inner,)):
            yield Number(Fraction(-1)), 1
            yield from factors_of(inner)
        case Apply("div", (above, below)):
            yield from factors_of(above)
            for factor, side in factors_of(below):
                yield factor, -side
        case _:
            yield tree, 1


def terms_of(tree: Tree) -> list[Tree]:
    """Return the terms of a sum as written, a number times a sum multiplied out."""
    match tree:
        case Apply("add", args):
            return [term for arg in args for term in terms_of(arg)]
        case Apply("neg", (Apply("add") as inner,)):
            return [Apply("neg", (term,)) for term in terms_of(inner)]
        case Apply("div", (Apply("add") as above, below)) if is_constant(below):
            return [Apply("div", (term, below)) for term in terms_of(above)]
        case Apply("mul", args) if (spread := _spread(args)) is not None:
            return [part for term in spread for part in terms_of(term)]
        case _:
            return [tree]


def _spread(args: tuple[Tree, ...]) -> list[Tree] | None:
    sums = [at for at, arg in enumerate(args) if is_sum(arg)]
    if len(sums) != 1:
        return None
    place = sums[0]
    rest = args[:place] + args[place + 1 :]
    if not all(is_constant(arg) for arg in rest):
        return None
    inner = args[place]
    return [Apply("mul", (*rest, term)) for term in terms_of(inner)]


def is_sum(tree: Tree) -> bool:
    """Return whether *tree* adds several terms."""
    return isinstance(tree, Apply) and tree.head == "add" and len(tree.args) > 1


def is_constant(tree: Tree) -> bool:
    """Return whether *tree* is made of numbers alone."""
    return all(isinstance(part, Number | Apply) for part in subtrees(tree))
