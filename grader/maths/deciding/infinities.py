"""Expected and given expression, one of them infinite -> a finding, if that tells."""

from typing import Final

from grader.maths.deciding.points import points
from grader.maths.evaluation.divergence import divergence_of
from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.extended import infinity_of
from grader.maths.evaluation.values import Undefined
from grader.maths.finding import Finding, Truth
from grader.maths.setting import Setting
from grader.maths.tree import Tree, symbols_of

BITS: Final = 256


MAY_DIVERGE: Final = frozenset({"limit", "sum", "integral"})
"""Heads whose value may be infinite although no infinity is written."""


def settle_infinities(
    expected: Tree, given: Tree, setting: Setting, *, growing: bool = False
) -> Finding | None:
    """Return how infinity compares with infinity, or with what has a finite value.

    Only if infinity is written on one side, unless *growing* asks for more.
    """
    written = infinity_of(expected), infinity_of(given)
    if written == (0, 0) and not growing:
        return None
    ends = written[0] or divergence_of(expected), written[1] or divergence_of(given)
    if ends == (0, 0) or (all(ends) and written == (0, 0)):
        return None  # two that diverge need not be the same
    if all(ends):
        same = ends[0] == ends[1]
        return Finding(
            truth=Truth.EQUAL if same else Truth.DIFFERENT,
            method="exact" if all(written) else "agreed",
            reason="" if same else "opposite-sign",
        )
    finite = given if ends[0] else expected
    domains = {name: setting.domain_of(name) for name in symbols_of(finite)}
    point = next(iter(points(domains, seed=0)))
    if isinstance(evaluate(finite, point, bits=BITS), Undefined):
        return None
    method = "measured-different" if written == (0, 0) else "proved-different"
    return Finding(truth=Truth.DIFFERENT, method=method, reason="infinite")
