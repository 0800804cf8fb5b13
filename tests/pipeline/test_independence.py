"""What one student handed in changes nothing for the next."""

from itertools import permutations

import pytest

from grader.expect.probes import Asking
from grader.model.rubric import Assignment
from grader.model.submission import Block, BlockKind
from grader.pipeline.examiner import Examiner
from grader.pipeline.paper import examine
from grader.pipeline.sitting import Graded
from tests.pipeline.respondent import InProcess, Plain

RUBRIC = {
    "schema": 1,
    "assignment": "a",
    "title": "A",
    "reference": "r.py",
    "symbols": {"x": "positive"},
    "questions": [
        {
            "id": "1",
            "parts": [
                {
                    "id": "1a",
                    "points": 4,
                    "answer": "slope",
                    "kind": "function",
                    "inputs": {"x": {"low": 1, "high": 2}},
                    "written": {
                        "equation": "f'(x)",
                        "expected": "2 x",
                        "judged_as": "formula",
                    },
                },
            ],
        }
    ],
}
ORDERS = list(permutations(["right", "wrong", "sheet"]))
RIGHT: dict[str, Plain] = {"slope": lambda x: 2 * x}
WRONG: dict[str, Plain] = {"slope": lambda x: 3 * x}
SHEET = (Block(label="a.md", kind=BlockKind.TEXT, text="## 1a\n$f'(x) = 2 x$\n"),)


def grade(examiner: Examiner, who: str) -> Graded:
    if who == "sheet":
        return examine(examiner, None, SHEET, submission=who)
    code = InProcess(RIGHT if who == "right" else WRONG)
    return examine(examiner, code, (), submission=who)


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_the_class_changes_nobodys_points(order: tuple[str, ...]) -> None:
    assignment = Assignment.model_validate(RUBRIC)
    examiner = Examiner(
        assignment=assignment,
        asking=Asking(assignment=assignment, signatures={"slope": ()}),
        reference=InProcess(RIGHT),
    )

    earned = {who: grade(examiner, who).scorecard.earned for who in order}

    assert earned == {"right": 4, "wrong": 0, "sheet": 4}
