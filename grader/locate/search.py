"""A sheet and what is wanted -> the formula that states it, the best of all candidates.

A candidate stands in a chain beside a term that names what is wanted. What names it
best, under the part's own label, last, is taken; where nothing names it, the last
statement of the right kind under the part's own label is, and the choice is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Final

from grader.locate.doubt import are_alternatives, is_denied
from grader.locate.naming import OTHER, SAME_BUT_FOR_ARGUMENTS, canonical, renamed
from grader.locate.sections import ANOTHERS, ITS_OWN, belongs
from grader.locate.sheet import Sheet
from grader.locate.spelling import read_paper
from grader.locate.values import is_closed
from grader.locate.wanted import Wanted
from grader.locate.way import Way, way_from
from grader.maths.decide import decide
from grader.maths.tree import Apply, Constant, Number, Symbol, Tree, apply, symbols_of
from grader.model.writing import Chain, Passage

ZERO: Final = Number(Fraction(0))
LEAST_LIKENESS: Final = 0.5  # of a left side that is told as the nearest one
_AT_INFINITY: Final[dict[str, Tree]] = {
    "much_less": apply("neg", Constant("oo")),
    "much_greater": Constant("oo"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """An answer on paper: its tree in the rubric's names, and where it stands.

    *by_place* says that nothing names it: it stands where the answer should. *doubted*
    says that the words around it deny it, or offer another beside it.
    """

    tree: Tree
    latex: str
    passage: Passage
    rank: tuple[int, ...] = ()
    rounded: bool = False
    by_place: bool = False
    doubted: bool = False


def search(sheet: Sheet, wanted: Wanted) -> Located | None:
    """Return the candidate that is the best by its name and its place."""
    found = [
        *_named(sheet, wanted),
        *_entry_by_entry(sheet, wanted),
    ]
    if found:
        best = max(found, key=lambda located: located.rank)
        return replace(best, doubted=_is_doubted(sheet, wanted, best, found))
    return _equivalent(sheet, wanted) or _by_place(sheet, wanted)


def _is_doubted(
    sheet: Sheet, wanted: Wanted, best: Located, found: Sequence[Located]
) -> bool:
    """Return whether its writer leaves open, or denies, that *best* is the answer."""
    return is_denied(sheet, best.passage) or any(
        are_alternatives(sheet, best.passage, other.passage)
        and not decide(best.tree, other.tree, wanted.setting).equal
        for other in found
    )


def nearest(sheet: Sheet, wanted: Wanted) -> str:
    """Return the left side that looks most like the one looked for, or nothing."""
    best, most = "", LEAST_LIKENESS
    for chain in sheet.whole:
        if not chain.relations or not _fits(sheet, chain, wanted):
            continue
        latex = chain.terms[0].latex
        alike = SequenceMatcher(None, wanted.written.equation, latex).ratio()
        if alike > most:
            best, most = latex, alike
    return best


def _fits(sheet: Sheet, chain: Chain, wanted: Wanted) -> bool:
    """Return whether a chain stands where the answer could: not in another question."""
    fits = belongs(sheet.section(chain.passage), wanted.part.id)
    return fits > ANOTHERS or not sheet.has_question(wanted.part.id)


def _named(sheet: Sheet, wanted: Wanted) -> Iterator[Located]:
    for number, chain in enumerate(sheet.whole):
        if not _fits(sheet, chain, wanted):
            continue
        aliases = sheet.defined(chain).aliases
        for at, term in enumerate(chain.terms):
            if term.tree is None:
                continue
            name = renamed(canonical(term.tree), aliases)
            likeness, relation = wanted.named_by(name, term.tree)
            way = way_from(chain, at, relation) if likeness != OTHER else None
            if way is not None:
                stated = _stated(sheet, wanted, number, way)
                yield from _ranked(stated, sheet, wanted, likeness, number)


def _stated(
    sheet: Sheet, wanted: Wanted, number: int, way: Way
) -> tuple[Tree, str, Passage, bool] | None:
    """Return what stands at the end of a way, with the sheet's own letters put in."""
    chain = sheet.whole[number]
    term = chain.terms[way.end]
    tree = term.tree
    if tree is None:
        return None
    if way.last in _AT_INFINITY and tree == ZERO:
        tree = _AT_INFINITY[way.last]
    read = _opened(sheet, wanted, number, tree)
    if read is None:
        return None
    return read, term.latex, chain.passage, way.last == "approx"


def _opened(sheet: Sheet, wanted: Wanted, number: int, tree: Tree) -> Tree | None:
    """Return *tree* in the rubric's names; None where a letter of it stays unknown."""
    own = wanted.spelling.translate(tree)
    names = frozenset(wanted.criterion.inputs)
    if wanted.is_formula or is_closed(own, names):
        return own
    defined = sheet.defined(sheet.whole[number])
    own = wanted.spelling.translate(defined.put_in(tree, number, wanted.is_given))
    return own if is_closed(own, names) else None


def _ranked(
    stated: tuple[Tree, str, Passage, bool] | None,
    sheet: Sheet,
    wanted: Wanted,
    likeness: int,
    number: int,
) -> Iterator[Located]:
    """Rank by what is used, the place, the name, the rounding, and what comes last."""
    if stated is None:
        return
    tree, latex, passage, rounded = stated
    if likeness == SAME_BUT_FOR_ARGUMENTS and not _uses_inputs(tree, wanted):
        return  # the value at a point, where the function is asked for
    fits = belongs(sheet.section(passage), wanted.part.id)
    rank = (_uses_inputs(tree, wanted), fits, likeness, not rounded, number)
    yield Located(tree=tree, latex=latex, passage=passage, rank=rank, rounded=rounded)


def _uses_inputs(tree: Tree, wanted: Wanted) -> bool:
    """Return whether *tree* speaks of an input, where there are any."""
    return not wanted.criterion.inputs or any(
        wanted.has_input(name) for name in symbols_of(tree)
    )


def _entry_by_entry(sheet: Sheet, wanted: Wanted) -> Iterator[Located]:
    """Put a vector together whose entries are stated one by one: `z_1 = ..., z_2 = ...`."""
    for side in wanted.sides:
        if not (isinstance(side.tree, Apply) and side.tree.head == "tuple"):
            continue
        if not all(isinstance(entry, Symbol) for entry in side.tree.args):
            continue
        entries = [_best_entry(sheet, wanted, entry) for entry in side.tree.args]
        whole = [entry for entry in entries if entry is not None]
        if len(whole) != len(entries):
            continue
        tree = Apply("tuple", tuple(entry.tree for entry in whole))
        latex = r",\quad ".join(entry.latex for entry in whole)
        stated = (tree, latex, whole[0].passage, any(e.rounded for e in whole))
        last = max(entry.rank[-1] for entry in whole)
        yield from _ranked(stated, sheet, wanted, OTHER, last)


def _best_entry(sheet: Sheet, wanted: Wanted, entry: Tree) -> Located | None:
    found: list[Located] = []
    for number, chain in enumerate(sheet.whole):
        if not _fits(sheet, chain, wanted):
            continue
        for at, term in enumerate(chain.terms):
            if term.tree is not None and canonical(term.tree) == entry:
                way = way_from(chain, at, "eq")
                stated = _stated(sheet, wanted, number, way) if way else None
                found += _ranked(stated, sheet, wanted, OTHER, number)
    return max(found, key=lambda located: located.rank, default=None)


def _equivalent(sheet: Sheet, wanted: Wanted) -> Located | None:
    """Find the answer stated as an equation, up to a factor.

    One that is solved for a letter states another answer, which follows from it.
    """
    if wanted.written.equivalent is None or wanted.expected is None:
        return None
    aim = wanted.house.translate(read_paper(wanted.written.equivalent))
    for chain in sheet.chains:
        left, right = chain.terms[0].tree, chain.last.tree
        if not _fits(sheet, chain, wanted) or chain.relations != ("eq",):
            continue
        if left is None or right is None:
            continue
        said = wanted.spelling.translate(apply("eq", left, right))
        if _is_solved(said) and not _is_solved(aim):
            continue
        if decide(aim, said, wanted.setting).equal:
            return Located(
                tree=wanted.expected, latex=chain.passage.text, passage=chain.passage
            )
    return None


def _is_solved(equation: Tree) -> bool:
    """Return whether a letter stands alone on a side of *equation*."""
    return isinstance(equation, Apply) and any(
        isinstance(side, Symbol) for side in equation.args
    )


def _by_place(sheet: Sheet, wanted: Wanted) -> Located | None:
    """Take the last statement of the right kind under the part's own label.

    Only what uses every input is: less would be a step on the way.
    """
    found: list[Located] = []
    for number, chain in enumerate(sheet.whole):
        if belongs(sheet.section(chain.passage), wanted.part.id) != ITS_OWN:
            continue
        way = way_from(chain, 0, wanted.written.relation)
        stated = _stated(sheet, wanted, number, way) if way else None
        if stated is not None and _uses_all(stated[0], wanted):
            tree, latex, passage, rounded = stated
            found.append(
                Located(
                    tree=tree,
                    latex=latex,
                    passage=passage,
                    rounded=rounded,
                    by_place=True,
                )
            )
    return found[-1] if found else None


def _uses_all(tree: Tree, wanted: Wanted) -> bool:
    names = symbols_of(tree)
    bases = {name.split("_")[0] for name in names} | names
    return bool(wanted.criterion.inputs) and bases >= set(wanted.criterion.inputs)
