"""An array as it came over the wire -> an array of numbers."""

import numpy as np
from numpy.typing import NDArray

from grader.model.answer import Array

Box = NDArray[np.float64 | np.complex128]


def array_of(value: Array) -> Box:
    """Return the numbers of *value* as float64 or complex128."""
    raw = np.frombuffer(value.buffer, dtype=value.dtype).reshape(value.shape)
    if raw.dtype.kind == "c":
        return raw.astype(np.complex128)
    return raw.astype(np.float64)
