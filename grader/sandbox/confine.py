"""A plan -> this process, confined; which protections hold, found out by trying."""

from typing import Any


def confine(plan: dict[str, Any]) -> list[list[Any]]:
    """Confine this process and return (protection, whether it holds)."""
    return []
