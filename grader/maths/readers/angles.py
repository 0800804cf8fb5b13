"""`∠ABC` -> a name, the same from either side; `5 ∠ 30°` -> a complex number."""

from typing import Final

from grader.maths.readers.parser import PRODUCT, Parser, Token
from grader.maths.tree import Apply, Constant, Symbol, Tree

_POINTS: Final = 3


def named_angle(parser: Parser, token: Token) -> Tree:
    """Read the angle at one point, or between three."""
    braced = parser.accept("{{")
    points = ""
    while parser.peek() == "name" and len(points) < _POINTS:
        point = parser.tokens[parser.at].value
        if not (len(point) == 1 and point.isupper()):
            break
        points += point
        parser.advance()
    if len(points) not in (1, _POINTS):
        parser.fail("one point or three after the sign of an angle", token)
    if braced:
        parser.expect("}}", "a closing brace")
    return Symbol(f"angle_{min(points, points[::-1])}")


def phasor(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a size and a phase, whose unit must be told: degrees, or parts of pi."""
    size = parser.value(left, token)
    phase = parser.value(parser.expression(PRODUCT), token)
    if not _has_unit(phase):
        parser.fail("degrees, or radians as a multiple of pi, after this sign", token)
    turned = Apply("exp", (Apply("mul", (Constant("i"), phase)),))
    return Apply("mul", (size, turned))


def _has_unit(phase: Tree) -> bool:
    match phase:
        case Constant("pi") | Symbol() | Apply("degrees"):
            return True
        case Apply("neg" | "mul" | "div" | "add", args):
            return any(map(_has_unit, args))
        case _:
            return False
