"""A question about values -> a finding: the same, near enough, above, among them."""

from grader.maths.decide import decide
from grader.maths.deciding.rereading import rereadings
from grader.maths.finding import Finding, agreed, told, unknown, unlike
from grader.maths.questions.inquiry import Question
from grader.maths.questions.measuring import (
    compare_numbers,
    compare_perturbed,
    order_of,
)
from grader.maths.relating.bridging import bridged, compare_regions
from grader.maths.relating.relations import decide_relations, is_listing
from grader.maths.relating.statements import mentions_both_signs, signs_chosen
from grader.maths.setting import Setting
from grader.maths.tree import Tree, symbols_of


def by_value(question: Question) -> Finding:
    """Judge whether both say the same."""
    expected, given, setting = question.expected, question.given, question.setting
    if question.lenient:
        expected, given = bridged(expected, given)
        finding = compare_regions(expected, given, setting)
        if finding is not None:
            return finding
    if any(is_listing(side) or mentions_both_signs(side) for side in (expected, given)):
        return _by_relations(expected, given, setting)
    return decide(expected, given, setting)


def _by_relations(expected: Tree, given: Tree, setting: Setting) -> Finding:
    finding = decide_relations(expected, given, setting)
    if finding.equal:
        return finding
    declared = bool(setting.domains)
    for _, one, other in rereadings(expected, given, declared=declared):
        again = decide_relations(one, other, setting)
        if again.equal:
            return again
    return finding


def by_near(question: Question) -> Finding:
    """Judge whether numbers agree to within the tolerance."""
    if question.lenient:
        finding = by_value(question)
        if finding.equal or symbols_of(question.given):
            return finding
    return compare_numbers(
        question.expected, question.given, question.tolerance, question.setting
    )


def by_numbers_near(question: Question) -> Finding:
    """Judge whether the answers agree when each number may be off a little."""
    return compare_perturbed(
        question.expected,
        question.given,
        question.tolerance,
        question.setting,
        exponents=not question.strict,
    )


def by_greater(question: Question) -> Finding:
    """Judge whether the given number is above the expected one."""
    side = order_of(question.expected, question.given)
    if side is None:
        return unknown("no-order")
    return told("not-greater", holds=side > 0)


def by_choices(question: Question) -> Finding:
    """Judge several values: each of the given ones must be among those expected."""
    wanted = signs_chosen(question.expected)
    doubt = False
    for value in signs_chosen(question.given):
        findings = [decide(one, value, question.setting) for one in wanted]
        if any(finding.equal for finding in findings):
            continue
        if all(finding.different for finding in findings):
            return unlike("superfluous-value")
        doubt = True
    return unknown("value-undecided") if doubt else agreed()
