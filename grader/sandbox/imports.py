"""Source texts -> the usual packages that they import, loaded before a fork.

By a look at their lines: what is missed is imported later, by the submission itself.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_USUAL: Final = {
    "numpy": "numpy",
    "sympy": "sympy",
    "matplotlib": "matplotlib.pyplot",
    "scipy": "scipy",
    "pandas": "pandas",
    "torch": "torch",
}
_IMPORT: Final = r"[ \t]*(?:from[ \t]+(\w+)|import[ \t]+([\w., \t]+))"
_AT_LINES: Final = re.compile(f"^{_IMPORT}", re.MULTILINE)
# in a notebook a line of code begins after a quote or an escaped end of line, too
_IN_JSON: Final = re.compile(f'(?:^|"|\\\\n){_IMPORT}', re.MULTILINE)
_CODE_SUFFIXES: Final = frozenset({".py", ".ipynb"})
_LARGEST_GLANCED_BYTES: Final = 4 * 2**20


def named_imports(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the usual packages that the texts import, by a look at their lines."""
    return _usual(found for text in texts for found in _AT_LINES.findall(text))


def glanced_imports(path: Path) -> tuple[str, ...]:
    """Return the usual packages that a module or notebook seems to import.

    Nothing of it is read properly yet, so that this is a guess; nothing where there is
    no guess to be made, whatever the file is like.
    """
    if path.suffix.lower() not in _CODE_SUFFIXES or not path.is_file():
        return ()
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_GLANCED_BYTES)
    except OSError:
        return ()
    return _usual(_IN_JSON.findall(raw.decode("utf-8", "replace")))


def _usual(found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return those that are usual, of (package) or (list of modules) as written."""
    listed = (
        module for one, several in found for module in (one or several).split(",")
    )
    names = {re.split(r"[.\s]", module.strip(), maxsplit=1)[0] for module in listed}
    return tuple(whole for name, whole in _USUAL.items() if name in names)
