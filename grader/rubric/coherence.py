"""An assignment -> what in it does not fit together, each with its line.

A schema cannot see these, and none needs the reference.
"""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.errors import RubricError
from grader.model.likeness import shape
from grader.model.rubric import Assignment, Mistake
from grader.rubric.belonging import idle_keys
from grader.rubric.domains import outside
from grader.rubric.faults import nearest, show
from grader.rubric.places import Criteria, Parts, criteria_of, parts_of
from grader.yaml.document import Document
from grader.yaml.path import Path

_RIGHT: Final = ("answer", "expected", "reference")  # which answer is the right one


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at a path of the rubric, and how to mend it.

    *rests_on* are other paths without which it would not be known to be wrong.
    """

    path: Path
    what: str
    mend: str
    rests_on: tuple[Path, ...] = ()


def faults(
    assignment: Assignment,
    document: Document,
    kinds: Collection[str],
    *,
    replaced: frozenset[Path] = frozenset(),
) -> tuple[tuple[Path, RubricError], ...]:
    """Return what does not fit together, each with its path, in the order of the file.

    Nothing is told of what is *replaced*, since it is not the author's.
    """
    parts = parts_of(assignment)
    criteria = criteria_of(parts, document)
    found = [
        *_labels(assignment, parts),
        *_answers(criteria, document),
        *_look_alikes(parts, criteria, document),
        *_follows(parts),
        *_sums(assignment, criteria),
        *_kinds(criteria, kinds),
        *_idle(criteria),
        *_choices(criteria),
        *_mistakes(criteria),
        *_properties(assignment, parts),
        *_inputs(assignment, criteria),
    ]
    known = [fault for fault in found if not _rests_on_any(fault, replaced)]
    known.sort(key=lambda fault: document.line(fault.path))
    return tuple(
        (f.path, RubricError(document.where(f.path), f.what, f.mend)) for f in known
    )


def _rests_on_any(fault: Fault, replaced: frozenset[Path]) -> bool:
    """Whether something *replaced* holds the fault's place, or one that it rests on."""
    return bool(replaced) and any(
        path[:length] in replaced
        for path in (fault.path, *fault.rests_on)
        for length in range(len(path) + 1)
    )


def _labels(assignment: Assignment, parts: Parts) -> Iterator[Fault]:
    """Find two parts, or two questions, of one name; case does not tell them apart."""
    questions = {
        ("questions", i): question for i, question in enumerate(assignment.questions)
    }
    for word, labelled in (("part", parts), ("question", questions)):
        seen: set[str] = set()
        for path, each in labelled.items():
            if each.id.casefold() in seen:
                yield Fault(
                    path=(*path, "id"),
                    what=f"there is another {word} called {each.id!r}",
                    mend="give each a label of its own",
                )
            seen.add(each.id.casefold())


def _answers(criteria: Criteria, document: Document) -> Iterator[Fault]:
    """Find an answer that earns points twice."""
    first: dict[str, Path] = {}
    for path, criterion in criteria.items():
        before = first.setdefault(criterion.answer, path)
        if before != path:
            yield Fault(
                path=(*path, "answer"),
                what=f"{criterion.answer!r} is asked for already, "
                f"on line {document.line((*before, 'answer'))}",
                mend="give each answer a name of its own",
            )


def _look_alikes(
    parts: Parts, criteria: Criteria, document: Document
) -> Iterator[Fault]:
    """Find two labels, or two answers, that readers cannot tell apart.

    Letters of another alphabet come in by copying; digits that look like letters, as
    in `1l` and `11`, are left to the author.
    """
    labels = {(*path, "id"): part.id for path, part in parts.items()}
    answers = {(*path, "answer"): c.answer for path, c in criteria.items()}
    for named in (labels, answers):
        first: dict[str, tuple[Path, str]] = {}
        for path, name in named.items():
            before, other = first.setdefault(shape(name), (path, name))
            if name.isascii() and other.isascii():
                continue
            if name.casefold() != other.casefold():
                yield Fault(
                    path=path,
                    what=f"{name!r} ({_foreign(name, other)}) looks like {other!r}, "
                    f"on line {document.line(before)}, and is not the same",
                    mend="type it anew, or give it another name",
                )


def _foreign(name: str, other: str) -> str:
    """Name a letter of one of two names that the other lacks: by its Unicode name."""
    odd = next((c for c in (*name, *other) if not c.isascii()), "")
    return f"with {unicodedata.name(odd, 'an unnamed sign').lower()}"


def _follows(parts: Parts) -> Iterator[Fault]:
    labels = [part.id for part in parts.values()]
    ids: tuple[Path, ...] = tuple((*path, "id") for path in parts)
    for number, (path, part) in enumerate(parts.items()):
        for k, label in enumerate(part.follows):
            at: Path = (*path, "follows", k)
            if label == part.id:
                yield Fault(
                    path=at,
                    what=f"part {label!r} follows itself",
                    mend="name earlier parts only",
                )
            elif label not in labels:
                yield Fault(
                    path=at,
                    what=f"there is no part {label!r}",
                    mend=nearest(label, labels),
                    rests_on=ids,
                )
            elif label not in labels[:number]:
                yield Fault(
                    path=at,
                    what=f"part {label!r} comes after part {part.id!r}",
                    mend="name earlier parts only, or change their order",
                )


def _sums(assignment: Assignment, criteria: Criteria) -> Iterator[Fault]:
    whole = Fraction(0)
    addends: tuple[Path, ...] = tuple(
        (*place, "points") for path in criteria for place in (path, path[:4])
    )
    for i, question in enumerate(assignment.questions):
        path: Path = ("questions", i)
        points = sum((part.points for part in question.parts), Fraction(0))
        whole += points
        own = tuple(addend for addend in addends if addend[:2] == path)
        yield from _sum((*path, "points"), question.points, points, own)
    yield from _sum(("points",), assignment.points, whole, addends)


def _sum(
    path: Path, told: Fraction | None, points: Fraction, rests_on: tuple[Path, ...]
) -> Iterator[Fault]:
    if told is not None and told != points:
        yield Fault(
            path=path,
            what=f"the parts add up to {points} points, not to {told}",
            mend="change the sum, or a part's points",
            rests_on=rests_on,
        )


def _kinds(criteria: Criteria, kinds: Collection[str]) -> Iterator[Fault]:
    for path, criterion in criteria.items():
        named = {"kind": criterion.kind, "returns": criterion.returns}
        for key, kind in named.items():
            if kind is not None and kind not in kinds:
                yield Fault(
                    path=(*path, key),
                    what=f"there is no kind {kind!r}",
                    mend=nearest(kind, sorted(kinds)),
                )


def _idle(criteria: Criteria) -> Iterator[Fault]:
    """Find a key that says something, and that nobody listens to."""
    for path, criterion in criteria.items():
        kind = criterion.returns or criterion.kind
        for key, kinds in idle_keys(criterion).items():
            yield Fault(
                path=(*path, *key),
                what=f"`{key[-1]}` changes nothing for the kind {kind!r}",
                mend=f"take it out; it is for {', '.join(kinds)}"
                if kinds
                else "take it out; no kind knows it",
                rests_on=((*path, "kind"), (*path, "returns")),
            )


def _choices(criteria: Criteria) -> Iterator[Fault]:
    for path, criterion in criteria.items():
        right = {"expected": criterion.expected, "accept": criterion.accept}
        for key, value in right.items():
            for word in value if isinstance(value, tuple) else (value,):
                if criterion.choices and word not in (None, *criterion.choices):
                    yield Fault(
                        path=(*path, key),
                        what=f"{show(word)} is none of the `choices`",
                        mend=nearest(str(word), criterion.choices),
                        rests_on=((*path, "choices"),),
                    )


def _mistakes(criteria: Criteria) -> Iterator[Fault]:
    for path, criterion in criteria.items():
        seen: set[str | float | None] = {
            criterion.source if criterion.expected is None else None
        }
        if isinstance(criterion.expected, str | int | float):
            seen.add(criterion.expected)
        for k, mistake in enumerate(criterion.mistakes):
            key, wrong = _wrong(mistake)
            if wrong in seen:
                yield Fault(
                    path=(*path, "mistakes", k, key),
                    what=f"{show(wrong)} is the right answer, or a mistake named above",
                    mend="take this mistake out, or name what is wrong in it",
                    rests_on=tuple((*path, key) for key in _RIGHT),
                )
            seen.add(wrong)


def _wrong(mistake: Mistake) -> tuple[str, str | float | None]:
    if mistake.reference is not None:
        return "reference", mistake.reference
    return "value", mistake.value


def _properties(assignment: Assignment, parts: Parts) -> Iterator[Fault]:
    if assignment.public is not None:
        return
    for path, part in parts.items():
        if part.public is not None and part.public.properties:
            yield Fault(
                path=(*path, "public", "properties"),
                what="these properties stand in no module",
                mend="say at the top where they are: `public: {module: …}`",
                rests_on=(("public",),),
            )


def _inputs(assignment: Assignment, criteria: Criteria) -> Iterator[Fault]:
    for path, criterion in criteria.items():
        for name, inputs in criterion.inputs.items():
            domain = assignment.symbols.get(name)
            if domain is None:
                continue
            for inner, what in outside(domain, inputs):
                yield Fault(
                    path=(*path, "inputs", name, *inner),
                    what=f"{what}, and `symbols` says that {name} is not there",
                    mend=f"change the inputs, or the domain of {name}",
                )
