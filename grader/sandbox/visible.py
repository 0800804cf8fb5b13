"""Text that students wrote -> text that is safe to show: nothing in it is hidden.

Escape sequences and characters that turn the reading direction become visible
escapes; a terminal or a page then shows them instead of obeying them.
"""

import re
from typing import Final

# C0 but tab and newline, DEL and C1, bidi marks and overrides, line separators,
# invisible joiners, byte order mark, interlinear marks, lone surrogates, tag characters
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return *text* with everything invisible in it written out."""
    plain = text.replace("\r\n", "\n")
    return _HIDDEN.sub(lambda found: _escape(found[0]), plain)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - one byte
