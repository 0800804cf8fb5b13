"""What the rubric's fields are made of: labels, names, dates, and the frozen model."""

import keyword
import unicodedata
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

SCHEMA_VERSION: Final = 1


class Frozen(BaseModel):
    """What a rubric is made of: unknown keys are refused, nothing changes later."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        defer_build=True,  # of what a command does not read, nothing is built
    )


def _identifier(value: str) -> str:
    """Take what Python would take for the same name, wherever it is typed."""
    plain = unicodedata.normalize("NFKC", value)
    if plain != value and plain.isidentifier():
        raise ValueError(
            f"{value!r} is not how Python reads this name; write it as {plain!r}"
        )
    if not value.isidentifier() or keyword.iskeyword(value):
        raise ValueError(
            f"{value!r} is no Python name; write letters, digits and _ only, as f_inverse"
        )
    return value


def _label(value: object) -> object:
    """Read the question number 1 as "1"; 1.10 has lost its zero by now."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        raise ValueError(  # noqa: TRY004 - pydantic gathers ValueErrors, not TypeErrors
            'this label is read as a number; put it in quotes, as in id: "1.10"'
        )
    return value


def _version(value: object) -> object:
    """Tell a rubric from the future apart from one that was never valid."""
    if isinstance(value, int) and value > SCHEMA_VERSION:
        raise ValueError(
            f"this rubric is of format {value}, newer than this grader, which reads "
            f"{SCHEMA_VERSION}; update the grader: pip install --upgrade mathgrader"
        )
    if value != SCHEMA_VERSION or isinstance(value, bool):
        raise ValueError(
            f"there is no such format; write `schema: {SCHEMA_VERSION}`, or see what "
            "the grader reads with: grader schema"
        )
    return value


def _date(value: object) -> object:
    """Refuse numbers, which would count seconds from 1970."""
    if isinstance(value, int | float):
        raise ValueError("this is no date; write one as 2026-12-13T23:59+01:00")  # noqa: TRY004 - as above
    return value


def no_truth_value(value: object) -> object:
    """Refuse a truth value, which would count as the number 1 or 0."""
    if isinstance(value, bool):
        raise ValueError("this is read as a truth value; put a word in quotes")  # noqa: TRY004 - as above
    return value


Identifier = Annotated[str, AfterValidator(_identifier), Field(max_length=100)]
Label = Annotated[
    str,
    BeforeValidator(_label, json_schema_input_type=str | int),
    Field(min_length=1, max_length=40, pattern=r"^[\w.\-()]+$"),
]
Version = Annotated[
    Literal[1], BeforeValidator(_version, json_schema_input_type=Literal[1])
]
Date = Annotated[datetime, BeforeValidator(_date, json_schema_input_type=datetime)]
