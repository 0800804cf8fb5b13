"""Expected answer and wrong answer -> the usual slip that explains it, and where."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from grader.maths.decide import decide
from grader.maths.forms.written import factors_of
from grader.maths.questions.slips import slips_of
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Apply, Text, Tree

MOST_SLIPS: Final = 120
SECONDS: Final = 0.4
SECONDS_A_SLIP: Final = 0.1
DEEPEST: Final = 12
MOST_PAIRS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The code of a slip, and where the answer first departs from what is expected.

    Either may be empty. *expected* and *given* are the parts at that place.
    """

    slip: str = ""
    place: str = ""
    expected: Tree | None = None
    given: Tree | None = None


def diagnose(expected: Tree, given: Tree, setting: Setting = DEFAULT) -> Diagnosis:
    """Return what explains a wrong answer: a slip on the whole or at one place."""
    quick = replace(setting, seconds=SECONDS_A_SLIP, points=4)
    spot = locate(expected, given, quick)
    slip = find_slip(spot.expected or expected, spot.given or given, quick)
    if not slip and spot.place:
        slip = find_slip(expected, given, quick)
    return replace(spot, slip=slip)


def find_slip(expected: Tree, given: Tree, setting: Setting = DEFAULT) -> str:
    """Return the code of the first usual slip that turns *expected* into *given*."""
    deadline = time.monotonic() + SECONDS
    for code, slipped in islice(slips_of(expected), MOST_SLIPS):
        if decide(slipped, given, setting).equal:
            return code
        if time.monotonic() > deadline:
            return ""
    return ""


def locate(expected: Tree, given: Tree, setting: Setting = DEFAULT) -> Diagnosis:
    """Return the smallest pair of parts, at one place, that alone make the difference."""
    places: list[str] = []
    for _ in range(DEEPEST):
        step = _narrowed(expected, given, setting)
        if step is None:
            break
        place, expected, given = step
        places.append(place)
    if not places:
        return Diagnosis()
    return Diagnosis(place=", ".join(places), expected=expected, given=given)


def _narrowed(
    expected: Tree, given: Tree, setting: Setting
) -> tuple[str, Tree, Tree] | None:
    match expected, given:
        case Apply("matrix", rows), Apply("matrix", others) if len(rows) == len(others):
            return _first_entry(rows, others, setting)
        case Apply("add", terms), Apply("add", others):
            return _odd_one_out("term", terms, others, setting)
        case Apply("mul" | "div", _), Apply("mul" | "div", _):
            return _odd_factor(expected, given, setting)
        case Apply(one, these), Apply(other, those) if one == other and len(
            these
        ) == len(those):
            return _only_argument(one, these, those, setting)
        case _:
            return None


def _first_entry(
    rows: tuple[Tree, ...], others: tuple[Tree, ...], setting: Setting
) -> tuple[str, Tree, Tree] | None:
    for row, (these, those) in enumerate(zip(rows, others, strict=True), 1):
        for column, (one, other) in enumerate(_cells(these, those), 1):
            if not decide(one, other, setting).equal:
                return f"entry ({row},{column})", one, other
    return None


def _cells(one: Tree, other: Tree) -> Iterator[tuple[Tree, Tree]]:
    if isinstance(one, Apply) and isinstance(other, Apply):
        yield from zip(one.args, other.args, strict=False)


def _odd_factor(
    expected: Tree, given: Tree, setting: Setting
) -> tuple[str, Tree, Tree] | None:
    for side, word in ((1, "factor"), (-1, "factor of the denominator")):
        these, those = (
            tuple(factor for factor, at in factors_of(tree) if at == side)
            for tree in (expected, given)
        )
        found = _odd_one_out(word, these, those, setting)
        other = [
            tuple(factor for factor, at in factors_of(tree) if at == -side)
            for tree in (expected, given)
        ]
        if found is not None and _match(other[0], other[1], setting) == ([], []):
            return found
    return None


def _odd_one_out(
    word: str, these: tuple[Tree, ...], those: tuple[Tree, ...], setting: Setting
) -> tuple[str, Tree, Tree] | None:
    """Return the one part on either side that has no partner on the other."""
    lonely, strange = _match(these, those, setting)
    if len(lonely) != 1 or len(strange) != 1:
        return None
    return f"{word} {lonely[0] + 1}", these[lonely[0]], those[strange[0]]


def _match(
    these: tuple[Tree, ...], those: tuple[Tree, ...], setting: Setting
) -> tuple[list[int], list[int]]:
    left = list(range(len(those)))
    if len(these) * len(those) > MOST_PAIRS:
        return left, left
    lonely: list[int] = []
    for at, part in enumerate(these):
        partner = next((k for k in left if decide(part, those[k], setting).equal), None)
        if partner is None:
            lonely.append(at)
        else:
            left.remove(partner)
    return lonely, left


def _only_argument(
    head: str, these: tuple[Tree, ...], those: tuple[Tree, ...], setting: Setting
) -> tuple[str, Tree, Tree] | None:
    apart = [
        at
        for at, (one, other) in enumerate(zip(these, those, strict=True))
        if not _same(one, other, setting)
    ]
    if len(apart) != 1:
        return None
    at = apart[0]
    return _place_in(head, at), these[at], those[at]


def _same(one: Tree, other: Tree, setting: Setting) -> bool:
    if isinstance(one, Text) or isinstance(other, Text):
        return one == other
    return decide(one, other, setting).equal


def _place_in(head: str, at: int) -> str:
    match head:
        case "pow":
            return ("base", "exponent")[at]
        case "eq" | "lt" | "le" | "gt" | "ge":
            return ("left side", "right side")[at]
        case "tuple" | "list" | "set":
            return f"element {at + 1}"
        case _:
            return f"argument {at + 1} of {head}"
