"""A formula's LaTeX -> chains of terms joined by relations, each term read on its own.

A formula is cut at the relations that stand outside all brackets before anything is
read, so that one term that cannot be read takes no other with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from grader.maths.reading import Notation, Unreadable, read_latex
from grader.model.writing import Chain, Passage, PassageKind, Term

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
_PLAIN_EXPECTATION: Final = re.compile(
    r"(?<![\w\\{^])E(?=\s*(?:_\{(?:[^{}]|\{[^{}]*\})*\}|_\w)?\s*"
    r"(?:\\left|\\[bB]igg?l?)?\s*\[)"
)
_BELOW: Final = re.compile(
    r"((?:\\partial|\\mathrm\{d\}|\\mathrm d|d)\s*[A-Za-z](?:_\w|_\{[^{}]*\}|_\\\w+)?)"
    r"\s*\([^()]*\)\s*\}"
)
_LIMIT: Final = re.compile(
    r"\\lim(?:\\limits)?\s*(?:_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\w))?\s*(.+)$"
)
_BOXED: Final = re.compile(r"\\(?:boxed|fbox|framebox)\s*\{")
_CASES: Final = re.compile(
    r"(?:\\left\s*\\\{\s*)?\\begin\{(cases|array)\}(?:\{[lcr]+\})?(.*?)\\end\{\1\}"
    r"(?:\s*\\right\s*\.)?",
    re.DOTALL,
)
_JOINING_WORDS: Final = frozenset(
    {"and", "or", "where", "with", "so", "hence", "thus", "for", "if", "iff", "on"}
    | {"at", "when", "since", "because", "by", "as", "then", "we", "und", "mit", "für"}
)
_TEXT: Final = re.compile(r"\\(?:text|mathrm|textrm|mbox)\s*\{([^{}]*)\}")


def chains_of(passages: tuple[Passage, ...], notation: Notation) -> tuple[Chain, ...]:
    """Read every formula of a sheet, in order, into chains."""
    found: list[Chain] = []
    for passage in passages:
        if passage.is_formula and len(passage.text) <= LONGEST_FORMULA_CHARACTERS:
            for row, (pieces, relations) in enumerate(_cut(passage.text)):
                before = _carried_on(found, passage, is_first=row == 0)
                chain = _chain(pieces, relations, passage, notation, before)
                if chain is not None:
                    found.append(chain)
    return tuple(found)


def read_term(latex: str, notation: Notation) -> Term:
    """Read one side of a relation."""
    text = _PLAIN_EXPECTATION.sub(r"\\mathbb{E}", latex)
    try:
        return Term(latex=latex, tree=read_latex(text, notation))
    except Unreadable as error:
        again = plainer(latex)
        if again != latex:
            return replace(read_term(again, notation), latex=latex)
        return Term(latex=latex, trouble=error.expected)


def plainer(latex: str) -> str:
    """Write the derivative by `D(x)` as that by `D`, and a limit as a function.

    Neither is judged as it stands; both are names under which an answer is found.
    """
    return _LIMIT.sub(r"\\operatorname{limitof}(\1)", _BELOW.sub(r"\1}", latex))


def joined(chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """Return *chains* with each that continues lengthened by what it continues."""
    whole: list[Chain] = []
    for at, chain in enumerate(chains):
        origin = _origin(chains, whole, at) if chain.continues else None
        if origin is not None:
            terms = (*origin.terms, *chain.terms[1:])
            relations = (*origin.relations, *chain.relations)
            chain = replace(chain, terms=terms, relations=relations)  # noqa: PLW2901 - it grows
        whole.append(chain)
    return tuple(whole)


def _origin(chains: Sequence[Chain], whole: list[Chain], at: int) -> Chain | None:
    """Return what chain *at* continues, whole: the last one that ends as it begins."""
    for before in range(at - 1, -1, -1):
        if chains[before].last is chains[at].terms[0]:
            return whole[before]
    return None


def _carried_on(
    found: list[Chain], passage: Passage, *, is_first: bool
) -> Chain | None:
    """Return the chain that a formula beginning with a relation goes on from."""
    if not is_first:
        return found[-1] if found and found[-1].passage == passage else None
    if passage.kind is not PassageKind.DISPLAY:
        return None
    displayed = (
        chain
        for chain in reversed(found)
        if chain.passage.kind is PassageKind.DISPLAY
        and chain.passage.block == passage.block
    )
    return next(displayed, None)


def _chain(
    pieces: list[str],
    relations: list[str],
    passage: Passage,
    notation: Notation,
    before: Chain | None,
) -> Chain | None:
    continues = bool(relations) and not pieces[0]
    if continues and before is None:
        pieces, relations, continues = pieces[1:], relations[1:], False
    if not any(pieces):
        return None
    terms = [read_term(piece, notation) for piece in pieces if piece]
    if continues and before is not None:
        terms.insert(0, before.last)
    return Chain(
        terms=tuple(terms),
        relations=tuple(relations[: len(terms) - 1]),
        passage=passage,
        continues=continues,
    )


def _cut(latex: str) -> Iterator[tuple[list[str], list[str]]]:
    """Cut a formula into statements, and those into terms and relations."""
    text = _NUMBERING.sub("", _ALIGNED.sub("", _unboxed(latex)))
    tokens = list(_top_level(_without_words(_CASES.sub(_system, text))))
    pieces, relations, current = [], [], ""
    for at, token in enumerate(tokens):
        if token in RELATIONS:
            pieces.append(_trim(current))
            relations.append(RELATIONS[token])
            current = ""
        elif _ends_here(tokens, at, current):
            pieces.append(_trim(current))
            yield pieces, relations
            pieces, relations, current = [], [], ""
        else:
            current += " " if token in {_COLUMN, _NEW_ROW} else token
    pieces.append(_trim(current))
    yield pieces, relations


def _ends_here(tokens: list[str], at: int, current: str) -> bool:
    """Whether a statement ends at a token: a row, an arrow, a comma between two."""
    sign = tokens[at]
    if sign == _NEW_ROW:
        return not _goes_on(current)
    if sign != ",":
        return sign in _BREAKS
    following = takewhile(lambda t: t not in _BREAKS and t != ",", tokens[at + 1 :])
    return any(t in RELATIONS for t in following)


def _unboxed(latex: str) -> str:
    """Take the frame off what is framed."""
    for _ in range(latex.count("box")):
        found = _BOXED.search(latex)
        if found is None:
            break
        depth, end = 1, found.end()
        while depth and end < len(latex):
            depth += {"{": 1, "}": -1}.get(latex[end], 0)
            end += 1
        inner = latex[found.end() : end - 1 if not depth else end]
        latex = f"{latex[: found.start()]}{inner}{latex[end:]}"
    return latex


def _system(found: re.Match[str]) -> str:
    """Write a system of equations as rows; a case distinction stays what it is."""
    rows = [row.replace("&", " ") for row in found[2].split(_NEW_ROW) if row.strip()]
    columns = re.sub(r"&\s*=|=\s*&", "=", found[2])
    is_system = found[1] == "array" or _COLUMN not in columns
    is_stated = all(any(t in RELATIONS for t in _top_level(row)) for row in rows)
    if not (rows and is_system and is_stated):
        return found[0]
    return f" {_NEW_ROW} ".join(rows)


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
    """Drop the punctuation at the end of a term."""
    return piece.strip().rstrip(".,;:").strip()


def _without_words(text: str) -> str:
    """Put a gap where a formula turns into a sentence: words join no two terms."""
    return _TEXT.sub(lambda m: r" \quad " if _is_sentence(m[1]) else m[0], text)


def _is_sentence(text: str) -> bool:
    return " " in text.strip() or text.strip().casefold() in _JOINING_WORDS
