"""What pydantic found wrong with a rubric -> faults in its author's words.

Each says where (file, line, path), what is wrong with the value in it, and how to mend
it; several complaints about one value become one fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from grader.errors import RubricError
from grader.rubric.places import CRITERIA
from grader.rubric.schema import json_schema
from grader.yaml.document import Document
from grader.yaml.path import Path, at

MOST_COMPARED: Final = 500  # names that one may be misspelt as; a course has 30 parts
MOST_NAMED: Final = 40  # in one message
LONGEST_SHOWN_CHARACTERS: Final = 60  # of a value that is quoted in a message
_WHOLE: Final = "begin with `schema: 1`, and name the keys of a whole rubric below it"
_DATE: Final = "write it as 2026-12-13T23:59+01:00, with a time zone"
_PLAINLY: Final = {
    "string_pattern_mismatch": (
        "holds other signs than letters, digits and _ . - ( )",
        "rename it; it is {about}",
    ),
    "datetime_from_date_parsing": ("is no date", _DATE),
    "datetime_parsing": ("is no date", _DATE),
    "datetime_type": ("is no date", _DATE),
    "float_parsing": ("is no number", "write one such as 0.01 or 1e-6: {about}"),
    "float_type": ("is no number", "write one such as 0.01 or 1e-6: {about}"),
    "int_parsing": ("is no whole number", "write one such as 3: {about}"),
    "int_type": ("is no whole number", "write one such as 3: {about}"),
}
_PLAIN_WORDS: Final = {
    "valid tuple": "list in [ ]",
    "valid dictionary or instance of": "mapping in { }, that is, a",
    "valid dictionary": "mapping in { }",
    "valid string": "word or sentence; put it in quotes",
}


def of_validation(
    error: ValidationError, document: Document
) -> Mapping[Path, RubricError]:
    """Return one fault a place, by its path, in the order of the file."""
    told: dict[Path, RubricError] = {}
    details = details_of(error)
    misspelt = _misspelt(details, document)
    for detail in details:
        path = locate(detail, document)
        if detail["type"] == "missing" and path in misspelt:
            continue
        if path not in told:
            what, mend = _words(detail, path, at(document.value, path))
            told[path] = RubricError(document.where(path), what, mend)
    return {path: told[path] for path in sorted(told, key=document.line)}


def _misspelt(details: Sequence[ErrorDetails], document: Document) -> set[Path]:
    """Say which keys seem to be missing because they are there, off by a letter."""
    meant: set[Path] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *inside, key = locate(detail, document)
            close = get_close_matches(str(key), _keys(tuple(inside)), n=1)
            meant |= {(*inside, word) for word in close}
    return meant


def locate(detail: ErrorDetails, document: Document) -> Path:
    """Say where in the file pydantic's *loc* is.

    A part may hold its lone criterion's keys itself, which pydantic sees as
    `criteria[0]`; and a union puts the names of its members into *loc*.
    """
    node: Any = document.value
    path: Path = ()
    steps = list(detail["loc"])
    while steps:
        step = steps.pop(0)
        if isinstance(node, dict) and step == CRITERIA and step not in node and steps:
            steps.pop(0)  # the number of the only criterion
        elif _has(node, step):
            node, path = node[step], (*path, step)
        elif detail["type"] == "missing" and not steps:
            path = (*path, step)
    return path


def nearest(word: str, words: Sequence[str]) -> str:
    """Say which of *words* may be meant, or which there are."""
    compared = words if len(words) <= MOST_COMPARED else ()  # each costs its time
    close = get_close_matches(word, compared, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    more = ", …" if len(words) > MOST_NAMED else ""
    return f"there are: {', '.join(words[:MOST_NAMED])}{more}"


def show(value: object) -> str:
    """Quote *value* as its author wrote it, shortened."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > LONGEST_SHOWN_CHARACTERS:
        text = text[:LONGEST_SHOWN_CHARACTERS] + "…"
    return repr(text) if isinstance(value, str) else text


def _has(node: object, step: int | str) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def details_of(error: ValidationError) -> list[ErrorDetails]:
    """Return the complaints, without those that only follow from another.

    A list in which an item is wrong is told to be too short as well.
    """
    return [d for d in error.errors(include_url=False) if not _is_only_short(d)]


def _is_only_short(detail: ErrorDetails) -> bool:
    given = detail["input"]
    least = detail.get("ctx", {}).get("min_length", 0)
    return (
        detail["type"] == "too_short"
        and isinstance(given, list)
        and len(given) >= least
    )


def _words(detail: ErrorDetails, path: Path, value: object) -> tuple[str, str]:
    """Say what is wrong with *value*, and how to mend it."""
    name = path[-1] if path else "the rubric"
    about = _description(path)
    match detail["type"]:
        case "missing":
            return f"`{name}` is missing", f"add `{name}:`, {about}"
        case "extra_forbidden":
            return _no_key(str(name), _keys(path[:-1]))
        case "literal_error" | "enum":
            words = _choices(path)
            return f"{show(value)} is none of {', '.join(words)}", nearest(
                str(value), words
            )
        case "value_error":
            return _own_words(detail, value, about)
        case "too_short":
            return f"`{name}` is empty", f"list at least one: {about}"
        case _ if detail["type"] in _PLAINLY or not path:
            return _plainly(detail["type"] if path else "", value, about)
        case _:
            message = detail["msg"].removeprefix("Input ")
            for python, plain in _PLAIN_WORDS.items():
                message = message.replace(python, plain)
            return f"{show(value)} {message}", _shaped(detail["type"], value, path)


def _no_key(name: str, keys: Sequence[str]) -> tuple[str, str]:
    """Say what is wrong with a key: only a part may have one in the wrong place."""
    if name in keys:
        what = f"`{name}` stands beside `{CRITERIA}`"
        return what, "move it into one of the criteria, or take those out"
    return f"there is no key `{name}` here", nearest(name, keys)


def _plainly(kind: str, value: object, about: str) -> tuple[str, str]:
    """Say in words of our own what pydantic says in those of Python."""
    what, mend = _PLAINLY.get(kind, ("is no rubric", _WHOLE))
    return f"{show(value)} {what}", mend.format(about=about)


def _shaped(kind: str, value: object, path: Path) -> str:
    """Write a lone value as the list that it should be, or name a mapping's keys."""
    about, keys = _description(path), _keys(path)
    if kind == "tuple_type" and isinstance(value, str | int | float):
        return f"write [{value}]: {about}"
    if keys and not isinstance(value, dict):
        return f"write {{{keys[0]}: …}}; its keys are {', '.join(keys)}"
    return _belongs(about)


def _belongs(about: str) -> str:
    return f"what belongs here: {about}" if about else "change it"


def _own_words(detail: ErrorDetails, value: object, about: str) -> tuple[str, str]:
    """Take the words of a validator of ours: the fault; or the fault; then the mend."""
    message = str(detail.get("ctx", {}).get("error", detail["msg"]))
    what, _, mend = message.partition("; ")
    if not isinstance(value, dict | list):
        what = what if show(value) in what else f"{show(value)}: {what}"
    return what, mend or _belongs(about)


def _description(path: Path) -> str:
    return str(next(_schemas(path), {}).get("description", ""))


def _keys(path: Path) -> tuple[str, ...]:
    return tuple(k for s in _schemas(path) for k in s.get("properties", ()))


def _choices(path: Path) -> tuple[str, ...]:
    return tuple(
        str(word)
        for schema in _schemas(path)
        for word in (*schema.get("enum", ()), *_constant(schema))
    )


def _constant(schema: dict[str, Any]) -> tuple[Any, ...]:
    return (schema["const"],) if "const" in schema else ()


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


def _schemas(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what the schema says of *path*, references and alternatives followed."""
    found = [_schema()]
    for step in path:
        found = [
            inner
            for schema in found
            for each in _resolved(schema)
            if (inner := _inner(each, step)) is not None
        ]
    for schema in found:
        yield schema
        yield from (s for s in _resolved(schema) if s is not schema)


def _inner(schema: dict[str, Any], step: int | str) -> dict[str, Any] | None:
    if isinstance(step, int):
        items = schema.get("items")
    else:
        items = schema.get("properties", {}).get(step)
        items = items or schema.get("additionalProperties")
    return items if isinstance(items, dict) else None


def _resolved(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in schema:
        yield from _resolved(_schema()["$defs"][schema["$ref"].rpartition("/")[2]])
    elif "anyOf" in schema:
        for each in schema["anyOf"]:
            yield from _resolved(each)
    else:
        yield schema
