"""The rubric: what an assignment asks, what earns points, and how it is judged.

These models are what the rubric's author writes, so each field says what it means;
the JSON Schema that editors complete from is made of them.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic_core import CoreSchema

from grader.model.criterion import (
    Criterion,
    Inputs,
    Mistake,
    SymbolDomain,
    Tolerance,
)
from grader.model.field import (
    SCHEMA_VERSION,
    Date,
    Frozen,
    Identifier,
    Label,
    Version,
)
from grader.model.quantity import Bytes, Points, Seconds, Share
from grader.model.written import Written

__all__ = [
    "BUILT_IN_KINDS",
    "SCHEMA_VERSION",
    "Assignment",
    "Criterion",
    "Frozen",
    "Identifier",
    "Inputs",
    "Label",
    "LatePolicy",
    "Mistake",
    "Part",
    "PublicChecks",
    "PublicModule",
    "Question",
    "RunLimits",
    "SymbolDomain",
    "Tolerance",
    "Written",
]

LEAST_MEMORY_BYTES: Final = 16 * 2**20  # of a process, beside what it starts with
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


class Part(Frozen):
    """What is asked under one label, as `2b`."""

    id: Label = Field(description="the part's label, unique in the assignment")
    title: str = Field(default="", description="a few words; $…$ holds mathematics")
    criteria: tuple[Criterion, ...] = Field(
        min_length=1,
        description="what earns its points; a part with one criterion may leave this "
        "key out and hold the criterion's keys itself",
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
    engine: Literal["fork", "interpreter", "kernel"] = Field(
        default="fork",
        description="`interpreter` starts a fresh one for each submission, for packages "
        "that do not survive a fork; `kernel` runs odd notebooks in a real one",
    )
    imports: tuple[str, ...] = Field(
        default=(), description="packages to load before the work starts"
    )

    @field_validator("memory")
    @classmethod
    def _enough_to_start(cls, value: int) -> int:
        if value < LEAST_MEMORY_BYTES:
            raise ValueError(
                "nothing runs in so little memory; write 700 MiB, and no less than "
                f"{LEAST_MEMORY_BYTES >> 20} MiB"
            )
        return value


class LatePolicy(Frozen):
    """What lateness costs."""

    due: Date | None = Field(default=None, description="with a time zone")
    grace: Seconds = Field(default=300.0, description="free time after the due date")
    per_day: Share = Field(
        default=Fraction(0), description="share of all points lost a started day"
    )
    days: Annotated[int, Field(ge=0)] = Field(
        default=0, description="so many days late are accepted; nothing counts later"
    )

    @model_validator(mode="after")
    def _costs_something(self) -> "LatePolicy":
        if self.due is None and (self.per_day or self.days):
            raise ValueError(
                "without a due date nothing is late; add "
                "`due:`, written as 2026-12-13T23:59+01:00"
            )
        if self.per_day and not self.days:
            raise ValueError(
                "no late day is accepted, so that `per_day` never counts; add `days:`, "
                "how many days late still earn points"
            )
        return self

    @model_validator(mode="after")
    def _has_a_zone(self) -> "LatePolicy":
        if self.due is not None and self.due.tzinfo is None:
            raise ValueError(
                "the due date has no time zone; write it as 2026-12-13T23:59+01:00"
            )
        return self


class PublicModule(Frozen):
    """Where the properties live that students may run."""

    module: str = Field(description="path of a module that knows no reference")


class Assignment(Frozen):
    """A whole assignment."""

    schema_version: Version = Field(
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
    conventions: tuple[dict[str, str], ...] = Field(
        default=(),
        description="choices that a written solution makes once and keeps, as spellings "
        "-> what they are in the rubric's names; whichever fits best is taken",
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

    @property
    def answers(self) -> frozenset[str]:
        """The names of all answers that are asked for."""
        return frozenset(c.answer for p in self.parts for c in p.criteria)
