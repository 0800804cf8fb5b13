"""Tree and replacements -> the tree with every named piece put in."""

from collections.abc import Mapping

from grader.maths.tree import Apply, Tree


def substitute(tree: Tree, replacements: Mapping[Tree, Tree]) -> Tree:
    """Return *tree* with each subtree that is a key replaced by its value.

    The largest pieces go first, and what was put in is not looked at again.
    """
    if tree in replacements:
        return replacements[tree]
    if isinstance(tree, Apply):
        args = tuple(substitute(arg, replacements) for arg in tree.args)
        return tree if args == tree.args else Apply(tree.head, args)
    return tree


def contains(tree: Tree, piece: Tree) -> bool:
    """Return whether *piece* stands anywhere in *tree*."""
    if tree == piece:
        return True
    return isinstance(tree, Apply) and any(contains(arg, piece) for arg in tree.args)
