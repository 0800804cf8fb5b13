"""Every example submission of homework 3 earns what its maker says, part by part."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from grader.errors import SubmissionError
from grader.model.score import Scorecard
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import blank_scorecard, grade_file, open_examiner

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "submissions_example" / "hw3"
TOLD = yaml.safe_load(
    Path(__file__).with_name("expected_points.yaml").read_text(encoding="utf-8")
)
SLOW = ("endless_loop",)  # each costs its whole limit of CPU time


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with open_examiner(ROOT / "rubrics" / "hw3.yaml") as opened:
        yield opened


def graded(examiner: Examiner, name: str) -> Scorecard:
    """Grade one example; one that cannot be read has its row all the same."""
    try:
        return grade_file(examiner, EXAMPLES / name).scorecard
    except SubmissionError as error:
        return blank_scorecard(examiner.assignment, name, error)


def named(name: str) -> object:
    marks = [pytest.mark.slow] if name.startswith(SLOW) else []
    return pytest.param(name, id=name, marks=marks)


def test_every_example_has_its_points_declared() -> None:
    files = {path.name for path in EXAMPLES.iterdir()}

    assert files == set(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_the_declared_parts_add_up_to_the_declared_total(
    examiner: Examiner, name: str
) -> None:
    whole = {part.id: part.points for part in examiner.assignment.parts}
    parts = {label: Fraction(str(p)) for label, p in TOLD[name]["parts"].items()}

    assert sum((whole | parts).values()) == Fraction(str(TOLD[name]["total"]))


@pytest.mark.parametrize("name", [named(name) for name in TOLD])
def test_an_example_earns_its_declared_points(examiner: Examiner, name: str) -> None:
    less = {label: Fraction(str(p)) for label, p in TOLD[name]["parts"].items()}

    card = graded(examiner, name)

    assert {part.part: part.earned for part in card.parts} == {
        part.part: less.get(part.part, part.possible) for part in card.parts
    }
    assert card.earned == Fraction(str(TOLD[name]["total"]))
    assert card.waiting == TOLD[name].get("waiting", 0)
