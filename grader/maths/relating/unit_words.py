"""An answer with a unit beside one without -> the number alone.

Only where a question is lenient, and only for units that no letter could be.
"""

from grader.maths.forms.written import factors_of
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, symbols_of


def without_unit(tree: Tree, other: Tree) -> Tree:
    """Return *tree* without the unit behind it, if *other* has none."""
    if isinstance(tree, Apply) and tree.head == "quantity":
        unlike = not (isinstance(other, Apply) and other.head == "quantity")
        return tree.args[0] if unlike else tree
    if isinstance(tree, Apply) and tree.head == "degrees":
        return tree.args[0] if isinstance(other, Number) else tree
    if not (isinstance(tree, Apply) and tree.head in {"mul", "div"}):
        return tree
    names = symbols_of(tree)
    if symbols_of(other) or not names or not _are_units(names):
        return tree
    number: Tree | None = None
    for factor, side in factors_of(tree):
        if _is_unit(factor):
            continue
        if symbols_of(factor) or (number is None and side < 0):
            return tree
        head = "mul" if side > 0 else "div"
        number = factor if number is None else apply(head, number, factor)
    return tree if number is None else number


def _is_unit(tree: Tree) -> bool:
    match tree:
        case Symbol() | Apply("pow", (Symbol(), Number())):
            return True
        case _:
            return False


def _are_units(names: frozenset[str] | set[str]) -> bool:
    """Return whether all are units, and one of them too long for a letter."""
    from grader.maths.questions.units import units  # noqa: PLC0415  few answers have units

    return all(name in units() for name in names) and max(map(len, names)) > 1
