"""The names of the shapes that an answer may have to have."""

from enum import StrEnum


class Shape(StrEnum):
    """The shapes that a question may ask for."""

    EXPANDED = "expanded"
    FACTORED = "factored"
    LOWEST_TERMS = "lowest terms"
    SINGLE_FRACTION = "single fraction"
    PARTIAL_FRACTIONS = "partial fractions"
    COMPLETED_SQUARE = "completed square"
    NO_DECIMALS = "no decimals"
    SIMPLE_RADICALS = "simple radicals"
