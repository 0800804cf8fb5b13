"""How far an assignment has come."""

from enum import StrEnum


class Phase(StrEnum):
    """How far an assignment has come, which decides what students may see."""

    BEFORE_DUE = "before-due"
    AFTER_DUE = "after-due"
    PUBLISHED = "published"
