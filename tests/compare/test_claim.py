"""What sentences claim of the formula before them, and what a checkpoint holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.compare.claim import claim_in, mark_checkpoints, mark_claims
from grader.compare.setting import setting_of
from grader.locate.chains import chains_of
from grader.locate.passages import passages_of
from grader.locate.spelling import PAPER, read_paper
from grader.model.rubric import SymbolDomain
from grader.model.writing import Mark

SETTING = setting_of({"x": SymbolDomain.model_validate("(0, 1)")})


def marks(text: str) -> tuple[Mark, ...]:
    passages = passages_of(text)
    chains = chains_of(passages, PAPER)
    return mark_claims(passages, chains, SETTING, lambda tree: tree)


@pytest.mark.parametrize(
    ("formula", "sentence", "standing", "reason"),
    [
        pytest.param(
            "x (1 - x)",
            "This is positive.",
            "true",
            "no-counterexample",
            id="everywhere",
        ),
        pytest.param(
            "x - 2",
            "This expression is positive for some x.",
            "false",
            "nowhere-so",
            id="nowhere on the declared domain",
        ),
        pytest.param(
            "x - 1/2",
            "This bound is positive for some $x$.",
            "true",
            "somewhere-so",
            id="somewhere",
        ),
        pytest.param(
            "x - 1/2",
            "It is always positive.",
            "false",
            "false-claim",
            id="not everywhere",
        ),
        pytest.param(
            "x^2", "This is nonnegative.", "true", "no-counterexample", id="a square"
        ),
        pytest.param(
            "y - 1",
            "This is positive.",
            "unchecked",
            "a-definition",
            id="undeclared letter",
        ),
    ],
)
def test_a_claim_is_held_against_the_domain(
    formula: str, sentence: str, standing: str, reason: str
) -> None:
    (mark,) = marks(f"We find\n\n$$b = {formula}$$\n\n{sentence}")

    assert (mark.standing, mark.reason) == (standing, reason)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("A matrix that is positive definite helps.", id="another subject"),
        pytest.param("We look for a bound that can be positive.", id="a wish"),
        pytest.param("The weather was fine.", id="no claim"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_claims_nothing_of_the_formula_is_left_alone(words: str) -> None:
    assert claim_in(words) is None


def test_a_claim_far_from_any_formula_is_left_alone() -> None:
    assert (
        marks("$$b = x - 2$$\n\nSome words.\n\nMore words.\n\nThis is positive.") == ()
    )


def test_a_false_claim_names_the_domain() -> None:
    (mark,) = marks("$$b = x - 2$$\n\nThis is positive for some x.")

    assert mark.domain == "0 < x < 1"


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        pytest.param(
            r"$$\frac{1}{2\pi} e^{-r^2/2} > c$$", ["true"], id="as it should be"
        ),
        pytest.param(
            r"$$c < \frac{1}{2\pi} e^{-r^2/2}$$", ["true"], id="the other way round"
        ),
        pytest.param(
            r"$$\frac{1}{\sqrt{2\pi}} e^{-r^2/2} > c$$",
            ["false"],
            id="another constant",
        ),
        pytest.param(r"$$a = b$$", [], id="not there"),
    ],
)
def test_a_checkpoint_is_met_missed_or_absent(text: str, standing: list[str]) -> None:
    chains = chains_of(passages_of(text), PAPER)
    anchors = {
        read_paper("c"): (read_paper(r"\frac{1}{2\pi} e^{-r^2/2}"), "The constant.")
    }

    found = mark_checkpoints(chains, anchors, SETTING, lambda tree: tree)

    assert [mark.standing for mark in found] == standing


@given(text=st.text(max_size=200))
def test_no_sentence_crashes_a_reader_of_claims(text: str) -> None:
    marks(f"$$b = x - 2$$\n\n{text}")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("This is positive exactly for $x < 1/2$.", id="exactly-for"),
        pytest.param("This is positive if and only if $x < 1/2$.", id="if-and-only-if"),
        pytest.param("The bound is positive as long as $x < 1/2$.", id="as-long-as"),
    ],
)
def test_a_claim_with_a_condition_is_not_held_against_the_whole_domain(
    sentence: str,
) -> None:
    assert not marks(f"$$1 - 2 x$$\n\n{sentence}")


def test_a_checkpoint_in_other_letters_is_not_missed() -> None:
    chains = chains_of(passages_of("$$a = e^{-s}$$"), PAPER)
    anchors = {read_paper("a"): (read_paper("e^{-r}"), "Look at it again.")}

    assert not mark_checkpoints(chains, anchors, SETTING, lambda tree: tree)
