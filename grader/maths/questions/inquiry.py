"""What a question lays down: the way to compare, two answers read, and all options."""

from dataclasses import dataclass, field
from enum import StrEnum

from grader.maths.forms.shapes import Shape
from grader.maths.notation import PLAIN, Notation
from grader.maths.numbers import EXACT, Tolerance
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Tree


class Kind(StrEnum):
    """What a question asks of an answer."""

    VALUE = "value"
    NEAR = "near"
    NUMBERS_NEAR = "numbers near"
    FIGURES = "figures"
    PLACES = "places"
    DIGITS = "digits"
    ROUNDING = "rounding"
    GREATER = "greater"
    SHAPE = "shape"
    SAME_FORM = "same form"
    LITERAL = "literal"
    ANTIDERIVATIVE = "antiderivative"
    INTEGRAL = "integral"
    ADDED_CONSTANT = "added constant"
    CHOICES = "choices"
    SYSTEM = "system"
    STEP = "step"
    DERIVATION = "derivation"
    RENAMED = "renamed"
    SAME_TYPE = "same type"
    CRITERIA = "criteria"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Two answers and everything that was laid down about how to compare them.

    *figures* are how many are asked for and how many must be right (-1: at least
    so many); *names* are those the question itself knows; *rules* are for form;
    *written* are both texts, of which the trees do not keep every sign.
    """

    kind: Kind
    expected: Tree
    given: Tree
    setting: Setting = DEFAULT
    tolerance: Tolerance = EXACT
    variable: str = ""
    names: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    shape: Shape | None = None
    value_matters: bool = True
    strict: bool = True
    figures: tuple[int, int] = (0, 0)
    lines: tuple[Tree, ...] = field(default=())
    lenient: bool = False
    criteria: str = ""
    physical: bool = False
    same_units: bool = False
    notation: Notation = PLAIN
    written: tuple[str, str] = ("", "")
