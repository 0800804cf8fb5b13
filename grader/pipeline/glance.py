"""A public rubric and written blocks -> where answers seem to stand; nothing is judged.

Students have the equation by which an answer is looked for, and none of its other
names. So what is found is found, and what is not found may yet be when it is graded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from grader.compare.setting import setting_of
from grader.locate.search import Located, search
from grader.locate.sheet import Sheet, read_sheet
from grader.locate.spelling import spelling_of
from grader.locate.wanted import wanted_of
from grader.model.answer import Missing
from grader.model.rubric import Assignment, Criterion, Part
from grader.model.submission import Block
from grader.model.verdict import (
    NONE,
    Evidence,
    Fact,
    Outcome,
    Verdict,
    correct,
    undecided,
)

_RELATIONS: Final = ("eq", "le", "ge", "tends_to")  # which is asked is not public


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Written work, taken apart; *alone* says that no code was handed in beside it."""

    sheet: Sheet
    assignment: Assignment
    alone: bool

    def look(self, part: Part, criterion: Criterion, code: Missing) -> Verdict | None:
        """Say what is written of an answer that *code* lacks; None where it is code's."""
        if criterion.written is None:
            return undecided("paper-alone") if self.alone else None
        equation = criterion.written.equation
        found = self._search(part, criterion)
        if found is not None:
            return _found(found, equation)
        if not self.sheet.chains and not self.alone:
            return _missing(criterion.answer, equation, code.nearest or "")
        if self.alone:
            return undecided("not-on-paper", Evidence(facts=(("equation", equation),)))
        facts = (("equation", equation), *_near(code.nearest or ""))
        return undecided("written-not-found", Evidence(facts=facts))

    def _search(self, part: Part, criterion: Criterion) -> Located | None:
        """Look for the equation in each relation that it may stand in; a name is best."""
        found = [self._stated(part, criterion, relation) for relation in _RELATIONS]
        there = [located for located in found if located is not None]
        return min(there, key=lambda located: located.by_place, default=None)

    def _stated(
        self, part: Part, criterion: Criterion, relation: str
    ) -> Located | None:
        assert criterion.written is not None  # noqa: S101 - for mypy
        # as a formula: its letters may have names that students are not given
        update = {"relation": relation, "judged_as": "formula"}
        written = criterion.written.model_copy(update=update)
        wanted = wanted_of(
            part,
            criterion.model_copy(update={"written": written}),
            spelling_of(),
            spelling_of(),
            setting_of(self.assignment.symbols),
        )
        return search(self.sheet, wanted)


def glance(text: Sequence[Block], assignment: Assignment, *, alone: bool) -> Glance:
    """Take *text* apart.

    Raises:
        RubricError: a `written:` entry of the rubric cannot be read, once it is asked.
    """
    return Glance(
        sheet=read_sheet(text, assignment), assignment=assignment, alone=alone
    )


def _found(located: Located, equation: str) -> Verdict:
    place = (
        ("block", located.passage.block),
        ("line", located.passage.line),
        ("written", located.latex),
        ("equation", equation),
    )
    evidence = Evidence(facts=place)
    if located.by_place:
        return undecided("written-by-place", evidence)
    return correct("written-found", evidence)


def _missing(answer: str, equation: str, nearest: str) -> Verdict:
    """Say that the answer is nowhere: no formula is written at all."""
    facts = (("name", answer), ("equation", equation), *_near(nearest))
    return Verdict(
        outcome=Outcome.MISSING,
        credit=NONE,
        reason="written-missing",
        evidence=Evidence(facts=facts),
    )


def _near(nearest: str) -> tuple[tuple[str, Fact], ...]:
    return (("nearest", nearest),) if nearest else ()
