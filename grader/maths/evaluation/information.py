"""Code for entropies, divergences and mutual information in the frame's world."""

from collections.abc import Callable, Sequence
from typing import Final

from flint import arb, fmpq

from grader.maths.deciding.slopes import minus, over, plus, square
from grader.maths.evaluation.chance import CHANCE, world_in
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.mentions import is_density_name, split
from grader.maths.evaluation.values import NotUnderstoodError, Scalar
from grader.maths.evaluation.world import weights
from grader.maths.tree import Apply, Symbol, Tree, apply, number

Table = Callable[[Frame], list[fmpq]]
"""The probabilities of a density over the values of its own variables."""


def compile_table(tree: Tree, compile_: Compile) -> Table:
    """Return the table of `p`, `p(x)` or `q(z | x)`, whose condition stays fixed."""
    match tree:
        case Symbol():
            tree = Apply("call", (tree, Symbol(PLACE)))
        case Apply("call", (Symbol(), *_)):
            pass
        case Apply("add" | "mul" | "div", _):
            tree = _placed(tree)
        case _:
            return _no_table
    code = compile_(tree)
    names = [PLACE]
    if isinstance(tree, Apply) and tree.head == "call":
        before, _ = split(tree.args[1:])
        names = [arg.name for _, arg in before if isinstance(arg, Symbol)]

    def table(frame: Frame) -> list[fmpq]:
        world_in(frame)
        return [cell for cell in _cells(code, names, frame) if isinstance(cell, fmpq)]

    return table


PLACE: Final = "place in a table"


def _placed(tree: Tree) -> Tree:
    """Return a mixture of densities with each of them called at the place."""
    match tree:
        case Symbol(name) if is_density_name(name):
            return Apply("call", (tree, Symbol(PLACE)))
        case Apply(head, args) if head != "call":
            return Apply(head, tuple(_placed(arg) for arg in args))
        case _:
            return tree


def _no_table(_frame: Frame) -> list[fmpq]:
    raise NotUnderstoodError


def _cells(code: Code, names: Sequence[str], frame: Frame) -> list[Value]:
    if not names:
        return [code(frame)]
    found: list[Value] = []
    with frame.bound(names[0]):
        for level in frame.levels:
            frame.values[names[0]] = level
            found.extend(_cells(code, names[1:], frame))
    return found


def _divergence(formula: Callable[[list[fmpq], list[fmpq]], Scalar]) -> Compiler:
    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        first, second = (compile_table(arg, compile_) for arg in args)

        def code(frame: Frame) -> Value:
            p, q = first(frame), second(frame)
            if len(p) != len(q):
                raise NotUnderstoodError
            return formula(p, q)

        return code

    return compiler


def compile_divergence(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the divergence of two densities, or of two normal laws."""
    match args:
        case (Apply("normal", (mean, spread)), Apply("normal", (centre, width))):
            return compile_(_between_normals((mean, spread), (centre, width)))
        case _:
            return _divergence(kullback_leibler)(args, compile_)


def _between_normals(one: tuple[Tree, Tree], other: tuple[Tree, Tree]) -> Tree:
    """Return (ln(w / v) + (v + (m - c)^2) / w - 1) / 2 for N(m, v) and N(c, w)."""
    (mean, spread), (centre, width) = one, other
    gap = square(plus(mean, minus(centre)))
    terms = plus(
        apply("ln", over(width, spread)),
        over(plus(spread, gap), width),
        number(-1),
    )
    return over(terms, number(2))


def _log(value: fmpq) -> arb:
    return arb(value).log()


def kullback_leibler(p: list[fmpq], q: list[fmpq]) -> Scalar:
    """Return the sum of p ln(p / q)."""
    return sum((a * _log(a / b) for a, b in zip(p, q, strict=True)), arb(0))


def jensen_shannon(p: list[fmpq], q: list[fmpq]) -> Scalar:
    """Return the mean divergence from the mean of both."""
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (kullback_leibler(p, middle) + kullback_leibler(q, middle)) / 2


def total_variation(p: list[fmpq], q: list[fmpq]) -> Scalar:
    """Return half of the sum of the distances."""
    return sum((abs(a - b) for a, b in zip(p, q, strict=True)), fmpq(0)) / 2


def cross_entropy(p: list[fmpq], q: list[fmpq]) -> Scalar:
    """Return minus the sum of p ln q."""
    return -sum((a * _log(b) for a, b in zip(p, q, strict=True)), arb(0))


def _joint_entropy(names: Sequence[str], frame: Frame) -> Scalar:
    """Return the entropy of random variables together."""
    world = world_in(frame)
    masses: dict[tuple[str, ...], fmpq] = {}
    for outcome, weight in enumerate(weights(frame.seed)):
        key = tuple(str(world.value_at(name, outcome, frame.seed)) for name in names)
        masses[key] = masses.get(key, fmpq(0)) + weight
    values = list(masses.values())
    return cross_entropy(values, values)


def _names(trees: Sequence[Tree]) -> list[str]:
    names: list[str] = []
    for tree in trees:
        match tree:
            case Symbol(name):
                names.append(name)
            case Apply("tuple" | "and" | "list", parts):
                names.extend(_names(parts))
            case _:
                raise NotUnderstoodError
    return sorted(set(names))


def _sides(args: Sequence[Tree]) -> tuple[list[str], list[str]]:
    """Return the names before the bar and those after it."""
    before: list[Tree] = []
    after: list[Tree] = []
    for arg in args:
        match arg:
            case Apply("given", (left, right)):
                before.append(left)
                after.append(right)
            case _:
                before.append(arg)
    return _names(before), _names(after)


def _conditional_entropy(
    names: Sequence[str], given: Sequence[str], frame: Frame
) -> Scalar:
    both = _joint_entropy(sorted({*names, *given}), frame)
    return both - _joint_entropy(given, frame) if given else both


def compile_entropy(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the entropy of variables, or of a density, or across two."""
    tables = [compile_table(arg, compile_) for arg in args]
    try:
        names, given = _sides(args)
    except NotUnderstoodError:
        names, given = [], []

    def code(frame: Frame) -> Value:
        world = world_in(frame)
        if names and not world.densities.keys() & {*names, *given}:
            return _conditional_entropy(names, given, frame)
        found = [table(frame) for table in tables]
        return cross_entropy(found[0], found[-1])

    return code


def compile_mutual_information(args: tuple[Tree, ...], _compile: Compile) -> Code:
    """Return code for H(X) + H(Y) - H(X, Y), under a condition or not."""
    try:
        first, _ = _sides(args[:1])
        second, given = _sides(args[1:2])
        given = given + (_names(args[2:]) if len(args) > 2 else [])  # noqa: PLR2004
    except NotUnderstoodError:
        return _not_understood

    def code(frame: Frame) -> Value:
        world_in(frame)
        return (
            _conditional_entropy(first, given, frame)
            + _conditional_entropy(second, given, frame)
            - _conditional_entropy([*first, *second], given, frame)
        )

    return code


def _not_understood(_frame: Frame) -> Value:
    raise NotUnderstoodError


def compile_call(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for `H(X | Y)`, which is an entropy where chance is spoken of."""
    usual = CHANCE["call"](args, compile_)
    if args[0] != Symbol("H"):
        return usual
    entropy = compile_entropy(args[1:], compile_)

    def code(frame: Frame) -> Value:
        return usual(frame) if frame.world is None else entropy(frame)

    return code


INFORMATION: Final[dict[str, Compiler]] = {
    "entropy": compile_entropy,
    "mutual_information": compile_mutual_information,
    "kl": compile_divergence,
    "js": _divergence(jensen_shannon),
    "tv": _divergence(total_variation),
    "call": compile_call,
}
