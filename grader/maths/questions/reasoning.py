"""A question about statements -> a finding: steps, systems, names changed."""

from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth, agreed, unknown, unlike
from grader.maths.forms.renaming import compare_renamed
from grader.maths.questions.inquiry import Question
from grader.maths.relating.steps import judge_derivation, judge_step
from grader.maths.tree import Apply, symbols_of


def by_system(question: Question) -> Finding:
    """Judge a system of equations in the same names."""
    sides = [question.expected, question.given]
    for at, side in enumerate(sides):
        if not isinstance(side, Apply) or side.head not in {"list", "set", "and"}:
            return unlike("wrong-type")
        sides[at] = Apply("and", side.args)
    if symbols_of(sides[0]) != symbols_of(sides[1]):
        return unlike("other-names")
    return decide(sides[0], sides[1], question.setting)


def by_step(question: Question) -> Finding:
    """Judge one step of a derivation."""
    step = judge_step(question.given, question.expected, question.setting)
    return step.finding


def by_derivation(question: Question) -> Finding:
    """Judge every step of a derivation."""
    steps = judge_derivation(
        question.lines, question.setting, variable=question.variable
    )
    if not question.lines:
        return unlike("wrong-type")
    broken = [at for at, step in enumerate(steps, 2) if not step.sound]
    if not broken:
        return agreed()
    first = steps[broken[0] - 2]
    if any(step.finding.different for step in steps if not step.sound):
        return Finding(
            truth=Truth.DIFFERENT,
            method=first.finding.method,
            reason=first.finding.reason,
            place=f"line {broken[0]}",
        )
    return unknown(first.finding.reason)


def by_renamed(question: Question) -> Finding:
    """Judge whether both are one after renaming."""
    return compare_renamed(
        question.expected, question.given, question.setting, fixed=question.names
    )
