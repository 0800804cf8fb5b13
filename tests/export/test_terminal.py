import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from grader.export.terminal import print_scorecard, print_summary
from grader.feedback.audience import feedback
from grader.model.feedback import Audience
from tests.conftest import Golden
from tests.export import samples
from tests.export.test_pages import texts, with_text


def console(width: int = 80, *, colour: bool = False) -> Console:
    return Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
    )


def printed(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


@pytest.mark.parametrize("audience", Audience)
def test_a_scorecard_still_looks_the_same(audience: Audience, golden: Golden) -> None:
    screen = console()

    print_scorecard(screen, feedback(samples.mixed(), samples.assignment(), audience))

    golden(f"export/{audience}.txt", printed(screen))


def test_a_class_still_looks_the_same(golden: Golden) -> None:
    screen = console()

    print_summary(screen, [samples.mixed(), samples.perfect(), samples.unreadable()])

    golden("export/summary.txt", printed(screen))


@given(text=texts, width=st.integers(40, 120))
def test_no_text_of_a_student_widens_or_steers_the_terminal(
    text: str, width: int
) -> None:
    screen = console(width)
    card = with_text(text)

    print_scorecard(screen, feedback(card, samples.assignment(), Audience.STAFF))
    print_summary(screen, [card])

    out = printed(screen)
    assert "\x1b" not in out
    assert max(cell_len(line) for line in out.split("\n")) <= width


def test_colour_is_used_where_there_is_some() -> None:
    screen = console(colour=True)

    print_summary(screen, [samples.mixed()])

    assert "\x1b[32m" in printed(screen)


def test_an_empty_class_is_printed_as_well() -> None:
    screen = console()

    print_summary(screen, [])

    assert "submission" in printed(screen)


def test_each_of_several_answers_is_named_and_right_ones_need_no_words() -> None:
    screen = console()
    told = feedback(samples.several(), samples.assignment(), Audience.STUDENT)

    print_scorecard(screen, told)

    out = printed(screen)
    assert "    ✓ lower  5/5  right\n    ✗ upper  0/5  wrong\n      upper is not" in out
    assert "Right." not in out


def test_no_line_ends_in_blanks() -> None:
    screen = console(40)
    told = feedback(samples.mixed(), samples.assignment(), Audience.STUDENT)

    print_scorecard(screen, told)

    assert [line for line in printed(screen).split("\n") if line.endswith(" ")] == []
