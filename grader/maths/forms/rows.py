"""A list of lists -> the matrix with these rows."""

from grader.maths.tree import Apply, Tree


def as_matrix(tree: Tree) -> Tree:
    """Return a list of lists of one length as the matrix with these rows."""
    match tree:
        case Apply("list", lists) if _are_rows(lists):
            return Apply("matrix", tuple(Apply("row", r.args) for r in lists))  # type: ignore[union-attr]  # they are lists
        case _:
            return tree


def _are_rows(lists: tuple[Tree, ...]) -> bool:
    lengths = {
        len(each.args) if isinstance(each, Apply) and each.head == "list" else 0
        for each in lists
    }
    return len(lengths) == 1 and lengths != {0}
