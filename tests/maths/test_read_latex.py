r"""LaTeX as people write it: what each habit of writing is read as."""

import pytest

from grader.maths.printing import to_python
from grader.maths.reading import Notation, Unreadable, read_latex


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param(r"\frac12 x", "1/2*x", id="a fraction of two digits"),
        pytest.param(r"\frac{1}23", "1/2*3", id="a fraction takes one digit"),
        pytest.param(r"2\frac{1}{2}", "2 + 1/2", id="a mixed number"),
        pytest.param(r"3 1\frac12", "3*(1 + 1/2)", id="a number beside a mixed number"),
        pytest.param(r"3{,}000 + 1\,000", "3000 + 1000", id="thousands"),
        pytest.param(r"3{,}14", "3.14", id="a decimal comma in braces"),
        pytest.param(r"\sqrt[3]{x}+\sqrt 2+\sqrt12", "root(x, 3) + sqrt(2) + sqrt(12)",
                     id="roots"),
        pytest.param(r"x^10", "x**10", id="an exponent of two digits"),
        pytest.param(r"x^\frac12", "x**(1/2)", id="a command as exponent"),
        pytest.param(r"x^2_i = x_i^2", "Eq(x_i**2, x_i**2)", id="scripts in either order"),
        pytest.param(r"\theta_{1}", "theta_1", id="a subscript of one digit"),
        pytest.param(r"x_{12} + x_{i,j}", "x_12 + x_i_j", id="subscripts of several"),
        pytest.param(r"p_{\text{data}}", "p_data", id="a word as subscript"),
        pytest.param(r"\hat\theta_1", "theta_hat_1", id="a hat"),
        pytest.param(r"\bar{x}_n", "x_bar_n", id="a bar over a name with a subscript"),
        pytest.param(r"\overline{z} + \overline{x+y}", "conjugate(z) + conjugate(x + y)",
                     id="conjugates"),
        pytest.param(r"\mathbf{x}^\top A\mathbf{x}", "transpose(x)*A*x", id="bold letters"),
        pytest.param(r"X^T A^{-T}", "transpose(X)*transpose(inverse(A))", id="transposes"),
        pytest.param(r"e^T", "E**T", id="a number has no transpose"),
        pytest.param(r"D^*_\phi(x)", "D_phi_star(x)", id="a star before the subscript"),
        pytest.param(r"x^{(i)}", "x_sup_i", id="a label in brackets"),
        pytest.param(r"f^{(3)}(x) + f'(x)", "prime(f, 3)(x) + prime(f, 1)(x)",
                     id="derivatives"),
        pytest.param(r"\theta_{t+1}", "index(theta, t + 1)", id="an index that is a sum"),
        pytest.param(r"\sin^2x \cos 2x", "sin(x)**2*cos(2*x)", id="functions side by side"),
        pytest.param(r"\sin^{-1} x", "asin(x)", id="an inverse function"),
        pytest.param(r"\sinh^{-1}(a) + \arcsinh(a)", "asinh(a) + asinh(a)", id="hyperbolic"),
        pytest.param(r"\log_{10} x + \lg x + \ln x", "log(x, 10) + log(x, 10) + log(x)",
                     id="logarithms"),
        pytest.param(r"\left|x-|y|\right|", "Abs(x - Abs(y))", id="bars within bars"),
        pytest.param(r"\|z\|_2^2 + ||x||_1", "norm(z, 2)**2 + norm(x, 1)", id="norms"),
        pytest.param(r"\lfloor x\rfloor+\lceil y\rceil", "floor(x) + ceiling(y)", id="floors"),
        pytest.param(r"90^\circ", "degrees(90)", id="degrees"),
        pytest.param(r"50\%", "percent(50)", id="percent"),
        pytest.param(r"\sum_{i=1}^n x_i", "Sum(index(x, i), (i, 1, n))", id="a bound index"),
        pytest.param(r"\sum_i x_i + b", "Sum(index(x, i), i) + b", id="a sum ends at a plus"),
        pytest.param(r"\sum^3_{k=1} k^2", "Sum(k**2, (k, 1, 3))", id="bounds reversed"),
        pytest.param(r"\int_0^1 x + a\,dx", "Integral(x + a, (x, 0, 1))", id="a sum inside"),
        pytest.param(r"\int \frac{3 dz}{z} + 1", "Integral(3/z, z) + 1", id="dz above"),
        pytest.param(r"\int_0^1\int_0^x y\,dy\,dx",
                     "Integral(Integral(y, (y, 0, x)), (x, 0, 1))", id="two integrals"),
        pytest.param(r"\int_x p(x)\,dx", "Integral(p(x), x)", id="a variable below"),
        pytest.param(r"\int dx", "Integral(1, x)", id="an integral of one"),
        pytest.param(r"\lim_{x\to 0^+} \frac{\sin x}{x}", "limit_above(sin(x)/x, x, 0)",
                     id="a limit from above"),
        pytest.param(r"\frac{d^2y}{dx^2}", "Derivative(y, (x, 2))", id="a derivative"),
        pytest.param(r"\frac{d}{dx} x^2 + 1", "Derivative(x**2, x) + 1", id="an operator"),
        pytest.param(r"\frac{\partial^2 f}{\partial x\partial y}",
                     "partial_derivative(f, x, y)", id="partial derivatives"),
        pytest.param(r"\nabla_\theta L(\theta)", "gradient(L(theta), theta)", id="gradient"),
        pytest.param(r"\nabla^2 f + \nabla\cdot F", "laplacian(f) + divergence(F)",
                     id="laplacian"),
        pytest.param(r"\max_x f(x) + \max(a,b)", "extremum_max(f(x), x) + Max(a, b)",
                     id="maxima"),
        pytest.param(r"\arg\max_\theta p_\theta(x)", "argmax(p_theta(x), theta)", id="argmax"),
        pytest.param(r"\mathbb{E}_{x\sim p}[f(x)]", "expectation(f(x), (x, p))",
                     id="an expectation"),
        pytest.param(r"D_{KL}(p\|q) + \mathrm{KL}(p||q)", "kl(p, q) + kl(p, q)", id="KL"),
        pytest.param(r"\mathcal N(x;\mu,\sigma^2)", "normal(x, mu, sigma**2)", id="a density"),
        pytest.param(r"z\sim\mathcal{N}(0,I)", "distributed(z, normal(0, Identity()))",
                     id="a law"),
        pytest.param(r"\operatorname{Var}(X)+\mathrm{Cov}(X,Y)", "Var(X) + Cov(X, Y)",
                     id="moments"),
        pytest.param(r"P(\bar{A}\mid B)", "probability(given(A_bar, B))", id="probability"),
        pytest.param(r"\mathbb{1}_{x>0}", "indicator(Gt(x, 0))", id="an indicator"),
        pytest.param(r"I(X;Y)", "mutual_information(X, Y)", id="information"),
        pytest.param(r"\operatorname{tr}(AB)\det A", "trace(A*B)*det(A)", id="trace and det"),
        pytest.param(r"a \le b < c", "chain(a, 'le', b, 'lt', c)", id="a chain"),
        pytest.param(r"x\not\in A", "not_in(x, A)", id="a crossed relation"),
        pytest.param(r"a\equiv b\pmod n", "Eq(Mod(a, n), Mod(b, n))", id="congruence"),
        pytest.param(r"x=1 \text{ or } x=2", "Or(Eq(x, 1), Eq(x, 2))", id="words of logic"),
        pytest.param(r"6 \text{ and } 8", "listing(6, 8)", id="two answers"),
        pytest.param(r"x = 0\quad\forall x", "for_all(x, Eq(x, 0))", id="a quantifier last"),
        pytest.param(r"\{x \mid x>0\}", "set_builder(x, Gt(x, 0))", id="a set"),
        pytest.param(r"\{a\}b", "a*b", id="braces around one factor"),
        pytest.param(r"{1,2} \setminus {2}", "Complement({1, 2}, {2})", id="bare braces"),
        pytest.param(r"[0,1)\cup(2,\infty)",
                     "Union(Interval.Ropen(0, 1), pair_or_interval(2, oo))", id="intervals"),
        pytest.param(r"\begin{pmatrix}1&2\\3&4\end{pmatrix}^T",
                     "transpose(Matrix([[1, 2], [3, 4]]))", id="a matrix"),
        pytest.param(r"\left[\begin{array}{cc}1&2\\3&4\end{array}\right]",
                     "Matrix([[1, 2], [3, 4]])", id="an array in brackets"),
        pytest.param(r"\begin{vmatrix}a&b\\c&d\end{vmatrix}", "det(Matrix([[a, b], [c, d]]))",
                     id="a determinant"),
        pytest.param(r"\begin{cases}x & x>0\\0 & \text{otherwise}\end{cases}",
                     "Piecewise((x, Gt(x, 0)), (0, True))", id="cases"),
        pytest.param(r"\left\{\begin{array}{l}x=1\\y=2\end{array}\right.",
                     "And(Eq(x, 1), Eq(y, 2))", id="a system behind a brace"),
        pytest.param(r"\begin{aligned}a&=b\\&=c\end{aligned}", "chain(a, 'eq', b, 'eq', c)",
                     id="aligned lines"),
        pytest.param(r"\boxed{x=2}.", "Eq(x, 2)", id="a box and a full stop"),
        pytest.param(r"\binom nk + {n\choose k}", "binomial(n, k) + binomial(n, k)",
                     id="binomials"),
        pytest.param(r"10\text{ cm}", "quantity(10, 'cm')", id="a unit"),
        pytest.param(r"f(x)\big|_{x=0}", "at(f(x), Eq(x, 0))", id="a value at a point"),
        pytest.param(r"\left[x^2\right]_0^1", "at(x**2, Eq(x, 1)) - at(x**2, Eq(x, 0))",
                     id="bounds behind a bracket"),
        pytest.param(r"\left.y\right|_{x=0}", "at(y, Eq(x, 0))", id="a bar without its half"),
        pytest.param(r"p(f^{-1}(x))", "p(inverse(f)(x))", id="a density of an inverse"),
        pytest.param(r"\operatorname { l o g } x _ { i j }", "log(x_ij)", id="spaced letters"),
        pytest.param(r"3 \times 10^8 \text{ m/s}", "quantity(3*10**8, 'm/s')",
                     id="a unit behind a product"),
        pytest.param(r"\begin{array}{l}x=1\\y=2\end{array}", "And(Eq(x, 1), Eq(y, 2))",
                     id="a system in an array"),
        pytest.param(r"\vec a\times\vec b", "cross(a, b)", id="a product of arrows"),
        pytest.param(r"\abs{x} + \norm{y}", "Abs(x) + norm(y)", id="sizes as commands"),
        pytest.param(r"f_{X|Y}(x|y)", "f_X_given_Y(given(x, y))", id="a bar below"),
        pytest.param(r"1, 2, \text{ and } 3", "listing(1, 2, 3)", id="a comma before and"),
        pytest.param(r"x\mapsto x^2", "Lambda(x, x**2)", id="a function without a name"),
        pytest.param(r"\left( x\right ) z", "x*z", id="a space inside a size"),
        pytest.param(r"\lvertx\rvert", "Abs(x)", id="a space lost after a bar"),
        pytest.param(r"\\frac{1}{2}", "1/2", id="a doubled backslash"),
        pytest.param(r"= x + 1", "Eq('', x + 1)", id="a line that goes on"),
        pytest.param(r"2.5E2", "250", id="a power of ten"),
        pytest.param(r"0.\overline{12} + 3.4\dot{5}", "4/33 + 311/90", id="repeating"),
        pytest.param(r"i = k", "Eq(i, k)", id="an index on the left"),
        pytest.param(r"z = i", "Eq(z, I)", id="the imaginary unit on the right"),
        pytest.param(r"1 \le i < k", "chain(1, 'le', i, 'lt', k)", id="an index in order"),
        pytest.param(r"\frac{\partial J}{\partial u(t)}", "partial_derivative(J, u(t))",
                     id="by the value of a function"),
        pytest.param(r"(\nabla_x b) x", "gradient(b, x)*x", id="a gradient in brackets"),
        pytest.param(r"\nabla_x f(x) x", "gradient(f(x), x)*x", id="a gradient times x"),
        pytest.param(r"\neg x = 2", "Not(Eq(x, 2))", id="a relation denied"),
        pytest.param(r"1011_{2}", "11", id="a numeral in another base"),
        pytest.param(r"A \not\ni x", "not_owns(A, x)", id="a set without a member"),
        pytest.param(r"{1} \subset {1, 2}", "subset({1}, {1, 2})", id="a set of one"),
        pytest.param(r"a^2 != b", "Ne(a**2, b)", id="an unequal sign"),
        pytest.param(r"x2", "x*2", id="a digit after a letter multiplies"),
    ],
)  # fmt: skip
def test_latex_means(written: str, meant: str) -> None:
    assert to_python(read_latex(written)) == meant


@pytest.mark.parametrize(
    ("written", "expected", "offset"),
    [
        pytest.param(r"x + \foo y", "a command of mathematics", 4, id="an unknown command"),
        pytest.param(
            r"\frac{d^3y}{dx^2}", "the same order above", 6, id="two orders"
        ),
        pytest.param(r"5 \angle 30", "degrees, or radians", 2, id="a phase of no unit"),
        pytest.param(r"\logx", "a command of mathematics", 0, id="a lost space"),
        pytest.param(r"1 + \dots + n", "every term, or a sum sign", 4, id="dots"),
        pytest.param(r"\def\x{\x\x}\x", "a formula, not a definition", 0, id="a definition"),
        pytest.param(r"\frac{}{2}", "something between the braces", 5, id="an empty fraction"),
        pytest.param(r"\frac{1}{2", "a closing brace", 10, id="an open brace"),
        pytest.param(r"\sin^x", "the argument of sin", 6, id="a function of nothing"),
        pytest.param(r"\int x", "the variable of integration", 6, id="no differential"),
        pytest.param(r"\frac{d}{dx}+1", "what is differentiated", 12, id="bare d/dx"),
        pytest.param(r"a\cdot\cdot b", "a number, a name or a bracket", 6, id="two signs"),
        pytest.param(r"\textbf{Answer: } 5", "a value, not words", 18, id="words times five"),
        pytest.param(r"x^2^3", "braces around what stands above", 3, id="two exponents"),
        pytest.param(r"\mathit{x + y}", "one name in the braces", 0, id="a font for a sum"),
        pytest.param(r"\begin{foo}x\end{foo}", "an environment", 0, id="an environment"),
        pytest.param(r"\begin{pmatrix}1&2\\3\end{pmatrix}", "rows of the same length", 0,
                     id="a ragged matrix"),
        pytest.param(r"\left(x\right]", "the closing bracket that belongs", 13, id="mixed"),
        pytest.param(r"x\%", "a number before the percent sign", 1, id="a letter percent"),
        pytest.param(r"$", "a number, a letter or a command", 0, id="a dollar sign"),
        pytest.param(r"0,5", "a decimal point", 1, id="a decimal comma"),
        pytest.param(r"\log^{-1} x", "a function whose inverse has a name", 0, id="log inverse"),
        pytest.param("{" * 300 + "x" + "}" * 300, "less nesting", 120, id="deep braces"),
        pytest.param(r"\frac1" * 400, "less nesting", 720, id="deep fractions"),
        pytest.param(r"x|" * 200, "at most 100 bars", 201, id="many bars"),
    ],
)  # fmt: skip
def test_unreadable_latex_says_what_was_expected_where(
    written: str, expected: str, offset: int
) -> None:
    with pytest.raises(Unreadable, match=expected) as caught:
        read_latex(written)

    if offset:
        assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("written", "notation", "meant"),
    [
        pytest.param(
            r"p_{\text{data}}(x)\left|\det J_f\right|^{-1}",
            Notation(
                functions=frozenset("p"),
                spellings=((r"p_{\text{data}}", "p"), (r"|\det J_f|", "J")),
            ),
            "p(x)*J**(-1)",
            id="local spellings, whatever their spacing",
        ),
        pytest.param(
            r"\bar{x}^2",
            Notation(names=frozenset({"xbar"})),
            "xbar**2",
            id="a declared mean",
        ),
        pytest.param(
            r"x_1 + x_2",
            Notation(names=frozenset({"x1"})),
            "x1 + x_2",
            id="a glued name",
        ),
        pytest.param(
            r"\mathcal{L}",
            Notation(names=frozenset("L")),
            "L",
            id="a declared plain letter",
        ),
        pytest.param(
            r"\bar{A} \cup A^c",
            Notation(kinds=(("A", "event"),)),
            "Union(A_bar, complement(A))",
            id="an event's complement",
        ),
        pytest.param(
            r"\overline{A}",
            Notation(kinds=(("A", "event"),)),
            "complement(A)",
            id="a bar",
        ),
        pytest.param(
            r"2\frac12", Notation(mixed_numbers=False), "2*(1/2)", id="no mixed numbers"
        ),
        pytest.param(
            r"\pi x", Notation(names=frozenset({"pi"})), "pi*x", id="a declared pi"
        ),
    ],
)
def test_what_was_declared_comes_first(
    written: str, notation: Notation, meant: str
) -> None:
    assert to_python(read_latex(written, notation)) == meant
