"""The marks of typed mathematics, for the printer of lines."""

from collections.abc import Sequence
from typing import Final

from grader.maths.printers.linear_printing import (
    ATOM,
    LOGIC_POWERS,
    Line,
    Marks,
    Printed,
    Special,
    limit,
    matrix,
    over_bounds,
    piecewise,
)
from grader.maths.readers.parser import (
    INTERSECTION,
    POSTFIX,
    PRODUCT,
    RELATION,
    SUM,
    UNION,
)
from grader.maths.tree import Apply, Symbol, Text, Tree

RELATIONS: Final[dict[str, str]] = {
    "eq": "=",
    "ne": "≠",
    "lt": "<",
    "le": "≤",
    "gt": ">",
    "ge": "≥",
    "approx": "≈",
    "proportional": "∝",
    "equivalent": "≡",
    "much_less": "≪",
    "much_greater": "≫",
    "in": "∈",
    "not_in": "∉",
    "owns": "∋",
    "not_owns": "∌",
    "subset": "⊂",
    "subset_eq": "⊆",
    "superset": "⊃",
    "superset_eq": "⊇",
    "tends_to": "→",
    "defined_as": ":=",
    "distributed": "~",
}


def _factorial(line: Line, args: Sequence[Tree]) -> Printed:
    return f"{line.show(args[0], POSTFIX)}!", POSTFIX


def _percent(line: Line, args: Sequence[Tree]) -> Printed:
    single = isinstance(args[0], Symbol)
    inner = f"({line.show(args[0])})" if single else line.show(args[0], POSTFIX)
    return f"{inner}%", POSTFIX


def _degrees(line: Line, args: Sequence[Tree]) -> Printed:
    return f"{line.show(args[0], POSTFIX)}°", POSTFIX


def _plus_minus(sign: str) -> Special:
    def print_plus_minus(line: Line, args: Sequence[Tree]) -> Printed:
        if len(args) == 1:
            return f"{sign}{line.show(args[0], PRODUCT)}", SUM
        return f" {sign} ".join(line.show(arg, SUM) for arg in args), SUM

    return print_plus_minus


def _pair(line: Line, args: Sequence[Tree]) -> Printed:
    return f"({line.items(args)})", ATOM


def _tuple(line: Line, args: Sequence[Tree]) -> Printed:
    return _pair(line, args) if len(args) > 2 else line.named("Tuple", args)  # noqa: PLR2004 - the number of parts


def _list(line: Line, args: Sequence[Tree]) -> Printed:
    if len(args) < 3:  # noqa: PLR2004 - the number of parts
        return line.named("List", args)
    return f"[{line.items(args)}]", ATOM


def _set(line: Line, args: Sequence[Tree]) -> Printed:
    return f"{{{line.items(args)}}}", ATOM


def _set_builder(line: Line, args: Sequence[Tree]) -> Printed:
    return f"{{{line.show(args[0])} | {line.show(args[1])}}}", ATOM


def interval(line: Line, args: Sequence[Tree]) -> Printed:
    """Return an interval; `]a, b[` is open, since `(a, b)` may be a pair."""
    low, high, ends = args
    marks = ends.value if isinstance(ends, Text) else "[]"
    left, right = ("]", "[") if marks == "()" else (marks[0], marks[1])
    return f"{left}{line.show(low)}, {line.show(high)}{right}", ATOM


def _chain(line: Line, args: Sequence[Tree]) -> Printed:
    out = []
    for arg in args:
        sign = RELATIONS.get(arg.value) if isinstance(arg, Text) else None
        out.append(sign or line.show(arg, RELATION))
    return " ".join(out), RELATION


def _call(line: Line, args: Sequence[Tree]) -> Printed:
    function, *values = args
    inside = _inside(line, values)
    match function:
        case Apply("inverse", (Symbol(name),)):
            return f"{name}^(-1)({inside})", ATOM
        case _:
            return f"{line.show(function, POSTFIX - 1)}({inside})", ATOM


def _inside(line: Line, values: Sequence[Tree]) -> str:
    """Return arguments, with a bar where one is a condition."""
    match values:
        case [Apply("given", (left, right))]:
            return f"{_side(line, left)} | {_side(line, right)}"
        case _:
            return line.items(values)


def _side(line: Line, side: Tree) -> str:
    match side:
        case Apply("tuple", (_, _, *_) as parts):
            return line.items(parts)
        case _:
            return line.show(side)


def _probability(line: Line, args: Sequence[Tree]) -> Printed:
    return f"Pr({_inside(line, args)})", ATOM


def _prime(line: Line, args: Sequence[Tree]) -> Printed:
    function, count = args
    primes = "'" * int(count.value) if hasattr(count, "value") else "'"
    return f"{line.show(function, POSTFIX)}{primes}", POSTFIX


def _index(line: Line, args: Sequence[Tree]) -> Printed:
    base, *indices = args
    inner = ", ".join(line.show(index) for index in indices)
    return f"{line.show(base, ATOM - 1)}_{{{inner}}}", POSTFIX + 1


TEXT: Final = Marks(
    power="^",
    constants={
        "pi": "pi",
        "e": "e",
        "i": "i",
        "oo": "oo",
        "empty_set": "{}",
        "naturals": "ℕ",
        "integers": "ℤ",
        "rationals": "ℚ",
        "reals": "ℝ",
        "complexes": "ℂ",
    },
    spare={"e": "ⅇ", "i": "ⅈ", "pi": "π", "oo": "∞"},
    names={
        "asin": "arcsin",
        "acos": "arccos",
        "atan": "arctan",
        "set_minus": "Complement",
    }
    | {"lambda": "Lambda", "derivative": "diff", "identity": "Identity"}
    | {"symmetric_difference": "SymmetricDifference", "sign": "sign"}
    | {"variance": "Var", "covariance": "Cov", "kl": "KL"},
    relations=RELATIONS,
    logic={
        "and": ("and", LOGIC_POWERS["and"]),
        "or": ("or", LOGIC_POWERS["or"]),
        "implies": ("=>", LOGIC_POWERS["implies"]),
        "iff": ("<=>", LOGIC_POWERS["iff"]),
        "mod": ("mod", PRODUCT),
        "union": ("∪", UNION),
        "intersection": ("∩", INTERSECTION),
    },
    special={
        "factorial": _factorial,
        "plus_minus": _plus_minus("±"),
        "minus_plus": _plus_minus("∓"),
        "percent": _percent,
        "degrees": _degrees,
        "pair_or_interval": _pair,
        "tuple": _tuple,
        "list": _list,
        "set": _set,
        "set_builder": _set_builder,
        "interval": interval,
        "chain": _chain,
        "call": _call,
        "probability": _probability,
        "prime": _prime,
        "index": _index,
        "cases": piecewise,
        "matrix": matrix,
        "sum": over_bounds("Sum"),
        "product": over_bounds("Product"),
        "integral": over_bounds("Integral"),
        "expectation": over_bounds("expectation"),
        "derivative": over_bounds("diff"),
        "partial": over_bounds("partial_derivative"),
        "limit": limit,
    },
)
