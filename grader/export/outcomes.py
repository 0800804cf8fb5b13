"""Outcome -> the word, sign and colour that it is shown with, everywhere alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from grader.model.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A word and a sign, so that colour never is the only difference."""

    word: str
    sign: str
    style: str


LOOKS: Final[Mapping[Outcome, Look]] = MappingProxyType(
    {
        Outcome.CORRECT: Look(word="right", sign="✓", style="green"),
        Outcome.PARTIAL: Look(word="partly right", sign="◐", style="yellow"),
        Outcome.INCORRECT: Look(word="wrong", sign="✗", style="red"),
        Outcome.MISSING: Look(word="missing", sign="–", style="magenta"),
        Outcome.FAILED: Look(word="failed", sign="!", style="red"),
        Outcome.UNDECIDED: Look(word="waiting", sign="?", style="cyan"),
    }
)
