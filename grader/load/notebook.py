"""Bytes of a notebook -> its cells of code and of text, in their order.

A strict walk over the JSON of formats 3 and 4: cell sources are taken and nothing else
is looked at, neither outputs nor metadata. (nbformat would do the same for format 3,
and costs 0.2 s at import.)
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from grader.errors import SubmissionError
from grader.model.submission import Block, BlockKind

LARGEST_NOTEBOOK_BYTES: Final = (
    64 << 20
)  # figures are stored in it, some megabytes each
OLD_FORMAT: Final = 3
NEW_FORMAT: Final = 4
DEEPEST_NESTING: Final = 200  # Jupyter writes about 12; the JSON parser recurses
MOST_VALUES: Final = 2_000_000  # an interactive figure may hold a million numbers
MOST_QUOTES: Final = 2 * MOST_VALUES
MOST_CELLS: Final = 5000
LARGEST_CODE_BYTES: Final = 4 << 20  # all cells together; what people write has 50 kB

_KINDS: Final = {
    "code": BlockKind.CODE,
    "markdown": BlockKind.TEXT,
    "raw": None,
    "heading": BlockKind.TEXT,  # format 3
    "html": None,  # format 3
}
# the closing quote is optional so that no text makes the search start over
_STRINGS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_ALL_BUT_BRACKETS: Final = bytes(set(range(256)) - set(b"[{}]"))


def read_notebook(content: bytes, *, name: str) -> tuple[tuple[Block, ...], int]:
    """Take the cells out of a notebook, and the number of its format.

    Raises:
        SubmissionError: it is no notebook, or larger than any that people write.
    """
    tree = _json(content, name)
    if not isinstance(tree, dict):
        _refuse(name, "its top level is no JSON object")
    version = tree.get("nbformat", NEW_FORMAT)
    blocks = tuple(_blocks(_cells(tree, version, name), name))
    if sum(len(block.text) for block in blocks) > LARGEST_CODE_BYTES:
        _too_large(name, f"its cells hold more than {LARGEST_CODE_BYTES >> 20} MiB")
    return blocks, OLD_FORMAT if version == OLD_FORMAT else NEW_FORMAT


def _json(content: bytes, name: str) -> object:
    if len(content) > LARGEST_NOTEBOOK_BYTES:
        _too_large(name, f"it has more than {LARGEST_NOTEBOOK_BYTES >> 20} MiB")
    if not content.strip():
        raise SubmissionError(
            name, "the file is empty", "save the notebook and hand that file in"
        )
    if content.count(b'"') > MOST_QUOTES:
        _too_large(name, f"it holds more than {MOST_QUOTES // 2} strings")
    _check_size(_STRINGS.sub(b"", content), name)
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        _refuse(name, "it is not UTF-8 text", error)
    except (ValueError, RecursionError) as error:
        _refuse(name, "it is not JSON", error)


def _check_size(skeleton: bytes, name: str) -> None:
    """Refuse what the JSON parser would spend gigabytes or its stack on."""
    if skeleton.count(b",") > MOST_VALUES or skeleton.count(b"[") > MOST_VALUES:
        _too_large(name, f"it holds more than {MOST_VALUES} values")
    depth = 0
    for bracket in skeleton.translate(None, _ALL_BUT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST_NESTING:
            _refuse(name, f"it is nested deeper than {DEEPEST_NESTING} levels")


def _cells(tree: dict[str, Any], version: object, name: str) -> list[Any]:
    if version == OLD_FORMAT:
        sheets = tree.get("worksheets", [])
        if not isinstance(sheets, list):
            _refuse(name, "its worksheets are no list")
        cells = [cell for sheet in sheets for cell in _list(sheet, "cells", name)]
    elif version == NEW_FORMAT:
        cells = _list(tree, "cells", name)
    else:
        raise SubmissionError(
            name,
            f"its notebook format is {str(version)[:20]}; formats 3 and 4 are read",
            "open it in Jupyter, save it, and hand that file in",
        )
    if len(cells) > MOST_CELLS:
        _too_large(name, f"it has more than {MOST_CELLS} cells")
    return cells


def _list(tree: object, key: str, name: str) -> list[Any]:
    found = tree.get(key) if isinstance(tree, dict) else None
    if not isinstance(found, list):
        _refuse(name, f"it has no list of {key}")
    return found


def _blocks(cells: list[Any], name: str) -> Iterator[Block]:
    """Label each cell by its place among all, as Jupyter shows it: `cell 3`."""
    for number, cell in enumerate(cells, 1):
        label = f"cell {number}"
        if not isinstance(cell, dict):
            _refuse(name, f"{label} is no JSON object")
        kind = _KINDS.get(str(cell.get("cell_type")))
        if kind is not None:
            text = _text(cell, f"{name}, {label}")
            yield Block(label=label, kind=kind, text=text)


def _text(cell: dict[str, Any], where: str) -> str:
    """Take a cell's source: `source`, or `input` in format 3; a string or its lines."""
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        _refuse(where, "its source is no text")
    return "".join(lines).encode("utf-8", "replace").decode("utf-8")


def _refuse(where: str, what: str, cause: Exception | None = None) -> NoReturn:
    raise SubmissionError(
        where,
        f"this is not a notebook that Jupyter could have saved: {what}",
        "open it in Jupyter, save it, and hand that file in",
    ) from cause


def _too_large(where: str, what: str) -> NoReturn:
    raise SubmissionError(
        where,
        f"the notebook is too large: {what}",
        "clear its outputs (Kernel, Restart and clear), save it, and hand that in",
    )
