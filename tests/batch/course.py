"""A course of one small assignment, and a class that hands it in."""

from dataclasses import dataclass
from pathlib import Path

RUBRIC = """\
schema: 1
assignment: tiny
title: A tiny homework
reference: reference.py
public: {module: properties.py}
run: {cpu: 20 s, part: 2 s, cell: 2 s, seed: 7351}
questions:
  - id: "1"
    title: Slopes
    parts:
      - id: 1a
        title: The slope
        points: 4
        answer: slope
        kind: function
        inputs: {x: {low: 1, high: 2}}
        mistakes:
          - {reference: slope_halved, credit: 1/2, say: Squares have a factor of two.}
        public: {shape: [], properties: [slope_is_positive], hint: Draw it.}
      - {id: 1b, title: At two, points: 3, answer: at_two, follows: [1a]}
      - {id: 1c, title: A word, points: 2, answer: word, kind: text, expected: parabola}
"""
REFERENCE = """\
def slope(x):
    return 2 * x

def slope_halved(x):
    return x

def at_two(*, slope):
    return slope(2.0) + 0.123456
"""
PROPERTIES = """\
def slope_is_positive(*, slope):
    return None if slope(1.5) > 0 else "a parabola rises there"
"""
RIGHT = """\
def slope(x):
    return 2 * x
at_two = slope(2.0) + 0.123456
word = "parabola"
"""
HALVED = RIGHT.replace("2 * x", "x")
WRONG = """\
def slope(x):
    return -x
at_two = 17.0
word = "circle"
"""


@dataclass(frozen=True)
class Course:
    """Where everything of the course lies."""

    root: Path

    @property
    def rubric(self) -> Path:
        return self.root / "rubric.yaml"

    @property
    def reference(self) -> Path:
        return self.root / "reference.py"

    @property
    def handed_in(self) -> Path:
        return self.root / "handed_in"

    @property
    def output(self) -> Path:
        return self.root / "graded"

    def hand_in(self, **texts: str) -> None:
        self.handed_in.mkdir(exist_ok=True)
        for name, text in texts.items():
            (self.handed_in / f"{name}.py").write_text(text, encoding="utf-8")

    def change_rubric(self, before: str, after: str) -> None:
        text = self.rubric.read_text(encoding="utf-8")
        assert before in text
        self.rubric.write_text(text.replace(before, after), encoding="utf-8")


def make_course(root: Path) -> Course:
    """Write rubric, reference and properties into *root*."""
    course = Course(root)
    course.rubric.write_text(RUBRIC, encoding="utf-8")
    course.reference.write_text(REFERENCE, encoding="utf-8")
    (root / "properties.py").write_text(PROPERTIES, encoding="utf-8")
    return course
