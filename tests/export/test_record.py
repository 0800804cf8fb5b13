import json
import math
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.codec import decode, encode
from grader.export.record import (
    RECORD_VERSION,
    RecordError,
    RecordTooNewError,
    RecordTooOldError,
    from_json,
    read_record,
    to_json,
    write_record,
)
from grader.model.answer import (
    AnswerSheet,
    Array,
    Found,
    Opaque,
    Read,
    Sequence,
    Table,
    Value,
)
from grader.model.record import Record
from tests.conftest import Golden
from tests.export import samples

texts = st.text(st.characters(), max_size=20)  # lone surrogates among them
finite = st.floats(allow_nan=False)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    finite,
    st.complex_numbers(allow_nan=False),
    texts,
)
arrays = st.builds(
    lambda b: Array(dtype="|b1", shape=(len(b),), buffer=b), st.binary(max_size=9)
)
opaques = st.builds(Opaque, type_name=texts, reason=texts)


def _nested(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    items = st.lists(inner, max_size=3).map(tuple)
    pairs = st.lists(st.tuples(inner, inner), max_size=3).map(tuple)
    return st.one_of(
        st.builds(
            Sequence, kind=st.sampled_from(["list", "tuple", "set"]), items=items
        ),
        st.builds(Table, items=pairs),
    )


values: st.SearchStrategy[Value] = st.recursive(scalars | arrays | opaques, _nested)


def with_value(value: Value) -> str:
    sheet = AnswerSheet(answers={Read(name="x"): Found(value=value)})
    return to_json(replace(samples.record(), sheet=sheet))


def test_every_sort_of_value_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "record.json"

    write_record(path, samples.record())

    assert read_record(path) == samples.record()
    assert [p.name for p in tmp_path.iterdir()] == ["record.json"]


@given(value=values)
def test_what_is_read_is_what_was_written(value: Value) -> None:
    back = from_json(with_value(value)).sheet.answers[Read(name="x")]

    assert back == Found(value=value)
    assert repr(back) == repr(Found(value=value))  # 1, 1.0 and True differ


@given(value=st.fractions())
def test_fractions_are_exact(value: Fraction) -> None:
    assert decode(Fraction, encode(value)) == value


def test_nan_comes_back_as_nan() -> None:
    back = from_json(with_value(math.nan)).sheet.answers[Read(name="x")]

    assert isinstance(back, Found)
    assert isinstance(back.value, float)
    assert math.isnan(back.value)


def test_the_golden_record_is_still_written_the_same(golden: Golden) -> None:
    golden("export/record.json", to_json(samples.record()))


def _without(node: object, fields: dict[str, set[str]]) -> Any:  # noqa: ANN401 - JSON
    """Take out *fields* by class, as a grader wrote that did not have them."""
    if isinstance(node, list):
        return [_without(item, fields) for item in node]
    if isinstance(node, dict):
        gone = fields.get(str(node.get("is")), set())
        return {k: _without(v, fields) for k, v in node.items() if k not in gone}
    return node


ADDED_IN_2 = {"Record": {"text", "cells"}, "Scorecard": {"marks"}, "Mark": {"words"}}


def test_a_record_of_the_first_format_is_read_without_its_later_fields() -> None:
    whole = json.loads(to_json(samples.record()))
    old = {**whole, "record": 1, "content": _without(whole["content"], ADDED_IN_2)}

    found = from_json(json.dumps(old))

    card = replace(samples.record().scorecard, marks=())
    assert found == replace(samples.record(), scorecard=card, text=(), cells=())


def test_a_record_of_the_first_format_keeps_the_later_fields_that_it_has() -> None:
    old = {**json.loads(to_json(samples.record())), "record": 1}

    assert from_json(json.dumps(old)) == samples.record()


def test_a_record_of_the_second_format_is_read_without_numerics() -> None:
    whole = json.loads(to_json(samples.record()))
    content = _without(whole["content"], {"Transcript": {"numerics"}})

    found = from_json(json.dumps({**whole, "record": 2, "content": content}))

    assert found.scorecard.transcript.numerics == ""


def test_a_record_of_this_format_that_lacks_a_field_is_damaged() -> None:
    whole = json.loads(to_json(samples.record()))
    lacking = {**whole, "content": _without(whole["content"], {"Record": {"cells"}})}

    with pytest.raises(RecordError, match="the fields of Record was expected"):
        from_json(json.dumps(lacking))


def _classes(kind: object, found: dict[str, list[str]]) -> None:
    """Collect every class that *kind* may hold, with its fields."""
    for inner in get_args(kind):
        _classes(inner, found)
    if isinstance(kind, type) and is_dataclass(kind) and kind.__name__ not in found:
        found[kind.__name__] = [field.name for field in fields(kind)]
        for hint in get_type_hints(kind).values():
            _classes(hint, found)


def test_every_field_of_a_record_belongs_to_its_version(golden: Golden) -> None:
    found: dict[str, list[str]] = {}

    _classes(Record, found)

    lines = [f"{name}: {', '.join(names)}" for name, names in sorted(found.items())]
    text = "\n".join([f"record {RECORD_VERSION}", *lines, ""])
    golden("export/record_fields.txt", text)


def test_a_record_of_an_older_format_says_to_grade_again() -> None:
    raw = json.dumps({"record": 0, "grader": "0.0.1", "content": {}})

    with pytest.raises(RecordTooOldError, match="grade"):
        from_json(raw)


def test_a_record_of_a_newer_format_says_which_grader_to_install() -> None:
    raw = json.dumps({"record": 99, "grader": "7.1", "content": {}})

    with pytest.raises(RecordTooNewError, match=r"install grader 7\.1"):
        from_json(raw)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00", id="not UTF-8"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b"[1]", id="a list"),
        pytest.param(b'{"record": true}', id="a version that is a truth value"),
        pytest.param(b'{"record": 1, "grader": "1", "content": NaN}', id="NaN"),
        pytest.param(b'{"record": 1, "record": 1}', id="a field twice"),
        pytest.param(b'{"record": 1, "grader": "1", "content": {}}', id="no fields"),
    ],
)
def test_a_damaged_record_is_told_of_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        from_json(raw)


def test_a_record_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be opened"):
        read_record(tmp_path / "gone.json")


def _paths(node: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner: list[tuple[object, object]] = []
    if isinstance(node, dict):
        inner = list(node.items())
    elif isinstance(node, list):
        inner = list(enumerate(node))
    return [path, *(p for key, child in inner for p in _paths(child, (*path, key)))]


RECORD = json.loads(to_json(samples.record()))
PATHS = [p for p in _paths(RECORD) if p]
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=4),
    st.just([]),
    st.just({"is": "Record"}),
    st.just({"is": "float", "name": []}),
    st.just({"is": "int", "hex": "zz"}),
)


@given(where=st.sampled_from(PATHS), what=junk)
def test_a_field_of_any_other_kind_never_crashes_the_reader(
    where: tuple[str | int, ...], what: object
) -> None:
    damaged = json.loads(json.dumps(RECORD))
    node = damaged
    for key in where[:-1]:
        node = node[key]
    node[where[-1]] = what

    try:
        from_json(json.dumps(damaged))
    except RecordError as error:
        assert error.mend  # noqa: PT017 - both ends are right, a crash is not
