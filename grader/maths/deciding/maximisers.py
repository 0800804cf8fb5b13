"""Where two functions are largest -> the same place, if both rise and fall together.

Nobody looks for the place itself: the slopes have one sign everywhere, as those of a
likelihood and of its logarithm do, or opposite signs, as for a function and its minus.
"""

from collections.abc import Callable
from typing import Final

from grader.maths.deciding.derivative import differentiate, replaced
from grader.maths.deciding.rewritings import rewritten
from grader.maths.evaluation.values import NotUnderstoodError
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Symbol, Tree, apply, number, symbols_of

Decide = Callable[[Tree, Tree, Setting], Finding]
PLACES: Final = {"argmax": 1, "argmin": -1}


def are_places(expected: Tree, given: Tree) -> bool:
    """Return whether both say where something is largest or smallest."""
    return all(
        isinstance(side, Apply) and side.head in PLACES for side in (expected, given)
    )


def compare_places(
    expected: Tree, given: Tree, setting: Setting, decide: Decide
) -> Finding:
    """Return whether both are largest at the same place, by *decide* on their slopes."""
    match expected, given:
        case Apply(one, (body, Symbol(name))), Apply(other, (rival, Symbol() as bound)):
            if name in symbols_of(rival) - {bound.name}:
                return unknown("another-variable")
            rival = replaced(rival, bound, Symbol(name))
            turned = PLACES[one] * PLACES[other]
        case _:
            return unknown("not-one-variable")
    try:
        body, rival = rewritten(body, _plain), rewritten(rival, _plain)
        rising = _rising(body, name, 1)
        alike = _rising(rival, name, turned)
        opposite = _rising(rival, name, -turned)
    except NotUnderstoodError:
        return unknown("no-derivative")
    finding = decide(rising, alike, setting)
    if finding.equal:
        return finding
    if decide(rising, opposite, setting).equal:
        return Finding(truth=Truth.DIFFERENT, method="agreed", reason="opposite-sign")
    return unknown("slopes-differ")


def _plain(tree: Tree) -> Tree | None:
    """Return `p(x | t)` as a function of both: what it is a law of plays no part."""
    match tree:
        case Apply("call", (Symbol(word), Apply("given", args))):
            return Apply("call", (Symbol(f"{word} given"), *args))
        case _:
            return None


def _rising(body: Tree, name: str, sign: int) -> Tree:
    """Return the sign of the slope, where *body* itself has a value."""
    slope = apply("mul", number(sign), apply("sign", differentiate(body, name)))
    return apply("add", slope, apply("mul", number(0), body))
