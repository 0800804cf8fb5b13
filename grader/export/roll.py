"""Scorecards -> whoever a platform's row is about, by any of the names it has."""

from collections.abc import Iterable, Mapping

from grader.model.score import Scorecard


def by_name(scorecards: Iterable[Scorecard]) -> Mapping[str, Scorecard]:
    """Return scorecards by id and by name; a name that two share finds neither."""
    found: dict[str, Scorecard] = {}
    twice: set[str] = set()
    for card in scorecards:
        for name in {_folded(card.submission), _folded(card.student_name)} - {""}:
            if name in found:
                twice.add(name)
            found[name] = card
    return {name: card for name, card in found.items() if name not in twice}


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


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
