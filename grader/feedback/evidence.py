"""One criterion's score -> the rows that staff see: how its verdict is known."""

from collections.abc import Iterator

from grader.feedback.values import number_text
from grader.feedback.witness import shown
from grader.feedback.wording import METHODS, say
from grader.model.feedback import Piece, Row, plain, words
from grader.model.score import CriterionScore
from grader.model.shown import visible
from grader.model.verdict import Evidence, Verdict, Witness


def evidence_rows(score: CriterionScore) -> tuple[Row, ...]:
    """Return everything that is known of *score*, one row each."""
    rows = [
        _row("verdict", f"{_brief(score.verdict)}, credit {score.verdict.credit}"),
        _row("basis", str(score.basis)),
        *_of_evidence(score.verdict.evidence),
    ]
    if score.as_set is not None:
        rows.append(_row("as set", _brief(score.as_set)))
    if score.student_verdict is not None:
        rows.append(_row("at the points shown", _brief(score.student_verdict)))
    return tuple(rows)


def _of_evidence(evidence: Evidence) -> Iterator[Row]:
    if evidence.method:
        yield _row("known by", _method(evidence))
    if evidence.place:
        yield _row("place", evidence.place)
    if evidence.witness is not None:
        yield from _of_witness(evidence.witness)
    for name, fact in evidence.facts:
        text = fact if isinstance(fact, str) else number_text(fact)
        yield _row(name.replace("_", " "), text)


def _of_witness(witness: Witness) -> Iterator[Row]:
    for name, value in witness.inputs:
        yield Row(label=words(f"at {name}"), value=shown(value, witness))
    if witness.expected is not None:
        yield Row(label=words("expected"), value=shown(witness.expected, witness))
    if witness.given is not None:
        yield Row(label=words("given"), value=shown(witness.given, witness))
    if witness.gap is not None:
        yield _row("gap", number_text(witness.gap))
    if witness.allowed is not None:
        yield _row("allowed", number_text(witness.allowed))


def _method(evidence: Evidence) -> str:
    numbers = {"points": evidence.points, "digits": evidence.digits}
    known = {name: Piece(text=str(n)) for name, n in numbers.items() if n}
    said = say(METHODS.get(evidence.method, ()), known)
    return plain(said[0]) if said else evidence.method


def _brief(verdict: Verdict) -> str:
    return f"{verdict.outcome} ({verdict.reason})"


def _row(label: str, text: str) -> Row:
    return Row(label=words(visible(label, limit=100)), value=Piece(text=visible(text)))
