import json
import re
from dataclasses import replace

import nbformat
import pytest
from hypothesis import given

from grader.export.notebook import to_notebook
from grader.feedback.audience import feedback
from grader.model.feedback import Audience, Feedback
from grader.model.submission import Block, BlockKind
from tests.conftest import Golden
from tests.export import samples
from tests.export.test_pages import kinds_of, texts, told_of
from tests.export.test_sheet import MARKS, card_on_paper

CELLS = (
    ("text", "# Homework\n\nThe inverse map and <b>more</b>."),
    ("text", "$$f^{-1}(x) = (x_1, x_2 e^{x_1})$$\n\n$2 \\log y \\le y / e$"),
    ("code", "import numpy as np\n\nz0 = np.zeros(2)"),
    ("code", "def jacobian(z):\n    eps_star = 1\n    return z == 0"),
    ("code", "print(z0)\n"),
    ("code", "eps_star: float = -0.3246\nabs_det, radius = 0.5, 1"),
    ("code", "raise NameError"),
)


def cells(*pairs: tuple[str, str]) -> tuple[Block, ...]:
    return tuple(
        Block(label=f"cell {n}", kind=BlockKind(kind), text=text)
        for n, (kind, text) in enumerate(pairs or CELLS, 1)
    )


def told(audience: Audience = Audience.STUDENT) -> Feedback:
    card = card_on_paper()
    first, *rest = card.questions
    inverse, _, *others = first.parts
    (criterion,) = inverse.criteria
    evidence = criterion.verdict.evidence
    facts = (*evidence.facts, ("block", "cell 2"))
    verdict = replace(criterion.verdict, evidence=replace(evidence, facts=facts))
    inverse = replace(inverse, criteria=(replace(criterion, verdict=verdict),))
    latent = samples.mixed().questions[0].parts[1]
    first = replace(first, parts=(inverse, latent, *others))
    marks = tuple(replace(mark, block="cell 2") for mark in MARKS)
    card = replace(card, questions=(first, *rest), marks=marks)
    return feedback(card, samples.assignment(), audience)


def cells_of(raw: str) -> dict[str, str]:
    notebook = nbformat.reads(raw, as_version=4)
    nbformat.validate(notebook)
    return {cell["id"]: cell["source"] for cell in notebook.cells}


def test_an_annotated_notebook_is_still_written_the_same(golden: Golden) -> None:
    golden("export/feedback.ipynb", to_notebook(told(), cells()))


def test_the_students_cells_stand_in_their_order_and_unchanged() -> None:
    found = cells_of(to_notebook(told(), cells()))

    own = [text for name, text in found.items() if name.startswith("cell-")]
    assert own == [text for _, text in CELLS]


def test_each_verdict_follows_the_cell_that_it_is_about() -> None:
    found = cells_of(to_notebook(told(), cells()))

    parts = {
        name: re.findall(r"^### . (\w+)", text, re.MULTILINE)
        for name, text in found.items()
        if name.startswith("feedback-")
    }
    assert parts == {
        "feedback-head": [],
        "feedback-2": ["1a"],
        "feedback-3": ["1b"],
        "feedback-4": ["1c"],
        "feedback-6": ["1d", "2b", "2d"],
        "feedback-7": [],
        "feedback-rest": ["2a", "2c"],
    }


def test_a_false_step_is_marked_after_its_cell_and_a_true_one_is_not() -> None:
    found = cells_of(to_notebook(told(), cells()))

    assert r"**✗** `2 \log y \le y / e`" in found["feedback-2"]
    assert "z_0 = z_0" not in "".join(found.values())


def test_the_failure_of_a_cell_stands_after_it() -> None:
    found = cells_of(to_notebook(told(), cells()))

    assert "NameError: name 'np' is not defined" in found["feedback-7"]


def test_the_head_tells_the_points_what_waits_and_that_it_was_late() -> None:
    head = cells_of(to_notebook(told(), cells()))["feedback-head"]

    assert "**2.5 of 36.33 points** · 5 waiting" in head
    assert "1 day late" in head
    assert "| 2d | The best bound | ✗ wrong | 0 / 2.33 |" in head


@pytest.mark.parametrize(
    ("code", "defines"),
    [
        pytest.param("z0 = 1", True, id="assigned"),
        pytest.param("a, z0 = 1, 2", True, id="in a tuple"),
        pytest.param("z0, a = 1, 2", True, id="first in a tuple"),
        pytest.param("z0: float = 1", True, id="annotated"),
        pytest.param("async def z0(x): ...", True, id="an async function"),
        pytest.param("if True:\n    def z0(): ...", True, id="under a condition"),
        pytest.param("z0 == 1", False, id="compared"),
        pytest.param("z01 = 1", False, id="a longer name"),
        pytest.param("f(z0=1)", False, id="a keyword"),
        pytest.param("# z0 = 1", False, id="a comment"),
        pytest.param("z0" + ", z0" * 50_000, False, id="a line without end"),
    ],
)
def test_a_note_goes_where_the_answer_is_defined(code: str, defines: bool) -> None:  # noqa: FBT001 - a table's column
    found = cells_of(to_notebook(told(), cells(("code", code))))

    assert ("1b" in found.get("feedback-1", "")) is defines


def test_the_last_definition_is_the_one_that_counts() -> None:
    twice = cells(("code", "z0 = 1"), ("code", "z0 = 2"), ("code", "print(z0)"))

    found = cells_of(to_notebook(told(), twice))

    assert "feedback-1" not in found
    assert "1b" in found["feedback-2"]


def test_no_expected_value_is_told_to_students() -> None:
    own = cells(("text", "nothing of it"))

    raw = to_notebook(told(), own)

    for expected in ("0.7581633", "0.3246", "within-tolerance", "7.6e-07", "Taken as"):
        assert expected not in raw


@given(text=texts)
def test_any_text_gives_a_notebook_with_as_many_cells(text: str) -> None:
    blocks = cells(("text", text), ("code", text), ("code", "radius = 1"))

    raw = to_notebook(told_of(text), blocks)

    json.loads(raw.encode())
    found = cells_of(raw)
    assert [name for name in found if name.startswith("cell-")] == [
        "cell-1",
        "cell-2",
        "cell-3",
    ]
    assert raw == to_notebook(told_of(text), blocks)


@given(text=texts)
def test_no_text_of_a_student_is_markdown_in_a_note(text: str) -> None:
    def said(word: str) -> set[str]:
        notes = cells_of(to_notebook(told_of(word), cells()))
        own = (t for name, t in notes.items() if name.startswith("feedback"))
        return set().union(*(kinds_of(note) for note in own))

    assert said(text) <= said("x") | {"softbreak", "text_special"}


def test_a_notebook_without_cells_is_still_one() -> None:
    found = cells_of(to_notebook(told(), ()))

    assert list(found) == ["feedback-head", "feedback-rest"]
