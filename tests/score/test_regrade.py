"""Who moves: the parts whose points or outcome changed, and nobody else."""

from fractions import Fraction

import pytest

from grader.model.score import (
    Basis,
    CriterionScore,
    PartScore,
    QuestionScore,
    Scorecard,
)
from grader.model.verdict import Outcome, Verdict
from grader.score.regrade import moves, needing_run
from grader.score.settlement import Settlement, by_key, settle_by_hand


def card(**shares: Fraction | None) -> Scorecard:
    """Return a card with a part of 4 points each; None is undecided."""
    parts = tuple(_part(label, credit) for label, credit in shares.items())
    question = QuestionScore(question="1", title="", parts=parts)
    return Scorecard(submission="ada", assignment="a", title="A", questions=(question,))


def _part(label: str, credit: Fraction | None) -> PartScore:
    share = credit or Fraction(0)
    outcome = Outcome.UNDECIDED if credit is None else Outcome.PARTIAL
    criterion = CriterionScore(
        answer="f",
        possible=Fraction(4),
        earned=4 * share,
        basis=Basis.AS_SET,
        verdict=Verdict(outcome=outcome, credit=share, reason="too-far"),
    )
    return PartScore(part=label, title="", criteria=(criterion,))


HALF, FULL = Fraction(1, 2), Fraction(1)


def test_nobody_moves_where_nothing_changed() -> None:
    assert moves(card(a=HALF, b=None), card(a=HALF, b=None)) == ()


@pytest.mark.parametrize(
    ("before", "after", "by"),
    [
        pytest.param({"a": HALF}, {"a": FULL}, 2, id="more points"),
        pytest.param({"a": HALF}, {"a": None}, -2, id="no longer decided"),
        pytest.param({"a": None}, {"a": Fraction(0)}, 0, id="decided, for nothing"),
        pytest.param({"a": HALF}, {}, -2, id="the part is gone"),
        pytest.param({}, {"a": HALF}, 2, id="the part is new"),
    ],
)
def test_a_move_says_by_how_much(
    before: dict[str, Fraction | None], after: dict[str, Fraction | None], by: int
) -> None:
    found = moves(card(**before), card(**after))

    assert [(move.part, move.by) for move in found] == [("a", Fraction(by))]


def test_moves_there_and_back_cancel() -> None:
    there = moves(card(a=HALF, b=FULL), card(a=FULL, b=None))
    back = moves(card(a=FULL, b=None), card(a=HALF, b=FULL))

    assert [m.by for m in there] == [-m.by for m in back]


def test_what_needs_a_run_is_named() -> None:
    assert needing_run([card(a=HALF)]) == ()


def test_a_persons_credit_replaces_the_machines() -> None:
    settled = Settlement(
        submission="ada", part="a", answer="f", credit=Fraction(3, 4), remark="Fine."
    )

    after = settle_by_hand(card(a=None, b=HALF), by_key([settled]))

    assert (after.earned, after.waiting) == (Fraction(5), Fraction(0))
    assert after.parts[0].criteria[0].remarks[0].text == "Fine."


def test_anothers_settlement_touches_nothing() -> None:
    before = card(a=None)
    settled = Settlement(submission="bob", part="a", answer="f", credit=FULL)

    assert settle_by_hand(before, by_key([settled])) == before
