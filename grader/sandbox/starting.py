"""A rubric's limits and a platform -> what starts workers: forks, or fresh interpreters.

A fork of what has imported everything costs a fraction of an interpreter's start. Where
nothing can be forked, and for packages that do not survive it, the same worker runs in
an interpreter of its own.
"""

import os
import socket
from typing import Final

from grader.model.rubric import RunLimits
from grader.sandbox.child import Starter
from grader.sandbox.engine import engine_imports
from grader.sandbox.interpreter import Interpreters
from grader.sandbox.zygote import Zygote

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


def can_fork() -> bool:
    """Tell whether a process can be forked here and handed its descriptors."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")
