"""Two left sides -> how nearly they name the same thing: spelling aside, arguments aside."""

import re
from collections.abc import Mapping
from typing import Final

from grader.maths.substitution import substitute
from grader.maths.tree import Apply, Number, Symbol, Tree, apply

SAME: Final = 2
SAME_BUT_FOR_ARGUMENTS: Final = 1
OTHER: Final = 0

_SLOPES: Final = frozenset({"derivative", "partial", "gradient"})
_VECTORS: Final = frozenset({"tuple", "list", "pair_or_interval"})
_SUPERSCRIPT: Final = re.compile(r"_sup_(?=\d|star|ast)")
_SCRIPT_LETTER: Final = re.compile(r"_cal(?=_|$)")


def likeness(wanted: Tree, written: Tree) -> int:
    """Return how well the left side *written* names what *wanted* names.

    Both are canonical. `J_f(z)` names `J_f`, but `f^{-1}(x_0)` is not `f^{-1}(x)`:
    arguments may be left out, and where both have them they have to be the same.
    """
    if wanted == written:
        return SAME
    if wanted == bare(written) or bare(wanted) == written:
        return SAME_BUT_FOR_ARGUMENTS
    return OTHER


def canonical(tree: Tree) -> Tree:
    """Return *tree* without the differences of notation that mean nothing."""
    match tree:
        case Symbol(name):
            plain = _SUPERSCRIPT.sub("_", _SCRIPT_LETTER.sub("", name))
            return Symbol(plain)
        case Apply(head, args):
            return _shaped(head, tuple(canonical(arg) for arg in args))
        case _:
            return tree


def bare(tree: Tree) -> Tree:
    """Return *tree* with the arguments of named functions left out."""
    match tree:
        case Apply("call", (callee, *_)):
            return callee
        case Apply(head, args):
            return Apply(head, tuple(bare(arg) for arg in args))
        case _:
            return tree


def renamed(tree: Tree, aliases: Mapping[Tree, Tree]) -> Tree:
    """Return *tree* with the sheet's own second names for a thing put back."""
    return substitute(tree, aliases) if aliases else tree


def _shaped(head: str, args: tuple[Tree, ...]) -> Tree:
    if head in _SLOPES:
        return _slope(args)
    match head, args:
        case "abs", (Symbol(name) as inner,) if name[:1] == "J":
            return apply("abs", apply("det", inner))
        case "abs", (Apply("derivative" | "call", (named, *_)) as inner,) if (
            _is_jacobian(named)
        ):
            return apply("abs", apply("det", inner))
        case "mul", (Symbol() as callee, Symbol() as argument):
            return apply("call", callee, argument)
        case "pow", (Symbol(name), Number(value=power)) if power == 0:
            return Symbol(f"{name}_0")
        case "call", (Apply("prime", (function, _)), *arguments):
            return _slope((function, *arguments))
        case "limit", (body, *_):
            return apply("call", Symbol("limitof"), body)
        case _:
            return _fraction(head, args)


def _is_jacobian(tree: Tree) -> bool:
    return isinstance(tree, Symbol) and tree.name[:1] == "J"


def _slope(args: tuple[Tree, ...]) -> Tree:
    """Write every kind of derivative as one, and `df(z)/dz` as `df/dz`."""
    match args:
        case (Apply("call", (function, *arguments)), *rest) if set(arguments) <= set(
            rest
        ):
            return Apply("derivative", (function, *rest))
        case _:
            return Apply("derivative", args)


def _fraction(head: str, args: tuple[Tree, ...]) -> Tree:
    r"""Take `\delta L / \delta D` for a derivative, and any column for a vector."""
    match head, args:
        case (
            "div",
            (
                Apply("call", (Symbol("delta"), above)),
                Apply("call", (Symbol("delta"), below)),
            ),
        ):
            return _slope((above, below))
        case "matrix", _ if all(_width(row) == 1 for row in args):
            return Apply("tuple", tuple(_cells(args)))
        case "matrix", (Apply("row", cells),):
            return Apply("tuple", cells)
        case "transpose", (Apply(inner) as vector,) if inner in _VECTORS:
            return vector
        case _:
            return Apply("tuple" if head in _VECTORS else head, args)


def _width(row: Tree) -> int:
    return len(row.args) if isinstance(row, Apply) and row.head == "row" else 0


def _cells(rows: tuple[Tree, ...]) -> list[Tree]:
    return [cell for row in rows if isinstance(row, Apply) for cell in row.args]
