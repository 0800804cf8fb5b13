"""What running a submission costs, beside other graders and a bare warm process.

    python -m benchmarks.running [--peers VENV] [--long]

Prints CPU milliseconds a submission: everything that was used (the grader, its zygote,
the workers, the judging of 20 parts), from the sixth submission on, so that what is done
once a batch is told apart. W is the same cells and calls in one warm process without
any isolation, some of them in turns with ours. VENV is a folder with nbclient, nbgrader
and otter-grader in it; without it they are left out. `--long` adds 1,000 submissions and
32 workers on however many cores there are.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from benchmarks.batch import Batch, usable_processors
from benchmarks.course import PARTS
from benchmarks.graders import GRADERS, cost_of

FEW = 5  # submissions that are not counted, and then those of one turn
TURNS = 12
RENEWED_EVERY = 50
BLOCKS, BLOCK = 15, 20


def costs(kind: str) -> tuple[float, float]:
    """Return CPU milliseconds a submission, in a warm process and graded by us."""
    with Batch("warm", kind) as warm, Batch("ours", kind) as ours:
        first, *turns = [
            (warm.cost(numbers), ours.cost(numbers))
            for numbers in in_blocks(FEW, TURNS + 1)
        ]
    del first
    bare, graded = (statistics.median(found) for found in zip(*turns, strict=True))
    return 1000 * bare, 1000 * graded


def in_blocks(size: int, number: int) -> list[range]:
    """Return the numbers of submissions, a block after the other."""
    return [range(n * size, (n + 1) * size) for n in range(number)]


def crowd(workers: int, number: int) -> tuple[int, float]:
    """Grade *number* submissions with so many workers at once; count wrong points."""
    begun = time.perf_counter()
    shares = [range(n, number, workers) for n in range(workers)]
    with ExitStack() as stack:
        batches = [stack.enter_context(Batch("ours", "tiny")) for _ in shares]
        for batch, share in zip(batches, shares, strict=True):
            batch.begin(share)
        told = [
            one
            for batch, share in zip(batches, shares, strict=True)
            for one in batch.finish(len(share))
        ]
    return sum(one["points"] != PARTS for one in told), time.perf_counter() - begun


def side_by_side() -> tuple[float, float]:
    """Return how many times faster two are together than after one another.

    First of two batches, then of plain arithmetic in their place, in turns with them:
    what a machine's processors take from each other is not the grader's. Each batch has
    a processor of its own: one alone would use two of them in part, since a process
    works ahead while its grader judges.
    """
    places = [{processor} for processor in usable_processors()[:2]]
    gains: dict[str, list[float]] = {"ours": [], "arithmetic": []}
    with ExitStack() as stack:
        pairs = {
            how: [stack.enter_context(Batch(how, "tiny", place)) for place in places]
            for how in gains
        }
        for numbers in in_blocks(BLOCK, BLOCKS + 1):
            for how, pair in pairs.items():
                alone = sum(seconds_for([batch], numbers) for batch in pair)
                gains[how].append(alone / seconds_for(pair, numbers))
    ours, plain = (statistics.median(found[1:]) for found in gains.values())
    return ours, plain


def seconds_for(batches: Sequence[Batch], numbers: range) -> float:
    """Return the wall seconds until each batch has done all of them."""
    begun = time.perf_counter()
    for batch in batches:
        batch.begin(numbers)
    for batch in batches:
        batch.finish(len(numbers))
    return time.perf_counter() - begun


def straight(sizes: Sequence[int]) -> None:
    """Print what one more submission of a class costs early and late, and memory.

    Beside the same submissions in a batch that has just begun, in turns with it: within
    a run of minutes the machine's own speed changes by more than what is looked for.
    """
    found: dict[int, tuple[float, float]] = {}
    memory = []
    with Batch("ours", "tiny") as old:
        for start in range(0, sizes[-1], RENEWED_EVERY):
            with Batch("ours", "tiny") as young:
                for at in range(start, start + RENEWED_EVERY, FEW):
                    numbers = range(at, at + FEW)
                    mine, theirs = old.cost(numbers), young.cost(numbers)
                    if at > start:
                        found[at] = (mine, theirs)
            memory.append(old.zygote_mib)
    for start, stop in pairwise(sizes):
        pairs = [pair for at, pair in found.items() if start <= at < stop]
        mine, theirs = (statistics.fmean(cost) for cost in zip(*pairs, strict=True))
        print(
            f"from {start:4} to {stop:5} tiny submissions: {1000 * mine:6.1f} ms for each "
            f"one more, {mine / theirs:5.3f} x what it takes in a batch that has just begun"
        )
    first, middle, last = memory[0], memory[len(memory) // 2], memory[-1]
    print(
        f"the zygote holds {first:.0f} MiB, half-way {middle:.0f}, at the end {last:.0f}; "
        f"the largest process took {old.largest_mib:.0f}"
    )


def wall_of(kind: str, number: int) -> float:
    """Return the wall seconds of a batch, from its start to its end."""
    begun = time.perf_counter()
    with Batch("ours", kind) as batch:
        batch.begin(range(number))
        batch.finish(number)
    return time.perf_counter() - begun


def report(venv: Path | None, *, is_long: bool) -> None:
    """Measure everything and print it."""
    for kind in ("tiny", "light", "plots"):
        warm, ours = costs(kind)
        allowed = 1.25 * warm + 40
        print(
            f"{kind:6} W {warm:7.1f}   ours {ours:7.1f}   (1.25 W + 40 = {allowed:.1f})"
        )
        for name in GRADERS if venv else ():
            other = cost_of(name, kind, venv) if venv else None
            if other is not None:
                print(f"       {name:9} {other:8.0f}   {other / ours:6.1f} x ours")
    straight((10, 100, 400, 700, 1000) if is_long else (10, 50, 100))
    for kind in ("tiny", "endless"):
        print(f"40 submissions, {kind}: {wall_of(kind, 40):.1f} s of wall time")
    if len(usable_processors()) > 1:
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
    """Report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--long", action="store_true")
    words = parser.parse_args()
    report(words.peers, is_long=words.long)


if __name__ == "__main__":
    main()
