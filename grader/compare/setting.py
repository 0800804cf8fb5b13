"""A rubric's symbols -> the setting in which its formulas are decided."""

from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import Final

from grader.maths import domain
from grader.maths.domain import Domain, Kind
from grader.maths.setting import Setting
from grader.model.rubric import SymbolDomain

_SETS: Final = {
    "real": domain.REAL,
    "positive": domain.POSITIVE,
    "negative": domain.NEGATIVE,
    "nonnegative": domain.NONNEGATIVE,
    "nonzero": domain.REAL,
    "integer": domain.INTEGER,
    "natural": domain.NATURAL,
    "complex": domain.COMPLEX,
    "function": domain.FUNCTION,
    "density": domain.DENSITY,
    "event": domain.EVENT,
}


def setting_of(symbols: dict[str, SymbolDomain]) -> Setting:
    """Return the setting that a rubric's `symbols:` declare."""
    return _setting(tuple(symbols.items()))


@lru_cache(maxsize=64)
def _setting(symbols: tuple[tuple[str, SymbolDomain], ...]) -> Setting:
    return Setting(domains={name: domain_of(spec) for name, spec in symbols})


def domain_of(spec: SymbolDomain) -> Domain:
    """Return one symbol's domain, as the engine takes it."""
    if spec.is_ in {"vector", "matrix"}:
        shape = spec.shape or (None, None)
        rows = shape[0]
        columns = 1 if spec.is_ == "vector" else shape[-1]
        kind = Kind.VECTOR if spec.is_ == "vector" else Kind.MATRIX
        return Domain(kind=kind, rows=rows, columns=columns)
    if spec.in_ is None:
        return _SETS[spec.is_]
    return Domain(
        kind=Kind.INTEGER if spec.is_ in {"integer", "natural"} else Kind.REAL,
        low=_end(spec.in_.low),
        high=_end(spec.in_.high),
        low_closed=spec.in_.low_closed,
        high_closed=spec.in_.high_closed,
    )


def _end(value: float) -> Fraction | None:
    """Take a bound by the digits that were typed: 0.9 is nine tenths."""
    return Fraction(repr(value)) if isfinite(value) else None
