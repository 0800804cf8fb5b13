"""Feedback and scorecard -> what Autolab reads off an autograder's output."""

import json
from collections.abc import Mapping

from grader.export.markdown import to_markdown
from grader.export.points import to_number
from grader.model.feedback import Feedback
from grader.model.score import Scorecard


def to_output(
    feedback: Feedback,
    scorecard: Scorecard,
    *,
    problems: Mapping[str, str] | None = None,
) -> str:
    """Return the feedback, and the scores as the last line.

    A part that waits has no score yet, and neither has one that is withheld: students
    read this line as well, and see a score as soon as there is one. Lateness is left to the platform, which has
    rules of its own for it.

    *problems* names a part as the assessment does, where that is not by its label.
    The platform rewrites every word that a colon follows, so a name that ends so
    would corrupt the line: such colons become spaces.
    """
    names = problems or {}
    shown = {part.part for part in feedback.parts}
    scores = {
        names.get(part.part, part.part).replace(":", " ").strip(): to_number(
            part.earned
        )
        for part in scorecard.parts
        if not part.waiting and (part.part in shown or scorecard.trouble)
    }
    line = json.dumps({"scores": scores}, ensure_ascii=True)
    return f"{to_markdown(feedback)}\n{line}\n"
