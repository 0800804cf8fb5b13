"""One criterion's score -> what is said of it, to students or to staff."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from grader.feedback.evidence import evidence_rows
from grader.feedback.markup import read_markup
from grader.feedback.values import number_text, show
from grader.feedback.witness import witness_rows, written_rows
from grader.feedback.wording import BASES, REASONS, say
from grader.model.answer import Transcript
from grader.model.feedback import (
    Audience,
    CriterionFeedback,
    Piece,
    Sentence,
)
from grader.model.rubric import Part, RunLimits
from grader.model.score import Basis, CriterionScore
from grader.model.shown import visible
from grader.model.verdict import Evidence, Fact, Outcome, Verdict

MOST_FAILED: Final = 3  # blocks that are named in one sentence
_OPEN_FACTS: Final = frozenset(
    {
        "type",
        "shape",
        "wrong",
        "entries",
        "nearest",
        "symbols",
        "where",
        "line",
        "placeholder",
    }
)
"""What may be told of a verdict that was reached at grading inputs: no value occurs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the rubric says around a criterion, and what its part was built on.

    *earlier* are the labels of earlier parts whose answers differ from the reference's:
    it is them that follow-through goes by. *withheld* are those that the audience does
    not see: that one is wrong, or waits, is not to be told by what builds on it.
    *on_paper* says that no code was handed in; *failed* names what of it stopped.
    """

    part: Part | None
    limits: RunLimits
    earlier: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()
    on_paper: bool = False
    failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A verdict as far as the audience may know it, and whether it differs elsewhere."""

    verdict: Verdict
    elsewhere: bool = False
    revealed: bool = False


def say_failed(transcript: Transcript) -> str:
    """Name the blocks that stopped with an error, each once."""
    places = tuple(dict.fromkeys(place for place, _ in transcript.failures))
    more = f" and {len(places) - MOST_FAILED} more" if len(places) > MOST_FAILED else ""
    return ", ".join(places[:MOST_FAILED]) + more


def say_criterion(
    score: CriterionScore, setting: Setting, audience: Audience
) -> CriterionFeedback:
    """Word one criterion's score.

    Students are told of the verdict at the feedback points; what was found at grading
    points alone is told of without its values.
    """
    staff = audience is Audience.STAFF
    line, written = _written(score)
    told = _Told(verdict=score.verdict) if staff else _told(score, setting.part)
    told = replace(told, verdict=_missing(told.verdict, setting))
    told = replace(told, verdict=_without_withheld(told.verdict, setting))
    return CriterionFeedback(
        answer=visible(score.answer, limit=100),
        outcome=score.verdict.outcome,
        earned=score.earned,
        possible=score.possible,
        sentences=_sentences(
            score,
            told,
            _values(score, told.verdict, setting),
            basis=_basis_told(score, setting),
        ),
        witness=()
        if staff  # whose evidence has it all
        else (
            *written_rows(line, written),
            *witness_rows(score.answer, told.verdict, revealed=told.revealed),
        ),
        remarks=tuple(read_markup(remark.text) for remark in score.remarks),
        evidence=evidence_rows(score) if staff else (),
        fault=visible(score.fault) if staff else "",
        line=line,
        written=written,
        block=str(score.verdict.evidence.fact("block") or ""),
    )


def _missing(verdict: Verdict, setting: Setting) -> Verdict:
    """Say where something was missing: in a sheet, or after something has stopped."""
    if verdict.outcome is not Outcome.MISSING:
        return verdict
    if setting.on_paper:
        return replace(verdict, reason="missing-on-paper")
    if setting.failed and verdict.reason in {"missing-name", "nearly-named"}:
        return replace(verdict, reason="missing-after-failure")
    return verdict


def _written(score: CriterionScore) -> tuple[int, str]:
    """Return where a written answer stands, and what stands there: the student's own.

    For an answer inside another part's work that is the passage, since the piece that
    was looked for is the rubric's.
    """
    evidence = score.verdict.evidence
    line = evidence.fact("line")
    elsewhere = score.verdict.reason == "found-elsewhere"
    text = evidence.fact("text" if elsewhere else "written")
    return (line if isinstance(line, int) else 0), visible(str(text or ""))


def _told(score: CriterionScore, part: Part | None) -> _Told:
    verdict, apart = score.verdict, score.student_verdict
    revealed = part is not None and part.reveal
    settled = (
        verdict.outcome in {Outcome.CORRECT, Outcome.UNDECIDED}
        or score.basis is Basis.FOLLOW_THROUGH
        or verdict.reason == "found-elsewhere"
    )
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


def _entry(score: CriterionScore, values: Mapping[str, Piece]) -> tuple[Sentence, ...]:
    """Name the entry of an array at which a recognised mistake shows."""
    mistaken = score.basis is Basis.MISTAKE
    is_entry = score.verdict.evidence.place.startswith("entry")
    return say(REASONS["shows-at"], values) if mistaken and is_entry else ()


def _without_withheld(verdict: Verdict, setting: Setting) -> Verdict:
    """Return *verdict* without what it tells of an answer that is not shown."""
    doubtful = str(verdict.evidence.fact("part") or "").split(", ")
    if verdict.reason == "rests-on-undecided":
        waits = not setting.withheld.isdisjoint(doubtful)
        return replace(verdict, reason="cannot-decide") if waits else verdict
    is_share = verdict.reason == "agrees" and verdict.outcome is Outcome.PARTIAL
    if is_share and setting.withheld and not setting.earlier:
        return replace(verdict, reason="earns-part")
    return verdict


def _basis_told(score: CriterionScore, setting: Setting) -> Basis:
    """Return the basis that may be named: not one that tells of a withheld answer."""
    follows = score.basis is Basis.FOLLOW_THROUGH
    if follows and setting.withheld and not setting.earlier:
        return Basis.AS_SET
    return score.basis


def _sentences(
    score: CriterionScore, told: _Told, values: Mapping[str, Piece], *, basis: Basis
) -> tuple[Sentence, ...]:
    """Say what was found and, as far as it may be named, on which *basis* it counts."""
    said = say(BASES[basis], values)
    if score.basis is Basis.MANUAL or (score.basis is Basis.MISTAKE and score.remarks):
        return (*said, *_entry(score, values))  # the remark says the rest
    if basis is Basis.FOLLOW_THROUGH and told.verdict.reason == "agrees":
        return said  # it says more than that it is right
    reason = say(REASONS.get(told.verdict.reason, ()), values)
    elsewhere = say(REASONS["differs-elsewhere"], {}) if told.elsewhere else ()
    return (*reason, *elsewhere, *said)


def _values(
    score: CriterionScore, verdict: Verdict, setting: Setting
) -> dict[str, Piece]:
    """Collect what the templates may ask for."""
    evidence = verdict.evidence
    values = {name: _fact(name, fact) for name, fact in evidence.facts if fact != ""}
    values["seconds"] = Piece(text=f"{setting.limits.part:g}")
    values["memory"] = Piece(text=f"{setting.limits.memory / 2**20:.0f} MiB")
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
    line, _ = _written(score)
    if line:
        values["line"] = Piece(text=str(line))
    if setting.failed:
        values["failed"] = Piece(text=visible(setting.failed, limit=100))
    if setting.earlier:
        values["earlier"] = Piece(text=" and ".join(setting.earlier))
    return values


def _fact(name: str, fact: Fact) -> Piece:
    text = visible(fact if isinstance(fact, str) else number_text(fact, figures=4))
    if name in {"caret", "symbols"}:
        return Piece(text=text, kind="code")
    return Piece(text=text)
