"""Expected formula and given formula -> verdict, by the judging engine."""

from grader.compare.comparator import Comparator, Question
from grader.compare.numeric import type_name
from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth
from grader.maths.reading import Notation, Unreadable, read, read_text
from grader.maths.tree import Number, Tree, symbols_of
from grader.model.answer import Formula, Value
from grader.model.verdict import (
    Evidence,
    Fact,
    Verdict,
    Witness,
    correct,
    incorrect,
    undecided,
)


def compare_expressions(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge a formula by its value on the declared domain, then by its form."""
    try:
        right = tree_of(expected, question)
    except Unreadable:
        right = None
    if right is None:
        return undecided("reference-failed", _typed(expected))
    try:
        found = tree_of(given, question)
    except Unreadable as error:
        wanted = (("expected", error.expected), ("caret", error.caret()))
        return incorrect("not-readable", Evidence(facts=wanted))
    if found is None:
        return incorrect("wrong-type", _typed(given))
    strangers = _strangers(found, right, question)
    if strangers:
        facts = (("symbols", ", ".join(sorted(strangers))),)
        return incorrect("unknown-symbol", Evidence(facts=facts))
    return verdict_of(decide(right, found, question.setting))


def tree_of(value: Value, question: Question) -> Tree | None:
    """Return the tree that *value* is, or None where it is no formula.

    Raises:
        Unreadable: it is text, and not mathematics that can be read.
    """
    match value:
        case Formula(tree=tree):
            return tree
        case str():
            names = frozenset(question.criterion.variables)
            syntax = question.criterion.options.get("syntax", "text")
            return read(value, syntax, Notation(names=names))
        case bool():
            return None
        case int():
            return read_text(str(value))
        case float():
            return read_text(repr(value)) if value == value else None  # noqa: PLR0124 - NaN
        case _:
            return None


def verdict_of(finding: Finding) -> Verdict:
    """Say in a verdict what the engine found."""
    evidence = evidence_of(finding)
    match finding.truth:
        case Truth.EQUAL:
            return correct(evidence=evidence)
        case Truth.DIFFERENT:
            partly = any(n.startswith("equal-for") for n in finding.notes)
            reason = "equal-on-part" if partly else "different-expression"
            return incorrect(reason, evidence)
        case Truth.UNKNOWN:
            return undecided("cannot-decide", evidence)


def evidence_of(finding: Finding) -> Evidence:
    """Carry a finding's facts over into evidence."""
    facts: list[tuple[str, Fact]] = [("note", note) for note in finding.notes]
    if finding.reason:
        facts.append(("engine_reason", finding.reason))
    witness = Witness(
        inputs=tuple((name, value) for name, value in finding.witness),
        expected=finding.expected_value,
        given=finding.given_value,
    )
    return Evidence(
        method=finding.method,
        points=finding.points,
        digits=finding.digits,
        place=finding.place,
        witness=witness if finding.witness or finding.given_value else None,
        facts=tuple(facts),
    )


def _strangers(given: Tree, expected: Tree, question: Question) -> frozenset[str]:
    allowed = frozenset(question.criterion.variables)
    if not allowed or isinstance(given, Number):
        return frozenset()
    return symbols_of(given) - allowed - symbols_of(expected)


def _typed(value: Value) -> Evidence:
    return Evidence(facts=(("type", type_name(value)),))


EXPRESSION = Comparator(kind="expression", judge=compare_expressions)
MATRIX = Comparator(kind="matrix", judge=compare_expressions)
RELATION = Comparator(kind="relation", judge=compare_expressions)
