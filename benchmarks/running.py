"""What running a submission costs, beside other graders and a bare warm process.

    python -m benchmarks.running [--peers VENV] [--long]

Prints CPU milliseconds a submission: everything that was used (the grader, its zygote,
the workers, the judging of 20 parts), from the sixth submission on, so that what is done
once a batch is told apart. W is the same cells and calls in one warm process without
any isolation. VENV is a folder with nbclient, nbgrader and
otter-grader in it; without it they are left out. `--long` adds 1,000 submissions and
32 workers on however many cores there are.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from benchmarks.course import (
    PARTS,
    cells_of,
    open_grader,
    resident_mib,
    source_of,
    used_here_and_by,
)
from benchmarks.graders import GRADERS, cost_of
from grader.sandbox.inside.warm import warm_up

ENDLESS: Final = "while True:\n    pass\n"
ROUNDS = 3
FEW, MORE = 5, 45  # counted from the one to the other
RENEWED_EVERY = 50
ROOT = Path(__file__).parent.parent
SELF = [sys.executable, "-m", "benchmarks.running"]
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run_ours(kind: str, start: int, stop: int) -> dict[str, object]:
    """Grade submissions *start* to *stop*; return their points and what was used."""
    begun = time.perf_counter()
    endless = kind == "endless"
    with (
        tempfile.TemporaryDirectory() as folder,
        open_grader(Path(folder)) as (zygote, grade),
    ):
        points, used = [], []
        for n in range(start, stop):
            cells = cells_of("tiny" if endless else kind, n)
            if endless and n % 20 == 0:
                cells.append(ENDLESS)
            points.append(int(grade(source_of(cells))))
            used.append(used_here_and_by(zygote))
    return {"points": points, "wall": time.perf_counter() - begun, "used": used}


def serve(kind: str) -> None:
    """Grade the submissions whose numbers are read, and tell of each what was used."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_grader(Path(folder)) as (zygote, grade),
    ):
        for line in sys.stdin:
            grade(source_of(cells_of(kind, int(line))))
            told = {"used": used_here_and_by(zygote), "zygote": resident_mib(zygote)}
            print(json.dumps(told), flush=True)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"largest": largest}))


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


def measured(*words: str) -> dict[str, Any]:
    """Run this file with *words* in a process, and return what it found."""
    found = subprocess.run(
        [*SELF, *words],
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
        env=ENVIRONMENT,
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
    command = [*SELF, "--run", "ours", "tiny"]
    running = [
        subprocess.Popen(
            [*command, str(n * share), str(min(number, (n + 1) * share))],
            stdout=subprocess.PIPE,
            cwd=ROOT,
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


class Batch:
    """A batch that is going on in a process of its own, one submission at a time."""

    def __init__(self, kind: str) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [*SELF, "--serve", kind]
        self._process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, **pipes)  # type: ignore[call-overload]
        self.told: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.told |= json.loads(self._process.communicate()[0])

    def grade(self, number: int) -> float:
        """Grade one submission and return the CPU seconds that it took."""
        before = self.told.get("used", 0.0)
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        self.told = json.loads(self._process.stdout.readline())
        return self.told["used"] - before


def straight(sizes: tuple[int, ...]) -> None:
    """Print what one more submission of a class costs early and late, and memory.

    Beside the same submission in a batch that has just begun, the one right after the
    other: within a run of minutes the machine's own speed changes by more than what is
    looked for.
    """
    costs: list[tuple[float, float]] = []
    memory: list[float] = []
    with Batch("tiny") as old:
        for first in range(0, sizes[-1], RENEWED_EVERY):
            with Batch("tiny") as young:
                for n in range(first, min(first + RENEWED_EVERY, sizes[-1])):
                    costs.append((old.grade(n), young.grade(n)))
                    memory.append(old.told["zygote"])
    for start, stop in pairwise(sizes):
        counted = [n for n in range(start, stop) if n % RENEWED_EVERY >= FEW]
        mine, theirs = (statistics.fmean(costs[n][k] for n in counted) for k in (0, 1))
        print(
            f"from {start:4} to {stop:5} tiny submissions: {1000 * mine:6.1f} ms for each "
            f"one more, {mine / theirs:5.3f} x what it takes in a batch that has just begun"
        )
    print(
        f"the zygote holds {memory[0]:.0f} MiB, half-way {memory[len(memory) // 2]:.0f}, "
        f"at the end {memory[-1]:.0f}; the largest process took {old.told['largest']:.0f}"
    )


def report(venv: Path | None, *, is_long: bool) -> None:
    """Measure everything and print it."""
    for kind in ("tiny", "light", "plots"):
        pairs = [(slope("warm", kind), slope("ours", kind)) for _ in range(ROUNDS)]
        warm, ours = (statistics.median(found) for found in zip(*pairs, strict=True))
        allowed = 1.25 * warm + 40
        print(
            f"{kind:6} W {warm:7.1f}   ours {ours:7.1f}   (1.25 W + 40 = {allowed:.1f})"
        )
        for name in GRADERS if venv else ():
            other = cost_of(name, kind, venv) if venv else None
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
    parser.add_argument("--serve", metavar="KIND")
    words = parser.parse_args()
    if words.serve is not None:
        serve(words.serve)
        return
    if words.run is None:
        report(words.peers, is_long=words.long)
        return
    how, kind, start, stop = words.run
    found = {"ours": run_ours, "warm": run_warm}[how](kind, int(start), int(stop))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
