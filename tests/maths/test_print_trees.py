"""Trees as people see them: where brackets stand, and what is escaped."""

import pytest

from grader.maths.printing import to_latex, to_mathml, to_python, to_text
from grader.maths.reading import read_python
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, number


@pytest.mark.parametrize(
    ("tree", "text", "python", "latex"),
    [
        pytest.param("a - (b - c)", "a - (b - c)", "a - (b - c)",
                     r"a - \left(b - c\right)", id="a difference taken away"),
        pytest.param("-(a*b)", "-(a*b)", "-(a*b)", r"-\left(a b\right)", id="a sign"),
        pytest.param("(-a)**2", "(-a)^2", "(-a)**2", r"\left(-a\right)^{2}", id="a square"),
        pytest.param("a/(b*c)", "a/(b*c)", "a/(b*c)", r"\frac{a}{b c}", id="a fraction"),
        pytest.param("(a + b)*c", "(a + b)*c", "(a + b)*c", r"\left(a + b\right) \cdot c",
                     id="a sum times a name"),
        pytest.param("2*pi*x", "2*pi*x", "2*pi*x", r"2 \pi x", id="factors side by side"),
        pytest.param("x**(a + b)", "x^(a + b)", "x**(a + b)", "x^{a + b}", id="an exponent"),
        pytest.param("sqrt(x) + root(x, 3)", "sqrt(x) + root(x, 3)", "sqrt(x) + root(x, 3)",
                     r"\sqrt{x} + \sqrt[3]{x}", id="roots"),
        pytest.param("Abs(x)", "abs(x)", "Abs(x)", r"\left|x\right|", id="bars"),
        pytest.param("factorial(n + 1)", "(n + 1)!", "factorial(n + 1)",
                     r"\left(n + 1\right)!", id="a factorial"),
        pytest.param("Eq(x, 2)", "x = 2", "Eq(x, 2)", "x = 2", id="an equation"),
        pytest.param("And(Lt(a, b), Ge(b, c))", "a < b and b ≥ c", "And(Lt(a, b), Ge(b, c))",
                     r"a < b \text{ and } b \ge c", id="two relations"),
        pytest.param("Sum(k**2, (k, 1, n))", "Sum(k^2, (k, 1, n))", "Sum(k**2, (k, 1, n))",
                     r"\sum_{k = 1}^{n} k^{2}", id="a sum"),
        pytest.param("x*Sum(k, (k, 1, n))", "x*Sum(k, (k, 1, n))", "x*Sum(k, (k, 1, n))",
                     r"x \cdot \left(\sum_{k = 1}^{n} k\right)", id="a sum as a factor"),
        pytest.param("Integral(x, (x, 0, 1))", "Integral(x, (x, 0, 1))",
                     "Integral(x, (x, 0, 1))", r"\int_{0}^{1} x \, \mathrm{d} x",
                     id="an integral"),
        pytest.param("theta_hat_1 + p_data", "theta_hat_1 + p_data", "theta_hat_1 + p_data",
                     r"\hat{\theta}_{1} + p_{\text{data}}", id="names with parts"),
        pytest.param("expectation(f(x), (x, p))", "expectation(f(x), (x, p))",
                     "expectation(f(x), (x, p))",
                     r"\mathbb{E}_{x \sim p}\left[f\left(x\right)\right]", id="a mean"),
        pytest.param("p(given(x, z))", "p(x | z)", "p(given(x, z))",
                     r"p\left(x \mid z\right)", id="a condition"),
        pytest.param("Matrix([[1, 2], [3, 4]]).T", "transpose(Matrix([[1, 2], [3, 4]]))",
                     "transpose(Matrix([[1, 2], [3, 4]]))",
                     r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{\top}", id="a matrix"),
        pytest.param("Piecewise((x, x > 0), (0, True))", "Piecewise((x, x > 0), (0, true))",
                     "Piecewise((x, Gt(x, 0)), (0, True))",
                     r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
                     id="cases"),
        pytest.param("Interval.open(0, oo)", "]0, oo[", "Interval.open(0, oo)",
                     r"\left]0,\infty\right[", id="an open interval"),
        pytest.param("limit_above(1/x, x, 0)", "limit_above(1/x, x, 0)",
                     "limit_above(1/x, x, 0)", r"\lim_{x \to {0}^{+}} \frac{1}{x}",
                     id="a limit"),
    ],
)  # fmt: skip
def test_a_tree_is_printed_with_the_brackets_it_needs(
    tree: str, text: str, python: str, latex: str
) -> None:
    found = read_python(tree)

    assert to_text(found) == text
    assert to_python(found) == python
    assert to_latex(found).replace(", ", ",") == latex.replace(", ", ",")


@pytest.mark.parametrize(
    ("tree", "shown"),
    [
        pytest.param(Number(number(5).value / 4), "1.25", id="a decimal"),
        pytest.param(
            Number(number(1).value / 1024), "0.0009765625", id="a long decimal"
        ),
        pytest.param(Number(number(1).value / 3), "1/3", id="no decimal"),
        pytest.param(number(-3), "-3", id="below zero"),
        pytest.param(number(10**20), "1" + "0" * 20, id="a large number"),
    ],
)
def test_a_number_is_printed_exactly(tree: Number, shown: str) -> None:
    assert to_text(tree) == shown
    assert to_python(tree) == shown


def test_a_constant_gives_way_to_a_name_of_the_same_letter() -> None:
    tree = Apply("mul", (Symbol("E"), Constant("e"), Symbol("I"), Constant("i")))

    assert to_python(tree) == "E*S.Exp1*I*S.ImaginaryUnit"


def test_mathml_escapes_what_a_student_wrote() -> None:
    markup = to_mathml(Apply("eq", (Symbol("<b>"), Text('"</math>'))))

    assert "<b>" not in markup
    assert markup.count("</math>") == 1


def test_mathml_gives_every_script_two_parts() -> None:
    markup = to_mathml(read_python("x**2/sqrt(y_1)"))

    assert markup.count("<mfrac>") == 1
    assert "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>" in markup
    assert "<msub><mi>y</mi><mi>1</mi></msub>" in markup


def test_words_in_latex_cannot_start_a_command() -> None:
    assert "\\input" not in to_latex(Text("\\input{file}"))
    assert "{file}" not in to_latex(Symbol("x}\\input{file}"))
