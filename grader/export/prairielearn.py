"""Feedback and scorecard -> PrairieLearn's `results.json` of an external grader."""

import json
from pathlib import Path
from typing import Any, Final

from grader.export.atomic import write_atomically
from grader.export.linear import linear
from grader.export.markdown import part_markdown
from grader.export.points import to_number
from grader.export.share import share_of
from grader.model.feedback import Feedback, PartFeedback, plain
from grader.model.score import Scorecard

LARGEST_RESULTS_BYTES: Final = 1024 * 1024
"""A larger file fails the whole job."""

MOST_OUTPUT_CHARACTERS: Final = 8_000
SHORT_OUTPUT_CHARACTERS: Final = 300
"""Of each test, where the file would otherwise be too large."""


def results(feedback: Feedback, scorecard: Scorecard) -> dict[str, Any]:
    """Return what goes into `results.json`; the file stays under the platform's limit.

    What could not be read is not gradable, so that it costs no attempt. A part that
    waits has no points yet, and its message says so; were it left without points,
    the platform would show none for any part.
    """
    if scorecard.trouble:
        return {"gradable": False, "format_errors": _message(feedback)}
    found = _results(feedback, scorecard, MOST_OUTPUT_CHARACTERS)
    if len(_text(found)) < LARGEST_RESULTS_BYTES:
        return found
    return _results(feedback, scorecard, SHORT_OUTPUT_CHARACTERS)


def write_results(folder: Path, found: dict[str, Any]) -> None:
    """Write *found* into `results/` of the job's *folder*, which is made first."""
    target = folder / "results"
    target.mkdir(parents=True, exist_ok=True)
    write_atomically(target / "results.json", _text(found))


def _results(feedback: Feedback, scorecard: Scorecard, most: int) -> dict[str, Any]:
    return {
        "gradable": True,
        "score": share_of(scorecard),
        "message": _message(feedback),
        "tests": [_test(part, most) for part in feedback.parts],
    }


def _message(feedback: Feedback) -> str:
    lines = [plain(sentence) for sentence in feedback.sentences]
    lines += [f"{place} failed: {message}" for place, message in feedback.troubles]
    return "\n".join(lines)[:MOST_OUTPUT_CHARACTERS]


def _test(part: PartFeedback, most: int) -> dict[str, Any]:
    return {
        "name": f"{part.part} {linear(part.title)}".strip(),
        "points": to_number(part.earned),
        "max_points": to_number(part.possible),
        "message": "This part waits for a person." if part.waiting else "",
        "output": part_markdown(part)[:most],
    }


def _text(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=1, allow_nan=False) + "\n"
