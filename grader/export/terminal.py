"""Feedback and scorecards -> a terminal, at 80 columns and without colour as well."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.export.linear import linear_piece
from grader.export.outcomes import LOOKS
from grader.export.points import NOT_WHOLE, to_text
from grader.model.feedback import (
    CriterionFeedback,
    Feedback,
    PartFeedback,
    Row,
    Sentence,
)
from grader.model.score import Scorecard
from grader.model.shown import one_line
from grader.model.verdict import Outcome

HISTOGRAM_BARS: Final = 10
WIDEST_BAR_COLUMNS: Final = 40


def print_scorecard(console: Console, feedback: Feedback) -> None:
    """Print one submission's feedback."""
    print_indented(console, _header(feedback))
    for sentence in feedback.sentences:
        print_indented(console, _text(sentence))
    if not feedback.whole:
        print_indented(console, Text(NOT_WHOLE))
    for place, message in feedback.troubles:
        failed = Text(f"{place} failed: ", style="red").append(message, "dim")
        print_indented(console, failed)
    for question in feedback.questions:
        points = _of(question.earned, question.possible)
        console.print()
        title = Text(f"Question {question.question}  ", style="bold")
        title.append(_text(question.title)).append(f"  {points}", "dim")
        print_indented(console, title)
        for part in question.parts:
            _print_part(console, part)
    for row in feedback.evidence:
        print_indented(console, _line(row, style="dim"))


def print_summary(console: Console, rows: Sequence[Scorecard]) -> None:
    """Print a class: a row for each submission, a histogram, and what failed."""
    console.print(_class_table(rows))
    graded = [c for c in rows if c.possible and not c.trouble]
    if graded:
        console.print()
        _print_histogram(console, graded)
    _print_open(console, rows)


def _header(feedback: Feedback) -> Text:
    name = feedback.student_name or feedback.submission
    header = Text(name, style="bold")
    header.append(" · ").append(_text(feedback.title))
    points = f"  {_of(feedback.earned, feedback.possible)} points"
    return header.append(points, style="bold")


def _print_part(console: Console, part: PartFeedback) -> None:
    look = LOOKS[part.outcome]
    line = Text(f"{look.sign} {part.part}", look.style)
    if part.title:
        line.append("  ").append(_text(part.title))
    line.append(f"  {_of(part.earned, part.possible)}", "dim")
    line.append(f"  {look.word}", look.style)
    print_indented(console, line, 2)
    several = len(part.criteria) > 1
    for criterion in part.criteria:
        if several:
            print_indented(console, _of_several(criterion), 4)
        right = criterion.outcome is Outcome.CORRECT and several
        if criterion.evidence or not (right or part.outcome is Outcome.CORRECT):
            _print_criterion(console, criterion)


def _of_several(criterion: CriterionFeedback) -> Text:
    look = LOOKS[criterion.outcome]
    line = Text(f"{look.sign} ", look.style).append(criterion.answer, "bold")
    line.append(f"  {_of(criterion.earned, criterion.possible)}", "dim")
    return line.append(f"  {look.word}", look.style)


def _print_criterion(console: Console, criterion: CriterionFeedback) -> None:
    for sentence in (*criterion.sentences, *criterion.remarks):
        print_indented(console, _text(sentence), 6)
    for row in (*criterion.witness, *criterion.evidence):
        print_indented(console, _line(row), 8)
    if criterion.fault:
        print_indented(console, Text(criterion.fault, "red"), 8)


def print_indented(console: Console, text: Text, columns: int = 0) -> None:
    """Print *text* that far from the edge, without blanks at the ends of its lines."""
    for line in text.wrap(console, max(1, console.width - columns)):
        line.rstrip()
        console.print(Text(" " * columns).append_text(line) if line.plain else line)


def _line(row: Row, *, style: str = "") -> Text:
    label = _text(row.label)
    value = row.value.text
    if "\n" in value:  # a matrix starts below its name, so that its columns stay flush
        value = "\n" + value
    return (
        Text(style=style)
        .append(label)
        .append(" = " if style == "" else ": ")
        .append(value)
    )


def _text(sentence: Sentence) -> Text:
    text = Text()
    for piece in sentence:
        style = "" if piece.kind == "words" else "bold"
        text.append(linear_piece(piece), style)
    return text


def _class_table(rows: Sequence[Scorecard]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("submission", overflow="fold", ratio=1)
    table.add_column("parts", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for card in rows:
        name = one_line(card.student_name or card.submission, limit=60)
        points = _of(card.earned, card.possible)
        table.add_row(Text(name), _signs(card), points, _note(card))
    return table


def _signs(card: Scorecard) -> Text:
    text = Text()
    for part in card.parts:
        look = LOOKS[part.outcome]
        text.append(look.sign, look.style)
    return text


def _note(card: Scorecard) -> Text:
    if card.trouble:
        return Text("could not be read", "red")
    if card.waiting:
        return Text(f"{to_text(card.waiting)} waiting", "cyan")
    if card.lateness and card.lateness.days:
        return Text(f"{card.lateness.days} d late", "yellow")
    return Text()


def _print_histogram(console: Console, cards: Sequence[Scorecard]) -> None:
    counts = Counter(_bar(card.earned / card.possible) for card in cards)
    scale = max(1, -(-max(counts.values()) // WIDEST_BAR_COLUMNS))
    step = 100 // HISTOGRAM_BARS
    for bar in reversed(range(HISTOGRAM_BARS)):
        low = bar * step
        high = 100 if bar == HISTOGRAM_BARS - 1 else low + step - 1
        count = counts[bar]
        line = Text(f"{low:3d}–{high:3d} % ", "dim")
        console.print(
            line.append("█" * -(-count // scale), "blue").append(f" {count or ''}")
        )


def _bar(share: Fraction) -> int:
    return min(HISTOGRAM_BARS - 1, int(share * HISTOGRAM_BARS))


def _print_open(console: Console, rows: Sequence[Scorecard]) -> None:
    unread = [c for c in rows if c.trouble]
    for card in unread:
        line = Text(f"{one_line(card.submission)}: ", "red")
        console.print(line.append(one_line(card.trouble, limit=300)))
    waiting = [c for c in rows if c.waiting]
    if waiting:
        parts = sum(p.waiting > 0 for c in waiting for p in c.parts)
        counts = f"submissions {len(waiting)}, parts {parts}"
        console.print(Text(f"Waiting for a person (grader review): {counts}", "cyan"))


def _of(earned: Fraction, possible: Fraction) -> str:
    return f"{to_text(earned)}/{to_text(possible)}"
