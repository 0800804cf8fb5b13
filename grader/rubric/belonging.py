"""A criterion -> the keys in it that its kind never looks at."""

from collections.abc import Mapping
from typing import Final

from grader.model.rubric import BUILT_IN_KINDS, Criterion

_FORMULA: Final = frozenset({"variables", "form", "form_credit", "up_to", "accept"})
_USED: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset({"tolerance", "accept"}),
    "array": frozenset({"tolerance", "partial", "strict_type", "up_to"}),
    "expression": _FORMULA,
    "matrix": _FORMULA,
    "relation": _FORMULA,
    "choice": frozenset({"choices", "accept"}),
    "text": frozenset({"accept"}),
    "collection": _FORMULA | {"tolerance", "ordered", "partial"},
    "stochastic": frozenset({"tolerance"}),
}
_OF_ONE_KIND: Final = frozenset().union(*_USED.values())
_OPTIONS: Final[Mapping[str, frozenset[str]]] = {
    "expression": frozenset({"variable", "syntax"}),
    "matrix": frozenset({"variable", "syntax"}),
    "relation": frozenset({"variable", "syntax"}),
    "collection": frozenset({"variable", "syntax"}),
    "stochastic": frozenset({"false_reject"}),
}
_OF_FORMULAS: Final = frozenset({"constant", "names", "layout"})
_OF_ARRAYS: Final = frozenset({"labels", "span", "order"})


def idle_keys(criterion: Criterion) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what is set and never looked at, each with the kinds that look at it.

    Nothing is known of a plug-in's kind, nor of a function whose values have any kind.
    """
    kind = criterion.returns if criterion.kind == "function" else criterion.kind
    if kind is None or kind not in _USED:
        return {}
    told = {key for key in _OF_ONE_KIND - {"choices"} if _is_told(criterion, key)}
    idle: dict[tuple[str, ...], tuple[str, ...]] = {
        (key,): _kinds_with(key) for key in sorted(told - _USED[kind])
    }
    known = _OPTIONS.get(kind, frozenset())
    for key in sorted(set(criterion.options) - known):
        idle["options", key] = tuple(k for k, names in _OPTIONS.items() if key in names)
    if "up_to" in _USED[kind]:
        foreign = _OF_FORMULAS if kind == "array" else _OF_ARRAYS
        others = ("array",) if foreign is _OF_ARRAYS else _kinds_with("form")
        if not foreign.isdisjoint(criterion.up_to) and kind != "collection":
            idle["up_to",] = others
    return idle


def _is_told(criterion: Criterion, key: str) -> bool:
    """Whether a key says something else than it would if it were left out."""
    return bool(getattr(criterion, key) != Criterion.model_fields[key].default)


def _kinds_with(key: str) -> tuple[str, ...]:
    return tuple(kind for kind in BUILT_IN_KINDS if key in _USED.get(kind, ()))
