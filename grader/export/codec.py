"""Frozen dataclasses <-> JSON, exactly: what is read is what was written.

Writing goes by the values, reading by the annotations: a field is read as what its
class says it is, and as nothing else. Members of a union that are dataclasses carry
their class's name under `is`; fractions and dates are text, bytes base64. Floats are
JSON numbers (their shortest text is exact), NaN and the infinities are named.
"""

import base64
import binascii
import dataclasses
import math
import types
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

LONGEST_FRACTION_CHARACTERS: Final = 2_000
"""Points are sums of short fractions; exact numbers in trees may have some digits."""

LARGEST_PLAIN_INTEGER: Final = 2**63
"""Beyond it other readers of JSON lose digits, so integers go as hexadecimal text."""


class Misfit(ValueError):
    """JSON that is not what the annotation says; the text names the place."""


def encode(value: object) -> Json:
    """Return *value* as JSON."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)
        }
        return {"is": type(value).__name__, **fields}
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def decode(kind: Any, json: Json, *, where: str = "record") -> Any:  # noqa: ANN401 - the annotation decides
    """Return what *json* holds, read as an annotation *kind*.

    Raises:
        Misfit: it holds something else.
    """
    origin = get_origin(kind)
    if origin is Union or origin is types.UnionType:
        return _decode_union(get_args(kind), json, where)
    if origin is Literal:
        _need(json in get_args(kind) and isinstance(json, str), where, "a known word")
        return json
    if origin is tuple:
        return _decode_tuple(get_args(kind), json, where)
    if origin is not None:
        return _decode_pairs(get_args(kind), json, where)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _decode_fields(kind, json, where)
    return _decode_scalar(kind, json, where)


def _write_int(value: int) -> Json:
    if abs(value) < LARGEST_PLAIN_INTEGER:
        return value
    return {"is": "int", "hex": hex(value)}


def _write_float(value: float) -> Json:
    return value if math.isfinite(value) else {"is": "float", "name": str(value)}


def _write_complex(value: complex) -> Json:
    return {
        "is": "complex",
        "real": _write_float(value.real),
        "imaginary": _write_float(value.imag),
    }


def _write_pairs(value: Mapping[object, object]) -> Json:
    return [[encode(k), encode(v)] for k, v in value.items()]


# in this order, since a bool is an int and an Enum may be a str
_WRITERS: Final[tuple[tuple[Any, Callable[[Any], Json]], ...]] = (
    (types.NoneType, lambda value: value),
    (bool, lambda value: value),
    (Enum, lambda value: value.value),
    (str, lambda value: value),
    (int, _write_int),
    (float, _write_float),
    (complex, _write_complex),
    (Fraction, str),
    (datetime, datetime.isoformat),
    (bytes, lambda value: base64.b64encode(value).decode("ascii")),
    (tuple, lambda value: [encode(item) for item in value]),
    (Mapping, _write_pairs),
)


def _need(holds: bool, where: str, wanted: str) -> None:  # noqa: FBT001 - a condition
    if not holds:
        raise Misfit(f"{where}: {wanted} was expected")


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _decode_fields(kind: type, json: Json, where: str) -> Any:  # noqa: ANN401
    hints = _hints(kind)
    _need(
        isinstance(json, dict) and json.get("is") == kind.__name__, where, kind.__name__
    )
    assert isinstance(json, dict)  # noqa: S101 - for mypy: said the line before
    _need(json.keys() == hints.keys() | {"is"}, where, f"the fields of {kind.__name__}")
    fields = {
        name: decode(hint, json[name], where=f"{where}.{name}")
        for name, hint in hints.items()
    }
    return kind(**fields)


def _decode_union(members: tuple[Any, ...], json: Json, where: str) -> Any:  # noqa: ANN401
    flat = [m for m in members if m is not types.NoneType]
    if json is None:
        _need(len(flat) < len(members), where, "a value")
        return None
    if isinstance(json, dict):
        named = {getattr(m, "__name__", ""): m for m in flat}
        member = named.get(str(json.get("is")))
        _need(member is not None, where, " or ".join(sorted(named)))
        return decode(member, json, where=where)
    plain = [m for m in flat if m is type(json)]
    if plain:
        return json
    rest = [
        m for m in flat if m in {Fraction, datetime, bytes} or isinstance(json, list)
    ]
    _need(len(rest) == 1, where, "a value of a known type")
    return decode(rest[0], json, where=where)


def _decode_tuple(kinds: tuple[Any, ...], json: Json, where: str) -> Any:  # noqa: ANN401
    _need(isinstance(json, list), where, "a list")
    assert isinstance(json, list)  # noqa: S101 - for mypy: said the line before
    if kinds[-1:] == (...,):
        kinds = kinds[:1] * len(json)
    _need(len(json) == len(kinds), where, f"{len(kinds)} items")
    return tuple(
        decode(kind, item, where=f"{where}[{n}]")
        for n, (kind, item) in enumerate(zip(kinds, json, strict=True))
    )


def _decode_pairs(kinds: tuple[Any, ...], json: Json, where: str) -> Any:  # noqa: ANN401
    _need(isinstance(json, list), where, "a list of pairs")
    assert isinstance(json, list)  # noqa: S101 - for mypy: said the line before
    pairs = [_decode_tuple(kinds, pair, where) for pair in json]
    found = dict(pairs)
    _need(len(found) == len(pairs), where, "each key once")
    return found


def _decode_scalar(kind: type, json: Json, where: str) -> Any:  # noqa: ANN401
    if kind in _READERS:
        return _READERS[kind](json, where)
    if issubclass(kind, Enum):
        known = isinstance(json, str) and json in {member.value for member in kind}
        _need(known, where, kind.__name__)
        return kind(json)
    _need(type(json) is kind, where, kind.__name__)
    return json


def _read_int(json: Json, where: str) -> int:
    if isinstance(json, dict):
        text = json.get("hex")
        _need(isinstance(text, str) and json.keys() == {"is", "hex"}, where, "an int")
        return int(str(text), 16)
    _need(type(json) is int, where, "an int")
    return int(str(json)) if not isinstance(json, int) else json


def _read_float(json: Json, where: str) -> float:
    if isinstance(json, dict):
        name = str(json.get("name"))
        _need(name in {"nan", "inf", "-inf"}, where, "a float")
        return float(name)
    _need(type(json) is float, where, "a float")
    return float(str(json)) if not isinstance(json, float) else json


def _read_complex(json: Json, where: str) -> complex:
    _need(
        isinstance(json, dict) and json.keys() == {"is", "real", "imaginary"},
        where,
        "a complex",
    )
    assert isinstance(json, dict)  # noqa: S101 - for mypy: said the line before
    return complex(
        _read_float(json["real"], where), _read_float(json["imaginary"], where)
    )


def _read_fraction(json: Json, where: str) -> Fraction:
    fits = isinstance(json, str) and len(json) <= LONGEST_FRACTION_CHARACTERS
    _need(fits and "e" not in str(json).lower(), where, "a fraction")
    try:
        return Fraction(str(json))
    except (ValueError, ZeroDivisionError) as error:
        raise Misfit(f"{where}: a fraction was expected") from error


def _read_date(json: Json, where: str) -> datetime:
    _need(isinstance(json, str), where, "a date")
    try:
        return datetime.fromisoformat(str(json))
    except ValueError as error:
        raise Misfit(f"{where}: a date was expected") from error


def _read_bytes(json: Json, where: str) -> bytes:
    _need(isinstance(json, str), where, "base64")
    try:
        return base64.b64decode(str(json), validate=True)
    except binascii.Error as error:
        raise Misfit(f"{where}: base64 was expected") from error


_READERS: Final[Mapping[type, Callable[[Json, str], Any]]] = {
    int: _read_int,
    float: _read_float,
    complex: _read_complex,
    Fraction: _read_fraction,
    datetime: _read_date,
    bytes: _read_bytes,
}
