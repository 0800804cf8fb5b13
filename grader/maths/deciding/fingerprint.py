"""Tree -> a number modulo two primes, the same for trees that are the same function.

Rational operations are carried out exactly in a finite field in which every name has
a random value; every other head is a random function of its arguments' fingerprints.
Expressions that are equal by the laws of a field, by congruence (`sin(x + x)` and
`sin(2 x)`) and by the few laws below that hold wherever both sides are defined,
have the same fingerprint. The chance that two others share theirs is about their
degree over 2^120. Different fingerprints prove nothing, since no other law is known
here.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from grader.maths.deciding.exponents import rational, terms_of, whole_factor
from grader.maths.deciding.survey import (
    BINDERS,
    TRAILING_BINDERS,
    bound_names,
    names_bound_by,
    whole_number,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree

MODULUS: Final = 5316911983139662822920755569150140253
"""The product of two primes below 2^61 that leave 1 when divided by 4."""

IMAGINARY_UNIT: Final = 1892777923648216454154694576060869362
"""A number whose square is -1 modulo both."""

EVEN: Final = frozenset({"abs", "cos", "cosh", "sec", "sech"})
ODD: Final = frozenset(
    {"sin", "tan", "cot", "csc", "sinh", "tanh", "coth", "csch", "asin", "atan"}
    | {"asinh", "atanh", "erf", "sign"}
)
UNORDERED: Final = frozenset(
    {"max", "min", "gcd", "lcm", "and", "or", "set", "union", "intersection", "xor"}
)
LARGEST_EXPONENT_BITS: Final = 128


class NoFingerprintError(Exception):
    """The tree divides by zero, counts with infinity, or has no value at all."""


@lru_cache(maxsize=4096)
def _of_word(word: str) -> int:
    return _scatter(word.encode())


def _scatter(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=16).digest()) % MODULUS


def _mix(head: str, *parts: int) -> int:
    return _scatter(f"{head}:{','.join(map(str, parts))}".encode())


Bound = Mapping[str, int]
NOTHING_BOUND: Final[Bound] = {}


def fingerprint(tree: Tree) -> int | None:
    """Return the fingerprint of a tree of commuting numbers, if it has one."""
    try:
        return _of_any(tree, NOTHING_BOUND)
    except (NoFingerprintError, RecursionError):
        return None


def _of_any(tree: Tree, bound: Bound) -> int:
    """Return the fingerprint of a tree that need not be a number."""
    match tree:
        case Constant("oo" | "true" | "false" | "empty_set" as name):
            return _of_word(f"constant {name}")
        case Constant("naturals" | "integers" | "rationals" | "reals" | "complexes"):
            return _of_word(f"constant {tree.name}")
        case Apply("neg", (Constant("oo"),)):
            return _of_word("constant -oo")
        case Text(value):
            return _of_word(f"text {value}")
        case _:
            return _of(tree, bound)


def _of(tree: Tree, bound: Bound) -> int:
    match tree:
        case Apply(head, args):
            rule = RULES.get(head)
            return _of_other(head, args, bound) if rule is None else rule(args, bound)
        case Symbol(name):
            return bound[name] if name in bound else _of_word(f"symbol {name}")
        case Number(value):
            if value.denominator == 1:
                return value.numerator % MODULUS
            return value.numerator * _inverse(value.denominator) % MODULUS
        case Constant("i"):
            return IMAGINARY_UNIT
        case Constant("pi" | "e" | "euler_gamma" as name):
            return _of_word(f"constant {name}")
        case _:
            raise NoFingerprintError


def _inverse(value: int) -> int:
    try:
        return pow(value, -1, MODULUS)
    except ValueError:
        raise NoFingerprintError from None


def _add(args: tuple[Tree, ...], bound: Bound) -> int:
    total = 0
    for arg in args:
        total += _of(arg, bound)
    return total % MODULUS


def _mul(args: tuple[Tree, ...], bound: Bound) -> int:
    if len([arg for arg in args if _holds_matrix(arg)]) > 1:
        raise NoFingerprintError  # their order matters
    total = 1
    for arg in args:
        total = total * _of(arg, bound) % MODULUS
    return total


def _holds_matrix(tree: Tree) -> bool:
    """Return whether *tree* is made of a matrix that is written out."""
    match tree:
        case Apply("matrix"):
            return True
        case Apply("mul" | "add" | "neg" | "div" | "pow" as head, args):
            return any(map(_holds_matrix, args[:1] if head == "pow" else args))
        case _:
            return False


def _neg(args: tuple[Tree, ...], bound: Bound) -> int:
    return -_of(args[0], bound) % MODULUS


def _div(args: tuple[Tree, ...], bound: Bound) -> int:
    return _of(args[0], bound) * _inverse(_of(args[1], bound)) % MODULUS


def _pow(args: tuple[Tree, ...], bound: Bound) -> int:
    base, exponent = args
    if base == Constant("e"):
        return _power_by_terms("exp", 0, exponent, bound)
    below = _of(base, bound)
    fraction = rational(exponent)
    if fraction is None:
        return _power_by_terms("pow", below, exponent, bound)
    above, degree = fraction
    if degree != 1:
        below = _mix("root", below, degree)
    return _whole_power(below, above)


def _whole_power(base: int, exponent: int) -> int:
    if exponent.bit_length() > LARGEST_EXPONENT_BITS:
        raise NoFingerprintError
    if exponent < 0:
        return pow(_inverse(base), -exponent, MODULUS)
    return pow(base, exponent, MODULUS)


def _root(args: tuple[Tree, ...], bound: Bound) -> int:
    radicand, degree = args
    whole = whole_number(degree)
    if whole is not None and whole > 0:
        return _mix("root", _of(radicand, bound), whole)
    return _mix("roots", _of(radicand, bound), _of(degree, bound))


def _exp(args: tuple[Tree, ...], bound: Bound) -> int:
    return _power_by_terms("exp", 0, args[0], bound)


def _power_by_terms(head: str, base: int, exponent: Tree, bound: Bound) -> int:
    """Return a power, by b^(u + n v) = b^u (b^v)^n for integers n."""
    total = 1
    for count, term in terms_of(exponent, 1):
        whole = whole_factor(term)
        rest = _of(term, bound) * _inverse(whole) % MODULUS
        factor = _mix(head, base, rest)
        if rest == 1 and head == "pow":
            factor = base
        total = total * _whole_power(factor, count * whole) % MODULUS
    return total


def _ln(args: tuple[Tree, ...], bound: Bound) -> int:
    inner = _of(args[0], bound)
    if inner == 0:
        raise NoFingerprintError
    return 0 if inner == 1 else _mix("ln", inner)


def _log(args: tuple[Tree, ...], bound: Bound) -> int:
    value, base = args
    if base == Constant("e"):
        return _ln((value,), bound)
    return _ln((value,), bound) * _inverse(_ln((base,), bound)) % MODULUS


def _percent(args: tuple[Tree, ...], bound: Bound) -> int:
    return _of(args[0], bound) * _inverse(100) % MODULUS


def _degrees(args: tuple[Tree, ...], bound: Bound) -> int:
    return _of(args[0], bound) * _of_word("constant pi") * _inverse(180) % MODULUS


def _of_other(head: str, args: tuple[Tree, ...], bound: Bound) -> int:
    """Return the value of a random function that is keyed by the head."""
    if head in BINDERS or head == "lambda":
        return _of_binder(head, args, bound)
    if head in TRAILING_BINDERS and len(args) > 1:
        return _of_trailing_binder(head, args, bound)
    if len(args) == 1:
        return _of_single(head, args[0], bound)
    parts = [_of_any(arg, bound) for arg in args]
    return _mix(head, *(sorted(parts) if head in UNORDERED else parts))


def _of_single(head: str, arg: Tree, bound: Bound) -> int:
    inner = _of_any(arg, bound)
    if head in EVEN:
        return _mix(head, min(inner, MODULUS - inner))
    if head in ODD and inner > MODULUS - inner:
        return -_mix(head, MODULUS - inner) % MODULUS
    if head in ODD and inner == 0:
        return _at_zero(head)
    return _mix(head, inner)


def _at_zero(head: str) -> int:
    if head in {"cot", "csc", "coth", "csch"}:
        raise NoFingerprintError
    return 0


def _of_trailing_binder(head: str, args: tuple[Tree, ...], bound: Bound) -> int:
    """Return the fingerprint of a limit or an extremum, which binds its second."""
    body, variable, *rest = args
    inner = dict(bound)
    for name in bound_names((variable,)):
        inner[name] = _of_word(f"bound {len(inner)}")
    where = [_of_any(part, bound) for part in rest]
    return _mix(head, _of_any(body, inner), _of_any(variable, inner), *where)


def _of_binder(head: str, args: tuple[Tree, ...], bound: Bound) -> int:
    """Return a fingerprint in which a bound name counts by where it was bound."""
    body, *binders = args if head != "lambda" else (args[-1], *args[:-1])
    inner = dict(bound)
    parts: list[int] = []
    for binder in reversed(binders):
        if isinstance(binder, Apply):
            parts.extend(_of_any(part, inner) for part in binder.args[1:])
        free = not (names := names_bound_by(head, binder))
        if free:
            parts.append(_of_any(binder, inner))
        for name in names:
            inner[name] = _of_word(f"bound {len(inner)}")
    return _mix(head, _of_any(body, inner), *parts)


Rule = Callable[[tuple[Tree, ...], Bound], int]

RULES: Final[dict[str, Rule]] = {
    "add": _add,
    "mul": _mul,
    "neg": _neg,
    "div": _div,
    "pow": _pow,
    "root": _root,
    "exp": _exp,
    "ln": _ln,
    "log": _log,
    "percent": _percent,
    "degrees": _degrees,
}
