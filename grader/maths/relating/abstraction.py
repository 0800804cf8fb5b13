"""Relations about unknown functions -> the same about their values, as plain names.

`f(2) = f(3) + 4` ties two numbers together, whatever f is; `y'(x) + y(x) = 0` ties
together a function's value and its derivative's.
"""

from typing import Final

from grader.maths.forms.rewriting import form_of
from grader.maths.forms.rules import FRACTIONS, IDENTITIES, INTEGERS, SIGNS
from grader.maths.forms.written import subtrees
from grader.maths.tree import Apply, Symbol, Tree

VALUES: Final = frozenset({"call", "index"})
WHOLES: Final = frozenset(
    {"derivative", "partial", "prime", "integral", "sum", "product", "limit"}
)
"""What is made of a function as a whole has to stay whole."""

FIELDS: Final = frozenset({"partial", "gradient", "divergence", "laplacian"})
"""What is made of a field by its name alone is tied to nothing else of that name."""

RULES: Final = IDENTITIES | SIGNS | INTEGERS | FRACTIONS


def abstracted(tree: Tree) -> Tree:
    """Return *tree* with each value of an unknown function as one name."""
    match tree:
        case Apply(head, _) if head in VALUES or head == "prime":
            return _named(tree)
        case Apply(head, _) if head in WHOLES and _mentions_a_value(tree):
            return _named(tree)
        case Apply(head, (Symbol(), *_)) if head in FIELDS:
            return _named(tree)
        case Apply(head, args):
            return Apply(head, tuple(map(abstracted, args)))
        case _:
            return tree


def _named(tree: Tree) -> Symbol:
    return Symbol(f"the value of {form_of(tree, RULES)!r}")


def _mentions_a_value(tree: Tree) -> bool:
    return any(
        isinstance(part, Apply) and part.head in VALUES for part in subtrees(tree)
    )
