import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.typeset import to_mathml


def shape(latex: str) -> str:
    """Return the typeset text, each script and fraction in brackets of its own."""
    typeset = to_mathml(latex)
    assert typeset is not None
    return _shape(ET.fromstring(typeset))  # noqa: S314 - our own output


def _shape(node: ET.Element) -> str:
    inside = "".join(_shape(child) for child in node)
    if node.tag in {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace"}:
        return (node.text or "") + inside
    return f"{node.tag}[{'|'.join(_shape(child) for child in node)}]"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        pytest.param("f^{-1}(x)", "msup[f|−1](x)", id="an inverse"),
        pytest.param("x_0^2", "msubsup[x|0|2]", id="both scripts"),
        pytest.param("x^2_0", "msubsup[x|0|2]", id="both scripts, turned"),
        pytest.param("f''", "msup[f|′′]", id="primes"),
        pytest.param(r"\frac{1}{2}", "mfrac[1|2]", id="a fraction"),
        pytest.param(r"\frac12", "mfrac[1|2]", id="digits run together"),
        pytest.param(r"\sqrt[3]{x}", "mroot[x|3]", id="a root"),
        pytest.param(r"\sum_{i=1}^n i", "munderover[∑|i=1|n]i", id="a sum"),
        pytest.param(r"\mathbb{R}^3", "msup[ℝ|3]", id="the reals"),
        pytest.param(r"\hat\theta", "mover[θ|^]", id="a hat"),
        pytest.param(r"\left(\tfrac{a}{b}\right.", "(mfrac[a|b]", id="one fence"),
        pytest.param(r"D_{\text{KL}}(p\|q)", "msub[D|KL](p‖q)", id="a divergence"),
        pytest.param("a<b", "a<b", id="a sign that HTML minds"),
        pytest.param(
            r"\begin{pmatrix}1&0\\0&1\end{pmatrix}",
            "(mtable[mtr[mtd[1]|mtd[0]]|mtr[mtd[0]|mtd[1]]])",
            id="a matrix",
        ),
        pytest.param(
            r"\begin{aligned}a&=b\\&=c\\\end{aligned}",
            "mtable[mtr[mtd[a]|mtd[=b]]|mtr[mtd[]|mtd[=c]]]",
            id="aligned lines",
        ),
    ],
)
def test_what_was_typed_is_what_is_shown(latex: str, expected: str) -> None:
    assert shape(latex) == expected


@pytest.mark.parametrize(
    "latex",
    [
        pytest.param(r"\href{javascript:alert(1)}{x}", id="a link"),
        pytest.param(r"\def\x{\x\x}\x", id="a macro"),
        pytest.param(r"\frac{1}", id="an argument short"),
        pytest.param("{" * 500, id="braces that never close"),
        pytest.param("{" * 500 + "}" * 500, id="braces in braces"),
        pytest.param(r"\left(" * 500, id="fences in fences"),
        pytest.param(r"\sqrt" * 1500, id="roots in roots"),
        pytest.param("x" * 100_000, id="too long"),
        pytest.param(r"\begin{html}x\end{html}", id="an environment of no mathematics"),
        pytest.param("}", id="a brace too many"),
        pytest.param("x^", id="a script without an end"),
    ],
)
def test_what_cannot_be_typeset_is_left_as_code(latex: str) -> None:
    assert to_mathml(latex) is None


WORDS = r"\frac \sqrt \left \right \\ \begin{cases} \end{cases} \text \mathbb \hat \sum"
SIGNS = "xy12+-=<>&'\"{}[]()^_ |~#\x00\u202e"
pieces = st.sampled_from([*WORDS.split(), *SIGNS, r"\{", r"\,", r"\not", r"\tag"])


@given(latex=st.lists(pieces, max_size=40).map("".join))
def test_whatever_is_typeset_is_well_formed(latex: str) -> None:
    typeset = to_mathml(latex)

    assert typeset is None or ET.fromstring(typeset).tag == "math"  # noqa: S314 - ours
