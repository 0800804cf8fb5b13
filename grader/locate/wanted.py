"""A rubric's `written:` entry -> what is looked for: left sides, each with its relation."""

from dataclasses import dataclass
from typing import Final

from grader.locate.chains import RELATIONS, plainer
from grader.locate.naming import OTHER, SAME_BUT_FOR_ARGUMENTS, canonical, likeness
from grader.locate.spelling import Spelling, read_paper, spelling_of
from grader.maths.decide import decide
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Symbol, Tree
from grader.model.rubric import Criterion, Part
from grader.model.written import Written

_OPERATORS: Final = frozenset({"derivative", "partial", "prime", "gradient"})
_ASKED: Final = {
    "lt": "le",
    "gt": "ge",
    "approx": "eq",
    "much_less": "tends_to",
    "much_greater": "tends_to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A left side under which an answer is looked for, and how it relates to it."""

    tree: Tree
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An answer that is looked for.

    *spelling* turns the sheet's letters into the rubric's names, *house* the rubric's
    own formulas.
    """

    part: Part
    criterion: Criterion
    written: Written
    sides: tuple[Side, ...]
    spelling: Spelling
    house: Spelling
    setting: Setting
    expected: Tree | None = None

    @property
    def is_formula(self) -> bool:
        """Whether it is held against a formula, since nothing can be put in."""
        return self.criterion.is_formula_on_paper

    def is_given(self, tree: Tree) -> bool:
        """Return whether *tree* is one of the letters that the question is asked in."""
        own = self.spelling.translate(tree)
        return isinstance(own, Symbol) and self.has_input(own.name)

    def has_input(self, name: str) -> bool:
        """Return whether a name is an input, or an entry of one: `x_3` of `x`."""
        inputs = self.criterion.inputs
        return name in inputs or name.split("_", maxsplit=1)[0] in inputs

    def named_by(self, name: Tree, term: Tree) -> tuple[int, str]:
        """Return how well *term* (canonical: *name*) names the answer, and how."""
        found = [(likeness(side.tree, name), side.relation) for side in self.sides]
        best = max(found, default=(OTHER, ""), key=lambda pair: pair[0])
        if best[0] == OTHER and self._works_out(term):
            return SAME_BUT_FOR_ARGUMENTS, "eq"
        return best

    def _works_out(self, term: Tree) -> bool:
        """Return whether a derivative, written out, is what is asked for by its value."""
        if self.expected is None or self.is_formula or not _is_operation(term):
            return False
        own = self.spelling.translate(term)
        return decide(self.expected, own, self.setting).equal


def wanted_of(
    part: Part,
    criterion: Criterion,
    spelling: Spelling,
    house: Spelling,
    setting: Setting,
) -> Wanted:
    """Read a criterion's `written:` entry, which it has.

    *spelling* turns the sheet's letters into the rubric's names, *house* the rubric's
    own formulas.

    Raises:
        RubricError: a piece of it cannot be read.
    """
    written = criterion.written
    assert written is not None  # noqa: S101 - for mypy
    local = spelling_of(written.notation)
    ours = house.beside(local)
    expected = None if written.expected is None else read_paper(written.expected)
    sides = (written.equation, *written.alternatives)
    return Wanted(
        part=part,
        criterion=criterion,
        written=written,
        sides=tuple(read_side(side, written.relation) for side in sides),
        spelling=spelling.beside(local),
        house=ours,
        setting=setting,
        expected=None if expected is None else ours.translate(expected),
    )


def read_side(latex: str, relation: str = "eq") -> Side:
    """Read a left side; one that ends in a relation is followed by that one.

    Raises:
        RubricError: it cannot be read.
    """
    text = latex.strip()
    for sign in sorted(RELATIONS, key=len, reverse=True):
        if text.endswith(sign):
            named = RELATIONS[sign]
            tree = read_paper(plainer(text.removesuffix(sign)))
            return Side(tree=canonical(tree), relation=_ASKED.get(named, named))
    return Side(tree=canonical(read_paper(plainer(text))), relation=relation)


def _is_operation(tree: Tree) -> bool:
    match tree:
        case Apply(head, _) if head in _OPERATORS:
            return True
        case Apply("abs" | "neg" | "call", (inner, *_)):
            return _is_operation(inner)
        case _:
            return False
