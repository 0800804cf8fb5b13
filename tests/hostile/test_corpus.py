"""No submission of the corpus achieves anything: as whoever runs the tests, and as
others where the tests run as root."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from grader.sandbox.confinement import ESSENTIAL
from grader.sandbox.session import Confinement, open_session
from tests.hostile.corpus import (
    HONEST,
    HONEST_POINTS,
    Case,
    Range,
    attempt,
    open_range,
    read_cases,
)

CASES = read_cases()
HERE = Path(__file__).parent
SPARE_USER = 64_999
# what gets through where nothing but a process of its own stands between: published
# in docs/sandbox.md (20 or 21: one is a matter of a moment); every one of them needs to
# know a path or a process beforehand
WITH_A_PROCESS_ALONE = 21
# a kernel has a loopback interface and a /dev/shm that are nobody else's: one opens a
# port, one leaves a note, and both are gone with the process
IN_A_ROOM_OF_ITS_OWN = 2


@pytest.fixture(scope="module")
def place() -> Iterator[Range]:
    with open_range(Confinement()) as found:
        with open_session(
            HONEST, found.assignment.run, starter=found.starter
        ) as session:
            on = {name for name, holds in session.transcript().protections if holds}
        if not on >= ESSENTIAL:
            pytest.skip(f"not safe here without {sorted(ESSENTIAL - on)}")
        yield found


def _marked(case: Case) -> ParameterSet:
    marks = [pytest.mark.slow] if case.is_slow else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_hostile_submission_achieves_nothing(case: Case, place: Range) -> None:
    achieved = attempt(case, place)

    assert achieved == []


def test_the_honest_submission_beside_them_has_its_points(place: Range) -> None:
    points, _ = place.points(HONEST)

    assert points == HONEST_POINTS


def test_the_corpus_says_what_each_case_wants() -> None:
    assert [case.name for case in CASES if not case.wants] == []


def test_the_corpus_has_every_class() -> None:
    classes = {case.name.partition("/")[0] for case in CASES}

    assert len(CASES) >= 80
    assert classes == {
        *("agreeable", "data", "exhaust", "fairness", "files", "judge"),
        *("numeric", "points", "reach", "reference", "results"),
    }


def test_an_honest_grader_gives_most_cases_nothing() -> None:
    assert sum(case.earns > Fraction(0) for case in CASES) < len(CASES) / 5


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(
    ("user", "words", "most"),
    [
        pytest.param(SPARE_USER, [], 0, id="a user without rights"),
        pytest.param(0, [], 0, id="root, each submission as a user of its own"),
        pytest.param(
            SPARE_USER, ["unconfined"], WITH_A_PROCESS_ALONE, id="a process alone"
        ),
        pytest.param(SPARE_USER, ["interpreter"], 0, id="a fresh interpreter each"),
        pytest.param(SPARE_USER, ["kernel"], IN_A_ROOM_OF_ITS_OWN, id="in a kernel"),
    ],
)
def test_the_corpus_achieves_no_more_as(user: int, words: list[str], most: int) -> None:
    command = [sys.executable, "-m", "tests.hostile.tally", *words]
    prefix = [sys.executable, str(HERE / "as_user.py"), str(user)]

    found = subprocess.run(
        [*prefix, *command], capture_output=True, text=True, check=False, timeout=900
    )
    if "no mounts" in found.stderr:
        pytest.skip("Python lies where no other user can read it")

    assert found.returncode == 0, found.stderr
    assert len(json.loads(found.stdout)["succeeded"]) <= most, found.stdout
