"""Expected array and given array -> the given one as it would stand without a freedom.

An eigenvector has no sign, a softmax's argument no level, a clustering no names. Each
freedom turns the given array into the one of its equals that is nearest to what is
expected; whether that agrees is then asked as always.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from grader.compare.buffer import Box

SMALLEST_LENGTH: Final = 1e-300  # a vector that short has no direction
RANK_TOLERANCE: Final = 1e-10  # singular values below this share of the largest are 0


def aligned(expected: Box, given: Box, freedom: str) -> Box:
    """Return *given* as near to *expected* as *freedom* allows; shapes must be equal.

    Vectors are one-dimensional arrays or the columns of a matrix.
    """
    if expected.shape != given.shape or freedom not in _ALIGN:
        return given
    if not (np.isfinite(expected).all() and np.isfinite(given).all()):
        return given
    return _ALIGN[freedom](expected, given)


def _by_column(turn: Callable[[Box, Box], Box]) -> Callable[[Box, Box], Box]:
    def align(expected: Box, given: Box) -> Box:
        if given.ndim != 2:  # noqa: PLR2004 - a matrix holds its vectors as columns
            return turn(expected, given)
        pairs = zip(expected.T, given.T, strict=True)
        return np.stack([turn(e, g) for e, g in pairs], axis=1)

    return align


def _sign(expected: Box, given: Box) -> Box:
    return np.negative(given) if np.vdot(expected, given).real < 0 else given


def _scale(expected: Box, given: Box) -> Box:
    length = np.vdot(given, given).real
    if length < SMALLEST_LENGTH:
        return given
    factor = np.vdot(given, expected) / length
    return np.asarray(given * factor) if factor != 0 else given


def _shift(expected: Box, given: Box) -> Box:
    """Move each last-axis row by a constant."""
    return np.asarray(given + (expected - given).mean(axis=-1, keepdims=True))


def _labels(expected: Box, given: Box) -> Box:
    """Rename labels one to one, where one naming turns the given ones into the others."""
    names: dict[complex, complex] = {}
    for right, found in zip(expected.ravel(), given.ravel(), strict=True):
        names.setdefault(complex(found), complex(right))
    if len(set(names.values())) < len(names):
        return given
    renamed = [names[complex(found)] for found in given.ravel()]
    box = np.array(renamed).reshape(given.shape)
    return box if np.iscomplexobj(given) else box.real


def _span(expected: Box, given: Box) -> Box:
    """Give the expected basis back where the given columns span the same space."""
    if given.ndim != 2:  # noqa: PLR2004 - a basis is the columns of a matrix
        return _scale(expected, given)
    both = np.linalg.matrix_rank(np.hstack([expected, given]), rtol=RANK_TOLERANCE)
    one = np.linalg.matrix_rank(expected, rtol=RANK_TOLERANCE)
    other = np.linalg.matrix_rank(given, rtol=RANK_TOLERANCE)
    return expected if both == one == other else given


def _order(expected: Box, given: Box) -> Box:
    """Sort both ways of writing a list of numbers, as roots or eigenvalues are."""
    placed = np.empty_like(given)
    placed.ravel()[np.argsort(expected, axis=None)] = np.sort(given, axis=None)
    return placed


_ALIGN: Final[dict[str, Callable[[Box, Box], Box]]] = {
    "sign": _by_column(_sign),
    "scale": _by_column(_scale),
    "shift": _shift,
    "labels": _labels,
    "span": _span,
    "order": _order,
}
