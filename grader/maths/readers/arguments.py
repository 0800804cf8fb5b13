"""What stands in brackets after a function -> its arguments."""

from typing import Final

from grader.maths.readers.parser import Parser
from grader.maths.tree import Apply, Tree

CLOSER: Final = {"(": ")", "[": "]", "{": "}"}


def arguments_in_brackets(parser: Parser, closer: str = ")") -> list[Tree]:
    """Read `(a, b)`, `(x | z)` or `(p || q)` after a function."""
    opening = parser.advance()
    if parser.peek() == closer:
        parser.fail("an argument")
    found = _arguments(parser)
    end = parser.tokens[parser.at]
    if end.kind != closer:
        parser.fail(f"a closing bracket for the one at {opening.start + 1}", end)
    parser.at += 1
    return found


def _arguments(parser: Parser) -> list[Tree]:
    items = [parser.expression()]
    while True:
        kind = parser.peek()
        if kind in (",", ";"):
            parser.advance()
            items.append(parser.expression())
        elif kind == "parallel":
            parser.advance()
            return [*items, *_arguments(parser)]
        elif kind == "mid":
            parser.advance()
            return [Apply("given", (joined(items), joined(_arguments(parser))))]
        else:
            return items


def joined(items: list[Tree]) -> Tree:
    """Return several arguments as one tuple, and one as itself."""
    return items[0] if len(items) == 1 else Apply("tuple", tuple(items))
