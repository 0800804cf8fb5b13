"""A verdict -> the rows of its witness: where it is wrong, and the value there."""

from grader.feedback.values import show
from grader.model.answer import Value
from grader.model.feedback import Piece, Row, Sentence, code, words
from grader.model.shown import visible
from grader.model.verdict import Outcome, Verdict, Witness


def witness_rows(answer: str, verdict: Verdict, *, revealed: bool) -> tuple[Row, ...]:
    """Return the input at which *answer* is wrong, and its value there.

    The expected value is among them only where it is *revealed*.
    """
    witness = verdict.evidence.witness
    if witness is None or verdict.outcome in {Outcome.CORRECT, Outcome.MISSING}:
        return ()
    expected = revealed and witness.expected is not None
    if not (witness.inputs or verdict.evidence.place or expected):
        return ()  # the sentence has the value already
    rows = [Row(label=code(n), value=shown(v, witness)) for n, v in witness.inputs]
    if witness.given is not None:
        label = _yours(answer, witness, verdict.evidence.place)
        rows.append(Row(label=label, value=shown(witness.given, witness)))
    if expected:
        rows.append(
            Row(label=words("expected"), value=shown(witness.expected, witness))
        )
    return tuple(rows)


def written_rows(line: int, written: str) -> tuple[Row, ...]:
    """Return what a student wrote, and in which line of the sheet."""
    if not written:
        return ()
    label = words(f"you wrote, line {line}" if line else "you wrote")
    return (Row(label=label, value=Piece(text=written, kind="mathematics")),)


def shown(value: Value, witness: Witness) -> Piece:
    """Return a value of *witness* as a piece."""
    if isinstance(value, str) and is_of_formula(witness):
        return Piece(text=visible(value), kind="code")
    return show(value)


def is_of_formula(witness: Witness) -> bool:
    """Whether the witness is a point at which formulas were evaluated.

    Its coordinates and values then are text already, as the engine wrote them.
    """
    return bool(witness.inputs) and all(isinstance(v, str) for _, v in witness.inputs)


def _yours(answer: str, witness: Witness, place: str) -> Sentence:
    name = visible(answer, limit=100)
    if not witness.inputs:
        where = words(f", {visible(place, limit=100)}") if place else ()
        return (*words("your "), *code(name), *where)
    if is_of_formula(witness):
        return (*words("your "), *code(name), *words(" there"))
    arguments = ", ".join(visible(name, limit=40) for name, _ in witness.inputs)
    return (*words("your "), *code(f"{name}({arguments})"))
