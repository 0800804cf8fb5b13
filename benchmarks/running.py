"""What running a submission costs, beside other graders and a bare warm process.

    python benchmarks/running.py [--peers VENV] [--long]

Prints CPU milliseconds a submission: everything that was used (the grader, its zygote,
the workers, the judging of 20 parts), from the sixth submission on, so that what is done
once a batch is told apart. W is the same cells and calls in one warm process without
any isolation. VENV is a folder with nbclient, nbgrader and
otter-grader in it; without it they are left out. `--long` adds 1,000 submissions and
32 workers on however many cores there are.
"""

import argparse
import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from grader.model.submission import Block, BlockKind, Form, Source
from grader.pipeline.grading import open_examiner
from grader.sandbox.inside.warm import warm_up
from grader.sandbox.session import open_session
from grader.sandbox.zygote import Zygote

PARTS: Final = 20
IMPORTS: Final = ("numpy", "sympy", "matplotlib.pyplot")
ENDLESS: Final = "while True:\n    pass\n"
Grade = Callable[[Source], Fraction]
ROUNDS = 3
FEW, MORE = 5, 45  # counted from the one to the other


def cells_of(kind: str, number: int) -> list[str]:
    """Return a notebook's cells; every student has other numbers in them."""
    chance = random.Random(f"{kind}/{number}")  # noqa: S311 - repeatable on purpose
    a, b = chance.randint(2, 999), chance.randint(2, 999)  # hardly anybody's twice
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


def run_ours(kind: str, start: int, stop: int) -> dict[str, object]:
    """Grade submissions *start* to *stop*; return their points and what was used."""
    begun = time.perf_counter()
    endless = kind == "endless"
    with (
        tempfile.TemporaryDirectory() as folder,
        open_grader(Path(folder)) as (zygote, grade),
    ):
        points, memory, used, beside = [], [], [], []
        for n in range(start, stop):
            cells = cells_of("tiny" if endless else kind, n)
            if endless and n % 20 == 0:
                cells.append(ENDLESS)
            points.append(int(grade(source_of(cells))))
            memory.append(resident_mib(zygote))
            beside.append(fixed_piece())
            used.append(time.process_time() - sum(beside) + used_by(zygote))
    return {
        "points": points,
        "wall": time.perf_counter() - begun,
        "zygote": memory,
        "used": used,
        "beside": beside,
        "largest": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


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


def fixed_piece() -> float:
    """Do the same small piece of work again, and return its CPU seconds.

    How fast a machine is changes from minute to minute; this is told apart by it.
    """
    begun = time.process_time()
    total = 0
    for number in range(60_000):
        total += number * number % 7
    return time.process_time() - begun


def run_warm(kind: str, start: int, stop: int) -> dict[str, object]:
    """Run the same cells and calls in this process, one after the other."""
    import matplotlib as mpl  # noqa: PLC0415 - only this process needs them
    import numpy as np  # noqa: F401, PLC0415
    import sympy  # noqa: F401, PLC0415

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    warm_up()
    begun, used = time.perf_counter(), []
    for n in range(start, stop):
        names: dict[str, Callable[[float], float]] = {}
        for cell in cells_of(kind, n):
            exec(compile(cell, "cell", "exec"), names)  # noqa: S102 - our own cells
        plt.close("all")
        for part in range(PARTS):
            for point in range(5):
                names[f"f{part}"](point / 2)
        used.append(time.process_time())
    return {"wall": time.perf_counter() - begun, "used": used}


def measured(*words: str, python: str = sys.executable) -> dict[str, Any]:
    """Run this file with *words* in a process, and return what it found."""
    found = subprocess.run(
        [python, __file__, *words],
        stdout=subprocess.PIPE,
        check=True,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    parsed: dict[str, Any] = json.loads(found.stdout)
    return parsed


def slope(how: str, kind: str, few: int = FEW, more: int = MORE) -> float:
    """Return CPU milliseconds a submission, without what is done once."""
    used = measured("--run", how, kind, "0", str(more))["used"]
    return 1000 * float(used[-1] - used[few - 1]) / (more - few)


def crowd(workers: int, number: int) -> tuple[int, float]:
    """Grade *number* submissions with so many workers at once; count wrong points."""
    begun = time.perf_counter()
    share = -(-number // workers)
    command = [sys.executable, __file__, "--run", "ours", "tiny"]
    running = [
        subprocess.Popen(
            [*command, str(n * share), str(min(number, (n + 1) * share))],
            stdout=subprocess.PIPE,
        )
        for n in range(workers)
    ]
    points: list[int] = []
    for process in running:
        points += json.loads(process.communicate()[0])["points"]
    wrong = sum(p != PARTS for p in points) + abs(number - len(points))
    return wrong, time.perf_counter() - begun


def seconds_of(workers: int) -> float:
    """Return the wall seconds of 150 submissions, without what starting takes.

    So many workers have so many processors: one alone would use two of them in part,
    since a process works ahead while its grader judges.
    """
    with processors(workers):
        return crowd(workers, 160)[1] - crowd(workers, 10)[1]


@contextmanager
def processors(number: int) -> Iterator[None]:
    """Let what is started meanwhile use so many processors, where that can be said."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_of_them)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


PEERS: Final = {
    "python": "exec(open('hw.py').read())",
    "nbclient": "import nbformat, nbclient;"
    "nbclient.NotebookClient(nbformat.read('hw.ipynb', 4)).execute()",
    "nbgrader": "import subprocess, sys;"
    "subprocess.run([sys.prefix + '/bin/nbgrader', 'autograde', 'ps', '--force',"
    " '--CourseDirectory.db_url=sqlite:///gradebook.db'], check=True)",
    "otter": "from otter.api import grade_submission;"
    "grade_submission('hw.ipynb', 'autograder.zip', quiet=True)",
}


def peer(name: str, kind: str, venv: Path, number: int = 3) -> float | None:
    """Return CPU milliseconds a submission of another grader; None: not to be had."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        python = str(venv / "bin" / "python")
        cells = [*cells_of(kind, 0), "assert abs(f1(0.5) - 0.479425538604203) < 1e-9"]
        write_for_peers(folder, cells)
        path = {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "MPLBACKEND": "Agg"}
        quiet = {"cwd": folder, "env": os.environ | path, "capture_output": True}
        prepare = {
            "nbgrader": ["nbgrader", "generate_assignment", "ps", "--force"],
            "otter": ["otter", "generate", "-t", "tests", "--no-environment"],
        }.get(name)
        if prepare is not None:
            subprocess.run([f"{venv}/bin/{prepare[0]}", *prepare[1:]], **quiet)  # type: ignore[call-overload] # noqa: PLW1510 - the run itself tells
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for _ in range(number):
            done = subprocess.run([python, "-c", PEERS[name]], **quiet)  # type: ignore[call-overload] # noqa: PLW1510 - told below
            if done.returncode:
                print(f"  {name}: {done.stderr.decode()[-300:]}")
                return None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 1000 * used / number


def write_for_peers(folder: Path, cells: list[str]) -> None:
    """Write the cells as a program, a notebook, and in the folders of the peers."""
    (folder / "hw.py").write_text("\n\n".join(cells), encoding="utf-8")
    written = notebook_of(cells, {})
    (folder / "hw.ipynb").write_text(written, encoding="utf-8")
    tests = folder / "tests"
    tests.mkdir()
    test = {"name": "q1", "points": 1, "suites": [{"cases": [], "type": "doctest"}]}
    test["suites"][0]["cases"] = [  # type: ignore[index]
        {"code": ">>> abs(f1(0.5) - 0.479425538604203) < 1e-9\nTrue", "hidden": False}
    ]
    (tests / "q1.py").write_text(f"test = {test!r}", encoding="utf-8")
    marks = {"grade": True, "grade_id": "t", "locked": True, "points": 1}
    marks |= {"schema_version": 3, "solution": False, "task": False}
    marked = notebook_of(cells, {"nbgrader": marks})
    for place in ("source/ps", "submitted/student/ps"):
        (folder / place).mkdir(parents=True)
        (folder / place / "hw.ipynb").write_text(marked, encoding="utf-8")


def notebook_of(cells: list[str], last: dict[str, object]) -> str:
    """Return a notebook's text; *last* is the metadata of its last cell."""
    made: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell{n}",
            "metadata": last if n == len(cells) - 1 else {},
            "outputs": [],
            "source": text,
        }
        for n, text in enumerate(cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    head = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(head | {"cells": made})


def straight(sizes: tuple[int, ...]) -> None:
    """Print what one more submission of a class costs early and late, and memory.

    As a share of a fixed piece of work that is done after each of them, too: within a
    run of minutes the machine's own speed changes by more than what is looked for, and
    a median of runs says more than one.
    """
    runs = [
        measured("--run", "ours", "tiny", "0", str(sizes[-1])) for _ in range(ROUNDS)
    ]
    for start, stop in pairwise(sizes):
        costs, shares = [], []
        for run in runs:
            used = run["used"]
            costs.append((used[stop - 1] - used[start - 1]) / (stop - start))
            shares.append(costs[-1] / statistics.fmean(run["beside"][start:stop]))
        print(
            f"from {start:4} to {stop:5} tiny submissions: "
            f"{1000 * statistics.median(costs):6.1f} ms for each one more, "
            f"{statistics.median(shares):5.2f} x a fixed piece of work"
        )
    run = runs[-1]
    memory = run["zygote"]
    first, middle, last = memory[0], memory[len(memory) // 2], memory[-1]
    print(
        f"the zygote holds {first:.0f} MiB, half-way {middle:.0f}, at the end {last:.0f}"
    )
    print(f"the largest of its processes took {run['largest']:.0f} MiB")


def report(venv: Path | None, *, is_long: bool) -> None:
    """Measure everything and print it."""
    for kind in ("tiny", "light", "plots"):
        pairs = [(slope("warm", kind), slope("ours", kind)) for _ in range(ROUNDS)]
        warm, ours = (statistics.median(found) for found in zip(*pairs, strict=True))
        allowed = 1.25 * warm + 40
        print(
            f"{kind:6} W {warm:7.1f}   ours {ours:7.1f}   (1.25 W + 40 = {allowed:.1f})"
        )
        for name in PEERS if venv else ():
            other = peer(name, kind, venv) if venv else None
            if other is not None:
                print(f"       {name:9} {other:8.0f}   {other / ours:6.1f} x ours")
    straight((10, 100, 400, 700, 1000) if is_long else (10, 40, 100))
    for kind in ("tiny", "endless"):
        wall = measured("--run", "ours", kind, "0", "40")["wall"]
        print(f"40 submissions, {kind}: {wall:.1f} s of wall time")
    gain = statistics.median(seconds_of(1) / seconds_of(2) for _ in range(ROUNDS))
    print(f"150 submissions: two on two processors {gain:.2f} x as fast as one on one")
    for workers in (16, 32) if is_long else (16,):
        wrong, wall = crowd(workers, 100)
        print(
            f"{workers} workers at once: {wrong} of 100 graded otherwise, {wall:.0f} s"
        )


def main() -> None:
    """Report, or run one of the measured pieces."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--run", nargs=4, metavar=("HOW", "KIND", "START", "STOP"))
    words = parser.parse_args()
    if words.run is None:
        report(words.peers, is_long=words.long)
        return
    how, kind, start, stop = words.run
    found = {"ours": run_ours, "warm": run_warm}[how](kind, int(start), int(stop))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
