"""An earlier answer and what was expected -> whether it makes a later part trivial."""

import numpy as np

from grader.compare.boxes import as_array
from grader.compare.buffer import Box
from grader.compare.judge import Case
from grader.compare.numeric import Refused
from grader.model.answer import Answer, Found


def is_degenerate(cases: tuple[Case, ...]) -> bool:
    """Whether an answer is too trivial to build on, where the expected one is not.

    That is: nothing finite in it, empty, zero throughout, or a function with one
    value everywhere. Follow-through on such an answer would make a later part free.
    """
    expected = [_numbers(case.expected) for case in cases]
    given = [_numbers(case.given) for case in cases]
    boxes = [box for box in given if box is not None]
    if not boxes:
        return all(isinstance(case.given, Found) is False for case in cases)
    if any(box.size == 0 or not np.isfinite(box).all() for box in boxes):
        return True
    rights = [box for box in expected if box is not None]
    if not any(box.any() for box in boxes) and any(box.any() for box in rights):
        return True
    return _constant(boxes) and not _constant(rights)


def _constant(boxes: list[Box]) -> bool:
    return len(boxes) > 1 and all(
        box.shape == boxes[0].shape and np.array_equal(box, boxes[0])
        for box in boxes[1:]
    )


def _numbers(answer: Answer) -> Box | None:
    if not isinstance(answer, Found):
        return None
    box = as_array(answer.value)
    return None if isinstance(box, Refused) else box
