import json
from typing import Any

import pytest

from grader.errors import SubmissionError
from grader.load.notebook import (
    DEEPEST_NESTING,
    LARGEST_CODE_BYTES,
    LARGEST_NOTEBOOK_BYTES,
    MOST_CELLS,
    MOST_QUOTES,
    MOST_VALUES,
    read_notebook,
)
from grader.model.submission import BlockKind


def notebook(*cells: object, **more: object) -> bytes:
    return json.dumps({"nbformat": 4, "cells": list(cells), **more}).encode()


def code(source: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source}


def test_cells_are_taken_in_order_with_their_labels() -> None:
    content = notebook(
        code("a = 1"), {"cell_type": "markdown", "source": "# A"}, code("b")
    )

    blocks, version = read_notebook(content, name="hw.ipynb")

    assert [(b.label, b.kind, b.text) for b in blocks] == [
        ("cell 1", BlockKind.CODE, "a = 1"),
        ("cell 2", BlockKind.TEXT, "# A"),
        ("cell 3", BlockKind.CODE, "b"),
    ]
    assert version == 4


def test_lines_of_a_source_are_joined() -> None:
    blocks, _ = read_notebook(notebook(code(["a = 1\n", "b = 2"])), name="hw.ipynb")

    assert blocks[0].text == "a = 1\nb = 2"


def test_format_3_keeps_its_cells_in_worksheets() -> None:
    content = json.dumps(
        {
            "nbformat": 3,
            "worksheets": [
                {
                    "cells": [
                        {"cell_type": "heading", "level": 1, "source": "Homework"},
                        {"cell_type": "code", "input": ["x = 1"], "outputs": []},
                    ]
                }
            ],
        }
    ).encode()

    blocks, version = read_notebook(content, name="hw.ipynb")

    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TEXT, "Homework"),
        (BlockKind.CODE, "x = 1"),
    ]
    assert version == 3


def test_raw_cells_and_unknown_ones_keep_their_number() -> None:
    content = notebook(
        {"cell_type": "raw", "source": "r"}, {"cell_type": "x"}, code("y")
    )

    blocks, _ = read_notebook(content, name="hw.ipynb")

    assert [block.label for block in blocks] == ["cell 3"]


def test_outputs_and_metadata_are_not_looked_at() -> None:
    cell = {**code("x"), "outputs": {"a": [float("nan")]}, "metadata": "none"}

    blocks, _ = read_notebook(notebook(cell, metadata=[1]), name="hw.ipynb")

    assert [block.text for block in blocks] == ["x"]


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    content = rb'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a\ud800"}]}'

    blocks, _ = read_notebook(content, name="hw.ipynb")

    assert blocks[0].text == "a?"


def test_brackets_in_strings_are_not_nesting() -> None:
    source = '"[' * DEEPEST_NESTING + "\\" * 7

    blocks, _ = read_notebook(notebook(code(source)), name="hw.ipynb")

    assert blocks[0].text == source


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \n", "the file is empty", id="blank"),
        pytest.param(b"print(1)", "not a notebook.*not JSON", id="a module"),
        pytest.param(b"\x89PNG\r\n", "not a notebook", id="a picture"),
        pytest.param('{"cells": []}'.encode("utf-16"), "not UTF-8|not JSON", id="UTF-16"),
        pytest.param(b"[]", "no JSON object", id="a list"),
        pytest.param(b"1", "no JSON object", id="a number"),
        pytest.param(b'{"nbformat": 4}', "no list of cells", id="no cells"),
        pytest.param(b'{"nbformat": 4, "cells": {}}', "no list of cells", id="mapping"),
        pytest.param(notebook("x"), "cell 1 is no JSON object", id="cell is a word"),
        pytest.param(notebook(code(5)), "source is no text", id="source is a number"),
        pytest.param(notebook(code(["a", 5])), "source is no text", id="line is a number"),
        pytest.param(b'{"nbformat": 2, "cells": []}', "formats 3 and 4", id="format 2"),
        pytest.param(b'{"nbformat": [4]}', "formats 3 and 4", id="format is a list"),
        pytest.param(b'{"nbformat": 3, "worksheets": 1}', "no list", id="worksheets"),
        pytest.param(b'{"nbformat": 3, "worksheets": [1]}', "no list of", id="worksheet"),
        pytest.param(b"[" * 10**6, "nested deeper", id="deep"),
        pytest.param(b'{"a":' * 10**5, "nested deeper", id="deep mappings"),
        pytest.param(b"[" + b"0," * (MOST_VALUES + 1), "too large", id="many numbers"),
        pytest.param(b'"",' * (MOST_QUOTES // 2 + 1), "too large", id="many strings"),
        pytest.param(b'"' + b'\\"' * 10**6, "not JSON", id="string that never ends"),
        pytest.param(notebook(*[code("")] * (MOST_CELLS + 1)), "cells", id="many cells"),
        pytest.param(
            notebook(code("x" * (LARGEST_CODE_BYTES + 1))), "too large", id="long cell"
        ),
        pytest.param(
            b" " * LARGEST_NOTEBOOK_BYTES + b"1", "MiB", id="longer than any notebook"
        ),
        pytest.param(b'{"nbformat": ' + b"9" * 5000 + b"}", "not JSON", id="long number"),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_told_to_the_student(content: bytes, what: str) -> None:
    with pytest.raises(SubmissionError, match=what) as caught:
        read_notebook(content, name="hw.ipynb")

    assert caught.value.where.startswith("hw.ipynb")
    assert caught.value.mend


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("%matplotlib inline\n!ls\n%%time", id="magics"),
        pytest.param("def f(:", id="no Python"),
        pytest.param("é ∂ 𝒩", id="letters of all sorts"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_cell_is_taken_as_it_stands(source: str) -> None:
    cell: Any = code(source)

    blocks, _ = read_notebook(notebook(cell), name="hw.ipynb")

    assert blocks[0].text == source
