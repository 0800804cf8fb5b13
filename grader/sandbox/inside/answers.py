"""Probes -> answers in plain lists: reads names and calls functions of a namespace.

Runs beside student code. A call's arguments are made afresh for each call.
"""

import difflib
import functools
import inspect
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType
from typing import Any, Final

from grader.sandbox.inside.encode import Encoder
from grader.sandbox.inside.rebuild import CannotRebuild, rebuild
from grader.sandbox.inside.timers import TimeUp
from grader.sandbox.inside.told import place, tell
from grader.sandbox.wire import TooLarge

Answered = tuple[list[Any], list[bytes]]
RelayCall = Callable[[str, tuple[Any, ...], dict[str, Any]], Any]

# shown names of a student's function that a wrong call is explained with
_MOST_SIGNATURE_CHARACTERS: Final = 200


class _NotThere(Exception):
    """The namespace has no such name."""


class Respondent:
    """Answers probes out of one namespace."""

    def __init__(
        self,
        namespace: dict[str, Any],
        given: dict[str, Any],
        files: dict[str, str],
        relay: RelayCall,
    ) -> None:
        self._namespace = namespace
        self._given = given
        self._files = files
        self._relay = relay

    def answer(self, probe: list[Any], buffers: Sequence[bytes]) -> Answered:
        """Return the plain answer at *probe*, and its buffers."""
        try:
            value = self._value_at(probe, buffers)
            encoder = Encoder()
            return ["found", encoder.encode(value)], encoder.buffers
        except _NotThere as missing:
            name = str(missing)
            return ["missing", name, self._nearest(name)], []
        except BaseException as error:  # noqa: BLE001 - student code may raise anything
            return self._failed(error), []

    def _failed(self, error: BaseException) -> list[Any]:
        match error:
            case TimeUp():
                return ["failed", "timed-out", "", ""]
            case MemoryError():
                reason = "out-of-memory"
            case SystemExit():
                reason = "stopped"
            case TooLarge():
                return ["failed", "too-large", str(error), ""]
            case CannotRebuild():
                return ["failed", "not-carried", str(error), ""]
            case _Refused():
                return ["failed", error.reason, str(error), ""]
            case _:
                reason = "raised"
        return ["failed", reason, tell(error), place(error, self._files)]

    def _value_at(self, probe: list[Any], buffers: Sequence[bytes]) -> object:
        match probe:
            case ["read", name]:
                return self._named(name)
            case ["call", name, positional, keywords]:
                function = self._named(name)
                if not callable(function):
                    kind = type(function).__name__
                    raise _Refused("not-callable", f"{name} is a value ({kind})")
                values = [self._argument(a, buffers) for a in positional]
                named = {k: self._argument(a, buffers) for k, a in keywords}
                _check_arguments(name, function, values, named)
                return function(*values, **named)
            case _:
                raise CannotRebuild("an unknown probe")

    def _argument(self, plain: list[Any], buffers: Sequence[bytes]) -> Any:  # noqa: ANN401 - any value
        match plain:
            case ["own", name, call, earlier]:
                filled = {k: self._argument(a, buffers) for k, a in earlier}
                value = self._named(name)
                if call:
                    return value(**filled)
                return functools.partial(value, **filled) if filled else value
            case ["relay", name]:
                return functools.partial(self._relayed, name)
            case _:
                return rebuild(plain, buffers)

    def _relayed(self, name: str, *positional: object, **keywords: object) -> object:
        return self._relay(name, positional, keywords)

    def _named(self, name: str) -> Any:  # noqa: ANN401 - any value
        if name not in self._namespace or self._is_given(name):
            raise _NotThere(name)
        return self._namespace[name]

    def _is_given(self, name: str) -> bool:
        """Tell whether a name has the value that it had before any block ran."""
        return name in self._given and self._given[name] is self._namespace[name]

    def names(self) -> list[str]:
        """Return the names that the submission itself defined, modules left out."""
        return [
            name
            for name, value in list(self._namespace.items())
            if type(name) is str
            and not self._is_given(name)
            and not name.startswith("_")
            and type(value) is not ModuleType
        ]

    def _nearest(self, name: str) -> str | None:
        plain = {_plain(own): own for own in self.names()}
        if _plain(name) in plain:
            return plain[_plain(name)]
        close = difflib.get_close_matches(_plain(name), list(plain), n=1, cutoff=0.75)
        return plain[close[0]] if close else None

    def describe(self) -> list[Any]:
        """Return the functions' names, each with its keyword-only parameters."""
        own = {name: self._namespace[name] for name in self.names()}
        return [[n, _keywords(f)] for n, f in own.items() if callable(f)]


class _Refused(Exception):
    """A call that cannot be made."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def _plain(name: str) -> str:
    return name.casefold().replace("_", "")


def _signature(function: Callable[..., Any]) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except (ValueError, TypeError):
        return None  # built-in functions and ufuncs may have none


def _check_arguments(
    name: str,
    function: Callable[..., Any],
    positional: list[Any],
    keywords: dict[str, Any],
) -> None:
    if _takes(function, len(positional), list(keywords)):
        return
    signature = _signature(function)
    if signature is None:
        return
    try:
        signature.bind(*positional, **keywords)
    except TypeError as error:
        shown = f"{name}{signature}"[:_MOST_SIGNATURE_CHARACTERS]
        raise _Refused("wrong-arguments", f"{shown}: {error}") from None


def _takes(function: object, positional: int, keywords: list[str]) -> bool:
    """Tell whether a plain function surely takes so many arguments, at a glance."""
    if type(function) is not FunctionType or keywords:
        return False
    code = function.__code__
    return positional == code.co_argcount and not code.co_kwonlyargcount


def _keywords(function: Callable[..., Any]) -> list[str]:
    signature = _signature(function)
    parameters = signature.parameters.values() if signature else ()
    return [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
