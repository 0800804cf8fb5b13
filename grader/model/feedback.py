"""What is said of a submission, worded and filtered for one audience."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from grader.maths.tree import Tree
from grader.model.verdict import Outcome


class Audience(StrEnum):
    """To whom something is said."""

    STUDENT = "student"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words, code or mathematics.

    Pieces carry text as it is meant, never markup: each exporter escapes them in its
    own way, so that nothing a student wrote can open a tag or a fence. *tree* is the
    mathematics where it was read; *text* then is how it looks in plain text.
    """

    text: str
    kind: Literal["words", "code", "mathematics"] = "words"
    tree: Tree | None = None


Sentence = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a witness or of staff's evidence: what it is, and its value."""

    label: Sentence
    value: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFeedback:
    """What is said of one criterion; *evidence* and *fault* are empty for students.

    *line* is where a written answer stands in its *block*, nought for none, and
    *written* what stands there.
    """

    answer: str
    outcome: Outcome
    earned: Fraction
    possible: Fraction
    sentences: tuple[Sentence, ...]
    witness: tuple[Row, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    evidence: tuple[Row, ...] = ()
    fault: str = ""
    line: int = 0
    written: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFeedback:
    """What is said of one part."""

    part: str
    title: Sentence
    outcome: Outcome
    earned: Fraction
    possible: Fraction
    waiting: Fraction
    criteria: tuple[CriterionFeedback, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFeedback:
    """What is said of one question."""

    question: str
    title: Sentence
    earned: Fraction
    possible: Fraction
    parts: tuple[PartFeedback, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFeedback:
    """What is said beside one statement of a sheet.

    *statement* is the student's own formula, *words* the sentence that claims it.
    """

    standing: Literal["true", "false", "unchecked", "undecided"]
    sentences: tuple[Sentence, ...]
    statement: str
    line: int
    block: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """All that one audience is told of one submission.

    *whole* is false where parts are withheld from this audience: the points then are
    those of the parts shown. *troubles* are (place, message) of cells that failed.
    """

    audience: Audience
    submission: str
    student_name: str
    assignment: str
    title: Sentence
    earned: Fraction
    possible: Fraction
    waiting: Fraction
    whole: bool
    sentences: tuple[Sentence, ...]
    questions: tuple[QuestionFeedback, ...]
    troubles: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Row, ...] = ()
    marks: tuple[MarkFeedback, ...] = ()

    @property
    def parts(self) -> tuple[PartFeedback, ...]:
        """Every part that is told of, in the rubric's order."""
        return tuple(p for q in self.questions for p in q.parts)


def words(text: str) -> Sentence:
    """Return a sentence of words alone."""
    return (Piece(text=text),)


def code(text: str) -> Sentence:
    """Return a sentence of code alone."""
    return (Piece(text=text, kind="code"),)


def plain(sentence: Sentence) -> str:
    """Return *sentence* as plain text."""
    return "".join(piece.text for piece in sentence)
