"""Passages -> which question and part each belongs to, by headings and labels."""

import re
from dataclasses import dataclass, field
from typing import Final

from grader.model.writing import Passage, PassageKind

ITS_OWN: Final = 2
ITS_QUESTIONS: Final = 1
ANOTHERS: Final = 0

_WORD: Final = r"(?:problem|question|exercise|task|aufgabe|part|teil|ex|q|p)"
_TITLE: Final = re.compile(
    r"\b(?:homework|hw|set|sheet|assignment|week|series|lecture|chapter|blatt|serie)"
    r"\s*(?:set|sheet|no\.?|nr\.?|number|#)?\s*\d+",
)
_NUMBER: Final = re.compile(rf"(?:{_WORD}\.?\s*)?(?<![\d.,])(\d{{1,2}})(?![\d,])")
_PART: Final = re.compile(r"^(\d{1,2})?[.\s]*([a-z])?(?:-?([ivx]+))?$")
_LETTER_AFTER: Final = re.compile(
    r"\s*(?:([a-z])(?![a-z])|[.,]?\s*\(([a-z])\)|[.,]?\s*([a-z])(?=[).:]|$)|\.(\d)(?!\d))"
)
_LETTER_ALONE: Final = re.compile(
    r"(?:(?:part|teil)\s*\(?([a-z])\)?(?![a-z])|\(([a-z])\)|([a-z])(?=[).:]|$))"
)
_ITEMS: Final = ("i", "ii", "iii", "iv", "v", "vi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Where a passage stands: under which question, label and item of it."""

    question: str = ""
    label: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The questions of an assignment, and the letters of their parts."""

    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def start(self) -> Section:
        """Where a sheet begins: in the question, where there is one alone."""
        alone = list(self.letters) if len(self.letters) == 1 else [""]
        return Section(question=alone[0])

    def has(self, question: str, letter: str) -> bool:
        """Return whether the question has a part of this letter."""
        return letter in self.letters.get(question, ())


def outline_of(parts: tuple[str, ...]) -> Outline:
    """Return the outline that the parts' names give: `2b-i` is 2, b, i."""
    letters: dict[str, tuple[str, ...]] = {}
    for part in parts:
        question, letter, _ = split_part(part)
        known = letters.get(question, ())
        letters[question] = known if letter in known else (*known, letter)
    return Outline(letters=letters)


def sections_of(passages: tuple[Passage, ...], outline: Outline) -> tuple[Section, ...]:
    """Return each passage's section, in order.

    A heading with a question's number opens it; a heading or a paragraph that begins
    with a label opens a part. What stands before any such sign belongs to no question.
    """
    found, here, paragraph, is_headed = [], outline.start, 0, False
    for passage in passages:
        if passage.kind is PassageKind.HEADING:
            here = _headed(passage.text.casefold(), outline, here)
            is_headed = is_headed or bool(here.question)
        elif passage.paragraph != paragraph and not (
            is_headed and passage.label.isdigit()  # a step of a list
        ):
            here = _labelled(passage.label, outline, here)
        paragraph = passage.paragraph
        found.append(here)
    return tuple(found)


def belongs(section: Section, part: str) -> int:
    """Return how well *section* fits the part: its own, its question's, another's."""
    question, letter, item = split_part(part)
    if section.question != question:
        return ANOTHERS
    is_own = bool(letter) and section.label == letter
    return ITS_OWN if is_own and section.item in {"", item} else ITS_QUESTIONS


def split_part(part: str) -> tuple[str, str, str]:
    """Take a part's name apart: `2b-i` is question 2, label b, item i."""
    found = _PART.match(part.casefold())
    if found is None:
        return part, "", ""
    return found[1] or "", found[2] or "", found[3] or ""


def _headed(text: str, outline: Outline, here: Section) -> Section:
    plain = _TITLE.sub("", text).strip()
    for number in _NUMBER.finditer(plain):
        if number[1] in outline.letters:
            after = _LETTER_AFTER.match(plain, number.end())
            return Section(question=number[1], label=_letter(after, outline, number[1]))
    alone = _LETTER_ALONE.match(plain)
    if alone is not None and here.question:
        return _within(_letter(alone, outline, here.question), outline, here)
    return here


def _letter(found: re.Match[str] | None, outline: Outline, question: str) -> str:
    """Return the letter of a part; `2.1` is the first part of question 2."""
    said = next((group for group in found.groups() if group), "") if found else ""
    letters = outline.letters.get(question, ())
    if said.isdigit():
        return letters[int(said) - 1] if 0 < int(said) <= len(letters) else ""
    return said if said in letters or said in _ITEMS else ""


def _labelled(label: str, outline: Outline, here: Section) -> Section:
    word = re.sub(rf"^{_WORD}(?=[\d(a-z])", "", label) if len(label) > 1 else label
    question, letter, item = split_part(word)
    if not word:
        return here
    if word in _ITEMS:
        return _within(word, outline, here)
    if question in outline.letters:
        return Section(question=question, label=letter, item=item)
    if letter and not question:
        return _within(letter, outline, here)
    return here


def _within(letter: str, outline: Outline, here: Section) -> Section:
    """Go to a part of the question at hand, or to an item of the part at hand."""
    if not here.question or not letter:
        return here
    if outline.has(here.question, letter) and not (here.label and letter == "i"):
        return Section(question=here.question, label=letter)
    if letter in _ITEMS and here.label:
        return Section(question=here.question, label=here.label, item=letter)
    return here
