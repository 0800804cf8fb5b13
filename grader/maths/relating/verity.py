"""An unfolded statement -> code that tells at a point whether it is true."""

from collections.abc import Callable, Mapping
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation.evaluate import compiled, run
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.matrices import Matrix
from grader.maths.evaluation.values import Undefined
from grader.maths.relating.statements import TRUE, NotAStatementError
from grader.maths.tree import Apply, Constant, Symbol, Tree

Verity = bool | None
"""True, false, or not to be told at this point."""

Statement = Callable[[Frame], Verity]

OUTSIDE: Final = frozenset({"outside-domain", "no-case"})
ZERO_BITS: Final = 100
"""A ball this narrow around zero is taken to be zero."""


def compile_statement(tree: Tree, truths: Mapping[str, bool]) -> Statement:
    """Return an unfolded statement as a function of a frame."""
    match tree:
        case Constant():
            fixed = tree == TRUE
            return lambda _frame: fixed
        case Symbol(name):
            known = truths.get(name)
            return lambda _frame: known
        case Apply("not", (Symbol(name),)):
            denied = truths.get(name)
            return lambda _frame: None if denied is None else not denied
        case Apply("and" | "or", args):
            parts = [compile_statement(arg, truths) for arg in args]
            return _joined(parts, deciding=tree.head == "or")
        case Apply(head, (left, right)):
            return _comparison(head, left, right)
        case _:
            raise NotAStatementError


def _joined(parts: list[Statement], *, deciding: bool) -> Statement:
    def code(frame: Frame) -> Verity:
        answer: Verity = not deciding
        for part in parts:
            found = part(frame)
            if found is deciding:
                return deciding
            if found is None:
                answer = None
        return answer

    return code


def _comparison(head: str, left: Tree, right: Tree) -> Statement:
    one, other = compiled(left), compiled(right)
    wanted = {"eq": {0}, "ne": {-1, 1, 2}, "lt": {-1}, "le": {-1, 0}}[head]

    def code(frame: Frame) -> Verity:
        here = run(one, frame)
        there = run(other, frame)
        if isinstance(here, Undefined) or isinstance(there, Undefined):
            reasons = {getattr(here, "reason", ""), getattr(there, "reason", "")}
            return False if OUTSIDE & reasons else None
        side = sign_of_gap(here, there)
        return None if side is None else side in wanted

    return code


def sign_of_gap(here: object, there: object) -> int | None:
    """Return -1, 0, 1 for below, equal, above; 2 for unequal without an order."""
    if isinstance(here, Matrix) or isinstance(there, Matrix):
        return None
    gap = here - there  # type: ignore[operator]  # scalars of flint
    if isinstance(gap, fmpq):
        return (gap > 0) - (gap < 0)
    if isinstance(gap, acb):
        return _complex_side(gap, here)
    if not gap.contains(0):
        return 1 if gap > 0 else -1
    return 0 if is_nearly_zero(gap, here) else None


def _complex_side(gap: acb, here: object) -> int | None:
    if gap.imag.contains(0):
        side = sign_of_gap(gap.real, fmpq(0))
        if side == 0:
            return 0 if is_nearly_zero(gap, here) else None
        return side if gap.imag.is_zero() else 2
    return 2


def is_nearly_zero(gap: arb | acb, scale: object) -> bool:
    """Return whether a ball around zero is as narrow as one can ask."""
    widest = arb(2) ** -ZERO_BITS * (1 + abs(scale))  # type: ignore[arg-type]  # scalars of flint
    return bool(abs(gap).abs_upper() < widest.abs_upper())
