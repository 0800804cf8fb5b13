"""Expected and given expression, one of them infinite -> a finding, if that tells."""

from grader.maths.deciding.points import points
from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.extended import infinity_of
from grader.maths.evaluation.values import Undefined
from grader.maths.finding import Finding, Truth
from grader.maths.setting import Setting
from grader.maths.tree import Tree, symbols_of

BITS = 64


def settle_infinities(expected: Tree, given: Tree, setting: Setting) -> Finding | None:
    """Return how infinity compares with infinity, or with what has a finite value."""
    ends = infinity_of(expected), infinity_of(given)
    if ends == (0, 0):
        return None
    if all(ends):
        same = ends[0] == ends[1]
        truth = Truth.EQUAL if same else Truth.DIFFERENT
        return Finding(
            truth=truth, method="exact", reason="" if same else "opposite-sign"
        )
    finite = given if ends[0] else expected
    domains = {name: setting.domain_of(name) for name in symbols_of(finite)}
    point = next(iter(points(domains, seed=0)))
    if isinstance(evaluate(finite, point, bits=BITS), Undefined):
        return None
    return Finding(truth=Truth.DIFFERENT, method="proved-different", reason="infinite")
