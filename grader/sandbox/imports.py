"""Source texts -> the usual packages that they import, loaded before a fork.

By a look at their lines: what is missed is imported later, by the submission itself.
"""

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from grader.model.rubric import RunLimits
from grader.model.submission import Source
from grader.sandbox.child import Starter
from grader.sandbox.starting import starter_for

_USUAL: Final = {
    "numpy": "numpy",
    "sympy": "sympy",
    "matplotlib": "matplotlib.pyplot",
    "scipy": "scipy",
    "pandas": "pandas",
    "torch": "torch",
}
_IMPORT: Final = re.compile(r"^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)


def starter_of_both(source: Source, module: Path | None, limits: RunLimits) -> Starter:
    """Return what both *source* and staff's *module* can be started from.

    Where it forks, it imports what either of them names, once, and holds neither.
    """
    texts = [block.text for block in source.code]
    with contextlib.suppress(OSError, UnicodeDecodeError):  # open_reference tells why
        texts += [module.read_text(encoding="utf-8")] if module is not None else []
    return starter_for(limits, imports=named_imports(texts), is_warm=False)


def named_imports(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the usual packages that the texts import, by a look at their lines."""
    named = {name for text in texts for name in _IMPORT.findall(text)}
    return tuple(whole for name, whole in _USUAL.items() if name in named)
