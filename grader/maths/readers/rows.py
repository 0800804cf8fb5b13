"""Lists of lists with which somebody calculates -> matrices: `2 [[1, 2], [3, 4]]`."""

from typing import Final

from grader.maths.forms.rows import as_matrix
from grader.maths.tree import Apply, Tree

_CALCULATES: Final = frozenset(
    {"add", "neg", "mul", "div", "pow", "dot", "det", "trace", "transpose", "adjoint"}
    | {"inverse", "rank", "hadamard", "kronecker"}
)


def settle_rows(tree: Tree) -> Tree:
    """Return *tree* with rows of one length as a matrix, where they are an operand.

    By themselves they stay what they are: a list of lists is an answer, too.
    """
    if not isinstance(tree, Apply):
        return tree
    args = tuple([settle_rows(arg) for arg in tree.args])
    if tree.head in _CALCULATES:
        args = tuple([as_matrix(arg) for arg in args])
    return Apply(tree.head, args)
