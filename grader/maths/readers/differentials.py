"""Tokens of a text with an integral -> tokens where `d x` is one differential."""

from grader.maths.readers.parser import Token
from grader.maths.tree import Symbol


def join_differentials(tokens: list[Token]) -> list[Token]:
    """Join a `d` and the name after it: within an integral they are one sign."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if (
            token.kind == "name"
            and token.value == "d"
            and isinstance(token.tree, Symbol)
        ):
            length, variable = _variable(tokens, index + 1)
            if variable is not None:
                end = tokens[index + length].end
                joined.append(
                    Token("differential", variable.name, token.start, end, variable)
                )
                index += length + 1
                continue
        joined.append(token)
        index += 1
    return joined


def _variable(tokens: list[Token], at: int) -> tuple[int, Symbol | None]:
    """Return how many tokens after the d belong to it, and its variable."""
    skipped = 0
    if tokens[at].kind == "^" and tokens[at + 1].kind in ("num", "name"):
        skipped = 2  # d^3 x
    token = tokens[at + skipped]
    tree = token.tree
    if token.kind != "name" or tree is None:
        return 0, None
    name = tree.name if isinstance(tree, Symbol) else token.value
    if tokens[at + skipped + 1].kind == "_" and tokens[at + skipped + 2].kind == "sub":
        return skipped + 3, Symbol(f"{name}_{tokens[at + skipped + 2].value}")
    return skipped + 1, Symbol(name)
