"""Declared inputs and a key -> the values that a function is asked at.

Drawn with the standard library's generator from a hash of the key, so that the same
rubric asks the same on every machine. A key names its purpose: points for grading,
for what students are shown, and for their self-check never coincide.
"""

import hashlib
import math
import random
import struct
from collections.abc import Callable
from collections.abc import Sequence as Items
from typing import Final, Literal, cast

from grader.errors import RubricError
from grader.model.answer import Array, Formula, Sequence, Value
from grader.model.rubric import Assignment, Criterion, Inputs, Part

Purpose = Literal["grading", "feedback", "selfcheck"]

FEEDBACK_POINTS: Final = 12  # enough that a wrong function shows at one of them

Inputs_at = tuple[tuple[str, Value], ...]


def draw_inputs(
    assignment: Assignment, part: Part, criterion: Criterion, purpose: Purpose
) -> tuple[Inputs_at, ...]:
    """Return the inputs of a function, as (argument, value) pairs for each point.

    For a purpose other than grading, an argument list that is not drawn at all gives
    no points: listed values are the grading points themselves.
    """
    specs = criterion.inputs
    drawn = any(spec.values is None for spec in specs.values())
    if purpose != "grading" and not drawn:
        return ()
    number = next(iter(specs.values())).number if specs else 0
    columns = []
    for name, spec in specs.items():
        key = (
            f"{assignment.run.seed}/{assignment.assignment}/{part.id}"
            f"/{criterion.answer}/{name}/{purpose}"
        )
        columns.append([(name, value) for value in _column(spec, key, number)])
    points = tuple(zip(*columns, strict=True))
    return points if purpose == "grading" else points[:FEEDBACK_POINTS]


def _column(spec: Inputs, key: str, number: int) -> list[Value]:
    if spec.values is not None:
        return [listed(value) for value in spec.values]
    source = random.Random(hashlib.sha256(key.encode()).digest())  # noqa: S311 - reproducible, and keyed
    return [_LAWS[spec.draw](spec, source) for _ in range(number)]


def listed(value: object) -> Value:
    """Return what an author listed as a value: nested lists of numbers are arrays.

    A list that holds words is a list.

    Raises:
        RubricError: it is nothing that a function can be given.
    """
    match value:
        case bool() | int() | float() | str() | None | Formula():
            return value
        case list() | tuple():
            if not _is_numeric(value):
                return Sequence(kind="list", items=tuple(map(listed, value)))
            flat: list[float] = []
            shape = _flatten(value, flat)
            return _array(shape, flat)
        case _:
            raise RubricError(
                where="inputs",
                what=f"{value!r} is nothing that a function can be given",
                mend="list numbers, texts, or nested lists of numbers",
            )


def _is_numeric(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_numeric, value))
    return not isinstance(value, str)


def _flatten(value: object, into: list[float]) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        into.append(float(cast("float", value)))
        return ()
    shapes = {_flatten(item, into) for item in value}
    if len(shapes) > 1:
        raise RubricError(
            where="inputs",
            what=f"the rows of {value!r} differ in length",
            mend="write an array with rows of one length",
        )
    return (len(value), *(shapes.pop() if shapes else ()))


def _array(shape: Items[int], values: Items[float]) -> Array:
    return Array(
        dtype="<f8",
        shape=tuple(shape),
        buffer=struct.pack(f"<{len(values)}d", *values),
    )


def _boxed(spec: Inputs, draw: Callable[[], float]) -> Value:
    if not spec.shape:
        return draw()
    return _array(spec.shape, [draw() for _ in range(math.prod(spec.shape))])


def _uniform(spec: Inputs, source: random.Random) -> Value:
    return _boxed(spec, lambda: source.uniform(spec.low, spec.high))


def _normal(spec: Inputs, source: random.Random) -> Value:
    return _boxed(spec, lambda: source.gauss(0.0, 1.0))


def _integers(spec: Inputs, source: random.Random) -> Value:
    low, high = math.ceil(spec.low), math.floor(spec.high)
    if not spec.shape:
        return source.randint(low, high)
    values = [source.randint(low, high) for _ in range(math.prod(spec.shape))]
    return Array(
        dtype="<i8", shape=spec.shape, buffer=struct.pack(f"<{len(values)}q", *values)
    )


def _simplex(spec: Inputs, source: random.Random) -> Value:
    """Draw probabilities that sum to one along the last axis."""
    width = spec.shape[-1]
    rows = math.prod(spec.shape[:-1])
    values: list[float] = []
    for _ in range(rows):
        parts = [source.expovariate(1.0) for _ in range(width)]
        values += [part / math.fsum(parts) for part in parts]
    return _array(spec.shape, values)


def _square(spec: Inputs, source: random.Random) -> list[list[float]]:
    size = spec.shape[-1]
    return [[source.gauss(0.0, 1.0) for _ in range(size)] for _ in range(size)]


def _positive_definite(spec: Inputs, source: random.Random) -> Value:
    """Draw A A^T + I / 2 with normal A: symmetric, and well enough conditioned."""
    rows = _square(spec, source)
    values = [
        math.fsum(a * b for a, b in zip(left, right, strict=True)) + 0.5 * (i == j)
        for i, left in enumerate(rows)
        for j, right in enumerate(rows)
    ]
    return _array((len(rows), len(rows)), values)


def _orthogonal(spec: Inputs, source: random.Random) -> Value:
    """Orthonormalise normal rows (Gram-Schmidt, twice is enough)."""
    basis: list[list[float]] = []
    for row in _square(spec, source):
        for _ in range(2):
            for other in basis:
                along = math.fsum(a * b for a, b in zip(row, other, strict=True))
                row = [a - along * b for a, b in zip(row, other, strict=True)]  # noqa: PLW2901
        length = math.hypot(*row)
        basis.append([a / length for a in row])
    return _array((len(basis), len(basis)), [a for row in basis for a in row])


_LAWS: Final[dict[str, Callable[[Inputs, random.Random], Value]]] = {
    "uniform": _uniform,
    "normal": _normal,
    "integers": _integers,
    "simplex": _simplex,
    "positive_definite": _positive_definite,
    "orthogonal": _orthogonal,
}
