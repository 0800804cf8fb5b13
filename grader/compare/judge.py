"""Expected answers and given answers of one criterion -> verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from grader.compare.comparator import Comparator, Question
from grader.compare.kinds import BUILT_IN
from grader.model.answer import (
    Answer,
    Array,
    Failed,
    Formula,
    Found,
    Missing,
    Opaque,
    Sequence,
    Table,
    Value,
)
from grader.model.verdict import (
    NONE,
    Evidence,
    Outcome,
    Verdict,
    Witness,
    correct,
    incorrect,
    undecided,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input of a function and both answers there; a plain value has no inputs."""

    inputs: tuple[tuple[str, Value], ...] = ()
    expected: Answer
    given: Answer


def judge(
    cases: tuple[Case, ...],
    question: Question,
    comparators: Mapping[str, Comparator] = BUILT_IN,
) -> Verdict:
    """Judge a criterion by all its cases: the worst of them stands for the answer.

    A difference at one input settles it, whatever is unknown at others; without one,
    a single undecided case makes the whole undecided.
    """
    if not cases:
        return undecided("reference-failed")
    verdicts = [_judge_case(case, question, comparators) for case in cases]
    if all(verdict.outcome is Outcome.CORRECT for verdict in verdicts):
        return correct(evidence=_agreement(verdicts, cases))
    worst = min(range(len(cases)), key=lambda n: _rank(verdicts[n]))
    return _told(verdicts[worst], cases[worst], right=_right(verdicts), of=len(cases))


_RANK = {
    Outcome.MISSING: 0,
    Outcome.INCORRECT: 1,
    Outcome.PARTIAL: 2,
    Outcome.FAILED: 1,
    Outcome.UNDECIDED: 3,
    Outcome.CORRECT: 4,
}


def _rank(verdict: Verdict) -> tuple[int, float]:
    return _RANK[verdict.outcome], float(verdict.credit)


def _right(verdicts: list[Verdict]) -> int:
    return sum(v.outcome is Outcome.CORRECT for v in verdicts)


def _judge_case(
    case: Case, question: Question, comparators: Mapping[str, Comparator]
) -> Verdict:
    match case.given:
        case Missing():
            return _missing(case.given)
        case Failed():
            return _failed(case.given)
        case Found(value=given):
            pass
        case _:
            assert_never(case.given)
    if not isinstance(case.expected, Found):
        message = getattr(case.expected, "message", "")
        return undecided(
            "reference-failed", Evidence(facts=(("message", str(message)),))
        )
    if case.expected.value is not None:
        empty = left_empty(given, called=bool(case.inputs))
        if empty is not None:
            return empty
    kind = kind_of(case.expected.value, question)
    if kind not in comparators:
        return undecided("unknown-kind", Evidence(facts=(("kind", kind),)))
    return comparators[kind].judge(case.expected.value, given, question)


def left_empty(given: Value, *, called: bool) -> Verdict | None:
    """Return what there is to say of None, or of `...`, in place of an answer.

    A name that holds it was never filled in; a function that gives it returns nothing.
    """
    is_dots = isinstance(given, Opaque) and given.type_name == "ellipsis"
    if given is not None and not is_dots:
        return None
    if called:
        return incorrect("returns-nothing")
    facts = (("placeholder", "..." if is_dots else "None"),)
    evidence = Evidence(facts=facts)
    return Verdict(
        outcome=Outcome.MISSING, credit=NONE, reason="left-empty", evidence=evidence
    )


def kind_of(expected: Value, question: Question) -> str:
    """Return the kind to compare as: declared, or told by the expected value's type."""
    criterion = question.criterion
    if criterion.kind != "function":
        return criterion.kind
    if criterion.returns:
        return criterion.returns
    match expected:
        case Array(shape=shape):
            return "array" if shape else "number"
        case Formula():
            return "expression"
        case str():
            return "text"
        case Sequence() | Table() | bool():
            return "collection"
        case _:
            return "number"


def _missing(answer: Missing) -> Verdict:
    facts: tuple[tuple[str, str], ...] = (("name", answer.name),)
    if answer.nearest is not None:
        facts = (*facts, ("nearest", answer.nearest))
    return Verdict(
        outcome=Outcome.MISSING,
        credit=NONE,
        reason="nearly-named" if answer.nearest else "missing-name",
        evidence=Evidence(facts=facts),
    )


def _failed(answer: Failed) -> Verdict:
    evidence = Evidence(facts=(("message", answer.message), ("where", answer.where)))
    if answer.reason == "sandbox":
        return undecided("our-fault", evidence)
    return Verdict(
        outcome=Outcome.FAILED, credit=NONE, reason=answer.reason, evidence=evidence
    )


def _agreement(verdicts: list[Verdict], cases: tuple[Case, ...]) -> Evidence:
    first = verdicts[0].evidence
    if len(cases) == 1:
        return first
    gaps = [
        w.gap
        for v in verdicts
        if (w := v.evidence.witness) is not None and w.gap is not None
    ]
    witness = Witness(gap=max(gaps)) if gaps else None
    return replace(first, points=len(cases), witness=witness, place="", facts=())


def _told(verdict: Verdict, case: Case, *, right: int, of: int) -> Verdict:
    """Put the input, and both values there, into the witness."""
    if not case.inputs:
        return verdict
    evidence = verdict.evidence
    inner = evidence.witness or Witness()
    expected = case.expected.value if isinstance(case.expected, Found) else None
    given = case.given.value if isinstance(case.given, Found) else None
    witness = replace(inner, inputs=case.inputs, expected=expected, given=given)
    facts = (*evidence.facts, ("right_inputs", right), ("inputs", of))
    return replace(verdict, evidence=replace(evidence, witness=witness, facts=facts))
