"""A batch that is stopped, or loses a process, ends with the gradebook it would have."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.batch.course import HALVED, RIGHT, WRONG, Course, make_course

TEXTS = (RIGHT, HALVED, WRONG, "def f(:", "")
EXAMPLES = Path(__file__).parents[2] / "submissions_example" / "hw3"
HW3 = Path(__file__).parents[2] / "rubrics" / "hw3.yaml"
STUDENTS = 30
PATIENCE_SECONDS = 120.0


def start(rubric: Path, handed_in: Path, output: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "grader", "grade", str(rubric), str(handed_in)),
            *("-o", str(output), "--allow-unconfined"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def records(output: Path) -> list[Path]:
    return list((output / "records").glob("*.json"))


def make_class(folder: Path) -> Course:
    course = make_course(folder)
    names = [f"s{n:02}" for n in range(STUDENTS)]
    course.hand_in(**{name: TEXTS[n % len(TEXTS)] for n, name in enumerate(names)})
    return course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_class(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the gradebook of the class, graded without interruption."""
    course = make_class(tmp_path_factory.mktemp("whole"))
    start(course.rubric, course.handed_in, course.output).communicate()
    return (course.output / "gradebook.csv").read_bytes()


def test_an_interrupted_batch_goes_on_where_it_stopped(
    course: Course, whole: bytes
) -> None:
    first = start(course.rubric, course.handed_in, course.output)
    wait_until(lambda: len(records(course.output)) >= 3)
    first.send_signal(signal.SIGINT)
    told, _ = first.communicate()
    half = len(records(course.output))

    again, _ = start(course.rubric, course.handed_in, course.output).communicate()

    assert first.returncode == 130
    assert "run the same command again" in told
    assert half < STUDENTS
    assert "unchanged since they were graded" in again
    assert (course.output / "gradebook.csv").read_bytes() == whole


def test_a_killed_batch_leaves_whole_records_and_no_process(
    course: Course, whole: bytes
) -> None:
    first = start(course.rubric, course.handed_in, course.output)
    wait_until(lambda: len(records(course.output)) >= 3)
    desks = list(children_of(first.pid))
    first.kill()
    first.communicate()
    wait_until(lambda: not any(is_alive(pid) for pid in desks))

    start(course.rubric, course.handed_in, course.output).communicate()

    assert desks
    assert (course.output / "gradebook.csv").read_bytes() == whole


def test_a_lost_process_costs_the_batch_nothing(course: Course, whole: bytes) -> None:
    batch = start(course.rubric, course.handed_in, course.output)
    wait_until(lambda: len(records(course.output)) >= 3)
    os.kill(next(children_of(batch.pid)), signal.SIGKILL)
    told, _ = batch.communicate()

    assert batch.returncode == 0
    assert "failed on in the grader" not in told
    assert (course.output / "gradebook.csv").read_bytes() == whole


def children_of(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text(encoding="ascii").split():
            yield int(child)


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2]
        return state != "Z"
    return False


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_copies_stopped_twice_give_the_same_gradebook(
    tmp_path: Path,
) -> None:
    handed_in = tmp_path / "handed_in"
    handed_in.mkdir()
    quick = [p for p in sorted(EXAMPLES.iterdir()) if "endless" not in p.name]
    for n in range(200):
        work = quick[n % len(quick)]
        shutil.copy(work, handed_in / f"{n:03}_{work.name}")
    start(HW3, handed_in, tmp_path / "whole").communicate()

    output = tmp_path / "stopped"
    for enough in (40, 120):
        batch = start(HW3, handed_in, output)
        wait_until(lambda enough=enough: len(records(output)) >= enough)  # type: ignore[misc]
        batch.send_signal(signal.SIGINT)
        batch.communicate()
    start(HW3, handed_in, output).communicate()

    found = (output / "gradebook.csv").read_bytes()
    assert found.count(b"\n") == 201
    assert found == (tmp_path / "whole" / "gradebook.csv").read_bytes()
