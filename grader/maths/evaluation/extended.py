"""Code for the ends of integrals, sums and limits, which may lie at infinity."""

from collections.abc import Sequence

from flint import arb

from grader.maths.evaluation.frame import Code, Compile
from grader.maths.tree import Apply, Constant, Number, Tree


def compile_end(tree: Tree, compile_: Compile) -> Code:
    """Return code for a number, or for infinity with its sign."""
    side = infinity_of(tree)
    if side == 0:
        return compile_(tree)
    return lambda _frame: arb.pos_inf() if side > 0 else arb.neg_inf()


def infinity_of(tree: Tree) -> int:
    """Return 1 or -1 for infinity, with its sign and numbers beside it, 0 for the rest."""
    match tree:
        case Constant("oo"):
            return 1
        case Apply("neg", (inner,)):
            return -infinity_of(inner)
        case Apply("percent", (inner,)):
            return infinity_of(inner)
        case Apply("mul", (Number(value), other)) | Apply(
            "mul" | "div", (other, Number(value))
        ):
            return infinity_of(other) * ((value > 0) - (value < 0))
        case Apply("add", terms):
            ends = [infinity_of(term) for term in terms]
            shifts = [term for term, end in zip(terms, ends, strict=True) if not end]
            signs = set(ends) - {0}
            return signs.pop() if len(signs) == 1 and _are_numbers(shifts) else 0
        case _:
            return 0


def _are_numbers(trees: Sequence[Tree]) -> bool:
    bare = (tree.args[0] if _is_negative(tree) else tree for tree in trees)  # type: ignore[union-attr]
    return all(isinstance(tree, Number) for tree in bare)


def _is_negative(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head == "neg"
