"""What a self-check found -> sentences; it knows no answer, so it calls nothing right."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CHECKS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "property": ("{said}",),
        "skipped": ("Not checked further, since `{answer}` is missing or failed.",),
    }
)
"""What is said of a part, by what was found."""
