"""A piece that shows an answer -> where it stands inside another part's work."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.locate.chains import RELATIONS, chains_of
from grader.locate.sections import belongs
from grader.locate.sheet import Sheet
from grader.locate.spelling import PAPER, read_paper
from grader.maths.closed import number_of
from grader.maths.substitution import contains
from grader.maths.tree import Apply, Number, Tree
from grader.model.writing import Chain, Passage, PassageKind
from grader.model.written import Inside

# a piece of fewer that has the wanted value may have it by accident
FEWEST_OPERATIONS: Final = 3
SAME_NUMBER = 1e-12  # closed pieces that agree so far are one number to a reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A piece that was found, and the formula around it."""

    inside: Inside
    passage: Passage


def shown_inside(sheet: Sheet, part: str, pieces: tuple[Inside, ...]) -> Shown | None:
    """Return the first of *pieces* that stands in the question's work."""
    chains = [c for c in sheet.chains if belongs(sheet.section(c.passage), part)]
    for inside in pieces:
        wanted = _statement(inside.piece)
        for chain in chains:
            if _shows(chain, wanted):
                return Shown(inside=inside, passage=chain.passage)
    return None


def _statement(piece: str) -> Chain | Tree:
    """Read a piece as a statement where it holds a relation, as a term elsewhere."""
    if any(token in piece for token in RELATIONS):
        passage = Passage(kind=PassageKind.DISPLAY, text=piece, line=0, paragraph=0)
        chains = chains_of((passage,), PAPER)
        if len(chains) == 1 and chains[0].relations:
            return chains[0]
    return read_paper(piece)


def _shows(chain: Chain, wanted: "Chain | Tree") -> bool:
    if isinstance(wanted, Chain):
        pairs = zip(chain.terms, chain.relations, chain.terms[1:], strict=False)
        left, right = wanted.terms[0].tree, wanted.last.tree
        return any(
            (a.tree, relation, b.tree) == (left, wanted.relations[0], right)
            for a, relation, b in pairs
        )
    return any(
        term.tree is not None and _holds(term.tree, wanted) for term in chain.terms
    )


def _holds(tree: Tree, wanted: Tree) -> bool:
    """Return whether *wanted* stands in *tree*, as it is or as another closed form."""
    if contains(tree, wanted):
        return True
    target = number_of(wanted)
    if target is None or isinstance(target, complex):
        return False
    least = min(_operations(wanted), FEWEST_OPERATIONS)
    return any(
        _operations(piece) >= least and _is_near(number_of(piece), float(target))
        for piece in _pieces(tree)
    )


def _operations(tree: Tree) -> int:
    """Count the operations in *tree*: `1 + 2` happens to be 3, a whole formula is meant."""
    if not isinstance(tree, Apply):
        return 0
    return 1 + sum(_operations(arg) for arg in tree.args)


def _is_near(value: Fraction | complex | None, target: float) -> bool:
    if value is None or isinstance(value, complex):
        return False
    return abs(float(value) - target) <= SAME_NUMBER * max(1.0, abs(target))


def _pieces(tree: Tree) -> Iterator[Tree]:
    """Yield the compound pieces of *tree*; a bare number shows nothing."""
    if isinstance(tree, Apply):
        if not all(isinstance(arg, Number) for arg in tree.args):
            yield tree
        for arg in tree.args:
            yield from _pieces(arg)
