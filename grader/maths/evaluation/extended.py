"""Code for the ends of integrals, sums and limits, which may lie at infinity."""

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
    """Return 1 or -1 for infinity as written, with its sign, and 0 for the rest."""
    match tree:
        case Constant("oo"):
            return 1
        case Apply("neg", (Constant("oo"),)):
            return -1
        case Apply("mul", (Number(value), Constant("oo"))):
            return (value > 0) - (value < 0)
        case _:
            return 0
