"""Two recurrences -> both at the same places: `a_{n+1} = 2 a_n` is `a_n = 2 a_{n-1}`."""

from grader.maths.deciding.derivative import replaced
from grader.maths.deciding.families import with_families
from grader.maths.deciding.rewritings import Pair, parts, rewritten
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, number


def shifted(expected: Tree, given: Tree) -> Pair:
    """Return both with the given recurrence moved to the places of the expected one."""
    heads = [side.head if isinstance(side, Apply) else "" for side in (expected, given)]
    if heads != ["eq", "eq"]:
        return expected, given
    one, other = with_families(expected, given)
    places = _lowest(one), _lowest(other)
    if places[0] is None or places[1] is None or places[0][:2] != places[1][:2]:
        return expected, given
    name, step = places[0][1], places[0][2] - places[1][2]
    if not step:
        return expected, given
    moved = replaced(other, Symbol(name), _plus(name, step))
    return rewritten(one, _added_up), rewritten(moved, _added_up)


def _lowest(tree: Tree) -> tuple[str, str, int] | None:
    """Return the family, the letter and the step of the earliest member in *tree*."""
    found: list[tuple[str, str, int]] = []
    for part in parts(tree):
        match part:
            case Apply("index", (Symbol(family), place)):
                letters, step = _place(place)
                found.append((family, letters, step))
            case _:
                pass
    families = {each[:2] for each in found}
    if len(families) != 1 or not found[0][1]:
        return None
    return min(found, key=lambda each: each[2])


def _place(tree: Tree) -> tuple[str, int]:
    match tree:
        case Symbol(name):
            return name, 0
        case Apply("add", (Symbol(name), Number(n))) if n.denominator == 1:
            return name, int(n)
        case Apply("add", (Symbol(name), Apply("neg", (Number(n),)))):
            return name, -int(n)
        case _:
            return "", 0


def _added_up(tree: Tree) -> Tree | None:
    """Return `n + 1 + 1` as `n + 2`."""
    match tree:
        case Apply("add", (Apply("add", _) as inner, Number(more))):
            name, step = _place(inner)
            total = step + int(more) if more.denominator == 1 else None
        case Apply("add", (Apply("add", _) as inner, Apply("neg", (Number(less),)))):
            name, step = _place(inner)
            total = step - int(less) if less.denominator == 1 else None
        case _:
            return None
    if not name or total is None:
        return None
    return _plus(name, total) if total else Symbol(name)


def _plus(name: str, step: int) -> Tree:
    size = number(abs(step))
    return apply("add", Symbol(name), size if step > 0 else apply("neg", size))
