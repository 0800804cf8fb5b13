"""Record <-> JSON file: what `regrade` reads, exact to the last bit.

The format has a version, which changes with every field of a class that a record
holds; `tests/golden/export/record_fields.txt` lists them all. A field that is added
raises `RECORD_VERSION` by one and enters `_ADDED` with the value that older records
are read with. A field that is taken away, or means something else, raises it as well,
and `OLDEST_READABLE_VERSION` to the same, unless older records can be read rightly
all the same. A record of the current version has to hold every field, so that damage
is not taken for age; a newer one is refused, never guessed at and never overwritten.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from grader.errors import GraderError
from grader.export.atomic import write_atomically
from grader.export.codec import Json, Misfit, decode, encode
from grader.model.answer import AnswerSheet
from grader.model.record import Record

RECORD_VERSION: Final = 3
OLDEST_READABLE_VERSION: Final = 1

# version -> class -> the fields that it added, with what older records mean by them
_ADDED: Final[Mapping[int, Mapping[str, Mapping[str, Json]]]] = {
    2: {
        "Record": {"text": [], "cells": []},
        "Scorecard": {"marks": []},
        "Mark": {"words": "", "remark": ""},
    },
    3: {"Transcript": {"numerics": ""}},
}

LARGEST_RECORD_BYTES: Final = 64 * 2**20
"""Answers are limited where they leave the sandbox; a larger file is none of ours."""


class RecordError(GraderError):
    """A record cannot be read; grading the submission again mends it."""


class RecordTooOldError(RecordError):
    """A record was written in a format that is no longer read."""


class RecordTooNewError(RecordError):
    """A record was written by a later grader."""


def write_record(path: Path, record: Record) -> None:
    """Write *record* to *path*, as a whole or not at all."""
    write_atomically(path, to_json(record))


def read_record(path: Path, *, answers: bool = True) -> Record:
    """Read the record at *path*; without *answers* its sheet is empty, which is faster.

    Raises:
        RecordTooOldError: its format is no longer read.
        RecordTooNewError: a later grader wrote it.
        RecordError: it is damaged, or no record at all.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_RECORD_BYTES + 1)
    except OSError as error:
        raise _unreadable(
            str(path), f"it cannot be opened ({error.strerror})"
        ) from error
    if len(raw) > LARGEST_RECORD_BYTES:
        raise _unreadable(str(path), "it is larger than any record")
    return from_json(raw, where=str(path), answers=answers)


def to_json(record: Record) -> str:
    """Return *record* as JSON text: plain ASCII, one field of it a line."""
    content = encode(record)
    assert isinstance(content, dict)  # noqa: S101 - for mypy: a record is a dataclass
    fields = (f"{_dump(name)}: {_dump(value)}" for name, value in content.items())
    return (
        f'{{"record": {RECORD_VERSION}, "grader": {_dump(record.grader_version)},\n'
        '"content": {\n' + ",\n".join(fields) + "\n}}\n"
    )


def from_json(
    raw: str | bytes, *, where: str = "record", answers: bool = True
) -> Record:
    """Return the record that *raw* holds; raises as `read_record` does."""
    try:
        outer = json.loads(raw, object_pairs_hook=_object, parse_constant=_no_constant)
        content = _checked(outer, where)
        if not answers and isinstance(content, dict):
            content["sheet"] = encode(AnswerSheet(answers={}))
        return _record(decode(Record, _completed(content, outer["record"])))
    except (ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise _unreadable(where, str(what)) from error


def _dump(value: Json) -> str:
    return json.dumps(value, allow_nan=False)  # without indent: ten times faster


def _record(value: object) -> Record:
    assert isinstance(value, Record)  # noqa: S101 - for mypy: `decode` goes by the class
    return value


def _checked(outer: object, where: str) -> Json:
    if not isinstance(outer, dict) or type(outer.get("record")) is not int:
        raise Misfit("it is not a record of this grader")
    version = outer["record"]
    if version < OLDEST_READABLE_VERSION:
        raise RecordTooOldError(
            where=where,
            what=f"its format, {version}, is older than {OLDEST_READABLE_VERSION}, "
            "the oldest that can be read",
            mend="run `grader grade` again on the submission",
        )
    if version > RECORD_VERSION:
        raise RecordTooNewError(
            where=where,
            what=f"its format, {version}, is newer than {RECORD_VERSION}, the newest "
            "that this grader knows",
            mend=f"install grader {outer.get('grader', 'of a later version')} or later, "
            "or grade into another folder",
        )
    if outer.keys() != {"record", "grader", "content"}:
        raise Misfit("it has fields that a record does not have")
    content: Json = outer["content"]
    return content


def _completed(json: Json, version: int) -> Json:
    """Put into a record of an older *version* the fields that came after it."""
    for later in range(version + 1, RECORD_VERSION + 1):
        json = _with_fields(json, _ADDED[later])
    return json


def _with_fields(json: Json, added: Mapping[str, Mapping[str, Json]]) -> Json:
    if isinstance(json, list):
        return [_with_fields(item, added) for item in json]
    if isinstance(json, dict):
        inner = {name: _with_fields(value, added) for name, value in json.items()}
        return {**added.get(str(json.get("is")), {}), **inner}
    return json


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Misfit("a field occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise Misfit(f"{name} is no JSON")


def _unreadable(where: str, what: str) -> RecordError:
    return RecordError(
        where=where,
        what=f"this record cannot be read: {what}",
        mend="delete it and run `grader grade` again on the submission",
    )
