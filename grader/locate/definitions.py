"""A sheet's chains -> what its own letters stand for, put in where an answer uses them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.locate.naming import canonical
from grader.maths.substitution import contains
from grader.maths.tree import Apply, Number, Symbol, Tree
from grader.model.writing import Chain

DEEPEST: Final = 6  # letters defined by letters, one inside the other
_NAMES: Final = frozenset({"call", "inverse", "det", "norm", "abs", "derivative"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A name, what stands for it, and the number of the chain that says so."""

    name: Tree
    meaning: Tree
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What a sheet's letters stand for."""

    found: tuple[Definition, ...] = ()
    aliases: dict[Tree, Tree] = field(default_factory=dict)

    def put_in(
        self, tree: Tree, at: int, is_given: Callable[[Tree], bool], depth: int = 0
    ) -> Tree:
        """Return *tree* of chain *at* with every defined name replaced.

        What *is_given* stays: the letters of the question itself. The definition that
        stands last before the use counts, else the first one after it ("where ...").
        """
        if depth >= DEEPEST or isinstance(tree, Number) or is_given(tree):
            return tree
        meaning = self._meaning(canonical(tree), at)
        if meaning is not None and meaning != tree:
            return self.put_in(meaning, at, is_given, depth + 1)
        if not isinstance(tree, Apply):
            return tree
        args = tuple(self.put_in(arg, at, is_given, depth) for arg in tree.args)
        return tree if args == tree.args else Apply(tree.head, args)

    def _meaning(self, name: Tree, at: int) -> Tree | None:
        fitting = [d for d in self.found if d.name == name and d.at != at]
        before = [d for d in fitting if d.at < at]
        chosen = before[-1:] or fitting[:1]
        return chosen[0].meaning if chosen else None


def definitions_in(chains: Sequence[tuple[int, Chain]]) -> Definitions:
    """Collect what numbered *chains* define: `u = ...`, `g = f^{-1}`, `r^2 := ...`."""
    found: list[Definition] = []
    aliases: dict[Tree, Tree] = {}
    for at, chain in chains:
        for start, relation in enumerate(chain.relations):
            term = chain.terms[start].tree
            if relation != "eq" or term is None:
                continue
            meaning = _end(chain, start)
            name = canonical(term)
            if meaning is None or not _is_name(name) or contains(meaning, term):
                continue
            found.append(Definition(name=name, meaning=meaning, at=at))
            other = canonical(meaning)
            if len(chain.terms) == 2 and _is_second_name(name, other):  # noqa: PLR2004 - a = b
                aliases[name] = other
    return Definitions(found=tuple(found), aliases=aliases)


def _end(chain: Chain, start: int) -> Tree | None:
    """Return where the equations from *start* on arrive."""
    meaning = None
    for relation, term in zip(
        chain.relations[start:], chain.terms[start + 1 :], strict=False
    ):
        if relation != "eq":
            break
        meaning = term.tree or meaning
    return meaning


def _is_name(tree: Tree) -> bool:
    match tree:
        case Symbol():
            return True
        case Apply("pow", (base, Number())):
            return _is_name(base)
        case Apply("call", (Symbol(), *_)):
            return True
        case Apply(head, (inner, *_)) if head in _NAMES:
            return _is_name(inner)
        case _:
            return False


def _is_second_name(name: Tree, other: Tree) -> bool:
    """Return whether `name = other` gives a function or a density a second name."""
    return isinstance(name, Symbol) and (
        isinstance(other, Apply)
        and other.head in {"inverse", "derivative"}
        and all(isinstance(arg, Symbol) for arg in other.args)
    )
