"""Feedback and scorecard -> Coursera's `feedback.json`."""

import json
from pathlib import Path
from typing import Any

from grader.export.atomic import write_atomically
from grader.export.markdown import to_markdown
from grader.export.share import share_of
from grader.model.feedback import Feedback
from grader.model.score import Scorecard


def results(feedback: Feedback, scorecard: Scorecard) -> dict[str, Any]:
    """Return what goes into `feedback.json`.

    The platform takes a share from 0 to 1 and refuses a truth value in its place; it
    knows no part that waits, so such a part counts as not earned yet and is said so.
    """
    share = share_of(scorecard)
    return {"fractionalScore": share, "feedback": to_markdown(feedback)}


def write_results(path: Path, found: dict[str, Any]) -> None:
    """Write *found* to *path*."""
    write_atomically(path, json.dumps(found, indent=1, allow_nan=False) + "\n")
