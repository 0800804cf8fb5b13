"""A value -> what a student would call its type."""

from grader.model.answer import Array, Formula, Sequence, Value


def type_name(value: Value) -> str:
    """Return what a student would call the type of *value*."""
    match value:
        case None:
            return "None"
        case Array(dtype=dtype):
            return "array of bool" if dtype == "|b1" else "array"
        case Sequence(kind=kind):
            return kind
        case Formula():
            return "formula"
        case bool() | int() | float() | complex() | str():
            return type(value).__name__
        case _:
            return getattr(value, "type_name", "dict")
