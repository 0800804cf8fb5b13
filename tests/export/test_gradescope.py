import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.export.gradescope import results, write_results
from grader.feedback.audience import feedback
from grader.model.feedback import Audience
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.model.score import Scorecard
from tests.conftest import Golden
from tests.export import samples


def found(card: Scorecard, rubric: Assignment | None = None) -> dict[str, Any]:
    assignment = rubric or samples.assignment()
    now = feedback(card, assignment, Audience.STUDENT)
    later = feedback(card, assignment, Audience.STUDENT, phase=Phase.PUBLISHED)
    return results(now, card, assignment, later=[later], seconds=1.23456)


def with_visibility(visibility: str) -> Assignment:
    rubric = samples.assignment()
    first, *rest = rubric.questions
    part = first.parts[0].model_copy(update={"visibility": visibility})
    changed = first.model_copy(update={"parts": (part, *first.parts[1:])})
    return rubric.model_copy(update={"questions": (changed, *rest)})


def test_the_results_are_still_written_the_same(golden: Golden, tmp_path: Path) -> None:
    path = tmp_path / "results.json"

    write_results(path, found(samples.mixed()))

    golden("export/gradescope.json", path.read_text(encoding="utf-8"))


def test_the_score_is_the_total_after_lateness_and_not_the_sum_of_tests() -> None:
    told = found(samples.mixed())

    assert told["score"] == 2.5
    assert sum(test.get("score", 0) for test in told["tests"]) == 5


def test_a_part_that_waits_has_no_score_and_is_said_to_wait() -> None:
    told = found(samples.mixed())

    (waiting,) = [test for test in told["tests"] if "score" not in test]
    assert waiting["number"] == "2c"
    assert "status" not in waiting
    assert "Points that wait" in told["output"]


@pytest.mark.parametrize("visibility", ["hidden", "after_due_date", "after_published"])
def test_a_withheld_part_keeps_its_visibility(visibility: str) -> None:
    test = found(samples.mixed(), with_visibility(visibility))["tests"][0]

    assert test["visibility"] == visibility
    assert bool(test["output"]) == (visibility != "hidden")


def test_what_stands_on_top_counts_no_part_that_is_still_withheld() -> None:
    told = found(samples.mixed(), with_visibility("after_published"))

    assert "1 of 7" in told["output"]


def test_points_that_need_rounding_are_numbers_all_the_same() -> None:
    card = replace(samples.perfect(), cap=Fraction(100, 3))

    told = json.loads(json.dumps(found(card), allow_nan=False))

    assert told["score"] == 33.33
    assert told["execution_time"] == 1.235
    assert {type(test["score"]) for test in told["tests"]} == {float}


def test_a_submission_that_could_not_be_read_says_why() -> None:
    told = found(samples.unreadable())

    assert told["score"] == 0
    assert "not a notebook" in told["output"]


def test_the_words_of_a_visible_test_tell_nothing_of_a_hidden_one() -> None:
    rubric = with_visibility("after_published")  # of 1a, which is wrong
    by_number = {
        test["number"]: test for test in found(samples.mixed(), rubric)["tests"]
    }

    assert "1a" not in by_number["1b"]["output"]
    assert by_number["1a"]["output"]
