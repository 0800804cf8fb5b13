"""An exponent -> what of it is a number: a rational, terms, a whole factor."""

from grader.maths.tree import Apply, Number, Tree


def rational(tree: Tree) -> tuple[int, int] | None:
    """Return numerator and denominator of a rational as written."""
    match tree:
        case Number(value):
            return value.numerator, value.denominator
        case Apply("neg", (inner,)):
            inside = rational(inner)
            return None if inside is None else (-inside[0], inside[1])
        case Apply("div", (Number(above), Number(below))) if below != 0:
            value = above / below
            return value.numerator, value.denominator
        case _:
            return None


def terms_of(tree: Tree, count: int) -> list[tuple[int, Tree]]:
    """Return the terms of a sum, each with its sign times *count*."""
    match tree:
        case Apply("add", args):
            return [term for arg in args for term in terms_of(arg, count)]
        case Apply("neg", (inner,)):
            return terms_of(inner, -count)
        case _:
            return [(count, tree)]


def whole_factor(tree: Tree) -> int:
    """Return the integer that a term begins with, or 1."""
    match tree:
        case Number(value) if value.numerator != 0:
            return value.numerator
        case Apply("mul", (Number(value), *_)) if value.numerator != 0:
            return value.numerator
        case Apply("div", (above, _)):
            return whole_factor(above)
        case _:
            return 1
