"""What students' pages show: by what was told, else by the due date."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.batch.book import Gradebook, assemble
from grader.batch.folder import OutputFolder
from grader.batch.formats import exporters, write_formats
from grader.batch.grading import grade_batch
from grader.batch.pages import write_pages
from grader.batch.phase import PhaseError, phase_at, read_phase, write_phase
from grader.batch.roll import RollRow, write_roll
from grader.model.phase import Phase
from grader.model.rubric import Assignment, LatePolicy
from grader.model.score import Scorecard
from tests.batch.course import make_course
from tests.export import samples

DUE = datetime(2026, 12, 1, 12, tzinfo=UTC)
POLICY = LatePolicy(due=DUE, grace=300.0)
AN_HOUR = timedelta(hours=1)
ALL = list(Phase)


@pytest.mark.parametrize(
    ("policy", "row", "now", "phase"),
    [
        pytest.param(None, RollRow(submission="a"), DUE, ALL[1], id="no late work"),
        pytest.param(
            LatePolicy(), RollRow(submission="a"), DUE, ALL[1], id="no due date"
        ),
        pytest.param(
            POLICY, RollRow(submission="a"), DUE - AN_HOUR, ALL[0], id="before it"
        ),
        pytest.param(
            POLICY, RollRow(submission="a"), DUE + AN_HOUR, ALL[1], id="past it"
        ),
        pytest.param(
            POLICY,
            RollRow(submission="a"),
            DUE + timedelta(seconds=200),
            ALL[0],
            id="in the grace",
        ),
        pytest.param(
            LatePolicy(due=DUE, days=2),
            RollRow(submission="a"),
            DUE + timedelta(days=1),
            ALL[0],
            id="while late work is accepted",
        ),
        pytest.param(
            POLICY,
            RollRow(submission="a", extension_seconds=7200),
            DUE + AN_HOUR,
            ALL[0],
            id="while one has more time",
        ),
        pytest.param(
            POLICY,
            RollRow(submission="a", due=DUE - timedelta(days=3)),
            DUE - AN_HOUR,
            ALL[0],
            id="one has less time",
        ),
    ],
)
def test_after_the_due_date_is_when_nobody_can_hand_in_any_more(
    policy: LatePolicy | None, row: RollRow, now: datetime, phase: Phase
) -> None:
    assert phase_at(policy, [row], now) is phase


def test_nothing_but_a_person_publishes(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    write_roll(folder.roll, [RollRow(submission="a")])
    years_later = DUE + timedelta(days=9999)

    before = assemble(samples.assignment(), folder, now=years_later).phase
    write_phase(folder.phase, Phase.PUBLISHED)
    after = assemble(samples.assignment(), folder, now=DUE - AN_HOUR).phase

    assert (before, after) == (Phase.AFTER_DUE, Phase.PUBLISHED)


def test_a_phase_that_is_none_says_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "phase.txt"
    path.write_text("soon\n", encoding="utf-8")

    with pytest.raises(
        PhaseError, match=r"(?s)'soon' is not a valid Phase.*before-due"
    ):
        read_phase(path)


def test_a_phase_that_is_none_is_told_before_anything_is_run(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    folder = OutputFolder(course.output)
    folder.create()
    folder.phase.write_text("soon\n", encoding="utf-8")

    with pytest.raises(PhaseError, match="'soon'"):
        grade_batch(course.rubric, (), output=course.output)

    assert not folder.roll.exists()


def with_visibility(visibility: str) -> Assignment:
    """Return the sample assignment with its first part shown at some time only."""
    rubric = samples.assignment()
    first, *rest = rubric.questions
    part = first.parts[0].model_copy(update={"visibility": visibility})
    changed = first.model_copy(update={"parts": (part, *first.parts[1:])})
    return rubric.model_copy(update={"questions": (changed, *rest)})


def a_card() -> Scorecard:
    return replace(samples.mixed(), submission="ada")


@pytest.mark.parametrize(
    ("visibility", "shown_in"),
    [
        pytest.param("visible", ALL, id="always"),
        pytest.param("after_due_date", ALL[1:], id="once it is due"),
        pytest.param("after_published", ALL[2:], id="once it is published"),
        pytest.param("hidden", [], id="never"),
    ],
)
def test_a_students_page_shows_a_part_in_its_phases_alone(
    tmp_path: Path, visibility: str, shown_in: list[Phase]
) -> None:
    rubric, folder = with_visibility(visibility), OutputFolder(tmp_path)
    folder.create()

    found = []
    for phase in Phase:
        book = Gradebook(assignment=rubric, scorecards=(a_card(),), phase=phase)
        write_pages(book, folder)
        page = (folder.feedback / "ada.html").read_text(encoding="utf-8")
        found += [phase] if 'id="part-1a"' in page else []
    staff = (folder.staff / "ada.html").read_text(encoding="utf-8")

    assert found == shown_in
    assert 'id="part-1a"' in staff


@pytest.mark.parametrize("phase", ALL)
def test_gradescope_has_the_words_of_what_it_withholds_itself(
    tmp_path: Path, phase: Phase
) -> None:
    rubric = with_visibility("after_published")
    book = Gradebook(assignment=rubric, scorecards=(a_card(),), phase=phase)

    write_formats(book, OutputFolder(tmp_path), exporters(["gradescope"]))

    told = json.loads((tmp_path / "gradescope" / "ada.json").read_text())
    test = told["tests"][0]
    assert (test["number"], test["visibility"]) == ("1a", "after_published")
    assert test["output"]


def test_a_format_without_dates_of_its_own_withholds_as_pages_do(
    tmp_path: Path,
) -> None:
    rubric = with_visibility("after_published")
    numbers = {}
    for phase in Phase:
        book = Gradebook(assignment=rubric, scorecards=(a_card(),), phase=phase)
        write_formats(book, OutputFolder(tmp_path), exporters(["prairielearn"]))
        told = json.loads((tmp_path / "prairielearn" / "ada.json").read_text())
        numbers[phase] = len(told["tests"])

    assert numbers[Phase.PUBLISHED] == numbers[Phase.BEFORE_DUE] + 1
    assert numbers[Phase.AFTER_DUE] == numbers[Phase.BEFORE_DUE]
