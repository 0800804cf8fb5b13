"""Gradebook -> a file a submission, in a platform's or a plug-in's format."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from grader.batch.book import Gradebook
from grader.batch.folder import OutputFolder
from grader.errors import RubricError
from grader.export import autolab, coursera, gradescope, prairielearn
from grader.export.atomic import write_atomically
from grader.export.markdown import to_markdown
from grader.feedback.audience import feedback
from grader.model.feedback import Audience, Feedback
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.model.score import Scorecard
from grader.plugins import Exporter

Results = Callable[[Feedback, Scorecard], dict[str, Any]]


def _markdown(told: Feedback, _card: Scorecard, _assignment: Assignment) -> str:
    return to_markdown(told)


def _gradescope(told: Feedback, card: Scorecard, assignment: Assignment) -> str:
    """Give every part its words: the platform withholds by `visibility` itself."""
    later = [feedback(card, assignment, Audience.STUDENT, phase=p) for p in Phase]
    return _json(gradescope.results(told, card, assignment, later=later))


def _autolab(told: Feedback, card: Scorecard, _assignment: Assignment) -> str:
    return autolab.to_output(told, card)


def _prairielearn(told: Feedback, card: Scorecard, _assignment: Assignment) -> str:
    return _json(prairielearn.results(told, card))


def _coursera(told: Feedback, card: Scorecard, _assignment: Assignment) -> str:
    return _json(coursera.results(told, card))


def _json(found: Mapping[str, Any]) -> str:
    return json.dumps(found, indent=1, allow_nan=False) + "\n"


BUILT_IN: Final = (
    Exporter(format="markdown", suffix=".md", write=_markdown),
    Exporter(format="gradescope", suffix=".json", write=_gradescope),
    Exporter(format="prairielearn", suffix=".json", write=_prairielearn),
    Exporter(format="autolab", suffix=".txt", write=_autolab),
    Exporter(format="coursera", suffix=".json", write=_coursera),
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unwritten:
    """A file of a format that could not be made, and why."""

    format: str
    submission: str
    why: str


def exporters(
    names: Iterable[str], plugged: Iterable[Exporter] = ()
) -> tuple[Exporter, ...]:
    """Return the exporters called *names*: built-in ones, and *plugged* ones.

    Raises:
        RubricError: there is none of one of these names.
    """
    known = {exporter.format: exporter for exporter in (*plugged, *BUILT_IN)}
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in known:
            raise RubricError(
                where=f"--format {name}",
                what="there is no such format",
                mend=f"one of {', '.join(sorted(known))}",
            )
    return tuple(known[name] for name in wanted)


def write_formats(
    gradebook: Gradebook, folder: OutputFolder, formats: Iterable[Exporter]
) -> tuple[Unwritten, ...]:
    """Write every submission in each of *formats*, into a folder of the format's name.

    One that fails takes no other along; return those that did. What it wrote before
    stays away: an old file must not pass for today's.
    """
    unwritten = []
    for exporter in formats:
        place = folder.root / exporter.format
        place.mkdir(exist_ok=True)
        for card in gradebook.scorecards:
            path = place / f"{card.submission}{exporter.suffix}"
            try:
                write_atomically(path, _text(exporter, card, gradebook))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a plug-in may fail in any way, and is told
                path.unlink(missing_ok=True)
                unwritten.append(
                    Unwritten(
                        format=exporter.format,
                        submission=card.submission,
                        why=f"{type(error).__name__}: {error}",
                    )
                )
    return tuple(unwritten)


def _text(exporter: Exporter, card: Scorecard, gradebook: Gradebook) -> str:
    assignment, phase = gradebook.assignment, gradebook.phase
    told = feedback(card, assignment, Audience.STUDENT, phase=phase)
    text: object = exporter.write(told, card, assignment)
    if not isinstance(text, str):
        raise TypeError(f"it gave {type(text).__name__} in place of text")
    return text
