"""The usual slips, recognised."""

import pytest

from grader.maths.questions.diagnosis import diagnose
from grader.maths.reading import read_python


@pytest.mark.parametrize(
    ("expected", "given", "slip", "place"),
    [
        pytest.param("2*x", "-2*x", "sign", "", id="sign of the whole"),
        pytest.param("m*v**2/2", "m*v**2", "factor-two", "", id="half forgotten"),
        pytest.param("x/y", "y/x", "reciprocal", "", id="upside down"),
        pytest.param("2*cos(2*x)", "cos(2*x)", "inner-derivative-lost", "", id="inner"),
        pytest.param(
            "2*x*exp(x**2)",
            "exp(x**2)",
            "inner-derivative-lost",
            "",
            id="inner of two factors",
        ),
        pytest.param(
            "-2*x*exp(-x**2)",
            "exp(-x**2)",
            "inner-derivative-lost",
            "",
            id="inner with a sign",
        ),
        pytest.param(
            "3*x**2*cos(x**3 + 1)",
            "cos(x**3 + 1)",
            "inner-derivative-lost",
            None,
            id="inner sum",
        ),
        pytest.param(
            "x**2 + 3*x", "x**2 - 3*x", "sign", "term 2", id="one term's sign"
        ),
        pytest.param(
            "Matrix([[1, 2], [x, 4]])",
            "Matrix([[1, 2], [-x, 4]])",
            "sign",
            "entry (2,1)",
            id="one entry",
        ),
        pytest.param(
            "Sum(k**2, (k, 1, 5))",
            "Sum(k**2, (k, 0, 4))",
            "index-off-by-one",
            None,
            id="index",
        ),
        pytest.param("sin(x)", "sin(pi*x/180)", "degrees", None, id="degrees"),
        pytest.param("log(x)", "log(x, 10)", "log-base", None, id="base"),
        pytest.param("x**2 + 1", "x**3 + 5*y", "", "", id="nothing usual"),
    ],
)
def test_the_slip_and_its_place_are_named(
    expected: str, given: str, slip: str, place: str | None
) -> None:
    found = diagnose(read_python(expected), read_python(given))

    assert found.slip == slip
    assert place is None or found.place == place
