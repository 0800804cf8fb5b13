"""A canonical name -> its letter, accents and subscripts, for the inks."""

from dataclasses import dataclass
from typing import Final

from grader.maths.readers.names import GREEK_WORDS

_ACCENTS: Final = frozenset(
    {"hat", "bar", "tilde", "check", "breve", "dot", "ddot", "vec"}
)
_FONTS: Final = frozenset({"cal", "bb", "bold"})
_MARKS: Final = {"star": "*", "plus": "+", "minus": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpelledName:
    """`theta_hat_1_star` as theta, a hat, the subscript 1 and a star."""

    base: str
    accent: str = ""
    font: str = ""
    below: tuple[str, ...] = ()
    label: str = ""
    mark: str = ""

    @property
    def is_greek(self) -> bool:
        """Say whether the letter is Greek."""
        return self.base in GREEK_WORDS


def spelled(name: str) -> SpelledName:
    """Take a name apart at its underscores."""
    base, *parts = name.split("_")
    accent = parts.pop(0) if parts and parts[0] in _ACCENTS else ""
    font = parts.pop(0) if not accent and parts and parts[0] in _FONTS else ""
    mark = _MARKS[parts.pop()] if len(parts) > 0 and parts[-1] in _MARKS else ""
    label = ""
    if len(parts) > 1 and parts[-2] == "sup":
        label = parts[-1]
        parts = parts[:-2]
    return SpelledName(
        base=base, accent=accent, font=font, below=tuple(parts), label=label, mark=mark
    )
