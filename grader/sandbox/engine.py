"""A rubric's `engine` -> what runs a submission's cells, and what that takes."""

import importlib.util
from collections.abc import Callable
from typing import Final

from grader.errors import SandboxError
from grader.model.rubric import RunLimits
from grader.model.submission import Form, Source
from grader.sandbox.confinement import Engine

KERNEL_REMARK: Final = "kernel-engine"
# ten threads, each with a stack and a heap of addresses that it hardly uses
KERNEL_BYTES: Final = 2**30
_KERNEL_RUNNER: Final = "grader.sandbox.inside.jupyter_cells"


def engine_imports(limits: RunLimits | None) -> tuple[str, ...]:
    """Return what is loaded once, before any submission, for the rubric's engine."""
    is_kernel = limits is not None and limits.engine == "kernel"
    return (_KERNEL_RUNNER,) if is_kernel else ()


def engine_for(
    source: Source,
    limits: RunLimits,
    *,
    find: Callable[[str], object] = importlib.util.find_spec,
) -> Engine:
    """Return what runs *source*: a module has no cells, and needs no kernel.

    Raises:
        SandboxError: the rubric wants a kernel, and there is none here.
    """
    if limits.engine != "kernel" or source.form is Form.MODULE:
        return "fork"
    if find("ipykernel") is None:
        raise SandboxError(
            where="run: engine",
            what="`kernel` needs the package ipykernel, which is not installed",
            mend="run `python -m pip install 'mathgrader[kernel]'`, or leave `engine` "
            "out: cells then run as in a notebook, without a kernel",
        )
    return "kernel"
