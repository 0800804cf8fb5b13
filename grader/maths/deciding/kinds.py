"""Trees of linear algebra -> which undeclared names are vectors, which are matrices.

Notation says it: what is transposed, inverted or normed is no number; a capital is a
matrix and a small letter a vector where the place asks for one, and a small letter
that stands before a matrix or a vector is a number.
"""

from collections.abc import Iterable
from typing import Final

from grader.maths.deciding.survey import is_negative
from grader.maths.domain import Domain, Kind
from grader.maths.tree import Apply, Number, Symbol, Tree

PASSES: Final = 3
"""Rounds of inference: what one term tells of a name, the next may need."""

SQUARE_HEADS: Final = frozenset({"det", "trace", "inverse", "rank"})
ADDITIVE: Final = frozenset({"add", "neg", "hadamard"})
TURNED: Final = {"row": "vector", "vector": "row", "matrix": "matrix"}

Kinds = dict[str, str]


def infer_kinds(trees: Iterable[Tree], declared: dict[str, Domain]) -> dict[str, str]:
    """Return `vector` or `matrix` for the names that are one or the other."""
    kinds: Kinds = {}
    for name, domain in declared.items():
        if domain.kind in {Kind.VECTOR, Kind.MATRIX}:
            kinds[name] = str(domain.kind)
        else:
            kinds[name] = "number"
    trees = tuple(trees)
    for _ in range(PASSES):
        for tree in trees:
            _look(tree, kinds)
    return {name: kind for name, kind in kinds.items() if kind in TURNED}


def is_capital(tree: Tree) -> bool:
    """Return whether *tree* is a name that begins with a capital letter."""
    return isinstance(tree, Symbol) and tree.name[:1].isupper()


def _look(tree: Tree, kinds: Kinds) -> str:
    """Note what *tree* tells about the names in it, and return its own kind."""
    match tree:
        case Symbol(name):
            return kinds.get(name, "")
        case Apply(head, args):
            return _look_at_head(head, args, kinds)
        case Number():
            return "number"
        case _:
            return ""


def _look_at_head(head: str, args: tuple[Tree, ...], kinds: Kinds) -> str:
    if head in SQUARE_HEADS:
        _tell(args[0], "matrix", kinds)
        _look(args[0], kinds)
        return "matrix" if head == "inverse" else "number"
    if head in LOOKING:
        return LOOKING[head](args, kinds)
    found = [_look(arg, kinds) for arg in args]
    if head in ADDITIVE:
        return _shared(args, found, kinds)
    return RESULTS.get(head, "")


def _shared(args: tuple[Tree, ...], found: list[str], kinds: Kinds) -> str:
    """Return the kind of a sum, in which all terms are of the same kind."""
    for kind in ("vector", "row", "matrix"):
        if kind in found:
            for arg in args:
                _tell(arg, kind, kinds)
            return kind
    return "number" if "number" in found else ""


def _look_at_transpose(args: tuple[Tree, ...], kinds: Kinds) -> str:
    inner = _look(args[0], kinds)
    if inner not in TURNED:
        inner = "matrix" if _is_matrix_by_look(args[0]) else "vector"
        _tell(args[0], inner, kinds)
    return TURNED[inner]


def _is_matrix_by_look(tree: Tree) -> bool:
    """Return whether a term is a matrix going by its letters: its last is a capital."""
    match tree:
        case Symbol():
            return is_capital(tree)
        case Apply("mul" | "add" | "dot", args) if args:
            return _is_matrix_by_look(args[-1])
        case Apply("index", _):
            return False
        case Apply("call", _):
            return False
        case Apply(_, args) if args:
            return _is_matrix_by_look(args[0])
        case _:
            return False


def _look_at_norm(args: tuple[Tree, ...], kinds: Kinds) -> str:
    inner = _look(args[0], kinds)
    if inner not in TURNED:
        _tell(args[0], "matrix" if _is_matrix_by_look(args[0]) else "vector", kinds)
        _look(args[0], kinds)
    return "number"


def _look_at_dot(args: tuple[Tree, ...], kinds: Kinds) -> str:
    found = [_look(arg, kinds) for arg in args]
    if len(args) == 2 and "matrix" not in found and not any(map(is_capital, args)):  # noqa: PLR2004
        if "number" not in found:
            for arg in args:
                _tell(arg, "vector", kinds)
        return "number"
    for arg in (args[0], args[-1]):
        is_vector = isinstance(arg, Symbol) and not is_capital(arg)
        _tell(arg, "vector" if is_vector else "matrix", kinds)
    for arg in args[1:-1]:
        _tell(arg, "matrix", kinds)
    begins_with_vector = _look(args[0], kinds) == "vector"
    return _look_at_product(args, kinds) or ("vector" if begins_with_vector else "")


def _look_at_inner(args: tuple[Tree, ...], kinds: Kinds) -> str:
    _look_at_cross(args, kinds)
    return "number"


def _look_at_cross(args: tuple[Tree, ...], kinds: Kinds) -> str:
    for arg in args:
        _tell(arg, "vector", kinds)
        _look(arg, kinds)
    return "vector"


def _look_at_kronecker(args: tuple[Tree, ...], kinds: Kinds) -> str:
    for arg in args:
        _tell(arg, "matrix" if _is_matrix_by_look(arg) else "vector", kinds)
    found = {_look(arg, kinds) for arg in args}
    return "vector" if found == {"vector"} else "matrix"


def _look_at_index(args: tuple[Tree, ...], kinds: Kinds) -> str:
    """Tell an indexed product that it is a vector, or a matrix under two indices."""
    if isinstance(args[0], Apply) and args[0].head in {"mul", "dot"}:
        _tell(args[0], "vector" if len(args) == 2 else "matrix", kinds)  # noqa: PLR2004  the whole and one index
    _look(args[0], kinds)
    return "number"


def _look_at_pow(args: tuple[Tree, ...], kinds: Kinds) -> str:
    if is_negative(args[1]) and _is_matrix_by_look(args[0]):
        _tell(args[0], "matrix", kinds)
    base = _look(args[0], kinds)
    _look(args[1], kinds)
    return base if base == "matrix" else "number"


def _look_at_quotient(args: tuple[Tree, ...], kinds: Kinds) -> str:
    _look(args[1], kinds)
    return _look(args[0], kinds)


def _look_at_product(args: tuple[Tree, ...], kinds: Kinds) -> str:
    found = [_look(arg, kinds) for arg in args]
    if not any(kind in TURNED for kind in found):
        return "number" if all(kind == "number" for kind in found) else ""
    for at, (arg, kind) in enumerate(zip(args, found, strict=True)):
        if kind or not isinstance(arg, Symbol):
            continue
        before = next((k for k in reversed(found[:at]) if k in TURNED), "")
        after = next((k for k in found[at + 1 :] if k in TURNED), "")
        found[at] = _kind_in_product(arg, before, after)
        kinds[arg.name] = found[at]
    return _of_chain(found)


def _kind_in_product(name: Symbol, before: str, after: str) -> str:
    if is_capital(name):
        return "matrix"
    if after == "row" and not before:
        return "vector"
    if before in {"matrix", "row"} and not after:
        return "vector"
    return "number"


def _of_chain(found: list[str]) -> str:
    """Return the kind of a product of these kinds in this order."""
    result = ""
    for kind in found:
        if kind in TURNED:
            result = PRODUCTS.get((result, kind), kind) if result else kind
    return result or "number"


def _tell(tree: Tree, kind: str, kinds: Kinds) -> None:
    """Let *tree* know that its place asks for this kind."""
    match tree:
        case Symbol(name):
            if kind != "row":
                kinds.setdefault(name, kind)
        case Apply("add" | "neg" | "hadamard", args):
            for arg in args:
                _tell(arg, kind, kinds)
        case Apply("transpose", (inner,)):
            _tell(inner, TURNED[kind], kinds)
        case Apply("pow" | "div" | "inverse", (inner, *_)):
            _tell(inner, kind, kinds)
        case Apply("mul", args):
            _tell_product(args, kind, kinds)
        case _:
            pass


def _tell_product(args: tuple[Tree, ...], kind: str, kinds: Kinds) -> None:
    """Tell a product's capitals that they are matrices, its end what it has to be."""
    for arg in args:
        if is_capital(arg):
            _tell(arg, "matrix", kinds)
    last = args[-1]
    if kind == "vector" and isinstance(last, Symbol) and not is_capital(last):
        _tell(last, "vector", kinds)
    if kind == "vector" and not isinstance(last, Symbol):
        _tell(last, "vector", kinds)


PRODUCTS: Final = {
    ("matrix", "matrix"): "matrix",
    ("matrix", "vector"): "vector",
    ("row", "matrix"): "row",
    ("row", "vector"): "number",
    ("number", "row"): "row",
    ("number", "vector"): "vector",
    ("number", "matrix"): "matrix",
    ("vector", "row"): "matrix",
    ("vector", "number"): "vector",
}

RESULTS: Final = {
    "identity": "matrix",
    "diag": "matrix",
    "zeros": "",
    "ones": "vector",
    "matrix": "",
    "gradient": "",
    "index": "number",
}

LOOKING: Final = {
    "transpose": _look_at_transpose,
    "adjoint": _look_at_transpose,
    "norm": _look_at_norm,
    "dot": _look_at_dot,
    "inner": _look_at_inner,
    "cross": _look_at_cross,
    "kronecker": _look_at_kronecker,
    "mul": _look_at_product,
    "index": _look_at_index,
    "pow": _look_at_pow,
    "div": _look_at_quotient,
}
