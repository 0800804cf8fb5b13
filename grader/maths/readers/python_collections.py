"""Python's tuples, lists and sets -> tree."""

from grader.maths.readers.parser import Parser, Token
from grader.maths.tree import Apply, Constant, Tree


def items_up_to(parser: Parser, closer: str, words: str) -> list[Tree]:
    """Read items with commas between them, and what closes them."""
    items: list[Tree] = []
    while parser.peek() != closer:
        items.append(parser.expression())
        if not parser.accept(","):
            break
    parser.expect(closer, words)
    return items


def group(parser: Parser, _token: Token) -> Tree:
    """Read `(x)` as x, and `(x, y)` as a tuple."""
    if parser.accept(")"):
        return Apply("tuple", ())
    first = parser.expression()
    if parser.accept(")"):
        return first
    parser.expect(",", "a closing bracket")
    return Apply("tuple", (first, *items_up_to(parser, ")", "a closing bracket")))


def square(parser: Parser, _token: Token) -> Tree:
    """Read `[x, y]`."""
    return Apply("list", tuple(items_up_to(parser, "]", "a closing bracket")))


def braces(parser: Parser, _token: Token) -> Tree:
    """Read `{x, y}`."""
    items = items_up_to(parser, "}", "a closing brace")
    return Apply("set", tuple(items)) if items else Constant("empty_set")
