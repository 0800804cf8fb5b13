"""Expected answer, given answer, and a declared freedom -> equal up to it?

A constant of integration, a constant shift, a scale, a sign, a span, an order.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from grader.maths.decide import decide, decide_expressions
from grader.maths.deciding.derivative import differentiate
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.written import subtrees
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, symbols_of

ZERO: Final = Number(Fraction(0))


def compare_antiderivatives(
    expected: Tree, given: Tree, variable: str, setting: Setting = DEFAULT
) -> Finding:
    """Return whether two expressions have the same derivative in *variable*."""
    one, other = differentiate(expected, variable), differentiate(given, variable)
    return decide(one, other, setting)


def compare_integrals(
    expected: Tree, given: Tree, variable: str, setting: Setting = DEFAULT
) -> Finding:
    """Return whether *given* is an indefinite integral, its constant included."""
    finding = compare_antiderivatives(expected, given, variable, setting)
    if not finding.equal:
        return finding
    if lacks_absolute_value(expected, given, variable):
        return _different("absolute-value-lost")
    reason = fault_of_constant(expected, given, variable, setting)
    return _different(reason) if reason else finding


def fault_of_constant(
    expected: Tree, given: Tree, variable: str, setting: Setting
) -> str:
    """Return what is wrong with the constant of integration in *given*."""
    parameters = {
        name
        for name in symbols_of(expected)
        if not is_free_constant(expected, name, variable, setting)
    }
    added = sorted(symbols_of(given) - parameters - {variable})
    return fault_of_added(given, added, variable, setting)


def fault_of_added(
    given: Tree, added: Sequence[str], variable: str, setting: Setting
) -> str:
    """Return why the names *added* are not exactly one arbitrary constant."""
    if not added:
        return "constant-missing"
    if len(added) > 1:
        return "several-constants"
    free = is_free_constant(given, added[0], variable, setting)
    return "" if free else "constant-not-arbitrary"


def is_plain_constant(
    tree: Tree, name: str, variable: str, setting: Setting = DEFAULT
) -> bool:
    """Return whether *name* is added to *tree*, by itself or times a number."""
    return _is_fixed(differentiate(tree, name), (variable, name), setting)


def is_free_constant(
    tree: Tree, name: str, variable: str, setting: Setting = DEFAULT
) -> bool:
    """Return whether *name* shifts *tree* by every real number as it varies.

    So does `c`, and so does the k of `ln(k x)`; but `c^2` shifts upwards only.
    """
    if name == variable:
        return False
    slope = differentiate(tree, name)
    scaled = apply("mul", Symbol(name), slope)
    return any(_is_fixed(rate, (variable, name), setting) for rate in (slope, scaled))


def depends_freely(tree: Tree, name: str, variable: str, setting: Setting) -> bool:
    """Return whether *name* shifts *tree* by something that is free of *variable*."""
    slope = differentiate(tree, name)
    return _is_fixed(slope, (variable,), setting)


def _is_fixed(tree: Tree, names: tuple[str, ...], setting: Setting) -> bool:
    steady = all(
        decide_expressions(ZERO, differentiate(tree, name), setting).equal
        for name in names
        if name in symbols_of(tree)
    )
    return steady and decide_expressions(ZERO, tree, setting).different


def lacks_absolute_value(expected: Tree, given: Tree, variable: str) -> bool:
    """Return whether the size inside a logarithm was asked for and left out."""
    wanted = [arg for arg in _logarithms(expected, variable) if _is_size(arg)]
    bare = [arg for arg in _logarithms(given, variable) if not _is_size(arg)]
    signed = [arg for arg in bare if _changes_sign(arg, variable)]
    return bool(wanted and signed)


def _logarithms(tree: Tree, variable: str) -> list[Tree]:
    return [
        part.args[0]
        for part in subtrees(tree)
        if isinstance(part, Apply)
        and part.head in {"ln", "log"}
        and variable in symbols_of(part)
    ]


def _is_size(tree: Tree) -> bool:
    return any(isinstance(p, Apply) and p.head == "abs" for p in subtrees(tree))


def _changes_sign(tree: Tree, variable: str) -> bool:
    finding = decide_expressions(apply("abs", tree), tree)
    return variable in symbols_of(tree) and not finding.equal


def compare_up_to_shift(
    expected: Tree, given: Tree, setting: Setting = DEFAULT
) -> Finding:
    """Return whether two lists of expressions differ by one and the same amount."""
    these, those = _entries(expected), _entries(given)
    if len(these) != len(those):
        return _different("length")
    gaps = [_gap(one, other) for one, other in zip(these, those, strict=True)]
    return _all_equal(gaps, setting)


def compare_up_to_scale(
    expected: Tree, given: Tree, setting: Setting = DEFAULT
) -> Finding:
    """Return whether two vectors are multiples of each other, and neither is zero."""
    these, those = _entries(expected), _entries(given)
    if len(these) != len(those):
        return _different("length")
    if all(decide(ZERO, entry, setting).equal for entry in those):
        return _different("zero-vector")
    crossed = [
        _gap(apply("mul", a, d), apply("mul", b, c))
        for at, (a, c) in enumerate(zip(these, those, strict=True))
        for b, d in list(zip(these, those, strict=True))[:at]
    ]
    return _all_equal([ZERO, *crossed], setting)


def compare_up_to_sign(
    expected: Tree, given: Tree, setting: Setting = DEFAULT
) -> Finding:
    """Return whether two answers are equal, or equal but for the sign of the whole."""
    finding = decide(expected, given, setting)
    turned = decide(_negated(expected), given, setting)
    return turned if turned.equal else finding


def _negated(tree: Tree) -> Tree:
    match tree:
        case Apply(
            "matrix" | "row" | "tuple" | "list" | "pair_or_interval" as head, args
        ):
            return Apply(head, tuple(map(_negated, args)))
        case _:
            return apply("neg", tree)


def compare_transposed(
    expected: Tree, given: Tree, setting: Setting = DEFAULT
) -> Finding:
    """Return whether two matrices are equal in either layout, rows or columns."""
    finding = decide(expected, given, setting)
    if finding.equal:
        return finding
    turned = decide(transposed(expected), given, setting)
    return turned if turned.equal else finding


def transposed(tree: Tree) -> Tree:
    """Return a matrix with its rows as columns; a list becomes a column."""
    match tree:
        case Apply("matrix", rows):
            cells = [row.args if isinstance(row, Apply) else (row,) for row in rows]
            if len({len(row) for row in cells}) > 1:
                return tree
            turned = zip(*cells, strict=True)
            return Apply("matrix", tuple(Apply("row", cell) for cell in turned))
        case Apply("tuple" | "list" | "pair_or_interval", entries):
            return Apply("matrix", tuple(apply("row", entry) for entry in entries))
        case _:
            return apply("transpose", tree)


def _entries(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Apply("matrix" | "tuple" | "list" | "row" | "pair_or_interval", args):
            return tuple(entry for arg in args for entry in _entries(arg))
        case _:
            return (tree,)


def _gap(one: Tree, other: Tree) -> Tree:
    return apply("add", other, apply("neg", one))


def _all_equal(trees: Sequence[Tree], setting: Setting) -> Finding:
    last = Finding(truth=Truth.EQUAL, method="identical")
    for tree in trees[1:]:
        finding = decide(trees[0], tree, setting)
        if finding.truth is Truth.UNKNOWN:
            return unknown("entry-undecided")
        if finding.different:
            return finding
        last = finding
    return last


def _different(reason: str) -> Finding:
    return Finding(truth=Truth.DIFFERENT, method="proved-different", reason=reason)
