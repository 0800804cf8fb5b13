"""A generated class: notebooks of three kinds, a rubric, and what grades them.

tiny: definitions only; light: numpy, sympy and a million samples; plots.
"""

import gc
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Final

from grader.model.submission import Block, BlockKind, Form, Source
from grader.pipeline.grading import open_examiner
from grader.sandbox.session import open_session
from grader.sandbox.zygote import Zygote

PARTS: Final = 20
IMPORTS: Final = ("numpy", "sympy", "matplotlib.pyplot")
_PRIMES: Final = [n for n in range(2, 1000) if all(n % d for d in range(2, n))]
Grade = Callable[[Source], Fraction]


def cells_of(kind: str, number: int) -> list[str]:
    """Return a notebook's cells; every student has other numbers in them."""
    chance = random.Random(f"{kind}/{number}")  # noqa: S311 - repeatable on purpose
    # hardly anybody's twice; with common factors, sympy may look for ways without end
    a, b = chance.sample(_PRIMES, 2)
    functions = [f"def f{n}(x):\n    return {n} * np.sin(x)" for n in range(PARTS)]
    head = ["import numpy as np\nimport sympy as sp"]
    light = [
        "rng = np.random.default_rng(0)\nx, y = sp.symbols('x y')",
        "sample = rng.normal(size=1_000_000)\nmean, variance = sample.mean(), sample.var()",
        f"J = sp.Matrix([sp.exp({a} * x) * y, sp.sin({b} * x * y)]).jacobian([x, y])",
        "determinant = sp.simplify(J.det())",
        f"area = sp.integrate(x**{a % 3 + 1} * sp.exp(-{b} * x), (x, 0, sp.oo))",
        "counts = np.histogram(sample, 100)[0]",
        "value = sp.lambdify((x, y), determinant)(0.5, 0.25)",
        f"roots = sp.solve(x**2 - {a} * x - {b}, x)",
        "singular = np.linalg.svd(rng.normal(size=(100, 100)))[1]",
    ]
    plot = [
        "import matplotlib.pyplot as plt\nplt.plot(np.linspace(0, 1, 50))\nplt.show()",
        "plt.hist(np.random.default_rng(1).normal(size=5000), 40)\nplt.show()",
    ]
    body = {"tiny": [], "light": light, "plots": plot}[kind]
    return [*head, *body, *functions]


def source_of(cells: list[str], name: str = "hw.ipynb") -> Source:
    """Return the cells as a loaded notebook."""
    return Source(
        name=name,
        form=Form.NOTEBOOK,
        blocks=tuple(
            Block(label=f"cell {n}", kind=BlockKind.CODE, text=text)
            for n, text in enumerate(cells, 1)
        ),
    )


def write_course(folder: Path) -> Path:
    """Write a rubric of 20 functions and its reference; return the rubric."""
    lines = ["schema: 1", "assignment: bench", "title: Bench", "reference: staff.py"]
    lines += ["run: {part: 2 s, cell: 5 s}", "questions:", '  - id: "1"', "    parts:"]
    for n in range(PARTS):
        inputs = "inputs: {x: {low: 0, high: 3, count: 5}}"
        what = f"answer: f{n}, kind: function, returns: number"
        lines.append(f"      - {{id: p{n}, points: 1, {what}, {inputs}}}")
    (folder / "rubric.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bodies = [f"def f{n}(x):\n    return {n} * math.sin(x)\n" for n in range(PARTS)]
    text = "import math\n\n" + "\n".join(bodies)
    (folder / "staff.py").write_text(text, encoding="utf-8")
    return folder / "rubric.yaml"


@contextmanager
def open_grader(folder: Path) -> Iterator[tuple[Zygote, Grade]]:
    """Return a zygote and what grades one submission with it, fully confined."""
    rubric = write_course(folder)
    with open_examiner(rubric) as examiner:
        limits = examiner.assignment.run
        gc.freeze()  # as a batch does once it is ready
        with Zygote(IMPORTS) as zygote:

            def grade(source: Source) -> Fraction:
                with open_session(source, limits, starter=zygote) as student:
                    graded = examiner.grade(student, submission=source.name)
                return graded.scorecard.earned

            yield zygote, grade


def resident_mib(zygote: Zygote) -> float:
    """Return what a zygote holds of the machine's memory; 0 where nobody tells."""
    try:
        text = Path(f"/proc/{zygote.pid}/statm").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(text.split()[1]) * resource.getpagesize() / 2**20


def used_by(zygote: Zygote) -> float:
    """Return the CPU seconds of a zygote and of all the workers that have ended."""
    try:
        text = Path(f"/proc/{zygote.pid}/stat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    ticks = sum(map(int, text.rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def used_here_and_by(zygote: Zygote) -> float:
    """Return the CPU seconds of this process, of a zygote, and of its ended workers."""
    return time.process_time() + used_by(zygote)
