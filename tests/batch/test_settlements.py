"""settlements.yaml: what is written is what is read, and what people edit is checked."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.batch.settlements import (
    SettlementError,
    read_settlements,
    write_settlements,
)
from grader.model.shown import one_line
from grader.score.settlement import Settlement, by_key

words = st.text(max_size=60).map(one_line)
labels = st.text("abz019_-.é", min_size=1, max_size=12)
settled = st.builds(
    Settlement,
    submission=labels,
    part=labels,
    answer=labels,
    credit=st.fractions(0, 1, max_denominator=100),
    remark=words,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(settlements=st.lists(settled, max_size=5, unique_by=lambda one: one.key))
def test_what_is_written_is_read_again(
    tmp_path: Path, settlements: list[Settlement]
) -> None:
    path = tmp_path / "settlements.yaml"

    write_settlements(path, settlements)

    assert by_key(read_settlements(path)) == by_key(settlements)


def test_nothing_is_settled_where_no_file_is(tmp_path: Path) -> None:
    assert read_settlements(tmp_path / "settlements.yaml") == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        pytest.param(
            "settlements:\n  - {submission: a, part: 1a, answer: f, credit: 2}\n",
            r"settlements\.yaml:2.*a share lies between 0 and 1",
            id="more than everything",
        ),
        pytest.param(
            "settlements:\n  - {submission: a, part: 1a, credit: 1}\n",
            r"settlements\.yaml:2.*answer",
            id="answer left out",
        ),
        pytest.param("settlements: [", r"settlements\.yaml:2", id="no YAML"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_line(
    tmp_path: Path, written: str, told: str
) -> None:
    path = tmp_path / "settlements.yaml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(SettlementError, match=told):
        read_settlements(path)


def test_a_later_settlement_stands_for_an_earlier_one() -> None:
    first = Settlement(submission="a", part="1a", answer="f", credit=Fraction(0))
    later = Settlement(submission="a", part="1a", answer="f", credit=Fraction(1))

    assert by_key([first, later]) == {("a", "1a", "f"): later}
