"""Coordinates with which somebody calculates: `2 (1, 2) + (3, 4)`."""

from typing import Final

from grader.maths.tree import Apply, Tree

_CALCULATES: Final = frozenset({"add", "neg", "mul", "div", "cross"})
_LISTED: Final = frozenset({"tuple", "pair_or_interval"})
_TWO: Final = 2


def calculates(tree: Tree) -> bool:
    """Return whether *tree* adds or multiplies coordinates, and is a vector."""
    match tree:
        case Apply("mul", factors):
            vectors = [each for each in factors if is_vector(each)]
            return len(vectors) == 1
        case Apply(head, args) if head in _CALCULATES:
            return any(map(is_vector, args))
        case _:
            return False


def is_vector(tree: Tree) -> bool:
    """Return whether *tree* is coordinates, or is made of them."""
    return (isinstance(tree, Apply) and tree.head in _LISTED) or calculates(tree)


def has_coordinates(tree: Tree) -> bool:
    """Return whether coordinates stand anywhere in *tree*."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Apply):
            if node.head in _LISTED:
                return True
            stack.extend(node.args)
    return False


def with_products(tree: Tree) -> Tree:
    """Return *tree* with the product of two lists of coordinates as an inner one."""
    if not isinstance(tree, Apply):
        return tree
    args = tuple([with_products(arg) for arg in tree.args])
    if tree.head != "mul":
        return Apply(tree.head, args)
    vectors = tuple(arg for arg in args if is_vector(arg))
    if len(vectors) != _TWO:
        return Apply("mul", args)
    rest = tuple(arg for arg in args if not is_vector(arg))
    inner = Apply("inner", vectors)
    return Apply("mul", (*rest, inner)) if rest else inner
