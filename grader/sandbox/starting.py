"""A rubric's limits and a platform -> what starts workers: forks, or fresh interpreters.

A fork of what has imported everything costs a fraction of an interpreter's start. Where
nothing can be forked, and for packages that do not survive it, the same worker runs in
an interpreter of its own.
"""

import contextlib
from pathlib import Path
from typing import Final

from grader.model.rubric import RunLimits
from grader.model.submission import Source
from grader.sandbox.child import Starter
from grader.sandbox.engine import engine_imports
from grader.sandbox.imports import named_imports
from grader.sandbox.interpreter import Interpreters
from grader.sandbox.zygote import Zygote, can_fork

USUAL_IMPORTS: Final = ("numpy", "sympy", "matplotlib.pyplot")


def starter_for(
    limits: RunLimits,
    *,
    imports: tuple[str, ...] = USUAL_IMPORTS,
    is_warm: bool = True,
) -> Starter:
    """Return what starts the workers of an assignment; nothing is started yet.

    *imports* are loaded once where workers are forked, and used once if *is_warm*;
    a fresh interpreter loads what its own work names.
    """
    if limits.engine == "interpreter" or not can_fork():
        return Interpreters()
    wanted = (*imports, *engine_imports(limits), *limits.imports)
    return Zygote(wanted, is_warm=is_warm)


def starter_of_both(
    source: Source, module: Path | None, limits: RunLimits, begun: Zygote | None = None
) -> Starter:
    """Return what *source* and staff's *module* can both be started from; it is begun.

    Where it forks, it imports what either of them names, once, and holds neither. One
    that was *begun* by a guess is used where one is needed, and is closed elsewhere.
    """
    texts = [block.text for block in source.code]
    with contextlib.suppress(OSError, UnicodeDecodeError):  # open_reference tells why
        texts += [module.read_text(encoding="utf-8")] if module is not None else []
    starter = starter_for(limits, imports=named_imports(texts), is_warm=False)
    if begun is not None and isinstance(starter, Zygote):
        begun.include(starter.imports)
        return begun
    starter.begin()
    return starter
