"""A submission (or a reference) -> a session: its process, and a folder for it alone."""

import re
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

from grader.errors import RubricError
from grader.model.rubric import RunLimits
from grader.model.submission import Companion, Form, Source
from grader.sandbox.asking import Relaying, Session
from grader.sandbox.child import Starter
from grader.sandbox.confinement import Confinement, Engine
from grader.sandbox.engine import KERNEL_BYTES, engine_for, engine_imports
from grader.sandbox.imports import named_imports
from grader.sandbox.running import Launcher, Work
from grader.sandbox.scratch import make_scratch, refill_scratch
from grader.sandbox.starting import starter_for

__all__ = [
    "Confinement",
    "Relaying",
    "Session",
    "Starter",
    "open_reference",
    "open_session",
    "starter_for",
]

ALL_LAYERS: Final = Confinement()
NO_LAYERS: Final = Confinement(confined=False)


def open_session(
    source: Source,
    limits: RunLimits,
    *,
    starter: Starter | None = None,
    confinement: Confinement = ALL_LAYERS,
) -> Session:
    """Return a session with what a student handed in; nothing of it runs yet.

    Without a *starter* it gets one of its own, which imports what the source names.

    Raises:
        SandboxError: the rubric wants an engine that is not here.
    """
    engine = engine_for(source, limits)
    texts = [block.text for block in source.code]
    named = named_imports(texts)
    own = starter or starter_for(limits, imports=named, is_warm=False)
    is_module = source.form is Form.MODULE
    name = PurePosixPath(source.name).name or "submission.py"
    companions = list(source.companions)
    if is_module:
        content = "\n".join(texts).encode("utf-8", "replace")
        companions.append(Companion(name=name, content=content))
    scratch = make_scratch(companions)
    work = Work(
        plan=_plan(scratch, limits, named, engine) | {"confined": confinement.confined},
        body={
            "form": source.form.value,
            "name": re.sub(r"\W", "_", PurePosixPath(name).stem),
            "path": str(scratch / name) if is_module else "",
            "seed": limits.seed,
            "cell": limits.cell,
            "engine": engine,
        },
        labels=tuple(block.label for block in source.code),
        texts=tuple(text.encode("utf-8", "surrogatepass") for text in texts),
    )
    launcher = Launcher(
        starter=own,
        work=work,
        limits=limits,
        confinement=confinement.under(engine),
        refill=partial(refill_scratch, scratch, companions),
    )
    return Session(launcher, scratch=scratch, owns_starter=starter is None)


def open_reference(
    path: Path, limits: RunLimits, *, starter: Starter | None = None
) -> Session:
    """Return a session with staff's own module, in a process of its own.

    Without a *starter* it gets one of its own, which imports what the module names.

    Raises:
        RubricError: there is no such module.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RubricError(
            where=str(path),
            what=f"the reference cannot be read: {error}",
            mend="correct the rubric's `reference:`, or the file",
        ) from error
    scratch = make_scratch(())
    named = named_imports([text])
    work = Work(
        plan=_plan(scratch, limits, named) | {"first_path": str(path.parent.resolve())},
        body={
            "form": Form.MODULE.value,
            "name": path.stem,
            "path": str(path.resolve()),
            "seed": limits.seed,
            "cell": limits.cell,
        },
        labels=(path.name,),
        texts=(text.encode(),),
    )
    launcher = Launcher(
        starter=starter or starter_for(limits, imports=named, is_warm=False),
        work=work,
        limits=limits,
        confinement=NO_LAYERS,
    )
    return Session(launcher, scratch=scratch, owns_starter=starter is None)


def _plan(
    scratch: Path, limits: RunLimits, named: tuple[str, ...], engine: Engine = "fork"
) -> dict[str, Any]:
    """Return what a process needs to know before it reads its first request."""
    return {
        "imports": (*named, *engine_imports(limits), *limits.imports),
        "folder": str(scratch),
        "output": limits.output,
        "memory": limits.memory + (KERNEL_BYTES if engine == "kernel" else 0),
        "cpu": limits.cpu,
        "engine": engine,
    }
