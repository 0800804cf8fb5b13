"""A sentence with an answer in it -> the answer, still as text.

Only a caller that asks for prose uses this: an answer field holds the answer alone.
The rule, first match wins: the last box, with the boxes that "and" joins to it; what
follows the last "answer is" or "answer:"; the last formula between dollar signs, with
the formulas joined to it; the last number of a sentence; the text itself.
"""

import re
from typing import Final

# an answer stands near the end of even the longest essay
_LONGEST: Final = 400_000
_BOX: Final = re.compile(r"\\+(?:boxed|fbox)\s*\{")
_FORMULA: Final = re.compile(
    r"\$\$(.+?)\$\$|\$([^$]+)\$|\\+\[(.+?)\\+\]|\\+\((.+?)\\+\)", re.DOTALL
)
_SAYS: Final = re.compile(r"\banswer\s*(?:is|:|=)\s*:?\s*", re.IGNORECASE)
_JOINED: Final = re.compile(
    r"(?:[\s$.,;]|\\+[()\[\]]|\\q?quad|\\+text\s*\{\s*(?:and|or)\s*\}|\band\b|\bor\b)*"
)
_AND: Final = re.compile(r"\band\b|\bor\b|,|;")
_WORDS: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}[,:]?\s+[A-Za-z]{2,}")
_NUMBER: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_SENTENCE_END: Final = re.compile(r"\.\s|\.\Z|\n\n")
_OUTER: Final = " \t\r\n.,;:$"


def extract_answer(text: str) -> str:
    """Return the final answer inside *text*, or *text* where it is nothing else."""
    tail = text[-_LONGEST:]
    boxes = _boxes(tail)
    if boxes:
        return _last_run(tail, boxes)
    said = list(_SAYS.finditer(tail))
    if said:
        return _first_sentence(tail[said[-1].end() :])
    formulas = [(*_span(match), _content(match)) for match in _FORMULA.finditer(tail)]
    if formulas:
        return _last_run(tail, formulas)
    return _last_number(tail) if _WORDS.search(tail) else tail.strip()


def _boxes(text: str) -> list[tuple[int, int, str]]:
    """Return where each box starts and ends, and what is in it."""
    found = []
    at = 0
    while (match := _BOX.search(text, at)) is not None:
        end = _closing(text, match.end())
        if end < 0:
            break
        found.append(
            (match.start(), end + 1, text[match.end() : end].replace("$", " "))
        )
        at = end + 1
    return found


def _closing(text: str, at: int) -> int:
    level = 1
    for index in range(at, len(text)):
        letter = text[index]
        if letter in "{}" and text[index - 1] != "\\":
            level += 1 if letter == "{" else -1
            if not level:
                return index
    return -1


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.end()


def _content(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _last_run(text: str, found: list[tuple[int, int, str]]) -> str:
    """Return the last piece, and those before it that only an "and" parts from it."""
    run = [found[-1]]
    for piece in reversed(found[:-1]):
        between = text[piece[1] : run[0][0]]
        if not _JOINED.fullmatch(between) or not _AND.search(between):
            break
        run.insert(0, piece)
    return ", ".join(content.strip() for _, _, content in run)


def _first_sentence(text: str) -> str:
    formula = _FORMULA.match(text.lstrip("* "))
    if formula is not None:
        return _content(formula).strip()
    end = _SENTENCE_END.search(text)
    return (text[: end.start()] if end else text).strip("* \n").strip(_OUTER)


def _last_number(text: str) -> str:
    numbers = _NUMBER.findall(text)
    return numbers[-1].rstrip(",") if numbers else text.strip()
