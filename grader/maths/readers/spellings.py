"""Tokens and a rubric's local spellings -> tokens in the rubric's own words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from grader.maths.notation import Notation
from grader.maths.readers.parser import Token
from grader.maths.tree import Apply, Symbol, Tree

Tokenizer = Callable[[str, Notation], list[Token]]
Reader = Callable[[str, Notation], Tree]
# what to look for, and the token that stands for it
Spelling = tuple[tuple[tuple[str, str], ...], Token]


def respell(tokens: list[Token], found: Sequence[Spelling]) -> list[Token]:
    """Return *tokens* with every local spelling replaced, the longest first."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        for pattern, meaning in found:
            if _matches(tokens, index, pattern):
                last = tokens[index + len(pattern) - 1]
                out.append(meaning._replace(start=tokens[index].start, end=last.end))
                index += len(pattern)
                break
        else:
            out.append(tokens[index])
            index += 1
    return out


def _matches(
    tokens: list[Token], index: int, pattern: tuple[tuple[str, str], ...]
) -> bool:
    if index + len(pattern) > len(tokens):
        return False
    return all(tokens[index + n][:2] == pair for n, pair in enumerate(pattern))


@lru_cache(maxsize=64)
def spellings_of(
    notation: Notation, tokenize: Tokenizer, read: Reader
) -> list[Spelling]:
    """Return the spellings of *notation* as tokens, the longest first."""
    plain = replace(notation, spellings=())
    found: list[Spelling] = []
    for local, canonical in notation.spellings:
        pattern = tuple(token[:2] for token in tokenize(local, plain)[:-1])
        if not pattern or not canonical.strip():
            continue
        tree = read(canonical, plain)
        if canonical.isidentifier() and isinstance(tree, Apply):
            tree = Symbol(canonical)  # a name of several letters, not their product
        kind = "name" if isinstance(tree, Symbol) else "tree"
        value = tree.name if isinstance(tree, Symbol) else canonical
        found.append((pattern, Token(kind, value, 0, 0, tree)))
    return sorted(found, key=lambda entry: -len(entry[0]))
