"""A sheet and a rubric's `written:` entries -> answers to probes, as a process gives them.

A sheet is asked what code is asked: the formula that states an answer is found by the
meaning of its left side, and evaluated where the rubric's inputs are put in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from grader.locate.forms import same_form
from grader.locate.search import Located, nearest, search
from grader.locate.sheet import Sheet
from grader.locate.spelling import Spelling, house_spelling, read_paper, spelling_of
from grader.locate.values import put_in, value_at
from grader.locate.wanted import Wanted, wanted_of
from grader.maths.closed import number_of
from grader.maths.questions.diagnosis import locate as find_spot
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Number, Tree
from grader.model.answer import (
    Answer,
    Argument,
    Call,
    Formula,
    Found,
    Missing,
    Own,
    Probe,
    Relay,
    Value,
)
from grader.model.rubric import Assignment, Criterion, Mistake

SECONDS_A_SPOT: Final = 0.2  # of each comparison on the way to it
FEWEST_DIGITS: Final = 3  # of a decimal that stands for what it is rounded from


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet as one convention reads it, ready to be asked.

    *nearest* are the left sides that look like those of the answers that are missing.
    """

    located: Mapping[str, Located]
    wanted: Mapping[str, Wanted]
    spelling: Spelling
    nearest: Mapping[str, str] = field(default_factory=dict)

    @property
    def criteria(self) -> Mapping[str, Criterion]:
        """The criteria that have a `written:` entry, by their answers."""
        return {name: wanted.criterion for name, wanted in self.wanted.items()}

    def answer(self, probe: Probe) -> Answer:
        """Return what the sheet says at *probe*."""
        found = self.located.get(probe.name)
        wanted = self.wanted.get(probe.name)
        if found is None or wanted is None:
            return Missing(name=probe.name)
        if wanted.is_formula:
            return Found(value=Formula(tree=_formula(found.tree, wanted)))
        arguments: dict[str, Value] = {}
        if isinstance(probe, Call):
            names = wanted.criterion.inputs
            arguments = dict(zip(names, _values(probe), strict=False))
        tree = _unrounded(found.tree, wanted.expected)
        return Found(value=value_at(put_in(tree, arguments)))

    def mistake_in(self, answer: str) -> Mistake | None:
        """Return the recognised mistake that an answer is in form, if it is one."""
        found, wanted = self.located.get(answer), self.wanted.get(answer)
        if found is None or wanted is None or not wanted.is_formula:
            return None
        return next(
            (
                mistake
                for mistake in wanted.criterion.mistakes
                if mistake.written is not None
                and same_form(_own(mistake.written, wanted), found.tree)
            ),
            None,
        )

    def spot_in(self, answer: str) -> str:
        """Return the place in a wrong answer that alone makes it differ, if one does."""
        found, wanted = self.located.get(answer), self.wanted.get(answer)
        if found is None or wanted is None or wanted.expected is None:
            return ""
        quick = replace(wanted.setting, seconds=SECONDS_A_SPOT)
        return _told(find_spot(wanted.expected, found.tree, quick).place)


def _told(place: str) -> str:
    """Say `exponent` where the engine counts the arguments of `exp`."""
    plain = place.replace("argument 1 of exp", "exponent")
    return plain.replace(", argument 1 of neg", "")


def locate(
    sheet: Sheet,
    assignment: Assignment,
    convention: Mapping[str, str],
    setting: Setting,
) -> Paper:
    """Find each written criterion's answer, as one convention reads the sheet.

    Raises:
        RubricError: a `written:` entry of the rubric cannot be read.
    """
    spelling = spelling_of(assignment.notation, convention)
    house = house_spelling(assignment)
    everything: dict[str, Wanted] = {}
    located: dict[str, Located] = {}
    near: dict[str, str] = {}
    for part in assignment.parts:
        for criterion in part.criteria:
            if criterion.written is None:
                continue
            wanted = wanted_of(part, criterion, spelling, house, setting)
            everything[criterion.answer] = wanted
            best = search(sheet, wanted)
            if best is not None:
                located[criterion.answer] = best
            else:
                near[criterion.answer] = nearest(sheet, wanted)
    return Paper(located=located, wanted=everything, spelling=spelling, nearest=near)


def _formula(tree: Tree, wanted: Wanted) -> Tree:
    """Return the rubric's own form of a formula that is written in another one."""
    if wanted.expected is None:
        return tree
    forms = (wanted.expected, *(_own(o, wanted) for o in wanted.written.other_forms))
    is_right = any(same_form(form, tree) for form in forms)
    return wanted.expected if is_right else tree


def _own(form: str, wanted: Wanted) -> Tree:
    """Return a formula of the rubric in the rubric's names."""
    return wanted.house.translate(read_paper(form))


def _unrounded(tree: Tree, expected: Tree | None) -> Tree:
    """Return what a decimal is rounded from, where it is *expected* to its last digit."""
    aim = number_of(expected) if expected is not None else None
    if not isinstance(aim, Fraction | float):
        return tree
    sign, digits = _decimal(tree)
    whole, _, decimals = digits.partition(".")
    if len((whole + decimals).lstrip("0")) < FEWEST_DIGITS or not decimals:
        return tree
    off = abs(sign * Fraction(digits) - Fraction(aim))
    return (
        expected if expected and off <= Fraction(1, 2 * 10 ** len(decimals)) else tree
    )


def _decimal(tree: Tree) -> tuple[int, str]:
    match tree:
        case Number(text=text) if text.replace(".", "", 1).isdigit():
            return 1, text
        case Apply("neg", (inner,)):
            sign, text = _decimal(inner)
            return -sign, text
        case _:
            return 1, ""


def _values(call: Call) -> list[Value]:
    """Return the arguments that are values: a sheet is never handed a function."""
    return [_value(argument) for argument in call.positional]


def _value(argument: Argument) -> Value:
    return None if isinstance(argument, Own | Relay) else argument
