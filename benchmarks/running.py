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
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
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
BLOCKS, BLOCK = 16, 20
ARITHMETIC: Final = "arithmetic"
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
    if kind == ARITHMETIC:
        for _ in sys.stdin:
            print(
                json.dumps({"used": sum(n * n % 7 for n in range(300_000))}), flush=True
            )
        print("{}")
        return
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


class Batch:
    """A batch that is going on in a process of its own, one submission at a time."""

    def __init__(self, kind: str, processors: set[int] | None = None) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [*SELF, "--serve", kind]
        with held_to(processors):
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=ENVIRONMENT, **pipes
            )  # type: ignore[call-overload]
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
        self.begin([number])
        self.finish(1)
        return self.told["used"] - before

    def begin(self, numbers: Iterable[int]) -> None:
        """Have these submissions graded, without waiting for it."""
        self._process.stdin.write("".join(f"{number}\n" for number in numbers))
        self._process.stdin.flush()

    def finish(self, number: int) -> None:
        """Wait until so many more submissions are graded."""
        for _ in range(number):
            self.told = json.loads(self._process.stdout.readline())


@contextmanager
def held_to(processors: set[int] | None) -> Iterator[None]:
    """Hold what is started meanwhile to some processors, where that can be said."""
    if processors is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def side_by_side() -> tuple[float, float]:
    """Return how many times faster two are together than after one another.

    First of two batches, then of plain arithmetic in their place, in turns with them:
    what a machine's processors take from each other is not the grader's. Each batch has
    a processor of its own: one alone would use two of them in part, since a process
    works ahead while its grader judges.
    """
    places = [{processor} for processor in sorted(os.sched_getaffinity(0))[:2]]
    gains: dict[str, list[float]] = {"tiny": [], ARITHMETIC: []}
    with ExitStack() as stack:
        pairs = {
            kind: [stack.enter_context(Batch(kind, place)) for place in places]
            for kind in gains
        }
        for start in range(0, BLOCKS * BLOCK, BLOCK):
            numbers = range(start, start + BLOCK)
            for kind, pair in pairs.items():
                alone = sum(seconds_for([batch], numbers) for batch in pair)
                gains[kind].append(alone / seconds_for(pair, numbers))
    ours, plain = (statistics.median(found[1:]) for found in gains.values())
    return ours, plain


def seconds_for(batches: Iterable[Batch], numbers: range) -> float:
    """Return the wall seconds until each batch has graded all of them."""
    begun = time.perf_counter()
    for batch in batches:
        batch.begin(numbers)
    for batch in batches:
        batch.finish(len(numbers))
    return time.perf_counter() - begun


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
    if len(os.sched_getaffinity(0)) > 1:
        ours, plain = side_by_side()
        print(
            f"two workers with a processor each: {ours:.2f} x as fast as one; "
            f"plain arithmetic in their place {plain:.2f} x"
        )
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
