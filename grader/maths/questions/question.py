"""One line of a set of answer pairs -> a `Question`, or what keeps it from being one.

Sets of pairs name what they ask in their own words: a test's name, options, names of
rules. Those words are known here and nowhere else.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from grader.maths.domain import POSITIVE, REAL, Domain
from grader.maths.forms.rules import SIGNS
from grader.maths.forms.types import fault_of_type
from grader.maths.notation import Notation
from grader.maths.numbers import Tolerance
from grader.maths.questions.inquiry import Kind, Question
from grader.maths.questions.option_words import (
    CONSTANT_NAMES,
    DOMAINS,
    KINDS,
    PROSE_SUITES,
    RULE_SETS,
    RULES,
    SHAPE_ALONE,
    SHAPES,
)
from grader.maths.readers.extraction import extract_answer, without_label
from grader.maths.readers.unreadable import Unreadable
from grader.maths.reading import Syntax, read
from grader.maths.relating.statements import replaced
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Constant, Symbol, Tree

Row = Mapping[str, Any]


class TaskError(Exception):
    """The pair itself cannot be judged: its expected answer cannot be read."""


def question_of(row: Row) -> Question:
    """Return the question that a row asks.

    Raises `Unreadable` for the student's answer and `TaskError` for the other one.
    """
    options = row.get("options") or {}
    if row.get("suite") in PROSE_SUITES:
        row = _without_prose(row)
    syntax: Syntax = row.get("syntax") or "text"
    notation = notation_of(options)
    lines = _lines(row, options, syntax, notation)
    given = lines[-1] if lines else read(row["student"], syntax, notation)
    given = _renamed(given, options)
    fault = fault_of_type(given)
    if fault:
        raise Unreadable(0, f"something that has a value ({fault})", row["student"])
    try:
        expected = _expected(row, options, notation, given)
    except Unreadable as error:
        raise TaskError(str(error)) from error
    return Question(
        kind=kind_of(row, options),
        expected=expected,
        given=given,
        setting=setting_of(options),
        tolerance=tolerance_of(options),
        variable=variable_of(options),
        names=_known_names(options),
        rules=rules_of(options),
        shape=SHAPES.get(options.get("test", "")),
        value_matters=options.get("test") not in SHAPE_ALONE,
        strict=is_strict(options),
        figures=figures_of_row(options),
        lines=lines,
        criteria=_criteria(options),
        physical=row.get("suite") == "units",
        same_units="Strict" in str(options.get("test", "")),
        notation=notation,
        written=(str(row.get("reference") or ""), str(row["student"])),
        lenient=row.get("suite") in PROSE_SUITES,
    )


def _without_prose(row: Row) -> Row:
    given, expected = (extract_answer(row[side]) for side in ("student", "reference"))
    return {
        **row,
        "student": without_label(given, expected),
        "reference": without_label(expected, given),
        "syntax": "latex",
    }


def kind_of(row: Row, options: Row) -> Kind:
    """Return what is asked: by the test's name, then by tolerances, then by suite."""
    test = str(options.get("test", ""))
    if options.get("steps"):
        return Kind.DERIVATION
    if test == "Int" and {"NOCONST", "FORMAL"} & _known_names(options):
        return Kind.ANTIDERIVATIVE
    if test in KINDS:
        return KINDS[test]
    if row.get("suite") in {"units", "form"} and _criteria(options):
        return Kind.CRITERIA
    return _kind_of_value(row, options, test)


def _kind_of_value(row: Row, options: Row, test: str) -> Kind:
    if row.get("suite") == "units":
        return Kind.QUANTITY
    if "rtol_in_numbers" in options or "atol_in_numbers" in options:
        return Kind.NUMBERS_NEAR
    if options.get("rtol") or options.get("atol") or options.get("decimals"):
        return Kind.NEAR
    if row.get("suite") == "multi-valued" and "all_responses" in test:
        return Kind.CHOICES
    return Kind.VALUE


def _criteria(options: Row) -> str:
    words = str((options.get("params") or {}).get("criteria") or "")
    for alias, name in _aliases(options).items():
        if alias.isidentifier():
            words = re.sub(rf"\b{alias}\b", name, words)
    return words


def _aliases(options: Row) -> dict[str, str]:
    named = (options.get("aliases") or {}).items()
    return {
        alias: name
        for alias, name in named
        if name.strip() and name not in CONSTANT_NAMES
    }


def notation_of(options: Row) -> Notation:
    """Return how the answers of a row are to be read."""
    declared = options.get("symbols") or options.get("variables") or ()
    names = frozenset(declared) - CONSTANT_NAMES
    if (options.get("params") or {}).get("physical_quantity"):
        from grader.maths.questions.units import (  # noqa: PLC0415  few questions have units
            units,
        )

        names = names.union(units())
    functions = options.get("functions") or options.get("custom_functions") or ()
    return Notation(
        names=names,
        functions=frozenset(functions),
        only_declared=bool(options.get("declared_only")),
    )


def setting_of(options: Row) -> Setting:
    """Return the domains that a row declares."""
    domains: dict[str, Domain] = {}
    if options.get("assumepos"):
        domains = dict.fromkeys(options.get("symbols") or (), POSITIVE)
    elif options.get("assumereal"):
        domains = dict.fromkeys(options.get("symbols") or (), REAL)
    for name, words in (options.get("assumptions") or {}).items():
        if words in DOMAINS:
            domains[name] = DOMAINS[words]
    return Setting(domains=domains)


def tolerance_of(options: Row) -> Tolerance:
    """Return how far off a number may be."""
    if options.get("decimals"):
        return Tolerance(absolute=Fraction(1, 2 * 10 ** int(options["decimals"])))
    return Tolerance(
        absolute=_exact(options.get("atol") or options.get("atol_in_numbers")),
        relative=_exact(options.get("rtol") or options.get("rtol_in_numbers")),
    )


def _exact(value: object) -> Fraction:
    return Fraction(str(value)) if value else Fraction(0)


def variable_of(options: Row) -> str:
    """Return the name that a question is about."""
    named = str(options.get("variable") or "")
    words = re.findall(r"\w+", str(options.get("stack_options", "")))
    if named.isidentifier():
        return named
    plain = [word for word in words if not (word.isupper() and len(word) > 1)]
    if options.get("calculus"):
        return str((options.get("symbols") or ["x"])[-1])
    return plain[0] if plain else ""


def _known_names(options: Row) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", str(options.get("stack_options", ""))))


def rules_of(options: Row) -> frozenset[str]:
    """Return our names of the rules that a row switches on."""
    if options.get("test") == "toEqualExprAndForm":
        return SIGNS
    words = re.findall(r"\w+", str(options.get("stack_options", "")))
    rules: set[str] = set()
    for word in words:
        rules |= RULE_SETS.get(word, frozenset())
        if word in RULES:
            rules.add(RULES[word])
    if words[:1] == ["delete"]:
        rules.discard(RULES.get(words[1], ""))
    return frozenset(rules)


def is_strict(options: Row) -> bool:
    """Return whether the strict reading of the question is asked for."""
    if options.get("test") == "NumSigFigs":
        return False
    loose = {"NONSTRICT", "FORMAL"} & _known_names(options)
    return not (
        loose or options.get("include_exponents") or options.get("tolTruncation")
    )


def figures_of_row(options: Row) -> tuple[int, int]:
    """Return how many figures are asked for, and how many must be right."""
    numbers = [int(n) for n in re.findall(r"-?\d+", str(options.get("digits", "")))]
    test = options.get("test")
    if test in {"Units", "UnitsStrict"}:
        numbers = [
            int(n) for n in re.findall(r"\d+", str(options.get("stack_options")))
        ]
    if not numbers:
        return 0, 0
    if test == "SigFigsStrict":
        return numbers[0], 0
    if test == "toltype_digits":
        return numbers[0], int(options.get("tolExtraDigits") or 0)
    return numbers[0], numbers[-1]


def _expected(row: Row, options: Row, notation: Notation, given: Tree) -> Tree:
    if not row.get("reference"):
        return given
    syntax: Syntax = options.get("reference_syntax") or row.get("syntax") or "text"
    return _renamed(read(row["reference"], syntax, notation), options)


def _renamed(tree: Tree, options: Row) -> Tree:
    known: dict[str, Tree] = {
        alias: Symbol(name) for alias, name in _aliases(options).items()
    }
    if (options.get("params") or {}).get("complexNumbers"):
        known["I"] = Constant("i")
    return replaced(tree, known) if known else tree


def _lines(
    row: Row, options: Row, syntax: Syntax, notation: Notation
) -> tuple[Tree, ...]:
    if options.get("steps"):
        return tuple(read(line, syntax, notation) for line in options["steps"])
    if options.get("test") in {"Equiv", "EquivFirst"}:
        match read(row["student"], syntax, notation):
            case Apply("list", lines):
                return lines
            case _:
                return ()
    return ()
