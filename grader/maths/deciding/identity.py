"""A tree with an undeclared `I` in it -> identity matrix or imaginary unit."""

from typing import Final

from grader.maths.notation import Notation
from grader.maths.readers.parser import Token
from grader.maths.tree import Apply, Constant, Symbol, Tree, number

# where one of these stands, the letter I is a matrix, too
_MATRIX_HEADS: Final = frozenset(
    {"transpose", "inverse", "matrix", "normal", "det", "trace", "adjoint", "identity"}
)
_LETTER: Final = Symbol("I")
_MINUS_ONE: Final = (number(-1), Apply("neg", (number(1),)))


def settle_identity(tree: Tree, tokens: list[Token], notation: Notation) -> Tree:
    """Return *tree* with I read as a matrix beside matrices, as a number elsewhere."""
    if "I" in notation.names or not any(token[1] == "I" for token in tokens):
        return tree
    matrix = any(kind == "matrix" for _, kind in notation.kinds)
    heads: set[str] = set()
    stack = [tree]
    while stack:
        node = stack.pop()
        match node:
            case Apply("pow", (Symbol(name), exponent)) if (
                name[0].isupper() and exponent in _MINUS_ONE
            ):
                heads.add("inverse")
            case Apply(head, args):
                heads.add(head)
                stack.extend(args)
            case _:
                pass
    if matrix or heads & _MATRIX_HEADS:
        return _replaced(tree, Apply("identity", ()))
    return _replaced(tree, Constant("i")) if notation.imaginary_unit else tree


def _replaced(tree: Tree, meaning: Tree) -> Tree:
    if isinstance(tree, Apply):
        return Apply(tree.head, tuple([_replaced(arg, meaning) for arg in tree.args]))
    return meaning if tree == _LETTER else tree
