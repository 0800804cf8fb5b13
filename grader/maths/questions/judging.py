"""A question with two answers read -> a finding, by the way that the question asks."""

from collections.abc import Callable, Mapping
from typing import Final

from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.form import fault_of_form
from grader.maths.forms.freedom import (
    compare_antiderivatives,
    compare_integrals,
    depends_freely,
    is_plain_constant,
)
from grader.maths.forms.renaming import compare_renamed
from grader.maths.forms.rewriting import same_up_to
from grader.maths.forms.types import same_type
from grader.maths.questions.criteria import Sides, meets
from grader.maths.questions.inquiry import Kind, Question
from grader.maths.questions.measuring import (
    compare_numbers,
    compare_perturbed,
    is_out_of_reach,
    order_of,
)
from grader.maths.questions.precision import (
    judge_digits,
    judge_figures,
    judge_places,
    judge_rounding,
)
from grader.maths.questions.quantities import (
    compare_figures,
    compare_quantities,
    in_base_units,
)
from grader.maths.relating.bridging import bridged, compare_regions
from grader.maths.relating.relations import decide_relations, is_listing
from grader.maths.relating.statements import mentions_both_signs, signs_chosen
from grader.maths.relating.steps import judge_derivation, judge_step
from grader.maths.tree import Apply, symbols_of


def judge(question: Question) -> Finding:
    """Return what the question's own way of comparing finds."""
    finding = JUDGES[question.kind](question)
    if finding.truth is Truth.UNKNOWN and is_out_of_reach(question.given):
        return unknown("given-too-large")
    return finding


def _value(question: Question) -> Finding:
    expected, given, setting = question.expected, question.given, question.setting
    if question.lenient:
        expected, given = bridged(expected, given)
        finding = compare_regions(expected, given, setting)
        if finding is not None:
            return finding
    if any(is_listing(side) or mentions_both_signs(side) for side in (expected, given)):
        return decide_relations(expected, given, setting)
    return decide(expected, given, setting)


def _near(question: Question) -> Finding:
    if question.lenient:
        finding = _value(question)
        if finding.equal or symbols_of(question.given):
            return finding
    return compare_numbers(
        question.expected, question.given, question.tolerance, question.setting
    )


def _numbers_near(question: Question) -> Finding:
    return compare_perturbed(
        question.expected,
        question.given,
        question.tolerance,
        question.setting,
        exponents=not question.strict,
    )


def _figures(question: Question) -> Finding:
    return judge_figures(
        question.expected, question.given, question.figures, strict=question.strict
    )


def _places(question: Question) -> Finding:
    return judge_places(question.expected, question.given, question.figures[0])


def _digits(question: Question) -> Finding:
    return judge_digits(question.expected, question.given, question.figures[0])


def _rounding(question: Question) -> Finding:
    return judge_rounding(
        question.expected,
        question.given,
        question.figures,
        truncation=not question.strict,
    )


def _greater(question: Question) -> Finding:
    side = order_of(question.expected, question.given)
    if side is None:
        return unknown("no-order")
    return _told("not-greater", holds=side > 0)


def _shape(question: Question) -> Finding:
    if question.shape is None:
        return unknown("no-shape")
    fault = fault_of_form(question.given, question.shape, question.variable)
    if fault:
        return _different(fault)
    return _value(question) if question.value_matters else _agreed()


def _same_form(question: Question) -> Finding:
    same = same_up_to(question.expected, question.given, question.rules)
    return _told("other-form", holds=same)


def _literal(question: Question) -> Finding:
    return _told("other-form", holds=question.expected == question.given)


def _antiderivative(question: Question) -> Finding:
    return compare_antiderivatives(
        question.expected, question.given, question.variable, question.setting
    )


def _integral(question: Question) -> Finding:
    return compare_integrals(
        question.expected, question.given, question.variable, question.setting
    )


def _added_constant(question: Question) -> Finding:
    """Judge the constant alone; whether the rest is right is another question."""
    known = question.names | {question.variable}
    added = sorted(symbols_of(question.given) - known)
    given, variable, setting = question.given, question.variable, question.setting
    if question.strict:
        plain = len(added) == 1 and is_plain_constant(
            given, added[0], variable, setting
        )
        return _told("constant-not-added", holds=plain)
    free = any(depends_freely(given, name, variable, setting) for name in added)
    return _told("constant-missing", holds=free)


def _choices(question: Question) -> Finding:
    """Judge several values: each of the given ones must be among those expected."""
    wanted = signs_chosen(question.expected)
    doubt = False
    for value in signs_chosen(question.given):
        findings = [decide(one, value, question.setting) for one in wanted]
        if any(finding.equal for finding in findings):
            continue
        if all(finding.different for finding in findings):
            return _different("superfluous-value")
        doubt = True
    return unknown("value-undecided") if doubt else _agreed()


def _system(question: Question) -> Finding:
    sides = [question.expected, question.given]
    for at, side in enumerate(sides):
        if not isinstance(side, Apply) or side.head not in {"list", "set", "and"}:
            return _different("wrong-type")
        sides[at] = Apply("and", side.args)
    if symbols_of(sides[0]) != symbols_of(sides[1]):
        return _different("other-names")
    return decide(sides[0], sides[1], question.setting)


def _step(question: Question) -> Finding:
    step = judge_step(question.given, question.expected, question.setting)
    return step.finding


def _derivation(question: Question) -> Finding:
    steps = judge_derivation(
        question.lines, question.setting, variable=question.variable
    )
    if not question.lines:
        return _different("wrong-type")
    broken = [at for at, step in enumerate(steps, 2) if not step.sound]
    if not broken:
        return _agreed()
    first = steps[broken[0] - 2]
    if any(step.finding.different for step in steps if not step.sound):
        return Finding(
            truth=Truth.DIFFERENT,
            method=first.finding.method,
            reason=first.finding.reason,
            place=f"line {broken[0]}",
        )
    return unknown(first.finding.reason)


def _renamed(question: Question) -> Finding:
    return compare_renamed(
        question.expected, question.given, question.setting, fixed=question.names
    )


def _same_type(question: Question) -> Finding:
    return _told("wrong-type", holds=same_type(question.expected, question.given))


def _criteria(question: Question) -> Finding:
    expected, given = question.expected, question.given
    if question.physical:
        expected, given = in_base_units(expected, given)
    sides = Sides(
        expected=expected,
        given=given,
        notation=question.notation,
        setting=question.setting,
        tolerance=question.tolerance,
    )
    return meets(question.criteria, sides)


def _quantity(question: Question) -> Finding:
    expected, given, same = question.expected, question.given, question.same_units
    if question.figures[0]:
        finding = compare_figures(expected, given, question.figures, same_units=same)
    else:
        finding = compare_quantities(
            expected, given, question.tolerance, same_units=same
        )
    if finding.truth is Truth.UNKNOWN:  # a unit that nobody knows is just a name
        plain = decide(expected, given, question.setting)
        return plain if plain.equal else finding
    return finding


def _different(reason: str) -> Finding:
    return Finding(truth=Truth.DIFFERENT, method="shape", reason=reason)


def _agreed() -> Finding:
    return Finding(truth=Truth.EQUAL, method="agreed")


def _told(reason: str, *, holds: bool) -> Finding:
    return _agreed() if holds else _different(reason)


JUDGES: Final[Mapping[Kind, Callable[[Question], Finding]]] = {
    Kind.VALUE: _value,
    Kind.NEAR: _near,
    Kind.NUMBERS_NEAR: _numbers_near,
    Kind.FIGURES: _figures,
    Kind.PLACES: _places,
    Kind.DIGITS: _digits,
    Kind.ROUNDING: _rounding,
    Kind.GREATER: _greater,
    Kind.SHAPE: _shape,
    Kind.SAME_FORM: _same_form,
    Kind.LITERAL: _literal,
    Kind.ANTIDERIVATIVE: _antiderivative,
    Kind.INTEGRAL: _integral,
    Kind.ADDED_CONSTANT: _added_constant,
    Kind.CHOICES: _choices,
    Kind.SYSTEM: _system,
    Kind.STEP: _step,
    Kind.DERIVATION: _derivation,
    Kind.RENAMED: _renamed,
    Kind.SAME_TYPE: _same_type,
    Kind.CRITERIA: _criteria,
    Kind.QUANTITY: _quantity,
}
