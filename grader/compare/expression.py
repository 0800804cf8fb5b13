"""Expected formula and given formula -> verdict, by the judging engine."""

from dataclasses import replace

from grader.compare.comparator import Comparator, Question
from grader.compare.grid import as_matrix, grid_of, is_matrix_tree
from grader.compare.naming import type_name
from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth
from grader.maths.forms.form import fault_of_form
from grader.maths.forms.freedom import (
    compare_antiderivatives,
    compare_transposed,
    compare_up_to_scale,
    compare_up_to_shift,
    compare_up_to_sign,
)
from grader.maths.forms.renaming import compare_renamed
from grader.maths.forms.shapes import Shape
from grader.maths.questions.diagnosis import diagnose
from grader.maths.reading import Notation, Unreadable, read, read_text
from grader.maths.tree import Number, Tree, symbols_of
from grader.model.answer import Formula, Value
from grader.model.verdict import (
    Evidence,
    Fact,
    Outcome,
    Verdict,
    Witness,
    correct,
    incorrect,
    partial,
    undecided,
)


def compare_expressions(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge a formula by its value on the declared domain, then by its form.

    Where a matrix is asked for, its rows may be listed, in code or as text.
    """
    try:
        right = _read(expected, question, is_matrix=_is_matrix(question))
    except Unreadable:
        right = None
    if right is None:
        return undecided("reference-failed", _typed(expected))
    try:
        is_matrix = _is_matrix(question) or is_matrix_tree(right)
        names = symbols_of(right)
        found = _read(given, question, is_matrix=is_matrix, names=names)
    except Unreadable as error:
        wanted = (("expected", error.expected), ("caret", error.caret()))
        return undecided("not-readable", Evidence(facts=wanted))
    if found is None:
        return incorrect("wrong-type", _typed(given))
    strangers = _strangers(found, right, question)
    if strangers:
        facts = (("symbols", ", ".join(sorted(strangers))),)
        return incorrect("unknown-symbol", Evidence(facts=facts))
    verdict = _judge_value(right, found, question)
    if verdict.outcome is Outcome.CORRECT:
        return _judge_form(found, question, verdict)
    return verdict


def _is_matrix(question: Question) -> bool:
    criterion = question.criterion
    return "matrix" in {criterion.kind, criterion.returns}


def _read(
    value: Value,
    question: Question,
    *,
    is_matrix: bool,
    names: frozenset[str] = frozenset(),
) -> Tree | None:
    """Return the tree that *value* is; of a matrix, also what lists its rows.

    *names* are those of the expected answer, which typed text may use, too.

    Raises:
        Unreadable: it is text, and not mathematics that can be read.
    """
    if not is_matrix:
        return tree_of(value, question, names)
    tree = _rows_in_python(value) or tree_of(value, question, names)
    if tree is None:
        return grid_of(value, lambda entry: tree_of(entry, question, names))
    return as_matrix(tree)


def _rows_in_python(value: Value) -> Tree | None:
    """Return the lists that a text holds: typed mathematics has intervals instead."""
    if not isinstance(value, str) or not value.strip().startswith(("[[", "((")):
        return None
    try:
        return read(value, "python", Notation())
    except Unreadable:
        return None


def _judge_value(expected: Tree, given: Tree, question: Question) -> Verdict:
    """Judge by value, by the alternatives, and up to what the rubric leaves free."""
    finding = decide(expected, given, question.setting)
    for other in question.criterion.accept:
        if finding.equal:
            break
        also = _read(other, question, is_matrix=_is_matrix(question))
        if also is not None:
            finding = _better(finding, decide(also, given, question.setting))
    for freedom in question.criterion.up_to:
        if finding.equal:
            break
        finding = _better(finding, _up_to(freedom, expected, given, question))
    if not finding.different:
        return verdict_of(finding)
    return _diagnosed(verdict_of(finding), expected, given, question)


def _better(one: Finding, other: Finding) -> Finding:
    """Let an equality found stand, and doubt before a difference."""
    if other.equal or one.different:
        return other
    return one


def _up_to(freedom: str, expected: Tree, given: Tree, question: Question) -> Finding:
    setting = question.setting
    match freedom:
        case "constant":
            names = question.criterion.variables or tuple(sorted(symbols_of(expected)))
            variable = str(question.criterion.options.get("variable", names[0]))
            return compare_antiderivatives(expected, given, variable, setting)
        case "sign":
            return compare_up_to_sign(expected, given, setting)
        case "scale":
            return compare_up_to_scale(expected, given, setting)
        case "shift":
            return compare_up_to_shift(expected, given, setting)
        case "layout":
            return compare_transposed(expected, given, setting)
        case "names":
            return compare_renamed(expected, given, setting, fixed=frozenset())
        case _:
            return decide(expected, given, setting)


def _judge_form(given: Tree, question: Question, verdict: Verdict) -> Verdict:
    """Say which form is missing; a right value in another form earns its own share."""
    criterion = question.criterion
    for name in criterion.form:
        variable = criterion.variables[0] if criterion.variables else ""
        fault = fault_of_form(given, Shape(name), variable)
        if fault:
            facts = (("form", name), ("fault", fault))
            evidence = replace(verdict.evidence, facts=facts)
            if criterion.form_credit:
                return partial(criterion.form_credit, "wrong-form", evidence)
            return incorrect("wrong-form", evidence)
    return verdict


def _diagnosed(
    verdict: Verdict, expected: Tree, given: Tree, question: Question
) -> Verdict:
    """Add where the two part ways, and the usual slip that explains it."""
    found = diagnose(expected, given, question.setting)
    facts = verdict.evidence.facts
    if found.slip:
        facts = (*facts, ("slip", found.slip))
    place = verdict.evidence.place or found.place
    evidence = replace(verdict.evidence, facts=facts, place=place)
    return replace(verdict, evidence=evidence)


def tree_of(
    value: Value, question: Question, names: frozenset[str] = frozenset()
) -> Tree | None:
    """Return the tree that *value* is, or None where it is no formula.

    In typed text, *names* and those that the rubric declares are names: `lam` is not
    `l*a*m`.

    Raises:
        Unreadable: it is text, and not mathematics that can be read.
    """
    match value:
        case Formula(tree=tree):
            return tree
        case str():
            known = names.union(question.criterion.variables, question.setting.domains)
            syntax = question.criterion.options.get("syntax", "text")
            return read(value, syntax, Notation(names=known))
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
