"""Tree -> code: each head has a small function that makes a closure of its arguments."""

from fractions import Fraction
from typing import Final

from flint import acb, arb

from grader.maths.evaluation.arithmetic import ARITHMETIC
from grader.maths.evaluation.chance import CHANCE
from grader.maths.evaluation.conditions import CONDITIONS
from grader.maths.evaluation.frame import Code, Compiler, Frame
from grader.maths.evaluation.gradients import GRADIENTS
from grader.maths.evaluation.information import INFORMATION
from grader.maths.evaluation.limits import compile_limit
from grader.maths.evaluation.linear import LINEAR
from grader.maths.evaluation.loops import LOOPS
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.models import MODELS, compile_opaque
from grader.maths.evaluation.values import NotUnderstoodError, OutsideError, to_scalar
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree

COMPILERS: Final[dict[str, Compiler]] = {
    **ARITHMETIC,
    **CONDITIONS,
    **LINEAR,
    **LOOPS,
    **MODELS,
    **CHANCE,
    **INFORMATION,
    **GRADIENTS,
    "limit": compile_limit,
}


def compile_tree(tree: Tree) -> Code:
    """Return *tree* as a function of a frame; what has no value raises in there."""
    match tree:
        case Apply(head, args):
            compiler = COMPILERS.get(head)
            if compiler is None:
                return compile_opaque(head, args)
            return compiler(args, compile_tree)
        case Symbol(name):
            return _symbol(name)
        case Number(value):
            return _exactly(value)
        case Constant(name):
            return CONSTANTS.get(name, _nothing)
        case Text():
            return _nothing


def _exactly(value: Fraction) -> Code:
    exact = to_scalar(value)
    return lambda _frame: exact


def _symbol(name: str) -> Code:
    def code(frame: Frame) -> Value:
        try:
            return frame.values[name]
        except KeyError:
            raise OutsideError from None

    return code


def _nothing(_frame: Frame) -> Value:
    raise NotUnderstoodError


CONSTANTS: Final[dict[str, Code]] = {
    "pi": lambda _frame: arb.pi(),
    "e": lambda _frame: arb(1).exp(),
    "i": lambda _frame: acb(0, 1),
    "euler_gamma": lambda _frame: arb.const_euler(),
}
