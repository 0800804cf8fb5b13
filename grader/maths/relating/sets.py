"""Expected set and given set -> a finding: element by element, or point by point."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.relating.solutions import compare_solutions
from grader.maths.relating.statements import NotAStatementError, membership, unfolded
from grader.maths.relating.written_sets import is_set
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree, symbols_of

MOST_PAIRS: Final = 2_500
CONNECTED: Final = {
    "union": "or",
    "intersection": "and",
    "complement": "not",
    "conj": "not",
    "symmetric_difference": "xor",
    "set_minus": "",
}
MEMBER: Final = Symbol("a member of the set")
"""A name that nobody can type, so that it clashes with none."""


def compare_sets(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Return whether two sets have the same members."""
    claims = _as_claim(expected), _as_claim(given)
    if claims[0] is not None and claims[1] is not None:
        return decide(claims[0], claims[1], setting)
    expected, given = _settled(expected, given), _settled(given, expected)
    match expected, given:
        case Apply("set", these), Apply("set", those):
            return match_elements(these, those, setting)
        case Apply("pair_or_interval" | "tuple", these), Apply(
            "pair_or_interval" | "tuple", those
        ):
            return decide(Apply("tuple", these), Apply("tuple", those), setting)
        case Apply("interval", these), Apply("interval", those):
            ends = decide(Apply("tuple", these[:2]), Apply("tuple", those[:2]), setting)
            if ends.equal and these[2] == those[2]:
                return ends
        case _:
            pass
    return _compare_members(expected, given, setting)


def _as_claim(tree: Tree) -> Tree | None:
    """Return what it takes to be in a set that is made of sets by their names alone."""
    match tree:
        case Symbol():
            return tree
        case Apply(head, args) if head in CONNECTED:
            claims = [_as_claim(arg) for arg in args]
            known = [claim for claim in claims if claim is not None]
            return _connected(head, known) if len(known) == len(claims) else None
        case _:
            return None


def _connected(head: str, claims: list[Tree]) -> Tree:
    if head == "set_minus":
        return Apply("and", (claims[0], Apply("not", (claims[1],))))
    return Apply(CONNECTED[head], tuple(claims))


def _settled(tree: Tree, other: Tree) -> Tree:
    """Return a pair as an interval where the other side is a set of numbers."""
    match tree, other:
        case Apply("pair_or_interval", _), Apply("pair_or_interval" | "tuple", _):
            return tree
        case Apply("pair_or_interval", (low, high)), _ if is_set(other):
            return Apply("interval", (low, high, Text("()")))
        case Constant("empty_set"), Apply("set", _):
            return Apply("set", ())
        case _:
            return tree


def _compare_members(expected: Tree, given: Tree, setting: Setting) -> Finding:
    try:
        one = unfolded(membership(MEMBER, expected))
        other = unfolded(membership(MEMBER, given))
    except NotAStatementError:
        return unknown("set-not-understood")
    return compare_solutions(one, other, setting)


def match_elements(
    expected: Sequence[Tree], given: Sequence[Tree], setting: Setting
) -> Finding:
    """Return whether each element of either list equals one of the other.

    How often an element is repeated does not matter.
    """
    if len(expected) * len(given) > MOST_PAIRS:
        return unknown("too-many-elements")
    setting = replace(setting, seconds=setting.seconds / max(len(given), 1))
    best = Finding(truth=Truth.EQUAL, method="agreed")
    for missing, these, those in (
        ("missing", expected, given),
        ("superfluous", given, expected),
    ):
        for place, element in enumerate(these, 1):
            finding = _among(element, those, setting)
            if finding is Truth.DIFFERENT:
                return Finding(
                    truth=Truth.DIFFERENT,
                    method="proved-different",
                    reason=f"{missing}-element",
                    place=f"element {place}",
                )
            if finding is Truth.UNKNOWN:
                best = unknown("element-undecided")
    return best


def _among(element: Tree, others: Sequence[Tree], setting: Setting) -> Truth:
    doubt = Truth.DIFFERENT
    for other in others:
        truth = decide(element, other, setting).truth
        if truth is Truth.EQUAL:
            return truth
        if truth is Truth.UNKNOWN:
            doubt = truth
    return doubt


def describes_set(statement: Tree, region: Tree, setting: Setting) -> Finding:
    """Return whether a statement in one name says that it lies in *region*."""
    names = symbols_of(statement) - symbols_of(region)
    if len(names) != 1:
        return unknown("no-single-name")
    member = Symbol(next(iter(names)))
    try:
        inside = unfolded(membership(member, _settled(region, Constant("reals"))))
        return compare_solutions(inside, unfolded(statement), setting)
    except NotAStatementError:
        return unknown("set-not-understood")
