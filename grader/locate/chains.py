"""A formula's LaTeX -> chains of terms joined by relations, each term read on its own.

A formula is cut at the relations that stand outside all brackets before anything is
read, so that one term that cannot be read takes no other with it.
"""

import re
from collections.abc import Iterator
from typing import Final

from grader.maths.reading import Notation, Unreadable, read_latex
from grader.model.writing import Chain, Passage, Term

LONGEST_FORMULA_CHARACTERS: Final = 8_000  # as the reader's own limit

RELATIONS: Final = {
    "=": "eq",
    "<": "lt",
    ">": "gt",
    r"\lt": "lt",
    r"\gt": "gt",
    r"\le": "le",
    r"\leq": "le",
    r"\leqslant": "le",
    r"\ge": "ge",
    r"\geq": "ge",
    r"\geqslant": "ge",
    r"\ne": "ne",
    r"\neq": "ne",
    r"\approx": "approx",
    r"\simeq": "approx",
    r"\equiv": "eq",
    r"\coloneqq": "eq",
    r"\triangleq": "eq",
    ":=": "eq",
    r"\to": "tends_to",
    r"\rightarrow": "tends_to",
    r"\longrightarrow": "tends_to",
    r"\propto": "proportional",
    r"\gg": "much_greater",
    r"\ll": "much_less",
}
_BREAKS: Final = frozenset(
    {r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\iff", r"\Leftrightarrow"}
    | {
        r"\quad",
        r"\qquad",
        r"\\",
        r"\hence",
        r"\therefore",
        ";",
        r"\Longleftrightarrow",
    }
)
_NEW_ROW: Final = r"\\"
_COLUMN: Final = "&"
_ALIGNED: Final = re.compile(
    r"\\(?:begin|end)\{(?:aligned|align|split|gathered|gather|equation|eqnarray"
    r"|multline|alignedat|alignat|flalign)\*?\}(?:\{\d+\})?"
)
_NUMBERING: Final = re.compile(r"\\(?:tag|label)\*?\{[^{}]*\}|\\(?:nonumber|notag)\b")
_TOKEN: Final = re.compile(
    r"\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\[A-Za-z]+|\\.|:=|.", re.DOTALL
)
_OPENING: Final = frozenset({"{", "(", "[", r"\{", r"\lbrace", r"\lfloor", r"\lceil"})
_CLOSING: Final = frozenset({"}", ")", "]", r"\}", r"\rbrace", r"\rfloor", r"\rceil"})
_TEXT: Final = re.compile(r"\\(?:text|mathrm|textrm|mbox)\s*\{([^{}]*)\}")


def chains_of(passages: tuple[Passage, ...], notation: Notation) -> tuple[Chain, ...]:
    """Read every formula of a sheet, in order, into chains."""
    found: list[Chain] = []
    for passage in passages:
        if passage.is_formula and len(passage.text) <= LONGEST_FORMULA_CHARACTERS:
            for pieces, relations in _cut(passage.text):
                chain = _chain(pieces, relations, passage, notation, found)
                if chain is not None:
                    found.append(chain)
    return tuple(found)


def read_term(latex: str, notation: Notation) -> Term:
    """Read one side of a relation."""
    try:
        return Term(latex=latex, tree=read_latex(latex, notation))
    except Unreadable as error:
        return Term(latex=latex, trouble=error.expected)


def _chain(
    pieces: list[str],
    relations: list[str],
    passage: Passage,
    notation: Notation,
    before: list[Chain],
) -> Chain | None:
    continues = bool(relations) and not pieces[0]
    if continues and not before:
        pieces, relations, continues = pieces[1:], relations[1:], False
    if not any(pieces):
        return None
    terms = [read_term(piece, notation) for piece in pieces if piece]
    if continues:
        terms.insert(0, before[-1].last)
    return Chain(
        terms=tuple(terms),
        relations=tuple(relations[: len(terms) - 1]),
        passage=passage,
        continues=continues,
    )


def _cut(latex: str) -> Iterator[tuple[list[str], list[str]]]:
    """Cut a formula into statements, and those into terms and relations."""
    text = _NUMBERING.sub("", _ALIGNED.sub("", latex))
    pieces, relations, current = [], [], ""
    for token in _top_level(text):
        if token in RELATIONS:
            pieces.append(_trim(current))
            relations.append(RELATIONS[token])
            current = ""
        elif token in _BREAKS or (token == _NEW_ROW and not _goes_on(current)):
            pieces.append(_trim(current))
            yield pieces, relations
            pieces, relations, current = [], [], ""
        else:
            current += " " if token in {_COLUMN, _NEW_ROW} else token
    pieces.append(_trim(current))
    yield pieces, relations


def _goes_on(current: str) -> bool:
    """Whether a row ends in the middle of a term, as after a plus sign."""
    return current.rstrip().endswith(("+", "-", r"\cdot", r"\times"))


def _top_level(text: str) -> Iterator[str]:
    """Yield tokens outside brackets one by one, and each bracketed run as one."""
    depth, run = 0, ""
    for found in _TOKEN.finditer(text):
        token = found[0]
        opens = token in _OPENING or token.startswith(r"\begin{")
        closes = token in _CLOSING or token.startswith(r"\end{")
        depth = max(depth + opens - closes, 0)
        if depth or closes:
            run += token
        elif run:
            yield run
            run = ""
            yield token
        else:
            yield token
    if run:
        yield run


def _trim(piece: str) -> str:
    """Drop the sentence around a term: words, and the punctuation at its end."""
    words = _TEXT.sub(
        lambda m: "" if " " in m[1].strip() or _is_word(m[1]) else m[0], piece
    )
    return words.strip().rstrip(".,;:").strip()


def _is_word(text: str) -> bool:
    return text.strip() in {"and", "or", "where", "with", "so", "hence", "thus", "for"}
