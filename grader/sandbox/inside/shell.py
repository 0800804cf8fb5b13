"""What a notebook finds around its code: `get_ipython()`, `display`, `Out`, `input`.

An emulation of our own, also where IPython is installed: it costs no import, behaves
the same everywhere, and a shell command can be refused in words. `import IPython`
gives `grader.sandbox.inside.stand_in`.
"""

import builtins
import contextlib
import io
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

Run = Callable[[str, str], object]
Say = Callable[[str, Any], None]

NO_INPUT: Final = "input() was called, but nobody is there to type while this is graded"
NO_SHELL: Final = "Shell commands are not run while this is graded: {}"
_MOST_SHOWN_CHARACTERS: Final = 20_000
_SHELLS: Final = frozenset(
    {"bash", "sh", "script", "cmd", "perl", "ruby", "system", "sx", "!"}
)
_SHELL_LINES: Final = frozenset({"pip", "conda", "mamba", "uv", "sx", "system", "sc"})
_TEXTS: Final = frozenset(
    {"html", "HTML", "latex", "markdown", "svg", "SVG", "js", "javascript"}
)


_TIMEIT_OPTIONS: Final = re.compile(r"^(?:\s*-(?:[nrtp]\s*\d+|[oqcvt]+)\s+)+")


class InputRefused(RuntimeError):
    """The work asked for keyboard input."""


class Captured:
    """What `%%capture` leaves in its variable."""

    def __init__(self) -> None:
        self.stdout = ""
        self.stderr = ""
        self.outputs: list[object] = []

    def show(self) -> None:
        """Print what was captured."""
        sys.stdout.write(self.stdout)

    __call__ = show

    def __str__(self) -> str:
        return self.stdout


class Shell:
    """Stands in for the interactive shell of a notebook."""

    def __init__(self, namespace: dict[str, Any], run: Run, say: Say) -> None:
        self.user_ns = namespace
        self.execution_count = 0
        self._run = run
        self._say = say
        self._line_magics: dict[str, Callable[[str], object]] = {
            "time": self._time,
            "timeit": self._timeit,
            "run": self._run_file,
            "pwd": lambda _: str(Path.cwd()),
            "cd": _change_folder,
            "pylab": lambda _: self._run(_PYLAB, "<pylab>"),
            "who": lambda _: print(*sorted(self._own_names())),  # noqa: T201 - what %who does
            "reset": lambda _: self._reset(),
            "env": lambda _: dict(os.environ),
        }
        self._cell_magics: dict[str, Callable[[str, str], object]] = {
            "writefile": _write_file,
            "file": _write_file,
            "capture": self._capture,
            "timeit": lambda _, cell: self._timeit(cell),
        }
        builtins.input = _refuse_input
        namespace.update({"get_ipython": lambda: self, "display": display})
        namespace.update({"In": [""], "Out": {}, "_": "", "__": "", "___": ""})

    def run_cell(self, text: str, name: str = "<cell>") -> object:
        """Run a cell and show the value of its last expression."""
        self.execution_count += 1
        self.user_ns["In"].append(text)
        value = self._run(text, name)
        if value is not None and not _is_silenced(text):
            self.user_ns["Out"][self.execution_count] = value
            self.user_ns[f"_{self.execution_count}"] = value
            self.user_ns["___"] = self.user_ns["__"]
            self.user_ns["__"] = self.user_ns["_"]
            self.user_ns["_"] = value
            display(value)
        return value

    def after_cell(self) -> None:
        """Flush what was printed and close the figures, as the inline backend does."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        with contextlib.suppress(Exception):
            if pyplot is not None:
                pyplot.close("all")

    def run_line_magic(self, name: str, line: str, **_: object) -> object:
        """Run `%name line`; what it does not know is left out."""
        if name in _SHELL_LINES:
            return self.system(f"{name} {line}")
        magic = self._line_magics.get(name)
        return magic(line) if magic is not None else None

    def magic(self, line: str) -> object:
        """Run a line magic the old way."""
        name, _, rest = line.strip().lstrip("%").partition(" ")
        return self.run_line_magic(name, rest)

    def run_cell_magic(self, name: str, line: str, cell: str) -> object:
        """Run `%%name line` over the rest of the cell."""
        if name in _SHELLS:
            return self.system(f"%%{name} {line}")
        if name in _TEXTS:
            return None
        magic = self._cell_magics.get(name)
        if magic is not None:
            return magic(line, cell)
        return self._run(cell, f"<{name}>")

    def system(self, command: str, **_: object) -> list[str]:
        """Refuse a shell command in words; the cell goes on."""
        self._say("remark", "shell-refused")
        sys.stderr.write(NO_SHELL.format(command[:200]) + "\n")
        return []

    getoutput = system
    system_raw = system

    def push(self, variables: dict[str, Any], **_: object) -> None:
        """Put variables into the notebook's namespace."""
        self.user_ns.update(variables)

    def ev(self, text: str) -> object:
        """Return the value of an expression."""
        return self._run(text, "<ev>")

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Let everything else about a shell do nothing."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()

    def _time(self, line: str) -> object:
        start = time.perf_counter()
        value = self._run(line, "<time>")
        sys.stdout.write(f"Wall time: {time.perf_counter() - start:.3g} s\n")
        return value

    def _timeit(self, text: str) -> None:
        """Run the statement once, on a copy of the names: timing is not graded."""
        body = _TIMEIT_OPTIONS.sub("", text)
        kept = dict(self.user_ns)
        start = time.perf_counter()
        try:
            self._run(body, "<timeit>")
        finally:
            self.user_ns.clear()
            self.user_ns.update(kept)
        sys.stdout.write(f"{time.perf_counter() - start:.3g} s, run once\n")

    def _capture(self, line: str, cell: str) -> None:
        found, out, err = Captured(), io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                self._run(cell, "<capture>")
        finally:
            found.stdout, found.stderr = out.getvalue(), err.getvalue()
            names = [w for w in line.split() if not w.startswith("-")]
            if names:
                self.user_ns[names[0]] = found

    def _run_file(self, line: str) -> None:
        words = [w for w in line.split() if not w.startswith("-")]
        if words:
            name = (
                words[0] if words[0].endswith((".py", ".ipynb")) else words[0] + ".py"
            )
            self._run(Path(name).read_text(encoding="utf-8"), name)

    def _own_names(self) -> list[str]:
        return [
            n for n in self.user_ns if not n.startswith("_") and n not in {"In", "Out"}
        ]

    def _reset(self) -> None:
        for name in self._own_names():
            del self.user_ns[name]


class _Nothing:
    """Can be called, and asked for anything, and does nothing."""

    def __call__(self, *_: object, **__: object) -> None:
        return None

    def __getattr__(self, name: str) -> "_Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


_PYLAB: Final = """\
import numpy
import numpy as np
import matplotlib
from matplotlib import pyplot
plt = pyplot
from matplotlib.pyplot import *
from numpy import *
"""


def display(*values: object, **_: object) -> None:
    """Print what a notebook would show of *values*."""
    for value in values:
        sys.stdout.write(repr(value)[:_MOST_SHOWN_CHARACTERS] + "\n")


def _is_silenced(text: str) -> bool:
    return text.rstrip().endswith(";")


def _refuse_input(*_: object) -> NoReturn:
    raise InputRefused(NO_INPUT)


def _change_folder(line: str) -> str:
    os.chdir(line.strip().strip("'\"") or ".")  # noqa: TID251 - what `%cd` is for, in the student's own process
    return str(Path.cwd())


def _write_file(line: str, cell: str) -> None:
    words = line.split()
    mode = "a" if "-a" in words else "w"
    name = next(w for w in words if not w.startswith("-"))
    with Path(name).open(mode, encoding="utf-8") as file:
        file.write(cell)
