"""Expected collection and given collection -> verdict, item by item."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from grader.compare.array import compare_values as compare_arrays
from grader.compare.buffer import array_of
from grader.compare.choice import compare_texts
from grader.compare.comparator import Comparator, Question
from grader.compare.expression import compare_expressions
from grader.compare.numeric import type_name
from grader.model.answer import Array, Formula, Sequence, Table, Value
from grader.model.verdict import (
    Evidence,
    Outcome,
    Verdict,
    correct,
    incorrect,
    partial,
    undecided,
)

MOST_ITEMS: Final = 2000  # matching in any order is quadratic in them
DEEPEST_ITEM: Final = 20  # collections in collections; deeper is no answer


def compare_collections(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge lists, tuples, sets and dictionaries, with partial credit where declared."""
    return _compare(expected, given, question, depth=0)


def _compare(
    expected: Value, given: Value, question: Question, *, depth: int
) -> Verdict:
    if depth > DEEPEST_ITEM:
        return undecided("cannot-decide")
    match expected:
        case Sequence():
            right = expected.items
        case Table():
            return _compare_tables(expected, given, question, depth=depth)
        case _:
            return _compare_item(expected, given, question)
    found = items_of(given)
    if found is None:
        return incorrect("wrong-type", _typed(given))
    if max(len(right), len(found)) > MOST_ITEMS:
        return undecided("cannot-decide")

    def judge(e: Value, g: Value) -> Verdict:
        return _compare(e, g, question, depth=depth + 1)

    if expected.kind == "set" or not question.criterion.ordered:
        return _any_order(right, found, judge, question)
    return _in_order(right, found, judge, question)


def items_of(value: Value) -> tuple[Value, ...] | None:
    """Return the items of a list, tuple, set or one-dimensional array."""
    match value:
        case Sequence(items=items):
            return items
        case Array(shape=(_,)):
            return tuple(array_of(value).tolist())
        case _:
            return None


def _compare_item(expected: Value, given: Value, question: Question) -> Verdict:
    match expected:
        case str():
            return compare_texts(expected, given, question)
        case bool() | None:
            same = type(given) is type(expected) and given == expected
            return correct() if same else incorrect("items-differ")
        case Formula():
            return compare_expressions(expected, given, question)
        case _:
            return compare_arrays(expected, given, question)


def _in_order(
    expected: tuple[Value, ...],
    given: tuple[Value, ...],
    judge: Callable[[Value, Value], Verdict],
    question: Question,
) -> Verdict:
    verdicts = [judge(e, g) for e, g in zip(expected, given, strict=False)]
    right = sum(v.outcome is Outcome.CORRECT for v in verdicts)
    if len(expected) == len(given) and right == len(expected):
        return correct(evidence=Evidence(method="agreed", points=right))
    if any(v.outcome is Outcome.UNDECIDED for v in verdicts):
        return undecided("cannot-decide")
    count = Count(right=right, expected=len(expected), given=len(given))
    if len(expected) != len(given):
        return _shared(count, question, "wrong-length", Evidence())
    first = next(n for n, v in enumerate(verdicts) if v.outcome is not Outcome.CORRECT)
    inner = verdicts[first].evidence
    evidence = Evidence(
        method="beyond-tolerance", place=f"item {first + 1}", witness=inner.witness
    )
    shuffled = _matching(expected, given, judge)
    reason = "order-differs" if shuffled == len(expected) else "items-differ"
    return _shared(count, question, reason, evidence)


def _any_order(
    expected: tuple[Value, ...],
    given: tuple[Value, ...],
    judge: Callable[[Value, Value], Verdict],
    question: Question,
) -> Verdict:
    right = _matching(expected, given, judge)
    if right == len(expected) == len(given):
        return correct(evidence=Evidence(method="agreed", points=right))
    reason = "wrong-length" if len(expected) != len(given) else "items-differ"
    count = Count(right=right, expected=len(expected), given=len(given))
    return _shared(count, question, reason, Evidence())


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many items are right, out of how many on either side."""

    right: int
    expected: int
    given: int


def _shared(
    count: Count, question: Question, reason: str, evidence: Evidence
) -> Verdict:
    """Give the share that is right where the rubric says so; extra items take away."""
    facts = (("right", count.right), ("given", count.given))
    told = replace(evidence, facts=facts)
    if question.criterion.partial and count.right:
        whole = max(count.expected, count.given)
        return partial(Fraction(count.right, whole), reason, told)
    return incorrect(reason, told)


def _matching(
    expected: tuple[Value, ...],
    given: tuple[Value, ...],
    judge: Callable[[Value, Value], Verdict],
) -> int:
    """Return the most pairs that agree, each item used once (augmenting paths)."""
    partners: dict[int, int] = {}
    agree = [
        [n for n, g in enumerate(given) if judge(e, g).outcome is Outcome.CORRECT]
        for e in expected
    ]

    def place(item: int, tried: set[int]) -> bool:
        for n in agree[item]:
            if n in tried:
                continue
            tried.add(n)
            if n not in partners or place(partners[n], tried):
                partners[n] = item
                return True
        return False

    return sum(place(item, set()) for item in range(len(expected)))


def _compare_tables(
    expected: Table, given: Value, question: Question, *, depth: int
) -> Verdict:
    if not isinstance(given, Table):
        return incorrect("wrong-type", _typed(given))
    wanted, found = dict(expected.items), dict(given.items)
    verdicts = {
        key: _compare(value, found[key], question, depth=depth + 1)
        for key, value in wanted.items()
        if key in found
    }
    right = sum(v.outcome is Outcome.CORRECT for v in verdicts.values())
    if right == len(wanted) == len(found):
        return correct(evidence=Evidence(method="agreed", points=right))
    if any(v.outcome is Outcome.UNDECIDED for v in verdicts.values()):
        return undecided("cannot-decide")
    wrong = next(
        (
            k
            for k in wanted
            if k not in verdicts or verdicts[k].outcome is not Outcome.CORRECT
        ),
        None,
    )
    evidence = Evidence(place=f"key {wrong!r}" if isinstance(wrong, str) else "")
    count = Count(right=right, expected=len(wanted), given=len(found))
    return _shared(count, question, "items-differ", evidence)


def _typed(value: Value) -> Evidence:
    return Evidence(facts=(("type", type_name(value)),))


COLLECTION = Comparator(kind="collection", judge=compare_collections)
