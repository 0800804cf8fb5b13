import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from grader.export.gradescope import results
from grader.export.html import to_html
from grader.export.markdown import to_markdown
from grader.export.terminal import print_scorecard
from grader.feedback.audience import feedback
from grader.feedback.wording import REASONS
from grader.model.answer import Value
from grader.model.feedback import Audience, Feedback, plain
from grader.model.phase import Phase
from grader.model.rubric import Assignment, Written
from grader.model.score import (
    Basis,
    CriterionScore,
    PartScore,
    QuestionScore,
    Remark,
    Scorecard,
)
from grader.model.verdict import Evidence, Outcome, Verdict, Witness, undecided
from grader.model.writing import Mark
from tests.export import samples

UNTOLD = "tangerine"
UNTOLD_NUMBER = 987654.25

untold: st.SearchStrategy[Value] = st.sampled_from(
    [UNTOLD, UNTOLD_NUMBER, 987654, samples.floats(1, UNTOLD_NUMBER), 987654.25j]
)
untold_facts = st.sampled_from(
    [
        (("expected_shape", UNTOLD), ("factor", UNTOLD_NUMBER)),
        (("expected", UNTOLD),),
        (("engine_reason", UNTOLD), ("note", "equal-for: x > 0")),
        (),
    ]
)
givens: st.SearchStrategy[Value] = st.sampled_from([None, 1, 0.5, "mine"])


@st.composite
def verdicts(draw: st.DrawFn, *, at_grading_points: bool) -> Verdict:
    inputs = st.just((("x", UNTOLD),)) if at_grading_points else st.just((("x", 1),))
    own = UNTOLD if at_grading_points else "mine"  # what it gives there is told nowhere
    witness = Witness(
        inputs=draw(st.one_of(st.just(()), inputs)),
        expected=draw(untold),
        given=draw(givens) if not at_grading_points else own,
        gap=UNTOLD_NUMBER,
        allowed=UNTOLD_NUMBER,
    )
    evidence = Evidence(
        method=draw(st.sampled_from(["agreed", "beyond-tolerance", ""])),
        place=draw(st.sampled_from(["", "entry 2"])),
        witness=draw(st.sampled_from([None, witness])),
        facts=draw(untold_facts),
    )
    return Verdict(
        outcome=draw(st.sampled_from(Outcome)),
        credit=draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])),
        reason=draw(st.sampled_from(sorted(REASONS))),
        evidence=evidence,
    )


@st.composite
def scores(draw: st.DrawFn, *, drawn: bool) -> CriterionScore:
    """Draw a score of a function, or of a plain value: its own value may be shown."""
    verdict = draw(verdicts(at_grading_points=drawn))
    basis = draw(st.sampled_from(Basis))
    remark = Remark(text="Mind the `sign` of $x$.", source=basis)
    return CriterionScore(
        answer="f_inverse" if drawn else "abs_det",
        possible=Fraction(5),
        earned=5 * verdict.credit,
        basis=basis,
        verdict=verdict,
        as_set=draw(st.none() | verdicts(at_grading_points=True)),
        remarks=draw(st.sampled_from([(), (remark,)])),
        fault=UNTOLD,
        student_verdict=draw(st.none() | verdicts(at_grading_points=False)),
    )


def card_of(score: CriterionScore) -> Scorecard:
    label = "1a" if score.answer == "f_inverse" else "1d"
    part = PartScore(part=label, title="The inverse map", criteria=(score,))
    question = QuestionScore(question="1", title="", parts=(part,))
    return replace(samples.perfect(), questions=(question,))


def everything_shown(told: Feedback, card: Scorecard, assignment: Assignment) -> str:
    stream = io.StringIO()
    print_scorecard(Console(file=stream, width=80), told)
    platform = json.dumps(results(told, card, assignment), ensure_ascii=False)
    return "\n".join([to_html(told), to_markdown(told), stream.getvalue(), platform])


@given(score=scores(drawn=True) | scores(drawn=False))
def test_students_never_see_what_was_expected_or_asked_in_grading(
    score: CriterionScore,
) -> None:
    card = card_of(score)
    told = feedback(card, samples.assignment(), Audience.STUDENT)

    shown = everything_shown(told, card, samples.assignment())

    assert UNTOLD not in shown
    assert "987654" not in shown


@given(score=scores(drawn=True) | scores(drawn=False))
def test_every_criterion_that_is_not_right_is_told_something(
    score: CriterionScore,
) -> None:
    told = feedback(card_of(score), samples.assignment(), Audience.STUDENT)

    (criterion,) = told.parts[0].criteria
    assert criterion.sentences or criterion.remarks


def test_staff_see_what_was_expected_and_how_far_off_it_is() -> None:
    told = feedback(samples.mixed(), samples.assignment(), Audience.STAFF)

    rows = {plain(r.label): r.value.text for r in told.parts[0].criteria[0].evidence}
    assert rows["expected"] == "[0.5 -0.7581633 0.28388]"
    assert rows["gap"] == "1.3027"


def test_a_rubric_that_reveals_shows_the_expected_value() -> None:
    told = feedback(samples.mixed(), _with_part(0, reveal=True), Audience.STUDENT)

    labels = [plain(row.label) for row in told.parts[0].criteria[0].witness]
    assert labels == ["x", "your f_inverse(x)", "expected"]


def _with_part(number: int, **changes: object) -> Assignment:
    rubric = samples.assignment()
    first, *rest = rubric.questions
    parts = list(first.parts)
    parts[number] = parts[number].model_copy(update=changes)
    changed = first.model_copy(update={"parts": tuple(parts)})
    return rubric.model_copy(update={"questions": (changed, *rest)})


@pytest.mark.parametrize(
    ("visibility", "shown_from"),
    [
        pytest.param("visible", list(Phase), id="always"),
        pytest.param(
            "after_due_date", [Phase.AFTER_DUE, Phase.PUBLISHED], id="once it is due"
        ),
        pytest.param("after_published", [Phase.PUBLISHED], id="once it is published"),
        pytest.param("hidden", [], id="never"),
    ],
)
def test_a_part_is_shown_from_its_phase_on(
    visibility: str, shown_from: list[Phase]
) -> None:
    rubric = _with_part(0, visibility=visibility)

    told = {
        phase: feedback(samples.mixed(), rubric, Audience.STUDENT, phase=phase)
        for phase in Phase
    }

    assert [p for p in Phase if "1a" in {x.part for x in told[p].parts}] == shown_from
    assert [p for p in Phase if told[p].whole] == shown_from


def test_the_points_of_a_hidden_part_are_in_no_sum_that_students_see() -> None:
    rubric = _with_part(1, visibility="hidden")  # earned 3, of which 2.5 for lateness

    told = feedback(samples.mixed(), rubric, Audience.STUDENT)

    assert told.earned == 2
    assert told.possible == samples.mixed().possible - 3
    assert told.questions[0].earned == 2


def test_right_at_the_inputs_shown_and_wrong_elsewhere_is_said_so() -> None:
    first = samples.mixed().questions[0].parts[0].criteria[0]
    right = Verdict(outcome=Outcome.CORRECT, credit=Fraction(1), reason="agrees")
    card = card_of(replace(first, student_verdict=right))

    told = feedback(card, samples.assignment(), Audience.STUDENT)

    said = [plain(s) for s in told.parts[0].criteria[0].sentences]
    assert said[-1].startswith("At the inputs that may be shown it agrees")
    assert told.parts[0].criteria[0].witness == ()


def test_a_trouble_is_told_first() -> None:
    told = feedback(samples.unreadable(), samples.assignment(), Audience.STUDENT)

    assert plain(told.sentences[0]).startswith("hw.ipynb: this is not a notebook")


def test_right_parts_are_not_called_all_while_others_are_withheld() -> None:
    rubric = _with_part(1, visibility="hidden")

    told = feedback(samples.perfect(), rubric, Audience.STUDENT)
    whole = feedback(samples.perfect(), rubric, Audience.STAFF)

    assert plain(told.sentences[0]) == "Every part that is shown is right."
    assert plain(whole.sentences[0]).startswith("Every part is right.")


def test_steps_are_not_marked_while_a_part_that_may_be_written_is_withheld() -> None:
    mark = Mark(standing="false", reason="false-step", statement="1 = 2", line=1)
    card = replace(samples.mixed(), marks=(mark,))
    coded = _with_part(0, visibility="hidden")
    criterion = coded.parts[0].criteria[0]
    on_paper = criterion.model_copy(update={"written": Written(equation="A")})
    written = _with_part(0, visibility="hidden", criteria=(on_paper,))

    found = [
        len(feedback(card, rubric, Audience.STUDENT).marks)
        for rubric in (samples.assignment(), coded, written)
    ]

    assert found == [1, 1, 0]


def _later_part_says(rubric: Assignment, card: Scorecard, phase: Phase) -> str:
    told = feedback(card, rubric, Audience.STUDENT, phase=phase)
    (latent,) = (part for part in told.parts if part.part == "1b")
    return " ".join(plain(s) for s in latent.criteria[0].sentences)


def test_what_builds_on_a_withheld_part_does_not_tell_that_it_is_wrong() -> None:
    rubric = _with_part(0, visibility="after_published")
    card = samples.mixed()  # 1a is wrong, and 1b follows from it

    assert _later_part_says(rubric, card, Phase.AFTER_DUE) == "Right."
    assert "what you have in 1a" in _later_part_says(rubric, card, Phase.PUBLISHED)


def test_a_share_that_builds_on_a_withheld_part_is_not_called_right() -> None:
    rubric = _with_part(0, visibility="hidden")
    half = Verdict(outcome=Outcome.PARTIAL, credit=Fraction(1, 2), reason="agrees")
    card = _with_later_verdict(half)

    said = _later_part_says(rubric, card, Phase.PUBLISHED)

    assert said == "It earns a part of its points."


def test_what_builds_on_a_withheld_part_does_not_tell_that_it_waits() -> None:
    rubric = _with_part(0, visibility="hidden")
    evidence = Evidence(facts=(("part", "1a"),))
    card = _with_later_verdict(undecided("rests-on-undecided", evidence))

    assert "1a" not in _later_part_says(rubric, card, Phase.PUBLISHED)
    assert "1a" in _later_part_says(samples.assignment(), card, Phase.PUBLISHED)


def _with_later_verdict(verdict: Verdict) -> Scorecard:
    """Return the mixed scorecard with another verdict on 1b."""
    card = samples.mixed()
    first, *others = card.questions
    inverse, latent, *rest = first.parts
    criterion = replace(latent.criteria[0], verdict=verdict)
    parts = (inverse, replace(latent, criteria=(criterion,)), *rest)
    return replace(card, questions=(replace(first, parts=parts), *others))
