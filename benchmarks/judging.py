"""Pairs of answers with their right verdicts -> how often each judge is right, how fast.

`python benchmarks/judging.py [PAIRS]`, or `PAIRS=path`; without either, the pairs
beside this file. Each judge runs in a process of its own that is ended when a pair
takes too long; judges that are not installed are left out.
"""

import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SECONDS_A_PAIR = float(os.environ.get("SECONDS_A_PAIR", "5"))
ROUNDS = 7  # of starting cold, in turns
Row = dict[str, Any]
WARM_UP: Row = {"id": "", "syntax": "text", "student": "x", "reference": "x"}

JUDGES = {
    "grader": ("flint", [sys.executable, "-m", "grader.maths"]),
    "sympy": ("sympy", [sys.executable, str(HERE / "peers.py"), "sympy"]),
    "math-verify": (
        "math_verify",
        [sys.executable, str(HERE / "peers.py"), "math-verify"],
    ),
}


@dataclass
class Process:
    """A judge in its own process, started anew after each pair that took too long."""

    command: Sequence[str]
    greets: bool
    running: subprocess.Popen[str] | None = None

    def ask(self, row: Row) -> tuple[Any, float]:
        """Return the verdict on *row* and the milliseconds that it took."""
        process = self.running or self._start()
        assert process.stdin  # noqa: S101 - it was opened as a pipe
        started = time.perf_counter()
        process.stdin.write(json.dumps(row) + "\n")
        process.stdin.flush()
        line = self._line(process)
        taken = (time.perf_counter() - started) * 1000
        if line is None:
            self.stop()
            return "too slow", taken
        answer = json.loads(line)
        return answer["verdict"], answer.get("ms", taken)

    def _start(self) -> subprocess.Popen[str]:
        self.running = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=HERE.parent,
        )
        if not self.greets and self.running.stdin:  # importing is measured elsewhere
            self.running.stdin.write(json.dumps(WARM_UP) + "\n")
            self.running.stdin.flush()
        if self.running.stdout:
            self.running.stdout.readline()
        return self.running

    def _line(self, process: subprocess.Popen[str]) -> str | None:
        """Return the next line, or None when the process had to be ended."""
        clock = threading.Timer(SECONDS_A_PAIR, process.kill)
        clock.start()
        try:
            for line in process.stdout or ():
                if line.startswith("{"):  # some peers print what else they think
                    return line if line.endswith("\n") else None
            return None
        finally:
            clock.cancel()

    def stop(self) -> None:
        """End the process, if there is one."""
        if self.running:
            self.running.kill()
            self.running.communicate()
        self.running = None


@dataclass
class Score:
    """Counts for one judge on one suite."""

    right: int = 0
    false_accepts: int = 0
    false_rejects: int = 0
    invalid: int = 0
    undecided: int = 0
    times: list[float] = field(default_factory=list)

    def add(self, row: Row, verdict: Any, taken: float) -> None:  # noqa: ANN401 - off the wire
        """Count one verdict."""
        self.times.append(taken)
        if is_right(row, verdict):
            self.right += 1
        elif verdict is True:
            self.false_accepts += 1
        elif verdict == "invalid":
            self.invalid += 1
        elif verdict is False:
            self.false_rejects += 1
        else:
            self.undecided += 1

    def line(self, name: str) -> str:
        """Return the counts as a row of a table."""
        times = sorted(self.times)
        late = times[min(len(times) - 1, int(len(times) * 0.99))]
        return (
            f"{name:18} {len(times):5} {100 * self.right / len(times):6.1f} %"
            f" {self.false_accepts:5} {self.false_rejects:5} {self.invalid:5}"
            f" {self.undecided:5}  {statistics.median(times):9.2f}"
            f" {late:9.1f} {times[-1]:9.1f}"
        )


def is_right(row: Row, verdict: Any) -> bool:  # noqa: ANN401 - off the wire
    """Return whether *verdict* is what the pair expects."""
    expected = row["expected"]
    if expected == "invalid" and row.get("options", {}).get("accept_false"):
        return verdict is False or verdict == "invalid"
    return bool(verdict is expected or verdict == expected == "invalid")


HEADING = (
    f"{'suite':18} {'pairs':>5} {'right':>8} {'false+':>5} {'false-':>5} {'inv':>5}"
    f" {'open':>5}  {'median ms':>9} {'p99 ms':>9} {'worst ms':>9}"
)


def score(name: str, rows: Iterable[Row]) -> list[tuple[Row, Any]]:
    """Print the table of one judge, and return the pairs that it got wrong."""
    process = Process(JUDGES[name][1], greets=name != "grader")
    scores: dict[str, Score] = defaultdict(Score)
    missed = []
    for row in rows:
        verdict, taken = process.ask(row)
        for suite in (row["suite"], "all"):
            scores[suite].add(row, verdict, taken)
        if not is_right(row, verdict):
            missed.append((row, verdict))
    process.stop()
    print(f"\n{name}\n{HEADING}")
    for suite in sorted(scores, key=lambda suite: (suite == "all", suite)):
        print(scores[suite].line(suite))
    return missed


def cpu_seconds(code: str) -> float:
    """Return the CPU seconds of a fresh interpreter that runs *code*."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=HERE.parent)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def print_cold_starts() -> None:
    """Print what importing costs, in turns with importing sympy: medians of ratios."""
    for module in ("grader.maths.decide", "grader.maths.questions.question"):
        ratios = []
        for _ in range(ROUNDS):
            bare = cpu_seconds("pass")
            ours = cpu_seconds(f"import {module}") - bare
            theirs = cpu_seconds("import sympy") - bare
            ratios.append(ours / theirs)
        print(f"cold start: {module} {statistics.median(ratios):.2f} of sympy's")


def main() -> None:
    """Score every judge that is installed on the pairs that were named."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PAIRS", "")
    path = Path(named) if named else HERE / "pairs.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    only = os.environ.get("JUDGES", ",".join(JUDGES)).split(",")
    for name, (module, _) in JUDGES.items():
        if name not in only or importlib.util.find_spec(module) is None:
            continue
        missed = score(name, rows)
        if name == "grader":
            for row, verdict in missed:
                print(f"  missed {row['id']}: {verdict} for {row['student'][:60]!r}")
    print_cold_starts()


if __name__ == "__main__":
    main()
