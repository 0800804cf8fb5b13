"""A sentence with an answer in it -> the answer, still as text.

Only a caller that asks for prose uses this: an answer field holds the answer alone.
The rule, first match wins: the last box, with the boxes that "and" joins to it, or
what a later "answer is" or "answer:" says instead; the last formula between dollar
signs, with the formulas joined to it; the last number of a sentence; the text itself.
A percent sign behind what was taken, or the word, belongs to it.
"""

import re
from typing import Final

# an answer stands near the end of even the longest essay
_LONGEST: Final = 400_000
_BOX: Final = re.compile(r"\\+(?:boxed|fbox)\s*\{")
_LINES: Final = r"(?:align|equation|gather|multline)\*?"
_FORMULA: Final = re.compile(
    r"\$\$(.+?)\$\$|(?<!\\)\$((?:[^$\\]|\\.)+)\$|\\+\[(.+?)\\+\]|\\+\((.+?)\\+\)"
    rf"|(\\begin\{{{_LINES}\}}.+?\\end\{{{_LINES}\}})",
    re.DOTALL,
)
_SAYS: Final = re.compile(
    r"\b(?:answer|(?:correct|right) (?:option|choice))\s*(?:is|:|=)\s*:?\s*|\#{4}\s*",
    re.IGNORECASE,
)
# `\textbf{(C)} 12`: the letter of a choice, and what it stands for
_CHOICE: Final = re.compile(
    r"(?:\\+(?:text|textbf|mathrm|mathbf)\s*\{\s*)?(\([A-H]\))\s*\}?"
    r"(?:\s|~|\\+[ ,;:]|\\+q?quad)*"
)
# `option B`, and `option C is correct`
_OPTION: Final = re.compile(
    r"(?:option|choice)\s+\(?([A-H])\)?(?=\.?\s*\Z|\s+is\s+(?:correct|right)\b)",
    re.IGNORECASE,
)
# `5 apples`, `17 (seventeen)`
_COUNTED: Final = re.compile(
    r"(-?\d[\d,]*(?:\.\d+)?)\s+(?!per\s?cent|pct)(?:[A-Za-z]{3,}|\([A-Za-z -]+\))\.?"
)
_LETTER: Final = re.compile(r"(?:\\+\w+\s*\{)?\s*\(?[A-H]\)?\s*\}?\s*\.?")
_JOINED: Final = re.compile(
    r"(?:[\s$.,;]|\\+[()\[\]]|\\q?quad|\\+text\s*\{\s*(?:and|or)\s*\}|\band\b|\bor\b)*"
)
_AND: Final = re.compile(r"\band\b|\bor\b|,|;")
_WORDS: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}[,:]?\s+[A-Za-z]{2,}")
_NUMBER: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_SENTENCE_END: Final = re.compile(r"\.\s|\.\Z|\n\n")
_PERCENT: Final = re.compile(r"(?:[\s$]|\\+[)\]])*(?:\\*%|per\s?cent\b)")
_OUTER: Final = " \t\r\n.,;:$"


def extract_answer(text: str) -> str:
    """Return the final answer inside *text*, or *text* where it is nothing else."""
    tail = text[-_LONGEST:]
    boxes = _boxes(tail)
    said = _said(tail, boxes[-1][1] if boxes else 0)
    if said:
        return _counted(said)
    if boxes:
        return _last_run(tail, boxes)
    formulas = _formulas(tail)
    if formulas:
        return _last_run(tail, formulas)
    option = _OPTION.search(tail)
    if option is not None:
        return option[1]
    return _last_number(tail) if _WORDS.search(tail) else _counted(tail.strip())


def _counted(answer: str) -> str:
    """Return the number of `5 apples`, the letter of `option B`, or *answer*."""
    counted = _COUNTED.fullmatch(answer) or _OPTION.fullmatch(answer)
    return answer if counted is None else counted[1]


def without_label(answer: str, other: str) -> str:
    """Return the letter of a choice or what follows it, as *other* is a letter or not."""
    label = _CHOICE.match(answer)
    if label is None or label.end() == len(answer.rstrip()):
        return answer
    return label[1] if _LETTER.fullmatch(other.strip()) else answer[label.end() :]


def _said(text: str, start: int) -> str:
    """Return what the last "answer is" after *start* announces, if it is an answer."""
    announced = list(_SAYS.finditer(text, start))
    if not announced:
        return ""
    sentence = _first_sentence(text[announced[-1].end() :].lstrip("} "))
    formulas = _formulas(sentence)
    if formulas:
        at_once = not sentence[: formulas[0][0]].strip('* \\"')
        return (_first_run if at_once else _last_run)(sentence, formulas)
    numbered = _NUMBER.search(sentence) is not None
    if numbered and _WORDS.search(sentence):
        return _last_number(sentence)
    return sentence if numbered or not start else ""


def _formulas(text: str) -> list[tuple[int, int, str]]:
    return [(*_span(match), _content(match)) for match in _FORMULA.finditer(text)]


def _percent(text: str, at: int) -> str:
    return r" \%" if _PERCENT.match(text, at) else ""


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
    found = next(group for group in match.groups() if group is not None)
    return found.replace(r"\$", "")


def _last_run(text: str, found: list[tuple[int, int, str]]) -> str:
    """Return the last piece, and those before it that only an "and" parts from it."""
    run = [found[-1]]
    for piece in reversed(found[:-1]):
        if not _are_joined(text, piece, run[0]):
            break
        run.insert(0, piece)
    return _taken(text, run)


def _first_run(text: str, found: list[tuple[int, int, str]]) -> str:
    """Return the first piece, and those after it that only an "and" parts from it."""
    run = found[:1]
    for piece in found[1:]:
        if not _are_joined(text, run[-1], piece):
            break
        run.append(piece)
    return _taken(text, run)


def _are_joined(
    text: str, piece: tuple[int, int, str], after: tuple[int, int, str]
) -> bool:
    between = text[piece[1] : after[0]]
    return bool(_JOINED.fullmatch(between) and _AND.search(between))


def _taken(text: str, run: list[tuple[int, int, str]]) -> str:
    taken = ", ".join(content.strip() for _, _, content in run)
    return taken + _percent(text, run[-1][1]) if len(run) == 1 else taken


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    sentence = (text[: end.start()] if end else text).strip("* \n")
    return sentence if _FORMULA.search(sentence) else sentence.strip(_OUTER)


def _last_number(text: str) -> str:
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return text.strip()
    last = numbers[-1]
    return last[0].rstrip(",") + _percent(text, last.end())
