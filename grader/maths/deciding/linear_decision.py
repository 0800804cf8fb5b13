"""Expected and given expression with vectors and matrices -> a finding."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from grader.maths.deciding.kinds import infer_kinds
from grader.maths.deciding.pointwise import decide_pointwise
from grader.maths.deciding.shapes import COUNT, ONE, Sizes, infer_shapes
from grader.maths.deciding.survey import ENTRY, Survey
from grader.maths.domain import MATRIX, Domain, Kind, Trait
from grader.maths.evaluation.spaces import Space
from grader.maths.finding import Finding
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Symbol, Tree

LINEAR_HEADS: Final = frozenset(
    {"transpose", "adjoint", "inverse", "det", "trace", "rank", "norm", "identity"}
    | {"zeros", "ones", "diag", "hadamard", "kronecker", "cross", "inner", "dot"}
    | {ENTRY}
)
"""Heads that make the names around them vectors and matrices."""


def is_linear(seen: Survey, setting: Setting) -> bool:
    """Return whether names may stand for vectors and matrices."""
    if not seen.heads.isdisjoint(LINEAR_HEADS):
        return True
    if (
        len(seen.inverted) > 1
    ):  # as in `A^{-1} B^{-1}`: numbers are written as fractions
        return True
    return any(
        setting.domains[name].kind in {Kind.VECTOR, Kind.MATRIX}
        for name in seen.free & setting.domains.keys()
    )


def decide_linear(
    expected: Tree, given: Tree, setting: Setting, *, seen: Survey
) -> Finding:
    """Compare two expressions at random vectors and matrices.

    Shapes are first inferred from the expected side alone: where it needs `X^T X`
    in place of `X`, an `X` that the given side takes for square is a mistake.
    """
    declared = dict(setting.domains)
    kinds = infer_kinds((expected, given), declared)
    for name in {*_covariances(expected), *_covariances(given)}:
        if kinds.get(name) == "matrix":
            known = declared.get(name, MATRIX)
            traits = known.traits | {Trait.POSITIVE_DEFINITE}
            declared[name] = replace(known, traits=traits)
    strict = any(_squares(expected))
    trees = (expected,) if strict else (expected, given)
    sizes = infer_shapes(trees, kinds, declared)
    space = _space(sizes, declared, seen)
    finding = decide_pointwise(
        expected, given, setting, seen=seen, seed=_seed(seen), space=space
    )
    if strict or not finding.different:
        return finding
    for shape in list(sizes.shapes.values()):
        if ONE not in shape:
            sizes.join(*shape)
    square = _space(sizes, declared, seen)
    again = decide_pointwise(
        expected, given, setting, seen=seen, seed=_seed(seen), space=square
    )
    if again.equal:
        return replace(again, notes=(*again.notes, "equal-for: square matrices"))
    return finding


def _covariances(tree: Tree) -> Iterator[str]:
    """Yield the names that stand where a normal law has its covariance."""
    match tree:
        case Apply("normal", (*_, Symbol(name))):
            yield name
        case Apply(_, args):
            for arg in args:
                yield from _covariances(arg)
        case _:
            pass


def _space(sizes: Sizes, declared: dict[str, Domain], seen: Survey) -> Space:
    counts = frozenset(
        name for name in seen.free if COUNT + name in _letters(sizes.parents)
    )
    return Space(
        sizes=sizes,
        declared=declared,
        counts=counts,
        complex_entries="adjoint" in seen.heads,
    )


def _letters(parents: dict[str, str]) -> set[str]:
    return {*parents, *parents.values()}


def _seed(seen: Survey) -> int:
    words = " ".join((*sorted(seen.free), *sorted(seen.heads)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


def _squares(tree: Tree) -> Iterator[bool]:
    """Yield for each inverse or determinant whether a name's own square is in it."""
    match tree:
        case Apply("inverse" | "det" | "pow", (inner, *_)):
            yield any(_has_own_square(inner))
            yield from _squares(inner)
        case Apply(_, args):
            for arg in args:
                yield from _squares(arg)
        case _:
            pass


def _has_own_square(tree: Tree) -> Iterator[bool]:
    match tree:
        case Apply("mul" | "dot", args):
            for left, right in pairwise(args):
                yield _are_turned(left, right) or _are_turned(right, left)
            for arg in args:
                yield from _has_own_square(arg)
        case Apply(_, args):
            for arg in args:
                yield from _has_own_square(arg)
        case _:
            pass


def _are_turned(one: Tree, other: Tree) -> bool:
    return isinstance(other, Symbol) and one == Apply("transpose", (other,))
