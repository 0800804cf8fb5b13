"""Expected answer and given answer -> equal once some names are called differently?"""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations
from typing import Final

from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.rewriting import same_up_to
from grader.maths.relating.statements import replaced
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Symbol, Tree, symbols_of

MOST_NAMES: Final = 8
MOST_NAMINGS: Final = 3_000
SECONDS_A_NAMING: Final = 0.2
MOST_DECISIONS: Final = 120


def compare_renamed(
    expected: Tree,
    given: Tree,
    setting: Setting = DEFAULT,
    *,
    fixed: frozenset[str] = frozenset(),
) -> Finding:
    """Return whether some renaming of the names in *given* makes the two equal.

    Names in *fixed* keep what they stand for; different names stay different.
    """
    wanted = sorted(symbols_of(expected) - fixed)
    ours = sorted(symbols_of(given) - fixed)
    if len(wanted) != len(ours):
        return Finding(truth=Truth.DIFFERENT, method="shape", reason="name-count")
    if len(ours) > MOST_NAMES:
        return unknown("too-many-names")
    doubt = False
    deadline = time.monotonic() + setting.seconds
    quick = replace(setting, seconds=SECONDS_A_NAMING)
    for tried, renamed in enumerate(_renamings(expected, given, wanted, ours), 1):
        finding = decide(expected, renamed, quick)
        if finding.equal:
            return finding
        doubt = doubt or not finding.different
        if tried >= MOST_DECISIONS or time.monotonic() > deadline:
            doubt = True
            break
    if doubt:
        return unknown("renaming-undecided")
    return Finding(truth=Truth.DIFFERENT, method="proved-different", reason="renaming")


def _renamings(
    expected: Tree, given: Tree, wanted: list[str], ours: list[str]
) -> Iterator[Tree]:
    """Yield *given* renamed in every way, the ways that already fit by shape first."""
    later: list[Tree] = []
    for order in islice(permutations(wanted), MOST_NAMINGS):
        names = dict(zip(ours, map(Symbol, order), strict=True))
        renamed = replaced(given, names)
        if same_up_to(expected, renamed):
            yield renamed
            return
        if len(later) <= MOST_DECISIONS:
            later.append(renamed)
    yield from later
