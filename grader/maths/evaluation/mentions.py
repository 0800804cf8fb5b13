"""Trees about chance -> the names in them: densities and their axes, variables."""

from collections.abc import Iterator, Sequence
from typing import Final

from grader.maths.tree import Apply, Constant, Symbol, Tree

DIVERGENCES: Final = frozenset({"kl", "js", "tv"})
USUAL_DENSITIES: Final = frozenset({"p", "q"})
USUAL_VARIABLES: Final = frozenset("xyzuvwhrst") | {"epsilon", "xi"}
"""Small letters that are random under an expectation with no capital in it."""


def nodes_of(tree: Tree) -> Iterator[Apply]:
    """Yield every node of *tree* that has arguments."""
    if isinstance(tree, Apply):
        yield tree
        for arg in tree.args:
            yield from nodes_of(arg)


def densities_in(nodes: Sequence[Apply]) -> frozenset[str]:
    """Return the names that are used as densities."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Apply("call", (Symbol(name), Apply("given", _))):
                found.add(name)
            case Apply("call", (Symbol(name), *_)):
                if is_density_name(name):
                    found.add(name)
            case Apply("expectation", (_, *laws)):
                found.update(_named_laws(laws))
            case Apply(head, args) if head in DIVERGENCES:
                found.update(arg.name for arg in args if isinstance(arg, Symbol))
                found.update(
                    name
                    for arg in args
                    for name in _names(arg)
                    if is_density_name(name)
                )
            case _:
                pass
    return frozenset(found)


def is_density_name(name: str) -> bool:
    """Return whether a name looks like a density: `p`, `q`, `p_data`."""
    return name.split("_", maxsplit=1)[0] in USUAL_DENSITIES


def _named_laws(laws: Sequence[Tree]) -> Iterator[str]:
    for law in laws:
        match law:
            case Apply("tuple", (Symbol(), Symbol(name))):
                yield name
            case _:
                pass


def sums_density(nodes: Sequence[Apply], densities: frozenset[str]) -> bool:
    """Return whether a density is summed or integrated over all its values."""
    for node in nodes:
        if node.head in {"integral", "sum"} and any(map(is_unlimited, node.args[1:])):
            inner = [each for each in nodes_of(node.args[0]) if each.head == "call"]
            if any(_callee(each) in densities for each in inner):
                return True
    return False


def is_unlimited(binder: Tree) -> bool:
    """Return whether a sum or integral runs over all values there are."""
    match binder:
        case Apply("tuple", (Symbol(),)):
            return True
        case Apply("tuple", (Symbol(), Apply("neg", (Constant("oo"),)), high)):
            return high == Constant("oo")
        case _:
            return False


def _callee(node: Apply) -> str:
    return node.args[0].name if isinstance(node.args[0], Symbol) else ""


def axes_in(name: str, nodes: Sequence[Apply]) -> tuple[str, ...]:
    """Return the variables of a density; one that has a single argument has one axis.

    That axis has no name, so that `p(x)` and `p(y)` are the same density.
    """
    axes: set[str] = set()
    joint = False
    for node in nodes:
        if node.head == "call" and _callee(node) == name:
            names = axes_of(node.args[1:])
            joint = joint or len(names) > 1
            axes.update(names)
    return tuple(sorted(axes)) if joint else ("",)


def called_with(densities: frozenset[str], nodes: Sequence[Apply]) -> frozenset[str]:
    """Return the variables that densities are called with."""
    return frozenset(
        axis
        for node in nodes
        if node.head == "call" and _callee(node) in densities
        for axis in axes_of(node.args[1:])
    )


def axes_of(args: Sequence[Tree]) -> tuple[str, ...]:
    """Return the variables that a density is called with, before and after the bar."""
    return tuple(axis for part in split(args) for axis, _ in part)


def split(
    args: Sequence[Tree],
) -> tuple[list[tuple[str, Tree]], list[tuple[str, Tree]]]:
    """Return the arguments before and after the bar, each with its variable."""
    before: list[Tree] = []
    after: list[Tree] = []
    for arg in args:
        match arg:
            case Apply("given", (left, right)):
                before.extend(_listed(left))
                after.extend(_listed(right))
            case _:
                (after or before).append(arg)
    return [(_axis(a), a) for a in before], [(_axis(a), a) for a in after]


def _listed(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Apply("tuple" | "and" | "list", args):
            return args
        case _:
            return (tree,)


def _axis(tree: Tree) -> str:
    """Return the variable that an argument stands for: `x` for `x_i` too."""
    match tree:
        case Symbol(name):
            return name.split("_")[0].rstrip("'")
        case Apply("index", (Symbol(name), *_)):
            return name
        case _:
            return ""


def variables_in(node: Apply) -> Iterator[str]:
    """Yield the random variables that the arguments of a head without a law name."""
    if node.head == "expectation" and len(node.args) > 1:
        return
    if node.head in {"expectation", "variance", "covariance"}:
        yield from _random_names(node.args)
    elif node.head in {"mutual_information", "entropy", "probability"}:
        yield from (
            name for arg in node.args for name in _names(arg) if name[0].isupper()
        )
    elif node.head == "call" and _callee(node) == "H":
        yield from (name for arg in node.args[1:] for name in _names(arg))


def _random_names(args: Sequence[Tree]) -> Iterator[str]:
    names = {name for arg in args for name in _names(arg)}
    capitals = {name for name in names if name[:1].isupper()}
    yield from capitals or (
        name for name in names if name.split("_")[0] in USUAL_VARIABLES
    )


def _names(tree: Tree) -> Iterator[str]:
    match tree:
        case Symbol(name):
            yield name
        case Apply("call", (_, *args)):
            for arg in args:
                yield from _names(arg)
        case Apply(_, args):
            for arg in args:
                yield from _names(arg)
        case _:
            pass
