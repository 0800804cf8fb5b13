import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import grader
from grader.feedback.checks import CHECKS
from grader.feedback.markup import holes
from grader.feedback.remarks import MARKS, OVERALL, SUBMISSIONS
from grader.feedback.wording import BASES, METHODS, REASONS, Templates
from grader.model.answer import FailureReason
from grader.model.score import Basis

ROOT = Path(grader.__file__).parent
JUDGING = ["compare", "score", "pipeline", "expect", "locate", "locate.py", "batch"]
VERDICTS = {"correct", "incorrect", "undecided", "Refused"}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NO_CODES = {"utf-8", "equal-for", "given-undefined", "expected-undefined"}


def _trees(folders: list[str]) -> Iterator[ast.Module]:
    for folder in folders:
        path = ROOT / folder
        for file in [path] if path.is_file() else path.glob("**/*.py"):
            yield ast.parse(file.read_text(encoding="utf-8"))


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _passed(call: ast.Call) -> Iterator[str]:
    """Yield the codes that a call makes a verdict of."""
    name = getattr(call.func, "id", "")
    place = {"partial": 1}.get(name, 0 if name in VERDICTS else None)
    if place is not None and len(call.args) > place:
        argument = call.args[place]
        if isinstance(argument, ast.Constant | ast.IfExp):
            branches = [argument]
            if isinstance(argument, ast.IfExp):
                yield from (*_texts(argument.body), *_texts(argument.orelse))
            else:
                yield from _texts(branches[0])
    for keyword in call.keywords:
        if keyword.arg == "reason":
            yield from _texts(keyword.value)


def reasons_in_use() -> set[str]:
    calls = (
        node
        for tree in _trees(JUDGING)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
    found = {code for call in calls for code in _passed(call)}
    return {code for code in found if CODE.fullmatch(code)} | set(
        get_args(FailureReason)
    )


def hyphenated(folders: list[str]) -> set[str]:
    texts = {text for tree in _trees(folders) for text in _texts(tree)}
    return {t for t in texts if "-" in t and CODE.fullmatch(t)} - NO_CODES


def remarks_in_use() -> set[str]:
    return {
        text
        for tree in _trees(["load", "pipeline"])
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple)
        for text in _texts(node)
        if "-" in text and CODE.fullmatch(text)
    } - NO_CODES


ALL: dict[str, Templates] = {
    **REASONS,
    **{f"basis {k}": v for k, v in BASES.items()},
    **{f"submission {k}": v for k, v in SUBMISSIONS.items()},
    **{f"mark {k}": v for k, v in MARKS.items()},
    **{f"check {k}": v for k, v in CHECKS.items() if k != "property"},
    **{f"method {k}": v for k, v in METHODS.items()},
}


def test_every_reason_that_a_verdict_is_given_has_a_wording() -> None:
    assert reasons_in_use()
    assert reasons_in_use() - REASONS.keys() - MARKS.keys() - CHECKS.keys() == set()


def test_every_code_that_comparators_mention_has_a_wording() -> None:
    known = REASONS.keys() | METHODS.keys() | MARKS.keys()

    assert hyphenated(["compare", "locate", "locate.py"]) - known == set()


def test_every_remark_that_loading_makes_has_a_wording() -> None:
    assert remarks_in_use() - SUBMISSIONS.keys() == set()


def test_every_basis_has_an_entry() -> None:
    assert {str(basis) for basis in Basis} == set(BASES)


@pytest.mark.parametrize("name", ALL)
def test_the_last_template_can_always_be_said(name: str) -> None:
    templates = ALL[name]

    assert all(holes(t) <= {"answer"} for t in templates[-1:])


@pytest.mark.parametrize("name", [*ALL, *OVERALL])
def test_no_template_asks_for_what_only_staff_may_know(name: str) -> None:
    secret = {"expected", "expected_shape", "gap", "allowed", "factor"}

    asked = {hole for t in {**ALL, **OVERALL}[name] for hole in holes(t)}

    assert asked.isdisjoint(secret)


@pytest.mark.parametrize("name", REASONS)
def test_a_sentence_ends_as_one(name: str) -> None:
    assert all(t.endswith((".", "?", "`", "}")) for t in REASONS[name])
