"""What docs/judging.md says of examples is what the judge says."""

import re
from pathlib import Path

import pytest

from grader.maths.decide import decide
from grader.maths.finding import Truth
from grader.maths.reading import read_text

PAGE = Path(__file__).parent.parent.parent / "docs" / "judging.md"
ROW = re.compile(r"\| `(.+?)` \| `(.+?)` \| (equal|different)\b.*? \| (\S+) \|")
EXAMPLES = ROW.findall(PAGE.read_text("utf-8"))


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize(("expected", "given", "verdict", "method"), EXAMPLES)
def test_an_example_is_judged_as_documented(
    expected: str, given: str, verdict: str, method: str
) -> None:
    found = decide(read_text(expected), read_text(given))
    assert (found.truth, found.method) == (Truth(verdict), method)
