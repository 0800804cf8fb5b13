"""Written blocks and a rubric -> answers to probes, as a process would give them.

A sheet is asked what code is asked: the formula that states an answer is found by the
meaning of its left side, and evaluated where the rubric's inputs are put in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.locate.chains import chains_of
from grader.locate.passages import passages_of
from grader.locate.sections import Section, belongs, sections_of
from grader.locate.spelling import PAPER, Spelling, read_paper, spelling_of
from grader.locate.values import is_closed, put_in, value_at
from grader.maths.decide import decide
from grader.maths.finding import Truth
from grader.maths.tree import Constant, Tree, apply, number
from grader.model.answer import (
    Answer,
    Argument,
    Call,
    Formula,
    Found,
    Missing,
    Own,
    Probe,
    Relay,
    Value,
)
from grader.model.rubric import Assignment, Criterion, Part, Written
from grader.model.submission import Block
from grader.model.writing import Chain, Passage, PassageKind

_MIRRORED: Final = {"le": "ge", "lt": "gt", "ge": "le", "gt": "lt"}
_FOLLOWED: Final = {
    "eq": frozenset({"eq"}),
    "le": frozenset({"eq", "le", "lt"}),
    "ge": frozenset({"eq", "ge", "gt"}),
    "tends_to": frozenset({"eq", "tends_to", "much_less", "much_greater"}),
}
_OWN: Final = {
    "eq": frozenset({"eq"}),
    "le": frozenset({"le", "lt"}),
    "ge": frozenset({"ge", "gt"}),
    "tends_to": _FOLLOWED["tends_to"],
}
"""A bound has to be one: at least one relation on the way is the one asked for."""
_AT_INFINITY: Final[dict[str, Tree]] = {
    "much_less": apply("neg", Constant("oo")),
    "much_greater": Constant("oo"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """An answer on paper: its tree in the rubric's names, and where it stands."""

    tree: Tree
    latex: str
    passage: Passage
    fits: int = 0
    rounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A written solution, taken apart once and asked often."""

    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    chains: tuple[Chain, ...]

    def section(self, passage: Passage) -> Section:
        """Return where *passage* stands."""
        return self.sections[self.passages.index(passage)]

    def words_on(self, part: str) -> str:
        """Return what is written under a part's own label, formulas included."""
        return " ".join(
            f"${p.text}$" if p.is_formula else p.text
            for p, s in zip(self.passages, self.sections, strict=True)
            if p.kind is not PassageKind.HEADING and belongs(s, part) == 2  # noqa: PLR2004
        )


def read_sheet(blocks: Sequence[Block], assignment: Assignment) -> Sheet:
    """Take written blocks apart: passages, sections, and chains of formulas."""
    passages = tuple(
        p for block in blocks for p in passages_of(block.text, block=block.label)
    )
    questions = tuple(q.id for q in assignment.questions)
    return Sheet(
        passages=passages,
        sections=sections_of(passages, questions),
        chains=chains_of(passages, PAPER),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet as one convention reads it, ready to be asked."""

    located: Mapping[str, Located]
    criteria: Mapping[str, Criterion]
    spelling: Spelling

    def answer(self, probe: Probe) -> Answer:
        """Return what the sheet says at *probe*."""
        found = self.located.get(probe.name)
        criterion = self.criteria.get(probe.name)
        if found is None or criterion is None:
            return Missing(name=probe.name)
        written = criterion.written
        if written is not None and written.judged_as == "formula":
            return Found(value=Formula(tree=found.tree))
        arguments: dict[str, Value] = {}
        if isinstance(probe, Call):
            arguments = dict(zip(criterion.inputs, _values(probe), strict=False))
        return Found(value=value_at(put_in(found.tree, arguments)))


def locate(
    sheet: Sheet, assignment: Assignment, convention: Mapping[str, str]
) -> Paper:
    """Find each written criterion's answer, as one convention reads the sheet.

    Raises:
        RubricError: a `written:` entry of the rubric cannot be read.
    """
    spelling = spelling_of(assignment.notation, convention)
    located, criteria = {}, {}
    for part in assignment.parts:
        for criterion in part.criteria:
            if criterion.written is None:
                continue
            criteria[criterion.answer] = criterion
            best = _best(sheet, part, criterion, criterion.written, spelling)
            if best is not None:
                located[criterion.answer] = best
    return Paper(located=located, criteria=criteria, spelling=spelling)


def _best(
    sheet: Sheet,
    part: Part,
    criterion: Criterion,
    written: Written,
    spelling: Spelling,
) -> Located | None:
    """Return the candidate that stands in the best place; the last one among equals."""
    sides = {read_paper(side) for side in (written.equation, *written.alternatives)}
    candidates = [
        replace(found, fits=belongs(sheet.section(chain.passage), part.id))
        for chain in sheet.chains
        for found in _answers(chain, sides, written, spelling)
        if written.judged_as == "formula"
        or is_closed(found.tree, frozenset(criterion.inputs))
    ]
    if not candidates:
        return _equivalent(sheet, part, written, spelling)
    ranked = enumerate(candidates)
    return max(ranked, key=lambda pair: (pair[1].fits, not pair[1].rounded, pair[0]))[1]


def _answers(
    chain: Chain, sides: set[Tree], written: Written, spelling: Spelling
) -> list[Located]:
    """Return what the chain says of each of its terms that is the one looked for."""
    found = []
    for at, term in enumerate(chain.terms):
        if term.tree is None or term.tree not in sides:
            continue
        way = _way(chain, at, written.relation)
        if way is None:
            continue
        target = chain.terms[way.end]
        tree = target.tree
        if way.last in _AT_INFINITY and tree == number(0):
            tree = _AT_INFINITY[way.last]
        elif tree is not None and written.judged_as == "values":
            tree = spelling.translate(tree)
        if tree is not None:
            found.append(
                Located(
                    tree=tree,
                    latex=target.latex,
                    passage=chain.passage,
                    rounded=way.last == "approx",
                )
            )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How far a chain carries from one of its terms, and by which relation at last."""

    end: int
    last: str


def _way(chain: Chain, at: int, relation: str) -> Way | None:
    """Follow the relations to the right as far as they carry, else to the left."""
    to_the_right = [
        (relation_, end) for end, relation_ in enumerate(chain.relations[at:], at + 1)
    ]
    to_the_left = [
        (_MIRRORED.get(chain.relations[end], chain.relations[end]), end)
        for end in range(at - 1, -1, -1)
    ]
    return _carried(chain, to_the_right, relation) or _carried(
        chain, to_the_left, relation
    )


def _carried(chain: Chain, steps: list[tuple[str, int]], asked: str) -> Way | None:
    """Return where *steps* lead; a bare 0 at the end of a bound is a sign, no bound."""
    way: Way | None = None
    is_own = False
    for relation, end in steps:
        first_rounding = relation == "approx" and way is None and asked == "eq"
        if relation not in _FOLLOWED[asked] and not first_rounding:
            break
        if asked in {"le", "ge"} and chain.terms[end].tree == number(0):
            break
        is_own = is_own or relation in _OWN[asked] or first_rounding
        way = Way(end=end, last=relation)
        if first_rounding:
            break
    return way if is_own else None


def _equivalent(
    sheet: Sheet, part: Part, written: Written, spelling: Spelling
) -> Located | None:
    """Find the answer stated as an equation, up to a factor."""
    if written.equivalent is None or written.expected is None:
        return None
    wanted = spelling.translate(read_paper(written.equivalent))
    for chain in sheet.chains:
        fits = belongs(sheet.section(chain.passage), part.id)
        left, right = chain.terms[0].tree, chain.last.tree
        if not fits or chain.relations != ("eq",) or left is None or right is None:
            continue
        said = spelling.translate(apply("eq", left, right))
        if decide(wanted, said).truth is Truth.EQUAL:
            return Located(
                tree=spelling.translate(read_paper(written.expected)),
                latex=chain.passage.text,
                passage=chain.passage,
                fits=fits,
            )
    return None


def _values(call: Call) -> list[Value]:
    """Return the arguments that are values: a sheet is never handed a function."""
    return [_value(argument) for argument in call.positional]


def _value(argument: Argument) -> Value:
    return None if isinstance(argument, Own | Relay) else argument
