"""`grader compare`: two answers, the verdict, and what it rests on."""

import pytest
from click.testing import CliRunner

from grader.cli.compare import compare


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(compare, arguments)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["sin(2x)", "2 sin(x) cos(x)"], 0, "equal", id="equal"),
        pytest.param(["x^2 = 4", "x = 2"], 1, "lost-solution: x = -2", id="lost root"),
        pytest.param(["2x+1", "2x-1"], 1, "term 2: 1 became -1", id="place and parts"),
        pytest.param(["x/y", "y/x"], 1, "reciprocal", id="slip"),
        pytest.param(["sqrt(x^2)", "x"], 1, "witness", id="witness"),
        pytest.param(["-x", "x"], 1, "given     x", id="starts with a minus"),
        pytest.param(
            ["x^2+y^2=-1", "x^2+y^2=-2"], 2, "could not be decided", id="open"
        ),
        pytest.param(["--latex", r"\frac12", "0.5"], 0, "equal", id="LaTeX"),
        pytest.param(["--python", "x**2", "x*x"], 0, "equal", id="Python"),
        pytest.param(
            ["--domain", "x=positive", "sqrt(x^2)", "x"], 0, "equal", id="domain"
        ),
    ],
)
def test_the_exit_code_is_the_verdict(
    arguments: list[str], code: int, words: str
) -> None:
    found, output = run(*arguments)

    assert found == code
    assert words in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["x+", "x"], "EXPECTED", id="expected unreadable"),
        pytest.param(["x", "x+"], "GIVEN", id="given unreadable"),
        pytest.param(
            ["--domain", "x=odd", "x", "x"], "x=positive", id="no such domain"
        ),
    ],
)
def test_what_cannot_be_read_is_a_usage_error(arguments: list[str], words: str) -> None:
    code, output = run(*arguments)

    assert code == 2
    assert words in output


def test_a_caret_stands_below_the_fault() -> None:
    _, output = run("x", "2*(x")

    assert "^" in output
