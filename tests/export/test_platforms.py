import csv
import io
import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.export import autolab, brightspace, canvas, coursera, moodle, prairielearn
from grader.feedback.audience import feedback
from grader.model.answer import Transcript
from grader.model.feedback import Audience, Feedback
from grader.model.score import QuestionScore, Scorecard
from tests.conftest import Golden
from tests.export import samples

CARDS = [samples.mixed(), samples.perfect()]

FROM_CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Flows (4711),Quiz (12),Flows Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,36.33,10,(read only)
"Sample, Grace",101,s-0001,grace,Monday,,7,
"Example, Ada",102,s-0042,ada,Monday,,8,
"Nobody, Ned",103,s-0099,ned,Monday,3,9,
"""

FROM_MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments
Participant 77,Grace Sample,grace@example.org,Submitted,,36.33,"Monday, 1 March 2027, 9:00 AM",
Participant 78,Ada Example,ada@example.org,Submitted,,36.33,-,
"""


def told(card: Scorecard) -> Feedback:
    return feedback(card, samples.assignment(), Audience.STUDENT)


def test_canvas_gets_the_final_scores_and_no_row_else(golden: Golden) -> None:
    filled = canvas.fill(FROM_CANVAS, CARDS, column="Flows (4711)").table

    golden("export/canvas.csv", filled)
    assert [row[0] for row in csv.reader(io.StringIO(filled))] == [
        "Student",
        "Sample, Grace",
    ]


def test_canvas_is_never_sent_a_column_that_it_does_not_know() -> None:
    with pytest.raises(SubmissionError, match=r"no column 'Flows'.*"):
        canvas.fill(FROM_CANVAS, CARDS, column="Flows")


def test_a_table_that_is_not_of_canvas_is_refused() -> None:
    with pytest.raises(SubmissionError, match="no columns ID and Section"):
        canvas.fill("name,points\n", CARDS, column="points")


def test_a_platforms_own_number_finds_whom_no_name_does() -> None:
    cards = [replace(samples.perfect(), submission="graces-101", student_name="gs")]
    others = {"graces-101": ("101", "graces")}

    filled = canvas.fill(FROM_CANVAS, cards, column="Flows (4711)", others=others)

    assert filled.submissions == {"graces-101"}
    assert '"Sample, Grace",101' in filled.table


def test_another_name_never_takes_a_row_from_whom_it_belongs_to() -> None:
    other = replace(samples.perfect(), submission="bob", student_name="Bob")
    cards = [*CARDS, other]

    filled = canvas.fill(
        FROM_CANVAS, cards, column="Flows (4711)", others={"bob": ("s-0001",)}
    )

    assert "bob" not in filled.submissions


def test_two_of_one_name_are_matched_by_neither() -> None:
    twins = [
        replace(samples.perfect(), submission=name, student_name="Grace Sample")
        for name in ("a", "b")
    ]
    exported = FROM_CANVAS.replace("s-0001", "").replace(
        "Sample, Grace", "Grace Sample"
    )

    filled = canvas.fill(exported, twins, column="Flows (4711)").table

    assert "Grace" not in filled


def test_a_worksheet_of_moodle_is_filled_in_and_stays_as_it_was(
    golden: Golden,
) -> None:
    filled = moodle.fill(FROM_MOODLE, CARDS, comments={"s-0001": "<p>Right.</p>"}).table

    golden("export/moodle.csv", filled)
    grades = [row["Grade"] for row in csv.DictReader(io.StringIO(filled))]
    assert grades == ["36.33", ""]


def test_a_worksheet_in_another_language_asks_what_its_column_is_called() -> None:
    german = FROM_MOODLE.replace("Grade", "Bewertung")

    with pytest.raises(SubmissionError, match="'Bewertung'"):
        moodle.fill(german, CARDS)

    columns = moodle.Columns(grade="Bewertung")
    filled = moodle.fill(german, CARDS, columns=columns).table
    assert "36.33,36.33" in filled


def test_brightspace_gets_the_final_scores(golden: Golden) -> None:
    golden("export/brightspace.csv", brightspace.to_table(CARDS, item="Flows").table)


def test_prairielearn_gets_its_results(golden: Golden, tmp_path: Path) -> None:
    found = prairielearn.results(told(samples.mixed()), samples.mixed())

    prairielearn.write_results(tmp_path, found)

    golden("export/prairielearn.json", (tmp_path / "results/results.json").read_text())


def test_what_prairielearn_cannot_grade_costs_no_attempt() -> None:
    found = prairielearn.results(told(samples.unreadable()), samples.unreadable())

    assert found["gradable"] is False
    assert "not a notebook" in found["format_errors"]


def test_prairielearn_never_gets_more_than_a_megabyte() -> None:
    transcript = Transcript(failures=(("cell", "x" * 10**6),) * 50)
    question = samples.mixed().questions[1]
    many = QuestionScore(question="1", title="", parts=question.parts * 200)
    card = replace(samples.mixed(), transcript=transcript, questions=(many,))

    found = prairielearn.results(told(card), card)

    assert len(json.dumps(found, indent=1)) < 1024 * 1024


@pytest.mark.parametrize(
    ("earned", "possible", "expected"),
    [
        pytest.param(Fraction(1), Fraction(3), 0.333333, id="a third"),
        pytest.param(Fraction(0), Fraction(0), 0.0, id="nothing to be had"),
        pytest.param(Fraction(5), Fraction(3), 1.0, id="more than all"),
    ],
)
def test_a_share_lies_between_0_and_1(
    earned: Fraction, possible: Fraction, expected: float
) -> None:
    part = samples.perfect().questions[0].parts[0]
    (criterion,) = part.criteria
    one = replace(criterion, earned=earned, possible=possible)
    question = QuestionScore(
        question="1", title="", parts=(replace(part, criteria=(one,)),)
    )
    card = replace(samples.perfect(), questions=(question,))

    share = coursera.results(told(card), card)["fractionalScore"]

    assert share == expected
    assert type(share) is float


def test_coursera_gets_its_feedback(golden: Golden, tmp_path: Path) -> None:
    path = tmp_path / "feedback.json"

    coursera.write_results(path, coursera.results(told(samples.mixed()), CARDS[0]))

    golden("export/coursera.json", path.read_text(encoding="utf-8"))


def test_autolab_gets_its_scores_on_the_last_line(golden: Golden) -> None:
    output = autolab.to_output(told(samples.mixed()), samples.mixed())

    golden("export/autolab.txt", output)
    scores = json.loads(output.splitlines()[-1])["scores"]
    assert scores["1b"] == 3
    assert "2c" not in scores  # it waits


def test_autolab_gets_no_score_of_a_part_that_is_withheld() -> None:
    rubric = samples.assignment()
    first, *others = rubric.questions
    hidden = first.parts[0].model_copy(update={"visibility": "after_published"})
    question = first.model_copy(update={"parts": (hidden, *first.parts[1:])})
    update = {"questions": (question, *others)}
    shown = feedback(
        samples.perfect(), rubric.model_copy(update=update), Audience.STUDENT
    )

    output = autolab.to_output(shown, samples.perfect())

    scores = json.loads(output.splitlines()[-1])["scores"]
    assert "1a" not in scores
    assert scores["1b"] == 3


def test_a_colon_in_a_problem_does_not_corrupt_autolabs_line() -> None:
    names = {"1a": "Part 1: inverse", "1b": "Point:"}

    output = autolab.to_output(told(CARDS[1]), CARDS[1], problems=names)

    line = output.splitlines()[-1]
    rewritten = re.sub(r"([a-zA-Z0-9]+):", r'"\1":', line)
    assert json.loads(rewritten)["scores"]["Part 1  inverse"] == 5
