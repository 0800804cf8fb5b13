"""A symbol's domain and the inputs drawn for it -> which of them lie outside."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeGuard

from grader.model.quantity import Interval
from grader.model.rubric import Inputs, SymbolDomain
from grader.yaml.path import Path

_REALS: Final = Interval(-math.inf, math.inf)
_SETS: Final[Mapping[str, Interval]] = {
    "positive": Interval(0.0, math.inf),
    "negative": Interval(-math.inf, 0.0),
    "nonnegative": Interval(0.0, math.inf, low_closed=True),
    "natural": Interval(1.0, math.inf, low_closed=True),
}
_TESTS: Final[Mapping[str, Callable[[float], bool]]] = {
    "nonzero": lambda x: x != 0,
    "integer": lambda x: math.isfinite(x) and x == math.floor(x),
    "natural": lambda x: math.isfinite(x) and x == math.floor(x),
}
_UNKNOWN: Final = frozenset({"function", "density", "event"})  # hold no numbers


def outside(domain: SymbolDomain, inputs: Inputs) -> Iterator[tuple[Path, str]]:
    """Yield the path within *inputs*, and what lies outside *domain* there.

    Arrays are let through: the domain of a symbol is one of numbers, and an array of
    the same name may well have zeros where the number may not.
    """
    if domain.is_ in _UNKNOWN:
        return
    if inputs.values is not None:
        for k, value in enumerate(inputs.values):
            if _is_number(value) and not _holds(domain, value):
                yield ("values", k), f"{value:g} is an input"
    elif not inputs.shape and not _law_fits(domain, inputs):
        yield (), f"inputs are drawn from {_law(inputs)}"


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _holds(domain: SymbolDomain, value: float) -> bool:
    intervals = (domain.in_ or _REALS, _SETS.get(domain.is_, _REALS))
    test = _TESTS.get(domain.is_)
    return all(value in i for i in intervals) and (test is None or test(value))


def _law_fits(domain: SymbolDomain, inputs: Inputs) -> bool:
    """Tell whether a law stays in the domain; an end itself is drawn by integers only."""
    low, high = _reach(inputs)
    for interval in (domain.in_ or _REALS, _SETS.get(domain.is_, _REALS)):
        if low < interval.low or high > interval.high:
            return False
        if inputs.draw == "integers" and not (low in interval and high in interval):
            return False
    return inputs.draw == "integers" or domain.is_ not in {"integer", "natural"}


def _reach(inputs: Inputs) -> tuple[float, float]:
    match inputs.draw:
        case "uniform" | "integers":
            return inputs.low, inputs.high
        case "simplex":
            return 0.0, 1.0
        case "orthogonal":
            return -1.0, 1.0
        case _:
            return -math.inf, math.inf


def _law(inputs: Inputs) -> str:
    if inputs.draw in {"uniform", "integers"}:
        return f"{inputs.draw} between {inputs.low:g} and {inputs.high:g}"
    return f"the law `{inputs.draw}`"
