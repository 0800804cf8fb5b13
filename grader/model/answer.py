"""Probes, and the answers that stand at them: typed values, never objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from grader.maths.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """Numbers in a box: little-endian, C order.

    *dtype* is one of `<f8`, `<c16`, `<i8`, `<u8`, `|b1`; narrower ones are widened
    where the answer is encoded.
    """

    dtype: str
    shape: tuple[int, ...]
    buffer: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list, tuple or set of values; a set's items are in the order of arrival."""

    kind: Literal["list", "tuple", "set"]
    items: "tuple[Value, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A dictionary: pairs of key and value, in their order."""

    items: "tuple[tuple[Value, Value], ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A symbolic value as a tree, from sympy or from mathematics that was read."""

    tree: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque:
    """Something that is there and that no wire carries: its type, and why not."""

    type_name: str
    reason: str


# exact types: a bool is not an int here, and a complex is not a float
Value = (
    None
    | bool
    | int
    | float
    | complex
    | str
    | Array
    | Sequence
    | Table
    | Formula
    | Opaque
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The asked process's own value by name, called first if it is a function of others.

    With *call*, the value is what the function returns for *earlier*; without it, the
    function itself with *earlier* filled in.
    """

    name: str
    call: bool = False
    earlier: "tuple[tuple[str, Argument], ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A function that lives in the other process: each call goes through the parent."""

    name: str


Argument = Value | Own | Relay


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The value of a name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a function returns for *positional* and *keywords*."""

    name: str
    positional: tuple[Argument, ...] = ()
    keywords: tuple[tuple[str, Argument], ...] = ()


Probe = Read | Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value stands there."""

    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Nothing stands there; *nearest* is the name that it may be misspelt as."""

    name: str
    nearest: str | None = None


FailureReason = Literal[
    "raised",  # the student's own exception; `message` says which
    "timed-out",
    "out-of-memory",
    "crashed",
    "stopped",  # SystemExit, os._exit
    "not-callable",
    "wrong-arguments",  # the function does not take that many
    "not-carried",  # a value of a type that no wire takes
    "too-large",
    "sandbox",  # ours: could not be run at all
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Asking went wrong: the reason, the student's own message, and where it was."""

    reason: FailureReason
    message: str = ""
    where: str = ""


Answer = Found | Missing | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayed:
    """A call that a reference made of a student's function, and what came back."""

    call: Call
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What happened while the blocks ran: told to people, never judged.

    *failures* are (block label, message) of blocks that raised or were stopped;
    *protections* are the layers that were probed, with True for on; *numerics* is what
    the last digits of its numbers depend on.
    """

    output: str = ""
    failures: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    cpu_seconds: float = 0.0
    protections: tuple[tuple[str, bool], ...] = ()
    numerics: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSheet:
    """All that a submission answered: by probe, with the calls that were relayed."""

    answers: Mapping[Probe, Answer]
    relayed: tuple[Relayed, ...] = ()
    transcript: Transcript = Transcript()
