"""Python value -> plain lists and buffers, by exact type: what the worker sends.

`type(value) is T`, never `isinstance`: an object that claims to be a number is not one.
What is not on the list leaves as its type's name and a reason in words for the student.
Runs beside student code and loads nothing but the standard library.
"""

import functools
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from grader.sandbox.inside import symbolic
from grader.sandbox.plain import (
    DEEPEST_NESTING,
    MOST_PARTS,
    MOST_TEXT_CHARACTERS,
    encode_float,
    encode_integer,
    number_node,
)
from grader.sandbox.wire import TooLarge

MOST_ARRAY_BYTES: Final = 32 * 2**20

_WIDER: Final = {"b": "|b1", "i": "<i8", "u": "<u8", "f": "<f8", "c": "<c16"}
_GIVE_A_LIST: Final = {
    "generator": "a generator runs once only; give a list",
    "map": "give a list",
    "filter": "give a list",
    "zip": "give a list",
    "enumerate": "give a list",
    "coroutine": "it was not awaited",
    "bytes": "bytes are no text; decode them",
}


class Encoder:
    """Encodes one answer, counting its parts and keeping its buffers."""

    def __init__(self) -> None:
        self.buffers: list[bytes] = []
        self._parts = 0
        self._bytes = 0

    def encode(self, value: object, depth: int = 0) -> list[Any]:
        """Return *value* as a tagged list.

        Raises:
            TooLarge: it has too many parts, or is nested too deeply.
        """
        self._parts += 1
        if self._parts > MOST_PARTS or depth > DEEPEST_NESTING:
            raise TooLarge("it has too many parts or is nested too deeply")
        scalar = _encode_scalar(value)
        if scalar is not None:
            return scalar
        box = self._encode_box(value, depth)
        return box if box is not None else self._encode_foreign(value, depth)

    def _encode_box(self, value: object, depth: int) -> list[Any] | None:
        kind = type(value)
        if kind is list or kind is tuple or kind is range:
            tag = "t" if kind is tuple else "l"
            return [tag, [self.encode(v, depth + 1) for v in value]]  # type: ignore[attr-defined]
        if kind is set or kind is frozenset:
            return ["e", [self.encode(v, depth + 1) for v in value]]  # type: ignore[attr-defined]
        if kind is dict:
            pairs: Any = dict.items(value)  # type: ignore[arg-type]
            return [
                "d",
                [
                    [self.encode(k, depth + 1), self.encode(v, depth + 1)]
                    for k, v in pairs
                ],
            ]
        return None

    def _encode_foreign(self, value: object, depth: int) -> list[Any]:
        numpy: Any = sys.modules.get("numpy")
        if numpy is not None:
            if type(value) is numpy.ndarray:
                return self._encode_array(numpy, value, depth)
            if id(type(value)) in _numpy_scalars(numpy):
                return self.encode(value.item(), depth)  # type: ignore[attr-defined]
            if type(value) is numpy.ma.MaskedArray:
                return opaque(value, "a masked array; give a plain array")
            if type(value) is numpy.matrix:
                return opaque(value, "a numpy.matrix; give a plain array")
        try:
            tree = symbolic.encode_symbolic(value)
        except symbolic.NotTaken as reason:
            return opaque(value, str(reason))
        if tree is not None:
            return ["x", tree]
        plain = _as_plain(value)
        return opaque(value) if plain is value else self.encode(plain, depth + 1)

    def _encode_array(self, numpy: Any, value: Any, depth: int) -> list[Any]:  # noqa: ANN401 - numpy is the student's
        if value.dtype.kind in "OU":
            return self.encode(value.tolist(), depth + 1)
        dtype = _WIDER.get(value.dtype.kind)
        if dtype is None:
            return opaque(value, f"an array of {str(value.dtype)[:60]}")
        if value.size * int(dtype[2:]) > MOST_ARRAY_BYTES:
            raise TooLarge(f"an array of shape {value.shape} is too large")
        flat = numpy.ascontiguousarray(value, dtype=dtype).tobytes()
        self._bytes += len(flat)
        if self._bytes > MOST_ARRAY_BYTES:
            raise TooLarge("its arrays are too large")
        self.buffers.append(flat)
        return ["a", dtype, [int(n) for n in value.shape], len(self.buffers) - 1]


def _encode_scalar(value: object) -> list[Any] | None:
    kind = type(value)
    if value is None:
        return ["z"]
    if kind is bool:
        return ["b", value]
    if kind is int:
        return encode_integer(value)  # type: ignore[arg-type]
    if kind is float:
        return encode_float(value)  # type: ignore[arg-type]
    return _encode_wider_scalar(value)


def _encode_wider_scalar(value: object) -> list[Any] | None:
    kind = type(value)
    if kind is complex:
        real, imaginary = value.real, value.imag  # type: ignore[attr-defined]
        return ["c", encode_float(real)[1], encode_float(imaginary)[1]]
    if kind is str:
        if len(value) > MOST_TEXT_CHARACTERS:  # type: ignore[arg-type]
            raise TooLarge(f"a text of {len(value)} characters is too long")  # type: ignore[arg-type]
        return ["s", value]
    if kind is Fraction:
        return ["x", [number_node(value)]]  # type: ignore[arg-type]
    return None


def opaque(value: object, reason: str | None = None) -> list[Any]:
    """Return what is said of a value that no wire carries."""
    kind = type(value)
    name = str(type.__dict__["__name__"].__get__(kind))[:100]
    if reason is None:
        reason = _GIVE_A_LIST.get(name, "no value that can be compared")
    if callable(value):
        reason = "a function, not a value"
    return ["o", name, reason]


@functools.cache
def _numpy_scalars(numpy: Any) -> frozenset[int]:  # noqa: ANN401 - numpy is the student's
    """Return the identities of numpy's number types: an equal type is not enough."""
    names = ["bool_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32"]
    names += ["uint64", "float16", "float32", "float64", "complex64", "complex128"]
    names += ["str_", "longlong", "ulonglong"]
    return frozenset(id(getattr(numpy, name)) for name in names)


def _as_plain(value: object) -> object:
    """Turn a tensor, series or number of a known package into an array or number.

    Known by name only: what it gives is encoded by its exact type again.
    """
    kind = type(value)
    package = str(getattr(kind, "__module__", "")).partition(".")[0]
    turn = _PLAIN.get((package, str(kind.__name__))) or _PLAIN.get((package, ""))
    return value if turn is None else turn(value)


def _from_torch(value: Any) -> object:  # noqa: ANN401 - a tensor
    return value.detach().cpu().numpy()


def _from_pandas(value: Any) -> object:  # noqa: ANN401 - a series or frame
    return value.to_numpy()


def _from_jax(value: Any) -> object:  # noqa: ANN401 - an array
    return sys.modules["numpy"].asarray(value)


def _from_tensorflow(value: Any) -> object:  # noqa: ANN401 - a tensor
    return value.numpy() if hasattr(value, "numpy") else value


_PLAIN: Final[dict[tuple[str, str], Callable[[Any], object]]] = {
    ("torch", "Tensor"): _from_torch,
    ("torch", "Parameter"): _from_torch,
    ("pandas", "Series"): _from_pandas,
    ("pandas", "DataFrame"): _from_pandas,
    ("pandas", "Index"): _from_pandas,
    ("jax", ""): _from_jax,
    ("jaxlib", ""): _from_jax,
    ("tensorflow", ""): _from_tensorflow,
    ("numpy", "longdouble"): float,
    ("numpy", "clongdouble"): complex,
    ("mpmath", "mpf"): float,
    ("mpmath", "mpc"): complex,
}
