"""A cell's text -> plain Python: magics, shell escapes and help become calls.

What parses as Python is left alone, so that nothing inside a string or a bracket is
mistaken for a magic; where it does not parse, the line that the parser stumbled over
is rewritten if it looks like one, and the text is parsed again.
"""

import ast
import re
import textwrap
from typing import Final

# a cell has a handful; each costs one more parse
_MOST_MAGICS: Final = 200

_LINE: Final = re.compile(
    r"(?P<indent>\s*)(?:(?P<target>[\w.,\s\[\]]+?)\s*=\s*)?"
    r"(?:%(?P<magic>[A-Za-z_]\w*)(?P<rest>[^\n]*)|(?P<bang>!)!?(?P<command>[^\n]*))"
)
_HELP: Final = re.compile(r"(?P<indent>\s*)\?{0,2}[\w.%*]+\?{0,2}\s*;?\s*")
_CELL: Final = re.compile(r"\s*%%(?P<magic>[A-Za-z_!]\w*)(?P<rest>[^\n]*)\n?")


def parse_cell(text: str, name: str) -> ast.Module:
    """Return the syntax tree of a cell, its magics turned into calls.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: it cannot be compiled.
    """
    try:
        return ast.parse(text, name)
    except SyntaxError:
        return ast.parse(to_python(text), name)


def to_python(text: str) -> str:
    """Return *text* with every magic turned into a call of `get_ipython()`.

    What is wrong for other reasons is returned as it is, for the compiler to refuse.
    """
    whole = _CELL.match(text)
    if whole is not None:
        words = whole["magic"], whole["rest"].strip(), text[whole.end() :]
        return "get_ipython().run_cell_magic({!r}, {!r}, {!r})".format(*words)
    lines = textwrap.dedent(text).splitlines()
    for _ in range(_MOST_MAGICS):
        wrong = _first_wrong_line("\n".join(lines))
        if wrong is None or not _rewrite(lines, wrong):
            break
    return "\n".join(lines) + "\n"


def _first_wrong_line(text: str) -> int | None:
    try:
        ast.parse(text)
    except SyntaxError as error:
        return (error.lineno or 1) - 1
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _rewrite(lines: list[str], wrong: int) -> bool:
    """Rewrite the magic at line *wrong*; False where there is none.

    A block that holds nothing but a magic is found wrong one line late.
    """
    for number in (wrong, wrong - 1):
        if not 0 <= number < len(lines):
            continue
        line = _rewritten(lines[number])
        if line is not None:
            lines[number] = line
            return True
    return False


def _rewritten(line: str) -> str | None:
    found = _LINE.fullmatch(line)
    if found is not None:
        start = found["indent"] + (f"{found['target']} = " if found["target"] else "")
        if found["bang"]:
            return f"{start}get_ipython().system({found['command'].strip()!r})"
        words = found["magic"], found["rest"].strip()
        return start + "get_ipython().run_line_magic({!r}, {!r})".format(*words)
    asked = _HELP.fullmatch(line)
    if asked is not None and "?" in line:
        return f"{asked['indent']}pass"
    return None
