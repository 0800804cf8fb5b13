"""Formulas: by value on the domain, by form, up to a freedom, and what explains them."""

from fractions import Fraction

import numpy as np
import pytest

from grader.compare.boxes import value_of
from grader.compare.comparator import Question
from grader.compare.expression import compare_expressions
from grader.compare.setting import setting_of
from grader.maths.reading import read_text
from grader.maths.tree import Symbol
from grader.model.answer import Formula, Sequence, Value
from grader.model.rubric import Criterion, SymbolDomain
from grader.model.verdict import Outcome


def question(domains: dict[str, str] | None = None, **options: object) -> Question:
    criterion = Criterion.model_validate(
        {"points": 1, "answer": "g", "kind": "expression", **options}
    )
    symbols = {
        name: SymbolDomain.model_validate(domain)
        for name, domain in (domains or {}).items()
    }
    return Question(criterion=criterion, setting=setting_of(symbols))


@pytest.mark.parametrize(
    ("expected", "answer", "outcome", "reason"),
    [
        pytest.param("(x+1)^2", "x^2+2x+1", "correct", "agrees", id="expanded"),
        pytest.param("2*sin(x)*cos(x)", "sin(2x)", "correct", "agrees", id="identity"),
        pytest.param("x^2", "2x", "incorrect", "different-expression", id="derivative"),
        pytest.param("x", "X", "incorrect", "different-expression", id="case counts"),
        pytest.param("x", "|x|", "incorrect", "equal-on-part", id="for x > 0 alone"),
        pytest.param("1/3", "0.333", "incorrect", "different-expression", id="decimal"),
        pytest.param("x", "x +* 2", "undecided", "not-readable", id="unreadable"),
        pytest.param("x", True, "incorrect", "wrong-type", id="a bool is no formula"),
        pytest.param("3", 3, "correct", "agrees", id="a number where one is expected"),
    ],
)
def test_the_reason_names_what_is_found(
    expected: str, answer: Value, outcome: str, reason: str
) -> None:
    verdict = compare_expressions(expected, answer, question())

    assert (verdict.outcome, verdict.reason) == (Outcome(outcome), reason)


def test_the_declared_domain_decides() -> None:
    positive = question({"x": "positive"})

    verdict = compare_expressions("sqrt(x^2)", "x", positive)

    assert verdict.outcome is Outcome.CORRECT


def test_symbols_that_may_not_occur_are_named() -> None:
    verdict = compare_expressions("2*a", "2*b", question(variables=["a"]))

    assert verdict.reason == "unknown-symbol"
    assert verdict.evidence.fact("symbols") == "b"


def test_a_right_value_in_another_form_earns_the_share_for_it() -> None:
    asked = question(form=["expanded"], form_credit="1/4")

    verdict = compare_expressions("x^2+2x+1", "(x+1)^2", asked)

    assert (verdict.reason, verdict.credit) == ("wrong-form", Fraction(1, 4))


@pytest.mark.parametrize(
    ("freedom", "expected", "answer"),
    [
        pytest.param("constant", "x^2", "x^2 + 7", id="constant of integration"),
        pytest.param("sign", "(1, 2)", "(-1, -2)", id="sign of an eigenvector"),
        pytest.param("scale", "(1, 2)", "(3, 6)", id="scale of an eigenvector"),
        pytest.param("shift", "(x, y)", "(x + 1, y + 1)", id="level of a softmax"),
    ],
)
def test_a_declared_freedom_does_not_matter(
    freedom: str, expected: str, answer: str
) -> None:
    bound = compare_expressions(expected, answer, question(variables=["x", "y"]))
    free = compare_expressions(
        expected, answer, question(variables=["x", "y"], up_to=[freedom])
    )

    assert (bound.outcome, free.outcome) == (Outcome.INCORRECT, Outcome.CORRECT)


def test_another_answer_that_is_accepted_is_right() -> None:
    verdict = compare_expressions("J", "1/J", question(accept=["1/J"]))

    assert verdict.outcome is Outcome.CORRECT


def test_a_wrong_formula_is_told_with_the_slip_that_explains_it() -> None:
    verdict = compare_expressions("exp(-x/2)", "exp(x/2)", question())

    assert verdict.evidence.fact("slip")


DIAGONAL = Formula(tree=read_text("Matrix([[x, 0], [0, 1/2]])"))
X, HALF = Formula(tree=read_text("x")), Formula(tree=read_text("1/2"))


def rows(*items: Value) -> Sequence:
    return Sequence(kind="list", items=items)


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        pytest.param(
            rows(rows(X, 0), rows(0, HALF)), "correct", "agrees", id="lists of formulas"
        ),
        pytest.param(
            rows(rows("x", 0), rows("0", 0.5)), "correct", "agrees", id="of texts"
        ),
        pytest.param("[[x, 0], [0, 1/2]]", "correct", "agrees", id="text of lists"),
        pytest.param("((x, 0), (0, 0.5))", "correct", "agrees", id="text of tuples"),
        pytest.param(
            rows(rows(X, 0), rows(0, X)),
            "incorrect",
            "different-expression",
            id="wrong entry",
        ),
        pytest.param(
            rows(rows(X, 0), rows(0)), "incorrect", "different-expression", id="ragged"
        ),
        pytest.param(rows(), "incorrect", "wrong-type", id="nothing listed"),
        pytest.param(rows(rows(rows(X))), "incorrect", "wrong-type", id="too deep"),
        pytest.param("[[x, 0], [0,", "undecided", "not-readable", id="cut off"),
    ],
)
def test_a_matrix_may_be_listed_row_by_row(
    answer: Value, outcome: str, reason: str
) -> None:
    verdict = compare_expressions(DIAGONAL, answer, question(kind="matrix"))

    assert (verdict.outcome, verdict.reason) == (Outcome(outcome), reason)


@pytest.mark.parametrize(
    ("expected", "answer", "outcome"),
    [
        pytest.param("[[1, 0], [0, 2]]", [[1, 0], [0, 2]], "correct", id="square"),
        pytest.param("[[1], [2]]", [[1], [2]], "correct", id="column"),
        pytest.param("[[1, 2]]", [[1, 2]], "correct", id="row"),
        pytest.param("[[1], [2]]", [1, 2], "correct", id="vector for a column"),
        pytest.param("[[1], [2]]", [[1, 2]], "incorrect", id="row for a column"),
        pytest.param("[[1, 0], [0, 2]]", [[1, 0], [0, 3]], "incorrect", id="wrong"),
    ],
)
def test_a_matrix_may_be_an_array(
    expected: str, answer: list[object], outcome: str
) -> None:
    given = value_of(np.array(answer))

    verdict = compare_expressions(expected, given, question(kind="matrix"))

    assert verdict.outcome is Outcome(outcome)


def test_a_list_is_no_answer_where_one_formula_is_asked_for() -> None:
    verdict = compare_expressions("x", rows(X), question())

    assert verdict.reason == "wrong-type"


@pytest.mark.parametrize(
    ("expected", "answer", "domains"),
    [
        pytest.param("2*lam", "lam + lam", {"lam": "positive"}, id="declared"),
        pytest.param(Formula(tree=Symbol("rate")), "2 rate/2", {}, id="expected"),
    ],
)
def test_a_name_that_the_question_knows_is_no_product_of_letters(
    expected: Value, answer: str, domains: dict[str, str]
) -> None:
    verdict = compare_expressions(expected, answer, question(domains))

    assert verdict.outcome is Outcome.CORRECT, verdict
