"""An honest notebook earns the same whether we run its cells or a kernel does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader.load.source import load
from grader.model.score import Scorecard
from grader.model.submission import Source
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import grade_source, open_examiner
from grader.sandbox.session import Starter, starter_for

pytest.importorskip("ipykernel")

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "submissions_example" / "hw3"
# what cannot be read is not run, and what never ends costs its limits
LEFT_OUT = ("empty", "not_json", "endless_loop")
NAMES = sorted(
    path.name
    for path in EXAMPLES.glob("*.ipynb")
    if not path.name.startswith(LEFT_OUT)
)  # fmt: skip
FEW = ("perfect.ipynb", "plots_and_magics.ipynb")


@dataclass(frozen=True, slots=True)
class Grader:
    """An examiner, and what its submissions are forked from."""

    examiner: Examiner
    starter: Starter

    def grade(self, source: Source) -> Scorecard:
        graded = grade_source(
            self.examiner, source, submission=source.name, starter=self.starter
        )
        return graded.scorecard


@pytest.fixture(scope="module")
def graders() -> Iterator[tuple[Grader, Grader]]:
    with open_examiner(ROOT / "rubrics" / "hw3.yaml") as fork:
        usual = fork.assignment.run
        run = usual.model_copy(update={"engine": "kernel"})
        assignment = fork.assignment.model_copy(update={"run": run})
        kernel = replace(fork, assignment=assignment)
        with starter_for(usual) as one, starter_for(run) as other:
            yield Grader(fork, one), Grader(kernel, other)


def _marked(name: str) -> object:
    return pytest.param(name, marks=[] if name in FEW else [pytest.mark.slow])


@pytest.mark.parametrize("name", [_marked(name) for name in NAMES])
def test_a_notebook_earns_the_same_in_a_kernel(
    name: str, graders: tuple[Grader, Grader]
) -> None:
    source = load(EXAMPLES / name)

    usual, other = (grader.grade(source) for grader in graders)

    assert other.transcript.remarks[:1] == ("kernel-engine",)
    assert _points(other) == _points(usual)
    assert other.transcript.failures == usual.transcript.failures


def _points(card: Scorecard) -> list[tuple[object, ...]]:
    return [
        (part.part, c.earned, c.basis, c.verdict.outcome, c.verdict.reason)
        for part in card.parts
        for c in part.criteria
    ]
