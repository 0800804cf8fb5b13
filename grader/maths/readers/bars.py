"""Tokens with bars of unknown direction -> tokens with opening, closing, parting bars.

`|x|y|z||` has more than one reading and `p(x|z)` needs none of them, so the bars of
one bracket are settled together: a bar closes if it can, opens if it must, and parts
two sides only where nothing else makes the bracket come out even.
"""

from typing import Final

from grader.maths.readers.parser import CLOSING, OPENING, Token
from grader.maths.readers.unreadable import Unreadable

# real formulas hold a handful of bars; the search below never needs more than this
_STEPS: Final = 4_000
_BARS: Final = 100

# how many bars are settled, which are open, and what each one became
State = tuple[int, str, tuple[str, ...]]

_OPEN: Final = {"bar": "lbar", "norm": "lnorm"}
_CLOSE: Final = {"bar": "rbar", "norm": "rnorm"}

ENDS: Final = frozenset(
    {
        "num",
        "name",
        "tree",
        "text",
        "sub",
        "!",
        "!!",
        "'",
        "%",
        "degrees",
        "fraction",
        "T",
    }
) | (CLOSING - {"lbar"})


def settle(tokens: list[Token], text: str) -> list[Token]:
    """Return *tokens* with every `bar` and `norm` given its direction."""
    settled = list(tokens)
    groups: list[list[int]] = [[]]
    for index, token in enumerate(tokens):
        if token.kind in OPENING:
            groups.append([])
        elif token.kind in CLOSING:
            if len(groups) > 1:
                _settle_group(groups.pop(), settled, text)
        elif token.kind in _OPEN:
            groups[-1].append(index)
    while groups:
        _settle_group(groups.pop(), settled, text)
    return [token for token in settled if token.kind != "spent"]


def _settle_group(bars: list[int], tokens: list[Token], text: str) -> None:
    if not bars:
        return
    if len(bars) > _BARS:
        raise Unreadable(tokens[bars[_BARS]].start, f"at most {_BARS} bars", text)
    kinds = _search(bars, tokens)
    if kinds is None:
        raise Unreadable(tokens[bars[0]].start, "bars that pair up", text)
    for index, kind in zip(bars, kinds, strict=True):
        tokens[index] = tokens[index]._replace(kind=kind)


def _search(bars: list[int], tokens: list[Token]) -> list[str] | None:
    """Try the readings depth first, in order of preference, within a budget."""
    pending: list[State] = [(0, "", ())]
    for _ in range(_STEPS):
        if not pending:
            return None
        place, stack, chosen = pending.pop()
        if place == len(bars):
            if not stack and _ends_well(bars[-1], chosen[-1], tokens):
                return list(chosen)
            continue
        after = _after_operand(place, bars, tokens, chosen)
        pending.extend(
            reversed(_choices((place, stack, chosen), bars, tokens, after=after))
        )
    return None


def _after_operand(
    place: int, bars: list[int], tokens: list[Token], chosen: tuple[str, ...]
) -> bool:
    if place and bars[place - 1] == bars[place] - 1:
        return chosen[-1] in ("rbar", "rnorm")
    index = bars[place]
    return index > 0 and tokens[index - 1].kind in ENDS


def _choices(
    state: State, bars: list[int], tokens: list[Token], *, after: bool
) -> list[State]:
    place, stack, chosen = state
    kind = tokens[bars[place]].kind
    mark = kind[0]
    opened = (place + 1, stack + mark, (*chosen, _OPEN[kind]))
    if not after:
        return [opened]
    found = []
    if stack.endswith(mark):
        found.append((place + 1, stack[:-1], (*chosen, _CLOSE[kind])))
    if found and _holds_a_number(place, bars, tokens, chosen):
        found.insert(0, opened)  # |2|x|-1|: nobody writes the size of 2
    else:
        found.append(opened)
    if not stack and tokens[bars[place] + 1].kind == "_":
        found.insert(0, (place + 1, stack, (*chosen, "at")))
    if not stack:
        found.append(
            (place + 1, stack, (*chosen, "mid" if mark == "b" else "parallel"))
        )
        if mark == "b" and _doubled(place, bars, tokens):
            found.append((place + 2, stack, (*chosen, "parallel", "spent")))
    return found


def _holds_a_number(
    place: int, bars: list[int], tokens: list[Token], chosen: tuple[str, ...]
) -> bool:
    """Say whether an opening bar and one number stand before this bar."""
    start = bars[place - 1] if place else -1
    alone = bars[place] - start == 2 and tokens[start + 1].kind == "num"  # noqa: PLR2004 - next but one
    return alone and chosen[-1] in ("lbar", "lnorm")


def _doubled(place: int, bars: list[int], tokens: list[Token]) -> bool:
    return (
        place + 1 < len(bars)
        and bars[place + 1] == bars[place] + 1
        and tokens[bars[place + 1]].kind == "bar"
    )


def _ends_well(last: int, kind: str, tokens: list[Token]) -> bool:
    """Say whether a bar that parts or opens has something after it."""
    if kind in ("rbar", "rnorm"):
        return True
    return tokens[last + 1].kind not in CLOSING | {"end"}
