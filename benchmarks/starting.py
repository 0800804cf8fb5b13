"""Start-up of the grader, beside `import numpy, sympy` in a fresh interpreter.

`python -m benchmarks.starting [ROUNDS]`. Each round runs everything once, in turns,
so that a busy machine slows all of it alike; a ratio is the median over the rounds.
Wall seconds are what one waits; CPU seconds are those of a command and of all that it
starts, also where they pass on several processors at once.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 7
# where it is set, the first run leaves no bytecode, and each later one compiles again
HINDERING = ("PYTHONDONTWRITEBYTECODE",)
PYTHON = [sys.executable]
GRADER = [sys.executable, "-m", "grader"]
PEER = [*PYTHON, "-c", "import numpy, sympy"]

REFERENCE = """
import numpy as np

def area(r):
    return np.pi * r**2

def root():
    return np.sqrt(2.0)
"""
NUMERIC_RUBRIC = """
schema: 1
assignment: numeric
title: Numbers only
reference: numeric_reference.py
questions:
  - id: "1"
    parts:
      - {id: 1a, points: 1, answer: area, kind: function, inputs: {r: {low: 0, high: 2}}}
      - {id: 1b, points: 1, answer: root}
"""
NUMERIC_CELLS = [
    "import numpy as np\n",
    "def area(r):\n    return np.pi * r**2\n",
    "root = np.sqrt(2)\n",
]
SYMBOLIC_REFERENCE = """
import sympy

x = sympy.Symbol("x")
slope = sympy.cos(x) * sympy.exp(x) + sympy.sin(x) * sympy.exp(x)
"""
SYMBOLIC_RUBRIC = """
schema: 1
assignment: symbolic
title: A formula
reference: symbolic_reference.py
questions:
  - id: "1"
    parts:
      - {id: 1a, points: 1, answer: slope, kind: expression, variables: [x]}
"""
SYMBOLIC_CELLS = [
    'import sympy as sp\nx = sp.Symbol("x")\n',
    "slope = sp.exp(x) * (sp.sin(x) + sp.cos(x))\n",
]
# the cells alone, where what they import is there already
ALONE = """
import json, sys, time
import numpy, sympy
cells = json.loads(sys.argv[1])
started = time.process_time()
names = {}
for cell in cells:
    exec(cell, names)
print(time.process_time() - started)
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A command that is measured, and the cells that it runs."""

    name: str
    command: Sequence[str]
    cells: Sequence[str] = ()
    spans: list["Span"] = field(default_factory=list)

    @property
    def own_seconds(self) -> float:
        """What the cells take by themselves."""
        if not self.cells:
            return 0.0
        command = [*PYTHON, "-c", ALONE, json.dumps(self.cells)]
        return float(subprocess.run(command, capture_output=True, check=True).stdout)


@dataclass(frozen=True, slots=True)
class Span:
    """How long a command took: seconds that passed, and of CPU with its descendants."""

    wall: float
    cpu: float


def span_of(command: Sequence[str]) -> Span:
    """Run *command* to its end and return how long it took.

    Raises:
        RuntimeError: it failed, so that its time says nothing.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={name: v for name, v in os.environ.items() if name not in HINDERING},
    )
    assert process.stderr  # noqa: S101 - it was opened as a pipe
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {told}")
    return Span(wall=wall, cpu=usage.ru_utime + usage.ru_stime)


def prepare(folder: Path) -> Mapping[str, Path]:
    """Write two small assignments, work for each, and a self-check's zip."""
    notebooks = {"numeric": NUMERIC_CELLS, "symbolic": SYMBOLIC_CELLS}
    for name, cells in notebooks.items():
        (folder / f"{name}.ipynb").write_text(_notebook(cells))
    (folder / "numeric_reference.py").write_text(REFERENCE)
    (folder / "symbolic_reference.py").write_text(SYMBOLIC_REFERENCE)
    (folder / "numeric.yaml").write_text(NUMERIC_RUBRIC)
    (folder / "symbolic.yaml").write_text(SYMBOLIC_RUBRIC)
    bundle = [*GRADER, "bundle", "selfcheck", str(folder / "numeric.yaml")]
    span_of([*bundle, "--output", str(folder / "numeric.zip")])
    return {path.name: path for path in folder.iterdir()}


def _notebook(cells: Sequence[str]) -> str:
    plain: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(cells, 1)
    ]
    return json.dumps(
        {"cells": plain, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )


def cases(files: Mapping[str, Path]) -> list[Case]:
    """Return what is measured; the peer comes first."""

    def check(rubric: str, work: str) -> list[str]:
        return [*GRADER, "check", str(files[rubric]), str(files[work])]

    return [
        Case("import numpy, sympy", PEER),
        Case("import numpy", [*PYTHON, "-c", "import numpy"]),
        Case("grader --help", [*GRADER, "--help"]),
        Case(
            "import grader.maths.decide", [*PYTHON, "-c", "import grader.maths.decide"]
        ),
        Case(
            "grader check, self-check's zip",
            check("numeric.zip", "numeric.ipynb"),
            NUMERIC_CELLS,
        ),
        Case(
            "grader check, numeric rubric",
            check("numeric.yaml", "numeric.ipynb"),
            NUMERIC_CELLS,
        ),
        Case(
            "grader check, symbolic rubric",
            check("symbolic.yaml", "symbolic.ipynb"),
            SYMBOLIC_CELLS,
        ),
    ]


def table(measured: Sequence[Case]) -> str:
    """Return a line for each case: its time, its cells' own, and ratios without them."""
    peer = measured[0].spans
    lines = [
        f"{'ms, medians':<34}{'wall':>7}{'ratio':>7}{'CPU':>7}{'ratio':>7}{'cells':>7}"
    ]
    for case in measured:
        own = case.own_seconds
        line = f"{case.name:<34}"
        for kind in ("wall", "cpu"):
            mine = [getattr(span, kind) for span in case.spans]
            theirs = [getattr(span, kind) for span in peer]
            ratios = [(m - own) / t for m, t in zip(mine, theirs, strict=True)]
            line += f"{statistics.median(mine) * 1000:>7.0f}"
            line += f"{statistics.median(ratios):>6.2f}x"
        lines.append(line + f"{own * 1000:>7.0f}")
    return "\n".join(lines)


def main(rounds: int) -> None:
    """Measure everything *rounds* times, and print the table."""
    with tempfile.TemporaryDirectory(prefix="grader-starting-") as name:
        measured = cases(prepare(Path(name)))
        for case in measured:  # writes bytecode and fills the disk's cache
            span_of(case.command)
        for _ in range(rounds):
            for case in measured:
                case.spans.append(span_of(case.command))
        print(table(measured))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
