"""Verdicts to points: the best way counts, doubt goes to a person, sums are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.rubric import Criterion
from grader.model.score import Basis
from grader.model.verdict import (
    Outcome,
    Verdict,
    correct,
    incorrect,
    partial,
    undecided,
)
from grader.score.credit import Candidate, by_hand, settle

CRITERION = Criterion.model_validate({"points": 6, "answer": "p_x0"})
WRONG = incorrect("too-far")

shares = st.fractions(0, 1, max_denominator=12)
verdicts = st.one_of(
    st.just(correct()),
    st.just(WRONG),
    st.just(undecided("cannot-decide")),
    st.builds(partial, shares, st.just("entries-differ")),
)
candidates = st.builds(
    Candidate,
    basis=st.sampled_from([Basis.FOLLOW_THROUGH, Basis.MISTAKE]),
    verdict=verdicts,
    share=shares,
)


def follow(verdict: Verdict, share: str = "1") -> Candidate:
    return Candidate(basis=Basis.FOLLOW_THROUGH, verdict=verdict, share=Fraction(share))


def mistake(share: str, verdict: Verdict | None = None) -> Candidate:
    return Candidate(
        basis=Basis.MISTAKE,
        verdict=verdict or correct(),
        share=Fraction(share),
        say="The sign is lost.",
    )


@pytest.mark.parametrize(
    ("as_set", "ways", "earned", "basis"),
    [
        pytest.param(correct(), (), "6", Basis.AS_SET, id="right as set"),
        pytest.param(
            WRONG, (follow(correct()),), "6", Basis.FOLLOW_THROUGH, id="follows"
        ),
        pytest.param(
            WRONG,
            (follow(correct(), "1/2"),),
            "3",
            Basis.FOLLOW_THROUGH,
            id="half share",
        ),
        pytest.param(WRONG, (mistake("1/3"),), "2", Basis.MISTAKE, id="known mistake"),
        pytest.param(
            WRONG,
            (mistake("0"),),
            "0",
            Basis.MISTAKE,
            id="known, worth nothing, still said",
        ),
        pytest.param(
            partial(Fraction(8, 9), "entries-differ"),
            (mistake("1/2"),),
            "16/3",
            Basis.AS_SET,
            id="the share of right entries is more than the mistake's",
        ),
        pytest.param(
            undecided("cannot-decide"),
            (mistake("1/2"),),
            "0",
            Basis.AS_SET,
            id="a guess does not settle what a person has to look at",
        ),
        pytest.param(
            undecided("cannot-decide"),
            (follow(correct()),),
            "6",
            Basis.FOLLOW_THROUGH,
            id="full credit leaves nothing to decide",
        ),
    ],
)
def test_the_best_way_to_see_an_answer_counts(
    as_set: Verdict, ways: tuple[Candidate, ...], earned: str, basis: Basis
) -> None:
    score = settle(CRITERION, as_set, ways)

    assert (score.earned, score.basis) == (Fraction(earned), basis)


@given(as_set=verdicts, ways=st.lists(candidates, max_size=4).map(tuple))
def test_doubt_earns_neither_full_points_nor_a_silent_zero(
    as_set: Verdict, ways: tuple[Candidate, ...]
) -> None:
    score = settle(CRITERION, as_set, ways)

    every_way = (Candidate(basis=Basis.AS_SET, verdict=as_set), *ways)
    sure = max(way.credit for way in every_way)
    doubts = [w for w in every_way if w.verdict.outcome is Outcome.UNDECIDED]
    assert score.undecided == any(way.share > sure for way in doubts)
    assert score.earned == 0 or not score.undecided


@given(
    as_set=verdicts, ways=st.lists(candidates, max_size=4).map(tuple), one=candidates
)
def test_one_more_way_never_takes_credit_away(
    as_set: Verdict, ways: tuple[Candidate, ...], one: Candidate
) -> None:
    before = settle(CRITERION, as_set, ways)
    after = settle(CRITERION, as_set, (*ways, one))

    assert after.undecided or after.earned >= before.earned


@given(as_set=verdicts, credit=shares)
def test_a_persons_word_stands_whatever_the_machine_found(
    as_set: Verdict, credit: Fraction
) -> None:
    score = by_hand(settle(CRITERION, as_set), credit, "Shown at the blackboard.")

    assert (score.earned, score.undecided) == (6 * credit, False)
