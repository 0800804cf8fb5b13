"""A function's name and its arguments -> tree, or None where the number is wrong.

The names are those that Python, sympy, numpy and typed mathematics have in common.
"""

from collections.abc import Sequence
from typing import Final

from grader.maths.readers.binder_calls import (
    Builder,
    binder,
    derivative,
    items_of,
    limit,
    over_laws,
    sided_limit,
)
from grader.maths.readers.matrix_calls import matrix
from grader.maths.readers.names import UNARY, each
from grader.maths.tree import HEADS, Apply, Constant, Number, Text, Tree, number

_TWO: Final = number(2)


def build(name: str, args: Sequence[Tree]) -> Tree | None:
    """Return what the known function *name* makes of *args*."""
    head = SIMPLE.get(name)
    if head is None:
        return SPECIAL[name](args)
    fewest, most = HEADS[head]
    if len(args) < fewest or (most is not None and len(args) > most):
        return None
    return Apply(head, tuple(args))


def is_known(name: str) -> bool:
    """Say whether `build` knows *name*."""
    return name in SIMPLE or name in SPECIAL


def _interval(kind: str) -> Builder:
    def build_interval(args: Sequence[Tree]) -> Tree | None:
        ends = kind
        if len(args) == 4:  # noqa: PLR2004 - the number of parts
            left, right = (arg == Constant("true") for arg in args[2:])
            ends = ("(" if left else "[") + (")" if right else "]")
        elif len(args) != 2:  # noqa: PLR2004 - the number of parts
            return None
        return Apply("interval", (args[0], args[1], Text(ends)))

    return build_interval


def _log(args: Sequence[Tree]) -> Tree | None:
    match args:
        case [value]:
            return Apply("ln", (value,))
        case [value, base]:
            return Apply("log", (value, base))
        case _:
            return None


def _fixed(head: str, *more: Tree) -> Builder:
    """Build a head of one argument that takes *more*, always the same."""
    return lambda args: Apply(head, (*args, *more)) if len(args) == 1 else None


def _relation(head: str) -> Builder:
    return lambda args: Apply(head, tuple(args)) if len(args) == 2 else None  # noqa: PLR2004 - the number of parts


def _denied(head: str) -> Builder:
    return lambda args: Apply("not", (Apply(head, tuple(args)),)) if args else None


def _piecewise(args: Sequence[Tree]) -> Tree | None:
    pieces = [items_of(arg) for arg in args]
    if not pieces or any(piece is None or len(piece) != 2 for piece in pieces):  # noqa: PLR2004 - the number of parts
        return None
    rows = []
    for piece in pieces:
        value, condition = piece or ()
        last = condition == Constant("true")
        rows.append(Apply("tuple", (value,) if last else (value, condition)))
    return Apply("cases", tuple(rows))


def _sum_or_list(args: Sequence[Tree]) -> Tree | None:
    items = items_of(args[0]) if len(args) == 1 else None
    return Apply("add", items) if items else binder("sum")(args)


def _spread(head: str) -> Builder:
    """Build `max(a, b)` and `max([a, b])` alike."""

    def build_spread(args: Sequence[Tree]) -> Tree | None:
        items = items_of(args[0]) if len(args) == 1 else None
        found = tuple(args) if items is None else items
        return Apply(head, found) if found else None

    return build_spread


def _permutations(args: Sequence[Tree]) -> Tree | None:
    if len(args) != 2:  # noqa: PLR2004 - the number of parts
        return None
    rest = Apply("add", (args[0], Apply("neg", (args[1],))))
    return Apply("div", (Apply("factorial", (args[0],)), Apply("factorial", (rest,))))


def _rational(args: Sequence[Tree]) -> Tree | None:
    match args:
        case [Number() as only]:
            return only
        case [top, bottom]:
            return Apply("div", (top, bottom))
        case _:
            return None


def _itself(args: Sequence[Tree]) -> Tree | None:
    return args[0] if len(args) == 1 else None


def _root(args: Sequence[Tree]) -> Tree | None:
    return Apply("root", tuple(args)) if len(args) == 2 else None  # noqa: PLR2004 - the number of parts


def _size(head: str) -> Builder:
    """Build `eye(3)`, `zeros(2, 3)` and `zeros((2, 3))`."""

    def build_size(args: Sequence[Tree]) -> Tree | None:
        items = items_of(args[0]) if len(args) == 1 else None
        found = tuple(args) if items is None else items
        most = HEADS[head][1] or 0
        return Apply(head, found) if len(found) <= most else None

    return build_size


# heads that have no sign of their own: written as calls, read back as calls
BY_NAME: Final = frozenset(
    each(
        "index prime given probability variance covariance kl js tv entropy normal bernoulli "
        "mutual_information uniform distributed indicator inner rank diag hadamard kronecker "
        "dot cross gradient divergence laplacian argmax argmin extremum_max extremum_min "
        "compose approx proportional equivalent much_less much_greater not_in owns not_owns subset "
        "subset_eq superset superset_eq tends_to defined_as for_all exists where at quantity "
        "pair_or_interval listing set_builder percent degrees plus_minus minus_plus norm "
        "transpose adjoint inverse complement xor mod chain iff implies det trace "
        "softplus relu logit sigmoid lngamma digamma polygamma erfinv dirac"
    )
)

SIMPLE: Final[dict[str, str]] = {
    **{name: name for name in BY_NAME},
    **UNARY,
    "Lambda": "lambda", "List": "list",
    "Abs": "abs", "abs": "abs", "fabs": "abs", "absolute": "abs",
    "floor": "floor", "ceil": "ceil", "ceiling": "ceil", "round": "round",
    "re": "re", "Re": "re", "im": "im", "Im": "im", "conj": "conj", "conjugate": "conj",
    "power": "pow", "pow": "pow", "Pow": "pow", "divide": "div", "negative": "neg",
    "Add": "add", "Mul": "mul", "add": "add", "multiply": "mul",
    "factorial": "factorial", "factorial2": "factorial2", "binomial": "binomial",
    "binom": "binomial", "choose": "binomial", "nCr": "binomial", "comb": "binomial",
    "mod": "mod", "Mod": "mod", "atan2": "atan2", "arctan2": "atan2", "Gamma": "gamma",
    "gamma": "gamma", "loggamma": "lngamma", "lngamma": "lngamma", "digamma": "digamma",
    "polygamma": "polygamma", "beta": "beta", "Beta": "beta", "zeta": "zeta",
    "erfinv": "erfinv", "sigmoid": "sigmoid", "expit": "sigmoid", "logit": "logit",
    "softplus": "softplus", "relu": "relu", "ReLU": "relu", "Heaviside": "heaviside",
    "heaviside": "heaviside", "DiracDelta": "dirac", "norm": "norm", "inner": "inner",
    "dot": "dot", "cross": "cross", "transpose": "transpose", "Transpose": "transpose",
    "Trace": "trace", "adjoint": "adjoint", "Adjoint": "adjoint", "inv": "inverse",
    "Inverse": "inverse", "Determinant": "det", "diag": "diag", "kron": "kronecker",
    "HadamardProduct": "hadamard", "And": "and", "Or": "or", "Not": "not", "Xor": "xor",
    "Implies": "implies", "Equivalent": "iff", "Union": "union",
    "Intersection": "intersection", "Complement": "set_minus",
    "SymmetricDifference": "symmetric_difference", "Tuple": "tuple",
    "Var": "variance",
    "var": "variance", "Variance": "variance", "Cov": "covariance", "Pr": "probability",
    "Covariance": "covariance", "Probability": "probability", "KL": "kl", "JS": "js",
    "JSD": "js", "TV": "tv", "entropy": "entropy", "normal_pdf": "normal_pdf",
    "normal_cdf": "normal_cdf", "Quantity": "quantity", "grad": "gradient",
    "Contains": "in",
}  # fmt: skip

SPECIAL: Final[dict[str, Builder]] = {
    "log": _log,
    "Log": _log,
    "LN": _log,
    "LOG": _log,
    "log10": _fixed("log", number(10)),
    "lg": _fixed("log", number(10)),
    "log2": _fixed("log", _TWO),
    "log1p": lambda args: (
        Apply("ln", (Apply("add", (number(1), args[0])),)) if len(args) == 1 else None
    ),
    "expm1": lambda args: (
        Apply("add", (Apply("exp", tuple(args)), number(-1)))
        if len(args) == 1
        else None
    ),
    "sqrt": _fixed("root", _TWO),
    "square": _fixed("pow", _TWO),
    "cbrt": _fixed("root", number(3)),
    "root": _root,
    "real_root": _root,
    "nthroot": _root,
    "max": _spread("max"),
    "Max": _spread("max"),
    "maximum": _spread("max"),
    "min": _spread("min"),
    "Min": _spread("min"),
    "minimum": _spread("min"),
    "gcd": _spread("gcd"),
    "lcm": _spread("lcm"),
    "igcd": _spread("gcd"),
    "ilcm": _spread("lcm"),
    "Nand": _denied("and"),
    "Nor": _denied("or"),
    "cis": lambda args: (
        Apply("exp", (Apply("mul", (Constant("i"), args[0])),))
        if len(args) == 1
        else None
    ),
    "nPr": _permutations,
    "perm": _permutations,
    "Rational": _rational,
    "Integer": _itself,
    "Float": _itself,
    "S": _itself,
    "float": _itself,
    "expectation": over_laws("expectation"),
    "Expectation": over_laws("expectation"),
    "limit_above": sided_limit("+"),
    "limit_below": sided_limit("-"),
    "Eq": _relation("eq"),
    "Equality": _relation("eq"),
    "Ne": _relation("ne"),
    "Lt": _relation("lt"),
    "Le": _relation("le"),
    "Gt": _relation("gt"),
    "Ge": _relation("ge"),
    "Matrix": matrix,
    "ImmutableMatrix": matrix,
    "array": matrix,
    "FiniteSet": lambda args: (
        Apply("set", tuple(args)) if args else Constant("empty_set")
    ),
    "Interval": _interval("[]"),
    "Interval.open": _interval("()"),
    "Interval.Lopen": _interval("(]"),
    "Interval.Ropen": _interval("[)"),
    "Sum": binder("sum"),
    "summation": binder("sum"),
    "sum": _sum_or_list,
    "Product": binder("product"),
    "product": binder("product"),
    "prod": binder("product"),
    "Integral": binder("integral"),
    "integrate": binder("integral"),
    "integral": binder("integral"),
    "int": binder("integral"),
    "Derivative": derivative("derivative"),
    "diff": derivative("derivative"),
    "partial_derivative": derivative("partial"),
    "Limit": limit,
    "limit": limit,
    "lim": limit,
    "Piecewise": _piecewise,
    "eye": _size("identity"),
    "Identity": _size("identity"),
    "identity": _size("identity"),
    "zeros": _size("zeros"),
    "ZeroMatrix": _size("zeros"),
    "ones": _size("ones"),
}
