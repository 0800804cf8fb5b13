"""A criterion: one answer, what it is compared with, and how."""

from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from grader.model.field import Frozen, Identifier, no_truth_value
from grader.model.quantity import INTERVAL_PATTERN, Points, Range, Share
from grader.model.written import Written

KINDS_OF_FORMULAS: Final = frozenset({"expression", "matrix"})


class Tolerance(Frozen):
    """How far a number may lie from the expected one and still be right."""

    absolute: Annotated[float, Field(ge=0, allow_inf_nan=False)] = Field(
        default=0.0, description="allowed distance, in the answer's own units"
    )
    relative: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=1e-6, description="allowed distance as a share of the expected value"
    )
    significant_figures: Annotated[int, Field(ge=1, le=17)] | None = Field(
        default=None, description="agree when both are rounded to so many figures"
    )
    decimal_places: Annotated[int, Field(ge=0, le=17)] | None = Field(
        default=None, description="agree when both are rounded to so many places"
    )

    @model_validator(mode="after")
    def _one_rule(self) -> "Tolerance":
        rounding = ("significant_figures", "decimal_places")
        rules = {name for name in rounding if getattr(self, name) is not None}
        usual = type(self).model_fields["relative"].default
        distances = {"absolute"} if self.absolute else set()
        distances |= {"relative"} if self.relative not in {0.0, usual} else set()
        if len(rules) > 1 or (rules and distances):
            names = "` and `".join(sorted(rules | distances))
            raise ValueError(
                f"`{names}` stand together, and a rounding rule stands in place of all "
                "else; keep one of them"
            )
        return self

    def around(self, expected: float) -> float:
        """Return the largest gap that is allowed around *expected*."""
        return max(self.absolute, self.relative * abs(expected))


class Inputs(Frozen):
    """The values that one argument takes: listed, or drawn with a keyed seed."""

    values: tuple[Any, ...] | None = Field(
        default=None, description="the values, listed; nothing is drawn then"
    )
    draw: Literal[
        "uniform", "normal", "integers", "simplex", "positive_definite", "orthogonal"
    ] = Field(default="uniform", description="the law that values are drawn from")
    low: float = Field(default=-1.0, description="lowest value (uniform, integers)")
    high: float = Field(default=1.0, description="highest value (uniform, integers)")
    shape: tuple[Annotated[int, Field(ge=1, le=10_000)], ...] = Field(
        default=(), description="shape of each value; a plain number without one"
    )
    count: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=12, description="how many values are drawn"
    )

    @model_validator(mode="after")
    def _ends_in_order(self) -> "Inputs":
        if self.values is not None and not self.values:
            raise ValueError(
                "no value is listed; list at least one, or leave `values` out"
            )
        if self.values is None and not self.low < self.high:
            raise ValueError("low does not lie below high; swap them, or move one")
        return self

    @property
    def number(self) -> int:
        """How many values there are."""
        return self.count if self.values is None else len(self.values)


class SymbolDomain(Frozen):
    """What a symbol may be; `eps: positive` is short for `eps: {is: positive}`."""

    is_: Literal[
        "real",
        "positive",
        "negative",
        "nonnegative",
        "nonzero",
        "integer",
        "natural",
        "complex",
        "vector",
        "matrix",
        "function",
        "density",
        "event",
    ] = Field(default="real", alias="is", description="the set that it lies in")
    in_: Range | None = Field(
        default=None, alias="in", description="an interval, such as (0, 0.9)"
    )
    shape: tuple[Annotated[int, Field(ge=1, le=12)], ...] | None = Field(
        default=None, description="of a vector or matrix"
    )

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        if isinstance(value, str):
            return {"in": value} if value.strip()[:1] in "([" else {"is": value}
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Let editors accept the short form."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        long_form = {k: v for k, v in schema.items() if k != "description"}
        sets = long_form["properties"]["is"]["enum"]
        interval = {"type": "string", "pattern": INTERVAL_PATTERN}
        schema.clear()
        return {
            "description": "what a symbol may be: a set, an interval, or both",
            "anyOf": [{"type": "string", "enum": sets}, interval, long_form],
        }


class Mistake(Frozen):
    """A recognised wrong answer: what share it earns, and what to say."""

    reference: Identifier | None = Field(
        default=None, description="the function or value that makes this mistake"
    )
    value: str | float | None = Field(
        default=None, description="the wrong value itself, where it is a plain one"
    )
    written: str | None = Field(
        default=None, description="the mistake as a formula in LaTeX, for sheets"
    )
    credit: Share = Field(default=Fraction(0), description="share of the points")
    say: str = Field(description="what the student is told, in your words")

    @model_validator(mode="after")
    def _one_source(self) -> "Mistake":
        told = [self.reference is not None, self.value is not None]
        if all(told) or not (any(told) or self.written):
            raise ValueError(
                "a mistake is one `reference` or one `value`; give either of the two"
            )
        return self


FormName = Literal[
    "expanded",
    "factored",
    "lowest terms",
    "single fraction",
    "partial fractions",
    "completed square",
    "no decimals",
    "simple radicals",
]
FreedomName = Literal[
    "constant",
    "sign",
    "scale",
    "shift",
    "layout",
    "names",
    "labels",
    "span",
    "order",
]


class Criterion(Frozen):
    """The smallest thing that earns points: one answer against one reference."""

    points: Points = Field(description="what it is worth")
    answer: Identifier = Field(description="the name that the submission must define")
    kind: str = Field(default="number", description="how the answer is compared")
    reference: Identifier | None = Field(
        default=None,
        description="the function or value that gives the expected answer; "
        "the answer's own name unless told",
    )
    expected: Annotated[
        str | int | float | tuple[Any, ...] | None, BeforeValidator(no_truth_value)
    ] = Field(
        default=None, description="the expected answer itself, where it is a plain one"
    )
    accept: tuple[str | int | float, ...] = Field(
        default=(), description="other answers that are right as well"
    )
    inputs: dict[Identifier, Inputs] = Field(
        default_factory=dict,
        description="for a function: its arguments in order, and their values",
    )
    returns: str | None = Field(
        default=None,
        description="for a function: the kind that its values are compared as",
    )
    variables: tuple[str, ...] = Field(
        default=(), description="for an expression: the symbols that may occur in it"
    )
    form: tuple[FormName, ...] = Field(
        default=(), description="for an expression: forms it must have, as `expanded`"
    )
    form_credit: Share = Field(
        default=Fraction(1, 2),
        description="share for a right value that lacks the form asked for",
    )
    up_to: tuple[FreedomName, ...] = Field(
        default=(), description="freedoms that do not matter, as `constant` or `sign`"
    )
    choices: tuple[str, ...] = Field(
        default=(), description="for a choice: everything that may be chosen"
    )
    ordered: bool = Field(
        default=True, description="for a collection: whether order matters"
    )
    partial: bool = Field(
        default=False,
        description="for arrays and collections: credit by the share that is right",
    )
    strict_type: bool = Field(
        default=False, description="a list in place of an array is wrong"
    )
    tolerance: Tolerance = Field(
        default=Tolerance(), description="how far numbers may lie off"
    )
    mistakes: tuple[Mistake, ...] = Field(
        default=(), description="recognised wrong answers"
    )
    written: Written | None = Field(
        default=None, description="where it stands in a written sheet"
    )
    options: dict[str, Any] = Field(
        default_factory=dict, description="what a plugged-in comparator asks for"
    )

    @property
    def source(self) -> str:
        """The name in the reference that gives the expected answer."""
        return self.reference or self.answer

    @property
    def is_formula_on_paper(self) -> bool:
        """Whether a sheet's answer is held against a formula: nothing is put into it."""
        told = self.written.judged_as if self.written is not None else None
        return told == "formula" or (told is None and self.kind in KINDS_OF_FORMULAS)

    @model_validator(mode="after")
    def _belongs_together(self) -> "Criterion":
        if self.kind == "function" and not self.inputs:
            raise ValueError(
                "a function has no `inputs`; add its arguments and their values, as "
                "inputs: {x: {low: 0, high: 1}}"
            )
        if self.inputs and self.kind not in {"function", "stochastic"}:
            raise ValueError(
                "`inputs` belong to a function; add `kind: function`, or take them out"
            )
        if len({i.number for i in self.inputs.values()}) > 1:
            raise ValueError(
                "the arguments have unequally many values; give each of them the same `count`"
            )
        if self.choices and self.kind != "choice":
            raise ValueError(
                "`choices` belong to a choice; add `kind: choice`, or take them out"
            )
        if self.expected is not None and self.reference is not None:
            raise ValueError(
                "the right answer is told twice; give either `expected` or `reference`"
            )
        return self
