"""Feedback and scorecard -> Gradescope's `results.json`.

What the platform does with it decides the shape: `score` overrides the sum of tests,
so it is always given (caps, lateness and rounding are in it); a test without a score
is information, which is what a part is while it waits for a person; and one hidden
test hides the total, so a part is marked hidden only where the rubric says so.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from grader.export.atomic import write_atomically
from grader.export.linear import linear_title
from grader.export.markdown import code_span, escaped, inline, part_markdown
from grader.export.points import to_number, to_text
from grader.model.feedback import Feedback, PartFeedback
from grader.model.rubric import Assignment
from grader.model.score import PartScore, Scorecard
from grader.model.verdict import Outcome
from grader.version import __version__

MOST_OUTPUT_CHARACTERS: Final = 20_000
"""Of one test; the platform names no limit, and nobody reads further."""


def results(
    feedback: Feedback,
    scorecard: Scorecard,
    assignment: Assignment,
    *,
    later: Sequence[Feedback] = (),
    seconds: float | None = None,
) -> dict[str, Any]:
    """Return what goes into `results.json`.

    *feedback* is the student's as of now; what it says of the whole stands on top.
    *later* are the student's for the phases to come, in their order: the platform
    itself shows and hides tests, by the visibility that goes with them, and has to have
    the words by then. Each test has those of the first phase that shows it, which tell
    nothing of tests that are still hidden. *seconds* is how long grading took.
    """
    phases = (*reversed(later), feedback)
    told = {part.part: part for phase in phases for part in phase.parts}
    visibility = {part.id: part.visibility for part in assignment.parts}
    found: dict[str, Any] = {
        "score": to_number(scorecard.earned),
        "output": _overall(feedback),
        "output_format": "md",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(part, told.get(part.part), visibility.get(part.part, "hidden"))
            for part in scorecard.parts
        ],
        "extra_data": {"grader": __version__},
    }
    if seconds is not None:
        found["execution_time"] = round(seconds, 3)
    return found


def write_results(path: Path, found: Mapping[str, Any]) -> None:
    """Write *found* to *path* as a whole: the platform may look at any moment."""
    write_atomically(path, json.dumps(found, indent=1, allow_nan=False) + "\n")


def _overall(feedback: Feedback) -> str:
    said = [inline(sentence) for sentence in feedback.sentences]
    said += [
        f"{escaped(place)} failed: {code_span(message)}"
        for place, message in feedback.troubles
    ]
    if feedback.waiting:
        points = to_text(feedback.waiting)
        said.append(f"Points that wait and are not in the score yet: {points}")
    return "\n\n".join(said)[:MOST_OUTPUT_CHARACTERS]


def _test(
    score: PartScore, part: PartFeedback | None, visibility: str
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": linear_title(score.title)
        or ", ".join(c.answer for c in score.criteria),
        "number": score.part,
        "visibility": visibility,
        "output": part_markdown(part)[:MOST_OUTPUT_CHARACTERS] if part else "",
    }
    if score.waiting != score.possible or not score.possible:
        found["score"] = to_number(score.earned)
        found["max_score"] = to_number(score.possible)
        right = score.outcome is Outcome.CORRECT
        found["status"] = "passed" if right else "failed"
    return found
