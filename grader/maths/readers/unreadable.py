"""What a reader says when it cannot go on, and the limits it keeps before it starts."""

from typing import Final

# a long formula has some hundred characters; nobody types eight thousand
CHARACTERS: Final = 8_000
# Python's own stack holds a thousand frames, and a level of brackets takes about five
NESTING: Final = 120
# a tree is walked by recursion elsewhere: it may be no deeper than this
TREE_DEPTH: Final = 150
# longer numbers cost quadratic time to turn into integers
DIGITS: Final = 1_000
# 1e400 is a number somebody may mean; 1e99999999 is memory
EXPONENT: Final = 2_000
# a word without a space that is longer than this is no product of names
LETTERS: Final = 64

_CLIP: Final = 36


class Unreadable(Exception):
    """The *text* stops being mathematics at *offset*, where *expected* should stand."""

    def __init__(self, offset: int, expected: str, text: str) -> None:
        super().__init__(offset, expected, text)  # positional: it survives pickling
        self.offset = offset
        self.expected = expected
        self.text = text

    def __str__(self) -> str:
        return f"expected {self.expected}\n{self.caret()}"

    def caret(self) -> str:
        """Return the line of the text around the fault, and a caret below it."""
        start = self.text.rfind("\n", 0, self.offset) + 1
        end = self.text.find("\n", self.offset)
        end = len(self.text) if end < 0 else end
        left = max(start, self.offset - _CLIP)
        right = min(end, self.offset + _CLIP)
        before = "…" if left > start else ""
        after = "…" if right < end else ""
        line = (before + self.text[left:right] + after).replace("\t", " ")
        return f"{line}\n{' ' * (len(before) + self.offset - left)}^"
