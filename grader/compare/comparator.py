"""What a comparator is: a kind's name and the function that judges it."""

from collections.abc import Callable
from dataclasses import dataclass

from grader.maths.setting import Setting
from grader.model.answer import Value
from grader.model.rubric import Criterion
from grader.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a comparator may know beside the two values: the criterion, the domains."""

    criterion: Criterion
    setting: Setting = Setting()


Judge = Callable[[Value, Value, Question], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator:
    """Judges answers of one *kind*; also what a plug-in hands in.

    *judge* takes the expected value, the given one and the question, and returns a
    verdict. It never raises for anything that a student may have given.
    """

    kind: str
    judge: Judge
