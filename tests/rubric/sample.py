"""A small rubric, right in all, from which tests make wrong ones."""

from pathlib import Path

from grader.errors import RubricError, RubricFaults
from grader.rubric.reader import read_rubric

RUBRIC = """\
schema: 1
assignment: hw1
title: Circles
reference: hw1.py
points: 10
symbols:
  r: (0, 10)
questions:
  - id: "1"
    title: A circle
    points: 10
    parts:
      - id: 1a
        points: 4
        answer: area
        kind: function
        inputs: {r: {low: 1, high: 9}}
        mistakes:
          - {reference: area_of_square, credit: 1/2, say: That is a square.}
      - id: 1b
        points: 6
        answer: colour
        kind: choice
        choices: [red, blue]
        expected: red
        follows: [1a]
"""


def write(folder: Path, text: str) -> Path:
    """Put a rubric and an empty reference into *folder*."""
    (folder / "hw1.py").write_text("def area(r): ...\n", encoding="utf-8")
    path = folder / "hw1.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(old: str, new: str) -> str:
    """Make one change to the rubric, which must be there to make."""
    assert RUBRIC.count(old) == 1, f"{old!r} stands {RUBRIC.count(old)} times"
    return RUBRIC.replace(old, new)


def faults_of(path: Path) -> tuple[RubricError, ...]:
    """Read a rubric that is wrong, and return what is."""
    try:
        read_rubric(path)
    except RubricFaults as error:
        return error.faults
    raise AssertionError("the rubric was read without a fault")
