import pytest

from grader.maths.decide import decide, decide_up_to_constant
from grader.maths.finding import Truth
from grader.maths.reading import read_python

EQUAL = [
    pytest.param("diff(x**3*sin(x), x)", "3*x**2*sin(x) + x**3*cos(x)", id="product"),
    pytest.param(
        "diff(diff(q(s), s), s)", "diff(q(s), (s, 2))", id="second derivative"
    ),
    pytest.param(
        "diff(f(x)*g(x), x)",
        "diff(f(x), x)*g(x) + f(x)*diff(g(x), x)",
        id="product of unknown functions",
    ),
    pytest.param(
        "diff(a*log(D(x)) + b*log(1 - D(x)), D(x))",
        "a/D(x) - b/(1 - D(x))",
        id="by the value of a function",
    ),
    pytest.param("diff(L, x)", "diff(L, u)*diff(u, x)", id="chain of bare names"),
    pytest.param("Integral(x**2, (x, 0, 1))", "1/3", id="definite"),
    pytest.param("Integral(3*x*y, (x, 0, 2))", "6*y", id="with a parameter"),
    pytest.param("Integral(exp(-x**2), (x, -oo, oo))", "sqrt(pi)", id="whole line"),
    pytest.param("Integral(1/sqrt(x), (x, 0, 1))", "2", id="singular end"),
    pytest.param(
        "Integral(Integral(x*y, (x, 0, 1)), (y, 0, 1))", "1/4", id="double integral"
    ),
    pytest.param("Integral(x, x)", "x**2/2", id="antiderivative"),
    pytest.param("Integral(cos(x), x)", "sin(x) + C", id="with its constant"),
    pytest.param("diff(Integral(f(t), (t, 0, x)), x)", "f(x)", id="main theorem"),
    pytest.param("Limit(sin(x)/x, x, 0)", "1", id="limit at zero"),
    pytest.param("Limit((1 + 1/n)**n, n, oo)", "E", id="limit at infinity"),
    pytest.param("Sum(1/k**2, (k, 1, oo))", "pi**2/6", id="slow series"),
    pytest.param("Sum(x**k/factorial(k), (k, 0, oo))", "exp(x)", id="power series"),
    pytest.param("Sum(k, (k, 1, n))", "n*(n + 1)/2", id="sum to a letter"),
    pytest.param("Product(k, (k, 1, n))", "factorial(n)", id="product to a letter"),
    pytest.param(
        "Sum(binomial(n, k)*x**k, (k, 0, n))", "(1 + x)**n", id="binomial theorem"
    ),
]

DIFFERENT = [
    pytest.param("diff(sin(2*x), x)", "cos(2*x)", id="inner derivative lost"),
    pytest.param(
        "diff(f(x)*g(x), x)", "diff(f(x), x)*diff(g(x), x)", id="product of derivatives"
    ),
    pytest.param(
        "diff(log(1 - D(x)), D(x))", "1/(1 - D(x))", id="sign of an inner slope"
    ),
    pytest.param("diff(L, x)", "diff(L, u)*diff(x, u)", id="chain turned over"),
    pytest.param("diff(L, x)", "diff(L, u)", id="chain cut short"),
    pytest.param("diff(L, (x, 2))", "diff(L, x)**2", id="a square is no second slope"),
    pytest.param("Integral(x**2, (x, 0, 1))", "1/2", id="wrong power"),
    pytest.param("Integral(x, x)", "x**2", id="half forgotten"),
    pytest.param("Sum(k, (k, 1, n))", "n*(n - 1)/2", id="off by one"),
    pytest.param("diff(y(x), x)", "0", id="a function is not constant"),
    pytest.param("Integral(f(x), (x, 0, 1))", "f(1) - f(0)", id="not integrated"),
]


@pytest.mark.parametrize(("expected", "given"), EQUAL)
def test_what_calculus_gives_is_found_equal(expected: str, given: str) -> None:
    assert decide(read_python(expected), read_python(given)).equal


@pytest.mark.parametrize(("expected", "given"), DIFFERENT)
def test_what_calculus_does_not_give_is_found_different(
    expected: str, given: str
) -> None:
    assert decide(read_python(expected), read_python(given)).different


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sum(1/k, (k, 1, oo))", id="harmonic series"),
        pytest.param("Sum(2*k + 1, (k, 1, oo))", id="growing terms"),
    ],
)
def test_what_grows_beyond_bounds_is_no_number(text: str) -> None:
    finding = decide(read_python(text), read_python("5"))

    assert finding.method == "measured-different"
    assert not decide(read_python(text), read_python("Sum(k, (k, 1, oo))")).equal


def test_what_does_not_converge_has_no_value() -> None:
    limit = read_python("Limit(sin(1/x), x, 0)")

    assert decide(limit, read_python("5")).truth is Truth.UNKNOWN


def test_an_estimate_never_counts_as_a_proof() -> None:
    given = read_python("Integral(exp(-x**2), (x, -oo, oo))")

    finding = decide(read_python("2"), given)

    assert finding.method == "measured-different"


def test_antiderivatives_may_differ_by_a_constant() -> None:
    expected, given = read_python("x**2/2"), read_python("x**2/2 + 7")

    finding = decide_up_to_constant(expected, given, "x")

    assert finding.equal
    assert "up-to-constant" in finding.notes
