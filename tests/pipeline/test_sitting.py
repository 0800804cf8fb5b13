"""What a submission is taken to have said."""

import pytest

from grader.model.answer import Answer, Found, Missing
from grader.pipeline.sitting import unmistaken


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        pytest.param(
            Missing(name="score", nearest="z_score"),
            Missing(name="score"),
            id="another answer that is asked for",
        ),
        pytest.param(
            Missing(name="score", nearest="score2"),
            Missing(name="score", nearest="score2"),
            id="a name that nobody asks for",
        ),
        pytest.param(Missing(name="score"), Missing(name="score"), id="no hint"),
        pytest.param(Found(value=1), Found(value=1), id="an answer"),
    ],
)
def test_no_answer_is_another_one_misspelt(answer: Answer, kept: Answer) -> None:
    assert unmistaken([answer], frozenset({"score", "z_score"})) == (kept,)
