"""Expected word and given word -> verdict."""

from grader.compare.comparator import Comparator, Question
from grader.compare.naming import type_name
from grader.model.answer import Formula, Value
from grader.model.verdict import Evidence, Verdict, correct, incorrect, undecided


def compare_choices(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge one choice out of those declared, case and outer blanks aside."""
    right = _word(expected)
    if right is None:
        return undecided("reference-failed", _typed(expected))
    found = _word(given)
    if found is None:
        return incorrect("wrong-type", _typed(given))
    if found in {right, *map(_folded, map(str, question.criterion.accept))}:
        return correct(evidence=Evidence(method="identical"))
    choices = question.criterion.choices
    if choices and not is_offered(given, choices):
        facts = (("choices", ", ".join(question.criterion.choices)),)
        return incorrect("not-a-choice", Evidence(facts=facts))
    return incorrect("other-choice")


def is_offered(given: Value, choices: tuple[str, ...]) -> bool:
    """Return whether *given* is one of *choices*, case and outer blanks aside."""
    return _word(given) in {_folded(choice) for choice in choices}


def compare_texts(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge a short text, runs of blanks folded into one; case counts."""
    if not isinstance(expected, str):
        return undecided("reference-failed", _typed(expected))
    if not isinstance(given, str):
        return incorrect("wrong-type", _typed(given))
    accepted = {_blanks(t) for t in (expected, *map(str, question.criterion.accept))}
    if _blanks(given) in accepted:
        return correct(evidence=Evidence(method="identical"))
    return incorrect("text-differs")


def _word(value: Value) -> str | None:
    match value:
        case bool() | int():
            return _folded(str(value))
        case str():
            return _folded(value)
        case Formula():
            return None
        case _:
            return None


def _folded(text: str) -> str:
    return _blanks(text).casefold()


def _blanks(text: str) -> str:
    return " ".join(text.split())


def _typed(value: Value) -> Evidence:
    return Evidence(facts=(("type", type_name(value)),))


CHOICE = Comparator(kind="choice", judge=compare_choices)
TEXT = Comparator(kind="text", judge=compare_texts)
