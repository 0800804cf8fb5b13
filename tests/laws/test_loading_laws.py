"""Whatever is handed in or written, reading it ends in a value or an error of ours."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import GraderError, RubricFaults
from grader.load.archive import list_archive, read_archive
from grader.load.handed import Handed, load_handed
from grader.load.identity import assign_ids, look_alikes
from grader.load.intake import find_submissions
from grader.load.module import read_module
from grader.load.notebook import read_notebook
from grader.load.platforms import recognise
from grader.load.roster import read_roster
from grader.load.sheet import read_sheet
from grader.rubric.reader import read_rubric
from grader.yaml.document import read_foreign_yaml, read_yaml
from grader.yaml.path import Plain
from tests.load.archives import put, zipped
from tests.rubric.sample import RUBRIC

words = st.text(max_size=20)
numbers = (
    st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)
    | st.booleans()
    | st.none()
)
plain: st.SearchStrategy[Any] = st.recursive(
    words | numbers,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4)
    ),
    max_leaves=20,
)
letters = st.text("abé_- .()", min_size=1, max_size=12).filter(str.strip)
names = st.text(min_size=1, max_size=30)
yaml_like = st.text("ab:-[]{}(),&*!|>'\"#%\n\t \\?0129._~<", max_size=120)


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as path:
        yield Path(path)


@contextmanager
def ours_or_none() -> Iterator[None]:
    """Let errors of ours pass if they say where, what, and how to mend it."""
    try:
        yield
    except GraderError as error:
        assert error.where  # noqa: PT017 - that there may be none is the law
        assert error.what  # noqa: PT017 - as above
        assert error.mend  # noqa: PT017 - as above


@given(content=st.binary(max_size=200) | yaml_like.map(str.encode))
def test_any_bytes_as_yaml_are_read_or_refused(content: bytes) -> None:
    with ours_or_none():
        read_yaml(content, name="r.yaml")


@given(content=st.binary(max_size=200) | yaml_like.map(str.encode))
def test_any_bytes_as_an_export_are_read_or_refused(content: bytes) -> None:
    with ours_or_none():
        read_foreign_yaml(content, name="m.yml")


@given(value=plain)
def test_what_is_written_as_json_is_read_from_yaml(value: Plain) -> None:
    text = (
        yaml.safe_dump(value, default_style="'") if value == "" else json.dumps(value)
    )

    with ours_or_none():
        assert read_yaml(text.encode(), name="r.yaml").value == value


@given(value=st.lists(st.dictionaries(letters, letters | st.integers(), max_size=3)))
def test_what_single_quotes_hold_is_read_back(value: list[dict[str, Any]]) -> None:
    text = yaml.safe_dump(value, default_style="'", allow_unicode=True, width=10**6)

    read = read_yaml(text.replace("!!int ", "").encode(), name="r.yaml").value

    assert read == [{k: str(v) for k, v in entry.items()} for entry in value]


@given(value=plain)
def test_any_value_as_a_rubric_is_faulted(value: Plain) -> None:
    with folder() as place:
        path = place / "r.yaml"
        path.write_text(json.dumps(value), encoding="utf-8")

        with pytest.raises(RubricFaults, match="to mend it"):
            read_rubric(path)


@given(line=st.integers(0, RUBRIC.count("\n") - 1), text=yaml_like, cut=st.booleans())
def test_a_rubric_with_a_line_spoilt_is_read_or_faulted(
    line: int, text: str, *, cut: bool
) -> None:
    lines = RUBRIC.splitlines()
    lines[line] = text if cut else lines[line] + text
    with folder() as place, ours_or_none():
        path = place / "r.yaml"
        path.write_text("\n".join(lines), encoding="utf-8")

        read_rubric(path)


@given(content=st.binary(max_size=300))
def test_any_bytes_as_a_submission_are_read_or_refused(content: bytes) -> None:
    for read in (read_notebook, read_module, read_sheet):
        with ours_or_none():
            read(content, name="hw")
    with ours_or_none():
        list_archive(io.BytesIO(content), name="hw.zip")


@given(value=plain)
def test_any_json_as_a_notebook_is_read_or_refused(value: Plain) -> None:
    with ours_or_none():
        read_notebook(json.dumps(value).encode(), name="hw.ipynb")


@given(cells=plain, version=st.sampled_from([3, 4]) | plain)
def test_any_cells_of_a_notebook_are_read_or_refused(
    cells: Plain, version: Plain
) -> None:
    tree = {
        "nbformat": version,
        "cells": [{"cell_type": "code", "source": cells}, cells],
        "worksheets": [{"cells": [{"cell_type": "code", "input": cells}]}, cells],
    }

    with ours_or_none():
        read_notebook(json.dumps(tree).encode(), name="hw.ipynb")


@given(sources=st.lists(st.text(), max_size=6))
def test_what_a_notebook_holds_comes_out(sources: list[str]) -> None:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    content = json.dumps({"nbformat": 4, "cells": cells}).encode()

    blocks, _ = read_notebook(content, name="hw.ipynb")

    assert [block.text for block in blocks] == sources


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff")))
def test_what_a_module_holds_comes_out(text: str) -> None:
    with ours_or_none():
        assert read_module(text.encode(), name="hw.py") == text


@given(files=st.dictionaries(names, st.binary(max_size=50), max_size=5))
@settings(max_examples=30)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_any_names_in_a_zip_are_read_or_refused(files: dict[str, bytes]) -> None:
    with ours_or_none():
        content = zipped(
            (name.encode("utf-8", "replace").decode(), body)
            for name, body in files.items()
            if not name.startswith("\0")  # which Python itself writes no zip of
        )
        for entry in read_archive(io.BytesIO(content), name="hw.zip"):
            entry.read()
            assert ".." not in entry.name.split("/")
            assert not entry.name.startswith("/")


@given(place=st.integers(0, 10**6), byte=st.integers(0, 255), data=st.data())
def test_a_zip_with_a_byte_spoilt_is_read_or_refused(
    place: int, byte: int, data: st.DataObject
) -> None:
    content = bytearray(zipped([("hw/a.py", b"x = 1"), ("hw/b.csv", b"1,2" * 99)]))
    content[place % len(content)] = byte
    cut = data.draw(st.integers(0, 20))

    with ours_or_none():
        spoilt = bytes(content[: len(content) - cut])
        for entry in read_archive(io.BytesIO(spoilt), name="hw.zip"):
            entry.read()


@given(called=st.lists(names, max_size=8))
def test_ids_are_unique_safe_and_the_same_again(called: list[str]) -> None:
    ids = assign_ids(called, apart=called)

    assert len(set(ids)) == len(called)
    assert ids == assign_ids(called, apart=called)
    for word in ids:
        assert word.isascii()
        assert word.replace("-", "").replace("_", "").isalnum()


@given(called=st.lists(names, max_size=6, unique=True), seed=st.randoms())
def test_an_id_does_not_depend_on_the_order_of_others(
    called: list[str], seed: Random
) -> None:
    shuffled = list(called)
    seed.shuffle(shuffled)

    before = dict(zip(called, assign_ids(called, apart=called), strict=True))
    after = dict(zip(shuffled, assign_ids(shuffled, apart=shuffled), strict=True))

    assert before == after


@given(called=st.lists(names, max_size=6, unique=True))
def test_names_that_differ_in_case_alone_look_alike(called: list[str]) -> None:
    upper = [name.upper() for name in called if name.upper() != name]

    alike = look_alikes([*called, *upper])

    kept = {
        n for n in called if n.upper() != n and n.upper().casefold() == n.casefold()
    }
    assert kept <= alike


@given(listed=st.lists(names, max_size=8))
def test_any_names_are_a_platforms_or_not(listed: list[str]) -> None:
    owned = recognise(listed)

    inside = [member.inside for each in owned for member in each.members]
    assert set(inside) <= set(listed)


file_names = st.from_regex(
    r"(ada|bo|submission_1|[a-zé ]{1,5}_\d_assignsubmission_file)?/?"
    r"[a-z]{0,4}(_\d+_\d+_hw)?\.(ipynb|py|md|zip|csv)",
    fullmatch=True,
).filter(lambda name: not name.startswith("/"))


@given(
    files=st.dictionaries(file_names, st.binary(max_size=40), min_size=1, max_size=6)
)
@settings(max_examples=40)
def test_every_submission_in_a_folder_is_loaded_or_refused_alone(
    files: dict[str, bytes],
) -> None:
    with folder() as place:
        put(place, files.items())
        found: tuple[Handed, ...] = ()
        with ours_or_none():
            found = find_submissions([place])
        for handed in found:
            with ours_or_none():
                load_handed(handed)


@given(
    rows=st.lists(st.lists(words, max_size=4), max_size=6),
    separator=st.sampled_from(",;"),
)
def test_any_table_as_a_roster_is_read_or_faulted(
    rows: list[list[str]], separator: str
) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows([["id", "extension"], *rows])
    with folder() as place, ours_or_none():
        path = place / "roster.csv"
        path.write_bytes(buffer.getvalue().encode("utf-8", "replace"))

        enrolled = read_roster(path)

        assert len({student.id for student in enrolled}) == len(enrolled)


@given(name=names)
def test_no_id_holds_a_sign_that_a_terminal_would_obey(name: str) -> None:
    (word,) = assign_ids([name], apart=[name])

    assert all(unicodedata.category(sign) in {"Ll", "Nd", "Pd", "Pc"} for sign in word)
