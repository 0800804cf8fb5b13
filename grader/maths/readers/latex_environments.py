"""Environments of LaTeX -> tree: matrices, cases, systems, aligned lines."""

from typing import Final

from grader.maths.readers import latex_words as tables
from grader.maths.readers.assertions import is_statement, relation_of, sides_of
from grader.maths.readers.brackets import braces
from grader.maths.readers.parser import POWER, Parser, Token
from grader.maths.tree import Apply, Tree

_PAIR: Final = 2


def set_braces(parser: Parser, token: Token) -> Tree:
    r"""Read `\{…\}`, and `\left\{` before cases or a system without its right half."""
    if parser.peek() == "begin":
        at = parser.at
        tree = parser.expression(POWER)
        if parser.accept("nothing"):
            return _open_system(tree)
        parser.at = at
    return braces(parser, token)


def _open_system(tree: Tree) -> Tree:
    match tree:
        case Apply("matrix", rows):
            cells = [row.args for row in rows if isinstance(row, Apply)]
            if all(len(row) == 1 for row in cells):
                return Apply("and", tuple(row[0] for row in cells))
            return Apply("cases", tuple(Apply("tuple", row[:_PAIR]) for row in cells))
        case _:
            return tree


def environment(parser: Parser, token: Token) -> Tree:
    """Read a matrix, cases or aligned lines."""
    name = token.value
    if name in tables.ALIGNED:
        return _aligned(parser, token)
    rows = _rows(parser, cases=name in tables.CASES)
    _end(parser, token)
    if name in tables.CASES:
        return _cases(parser, rows, token)
    if len({len(row) for row in rows}) > 1:
        parser.fail("rows of the same length", token)
    if name == "array" and all(len(row) == 1 and is_statement(row[0]) for row in rows):
        return Apply("and", tuple(row[0] for row in rows))
    matrix = Apply("matrix", tuple(Apply("row", tuple(row)) for row in rows))
    if name == "vmatrix":
        return Apply("det", (matrix,))
    return Apply("norm", (matrix,)) if name == "Vmatrix" else matrix


def _end(parser: Parser, token: Token) -> None:
    ending = parser.expect("end_env", "the end of the environment")
    if ending.value != token.value:
        parser.fail(f"\\end{{{token.value}}}", ending)


def _rows(parser: Parser, *, cases: bool) -> list[list[Tree]]:
    rows: list[list[Tree]] = []
    while parser.peek() != "end_env":
        row = [parser.expression()]
        while parser.peek() in ("&", ",") and (cases or parser.peek() == "&"):
            comma = parser.advance().kind == ","
            if comma and parser.accept("&"):
                pass
            if cases and parser.accept("if"):
                pass
            if cases and parser.accept("otherwise"):
                break
            if parser.peek() in ("newline", "end_env"):
                break
            row.append(parser.expression())
        parser.accept(".")
        rows.append(row)
        if not parser.accept("newline"):
            break
    return rows


def _cases(parser: Parser, rows: list[list[Tree]], token: Token) -> Tree:
    if not rows:
        parser.fail("at least one case", token)
    if all(len(row) == 1 and is_statement(row[0]) for row in rows):
        return Apply("and", tuple(row[0] for row in rows))
    if any(len(row) > _PAIR for row in rows):
        parser.fail("one condition for each case", token)
    return Apply("cases", tuple(Apply("tuple", tuple(row)) for row in rows))


def _aligned(parser: Parser, token: Token) -> Tree:
    lines: list[Tree] = []
    while parser.peek() != "end_env":
        while parser.accept("newline"):
            pass
        if parser.peek() == "end_env":
            break
        lines.append(_line(parser))
        while parser.peek() in (",", ".", ";"):
            parser.advance()
        if parser.peek() not in ("newline", "end_env"):
            parser.fail("an operator or the end of the line")
    _end(parser, token)
    if not lines:
        parser.fail("at least one line", token)
    if len(lines) == 1:
        return lines[0]
    head = "and" if all(is_statement(line) for line in lines) else "listing"
    return Apply(head, tuple(lines))


def _line(parser: Parser) -> Tree:
    """Read one line, and the lines after it that go on with a relation or a sign."""
    tree = parser.expression()
    while parser.peek() == "newline":
        after = parser.tokens[parser.at + 1].kind
        if after not in ("rel", "+", "*", "/"):
            break
        parser.advance()
        *before, last = sides_of(tree)
        tree = relation_of([*before, *sides_of(parser.continued(last))])
    return tree
