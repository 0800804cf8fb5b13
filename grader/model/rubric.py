"""The rubric: what an assignment asks, what earns points, and how it is judged.

These models are what the rubric's author writes, so each field says what it means;
the JSON Schema that editors complete from is made of them.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema

from grader.model.quantity import Bytes, Points, Range, Seconds, Share

SCHEMA_VERSION: Final = 1
BUILT_IN_KINDS: Final = (
    "number",
    "array",
    "expression",
    "function",
    "choice",
    "text",
    "collection",
    "relation",
    "matrix",
    "stochastic",
)


class Frozen(BaseModel):
    """What a rubric is made of: unknown keys are refused, nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _identifier(value: str) -> str:
    if not value.isidentifier():
        raise ValueError(f"{value!r} is no Python name")
    return value


Identifier = Annotated[str, AfterValidator(_identifier), Field(max_length=100)]
Label = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w.\-()]+$")]


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
            raise ValueError("list at least one value, or leave `values` out")
        if self.values is None and not self.low < self.high:
            raise ValueError("low must lie below high")
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


class Mistake(Frozen):
    """A recognised wrong answer: what share it earns, and what to say."""

    reference: Identifier | None = Field(
        default=None, description="the function or value that makes this mistake"
    )
    value: str | float | None = Field(
        default=None, description="the wrong value itself, where it is a plain one"
    )
    credit: Share = Field(default=Fraction(0), description="share of the points")
    say: str = Field(description="what the student is told, in your words")

    @model_validator(mode="after")
    def _one_source(self) -> "Mistake":
        if (self.reference is None) == (self.value is None):
            raise ValueError("give either `reference` or `value`")
        return self


class PublicChecks(Frozen):
    """What students may check before the deadline: nothing that holds the answer."""

    shape: tuple[int, ...] | None = Field(
        default=None, description="the shape that the answer must have"
    )
    properties: tuple[Identifier, ...] = Field(
        default=(),
        description="functions of the public module that take answers by name",
    )
    hint: str = Field(default="", description="a sentence shown with a failed check")


class Written(Frozen):
    """Where a written sheet has this answer, and what it is compared with."""

    equation: str | None = Field(
        default=None, description="the left side of the equation that states it"
    )
    relation: Literal["eq", "le", "ge", "lt", "gt", "tends_to"] = Field(
        default="eq", description="how the left side relates to the answer"
    )
    alternatives: tuple[str, ...] = Field(
        default=(), description="other left sides that state the same"
    )
    under: str | None = Field(
        default=None, description="a heading or label that it stands under"
    )
    expected: str | None = Field(
        default=None, description="the answer in LaTeX, where no reference gives it"
    )
    accept: tuple[str, ...] = Field(
        default=(), description="other right answers, in another declared convention"
    )
    weaker: tuple[str, ...] = Field(
        default=(), description="true statements that are weaker than what is asked"
    )
    claims: tuple[str, ...] = Field(
        default=(), description="statements in words or LaTeX that are judged as claims"
    )
    steps: bool = Field(default=True, description="judge each step on the way as well")
    credit: Literal["final", "steps", "both"] = Field(
        default="final", description="what the score of a derivation comes from"
    )


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
    expected: str | int | float | tuple[Any, ...] | None = Field(
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
    form: tuple[str, ...] = Field(
        default=(), description="for an expression: forms it must have, as `expanded`"
    )
    up_to: tuple[str, ...] = Field(
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

    @model_validator(mode="after")
    def _belongs_together(self) -> "Criterion":
        if self.kind == "function" and not self.inputs:
            raise ValueError(
                "a function needs `inputs`: its arguments and their values"
            )
        if self.inputs and self.kind not in {"function", "stochastic"}:
            raise ValueError("`inputs` belong to `kind: function`")
        if len({i.number for i in self.inputs.values()}) > 1:
            raise ValueError("every argument needs equally many values")
        if self.choices and self.kind != "choice":
            raise ValueError("`choices` belong to `kind: choice`")
        if self.expected is not None and self.reference is not None:
            raise ValueError("give either `expected` or `reference`")
        return self


class Part(Frozen):
    """What is asked under one label, as `2b`."""

    id: Label = Field(description="the part's label, unique in the assignment")
    title: str = Field(default="", description="a few words; $…$ holds mathematics")
    criteria: tuple[Criterion, ...] = Field(
        description="what earns its points; a part with one criterion may leave this "
        "key out and hold the criterion's keys itself"
    )
    follows: tuple[Label, ...] = Field(
        default=(), description="earlier parts whose answers this one builds on"
    )
    follow_through: Share = Field(
        default=Fraction(1),
        description="share for right work on a student's own wrong earlier answers",
    )
    public: PublicChecks | None = Field(
        default=None, description="what students may check themselves"
    )
    visibility: Literal["visible", "hidden", "after_due_date", "after_published"] = (
        Field(default="visible", description="when students see this part's result")
    )
    reveal: bool = Field(
        default=False, description="show students the expected value when wrong"
    )

    @property
    def points(self) -> Fraction:
        """What the part is worth."""
        return sum((c.points for c in self.criteria), Fraction(0))

    @model_validator(mode="before")
    @classmethod
    def _one_criterion_inline(cls, value: object) -> object:
        if not isinstance(value, Mapping) or "criteria" in value:
            return value
        own = {k: v for k, v in value.items() if k in Criterion.model_fields}
        rest = {k: v for k, v in value.items() if k not in own}
        return {**rest, "criteria": [own]}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Let editors accept a lone criterion's keys in the part itself."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        criterion = handler.resolve_ref_schema(
            handler(Criterion.__pydantic_core_schema__)
        )
        schema["properties"] = {**criterion["properties"], **schema["properties"]}
        schema["required"] = ["id"]
        return schema


class Question(Frozen):
    """A numbered problem and its parts."""

    id: Label = Field(description="the question's number")
    title: str = Field(default="", description="a few words; $…$ holds mathematics")
    parts: tuple[Part, ...] = Field(min_length=1, description="what is asked")
    points: Points | None = Field(
        default=None, description="their sum, said again so that a slip is found"
    )
    cap: Points | None = Field(default=None, description="the most that can be earned")


class RunLimits(Frozen):
    """What running a submission may take; CPU time, since wall time is the machine's."""

    cpu: Seconds = Field(default=60.0, description="CPU time of a whole submission")
    part: Seconds = Field(default=10.0, description="CPU time of one part's answers")
    cell: Seconds = Field(default=30.0, description="CPU time of one cell")
    memory: Bytes = Field(default=700 * 2**20, description="memory of its process")
    output: Bytes = Field(default=2**20, description="printed text that is kept")
    seed: int = Field(default=0, description="key of drawn inputs and of random state")
    engine: Literal["fork", "kernel"] = Field(
        default="fork", description="`kernel` runs odd notebooks in a real one"
    )
    imports: tuple[str, ...] = Field(
        default=(), description="packages to load before the work starts"
    )


class LatePolicy(Frozen):
    """What lateness costs."""

    due: datetime | None = Field(default=None, description="with a time zone")
    grace: Seconds = Field(default=300.0, description="free time after the due date")
    per_day: Share = Field(
        default=Fraction(0), description="share of all points lost a started day"
    )
    days: Annotated[int, Field(ge=0)] = Field(
        default=0, description="so many days late are accepted; nothing counts later"
    )

    @model_validator(mode="after")
    def _has_a_zone(self) -> "LatePolicy":
        if self.due is not None and self.due.tzinfo is None:
            raise ValueError("give the due date a time zone, as 2026-12-13T23:59+01:00")
        return self


class PublicModule(Frozen):
    """Where the properties live that students may run."""

    module: str = Field(description="path of a module that knows no reference")


class Assignment(Frozen):
    """A whole assignment."""

    schema_version: Literal[1] = Field(
        alias="schema", description="version of this format: 1"
    )
    assignment: Label = Field(description="a short name, used in file names")
    title: str = Field(description="what students call it")
    reference: str = Field(description="path of the reference, from this file's folder")
    public: PublicModule | None = Field(
        default=None, description="properties for the students' self-check"
    )
    run: RunLimits = Field(default=RunLimits(), description="limits of running")
    symbols: dict[str, SymbolDomain] = Field(
        default_factory=dict, description="the domain of each symbol; reals otherwise"
    )
    notation: dict[str, str] = Field(
        default_factory=dict, description="local spellings -> the rubric's own"
    )
    questions: tuple[Question, ...] = Field(min_length=1, description="the problems")
    points: Points | None = Field(
        default=None, description="their sum, said again so that a slip is found"
    )
    cap: Points | None = Field(default=None, description="the most that can be earned")
    late: LatePolicy | None = Field(default=None, description="what lateness costs")

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part, in order."""
        return tuple(p for q in self.questions for p in q.parts)
