"""What the reference says at the inputs -> where it fails, and what it cannot tell."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from grader.expect.probes import Place
from grader.lint.draft import Answers, Draft
from grader.lint.finding import Finding
from grader.model.answer import Answer, Array, Failed, Found, Missing, Opaque, Value
from grader.model.rubric import Criterion, Mistake
from grader.yaml.path import Path

_MEASURED: Final = frozenset({"number", "array", "matrix", "function"})


def lint_expected(draft: Draft) -> Iterator[Finding]:
    """Ask for every right answer and every mistake, and look at what comes."""
    for path, place in draft.places.items():
        expected = draft.expected(place)
        key = "reference" if place.criterion.reference else "answer"
        broken = list(_broken(draft, (*path, key), place.criterion.source, expected))
        yield from broken
        if not broken:
            yield from _zeros(draft, path, place.criterion, expected)
            yield from _nowhere(draft, (*path, key), place.criterion.source, expected)
        usable = () if broken else expected
        yield from _mistakes(draft, path, place, usable)
        yield from _unreadable(draft, path, place)


def lint_reference(draft: Draft) -> Iterator[Finding]:
    """Ask for every right answer and every mistake; tell of those that do not come."""
    for path, place in draft.places.items():
        key = "reference" if place.criterion.reference else "answer"
        expected = draft.expected(place)
        yield from _broken(draft, (*path, key), place.criterion.source, expected)
        for number, mistake in enumerate(place.criterion.mistakes):
            at = (*path, "mistakes", number, "reference")
            answers = draft.mistaken(place, mistake)
            yield from _broken(draft, at, _name(mistake), answers)


def _broken(
    draft: Draft, path: Path, source: str, answers: Answers
) -> Iterator[Finding]:
    """Tell of the first input at which the reference has no answer."""
    for number, answer in enumerate(answers, 1):
        at = f" at input {number} of {len(answers)}" if len(answers) > 1 else ""
        match answer:
            case Missing(nearest=nearest):
                yield draft.error(
                    path,
                    f"the reference has nothing called {source}",
                    f"did you mean {nearest}?"
                    if nearest
                    else "add it, or name another",
                )
                return
            case Failed(reason=reason, message=message):
                yield draft.error(
                    path,
                    f"the reference's {source} gives no answer{at}: {_why(reason, message)}",
                    "mend the reference, or change the inputs",
                )
                return
            case Found(value=Opaque(type_name=type_name, reason=reason)):
                yield draft.error(
                    path,
                    f"the reference's {source} gives {type_name}{at}, which is no "
                    f"answer: {reason}",
                    "return numbers, arrays, words, lists or sympy expressions",
                )
                return
            case _:
                continue


def _why(reason: str, message: str) -> str:
    return f"{reason} ({message})" if message else reason


def _zeros(
    draft: Draft, path: Path, criterion: Criterion, expected: Answers
) -> Iterator[Finding]:
    """A share of nothing is nothing: only an exact 0 agrees with an expected 0."""
    tolerance = criterion.tolerance
    rounded = tolerance.significant_figures or tolerance.decimal_places is not None
    if criterion.kind not in _MEASURED or tolerance.absolute > 0 or rounded:
        return
    if any(_holds_zero(answer) for answer in expected):
        yield draft.warning(
            (*path, "tolerance", "relative"),
            "a relative tolerance stands alone, and an expected answer holds a 0: "
            "no rounding error is allowed there",
            "add an absolute tolerance, as tolerance: {relative: 1e-6, absolute: 1e-9}",
        )


def _nowhere(
    draft: Draft, path: Path, source: str, expected: Answers
) -> Iterator[Finding]:
    """Tell of right answers that are no number at any input: NaN alone agrees."""
    if all(isinstance(a, Found) and _is_nan(a.value) for a in expected):
        yield draft.warning(
            path,
            f"the reference's {source} is NaN at every input: no number is right there",
            "mend the reference, or choose inputs at which it has a value",
        )


def _is_nan(value: Value) -> bool:
    match value:
        case float() | complex():
            return value != value  # noqa: PLR0124 - true of NaN alone
        case Array(dtype=dtype, buffer=buffer) if dtype in {"<f8", "<c16"}:
            numbers = np.frombuffer(buffer, dtype)
            return bool(numbers.size and np.isnan(numbers).all())
        case _:
            return False


def _holds_zero(answer: Answer) -> bool:
    return isinstance(answer, Found) and _is_zero(answer.value)


def _is_zero(value: Value) -> bool:
    match value:
        case bool():
            return False
        case int() | float() | complex():
            return value == 0
        case Array(dtype=dtype, buffer=buffer) if dtype != "|b1":
            return bool(np.any(np.frombuffer(buffer, dtype) == 0))
        case _:
            return False


def _mistakes(
    draft: Draft, path: Path, place: Place, expected: Answers
) -> Iterator[Finding]:
    known: dict[int, Answers] = {}
    for number, mistake in enumerate(place.criterion.mistakes):
        answers = draft.mistaken(place, mistake)
        at = (*path, "mistakes", number)
        broken = list(_broken(draft, (*at, "reference"), _name(mistake), answers))
        yield from broken
        if broken:
            continue
        known[number] = answers
        if expected and mistake.credit < 1 and draft.agree(place, expected, answers):
            yield draft.error(
                at,
                f"{_name(mistake)} cannot be told from the right answer at these inputs",
                "choose inputs at which the two differ, or a smaller tolerance",
            )
    yield from _twins(draft, path, place, known)


def _unreadable(draft: Draft, path: Path, place: Place) -> Iterator[Finding]:
    """Tell of an answer in the rubric itself that is none of its kind."""
    criterion = place.criterion
    listed_there: list[tuple[Path, str | float]] = [
        ((*path, "accept", k), value) for k, value in enumerate(criterion.accept)
    ]
    listed_there += [
        ((*path, "mistakes", k, "value"), mistake.value)
        for k, mistake in enumerate(criterion.mistakes)
        if mistake.value is not None
    ]
    for at, value in listed_there:
        answers = (Found(value=value),) * len(draft.inputs(place))
        if not draft.is_of_its_kind(place, answers):
            yield draft.error(
                at,
                f"{value!r} cannot be read as the kind {criterion.kind!r} is",
                "write it as a student could have",
            )


def _twins(
    draft: Draft, path: Path, place: Place, known: dict[int, Answers]
) -> Iterator[Finding]:
    """Tell of two mistakes that give the same answers: the better one always counts."""
    mistakes = place.criterion.mistakes
    for one, other in combinations(known, 2):
        if draft.agree(place, known[one], known[other]):
            yield draft.warning(
                (*path, "mistakes", other),
                f"{_name(mistakes[other])} cannot be told from {_name(mistakes[one])}",
                "choose inputs at which the two differ, or keep one of them",
            )


def _name(mistake: Mistake) -> str:
    return mistake.reference or f"the value {mistake.value!r}"
