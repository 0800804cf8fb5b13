r"""`\cdot` and `\times` between vectors -> the signs of dot and cross products.

A vector is a bold letter, a letter below an arrow, or a list of coordinates.
"""

import re
from typing import Final

# how far from the sign a vector is looked for
_REACH: Final = 80
_BOLD: Final = (
    r"\\(?:vec|mathbf|boldsymbol|bm|overrightarrow)\s*(?:\{[^{}]*\}|\\?[A-Za-z]+)"
)
_UNIT: Final = (
    r"\\hat\s*(?:\{\s*(?:\\[ij]math|[ijknrxyz])\s*\}|\\[ij]math\b|[ijknrxyz]\b)"
)
_VECTOR: Final = rf"(?:{_BOLD}|{_UNIT})"
_SCRIPT: Final = r"(?:\s*_\s*(?:\w|\{[^{}]*\}))?"
_BRACKET: Final = rf"(?:\\left\s*)?\((?:[^()]*){_BOLD}[^()]*\)"
_BEFORE: Final = re.compile(rf"(?P<vector>{_VECTOR}){_SCRIPT}\s*$|{_BRACKET}\s*$")
_AFTER: Final = re.compile(rf"\s*(?:(?P<vector>{_VECTOR})|{_BRACKET})")
_MARKED: Final = re.compile(r"[\\,]")
_LISTED: Final = r"(?:\\left)?\((?:[^(),]*,)+[^(),]*\)"
_LISTED_BEFORE: Final = re.compile(rf"(?<![\w}}]){_LISTED}\s*$")
_LISTED_AFTER: Final = re.compile(rf"\s*{_LISTED}")
_SIGNS: Final = {"cdot": "inner", "times": "cross"}


def product_sign(command: str, text: str, at: int, end: int) -> str:
    """Return `inner`, `cross` or `*` for the command of *text* from *at* to *end*."""
    if command not in _SIGNS or not _MARKED.search(text, max(0, at - _REACH), at):
        return "*"
    left = text[max(0, at - _REACH) : at]
    if _LISTED_BEFORE.search(left) and _LISTED_AFTER.match(text, end):
        return _SIGNS[command]
    before = _BEFORE.search(left)
    after = _AFTER.match(text, end)
    if before is None or after is None:
        return "*"
    return _SIGNS[command]
