"""A sheet of homework 3 is graded as a person with the rubric would grade it."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from grader.model.score import Basis, CriterionScore, Scorecard
from grader.model.submission import Block, BlockKind
from grader.model.verdict import Outcome
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import open_examiner
from grader.pipeline.paper import examine

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with open_examiner(ROOT / "rubrics" / "hw3.yaml") as opened:
        yield opened


def graded(examiner: Examiner, text: str) -> Scorecard:
    block = Block(label="sheet", kind=BlockKind.TEXT, text=text)
    return examine(examiner, None, (block,), submission="sheet").scorecard


def score(examiner: Examiner, answer: str, text: str) -> CriterionScore:
    card = graded(examiner, text)
    scores = {c.answer: c for part in card.parts for c in part.criteria}
    return scores[answer]


RIGHT = [
    pytest.param(
        "f_inverse",
        r"1 (a) $z_1 = x_1$, $z_2 = x_2 / e^{x_1}$ and $z_3 = e^{z_1}(x_3^3 - z_1^2)$",
        id="inverse-by-coordinates",
    ),
    pytest.param(
        "f_inverse",
        r"1 (a) $f^{-1}(x) = [x_1, x_2 e^{-x_1}, x_3^3 e^{x_1} - x_1^2 e^{x_1}]^T$",
        id="inverse-as-a-row",
    ),
    pytest.param("z0", r"1 (b) $f^{-1}(0, 1, 1/3) = (0, 1, 1/27)$", id="point-put-in"),
    pytest.param(
        "abs_det_jacobian",
        r"1 (d) $|\det J| = \frac{1}{3 u^{2/3}}$ with $u = z_1^2 + z_3 / e^{z_1}$",
        id="abbreviation-after-its-use",
    ),
    pytest.param(
        "p_x0",
        r"1 (e) $\boxed{p_X(x_0) = \frac{e^{-365/729}}{3 (2\pi)^{1.5}}}$",
        id="boxed",
    ),
    pytest.param("p_x0", r"1 (e) $p(x_0) \approx 0.01283$", id="rounded"),
    pytest.param(
        "kl_bound_from_event",
        r"2 (a) $2 \varepsilon^2 \mathrm{vol}(A_\varepsilon)^2 \le \mathrm{KL}(p \| p_\theta)$",
        id="bound-turned-round",
    ),
    pytest.param(
        "volume_bound",
        r"2 (b) $\text{vol}(S) \leq \frac{10}{e (9 - 10 \epsilon)}$",
        id="area-of-another-letter",
    ),
    pytest.param(
        "eps_max",
        r"2 (c) It is positive if $\epsilon < \frac{9}{10} - e^{-1}$.",
        id="inline",
    ),
    pytest.param(
        "eps_star", r"2 (d) $\hat\epsilon \approx 0.3246$", id="four-decimals"
    ),
    pytest.param(
        "dL_dD",
        r"3 (a) $\frac{\partial}{\partial D}\left(-p_d \log D - p_g \log(1 - D)\right)"
        r" = \frac{p_g}{1 - D} - \frac{p_d}{D}$",
        id="slope-of-what-is-written-out",
    ),
    pytest.param(
        "dL_dD",
        r"3 (a) $\frac{p_{\text{data}}(x)}{D(x)} = \frac{p_\theta(x)}{1 - D(x)}$",
        id="stationarity-alone",
    ),
    pytest.param(
        "dL_dD",
        r"3 (a) $\frac{\partial L}{\partial D(x)} ="
        r" -\frac{p_{data}(x)}{D(x)} + \frac{p_\theta(x)}{1 - D(x)} = 0$",
        id="slope-set-to-zero",
    ),
    pytest.param(
        "generator_gradient",
        r"4 (b) $\nabla_\theta L_G ="
        r" -E_{z\sim N(0,I)}[\sigma(h(G_\theta(z))) J_h \nabla_\theta G_\theta(z)]$",
        id="plain-expectation",
    ),
    pytest.param(
        "optimal_discriminator",
        r"3 (b) $D_{opt}(x) = \left(1 + \frac{p_\theta(x)}{p_{data}(x)}\right)^{-1}$",
        id="other-form",
    ),
    pytest.param(
        "optimal_value",
        r"3 (c) $\min_D L(D) = \log 4 - 2\,\mathrm{JSD}(p_{\text{data}} \| p_\theta)$",
        id="minimum",
    ),
    pytest.param(
        "dlog_dh",
        r"4 (a) $\frac{\partial \log(1 - \sigma(h))}{\partial h} = \frac{-e^h}{1 + e^h}$",
        id="sigmoid-written-out",
    ),
    pytest.param(
        "generator_gradient",
        r"4 (b) $\frac{\partial L_G}{\partial \theta} ="
        r" \mathbb{E}_z[-\sigma(h_\phi(G_\theta(z))) \nabla_\theta h_\phi(G_\theta(z))]$",
        id="sign-inside",
    ),
    pytest.param("h_limit", r"4 (c) $D \to 0 \iff h_\phi(x) \to -\infty$", id="arrow"),
    pytest.param(
        "gradient_size", r"4 (d) $|-\sigma(h)| = \sigma(h) \to 0$", id="in-sigma"
    ),
]


@pytest.mark.parametrize(("answer", "text"), RIGHT)
def test_a_right_answer_is_right_however_it_is_written(
    examiner: Examiner, answer: str, text: str
) -> None:
    question, rest = text.split(" ", 1)

    found = score(examiner, answer, f"## Problem {question}\n\n{rest}")

    assert found.earned == found.possible, found.verdict


WRONG_JACOBIAN = r"""## Problem 1

(b) $z_0 = (0, 1, \frac{1}{27})$

(c) $J_f = \begin{pmatrix} 2 & 0 & 0 \\ z_2 e^{z_1} & e^{z_1} & 0 \\ 1 & 0 & e^{-z_1}
\end{pmatrix}$

(d) $|\det J_f| = 2$

(e) $p(x_0) = \frac12 (2\pi)^{-3/2} e^{-365/729}$
"""


@pytest.mark.parametrize("answer", ["abs_det_jacobian", "p_x0"])
def test_what_follows_from_a_wrong_jacobian_is_followed(
    examiner: Examiner, answer: str
) -> None:
    found = score(examiner, answer, WRONG_JACOBIAN)

    assert found.basis is Basis.FOLLOW_THROUGH
    assert found.earned == found.possible


def test_the_wrong_jacobian_itself_earns_nothing(examiner: Examiner) -> None:
    found = score(examiner, "jacobian", WRONG_JACOBIAN)

    assert found.earned == 0
    assert found.verdict.evidence.place == "entry (1, 1)"


@pytest.mark.parametrize(
    "radius",
    [
        pytest.param(r"-2 \log(2 \pi J (0.9 - \epsilon))", id="of-the-map"),
        pytest.param(r"2 \log \frac{J}{2 \pi (0.9 - \epsilon)}", id="of-its-inverse"),
    ],
)
def test_a_sheet_may_choose_what_its_letter_means(
    examiner: Examiner, radius: str
) -> None:
    found = score(examiner, "radius_squared", f"## 2\n\n(b) $r^2 = {radius}$")

    assert found.earned == found.possible


def test_prose_is_handed_over_with_its_words(examiner: Examiner) -> None:
    text = "## Problem 4\n\n(c) It goes down without end, since nothing fools it."

    found = score(examiner, "h_limit", text)

    assert found.verdict.outcome is Outcome.UNDECIDED
    assert "nothing fools it" in str(found.verdict.evidence.fact("text"))


def test_a_label_alone_is_no_answer(examiner: Examiner) -> None:
    found = score(examiner, "h_limit", "## Problem 4\n\n(c)\n\n(d) $x$")

    assert found.verdict.outcome is Outcome.MISSING


def test_a_lost_sign_in_a_formula_is_recognised(examiner: Examiner) -> None:
    text = (
        "## 4(b)\n\n"
        r"$\nabla_\theta L_G = \mathbb{E}[\sigma(h(G(z))) J_h \nabla_\theta G(z)]$"
    )

    found = score(examiner, "generator_gradient", text)

    assert found.basis in {Basis.MISTAKE, Basis.AS_SET}
    assert found.earned < found.possible


def test_the_place_of_a_wrong_exponent_is_named(examiner: Examiner) -> None:
    text = (
        "## 1(e)\n\n"
        r"$p(x_0) = \frac13 (2\pi)^{-3/2} \exp\left(-\frac{2}{5}\right)$"
    )

    found = score(examiner, "p_x0", text)

    assert found.verdict.evidence.place.endswith("exponent")


def test_an_answer_inside_another_part_says_where_it_stands(
    examiner: Examiner,
) -> None:
    text = "## 1(e)\n\n" + r"With $|\det J_f(z_0)| = 3$ we divide."

    found = score(examiner, "abs_det_jacobian", text)

    assert found.verdict.reason == "found-elsewhere"
    assert found.verdict.evidence.fact("line") == 3


def test_an_empty_sheet_has_a_row_for_every_part(examiner: Examiner) -> None:
    card = graded(examiner, "")

    assert [part.part for part in card.parts] == [
        part.id for part in examiner.assignment.parts
    ]
    assert card.earned == Fraction(0)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param(
            "z0",
            r"1 (b) It is not true that $z_0 = (0, 1, \frac{1}{27})$.",
            id="denied-before",
        ),
        pytest.param(
            "p_x0", r"1 (e) $p(x_0) \approx 0.01283$ is wrong.", id="denied-after"
        ),
        pytest.param(
            "optimal_discriminator",
            r"3 (b) $D^* = \frac12$ or $D^* = p_d / (p_d + p_g)$",
            id="another-beside-it",
        ),
        pytest.param(
            "eps_max",
            r"2 (c) $\epsilon_{\max} = 0.9 - 1/e$ or maybe $\epsilon_{\max} = 0.9 + 1/e$",
            id="the-wrong-one-last",
        ),
        pytest.param(
            "dL_dD",
            "3 (a) I do not know.\n\n(b) $D^* = p_d / (p_d + p_g)$",
            id="what-follows-from-the-answer",
        ),
    ],
)
def test_what_its_writer_does_not_claim_waits_for_a_person(
    examiner: Examiner, answer: str, text: str
) -> None:
    found = score(examiner, answer, text)

    assert found.undecided
    assert found.earned == 0


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param(
            "eps_max",
            r"2 (c) $\epsilon_{\max} = 0.9 - 1/e$ or $\epsilon_{\max} = 0.9 - e^{-1}$",
            id="one-value-twice",
        ),
        pytest.param(
            "z0",
            r"1 (b) At first I got it wrong. Now $z_0 = (0, 1, \frac{1}{27})$.",
            id="another-sentence",
        ),
    ],
)
def test_words_that_deny_nothing_cost_nothing(
    examiner: Examiner, answer: str, text: str
) -> None:
    assert score(examiner, answer, text).verdict.outcome is Outcome.CORRECT


def test_a_sheet_without_any_label_is_not_taken_for_an_empty_one(
    examiner: Examiner,
) -> None:
    text = r"By Pinsker the divergence is at least $2 (\epsilon |A_\epsilon|)^2$."

    found = score(examiner, "kl_bound_from_event", text)

    assert found.undecided
    assert "Pinsker" in str(found.verdict.evidence.fact("text"))
