"""The table of kinds against the comparators themselves."""

import subprocess
import sys

import pytest

from grader.compare.kinds import BUILT_IN
from grader.model.rubric import BUILT_IN_KINDS


@pytest.mark.parametrize("kind", sorted(BUILT_IN))
def test_a_kind_is_found_under_its_own_name(kind: str) -> None:
    assert BUILT_IN[kind].kind == kind


def test_every_kind_that_a_rubric_may_name_has_a_comparator() -> None:
    assert set(BUILT_IN_KINDS) - {"function"} == set(BUILT_IN)


def test_a_number_is_judged_without_what_decides_about_formulas() -> None:
    program = (
        "import sys; from grader.compare.kinds import BUILT_IN; BUILT_IN['number'];"
        "print([m for m in ('sympy', 'grader.maths.decide') if m in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"
