"""Passages -> which question and part each belongs to, by headings and labels."""

import re
from dataclasses import dataclass
from typing import Final

from grader.model.writing import Passage, PassageKind

_NUMBER: Final = re.compile(r"\b(\d{1,2})\b")
_PART: Final = re.compile(r"^(\d{1,2})?[.\s]*([a-z])?(?:-?([ivx]+))?$")
_HEADED_PART: Final = re.compile(r"\b(\d{1,2})\s*\(?([a-z])\)?(?:\W|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Where a passage stands: under which question, and under which label of it."""

    question: str = ""
    label: str = ""


def sections_of(
    passages: tuple[Passage, ...], questions: tuple[str, ...]
) -> tuple[Section, ...]:
    """Return each passage's section, in order.

    A heading with a question's number opens it; a paragraph that begins with a label
    opens a part. What stands before any such sign belongs to no question.
    """
    found, here = [], Section()
    for passage in passages:
        if passage.kind is PassageKind.HEADING:
            here = _headed(passage.text, questions, here)
        elif passage.label:
            here = _labelled(passage.label, questions, here)
        found.append(here)
    return tuple(found)


def belongs(section: Section, part: str) -> int:
    """Return how well *section* fits the part: 2 its own, 1 its question's, 0 neither."""
    question, label, _ = split_part(part)
    if section.question != question:
        return 0
    return 2 if label and section.label == label else 1


def split_part(part: str) -> tuple[str, str, str]:
    """Take a part's name apart: `2b-i` is question 2, label b, item i."""
    found = _PART.match(part.casefold())
    if found is None:
        return part, "", ""
    return found[1] or "", found[2] or "", found[3] or ""


def _headed(text: str, questions: tuple[str, ...], here: Section) -> Section:
    both = _HEADED_PART.search(text.casefold())
    if both is not None and both[1] in questions:
        return Section(question=both[1], label=both[2])
    number = _NUMBER.search(text)
    if number is not None and number[1] in questions:
        return Section(question=number[1])
    label = re.fullmatch(r"(?:part\s*)?\(?([a-z])\)?[.:]?(?:\s.*)?", text.casefold())
    if label is not None and here.question:
        return Section(question=here.question, label=label[1])
    return here


def _labelled(label: str, questions: tuple[str, ...], here: Section) -> Section:
    word = re.sub(r"^(?:part|problem|question|exercise)", "", label)
    question, letter, _ = split_part(word)
    if question in questions:
        return Section(question=question, label=letter)
    if letter and not question and here.question:
        return Section(question=here.question, label=letter)
    return here
