"""Where a written sheet has an answer, and what it is held against."""

from typing import Literal

from pydantic import Field, model_validator

from grader.model.field import Frozen
from grader.model.quantity import Share


class Checkpoint(Frozen):
    """A statement on the way that a written solution should get right."""

    equation: str = Field(description="one side of it, in LaTeX")
    expected: str = Field(description="the other side, in LaTeX")
    say: str = Field(default="", description="what to say where it is wrong")


class Inside(Frozen):
    """A piece of another part's work that shows an answer which is not stated."""

    piece: str = Field(
        description="a term, or a statement such as `h \\to -\\infty`, in LaTeX"
    )
    credit: Share | None = Field(
        default=None, description="what it earns; left out, a person decides"
    )
    say: str = Field(default="", description="what the student is told")


class Written(Frozen):
    """Where a written sheet has this answer, and what it is compared with.

    All mathematics here is LaTeX as students write it.
    """

    equation: str = Field(description="the left side of the equation that states it")
    alternatives: tuple[str, ...] = Field(
        default=(),
        description="other left sides that state the same; one that ends in a relation, "
        "as `\\epsilon <`, is followed by that relation",
    )
    notation: dict[str, str] = Field(
        default_factory=dict,
        description="spellings of this answer alone -> the rubric's own names",
    )
    relation: Literal["eq", "le", "ge", "tends_to"] = Field(
        default="eq",
        description="how the left side relates to the answer: `le` for an upper bound",
    )
    judged_as: Literal["values", "formula"] | None = Field(
        default=None,
        description="`values`: asked at the inputs, as code is; `formula`: held "
        "against `expected` where no numbers can be put in; left out, a part of kind "
        "expression or matrix is judged as a formula and any other by its values",
    )
    expected: str | None = Field(
        default=None,
        description="the answer; it also lets feedback name the piece of a wrong "
        "formula that differs",
    )
    other_forms: tuple[str, ...] = Field(
        default=(),
        description="the answer again, as others write it, where `expected` is a "
        "formula with which no values can be compared",
    )
    equivalent: str | None = Field(
        default=None,
        description="an equation that states the answer as well, up to a factor; "
        "`expected` is then what it states",
    )
    inside: tuple[Inside, ...] = Field(
        default=(),
        description="pieces that show the answer inside another part's work",
    )
    checkpoints: tuple[Checkpoint, ...] = Field(
        default=(), description="statements on the way that should be right"
    )

    @model_validator(mode="after")
    def _has_something_to_compare(self) -> "Written":
        if self.judged_as == "formula" and self.expected is None:
            raise ValueError(
                "a formula is held against `expected`; write the answer there in LaTeX"
            )
        return self
