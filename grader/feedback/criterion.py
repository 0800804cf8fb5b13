"""One criterion's score -> what is said of it, to students or to staff."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from grader.feedback.evidence import evidence_rows
from grader.feedback.markup import read_markup
from grader.feedback.values import number_text, show
from grader.feedback.wording import BASES, REASONS, say
from grader.model.feedback import (
    Audience,
    CriterionFeedback,
    Piece,
    Row,
    Sentence,
    code,
    words,
)
from grader.model.rubric import Part, RunLimits
from grader.model.score import Basis, CriterionScore
from grader.model.shown import visible
from grader.model.verdict import Evidence, Fact, Outcome, Verdict

_OPEN_FACTS: Final = frozenset(
    {"type", "shape", "wrong", "entries", "nearest", "symbols", "where"}
)
"""What may be told of a verdict that was reached at grading inputs: no value occurs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A verdict as far as the audience may know it, and whether it differs elsewhere."""

    verdict: Verdict
    elsewhere: bool = False
    revealed: bool = False


def say_criterion(
    score: CriterionScore, part: Part | None, audience: Audience, limits: RunLimits
) -> CriterionFeedback:
    """Word one criterion's score.

    Students are told of the verdict at the feedback points; what was found at grading
    points alone is told of without its values.
    """
    staff = audience is Audience.STAFF
    told = _Told(verdict=score.verdict, revealed=True) if staff else _told(score, part)
    return CriterionFeedback(
        answer=visible(score.answer, limit=100),
        outcome=score.verdict.outcome,
        earned=score.earned,
        possible=score.possible,
        sentences=_sentences(score, told, _values(score, told, part, limits)),
        witness=() if staff else witness_rows(score.answer, told),
        remarks=tuple(read_markup(remark.text) for remark in score.remarks),
        evidence=evidence_rows(score) if staff else (),
        fault=visible(score.fault) if staff else "",
    )


def _told(score: CriterionScore, part: Part | None) -> _Told:
    verdict, apart = score.verdict, score.student_verdict
    revealed = part is not None and part.reveal
    settled = verdict.outcome is Outcome.CORRECT or score.basis is Basis.FOLLOW_THROUGH
    if settled or apart is None:  # `apart` was judged as set: it says nothing of these
        drawn = part is None or _is_drawn(score.answer, part)
        kept = _without_values(verdict) if drawn else verdict
        return _Told(verdict=kept, revealed=revealed)
    if apart.outcome is Outcome.CORRECT:
        return _Told(verdict=_without_values(verdict), elsewhere=True)
    return _Told(verdict=apart, revealed=revealed)


def _is_drawn(answer: str, part: Part) -> bool:
    """Whether *answer* is judged at inputs; an unknown answer counts as such."""
    return all(c.inputs for c in part.criteria if c.answer == answer)


def _without_values(verdict: Verdict) -> Verdict:
    """Return *verdict* without anything that was seen at a grading input."""
    facts = tuple(f for f in verdict.evidence.facts if f[0] in _OPEN_FACTS)
    evidence = Evidence(place=verdict.evidence.place, facts=facts)
    return replace(verdict, evidence=evidence)


def _sentences(
    score: CriterionScore, told: _Told, values: Mapping[str, Piece]
) -> tuple[Sentence, ...]:
    basis = say(BASES[score.basis], values)
    if score.basis is Basis.MANUAL or (score.basis is Basis.MISTAKE and score.remarks):
        return basis  # the remark says it
    if score.basis is Basis.FOLLOW_THROUGH and told.verdict.reason == "agrees":
        return basis  # it says more than that it is right
    reason = say(REASONS.get(told.verdict.reason, ()), values)
    elsewhere = say(REASONS["differs-elsewhere"], {}) if told.elsewhere else ()
    return (*reason, *elsewhere, *basis)


def _values(
    score: CriterionScore, told: _Told, part: Part | None, limits: RunLimits
) -> dict[str, Piece]:
    """Collect what the templates may ask for."""
    evidence = told.verdict.evidence
    values = {name: _fact(name, fact) for name, fact in evidence.facts if fact != ""}
    values["seconds"] = Piece(text=f"{limits.part:g}")
    values["memory"] = Piece(text=f"{limits.memory / 2**20:.0f} MiB")
    values["answer"] = Piece(text=visible(score.answer, limit=100))
    if "given" in values:  # a count among the facts; the value is the witness's
        values["given_count"] = values.pop("given")
    for note in (str(fact) for name, fact in evidence.facts if name == "note"):
        key, _, said = note.partition(":")
        values[key.strip().replace("-", "_")] = Piece(text=visible(said.strip()))
    if evidence.place:
        values["place"] = Piece(text=visible(evidence.place, limit=100))
    if evidence.witness is not None and not evidence.witness.inputs:
        values["given"] = show(evidence.witness.given)
    if part is not None and part.follows:
        values["earlier"] = Piece(text=" and ".join(part.follows))
    return values


def _fact(name: str, fact: Fact) -> Piece:
    text = fact if isinstance(fact, str) else number_text(fact, figures=4)
    kind = "code" if name in {"caret", "symbols"} else "words"
    return Piece(text=visible(text), kind=kind)  # type: ignore[arg-type]


def witness_rows(answer: str, told: _Told) -> tuple[Row, ...]:
    """Return the input at which a wrong answer is wrong, and its value there."""
    verdict = told.verdict
    witness = verdict.evidence.witness
    if witness is None or verdict.outcome is Outcome.CORRECT:
        return ()
    expected = told.revealed and witness.expected is not None
    if not (witness.inputs or verdict.evidence.place or expected):
        return ()  # the sentence has the value already
    rows = [Row(label=code(name), value=show(value)) for name, value in witness.inputs]
    if witness.given is not None:
        place = "" if witness.inputs else verdict.evidence.place
        where = words(f", {visible(place, limit=100)}") if place else ()
        called = (
            f"({', '.join(n for n, _ in witness.inputs)})" if witness.inputs else ""
        )
        yours = (*words("your "), *code(visible(answer + called, limit=100)), *where)
        rows.append(Row(label=yours, value=show(witness.given)))
    if expected:
        rows.append(Row(label=words("expected"), value=show(witness.expected)))
    return tuple(rows)
