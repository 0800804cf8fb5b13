"""Written blocks -> a sheet taken apart: passages, their sections, chains of formulas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.locate.chains import chains_of, joined
from grader.locate.definitions import Definitions, definitions_in
from grader.locate.passages import passages_of
from grader.locate.sections import (
    ITS_OWN,
    Section,
    belongs,
    outline_of,
    sections_of,
    split_part,
)
from grader.locate.spelling import PAPER
from grader.maths.tree import Tree
from grader.model.rubric import Assignment
from grader.model.submission import Block
from grader.model.writing import Chain, Passage, PassageKind

_LABEL_ALONE: Final = re.compile(
    r"\W*(?:\d{1,2}|[A-Za-z]|[ivx]{1,4}|\d{1,2}\s*[a-z])?\W*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A written solution, taken apart once and asked often.

    *whole* are the chains again, each that continues another lengthened by it.
    """

    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    chains: tuple[Chain, ...]
    whole: tuple[Chain, ...] = ()
    definitions: dict[str, Definitions] = field(default_factory=dict)

    def section(self, passage: Passage) -> Section:
        """Return where *passage* stands."""
        return self.sections[self.passages.index(passage)]

    def has_question(self, part: str) -> bool:
        """Return whether something stands under the part's question."""
        question = split_part(part)[0]
        return any(section.question == question for section in self.sections)

    def defined(self, chain: Chain) -> Definitions:
        """Return what the letters of the question stand for, in which *chain* stands."""
        return self.definitions[self.section(chain.passage).question]

    def put_in(self, chain: Chain, tree: Tree) -> Tree:
        """Return *tree* of *chain* with what the sheet defines put in."""
        at = self.chains.index(chain)
        return self.defined(chain).put_in(tree, at, lambda _: False)

    def words_on(self, part: str) -> str:
        """Return what is written under a part's own label, formulas included.

        Where nothing in the sheet is labelled, all of it may be on any part.
        """
        is_open = not any(section.question for section in self.sections)
        words = " ".join(
            f"${p.text}$" if p.is_formula else p.text
            for p, s in zip(self.passages, self.sections, strict=True)
            if p.kind is not PassageKind.HEADING
            and (is_open or belongs(s, part) == ITS_OWN)
        )
        return "" if _LABEL_ALONE.fullmatch(words) else words


def read_sheet(blocks: Sequence[Block], assignment: Assignment) -> Sheet:
    """Take written blocks apart: passages, sections, and chains of formulas."""
    passages = tuple(
        p for block in blocks for p in passages_of(block.text, block=block.label)
    )
    outline = outline_of(tuple(part.id for part in assignment.parts))
    sections = sections_of(passages, outline)
    chains = chains_of(passages, PAPER)
    whole = joined(chains)
    sheet = Sheet(passages=passages, sections=sections, chains=chains, whole=whole)
    named = [sheet.section(chain.passage).question for chain in whole]
    for question in dict.fromkeys(named):
        own = [(at, chain) for at, chain in enumerate(whole) if named[at] == question]
        sheet.definitions[question] = definitions_in(own)
    return sheet
