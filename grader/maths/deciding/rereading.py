"""Two answers that differ as they were read -> the other readings that fit them both.

A letter that one answer applies is no factor in the other; j is the unit where both
calculate with it; a dot is a derivative where the other side writes one. Each reading
asks for a sign of it in the answers, and is of use only if it makes them the same.
"""

from collections.abc import Callable, Iterator
from typing import Final

from grader.maths.deciding.derivative import replaced
from grader.maths.deciding.divisors import of_letters
from grader.maths.deciding.recurrences import shifted
from grader.maths.deciding.respelling import (
    directions,
    explained,
    identities,
    units_in_letters,
)
from grader.maths.deciding.rewritings import (
    closed_forms,
    conjugates,
    dotted,
    kronecker_deltas,
    rewritten,
    softmax_entries,
    subscripted,
)
from grader.maths.tree import Apply, Constant, Symbol, Tree, symbols_of

Pair = tuple[Tree, Tree]
Reading = tuple[str, Tree, Tree]

SELDOM_FACTORS: Final = frozenset({"sigma", "Phi", "Psi"})
"""Letters that may be applied although no answer shows it for certain."""

UNDECLARED: Final = frozenset({"divisors"})
"""Readings of letters of which nothing was declared."""

BRACKETED: Final = frozenset({"add", "neg", "mul", "div"})
BENT: Final = frozenset({"div", "pow", "exp", "sin", "cos", "abs", "root", "ln"})
"""What no vector stands in: an i there is no first of three directions."""


def rereadings(
    expected: Tree, given: Tree, *, declared: bool = False
) -> Iterator[Reading]:
    """Yield other readings of the pair: each alone, then all that fit at once.

    Where names were *declared*, those are left out that know better what they are.
    """
    heads = frozenset((*_heads(expected), *_heads(given)))
    if not heads:
        return
    changed = 0
    every = expected, given
    for name, rewrite in READINGS.items():
        if declared and name in UNDECLARED:
            continue
        again = rewrite(expected, given)
        if again != (expected, given):
            changed += 1
            every = rewrite(*every)
            yield name, *again
    if changed > 1:
        yield "all", *every


def _heads(tree: Tree) -> Iterator[str]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Apply):
            yield node.head
            stack.extend(node.args)


def applied_letters(expected: Tree, given: Tree) -> Pair:
    """Return both with the letters applied that either applies: `σ(-x)`."""
    called = {*_called(expected), *_called(given)}
    names = symbols_of(expected), symbols_of(given)
    letters = frozenset(called | (SELDOM_FACTORS & (names[0] | names[1])))
    if not letters:
        return expected, given
    return _with_calls(expected, letters), _with_calls(given, letters)


def _called(tree: Tree) -> Iterator[str]:
    match tree:
        case Apply("call", (Symbol(name), *args)):
            yield name
            for arg in args:
                yield from _called(arg)
        case Apply(_, args):
            for arg in args:
                yield from _called(arg)
        case _:
            pass


def _with_calls(tree: Tree, letters: frozenset[str]) -> Tree:
    if not isinstance(tree, Apply):
        return tree
    args = tuple([_with_calls(arg, letters) for arg in tree.args])
    if tree.head != "mul":
        return Apply(tree.head, args)
    factors: list[Tree] = []
    for arg in args:
        call = _call(factors[-1], arg, letters) if factors else None
        if call is None:
            factors.append(arg)
        else:
            factors[-1] = call
    return factors[0] if len(factors) == 1 else Apply("mul", tuple(factors))


def _call(before: Tree, arg: Tree, letters: frozenset[str]) -> Tree | None:
    """Return *before* applied to the bracket *arg*, if it is one of *letters*."""
    match before:
        case Apply("ln", (Symbol() as letter,)):
            inner = _call(letter, arg, letters)
            return None if inner is None else Apply("ln", (inner,))
        case _:
            pass
    if not (isinstance(before, Symbol) and before.name in letters):
        return None
    match arg:
        case Apply("pow", (Apply(head, _) as base, exponent)) if head in BRACKETED:
            return Apply("pow", (Apply("call", (before, base)), exponent))
        case Apply(head, _) if head in BRACKETED:
            return Apply("call", (before, arg))
        case _:
            return None


def unit_of_engineers(expected: Tree, given: Tree) -> Pair:
    """Return both with j as the imaginary unit, where both calculate with it."""
    sides = expected, given
    letters = [_units(side, bent=False) for side in sides]
    if any(found & {"index"} for found in letters):
        return sides
    if set(map(frozenset, letters)) == {frozenset(), frozenset({"j"})}:
        sized = any("abs" in _heads(side) for side in sides)
        return (_with_unit(expected), _with_unit(given)) if sized else sides
    if any(len(found) != 1 for found in letters):
        return sides
    if letters[0] == letters[1] == {"i"}:
        return sides
    frequency = "omega" in symbols_of(expected) & symbols_of(given)
    if letters[0] != letters[1] and not frequency:
        bent = [_units(side, bent=True) for side in sides]
        if not all(bent):
            return sides
    return _with_unit(expected), _with_unit(given)


def _units(tree: Tree, *, bent: bool) -> set[str]:
    """Return which of i and j are in *tree*; if *bent*, only where no vector stands.

    `index` is among them where j may count something, or is a variable: `j^2`.
    """
    found: set[str] = set()
    stack = [(tree, not bent)]
    while stack:
        node, counts = stack.pop()
        match node:
            case Constant("i") if counts:
                found.add("i")
            case Symbol("j") if counts:
                found.add("j")
            case Apply(head, args):
                if head in {"index", "sum", "product"} or (
                    head == "pow" and args[0] == Symbol("j")
                ):
                    found.add("index")
                stack.extend((arg, counts or head in BENT) for arg in args)
            case _:
                pass
    return found


def _with_unit(tree: Tree) -> Tree:
    match tree:
        case Symbol("j"):
            return Constant("i")
        case Apply(head, args):
            return Apply(head, tuple(map(_with_unit, args)))
        case _:
            return tree


def lengths(expected: Tree, given: Tree) -> Pair:
    """Return both with `|a|` as the length of a vector, beside products of vectors."""
    heads = frozenset((*_heads(expected), *_heads(given)))
    if heads.isdisjoint({"inner", "cross", "norm"}):
        return expected, given
    return rewritten(expected, _length), rewritten(given, _length)


def _length(tree: Tree) -> Tree | None:
    match tree:
        case Apply("abs", (Symbol() | Apply("cross", _) as vector,)):
            return Apply("norm", (vector,))
        case Apply("abs", (Apply("add", _) as vector,)):
            return Apply("norm", (vector,))
        case _:
            return None


def same_counters(expected: Tree, given: Tree) -> Pair:
    """Return both with one letter for the whole number that either names: k ∈ ℤ."""
    found = _counters(expected), _counters(given)
    if len(found[0]) != 1 or len(found[1]) != 1 or found[0] == found[1]:
        return expected, given
    (name,), (other,) = found
    if name in symbols_of(given):
        return expected, given
    return expected, replaced(given, Symbol(other), Symbol(name))


def _counters(tree: Tree) -> set[str]:
    match tree:
        case Apply("in", (Symbol(name), Constant("integers" | "naturals"))):
            return {name}
        case Apply("listing" | "where" | "and" | "for_all", args):
            return set().union(*map(_counters, args))
        case _:
            return set()


LOGIC: Final = frozenset({"implies", "iff", "and", "or", "not", "xor"})


def arrows(expected: Tree, given: Tree) -> Pair:
    """Return both with `p -> q` as an implication, beside a formula of logic."""
    heads = frozenset((*_heads(expected), *_heads(given)))
    if "tends_to" not in heads or heads.isdisjoint(LOGIC):
        return expected, given
    return rewritten(expected, _implication), rewritten(given, _implication)


def _implication(tree: Tree) -> Tree | None:
    match tree:
        case Apply("tends_to", args):
            return Apply("implies", args)
        case _:
            return None


READINGS: Final[dict[str, Callable[[Tree, Tree], Pair]]] = {
    "applied": applied_letters,
    "unit": unit_of_engineers,
    "dots": dotted,
    "subscripts": subscripted,
    "softmax": softmax_entries,
    "closed": closed_forms,
    "deltas": kronecker_deltas,
    "conjugates": conjugates,
    "shifted": shifted,
    "lengths": lengths,
    "counters": same_counters,
    "arrows": arrows,
    "divisors": of_letters,
    "directions": directions,
    "identity": identities,
    "explained": explained,
    "units": units_in_letters,
}
