"""Names -> what the eye sees of them, so that two which look alike can be told of."""

import unicodedata
from typing import Final

# Letters that other alphabets share in shape with Latin ones, after lower-casing.
_TWINS: Final = str.maketrans(
    "аеорсухіјѕԁһӏькмтνοαρικτυχγω" + "0135|",
    "aeopcyxijsdhlbkmtvoapiktuxyw" + "olesl",
)
_UNSEEN: Final = frozenset({"Cf", "Mn", "Zs", "Cc"})


def shape(name: str) -> str:
    """Reduce a name to what the eye sees of it."""
    return letters(name).translate(_TWINS)


def letters(name: str) -> str:
    """Return the letters and digits of a name that can be seen, without their case."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(
        c for c in folded if unicodedata.category(c) not in _UNSEEN and c not in "-_."
    )
