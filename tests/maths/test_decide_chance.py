import pytest

from grader.maths.decide import decide
from grader.maths.finding import Truth
from grader.maths.reading import read_latex

EQUAL = [
    pytest.param(
        r"\text{Var}(X)", r"\mathbb{E}[X^2]-\mathbb{E}[X]^2", id="variance by moments"
    ),
    pytest.param(
        r"\mathbb{E}[aX+bY]", r"a\mathbb{E}[X]+b\mathbb{E}[Y]", id="linearity"
    ),
    pytest.param(r"\text{Var}(aX+b)", r"a^2\text{Var}(X)", id="variance scales"),
    pytest.param(
        r"\text{Var}(X+Y)",
        r"\text{Var}(X)+\text{Var}(Y)+2\text{Cov}(X,Y)",
        id="variance of a sum",
    ),
    pytest.param(r"\mathbb{E}[\mathbb{E}[X|Y]]", r"\mathbb{E}[X]", id="tower"),
    pytest.param(r"P(A|B)", r"\frac{P(B|A)P(A)}{P(B)}", id="Bayes for events"),
    pytest.param(r"P(A\cup B)", r"P(A)+P(B)-P(A\cap B)", id="inclusion, exclusion"),
    pytest.param(r"P(X>3)", r"1-P(X\le 3)", id="complement"),
    pytest.param(r"P(\neg A)", r"1-P(A)", id="a denied event"),
    pytest.param(r"P(X^2>9)", r"P(X>3)+P(X<-3)", id="both sides"),
    pytest.param(r"P(2<X\le 8)", r"P(X\le 8)-P(X\le 2)", id="between two values"),
    pytest.param(
        r"\mathbb{E}_p[g(x)]", r"\mathbb{E}_{x\sim p}[g(x)]", id="a law alone"
    ),
    pytest.param(
        r"\mathbb{E}_p[\log p(x)]", r"\int p(x)\log p(x) dx", id="a law of its own body"
    ),
    pytest.param(
        r"\nabla_\theta \mathbb{E}_{x\sim p_\theta}[g(x)]",
        r"\mathbb{E}_{x\sim p_\theta}[g(x)\nabla_\theta \log p_\theta(x)]",
        id="score of a law with a parameter",
    ),
    pytest.param(
        r"\mathbb{E}_{x\sim q_\phi}[\nabla_\phi\log q_\phi(x)]", "0", id="mean score"
    ),
    pytest.param(
        r"\nabla_\theta \mathbb{E}_{x\sim p}[g_\theta(x)]",
        r"\mathbb{E}_{x\sim p}[\nabla_\theta g_\theta(x)]",
        id="a parameter of the body alone",
    ),
    pytest.param(r"P(B^c)", r"1-P(B)", id="an event with a c above"),
    pytest.param(r"P(\bar B)", r"1-P(B)", id="an event with a bar"),
    pytest.param(r"P(\overline{A \cup B})", r"P(\bar A \cap \bar B)", id="de Morgan"),
    pytest.param(r"P(\neg A \cap B)", r"P(B) - P(A \cap B)", id="denial binds tightly"),
    pytest.param(r"p(x|z)", r"\frac{p(z|x)p(x)}{p(z)}", id="Bayes for densities"),
    pytest.param(r"p(x)", r"\int p(x|z)p(z) dz", id="marginal"),
    pytest.param(r"\int p(x) dx", "1", id="a density integrates to one"),
    pytest.param(
        r"\mathbb{E}_{x\sim p}[f(x)]", r"\int p(x) f(x) dx", id="mean as an integral"
    ),
    pytest.param(
        r"\mathbb{E}_{x\sim p}[f(x)]",
        r"\mathbb{E}_{x\sim q}\left[\frac{p(x)}{q(x)}f(x)\right]",
        id="importance weights",
    ),
    pytest.param(r"D_{KL}(p\|q)", r"\int p(x)\log\frac{p(x)}{q(x)}dx", id="divergence"),
    pytest.param(r"D_{KL}(p\|q)", r"H(p,q)-H(p)", id="cross entropy"),
    pytest.param(
        r"\log p(x)",
        r"\mathbb{E}_{q(z|x)}[\log\frac{p(x,z)}{q(z|x)}]+D_{KL}(q(z|x)\|p(z|x))",
        id="evidence and its lower bound",
    ),
    pytest.param(
        r"\operatorname{JS}(p\|q)",
        r"\frac12 D_{KL}(p\|\frac{p+q}{2})+\frac12D_{KL}(q\|\frac{p+q}{2})",
        id="Jensen and Shannon by mixtures",
    ),
    pytest.param(r"I(X;Y)", r"H(X)-H(X|Y)", id="information as lost entropy"),
    pytest.param(
        r"\log\prod_{i=1}^n p(x_i|\theta)",
        r"\sum_{i=1}^n\log p(x_i|\theta)",
        id="log likelihood",
    ),
    pytest.param(
        r"\mathbb{E}_{x\sim\mathcal{N}(\mu,\sigma^2)}[x^2]",
        r"\mu^2+\sigma^2",
        id="second moment of a normal law",
    ),
    pytest.param(
        r"\mathcal{N}(x;\mu,\sigma^2)",
        r"\frac{1}{\sqrt{2\pi\sigma^2}}e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
        id="normal density",
    ),
    pytest.param(
        r"D_{KL}(\mathcal N(\mu,\sigma^2)\|\mathcal N(0,1))",
        r"\frac12(\sigma^2+\mu^2-1-\ln\sigma^2)",
        id="divergence of normal laws",
    ),
    pytest.param(r"P(A^c|B)", r"1-P(A|B)", id="complement under a condition"),
    pytest.param(
        r"\sum_{i=1}^n\sum_{j=1}^m a_{ij}",
        r"\sum_{j=1}^m\sum_{i=1}^n a_{ij}",
        id="order of summation",
    ),
    pytest.param(r"\prod_i e^{x_i}", r"e^{\sum_i x_i}", id="product of exponentials"),
    pytest.param(
        r"\log\sum_i e^{x_i}", r"m+\log\sum_i e^{x_i-m}", id="shifted log-sum-exp"
    ),
]

DIFFERENT = [
    pytest.param(
        r"\text{Var}(X)", r"\mathbb{E}[X^2]-\mathbb{E}[X]", id="square forgotten"
    ),
    pytest.param(r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]", id="independence"),
    pytest.param(r"\text{Var}(aX+b)", r"a\text{Var}(X)", id="factor not squared"),
    pytest.param(r"P(A|B)", r"P(B|A)", id="condition and event swapped"),
    pytest.param(r"P(A\cup B)", r"P(A)+P(B)", id="overlap counted twice"),
    pytest.param(r"p(x|z)", r"p(z|x)", id="posterior and likelihood swapped"),
    pytest.param(r"p(x)", r"\int p(x|z) dz", id="prior forgotten"),
    pytest.param(r"D_{KL}(p\|q)", r"D_{KL}(q\|p)", id="divergence is not symmetric"),
    pytest.param(
        r"\mathbb{E}_{x\sim p}[f(x)]", r"\mathbb{E}_{x\sim q}[f(x)]", id="other law"
    ),
    pytest.param(
        r"\log p(x)",
        r"\mathbb{E}_{q(z|x)}[\log\frac{p(x,z)}{q(z|x)}]-D_{KL}(q(z|x)\|p(z|x))",
        id="sign of the gap",
    ),
    pytest.param(r"I(X;Y)", r"H(Y)-H(X|Y)", id="entropies mixed up"),
    pytest.param(r"P(\neg A)", r"P(A)", id="the denial lost"),
    pytest.param(r"P(X=2)", r"P(X=5)", id="another value"),
    pytest.param(r"P(X=b)", r"P(X=c)", id="another letter for a value"),
    pytest.param(r"P(X>40)", r"P(X>41)", id="another bound"),
    pytest.param(r"P(X>40)", r"P(X\ge 40)", id="the bound itself"),
    pytest.param(r"P(X>40)", "0", id="a bound far off"),
    pytest.param(r"P(X+Y=7)", r"P(X+Y=9)", id="another sum"),
    pytest.param(r"P(XY=7)", r"P(XY=9)", id="another product"),
    pytest.param(r"P(X^2>9)", r"P(X>3)", id="one side forgotten"),
    pytest.param(r"P(X=2|Y=0)", r"P(X=2|Y=1)", id="another condition"),
    pytest.param(r"\mathbb{E}[\max(X,30)]", "30", id="a bound that is passed"),
    pytest.param(r"\mathbb{E}_p[g(x)]", "g(x)", id="no mean taken"),
    pytest.param(r"\mathbb{E}_p[g(x)]", r"\mathbb{E}_q[g(x)]", id="another law"),
    pytest.param(r"\nabla_\theta p_\theta(x)", "0", id="a parameter below the name"),
    pytest.param(
        r"\nabla_\theta \mathbb{E}_{x\sim p_\theta}[g(x)]",
        r"\mathbb{E}_{x\sim p_\theta}[\nabla_\theta g(x)]",
        id="the law's own slope lost",
    ),
    pytest.param(
        r"\nabla_\phi D_{KL}(q_\phi(z|x)\|p(z))", "0", id="slope of a divergence"
    ),
    pytest.param(r"P(\neg (A \cap B))", r"P(\neg A \cap B)", id="denied too little"),
    pytest.param(
        r"\mathcal{N}(\mu,\sigma^2)", r"\mathcal{N}(\mu,\sigma)", id="not squared"
    ),
    pytest.param(r"\sum_{i=1}^n x_i", r"\sum_{i=0}^n x_i", id="one term too many"),
    pytest.param(
        r"\mathbb{E}_{x\sim p}[\log D(x)]+\mathbb{E}_{z\sim q}[\log(1-D(G(z)))]",
        r"\mathbb{E}_{x\sim p}[\log D(x)]-\mathbb{E}_{z\sim q}[\log(1-D(G(z)))]",
        id="sign in a game's value",
    ),
]


@pytest.mark.parametrize(("expected", "given"), EQUAL)
def test_what_holds_in_every_world_is_found_equal(expected: str, given: str) -> None:
    assert decide(read_latex(expected), read_latex(given)).equal


@pytest.mark.parametrize(("expected", "given"), DIFFERENT)
def test_what_fails_in_some_world_is_found_different(expected: str, given: str) -> None:
    assert decide(read_latex(expected), read_latex(given)).different


def test_a_bound_name_may_be_called_anything() -> None:
    expected = read_latex(r"\mathbb{E}_{x\sim p}[f(x)]")
    given = read_latex(r"\mathbb{E}_{y\sim p}[f(y)]")

    assert decide(expected, given).equal


def test_a_variable_that_is_not_said_leaves_the_question_open() -> None:
    expected = read_latex(r"\mathbb{E}_{q}[\log p(x|z)]")

    assert decide(expected, read_latex(r"\log p(x|z)")).truth is Truth.UNKNOWN


def test_a_law_that_is_not_said_leaves_the_question_open() -> None:
    expected = read_latex(r"\mathbb{E}[x]")
    given = read_latex(r"\sum_x x p(x)")

    assert decide(expected, given).truth is Truth.UNKNOWN
