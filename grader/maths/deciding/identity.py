"""A tree with an undeclared `I` in it -> identity matrix or imaginary unit."""

from typing import Final

from grader.maths.notation import Notation
from grader.maths.readers.parser import Token
from grader.maths.tree import Apply, Constant, Symbol, Tree, number

# where one of these stands, the letter I is a matrix, too
_MATRIX_HEADS: Final = frozenset(
    {"transpose", "inverse", "matrix", "normal", "det", "trace", "adjoint", "identity"}
)
_QUANTITIES: Final = frozenset("PQRUVWZ")
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
            case Apply("pow", (Apply("add", terms), exponent)) if (
                exponent in _MINUS_ONE and _holds_capital(terms)
            ):
                heads.add("inverse")
            case Apply(head, args):
                heads.add(head)
                stack.extend(args)
            case _:
                pass
    if matrix or heads & _MATRIX_HEADS:
        return _replaced(tree, Apply("identity", ()))
    if any(token[1] != "I" and token[1] in _QUANTITIES for token in tokens):
        return tree  # a current, beside a voltage or a resistance
    return _replaced(tree, Constant("i")) if notation.imaginary_unit else tree


def _holds_capital(terms: tuple[Tree, ...]) -> bool:
    """Say whether I, or a multiple of it, is added to a capital, as in `A - s I`."""
    last = [_last(term) for term in terms]
    others = [term for term in last if term != _LETTER]
    return len(others) < len(last) and any(map(_is_capital, others))


def _last(term: Tree) -> Tree:
    """Return a term without its sign, its power and the factors before the last."""
    match term:
        case Apply("neg" | "pow", (inner, *_)):
            return _last(inner)
        case Apply("mul", factors) if factors:
            return _last(factors[-1])
        case _:
            return term


def _is_capital(tree: Tree) -> bool:
    return isinstance(tree, Symbol) and tree.name[:1].isupper()


def _replaced(tree: Tree, meaning: Tree) -> Tree:
    if isinstance(tree, Apply):
        return Apply(tree.head, tuple([_replaced(arg, meaning) for arg in tree.args]))
    return meaning if tree == _LETTER else tree
