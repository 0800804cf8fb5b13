"""A part that asks for a formula is judged on paper as it is in code."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from grader.model.score import CriterionScore
from grader.model.submission import Block, BlockKind
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import open_examiner
from grader.pipeline.paper import examine

REFERENCE = """\
import sympy as sp

lam, x, a = sp.symbols("lam x a", positive=True)


def score():
    return 1 / lam - x


def score_turned_round():
    return x - 1 / lam


def information():
    return sp.Matrix([[1 / lam**2, 0], [0, a]])


def bound():
    return lam * x
"""
RUBRIC = r"""
schema: 1
assignment: rates
title: Rates
reference: reference.py
symbols: {lam: positive, x: positive, a: positive}
notation: {'\lambda': lam, '\beta': lam}
conventions:
  - {'\theta': lam}
  - {'\theta': 1/lam}
questions:
  - id: "1"
    parts:
      - id: 1a
        points: 4
        answer: score
        kind: expression
        mistakes:
          - {reference: score_turned_round, credit: 1/2, say: The sign is turned round.}
        written: {equation: 's', expected: '\frac{1}{\lambda} - x'}
      - id: 1b
        points: 2
        answer: information
        kind: matrix
        written: {equation: 'I'}
      - id: 1c
        points: 2
        answer: bound
        kind: expression
        written: {equation: 'b', judged_as: formula, expected: '\lambda x'}
"""


@pytest.fixture(scope="module")
def examiner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examiner]:
    folder = tmp_path_factory.mktemp("rates")
    (folder / "reference.py").write_text(REFERENCE, encoding="utf-8")
    (folder / "rates.yaml").write_text(RUBRIC, encoding="utf-8")
    with open_examiner(folder / "rates.yaml") as opened:
        yield opened


def score(examiner: Examiner, answer: str, text: str) -> CriterionScore:
    block = Block(label="sheet", kind=BlockKind.TEXT, text=text)
    card = examine(examiner, None, (block,), submission="sheet").scorecard
    return {c.answer: c for part in card.parts for c in part.criteria}[answer]


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param(
            "score", r"$s = \frac{1}{\lambda} - x$", id="as-the-rubric-has-it"
        ),
        pytest.param("score", r"$s = \lambda^{-1} - x$", id="another-form"),
        pytest.param("score", r"$s = \frac{1 - x\beta}{\beta}$", id="another-spelling"),
        pytest.param("score", r"$s = \theta - x$", id="the-other-convention"),
        pytest.param(
            "information",
            r"$I = \begin{pmatrix} \lambda^{-2} & 0 \\ 0 & a \end{pmatrix}$",
            id="a-matrix-that-the-reference-alone-knows",
        ),
        pytest.param("bound", r"$b = x \beta$", id="held-against-a-formula-by-name"),
    ],
)
def test_a_formula_is_right_however_its_letters_are_spelt(
    examiner: Examiner, answer: str, text: str
) -> None:
    found = score(examiner, answer, text)

    assert found.earned == found.possible, found.verdict


@pytest.mark.parametrize(
    ("answer", "text", "earned"),
    [
        pytest.param("score", r"$s = x - \frac{1}{\lambda}$", 2, id="known-mistake"),
        pytest.param("score", r"$s = \frac{1}{\lambda} + x$", 0, id="unknown-mistake"),
        pytest.param("bound", r"$b = \frac{\lambda}{x}$", 0, id="another-formula"),
    ],
)
def test_a_wrong_formula_earns_on_paper_what_it_earns_in_code(
    examiner: Examiner, answer: str, text: str, earned: int
) -> None:
    found = score(examiner, answer, text)

    assert found.earned == Fraction(earned), found.verdict
