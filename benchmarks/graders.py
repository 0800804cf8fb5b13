"""Other graders and runners, each on one submission of the generated class."""

import json
import os
import resource
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.course import cells_of

GRADERS: Final = {
    "python": "exec(open('hw.py').read())",
    "nbclient": "import nbformat, nbclient;"
    "nbclient.NotebookClient(nbformat.read('hw.ipynb', 4)).execute()",
    "nbgrader": "import subprocess, sys;"
    "subprocess.run([sys.prefix + '/bin/nbgrader', 'autograde', 'ps', '--force',"
    " '--CourseDirectory.db_url=sqlite:///gradebook.db'], check=True)",
    "otter": "from otter.api import grade_submission;"
    "grade_submission('hw.ipynb', 'autograder.zip', quiet=True)",
}


def cost_of(name: str, kind: str, venv: Path, number: int = 3) -> float | None:
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
            done = subprocess.run([python, "-c", GRADERS[name]], **quiet)  # type: ignore[call-overload] # noqa: PLW1510 - told below
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
