"""A tree and the rules that may be used -> its only form under them.

Two answers are *the same up to* a set of rules when their forms are equal. Sums and
products are always flat and sorted; a difference is a sum with minus signs, a
quotient a product with reciprocals. Everything else is switched on by name.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from grader.maths.forms.joining import (
    MINUS,
    ONE,
    ZERO,
    Form,
    Reading,
    factors_in,
    integer,
    multiplied,
    reduced,
    signed_fraction,
    signed_integer,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree

UNORDERED: Final = frozenset({"and", "or", "set", "union", "intersection", "xor"})
SYMMETRIC: Final = frozenset({"eq", "ne", "iff", "equivalent", "approx"})
MIRRORED: Final = {
    "gt": "lt",
    "ge": "le",
    "superset": "subset",
    "superset_eq": "subset_eq",
    "owns": "in",
    "not_owns": "not_in",
}


def same_up_to(
    expected: Tree, given: Tree, rules: frozenset[str] = frozenset()
) -> bool:
    """Return whether the two are one after reordering and the named *rules*."""
    return form_of(expected, rules) == form_of(given, rules)


def form_of(tree: Tree, rules: frozenset[str]) -> Form:
    """Return the only form of *tree* under *rules*."""
    match tree:
        case Number(value, text):
            return _number(value, is_decimal="." in text or "e" in text.lower())
        case Symbol(name) | Constant(name):
            return (type(tree).__name__, name)
        case Text(words):
            return ("text", words)
        case Apply(head, args):
            return _applied(head, args, rules)


def _number(value: Fraction, *, is_decimal: bool) -> Form:
    size: Form = ("decimal" if is_decimal else "number", abs(value))
    if value.denominator != 1 and not is_decimal:
        parts = (("number", Fraction(abs(value.numerator))),)
        under = ("over", ("number", Fraction(value.denominator)))
        size = ("product", *sorted((*parts, under), key=repr))
    return ("product", *factors_in(size), MINUS) if value < 0 else size


def _applied(head: str, args: tuple[Tree, ...], rules: frozenset[str]) -> Form:
    parts = [form_of(arg, rules) for arg in args]
    match head:
        case "add":
            return sum_of(parts, rules)
        case "mul":
            return product_of(parts, rules)
        case "neg":
            return product_of([MINUS, *parts], rules)
        case "div":
            return _quotient(parts[0], parts[1], rules)
        case "pow" | "exp" | "root":
            return _power(head, parts, rules)
        case _:
            return _other(head, parts, rules)


def _quotient(above: Form, below: Form, rules: frozenset[str]) -> Form:
    if below == ONE and "over-one" in rules:
        return above
    return product_of([above, ("over", below)], rules)


def _over(below: Form, rules: frozenset[str]) -> Form:
    if below == ONE and "over-one" in rules:
        return ONE
    return ("over", below)


def _power(head: str, parts: list[Form], rules: frozenset[str]) -> Form:
    if head == "exp":
        parts = [("Constant", "e"), parts[0]]
    if head == "root":
        if "root-as-power" not in rules:
            return ("root", *parts)
        parts = [parts[0], _quotient(ONE, parts[1], rules)]
    base, exponent = parts
    if base == ONE and "one-to-power" in rules:
        return ONE
    if exponent == ZERO and "to-power-zero" in rules:
        return ONE
    if exponent == ONE and "to-power-one" in rules:
        return base
    return _integer_power(base, exponent, rules)


def _integer_power(base: Form, exponent: Form, rules: frozenset[str]) -> Form:
    if base == ZERO and "zero-to-power" in rules:
        return ZERO
    whole, times = integer(base), integer(exponent)
    small = whole is not None and times is not None and times <= 64  # noqa: PLR2004 - digits cost time
    if "raise-integers" in rules and small and whole is not None and times is not None:
        return ("number", Fraction(whole**times))
    return ("power", base, exponent)


def _other(head: str, parts: list[Form], rules: frozenset[str]) -> Form:
    if head in MIRRORED:
        head, parts = MIRRORED[head], parts[::-1]
    loose = head in SYMMETRIC and "keep-sides" not in rules
    if loose or head in UNORDERED:
        parts = sorted(parts, key=repr)
    return (head, *parts)


def sum_of(terms: list[Form], rules: frozenset[str]) -> Form:
    """Return the form of a sum of forms."""
    flat = [
        inner for term in terms for inner in (term[1:] if term[0] == "sum" else (term,))
    ]
    if "add-zero" in rules:
        flat = [term for term in flat if term != ZERO]
    if "add-integers" in rules:
        flat = _gather(flat, signed_integer, rules)
    if "add-fractions" in rules:
        flat = _gather(flat, signed_fraction, rules)
    if "keep-terms" not in rules:
        flat.sort(key=_without_sign)
    if len(flat) < 2:  # noqa: PLR2004 - one term is no sum
        return flat[0] if flat else ZERO
    return _lead_with_plus(flat) if "leading-minus" in rules else ("sum", *flat)


def _without_sign(term: Form) -> tuple[str, int]:
    factors = factors_in(term)
    signs = factors.count(MINUS)
    bare = [factor for factor in factors if factor != MINUS]
    return repr(bare), signs


def _lead_with_plus(terms: list[Form]) -> Form:
    if MINUS not in factors_in(terms[0]):
        return ("sum", *terms)
    turned = [_turned(term) for term in terms]
    return ("product", MINUS, ("sum", *turned))


def _turned(term: Form) -> Form:
    factors = list(factors_in(term))
    if MINUS in factors:
        factors.remove(MINUS)
    else:
        factors.append(MINUS)
    return _wrapped(sorted(factors, key=repr))


def _gather(terms: list[Form], value_of: Reading, rules: frozenset[str]) -> list[Form]:
    total, rest, found = Fraction(0), [], 0
    for term in terms:
        value = value_of(term)
        if value is None:
            rest.append(term)
        else:
            total += value
            found += 1
    if not found or (found == 1 and value_of is signed_integer):
        return terms
    if total == 0 and "add-zero" in rules and rest:
        return rest
    return [*rest, _number(total, is_decimal=False)]


def product_of(factors: list[Form], rules: frozenset[str]) -> Form:
    """Return the form of a product of forms."""
    flat = [inner for factor in factors for inner in factors_in(factor)]
    if "fraction-in-fraction" in rules:
        flat = [inner for factor in flat for inner in _unnested(factor, rules)]
    if "minus-out-of-denominator" in rules:
        flat = [inner for factor in flat for inner in _sign_lifted(factor)]
    if "double-minus" in rules:
        signs = flat.count(MINUS)
        flat = [MINUS] * (signs % 2) + [f for f in flat if f != MINUS]
    flat = _cancelled(flat, rules)
    if "times-zero" in rules and ZERO in flat:
        return ZERO
    if "times-one" in rules:
        flat = [factor for factor in flat if factor != ONE]
    return _wrapped(_ordered(flat, rules))


def _cancelled(flat: list[Form], rules: frozenset[str]) -> list[Form]:
    if "cancel-factors" in rules:
        flat = _without_pairs(flat)
    if "join-denominators" in rules:
        flat = _joined(flat, rules)
    if "multiply-integers" in rules:
        flat = multiplied(flat)
    if "lowest-terms" in rules:
        flat = reduced(flat)
    return flat


def _ordered(flat: list[Form], rules: frozenset[str]) -> list[Form]:
    if "keep-factors" not in rules:
        return sorted(flat, key=repr)
    if not rules.isdisjoint({"numbers-first", "multiply-integers"}):
        return sorted(flat, key=lambda f: f[0] not in {"number", "decimal", "minus"})
    return flat


def _wrapped(factors: Iterable[Form]) -> Form:
    items = list(factors)
    if not items:
        return ONE
    return items[0] if len(items) == 1 else ("product", *items)


def _unnested(factor: Form, rules: frozenset[str]) -> list[Form]:
    if factor[0] != "over":
        return [factor]
    inner = factors_in(factor[1])
    lifted = [part[1] for part in inner if part[0] == "over"]
    below = [part for part in inner if part[0] != "over"]
    top = [piece for part in lifted for piece in factors_in(part)]
    return [*top, _over(_wrapped(below), rules)] if lifted else [factor]


def _sign_lifted(factor: Form) -> list[Form]:
    if factor[0] != "over" or MINUS not in factors_in(factor[1]):
        return [factor]
    inner = list(factors_in(factor[1]))
    signs = inner.count(MINUS)
    rest = [part for part in inner if part != MINUS]
    return [*[MINUS] * signs, ("over", _wrapped(rest))]


def _without_pairs(flat: list[Form]) -> list[Form]:
    kept = list(flat)
    for factor in flat:
        below = ("over", factor)
        if factor in kept and below in kept:
            kept.remove(factor)
            kept.remove(below)
    return kept


def _joined(flat: list[Form], rules: frozenset[str]) -> list[Form]:
    below = [part for f in flat if f[0] == "over" for part in factors_in(f[1])]
    above = [factor for factor in flat if factor[0] != "over"]
    return [*above, ("over", product_of(below, rules))] if below else flat
