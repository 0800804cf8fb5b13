"""Work on the generated class that goes on in a process of its own, as it is asked for.

    python -m benchmarks.batch HOW KIND

grades (ours), runs bare (warm) or replaces by arithmetic the submissions whose numbers
are read, a line each, and tells of each what was used. So that two kinds of work can be
measured in turns: how fast a machine is changes from minute to minute.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Self

from benchmarks.course import (
    PARTS,
    cells_of,
    open_grader,
    resident_mib,
    source_of,
    used_here_and_by,
)
from grader.sandbox.inside.warm import warm_up

Told = dict[str, float]
Work = Callable[[int], Told]
ROOT: Final = Path(__file__).parent.parent
ENVIRONMENT: Final = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
ENDLESS: Final = "while True:\n    pass\n"


@contextmanager
def ours(kind: str) -> Iterator[Work]:
    """Grade, fully confined; one of twenty of the *endless* never ends."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_grader(Path(folder)) as (zygote, grade),
    ):

        def work(number: int) -> Told:
            cells = cells_of("tiny" if kind == "endless" else kind, number)
            if kind == "endless" and number % 20 == 0:
                cells.append(ENDLESS)
            points = float(grade(source_of(cells)))
            used = used_here_and_by(zygote)
            return {"points": points, "used": used, "zygote": resident_mib(zygote)}

        yield work


@contextmanager
def warm(kind: str) -> Iterator[Work]:
    """Run the same cells and calls in one process, one submission after the other."""
    import matplotlib as mpl  # noqa: PLC0415 - only this process needs them
    import numpy as np  # noqa: F401, PLC0415
    import sympy  # noqa: F401, PLC0415

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    def work(number: int) -> Told:
        names: dict[str, Callable[[float], float]] = {}
        for cell in cells_of(kind, number):
            exec(compile(cell, "cell", "exec"), names)  # noqa: S102 - our own cells
        plt.close("all")
        for part in range(PARTS):
            for point in range(5):
                names[f"f{part}"](point / 2)
        return {"used": time.process_time()}

    warm_up()
    yield work


@contextmanager
def arithmetic(kind: str) -> Iterator[Work]:
    """Do a fixed piece of plain arithmetic in place of a submission."""
    del kind

    def work(number: int) -> Told:
        assert sum(n * n % 7 for n in range(300_000)) > number  # noqa: S101 - it is done
        return {"used": time.process_time()}

    yield work


WORKS: Final[dict[str, Callable[[str], AbstractContextManager[Work]]]] = {
    "ours": ours,
    "warm": warm,
    "arithmetic": arithmetic,
}


class Batch:
    """Such a process, held to some processors if so wished."""

    def __init__(self, how: str, kind: str, processors: set[int] | None = None) -> None:
        command = [sys.executable, "-m", "benchmarks.batch", how, kind]
        with held_to(processors):
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        self._used = 0.0
        self.zygote_mib = 0.0
        self.largest_mib = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        told = self._process.communicate()[0]
        if kind is None:
            self.largest_mib = json.loads(told)["largest"]

    def begin(self, numbers: Iterable[int]) -> None:
        """Have these submissions worked on, without waiting for it."""
        assert self._process.stdin  # noqa: S101 - it was opened as a pipe
        self._process.stdin.write("".join(f"{number}\n" for number in numbers))
        self._process.stdin.flush()

    def finish(self, number: int) -> list[Told]:
        """Wait until so many more submissions are done, and return what is told.

        Raises:
            RuntimeError: it ended before.
        """
        assert self._process.stdout  # noqa: S101 - it was opened as a pipe
        lines = [self._process.stdout.readline() for _ in range(number)]
        if not all(lines):
            raise RuntimeError(f"a batch ended by itself: {self._process.wait()}")
        return [json.loads(line) for line in lines]

    def cost(self, numbers: range) -> float:
        """Work on some submissions, and return the mean of the CPU seconds of each."""
        self.begin(numbers)
        last = self.finish(len(numbers))[-1]
        before, self._used = self._used, last["used"]
        self.zygote_mib = last.get("zygote", 0.0)
        return (self._used - before) / len(numbers)


def usable_processors() -> list[int]:
    """Return those that this process may use; none where that cannot be said."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@contextmanager
def held_to(processors: set[int] | None) -> Iterator[None]:
    """Hold what is started meanwhile to some processors."""
    if processors is None:
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def main(how: str, kind: str) -> None:
    """Work on what is asked for until nothing more is, then tell of memory."""
    with WORKS[how](kind) as work:
        for line in sys.stdin:
            print(json.dumps(work(int(line))), flush=True)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"largest": largest}))


if __name__ == "__main__":
    main(*sys.argv[1:])
