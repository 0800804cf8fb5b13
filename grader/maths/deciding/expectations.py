"""An expectation under a law alone -> the same with the variable that it is about.

`E_p[f(x)]` says which law and leaves the variable to the reader; read as a mean over
p itself, everything else in it would be constant.
"""

from collections.abc import Iterator

from grader.maths.deciding.survey import survey
from grader.maths.evaluation.mentions import USUAL_VARIABLES, split
from grader.maths.forms.written import subtrees
from grader.maths.tree import Apply, Symbol, Tree

MEANS = frozenset({"expectation", "variance"})


def with_variables(tree: Tree) -> Tree:
    """Return *tree* with each law that stands alone beside its variable."""
    match tree:
        case Apply(head, (body, *laws)) if head in MEANS:
            body = with_variables(body)
            return Apply(head, (body, *(_completed(law, body) for law in laws)))
        case Apply(head, args):
            return Apply(head, tuple(map(with_variables, args)))
        case _:
            return tree


def _completed(law: Tree, body: Tree) -> Tree:
    match law:
        case Apply("tuple", (Symbol(name),)):
            free = survey(body).free
            if name in free:
                return law
        case _:
            return law
    usual = {word for word in free if word.split("_")[0] in USUAL_VARIABLES}
    found = set(_called_with(name, body)) or usual
    if len(found) != 1:
        law = Apply("call", (Symbol(name),))  # nothing says what varies
        return Apply("tuple", (law,))
    return Apply("tuple", (Symbol(found.pop()), Symbol(name)))


def _called_with(law: str, body: Tree) -> Iterator[str]:
    """Yield what *body* calls the law with, before the bar."""
    for part in subtrees(body):
        match part:
            case Apply("call", (Symbol(name), *args)) if name == law:
                for _, arg in split(args)[0]:
                    yield from (arg.name,) if isinstance(arg, Symbol) else ()
            case _:
                pass
