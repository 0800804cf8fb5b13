"""Where nothing can be forked, polled or limited, a class is graded all the same."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BARE = Path(__file__).parent / "bare_python.py"
RUBRIC = """
schema: 1
assignment: bare
title: Without a fork
reference: staff.py
run: {cpu: 20 s, cell: 1 s, part: 1 s}
questions:
  - id: "1"
    parts:
      - {id: 1a, points: 2, answer: f, kind: function, inputs: {x: {low: 0, high: 3}}}
      - {id: 1b, points: 3, answer: c}
"""
WORK = {
    "right.py": "import numpy as np\ndef f(x): return 2 * np.sin(x)\nc = 7\n",
    "half.py": "def f(x): return x\nc = 7\n",
    "endless_cell.py": "def f(x): return 2 * x\nwhile True: pass\nc = 7\n",
    "endless_part.py": "def f(x):\n    while True: pass\nc = 7\n",
    "deaf.py": "def f(x):\n while 1:\n  try:\n   while 1: pass\n"
    "  except BaseException: pass\nc = 7\n",
    "ends.py": "import os\nc = 7\ndef f(x): os._exit(0)\n",
    "crashes.py": "import ctypes\nc = 7\ndef f(x): ctypes.string_at(0)\n",
    "prints.py": "c = 7\nprint('x' * 10**7)\ndef f(x): return 0\n",
    "broken.ipynb": "{",
}
POINTS = {
    "right": 5.0,
    "half": 3.0,
    "endless_cell": 3.0,
    "endless_part": 3.0,
    "deaf": 3.0,
    "ends": 3.0,
    "crashes": 3.0,
    "prints": 3.0,
    "broken": 0.0,
}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter, with a course beside it."""
    folder = tmp_path_factory.mktemp("bare")
    interpreter = folder / "python"
    interpreter.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{BARE}" "$0" "$@"\n')
    interpreter.chmod(0o755)
    (folder / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    staff = "import math\nc = 7\ndef f(x): return 2 * math.sin(x)\n"
    (folder / "staff.py").write_text(staff, encoding="utf-8")
    (folder / "work").mkdir()
    for name, text in WORK.items():
        (folder / "work" / name).write_text(text, encoding="utf-8")
    return interpreter


def run(bare: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(bare), "-m", "grader", *words],
        capture_output=True,
        text=True,
        cwd=bare.parent,
        check=False,
    )


@pytest.mark.slow
def test_a_class_is_graded_without_a_fork(bare: Path) -> None:
    files = [f"work/{name}" for name in WORK]
    words = ("--output", "out", "--allow-unconfined")

    done = run(bare, "grade", "rubric.yaml", *files, *words)

    assert done.returncode == 0, done.stdout + done.stderr
    with (bare.parent / "out" / "gradebook.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: float(row["total"]) for row in csv.DictReader(file)}
    assert rows == POINTS


def test_that_nothing_protects_there_is_told(bare: Path) -> None:
    done = run(bare, "grade", "rubric.yaml", "work/right.py", "--output", "refused")

    assert done.returncode == 2
    assert "this machine does not give" in done.stderr


def test_a_student_checks_own_work_there(bare: Path) -> None:
    done = run(bare, "check", "rubric.yaml", "work/right.py")

    assert done.returncode == 0, done.stdout + done.stderr
