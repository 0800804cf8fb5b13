"""Expected tree and given tree -> a finding: equal, different with a witness, unknown."""

import hashlib
import time

from flint import fmpq

from grader.maths.evaluate import compiled, precision, run
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.frame import Frame
from grader.maths.points import points
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Tree, symbols_of
from grader.maths.values import Budget, Plane, Undefined

ATTEMPTS = 60


def decide(expected: Tree, given: Tree, setting: Setting = DEFAULT) -> Finding:
    """Decide whether two pieces of mathematics say the same."""
    if expected == given:
        return Finding(truth=Truth.EQUAL, method="identical")
    return decide_expressions(expected, given, setting)


def decide_expressions(expected: Tree, given: Tree, setting: Setting) -> Finding:
    names = symbols_of(expected) | symbols_of(given)
    seed = int.from_bytes(hashlib.sha256(repr((expected, given)).encode()).digest()[:8])
    plane = Plane.COMPLEX if setting.complex_numbers else Plane.LINE
    frame = Frame(
        plane=plane,
        odd_roots=setting.real_odd_roots,
        budget=Budget(setting.steps, time.monotonic() + setting.seconds),
    )
    one, other = compiled(expected), compiled(given)
    agreed = 0
    for _, point in zip(
        range(ATTEMPTS), points({n: setting.domain_of(n) for n in names}, seed=seed)
    ):
        frame.values = dict(point)
        with precision(setting.first_bits):
            a, b = run(one, frame), run(other, frame)
            if isinstance(a, Undefined) or isinstance(b, Undefined):
                continue
            gap = a - b
            if gap == 0 or (not isinstance(gap, fmpq) and gap.contains(0)):
                agreed += 1
                if agreed >= setting.points or not names:
                    return Finding(truth=Truth.EQUAL, method="agreed", points=agreed)
                continue
            return Finding(
                truth=Truth.DIFFERENT,
                method="proved-different",
                witness=tuple((n, str(v)) for n, v in sorted(point.items())),
                expected_value=str(a),
                given_value=str(b),
            )
    return unknown("no-points")
