"""The words around a formula -> whether its writer stands by it.

`It is not true that $z = 1$` states nothing, and `$z = 1$ or $z = 2$` states both:
what is meant there is for a person to say.
"""

import re
from typing import Final

from grader.locate.sheet import Sheet
from grader.model.writing import Passage, PassageKind

_DENIED_BEFORE: Final = re.compile(
    r"\b(?:(?:not|never|hardly)\s+(?:true|right|correct|the\s+case|have|claim|believe|think)"
    r"|false|wrong|incorrect|untrue|falsch|nicht\s+(?:wahr|richtig))(?:\s+(?:that|dass))?\W*$",
    re.IGNORECASE,
)
_DENIED_AFTER: Final = re.compile(
    r"^\W*(?:(?:but|and|which|this|that|it|aber|das)\s+)*(?:is|was|ist|would\s+be)\s+"
    r"(?:(?:clearly|obviously|simply|of\s+course)\s+)?"
    r"(?:not\s+(?:true|right|correct|the\s+case)|false|wrong|incorrect|untrue|falsch"
    r"|nicht\s+(?:wahr|richtig))\b",
    re.IGNORECASE,
)
_OR: Final = re.compile(
    r"\W*(?:or|oder)(?:\s+(?:maybe|perhaps|else|possibly|vielleicht))?\W*",
    re.IGNORECASE,
)


def is_denied(sheet: Sheet, passage: Passage) -> bool:
    """Return whether the words beside a formula say that it does not hold."""
    before, after = _beside(sheet, passage, -1), _beside(sheet, passage, 1)
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after))


def are_alternatives(sheet: Sheet, one: Passage, other: Passage) -> bool:
    """Return whether two formulas stand beside each other with an `or` between."""
    first, second = sorted(
        (sheet.passages.index(one), sheet.passages.index(other)),
    )
    between = sheet.passages[first + 1 : second]
    return (
        one.paragraph == other.paragraph
        and len(between) == 1
        and between[0].kind is PassageKind.WORDS
        and _OR.fullmatch(between[0].text) is not None
    )


def _beside(sheet: Sheet, passage: Passage, step: int) -> str:
    """Return the words right before or after a formula in its paragraph."""
    at = sheet.passages.index(passage) + step
    if not 0 <= at < len(sheet.passages):
        return ""
    near = sheet.passages[at]
    is_same = near.paragraph == passage.paragraph and near.block == passage.block
    return near.text if is_same and near.kind is PassageKind.WORDS else ""
