"""Blocks of a submission -> a namespace, as a notebook or an import would fill it.

A unit is what can be skipped when the work is run again after a kill: a cell of a
notebook, a statement of a module. A unit that raises costs itself; those after it run.
"""

import ast
import inspect
import linecache
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, Final

from grader.sandbox.inside.magics import parse_cell
from grader.sandbox.inside.shell import Shell
from grader.sandbox.inside.stand_in import stand_in
from grader.sandbox.inside.timers import TimeUp, at_most, listen
from grader.sandbox.inside.told import place, tell

if TYPE_CHECKING:
    import asyncio

Say = Callable[[str, Any], None]
Unit = tuple[int, int]

_FUTURES: Final = 0x1FF0000  # the bits that `from __future__` sets in a code's flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be run: labelled blocks, and how.

    *path* is the file that the module was written to; *skip* are the units that were
    killed before; nothing that comes after *stop* is run.
    """

    form: str
    name: str
    blocks: tuple[tuple[str, str], ...]
    cell_seconds: float
    path: str = ""
    skip: frozenset[Unit] = frozenset()
    stop: Unit | None = None


class Runner:
    """Runs the units of one submission in one namespace."""

    def __init__(self, work: Work, say: Say) -> None:
        self._work = work
        self._say = say
        self._flags = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self.module = _new_module(work)
        self.namespace = self.module.__dict__
        self.files: dict[str, str] = {}
        self.shell = Shell(self.namespace, self._run_text, say)
        stand_in(self.shell)
        self.given = dict(self.namespace)

    def run(self) -> None:
        """Run every unit that is not to be skipped, and say what fails."""
        is_notebook = self._work.form != "module"
        for number, (label, text) in enumerate(self._work.blocks):
            name = (
                f"<{label}>" if is_notebook or not self._work.path else self._work.path
            )
            self.files[name] = label
            lines = [f"{line}\n" for line in text.splitlines()]
            linecache.cache[name] = (len(text), None, lines, name)
            units = self._cell(number, text, name) if is_notebook else None
            for unit, code in units or self._statements(number, text, name):
                if self._work.stop is not None and unit > self._work.stop:
                    return
                if unit not in self._work.skip and not self._run_unit(
                    unit, label, code
                ):
                    break

    def _cell(
        self, number: int, text: str, name: str
    ) -> Iterator[tuple[Unit, Callable[[], object]]]:
        yield (number, 0), lambda: self.shell.run_cell(text, name)

    def _statements(
        self, number: int, text: str, name: str
    ) -> Iterator[tuple[Unit, Callable[[], object]]]:
        try:
            tree = ast.parse(text, name)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self._say("failure", [self.files[name], tell(error)])
            return
        if not self.namespace.get("__doc__"):
            self.namespace["__doc__"] = ast.get_docstring(tree)
        for place_, statement in enumerate(tree.body):
            lone = ast.Module(body=[statement], type_ignores=[])
            yield (number, place_), lambda lone=lone: self._exec(lone, name)  # type: ignore[misc]

    def _run_unit(self, unit: Unit, label: str, run: Callable[[], object]) -> bool:
        """Run one unit; False when the block asked to stop."""
        self._say("began", list(unit))
        listen()
        try:
            with at_most(self._work.cell_seconds):
                run()
        except TimeUp:
            limit = f"{self._work.cell_seconds:g}"
            self._say("failure", [label, f"it did not finish in {limit} s of CPU time"])
        except SystemExit:
            self._say("failure", [label, "it called exit()"])
            return False
        except BaseException as error:  # noqa: BLE001 - student code may raise anything
            where = place(error, self.files).removeprefix(f"{label}, ")
            self._say(
                "failure", [label, tell(error) + (f" ({where})" if where else "")]
            )
        finally:
            self.shell.after_cell()
        return True

    def _run_text(self, text: str, name: str) -> object:
        """Run a cell's text and return the value of its last expression."""
        tree = parse_cell(text, name)
        last = tree.body[-1] if tree.body else None
        if not isinstance(last, ast.Expr):
            self._exec(tree, name)
            return None
        self._exec(ast.Module(body=tree.body[:-1], type_ignores=[]), name)
        return self._evaluate(self._compile(ast.Expression(last.value), name, "eval"))

    def _exec(self, tree: ast.Module, name: str) -> None:
        self._evaluate(self._compile(tree, name, "exec"))

    def _compile(self, tree: ast.AST, name: str, mode: str) -> CodeType:
        flags = self._flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code: CodeType = compile(tree, name, mode, flags, dont_inherit=True)  # type: ignore[call-overload]
        self._flags |= code.co_flags & _FUTURES
        return code

    def _evaluate(self, code: CodeType) -> object:
        value = eval(code, self.namespace)  # noqa: S307 - this is the process that runs student code
        if not code.co_flags & inspect.CO_COROUTINE:
            return value
        if self._loop is None:
            import asyncio  # noqa: PLC0415 - few cells wait, and it is large

            self._loop = asyncio.new_event_loop()
        return self._loop.run_until_complete(value)


def _new_module(work: Work) -> ModuleType:
    """Return the module that the blocks fill, known to Python under its name."""
    name = "__main__" if work.form != "module" else work.name
    module = ModuleType(name)
    module.__dict__["__builtins__"] = __builtins__
    if work.form == "module":
        module.__file__ = work.path
    sys.modules[name] = module
    return module
