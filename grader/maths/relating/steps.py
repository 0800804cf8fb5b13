"""One line of a derivation and the next -> how the second follows from the first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from grader.maths.decide import decide
from grader.maths.deciding.derivative import differentiate
from grader.maths.finding import Finding, Truth
from grader.maths.relating.coefficients import compares_coefficients
from grader.maths.relating.relations import is_claim
from grader.maths.relating.statements import FALSE
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Apply, Constant, Tree


class Link(StrEnum):
    """How a line stands to the one before it."""

    EQUAL = "equal"
    EQUIVALENT = "equivalent"
    IMPLIED = "implied"  # the new line has all the old solutions, and more
    LOSSY = "lossy"  # solutions of the old line are lost
    COEFFICIENTS = "coefficients"  # the same for all values of a name
    DERIVATIVE = "derivative"
    ANTIDERIVATIVE = "antiderivative"
    BROKEN = "broken"
    UNDECIDED = "undecided"


LEAST_SECONDS: Final = 0.2
"""What even one of many steps may take."""

SOUND: Final = frozenset(
    {Link.EQUAL, Link.EQUIVALENT, Link.COEFFICIENTS}
    | {Link.DERIVATIVE, Link.ANTIDERIVATIVE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A link between two lines, and the finding that it rests on."""

    link: Link
    finding: Finding

    @property
    def sound(self) -> bool:
        """Whether the new line says neither more nor less than the old one."""
        return self.link in SOUND


def judge_step(
    before: Tree, after: Tree, setting: Setting = DEFAULT, *, variable: str = ""
) -> Step:
    """Return how *after* follows from *before*.

    With a *variable*, a line may also be the derivative of the one before it, or
    the other way round.
    """
    before, after = continued(joined(before), joined(after), setting)
    finding = decide(before, after, setting)
    claims = is_claim(before, after) and is_claim(after, before)
    link = _link(finding, claims=claims)
    if claims and link not in SOUND and _same_coefficients(before, after, setting):
        link = Link.COEFFICIENTS
    if variable and link is Link.BROKEN and not claims:
        return _calculus(before, after, setting, variable) or Step(
            link=link, finding=finding
        )
    return Step(link=link, finding=finding)


def _same_coefficients(before: Tree, after: Tree, setting: Setting) -> bool:
    return any(
        compares_coefficients(equation, parts, setting)
        for equation, parts in ((before, after), (after, before))
    )


def joined(line: Tree) -> Tree:
    """Return a list of equations as one statement: all of them hold."""
    match line:
        case Apply("list", args) if args and all(is_claim(a, a) for a in args):
            return Apply("and", args)
        case _:
            return line


def continued(before: Tree, after: Tree, setting: Setting) -> tuple[Tree, Tree]:
    """Return two lines as one thing, where one says `a = b` and the other `= c`.

    The equation has to be true by itself; an empty set beside a claim says `false`.
    """
    if is_claim(before, after) and not is_claim(after, before):
        return _end_of(before, setting), _emptied(after)
    if is_claim(after, before) and not is_claim(before, after):
        return _emptied(before), _end_of(after, setting)
    return before, after


def _end_of(claim: Tree, setting: Setting) -> Tree:
    match claim:
        case Apply("eq", (left, right)) if decide(left, right, setting).equal:
            return right
        case _:
            return claim


def _emptied(line: Tree) -> Tree:
    empty = (Apply("set", ()), Constant("empty_set"))
    return FALSE if line in empty else line


def _link(finding: Finding, *, claims: bool) -> Link:
    if finding.truth is Truth.UNKNOWN:
        return Link.UNDECIDED
    if finding.equal:
        return Link.EQUIVALENT if claims else Link.EQUAL
    reasons = {"gained-solutions": Link.IMPLIED, "lost-solutions": Link.LOSSY}
    return reasons.get(finding.reason, Link.BROKEN)


def _calculus(
    before: Tree, after: Tree, setting: Setting, variable: str
) -> Step | None:
    down = decide(differentiate(before, variable), after, setting)
    if down.equal:
        return Step(link=Link.DERIVATIVE, finding=down)
    up = decide(before, differentiate(after, variable), setting)
    if up.equal:
        return Step(link=Link.ANTIDERIVATIVE, finding=up)
    return None


def judge_derivation(
    lines: Sequence[Tree], setting: Setting = DEFAULT, *, variable: str = ""
) -> tuple[Step, ...]:
    """Return the steps between neighbouring *lines*, each judged on its own."""
    share = setting.seconds * 2 / max(len(lines) - 1, 1)
    setting = replace(setting, seconds=min(setting.seconds, max(share, LEAST_SECONDS)))
    return tuple(
        judge_step(before, after, setting, variable=variable)
        for before, after in pairwise(lines)
    )
