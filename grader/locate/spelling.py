"""A rubric's notation -> how letters on paper become the rubric's own names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from grader.errors import RubricError
from grader.maths.reading import Notation, Unreadable, read_latex, read_text
from grader.maths.substitution import substitute
from grader.maths.tree import HEADS, Apply, Symbol, Tree
from grader.model.rubric import Assignment

PAPER = Notation()
ONE_ARGUMENT: Final = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """Pieces of LaTeX, as trees, and what each of them is in the rubric's names."""

    pieces: Mapping[Tree, Tree] = field(default_factory=dict)

    def translate(self, tree: Tree) -> Tree:
        """Return *tree* in the rubric's own names."""
        return _applied(substitute(tree, self.pieces))

    def beside(self, other: "Spelling") -> "Spelling":
        """Return this spelling with *other*'s pieces, which come first."""
        return Spelling(pieces={**self.pieces, **other.pieces})


def spelling_of(*spellings: Mapping[str, str]) -> Spelling:
    """Read `notation:` and a convention into one spelling.

    Raises:
        RubricError: a spelling is no mathematics that can be read.
    """
    pieces: dict[Tree, Tree] = {}
    for spelling in spellings:
        for latex, name in spelling.items():
            pieces[read_paper(latex)] = own_name(name)
    return Spelling(pieces=pieces)


def house_spelling(assignment: Assignment) -> Spelling:
    """Return how the rubric's own formulas are read: in the first of its conventions.

    Raises:
        RubricError: a spelling is no mathematics that can be read.
    """
    return spelling_of(assignment.notation, *assignment.conventions[:1])


def read_paper(latex: str) -> Tree:
    """Read LaTeX that staff wrote in a rubric.

    Raises:
        RubricError: it cannot be read; the message holds a caret at the place.
    """
    try:
        return read_latex(latex, PAPER)
    except Unreadable as error:
        raise _not_read(error) from error


def _applied(tree: Tree) -> Tree:
    r"""Apply what a letter stands for: where sigma is `sigmoid`, so is `\sigma(h)`."""
    match tree:
        case Apply("call", (Symbol(name), argument)) if HEADS.get(name) == ONE_ARGUMENT:
            return Apply(name, (_applied(argument),))
        case Apply(head, args):
            return Apply(head, tuple(_applied(arg) for arg in args))
        case _:
            return tree


def own_name(name: str) -> Tree:
    """Read what a spelling stands for, in the rubric's names.

    Raises:
        RubricError: it cannot be read.
    """
    words = [
        w for w in name.replace("(", " ").replace("/", " ").split() if w.isidentifier()
    ]
    try:
        return read_text(name, Notation(names=frozenset(words)))
    except Unreadable as error:
        raise _not_read(error) from error


def _not_read(error: Unreadable) -> RubricError:
    return RubricError(
        where="written mathematics in the rubric",
        what=f"this cannot be read: expected {error.expected}\n{error.caret()}",
        mend="write it as LaTeX that a student could have written",
    )
