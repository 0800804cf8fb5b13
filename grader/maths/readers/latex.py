"""LaTeX -> tree, as people write it and as a scanner reads it off paper."""

from typing import Final

from grader.maths.deciding.identity import settle_identity
from grader.maths.notation import Notation
from grader.maths.readers import (
    calculus,
    derivatives,
    grammar,
    latex_arguments,
    latex_environments,
    latex_matrices,
    latex_names,
    latex_probability,
    latex_structure,
    latex_tokens,
    operators,
)
from grader.maths.readers.binding import bind
from grader.maths.readers.names import each
from grader.maths.readers.parser import (
    APPLICATION,
    BESIDE,
    BRACKET,
    POSTFIX,
    POWER,
    PRODUCT,
    RELATION,
    Parser,
    Surface,
    Token,
)
from grader.maths.tree import Tree

_DELIMITERS: Final = (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)"))
# `$$ … $$.` and `\\[ … \\]` are layers; nobody needs more of them than this
_LAYERS: Final = 4
_TRAILING: Final = " \t\r\n\f\v.,;"

SURFACE: Final = Surface(
    prefix={
        **grammar.PREFIX,
        "num": latex_structure.number_or_mixed,
        "name": latex_names.name,
        "sub": operators.constant_or_symbol,
        "applied": latex_names.applied_word,
        "accent": latex_names.accent,
        "{{": latex_structure.group,
        "{": latex_environments.set_braces,
        "frac": latex_structure.fraction,
        "binom": latex_structure.binomial,
        "sqrt": latex_structure.root,
        "boxed": latex_structure.boxed,
        "begin": latex_environments.environment,
        "<(": latex_structure.angle_bracket,
        "sum": calculus.big_sum,
        "integral": calculus.integral,
        "differential": calculus.differential,
        "lim": calculus.limit,
        "extremum": calculus.extremum,
        "nabla": calculus.nabla,
        "partial": derivatives.partial,
        "expectation": latex_probability.expectation,
        "moment": latex_probability.moment,
        "probability": latex_probability.probability,
        "indicator": latex_probability.indicator,
        "labelled": latex_structure.labelled,
    },
    infix={
        **grammar.INFIX,
        "^": (POWER, latex_structure.power),
        "'": (POSTFIX, latex_structure.prime),
        "_": (POSTFIX, latex_structure.below),
        "choose": (3, latex_structure.choose),
        "where": (5, latex_structure.where),
        "at": (POSTFIX, latex_structure.at_value),
        "pmod": (RELATION - 1, latex_structure.modulo),
        "mapsto": (RELATION - 1, latex_structure.maps_to),
        "if": (5, latex_structure.where),
        "text": (PRODUCT - 1, latex_structure.unit),
        **dict.fromkeys(
            ["frac", "binom", "sqrt", "accent", "{{", "boxed", "applied", "labelled"],
            (BESIDE, operators.beside),
        ),
        **dict.fromkeys(["begin", "<("], (BRACKET, operators.beside)),
        **dict.fromkeys(
            each(
                "sum integral lim extremum nabla partial expectation moment probability "
                "indicator"
            ),
            (APPLICATION, operators.beside),
        ),
    },
    exponent=latex_arguments.superscript,
    subscript=latex_arguments.subscript,
    one_element_sets_group=True,
)


def tokenize(text: str, notation: Notation) -> list[Token]:
    """Split the formula inside its dollar signs into tokens."""
    return latex_tokens.tokenize(text, notation, *_inside(text))


def parse(text: str, notation: Notation, tokens: list[Token]) -> Tree:
    """Return the tree of the whole text."""
    parser = Parser(text, tokens, notation, SURFACE)
    if tokens[0].kind == "end":
        parser.fail("an answer", tokens[0])
    tree = latex_matrices.settle_products(grammar.whole(parser), text)
    if notation.indices:
        tree = bind(tree, notation.indices)
    return settle_identity(tree, tokens, notation)


def _inside(text: str) -> tuple[int, int]:
    """Return where the formula starts and ends inside `$…$` and before a full stop."""
    start, end = 0, len(text)
    for _ in range(_LAYERS):
        stripped = text[start:end]
        start += len(stripped) - len(stripped.lstrip())
        end = start + len(text[start:end].rstrip(_TRAILING))
        if text[end - 1 : end] == "\\" and end < len(text):
            end += 1  # the space of "\ " or the comma of "\,"
        for left, right in _DELIMITERS:
            closes = text.endswith(right, start + len(left), end)
            if text.startswith(left, start) and closes:
                start, end = start + len(left), end - len(right)
                break
        else:
            break
    return start, end
