"""Typed mathematics, Python text: what each habit of writing is read as."""

from fractions import Fraction

import pytest

from grader.maths.printing import to_python
from grader.maths.reading import Notation, Unreadable, read_python, read_text
from grader.maths.tree import Apply, Constant, Number, Symbol, number


def names(*found: str) -> Notation:
    return Notation(names=frozenset(found))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("2x(x+1)", "2*x*(x + 1)", id="products without a sign"),
        pytest.param("nalpha", "n*alpha", id="the longest known name inside a word"),
        pytest.param("Bacsc(1)", "B*acsc(1)", id="a letter before a function"),
        pytest.param("sin^2 x", "sin(x)**2", id="a power on the function"),
        pytest.param("sec**2(x)", "sec(x)**2", id="a power of Python's on the function"),
        pytest.param("sin^-1(x)", "asin(x)", id="an inverse function"),
        pytest.param("sin 2x cos y", "sin(2*x)*cos(y)", id="an argument ends at a function"),
        pytest.param("sin x^2", "sin(x**2)", id="an argument without brackets"),
        pytest.param("sin x(y+1)", "sin(x)*(y + 1)", id="a bracket after the argument"),
        pytest.param("sin 2(x+1)", "sin(2*(x + 1))", id="a number times a bracket"),
        pytest.param("-x^2", "-x**2", id="a sign is weaker than a power"),
        pytest.param("e^-x", "E**(-x)", id="a sign in the exponent"),
        pytest.param("x^y^z", "x**(y**z)", id="powers from the right"),
        pytest.param("a/b/c", "a/b/c", id="quotients from the left"),
        pytest.param("1/3p", "1/3*p", id="a fraction of numbers is a factor"),
        pytest.param("a/2y", "a/(2*y)", id="a product below the slash"),
        pytest.param("x^2/3y", "x**2/(3*y)", id="an exponent is no numerator"),
        pytest.param("a/(b)c", "a/b*c", id="a bracket is the whole denominator"),
        pytest.param("|x|", "Abs(x)", id="bars"),
        pytest.param("a|x|+|y|", "a*Abs(x) + Abs(y)", id="bars beside a letter"),
        pytest.param("||x|-|y||", "Abs(Abs(x) - Abs(y))", id="bars within bars"),
        pytest.param("||x||y||", "Abs(Abs(x)*Abs(y))", id="bars that close late"),
        pytest.param("|2|x|-1|", "Abs(2*Abs(x) - 1)", id="bars around a number"),
        pytest.param("x^2 if x > 0", "where(x**2, Gt(x, 0))", id="a condition in words"),
        pytest.param("max_x f(x)", "extremum_max(f(x), x)", id="a maximum over a name"),
        pytest.param("θ̂_1 + x̄", "theta_hat_1 + x_bar", id="accents that combine"),
        pytest.param("E(X^2) - E[X]^2", "expectation(X**2) - expectation(X)**2",
                     id="an expectation in round brackets"),
        pytest.param("f: A -> B", "where(f, tends_to(A, B))", id="a function's sets"),
        pytest.param("|A ∪ B|", "Abs(Union(A, B))", id="the size of a set"),
        pytest.param("s_theta(x) + s(x+1)", "s_theta(x) + s*(x + 1)", id="a model is applied"),
        pytest.param("x² + y₁", "x**2 + y_1", id="raised and lowered digits"),
        pytest.param("√2 x", "sqrt(2)*x", id="a root sign"),
        pytest.param("2√(x+1)", "2*sqrt(x + 1)", id="a root of a bracket"),
        pytest.param("αβ − π", "alpha*beta - pi", id="Greek letters and a long minus"),
        pytest.param("6÷2·3", "6/2*3", id="signs of school"),
        pytest.param("x ≤ 3", "Le(x, 3)", id="a relation in one sign"),
        pytest.param("1 < x <= 2", "chain(1, 'lt', x, 'le', 2)", id="a chain"),
        pytest.param("x = 1 or x = 2", "Or(Eq(x, 1), Eq(x, 2))", id="words of logic"),
        pytest.param("5!", "factorial(5)", id="a factorial"),
        pytest.param("n!!", "factorial2(n)", id="a double factorial"),
        pytest.param("x != y", "Ne(x, y)", id="no factorial before an equals sign"),
        pytest.param("50%", "percent(50)", id="a percentage"),
        pytest.param("90°", "degrees(90)", id="degrees"),
        pytest.param("2.5e-3", "0.0025", id="a power of ten"),
        pytest.param("2e^x", "2*E**x", id="no power of ten without digits"),
        pytest.param("1,000.5", "1000.5", id="thousands"),
        pytest.param("x2", "x2", id="a digit glued to a letter is part of its name"),
        pytest.param("f'(x)", "prime(f, 1)(x)", id="a derivative"),
        pytest.param("f^2(x)", "f(x)**2", id="a power of a function"),
        pytest.param("f^-1(x)", "inverse(f)(x)", id="an inverse by name"),
        pytest.param("p(x|z)p(z)", "p(given(x, z))*p(z)", id="a condition"),
        pytest.param("p(1-p)", "p*(1 - p)", id="a letter times a bracket"),
        pytest.param("P(A|B)", "probability(given(A, B))", id="a probability"),
        pytest.param("D_KL(p||q)", "kl(p, q)", id="a divergence"),
        pytest.param("E[X^2]", "expectation(X**2)", id="an expectation"),
        pytest.param("dy/dx", "Derivative(y, x)", id="a derivative as a quotient"),
        pytest.param("d^2y/dx^2", "Derivative(y, (x, 2))", id="a second derivative"),
        pytest.param("∫_0^1 x dx", "Integral(x, (x, 0, 1))", id="an integral sign"),
        pytest.param("lim x->0 sin x", "limit(sin(x), x, 0)", id="a limit in words"),
        pytest.param("n choose k", "binomial(n, k)", id="choose"),
        pytest.param("x^T A x", "transpose(x)*A*x", id="a transpose"),
        pytest.param("x_{n+1}", "index(x, n + 1)", id="an index that is a sum"),
        pytest.param("{x | x > 0}", "set_builder(x, Gt(x, 0))", id="a set by condition"),
        pytest.param("]0, 1[", "Interval.open(0, 1)", id="an open interval by its brackets"),
        pytest.param("(0, 1]", "Interval.Lopen(0, 1)", id="a half open interval"),
        pytest.param("(0, 1)", "pair_or_interval(0, 1)", id="a pair or an interval"),
        pytest.param("(0,1) U (2,3)", "Union(pair_or_interval(0, 1), pair_or_interval(2, 3))",
                     id="a U between brackets"),
        pytest.param("1, 2, 3", "listing(1, 2, 3)", id="answers side by side"),
        pytest.param("int t^2 dt", "Integral(t**2, t)", id="an integral in a word"),
        pytest.param("201_3 + 11_{2}", "19 + 3", id="numerals in another base"),
        pytest.param("7:30", "7/30", id="a ratio"),
        pytest.param("07:05", "'7:05'", id="a time of day"),
        pytest.param("A ∌ x", "not_owns(A, x)", id="a set without a member"),
        pytest.param("{4} ⊆ {4, 5}", "subset_eq({4}, {4, 5})", id="a set of one"),
        pytest.param("3+4i", "3 + 4*I", id="the imaginary unit"),
        pytest.param("x ± 1", "plus_minus(x, 1)", id="plus or minus"),
        pytest.param("log_2(8) + log10(x)", "log(8, 2) + log(x, 10)", id="bases"),
        pytest.param("B*10^ln(10,10)", "B*10**log(10, 10)", id="a logarithm with its base"),
    ],
)  # fmt: skip
def test_typed_mathematics_means(typed: str, meant: str) -> None:
    assert to_python(read_text(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "notation", "meant"),
    [
        pytest.param(
            "Vmaxe", names("Vmax"), "Vmax*E", id="a long name, then a constant"
        ),
        pytest.param(
            "e^x", names("e", "x"), "e**x", id="a declared letter is no constant"
        ),
        pytest.param("i*x", names("i", "x"), "i*x", id="a declared i counts"),
        pytest.param(
            "metresecond",
            names("metre", "metres", "second"),
            "metre*second",
            id="declared names that spell the whole word",
        ),
        pytest.param(
            "3jn", names("n"), "3*I*n", id="an undeclared j among declared names"
        ),
        pytest.param(
            "gamma(x-1)", names("gamma", "x"), "gamma*(x - 1)", id="a declared Greek"
        ),
        pytest.param(
            "f(x)", names("f", "x"), "f*x", id="a declared name is multiplied"
        ),
        pytest.param(
            "T(x+1)",
            Notation(functions=frozenset("T")),
            "T(x + 1)",
            id="a function applied",
        ),
        pytest.param("x1+R2", names("x1", "R2"), "x1 + R2", id="names with digits"),
        pytest.param("x^T", names("x", "T"), "x**T", id="a declared T is a power"),
        pytest.param(
            "1/2x", Notation(slash="denominator"), "1/(2*x)", id="slash below"
        ),
        pytest.param("a/2y", Notation(slash="factor"), "a/2*y", id="slash as a factor"),
        pytest.param(
            "log x", Notation(log_base="10"), "log(x, 10)", id="a base by default"
        ),
        pytest.param(
            "0,5x", Notation(decimal_comma=True), "0.5*x", id="a decimal comma"
        ),
        pytest.param(
            "x_i", Notation(indices=frozenset("i")), "index(x, i)", id="an index"
        ),
        pytest.param(
            "|A|", Notation(kinds=(("A", "matrix"),)), "det(A)", id="a determinant"
        ),
        pytest.param(
            "|v|", Notation(kinds=(("v", "vector"),)), "norm(v)", id="a length"
        ),
        pytest.param(
            "E*x", Notation(spellings=(("E", "Ef"),)), "Ef*x", id="a local spelling"
        ),
    ],
)
def test_what_was_declared_comes_first(
    typed: str, notation: Notation, meant: str
) -> None:
    assert to_python(read_text(typed, notation)) == meant


@pytest.mark.parametrize(
    ("typed", "expected", "offset"),
    [
        pytest.param("", "an answer", 0, id="nothing"),
        pytest.param(
            "a*(b+c", "a closing bracket for the one at 3", 6, id="an open bracket"
        ),
        pytest.param("x+1)", "an operator or the end", 3, id="a bracket too many"),
        pytest.param(
            "2+", "more: the text ends too early", 2, id="a sum without its end"
        ),
        pytest.param("sin", "the argument of sin", 3, id="a function of nothing"),
        pytest.param(
            "0,5", "a decimal point, or a space after the comma", 1, id="a comma"
        ),
        pytest.param("5 5", "an operator between two numbers", 2, id="two numbers"),
        pytest.param(
            "print(1)", "a known function or a declared name", 0, id="a command"
        ),
        pytest.param("x.y", "a number, a name or an operator", 1, id="a point"),
        pytest.param("g'{t}'", "no prime after a collection", 5, id="a quoted set"),
        pytest.param(
            "38_8", "a name before the subscript", 2, id="no digit of its base"
        ),
        pytest.param("x # y", "a number, a name or an operator", 2, id="a comment"),
        pytest.param(
            "{1,2}+3", "a single value, not a collection", 5, id="a set plus one"
        ),
        pytest.param("1 ∪ 2", "sets on both sides", 2, id="a union of numbers"),
        pytest.param(
            "1&2", "statements on both sides", 1, id="a conjunction of numbers"
        ),
        pytest.param(
            "[1, 2, 3)", "the closing bracket that belongs", 8, id="ill-matched"
        ),
        pytest.param(
            "(1, [2, 3]]", "a single value", 0, id="an interval up to an interval"
        ),
        pytest.param(
            "10/2 | 2/10", "an operator or the end", 5, id="a bar between values"
        ),
        pytest.param("x|", "bars that pair up", 1, id="one bar"),
        pytest.param(
            "1e99999", "a number of at most", 0, id="a power of ten too large"
        ),
        pytest.param(
            "import os", "a known function or a declared name", 0, id="a word"
        ),
        pytest.param("x" * 8001, "at most 8000 characters", 8000, id="too long"),
        pytest.param("(" * 200 + "x", "less nesting", 120, id="too deep"),
        pytest.param(
            "x" + "/x" * 300, "a shorter or flatter formula", 0, id="a deep tree"
        ),
    ],
)
def test_unreadable_text_says_what_was_expected_where(
    typed: str, expected: str, offset: int
) -> None:
    with pytest.raises(Unreadable, match=expected) as caught:
        read_text(typed)

    assert caught.value.offset == offset


def test_only_declared_names_may_stand_in_a_closed_question() -> None:
    closed = Notation(names=frozenset({"n"}), only_declared=True)

    assert read_text("2n", closed) == Apply("mul", (number(2), Symbol("n")))
    with pytest.raises(Unreadable, match="one of the names of the question"):
        read_text("2x", closed)
    with pytest.raises(Unreadable, match="a name of the question in this statement"):
        read_text("5 <= 5", closed)


def test_the_caret_stands_under_the_fault_in_clipped_text() -> None:
    with pytest.raises(Unreadable, match="a number, a name or a bracket") as caught:
        read_text("a + " * 30 + "* b" + " + c" * 30)

    line, caret = caught.value.caret().splitlines()

    assert line[caret.index("^")] == "*"
    assert line.startswith("…")
    assert line.endswith("…")


def test_only_the_line_of_the_fault_is_shown() -> None:
    with pytest.raises(Unreadable, match="an operator or the end") as caught:
        read_text("x = 1\n)")

    assert caught.value.caret() == ")\n^"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("Eq(x, +3)", "Eq(x, 3)", id="an equation"),
        pytest.param("5*x**-2", "5*x**(-2)", id="a sign in the exponent"),
        pytest.param("Interval.Lopen(1, 2)", "Interval.Lopen(1, 2)", id="an interval"),
        pytest.param("Interval(0, 1, True, False)", "Interval.Lopen(0, 1)", id="by flags"),
        pytest.param("Sum(x_i, (i, 1, n))", "Sum(index(x, i), (i, 1, n))", id="bound"),
        pytest.param("Integral(x, x)", "Integral(x, x)", id="an integral without bounds"),
        pytest.param("diff(y(x), x, 2)", "Derivative(y(x), (x, 2))", id="a second derivative"),
        pytest.param("Limit(a, x, 3, '+')", "limit_above(a, x, 3)", id="a limit from above"),
        pytest.param("Matrix([[1, 2]]).T", "transpose(Matrix(1, 2, [1, 2]))", id="a row"),
        pytest.param("Matrix([1, 2])", "Matrix([[1], [2]])", id="a column"),
        pytest.param("np.exp(1j*x)", "exp((1*I)*x)", id="a module before the function"),
        pytest.param("A @ B", "dot(A, B)", id="a matrix product"),
        pytest.param("(x > 1) & ~(y < 2)", "And(Gt(x, 1), Not(Lt(y, 2)))", id="logic by signs"),
        pytest.param("7 // 2 % 3", "Mod(floor(7/2), 3)", id="whole division"),
        pytest.param("lamda + x1", "lambda + x1", id="names are whole words"),
        pytest.param("S.Half + oo", "1/2 + oo", id="constants of sympy"),
        pytest.param("FiniteSet()", "EmptySet", id="the empty set"),
        pytest.param("Piecewise((x, x > 0), (0, True))", "Piecewise((x, Gt(x, 0)), (0, True))",
                     id="cases"),
        pytest.param("1 < x <= y", "chain(1, 'lt', x, 'le', y)", id="a chain"),
        pytest.param("max([1, 2])", "Max(1, 2)", id="a maximum of a list"),
    ],
)  # fmt: skip
def test_python_text_means(text: str, meant: str) -> None:
    assert to_python(read_python(text)) == meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "__import__('os').system('ls')", "a name of mathematics", id="dunder"
        ),
        pytest.param("x.__class__", "an operator before this point", id="an attribute"),
        pytest.param("[c for c in x]", "a closing bracket", id="a comprehension"),
        pytest.param("f'{x}'", "an operator or the end", id="an f-string"),
        pytest.param("x if y else z", "an operator or the end", id="a conditional"),
        pytest.param("(lambda: 1)()", "a number, a name or an operator", id="a lambda"),
        pytest.param("f()", "an argument", id="a call of nothing"),
        pytest.param("3(4)", "an operator before the bracket", id="a number called"),
        pytest.param("x²", "a name of mathematics", id="a raised digit"),
        pytest.param("Eq(1)", "other arguments for Eq", id="half an equation"),
        pytest.param(
            "x = y = ", "more: the text ends too early", id="nothing to equal"
        ),
        pytest.param("9" * 2000, "a number of at most", id="too many digits"),
        pytest.param("{1, 2} + 3", "a single value", id="a set plus one"),
    ],
)
def test_code_is_no_mathematics(text: str, expected: str) -> None:
    with pytest.raises(Unreadable, match=expected):
        read_python(text)


def test_a_decimal_is_exact_and_keeps_how_it_was_typed() -> None:
    tree = read_text("0.50")

    assert tree == Number(Fraction(1, 2), "0.50")
    assert isinstance(tree, Number)
    assert tree.text == "0.50"


def test_capital_e_and_i_are_a_symbol_and_the_imaginary_unit() -> None:
    assert read_text("E") == Symbol("E")
    assert read_text("I") == Constant("i")
    assert read_python("E") == Constant("e")


def test_capital_i_beside_a_matrix_is_the_identity() -> None:
    assert (
        to_python(read_text("X^T X + lambda I")) == "transpose(X)*X + lambda*Identity()"
    )
