"""Trees -> what deciding must know before it starts: free names, heads, domains."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Final

from grader.maths.domain import COMPLEX, INTEGER, NATURAL, REAL, Domain, Kind
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree

BINDERS: Final = frozenset({"sum", "product", "integral", "expectation"})
"""Heads whose tuples after the body bind the symbol that they begin with."""

TRAILING_BINDERS: Final = frozenset(
    {"limit", "argmax", "argmin", "extremum_max", "extremum_min"}
)
"""Heads whose second argument is the symbol that they bind."""

WIDE_HEADS: Final = frozenset(
    {"abs", "max", "min", "floor", "ceil", "round", "mod", "sign", "cases", "root"}
    | {"heaviside", "relu", "indicator", "norm", "atan2", "arg"}
)
"""Heads that may change their course far from the origin."""

COMPLEX_HEADS: Final = frozenset({"re", "im", "conj", "arg", "adjoint"})
"""Heads that say little of real numbers: their free names are complex."""

NATURAL_WITH_ZERO: Final = Domain(kind=Kind.INTEGER, low=Fraction(0), low_closed=True)
LENGTH: Final = Domain(
    kind=Kind.INTEGER,
    low=Fraction(1),
    low_closed=True,
    high=Fraction(11),
    high_closed=True,
)
"""How far a sum goes when its end is a letter."""

HINTED_HEADS: Final = {
    **dict.fromkeys(["factorial", "factorial2", "binomial"], NATURAL_WITH_ZERO),
    **dict.fromkeys(["gcd", "lcm"], NATURAL),
    "index": LENGTH,
}
"""Heads whose arguments are integers."""

RELATIONS: Final = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "chain"})
KINKED_HEADS: Final = (
    RELATIONS
    | {"abs", "sign", "max", "min", "relu", "heaviside"}
    | {
        "floor",
        "ceil",
        "round",
        "mod",
    }
)
"""Heads that change their course, the last four where their argument is whole."""

ENTRY: Final = "entry of a product"
"""Stands among the heads where a product is indexed: numbers have no entries."""

HALF: Final = Number(Fraction(1, 2))
NONE: Final = Number(Fraction(0))
HALVES: Final = (HALF, Apply("div", (Number(Fraction(1)), Number(Fraction(2)))))
MOST_KINKS: Final = 12


@dataclass(frozen=True, slots=True)
class Kink:
    """An argument at whose zeros something happens, and whether the zero counts."""

    argument: Tree
    at_zero: bool


@dataclass(slots=True)
class Survey:
    """What was seen while walking two trees."""

    free: set[str]
    heads: set[str]
    hints: dict[str, Domain]
    kinks: list[Kink]
    bits: int = 0
    imaginary: bool = False
    antiderivative_in: str | None = None
    inverted: set[str] = field(default_factory=set)

    @property
    def wide(self) -> bool:
        """Whether points far from the origin may tell more."""
        estimated = not self.heads.isdisjoint({"integral", "limit"})
        return not estimated and not self.heads.isdisjoint(WIDE_HEADS)

    def domains(self, setting: Setting) -> Mapping[str, Domain]:
        """Return the domain of every free name: declared, hinted at, or real."""
        usual = REAL
        if setting.complex_numbers or not self.heads.isdisjoint(COMPLEX_HEADS):
            usual = COMPLEX
        return {
            name: setting.domains.get(name) or self.hints.get(name) or usual
            for name in self.free
        }


def survey(*trees: Tree) -> Survey:
    """Walk *trees* and note what they are made of."""
    seen = Survey(set(), set(), {}, [])
    for tree in trees:
        _walk(tree, frozenset(), seen)
    return seen


def _walk(tree: Tree, bound: frozenset[str], seen: Survey) -> None:
    match tree:
        case Symbol(name):
            if name not in bound:
                seen.free.add(name)
        case Number(value):
            seen.bits += value.numerator.bit_length() + value.denominator.bit_length()
        case Constant("i"):
            seen.imaginary = True
        case Apply(head, args):
            seen.heads.add(head)
            _hint(head, args, bound, seen)
            _descend(head, args, bound, seen)
        case _:
            pass


def _descend(
    head: str, args: tuple[Tree, ...], bound: frozenset[str], seen: Survey
) -> None:
    if head in BINDERS:
        _note_antiderivative(head, args, seen)
        inner = bound
        for binder in args[:0:-1]:
            for part in binder.args[1:] if isinstance(binder, Apply) else ():
                _walk(part, inner, seen)
            inner = inner | names_bound_by(head, binder)
        _walk(args[0], inner, seen)
        return
    if head == "call":
        args = args[1:] if isinstance(args[0], Symbol) else args
    elif head == "lambda":
        bound, args = bound | bound_names(args[:-1]), args[-1:]
    elif head in TRAILING_BINDERS:
        bound = bound | bound_names(args[1:2])
    for arg in args:
        _walk(arg, bound, seen)


def _note_antiderivative(head: str, args: tuple[Tree, ...], seen: Survey) -> None:
    match args:
        case (_, Apply("tuple", (Symbol(name),))) if head == "integral":
            seen.antiderivative_in = name
            seen.free.add(name)  # it varies in the variable, whatever its body holds
        case _:
            pass


def names_bound_by(head: str, binder: Tree) -> frozenset[str]:
    """Return what a binder binds; an integral without limits leaves its name free."""
    if head == "integral" and isinstance(binder, Apply) and len(binder.args) == 1:
        return frozenset()
    return bound_names((binder,))


def bound_names(binders: Iterable[Tree]) -> frozenset[str]:
    """Return the names that binders bind: a symbol, or a tuple that begins with one."""
    names: set[str] = set()
    for binder in binders:
        match binder:
            case Symbol(name):
                names.add(name)
            case Apply("tuple" | "in", (Symbol(name), *_)):
                names.add(name)
            case _:
                pass
    return frozenset(names)


def _hint(
    head: str, args: tuple[Tree, ...], bound: frozenset[str], seen: Survey
) -> None:
    """Note what the surroundings of a name say about its values."""
    if head in {"sum", "product"}:
        for binder in args[1:]:
            if isinstance(binder, Apply):
                _mark(binder.args[1:], LENGTH, bound, seen)
    elif head in HINTED_HEADS:
        marked = _indices(args, seen) if head == "index" else args
        _mark(marked, HINTED_HEADS[head], bound, seen)
    elif head == "root":
        _note_root(args[0], bound, seen)
    elif head == "pow":
        _hint_power(args, bound, seen)
    elif head in KINKED_HEADS:
        _note_kinks(head, args, bound, seen)


def _indices(args: tuple[Tree, ...], seen: Survey) -> tuple[Tree, ...]:
    whole, *places = args
    if isinstance(whole, Apply) and whole.head in {"mul", "dot"}:
        seen.heads.add(ENTRY)
    return tuple(places)


def _note_root(radicand: Tree, bound: frozenset[str], seen: Survey) -> None:
    """Note that the root of a square is an absolute value."""
    match radicand:
        case Apply("pow", (base, exponent)) if (whole_number(exponent) or 1) % 2 == 0:
            _note_kinks("abs", (base,), bound, seen)
        case Apply("mul" | "div", factors):
            for factor in factors:
                _note_root(factor, bound, seen)
        case _:
            pass


def _note_kinks(
    head: str, args: tuple[Tree, ...], bound: frozenset[str], seen: Survey
) -> None:
    """Note where an absolute value, a maximum or a relation may change its course."""
    if bound or len(seen.kinks) >= MOST_KINKS:
        return
    if len(args) == 1 or head == "mod":
        shift = HALF if head == "round" else NONE
        seen.kinks.append(Kink(Apply("add", (args[0], shift)), at_zero=False))
        return
    numbers = [arg for arg in args if not isinstance(arg, Text)]
    for one, other in pairwise(numbers):
        gap = Apply("add", (one, Apply("neg", (other,))))
        seen.kinks.append(Kink(gap, at_zero=head in RELATIONS))


def _hint_power(args: tuple[Tree, ...], bound: frozenset[str], seen: Survey) -> None:
    base, exponent = args
    if exponent in HALVES:
        _note_root(base, bound, seen)
    if is_negative(exponent):
        _note_inverted(base, seen)
    if is_negative(base):
        _mark((exponent,), INTEGER, bound, seen)
    if isinstance(base, Number) and (whole := whole_number(exponent)) is not None:
        seen.bits += min(base.value.numerator.bit_length(), 64) * min(abs(whole), 1000)


def _note_inverted(base: Tree, seen: Survey) -> None:
    """Note the capitals under an exponent of -1, all of a product's if it is one."""
    factors = base.args if isinstance(base, Apply) and base.head == "mul" else (base,)
    names = [each.name for each in factors if isinstance(each, Symbol)]
    if len(names) == len(factors) and all(name[:1].isupper() for name in names):
        seen.inverted.update(names)


def is_negative(tree: Tree) -> bool:
    """Return whether *tree* is a negative number as written."""
    match tree:
        case Number(value):
            return value < 0
        case Apply("neg", (Number(value),)):
            return value > 0
        case _:
            return False


def whole_number(tree: Tree) -> int | None:
    """Return the integer that *tree* is as written, if it is one."""
    match tree:
        case Number(value) if value.denominator == 1:
            return int(value)
        case Apply("neg", (Number(value),)) if value.denominator == 1:
            return -int(value)
        case _:
            return None


def _mark(
    trees: Iterable[Tree], domain: Domain, bound: frozenset[str], seen: Survey
) -> None:
    """Hint *domain* for the names in a sum or product of names and numbers."""
    for tree in trees:
        match tree:
            case Symbol(name) if name not in bound:
                known = seen.hints.get(name)
                if known is None or known is INTEGER:
                    seen.hints[name] = domain
            case Apply("add" | "mul" | "neg" | "div", args):
                _mark(args, domain, bound, seen)
            case _:
                pass
