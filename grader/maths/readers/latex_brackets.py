r"""What stands after `\left`, `\big`, `\begin` and `\end` -> tokens of a scan."""

import re
from typing import TYPE_CHECKING, Final

from grader.maths.readers import latex_words as tables
from grader.maths.readers.names import each

if TYPE_CHECKING:
    from grader.maths.readers.latex_tokens import LatexScan

_COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+|.|\n)")
_ENVIRONMENT: Final = re.compile(r"\s*\{([A-Za-z]+\*?)\}")
_COLUMNS: Final = re.compile(r"\s*(?:\[[^\]{}]*\])?\s*\{[^{}]*\}")
DELIMITERS: Final = frozenset(
    each("lvert rvert vert lbrack rbrack lgroup rgroup lbrace rbrace lVert rVert")
)


def _past_spaces(scan: "LatexScan", at: int) -> int:
    while at < scan.end and scan.text[at].isspace():
        at += 1
    return at


def _mark_after_size(scan: "LatexScan", at: int) -> str:
    """Return the bracket at *at*, even one that has lost the space after it."""
    match = _COMMAND.match(scan.text, at, scan.end)
    mark = match[0] if match is not None else scan.text[at : at + 1]
    lost = mark[0:1] == "\\" and mark[1:-1] in DELIMITERS
    return mark[:-1] if lost else mark


def read_delimiter(scan: "LatexScan", name: str, at: int, end: int) -> int:
    r"""Read the bracket after `\left`; a bar there has its direction already."""
    end = _past_spaces(scan, end)
    mark = _mark_after_size(scan, end)
    side = (
        "l" if name.endswith("left") or (name[-1] == "l" and name != "mleft") else "r"
    )
    directed = not name.endswith(("g", "m"))
    if side == "l":
        scan.lefts.append(mark)
    elif scan.lefts and scan.lefts.pop() == "." and mark in ("|", "\\vert"):
        return scan.add("at", mark, at, end + len(mark))
    if mark in ("|", "\\vert", "\\|", "\\Vert") and directed:
        kind = "bar" if mark in ("|", "\\vert") else "norm"
        return scan.add(side + kind, mark, at, end + len(mark))
    if mark == ".":
        return scan.add("nothing", ".", at, end + 1) if side == "r" else end + 1
    if mark == "{":
        scan.bracket("{")
        return scan.add("{", "{", at, end + 1)
    if mark == "}":
        scan.bracket("}")
        return scan.add("}", "}", at, end + 1)
    return end


def read_environment(scan: "LatexScan", name: str, at: int, end: int) -> int:
    r"""Read the name of an environment, where it begins or ends."""
    match = _ENVIRONMENT.match(scan.text, end)
    if match is None:
        raise scan.fail(end, "the name of an environment in braces")
    environment = match[1]
    known = tables.MATRICES | tables.CASES | tables.ALIGNED
    if environment not in known:
        raise scan.fail(at, "an environment of mathematics")
    end = match.end()
    if name == "end":
        if scan.environments:
            scan.environments.pop()
        if scan.brackets:
            scan.brackets.pop()
        return scan.add("end_env", environment, at, end)
    scan.environments.append(environment)
    scan.brackets.append("env")
    columns = _COLUMNS.match(scan.text, end)
    if columns is not None and environment in ("array", "alignedat"):
        end = columns.end()
    return scan.add("begin", environment, at, end)
