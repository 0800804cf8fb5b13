"""Two answers -> both in the notation of one of them, where they use different ones."""

from collections.abc import Callable, Iterator
from typing import Final

from grader.maths.deciding.derivative import differentiate, replaced
from grader.maths.deciding.families import with_families
from grader.maths.evaluation.values import NotUnderstoodError
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, number, symbols_of

Pair = tuple[Tree, Tree]

UNMOVED: Final = frozenset(
    {"derivative", "partial", "prime", "gradient", "divergence", "laplacian", "limit"}
    | {"integral", "sum", "product", "lambda", "at"}
)
"""Heads within which a name is more than its value."""

DOTS: Final = {1: "dot", 2: "ddot"}
CLOSED: Final = {
    ("Phi", 1): "normal_cdf",
    ("phi", 1): "normal_pdf",
    ("varphi", 1): "normal_pdf",
    ("B", 2): "beta",
    ("psi", 1): "digamma",
    ("zeta", 1): "zeta",
    ("u", 1): "heaviside",
    ("theta", 1): "heaviside",
    ("Theta", 1): "heaviside",
}
"""Letters of functions that everybody knows, where the other answer writes them out."""

COMPLEX_LETTERS: Final = frozenset({"z", "w", "c", "a", "b", "s", "u", "v"})


def parts(tree: Tree) -> Iterator[Tree]:
    """Yield *tree* and all that it is made of."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Apply):
            stack.extend(node.args)


def rewritten(tree: Tree, rule: Callable[[Tree], Tree | None]) -> Tree:
    """Return *tree* with what *rule* makes of its parts, the inner ones first."""
    if isinstance(tree, Apply):
        tree = Apply(tree.head, tuple([rewritten(arg, rule) for arg in tree.args]))
    found = rule(tree)
    return tree if found is None else found


def evaluated(tree: Tree) -> Tree:
    """Return *tree* with the values put in that bars and brackets name: `[x^2]_0^1`."""
    return rewritten(rewritten(tree, _around), _evaluated)


def _around(tree: Tree) -> Tree | None:
    """Return the derivative of what stands before a bar as taken before the bar."""
    match tree:
        case Apply("derivative" | "partial" as head, (Apply("at", (body, place)), *by)):
            return Apply("at", (Apply(head, (body, *by)), place))
        case _:
            return None


def _evaluated(tree: Tree) -> Tree | None:
    match tree:
        case Apply("at", (body, Apply("eq", (Symbol() as name, value)))):
            slope = _differentiated(body)
            return None if slope is None else replaced(slope, name, value)
        case _:
            return None


def _differentiated(tree: Tree) -> Tree | None:
    """Return *tree* without a derivative around it; None if there are more inside."""
    match tree:
        case Apply("derivative" | "partial", (body, Symbol(name))):
            if name not in symbols_of(body):
                return None
            try:
                return differentiate(body, name)
            except NotUnderstoodError:
                return None
        case _:
            heads = {part.head for part in parts(tree) if isinstance(part, Apply)}
            return tree if heads.isdisjoint(UNMOVED) else None


def dotted(expected: Tree, given: Tree) -> Pair:
    """Return both with `ẋ` for dx/dt, where either writes dots."""
    names = symbols_of(expected) | symbols_of(given)
    if not any(name.endswith(("_dot", "_ddot")) for name in names):
        return _primed(expected, given)

    def rule(tree: Tree) -> Tree | None:
        match tree:
            case Apply("derivative", (body, Symbol("t"))):
                return _dot(body, 1, names)
            case Apply("derivative", (body, Apply("tuple", (Symbol("t"), Number(n))))):
                return _dot(body, int(n), names)
            case Apply("prime", (body, Number(n))):
                return _dot(body, int(n), names)
            case _:
                return None

    return rewritten(expected, rule), rewritten(given, rule)


def _primed(expected: Tree, given: Tree) -> Pair:
    """Return both with `y'` for dy/dx, where one writes primes and the other not."""
    sides = [
        {part.head for part in parts(side) if isinstance(part, Apply)}
        & {"prime", "derivative"}
        for side in (expected, given)
    ]
    if sorted(map(sorted, sides)) != [["derivative"], ["prime"]]:
        return expected, given
    return rewritten(expected, _prime), rewritten(given, _prime)


def _prime(tree: Tree) -> Tree | None:
    match tree:
        case Apply("derivative", (Symbol() as body, Symbol("x" | "t"))):
            return apply("prime", body, number(1))
        case Apply(
            "derivative",
            (Symbol() as body, Apply("tuple", (Symbol("x" | "t"), Number() as order))),
        ):
            return apply("prime", body, order)
        case _:
            return None


def _dot(body: Tree, order: int, names: frozenset[str]) -> Tree | None:
    match body:
        case Symbol(name) | Apply("call", (Symbol(name), Symbol("t"))):
            known = any(f"{name}_{mark}" in names for mark in DOTS.values())
            mark = DOTS.get(order, "")
            return Symbol(f"{name}_{mark}") if known and mark else None
        case _:
            return None


def subscripted(expected: Tree, given: Tree) -> Pair:
    """Return both with `u_xt` for a partial derivative, where either writes it so."""
    names = symbols_of(expected) | symbols_of(given)

    def rule(tree: Tree) -> Tree | None:
        match tree:
            case Apply("partial", (Symbol(field), *by)):
                return _field_below(field, by, names)
            case _:
                return None

    return rewritten(expected, rule), rewritten(given, rule)


def _field_below(field: str, by: list[Tree], names: frozenset[str]) -> Tree | None:
    letters = ""
    for each in by:
        match each:
            case Symbol(name):
                letters += name
            case Apply("tuple", (Symbol(name), Number(n))) if n <= 4:  # noqa: PLR2004  nobody writes more letters
                letters += name * int(n)
            case _:
                return None
    used = {name for name in names if name.startswith(f"{field}_")}
    by_letters = {"".join(sorted(name.partition("_")[2])): name for name in used}
    known = {letter for key in by_letters for letter in key}
    if not known & set(letters):
        return None
    order = "".join(sorted(letters))
    return Symbol(by_letters.get(order, f"{field}_{order}"))


def softmax_entries(expected: Tree, given: Tree) -> Pair:
    """Return both with an entry of a softmax written out, over what the other sums."""
    binders = [
        part.args[1]
        for side in (expected, given)
        for part in parts(side)
        if isinstance(part, Apply) and part.head == "sum" and len(part.args) == 2  # noqa: PLR2004  a body and one index
    ]

    def rule(tree: Tree) -> Tree | None:
        match tree:
            case Apply(
                "index",
                (Apply("call", (Symbol("softmax"), Symbol(vector))), place),
            ) if binders:
                return _softmax(Symbol(vector), place, binders[0])
            case _:
                return None

    sides = rewritten(expected, rule), rewritten(given, rule)
    return sides if sides == (expected, given) else with_families(*sides)


def _softmax(vector: Symbol, place: Tree, binder: Tree) -> Tree:
    running = Symbol("the other place")
    bounds = binder.args[1:] if isinstance(binder, Apply) else ()
    one, each = (apply("exp", apply("index", vector, at)) for at in (place, running))
    return apply("div", one, apply("sum", each, apply("tuple", running, *bounds)))


def closed_forms(expected: Tree, given: Tree) -> Pair:
    """Return both with Φ, φ or B as the known function, if only one names it."""
    called = [
        {
            name
            for part in parts(side)
            if isinstance(part, Apply)
            and part.head == "call"
            and isinstance(part.args[0], Symbol)
            for name in (part.args[0].name,)
        }
        for side in (expected, given)
    ]
    alone = (called[0] ^ called[1]) | ({"Phi"} & called[0])

    def rule(tree: Tree) -> Tree | None:
        match tree:
            case Apply("call", (Symbol(name), *args)) if name in alone:
                head = CLOSED.get((name, len(args)))
                return None if head is None else Apply(head, tuple(args))
            case _:
                return None

    return rewritten(expected, rule), rewritten(given, rule)


def kronecker_deltas(expected: Tree, given: Tree) -> Pair:
    """Return both with `δ_ij` as 1 where i is j, and with i and j as places."""
    names = symbols_of(expected) | symbols_of(given)
    deltas = {
        name: name[-2:]
        for name in names
        if name.startswith("delta_")
        and len(name) == len("delta_ij")
        and name[-2:].isalpha()
    }
    if not deltas:
        return expected, given
    places = frozenset("".join(deltas.values()))

    def rule(tree: Tree) -> Tree | None:
        match tree:
            case Symbol(name) if name in deltas:
                one, other = map(Symbol, deltas[name])
                return apply("indicator", apply("eq", one, other))
            case Symbol(name) if name[:-1].endswith("_") and name[-1] in places:
                return apply("index", Symbol(name[:-2]), Symbol(name[-1]))
            case _:
                return None

    return rewritten(expected, rule), rewritten(given, rule)


def conjugates(expected: Tree, given: Tree) -> Pair:
    """Return both with `z̄` as the conjugate of z, beside real and imaginary parts."""
    heads = {
        part.head
        for side in (expected, given)
        for part in parts(side)
        if isinstance(part, Apply)
    }
    names = symbols_of(expected) | symbols_of(given)
    if heads.isdisjoint({"re", "im", "conj", "arg", "abs"}):
        return expected, given

    def rule(tree: Tree) -> Tree | None:
        match tree:
            case Symbol(name) if name.endswith("_bar"):
                base = name.removesuffix("_bar")
                known = base in names and base in COMPLEX_LETTERS
                return apply("conj", Symbol(base)) if known else None
            case _:
                return None

    return rewritten(expected, rule), rewritten(given, rule)
