r"""Bold capitals beside each other -> a product in which the order matters."""

import re
from typing import Final

from grader.maths.tree import Apply, Symbol, Tree

_CAPITAL: Final = (
    r"([A-Z]|\\(?:Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega)(?![A-Za-z]))"
)
_BOLD: Final = re.compile(
    rf"\\(?:mathbf|boldsymbol|bm|pmb|symbf)\s*(?:\{{\s*{_CAPITAL}\s*\}}|{_CAPITAL})"
)
_KEPT: Final = frozenset({"transpose", "inverse", "adjoint", "neg", "dot", "pow"})


def settle_products(tree: Tree, text: str) -> Tree:
    """Return *tree* with products of bold capitals as products of matrices."""
    if "\\" not in text:
        return tree
    bold = frozenset((a or b).lstrip("\\") for a, b in _BOLD.findall(text))
    return _settled(tree, bold) if bold else tree


def _settled(tree: Tree, bold: frozenset[str]) -> Tree:
    if not isinstance(tree, Apply):
        return tree
    args = [_settled(arg, bold) for arg in tree.args]
    if tree.head != "mul":
        return Apply(tree.head, tuple(args))
    joined: list[Tree] = []
    for arg in args:
        if joined and _is_matrix(joined[-1], bold) and _is_matrix(arg, bold):
            joined[-1] = _product(joined[-1], arg)
        else:
            joined.append(arg)
    return joined[0] if len(joined) == 1 else Apply("mul", tuple(joined))


def _product(before: Tree, after: Tree) -> Tree:
    match before:
        case Apply("dot", factors):
            return Apply("dot", (*factors, after))
        case _:
            return Apply("dot", (before, after))


def _is_matrix(tree: Tree, bold: frozenset[str]) -> bool:
    """Return whether *tree* is made of bold capitals."""
    match tree:
        case Symbol(name):
            return name.split("_")[0] in bold
        case Apply("add", terms):
            return any(_is_matrix(term, bold) for term in terms)
        case Apply(head, args) if head in _KEPT and args:
            return _is_matrix(args[0], bold)
        case _:
            return False
