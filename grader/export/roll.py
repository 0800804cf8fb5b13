"""Scorecards -> whoever a platform's row is about, by any of the names it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from grader.model.score import Scorecard

NO_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A platform's table with scores in it, and the *submissions* that have a row."""

    table: str
    submissions: frozenset[str]


def by_name(
    scorecards: Iterable[Scorecard],
    others: Mapping[str, tuple[str, ...]] = NO_OTHER_NAMES,
) -> Mapping[str, Scorecard]:
    """Return scorecards by id and by name; a name that two share finds neither.

    *others* are further names by submission, as a platform's; they find nobody whom
    their own id or name finds already.
    """
    cards = tuple(scorecards)
    own = _once((name, c) for c in cards for name in (c.submission, c.student_name))
    taken = {_folded(n) for c in cards for n in (c.submission, c.student_name)}
    also = _once((name, c) for c in cards for name in others.get(c.submission, ()))
    return {**{n: card for n, card in also.items() if n not in taken}, **own}


def find(cards: Mapping[str, Scorecard], names: Iterable[str]) -> Scorecard | None:
    """Return the scorecard of the first of *names* that has one."""
    for name in names:
        card = cards.get(_folded(name))
        if card is not None:
            return card
    return None


def is_final(card: Scorecard) -> bool:
    """Whether *card* may be uploaded: nothing waits, and something was handed in."""
    return not card.waiting and "no-submission" not in card.remarks


def _once(named: Iterable[tuple[str, Scorecard]]) -> dict[str, Scorecard]:
    found: dict[str, Scorecard] = {}
    twice: set[str] = set()
    for name, card in named:
        word = _folded(name)
        if found.setdefault(word, card) is not card:
            twice.add(word)
    return {word: card for word, card in found.items() if word not in {"", *twice}}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
