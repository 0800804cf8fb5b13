"""Rubrics whose kinds are built in ask for no plug-in; others say what is missing."""

from pathlib import Path

import pytest

from grader.compare.kinds import BUILT_IN
from grader.errors import RubricFaults
from grader.pipeline.assignment import comparators_for, read_assignment
from tests.batch.course import make_course


def test_a_rubric_of_built_in_kinds_needs_no_plugin(tmp_path: Path) -> None:
    assignment = read_assignment(make_course(tmp_path).rubric)

    assert comparators_for(assignment) is BUILT_IN


def test_a_kind_that_nobody_brings_is_a_fault_of_the_rubric(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    course.change_rubric("kind: text", "kind: graph")

    with pytest.raises(RubricFaults, match="graph"):
        read_assignment(course.rubric)
