"""The README's commands, run as they stand."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", README, re.DOTALL)
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"(?<!-->\n)```python\n(.*?)```", README, re.DOTALL)
EXITS = {"grader check week1.yaml student.py": 1}  # the example's mistake is found


def commands(block: str) -> list[str]:
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("rubrics", "reference"):
        shutil.copytree(ROOT / name, tmp_path / name)
    examples = tmp_path / "submissions_example" / "hw3"
    examples.mkdir(parents=True)
    for name in ("perfect.ipynb", "blank.ipynb", "1c_transposed.ipynb"):
        shutil.copy(ROOT / "submissions_example" / "hw3" / name, examples)
    return tmp_path


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"COLUMNS": "80", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_every_command_in_the_readme_does_what_it_says(course: Path) -> None:
    told = [command for block in BLOCKS for command in commands(block)]

    for command in told:
        words = shlex.split(command)
        assert words[0] == "grader"
        done = run([sys.executable, "-m", "grader", *words[1:]], course)
        assert done.returncode == EXITS.get(command, 0), command + done.stderr


@pytest.mark.slow
def test_what_lint_is_shown_to_say_is_what_it_says(course: Path) -> None:
    block = next(b for b in BLOCKS if "looked at" in b)
    command, *shown = block.strip().splitlines()

    done = run([sys.executable, "-m", "grader", *shlex.split(command)[2:]], course)

    assert done.stdout.strip().splitlines() == shown


@pytest.mark.slow
def test_the_python_in_the_readme_runs(course: Path) -> None:
    outputs = [run([sys.executable, "-c", code], course) for code in PYTHON]

    assert [o.stdout for o in outputs] == ["100 of 100\n"]
