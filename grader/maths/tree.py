"""One small, typed, immutable tree: what every reader makes and every judge takes.

Five kinds of node, and no more. Everything with arguments is an `Apply` whose head
is one of the words in `HEADS`; a reader that meets anything else says so to the
student instead of inventing a head. The tree keeps what was written (`div`, `neg`
and `root` are not folded into `mul` and `pow`), so that form can be asked about;
`grader.maths.normal` forgets those differences.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Number:
    """An exact rational. A decimal is one, too: *text* keeps how it was typed."""

    value: Fraction
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name: `x`, `theta`, `x_1`, `theta_hat`, `p_data`; case counts."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A fixed value by name, one of `CONSTANTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand for themselves: a choice, a label, `true almost surely`."""

    value: str


@dataclass(frozen=True, slots=True)
class Apply:
    """A head and its arguments, in the order in which they were written."""

    head: str
    args: "tuple[Tree, ...]"


Tree = Number | Symbol | Constant | Text | Apply

CONSTANTS: Final = frozenset(
    {"pi", "e", "i", "oo", "zoo", "nan", "euler_gamma", "true", "false", "empty_set"}
    | {"naturals", "integers", "rationals", "reals", "complexes"}
)

# head -> the fewest and the most arguments (None: as many as one likes)
HEADS: Final[dict[str, tuple[int, int | None]]] = {
    # arithmetic; `mul` keeps its order, since matrices do not commute
    "add": (0, None),
    "mul": (0, None),
    "neg": (1, 1),
    "div": (2, 2),
    "pow": (2, 2),
    "root": (2, 2),  # radicand, degree: the real root where there is one
    "plus_minus": (1, 2),
    "minus_plus": (1, 2),
    "factorial": (1, 1),
    "factorial2": (1, 1),
    "binomial": (2, 2),
    "mod": (2, 2),
    "percent": (1, 1),
    "degrees": (1, 1),
    # functions of one number
    **dict.fromkeys(
        ["exp", "ln", "abs", "sign", "floor", "ceil", "round", "re", "im", "conj"]  # noqa: RUF005 - one list on several lines
        + ["arg", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan"]
        + ["acot", "asec", "acsc", "sinh", "cosh", "tanh", "coth", "sech", "csch"]
        + ["asinh", "acosh", "atanh", "acoth", "asech", "acsch", "gamma", "lngamma"]
        + ["digamma", "zeta", "erf", "erfc", "erfinv", "sigmoid", "softplus", "relu"]
        + ["heaviside", "dirac", "logit", "normal_pdf", "normal_cdf"],
        (1, 1),
    ),
    "log": (2, 2),  # value, base
    "atan2": (2, 2),
    "beta": (2, 2),
    "polygamma": (2, 2),
    "max": (1, None),
    "min": (1, None),
    "gcd": (1, None),
    "lcm": (1, None),
    "norm": (1, 2),  # vector or matrix, order
    "inner": (2, 2),
    # a function by name: the callee first
    "call": (1, None),
    "prime": (2, 2),  # function or expression, how many
    "index": (2, None),  # what, then each index: x_i, A_{ij}
    "compose": (2, None),
    "lambda": (2, None),  # the bound symbols, then the body
    # binders: the body, then tuples (symbol[, low, high])
    "sum": (1, None),
    "product": (1, None),
    "integral": (1, None),
    "limit": (3, 4),  # body, symbol, where, Text("+" | "-")
    "derivative": (2, None),  # body, then symbol or tuple (symbol, order)
    "partial": (2, None),
    "gradient": (1, 2),  # body, symbol
    "divergence": (1, 2),
    "laplacian": (1, 2),
    "argmax": (1, 2),
    "argmin": (1, 2),
    "extremum_max": (1, 2),  # max over a bound symbol: body, symbol or membership
    "extremum_min": (1, 2),
    # probability: an expectation's body, then tuples (symbol, law)
    "expectation": (1, None),
    "variance": (1, None),
    "covariance": (2, None),
    "probability": (1, 1),
    "given": (2, 2),  # event or variables, condition
    "entropy": (1, 1),
    "kl": (2, 2),
    "js": (2, 2),
    "tv": (2, 2),
    "mutual_information": (2, 3),
    "normal": (2, 3),  # mean, covariance; with three: the density at the first
    "bernoulli": (1, 1),
    "uniform": (1, 2),
    "distributed": (2, 2),
    "indicator": (1, 1),
    # linear algebra; a matrix is rows of cells
    "matrix": (0, None),
    "row": (0, None),
    "transpose": (1, 1),
    "adjoint": (1, 1),
    "inverse": (1, 1),
    "det": (1, 1),
    "trace": (1, 1),
    "rank": (1, 1),
    "diag": (1, None),
    "identity": (0, 1),
    "zeros": (0, 2),
    "ones": (0, 2),
    "hadamard": (2, None),
    "kronecker": (2, None),
    "dot": (2, None),
    "cross": (2, 2),
    # relations and logic
    **dict.fromkeys(
        ["eq", "ne", "lt", "le", "gt", "ge", "approx", "proportional", "equivalent"]  # noqa: RUF005 - one list on several lines
        + ["much_less", "much_greater", "in", "not_in", "subset", "subset_eq"]
        + ["owns", "not_owns"]  # A ∋ x
        + ["implies", "iff", "tends_to", "defined_as", "superset", "superset_eq"],
        (2, 2),
    ),
    "chain": (3, None),  # a, Text("le"), b, Text("eq"), c ...
    "and": (0, None),
    "or": (0, None),
    "not": (1, 1),
    "xor": (2, None),
    "for_all": (2, 2),
    "exists": (2, 2),
    "where": (2, 2),  # a statement and its side condition
    "at": (2, 2),  # an expression and the equation that says where
    # collections
    "tuple": (0, None),
    "list": (0, None),
    "set": (0, None),
    "set_builder": (2, 2),
    "listing": (2, None),  # a, b, c without brackets: the other side decides
    "interval": (3, 3),  # low, high, Text("[]" | "[)" | "(]" | "()")
    "pair_or_interval": (2, 2),  # (a, b): the other side decides
    "union": (1, None),
    "intersection": (1, None),
    "set_minus": (2, 2),
    "symmetric_difference": (2, 2),
    "complement": (1, 1),
    "cases": (1, None),  # tuples (value, condition); a last one without condition
    # what a unit is stays words
    "quantity": (2, 2),
}


def symbols_of(tree: Tree) -> frozenset[str]:
    """Return every name in *tree*, bound ones included."""
    found: set[str] = set()
    stack: list[Tree] = [tree]
    while stack:
        node = stack.pop()
        match node:
            case Symbol(name):
                found.add(name)
            case Apply(_, args):
                stack.extend(args)
            case _:
                pass
    return frozenset(found)


def number(value: int | Fraction) -> Number:
    """Return the node of an exact number."""
    return Number(Fraction(value))


def apply(head: str, *args: Tree) -> Apply:
    """Return `Apply` with its arguments written out."""
    return Apply(head, args)
