"""A body and the names bound around it -> the body with `x_i` read as x at i."""

from collections.abc import Iterable

from grader.maths.readers.names import GREEK_WORDS
from grader.maths.readers.numerals import numeral
from grader.maths.tree import Apply, Constant, Symbol, Tree


def bind(body: Tree, names: Iterable[str]) -> Tree:
    """Return *body* with every name's subscript in *names* made an index.

    Under a sum over i, `x_i` is not a name of its own but x at i, and `i` is not the
    imaginary unit.
    """
    return _bind(body, frozenset(names))


def _bind(tree: Tree, names: frozenset[str]) -> Tree:
    match tree:
        case Symbol(name) if "_" in name and name not in names:
            return _indexed(name, names) or tree
        case Constant(name) if name in names:
            return Symbol(name)
        case Apply(head, args):
            changed = tuple([_bind(arg, names) for arg in args])
            same = all(new is old for new, old in zip(changed, args, strict=True))
            return tree if same else Apply(head, changed)
        case _:
            return tree


def _indexed(name: str, names: frozenset[str]) -> Tree | None:
    base, *pieces = name.split("_")
    if len(pieces) == 1 and _is_letters(pieces[0], names):
        letters = [Symbol(letter) for letter in pieces[0]]
        return Apply("index", (Symbol(base), *letters)) if base else None
    if not base or not any(piece in names for piece in pieces):
        return None
    first = next(
        n for n, piece in enumerate(pieces) if piece in names or piece.isdecimal()
    )
    stem = "_".join([base, *pieces[:first]])
    indices = [numeral(p) if p.isdecimal() else Symbol(p) for p in pieces[first:]]
    return Apply("index", (Symbol(stem), *[index for index in indices if index]))


def _is_letters(piece: str, names: frozenset[str]) -> bool:
    """Say whether a subscript such as `ij` is several indices written together."""
    if piece in names or piece in GREEK_WORDS or len(piece) > 3:  # noqa: PLR2004 - the number of parts
        return False
    return any(letter in names for letter in piece)
