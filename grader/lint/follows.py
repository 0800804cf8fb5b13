"""What reference functions ask of earlier answers -> what no part gives them."""

from collections.abc import Iterator, Mapping

from grader.expect.probes import Place
from grader.lint.draft import Draft
from grader.lint.finding import Finding
from grader.yaml.path import Path


def lint_follows(draft: Draft) -> Iterator[Finding]:
    """Compare each function's keyword-only parameters with its part's `follows`."""
    for path, place in draft.places.items():
        for at, source in _sources(path, place).items():
            yield from _unmet(draft, at, place, source)
    yield from _idle(draft)


def _sources(path: Path, place: Place) -> Mapping[Path, str]:
    """Return the names that are asked of the reference, by where the rubric says so."""
    sources: dict[Path, str] = {}
    if place.criterion.expected is None:
        key = "reference" if place.criterion.reference else "answer"
        sources[*path, key] = place.criterion.source
    for number, mistake in enumerate(place.criterion.mistakes):
        if mistake.reference is not None:
            sources[*path, "mistakes", number, "reference"] = mistake.reference
    return sources


def _unmet(draft: Draft, path: Path, place: Place, source: str) -> Iterator[Finding]:
    asking = draft.examiner.asking
    met = {near.criterion.answer for near in asking.builds_on(place, source)}
    for wanted in asking.signatures.get(source, ()):
        if wanted in met:
            continue
        there = draft.by_answer.get(wanted)
        giver = there.part.id if there else None
        yield draft.error(
            path,
            f"{source} asks for the earlier answer {wanted}, which "
            + (f"is part {giver}'s" if giver else "no part has"),
            f"add {giver} to this part's `follows`"
            if giver
            else f"rename the parameter, or give {wanted} a default",
        )


def _idle(draft: Draft) -> Iterator[Finding]:
    """Find what a part follows without any function that asks for it."""
    asking = draft.examiner.asking
    used: dict[str, set[str]] = {}
    for path, place in draft.places.items():
        met = used.setdefault(place.part.id, set())
        for source in _sources(path, place).values():
            met |= {near.part.id for near in asking.builds_on(place, source)}
    parts = {path[:4]: place.part for path, place in draft.places.items()}
    for path, part in parts.items():
        for number, label in enumerate(part.follows):
            if label not in used[part.id]:
                yield draft.warning(
                    (*path, "follows", number),
                    f"part {part.id} follows {label}, and no function of it asks for "
                    f"an answer of {label}",
                    "take it out, or name the answer as a keyword-only parameter: "
                    "def f(x, *, earlier): …",
                )
