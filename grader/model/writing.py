"""Written work taken apart: passages, chains of formulas, and the marks beside them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from grader.maths.tree import Tree


class PassageKind(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    WORDS = "words"
    INLINE = "inline"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a sheet: its kind, its text (LaTeX for a formula), where it stands.

    *line* counts from one within its block; *label* is a leading `A.` or `(b)` of the
    paragraph that it begins; *paragraph* numbers the paragraphs of a sheet.
    """

    kind: PassageKind
    text: str
    line: int
    paragraph: int
    block: str = ""
    label: str = ""
    level: int = 0

    @property
    def is_formula(self) -> bool:
        """Whether it is mathematics."""
        return self.kind in {PassageKind.INLINE, PassageKind.DISPLAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One side of a relation: its LaTeX, its tree where it reads, why not where not."""

    latex: str
    tree: Tree | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Terms joined by relations, as written: `a = b <= c` has three and two.

    *continues* says that the first term was taken over from the chain before, since
    the formula began with a relation.
    """

    terms: tuple[Term, ...]
    relations: tuple[str, ...]
    passage: Passage
    continues: bool = False

    @property
    def last(self) -> Term:
        """What the chain arrives at."""
        return self.terms[-1]


Standing = Literal["true", "false", "unchecked", "undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is said beside one statement of a sheet.

    *standing* is `true` (proved, or agreed on the declared domain), `false` (with a
    witness), `unchecked` (a definition, a condition, an equation to solve, words) or
    `undecided`. *statement* is the student's own LaTeX; *remark* staff's words.
    """

    standing: Standing
    reason: str
    statement: str
    line: int
    block: str = ""
    witness: tuple[tuple[str, str], ...] = ()
    domain: str = ""
    words: str = ""  # the sentence, where it is one that claims
    remark: str = ""
