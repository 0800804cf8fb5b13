"""A process works ahead on what is announced; nobody's answers change by that."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.model.answer import (
    Answer,
    Call,
    Failed,
    Found,
    Probe,
    Relay,
    Sequence,
    Value,
)
from grader.sandbox import wire
from grader.sandbox.session import open_session
from grader.sandbox.starting import starter_for
from grader.sandbox.zygote import Zygote
from tests.sandbox.work import LIMITS, module, notebook, opened, reads

CELLS = (
    "import numpy as np, random\nheard = []",
    "def double(x):\n    return 2 * x",
    "def noise(x):\n    return x + random.random()",
    "def picky(x):\n    if x < 0: raise ValueError(x)\n    return np.full(3, x)",
)
Group = tuple[Probe, ...]


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(("numpy",), is_warm=False) as zygote:
        yield zygote


def calls(name: str, *values: object) -> Group:
    return tuple(Call(name=name, positional=(v,)) for v in values)  # type: ignore[arg-type]


GROUPS = st.builds(
    calls,
    st.sampled_from(["double", "noise", "picky", "absent"]),
    st.integers(-3, 3),
    st.floats(allow_nan=False),
) | st.just(reads("double", "heard"))


@given(groups=st.lists(GROUPS, max_size=5), data=st.data())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_answers_are_those_of_a_process_that_is_asked_one_by_one(
    zygote: Zygote, groups: list[Group], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(groups)))
    second = data.draw(st.integers(first, len(groups)))
    with open_session(notebook(*CELLS), LIMITS, starter=zygote) as session:
        one_by_one = [session.ask(group) for group in groups]
    with open_session(notebook(*CELLS), LIMITS, starter=zygote) as session:
        session.announce(groups[:first])
        ahead = [session.ask(group) for group in groups[:first]]
        session.announce(groups[first:second])
        ahead += [session.ask(group) for group in groups[first:]]

    assert ahead == one_by_one


@pytest.mark.parametrize("other", [calls("f", 2), calls("f", 1)], ids=["other", "copy"])
def test_what_was_announced_is_asked_first(other: Group) -> None:
    with opened("def f(x): return x") as session:
        groups = [calls("f", 1), (), calls("f", 2)]
        session.announce(groups)
        with pytest.raises(ValueError, match="announced"):
            session.ask(other)
        found = [session.ask(group) for group in groups]

        assert session.ask(other) == found[2 * (other == groups[2])]


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        pytest.param("os._exit(0)", "stopped", id="ends the process"),
        pytest.param("os.kill(os.getpid(), 11)", "crashed", id="crashes it"),
        pytest.param(
            "\n  while True:\n   try:\n    while True: pass\n   except BaseException: pass",
            "timed-out",
            id="hears nothing",
        ),
    ],
)
def test_what_loses_the_process_costs_itself_alone(does: str, reason: str) -> None:
    cell = f"import os\ndef f(x):\n if x == 2:\n  {does}\n return x"
    groups = [calls("f", 1), calls("f", 1, 2, 3), calls("f", 4), calls("f", 5)]
    limits = LIMITS.model_copy(update={"part": 0.3})
    with opened(cell, limits=limits) as session:
        session.announce(groups)
        found = [session.ask(group) for group in groups]

    assert found[0] == (Found(value=1),)
    assert found[1] == (
        Found(value=1),
        Failed(reason=reason, where="input 2"),  # type: ignore[arg-type]
        Found(value=3),
    )
    assert found[2:] == [(Found(value=4),), (Found(value=5),)]


def nested(depth: int) -> Sequence:
    inner: Sequence = Sequence(kind="list", items=())
    for _ in range(depth):
        inner = Sequence(kind="list", items=(inner,))
    return inner


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("x" * (wire.MOST_HEADER_BYTES + 1), id="too long"),
        pytest.param(nested(5000), id="nested too deeply"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_cannot_be_sent_costs_itself_alone(place: int, value: Value) -> None:
    groups = [calls("f", n) for n in range(3)]
    groups[place] = calls("f", value)
    with opened("def f(x): return x") as session:
        session.announce(groups)
        found = [session.ask(group)[0] for group in groups]

    assert isinstance(found.pop(place), Failed)
    assert found == [Found(value=n) for n in range(3) if n != place]


def test_work_in_later_parts_takes_nothing_from_earlier_ones() -> None:
    """Answers that are there are heard, however much was used since they were given."""
    limits = LIMITS.model_copy(update={"cpu": 0.1, "cell": 0.1, "part": 0.4})
    groups = [calls("f", 1), calls("f", 2), *(calls("spin", n) for n in range(5))]
    cell = "def f(x): return x\ndef spin(x):\n while True: pass"
    with opened(cell, limits=limits) as session:
        session.announce(groups)
        found = [session.ask(groups[0])]
        time.sleep(1.5)
        found += [session.ask(group) for group in groups[1:]]

    assert found[:2] == [(Found(value=1),), (Found(value=2),)]
    assert {a.reason for (a,) in found[2:] if isinstance(a, Failed)} == {"timed-out"}
    assert session.transcript().cpu_seconds < 6 * 0.1 + 2 * 0.4 + 1


def test_a_call_that_cannot_be_passed_on_ends_its_process() -> None:
    """What is asked next would be taken for the answer otherwise."""
    staff = module("def use(f): return f(1)\ndef own(x): return 10 * x")

    def failing(call: Call) -> Answer:
        raise OSError(call.name)

    relayed = (Call(name="use", positional=(Relay(name="f"),)),)
    with open_session(staff, LIMITS) as session:
        with pytest.raises(OSError, match="f"):
            session.ask(relayed, relay=failing)
        found = [session.ask(calls("own", n))[0] for n in (1, 2)]

    assert found == [Found(value=10), Found(value=20)]


def test_more_than_the_wire_holds_is_sent_and_answered_in_turns() -> None:
    texts = [chr(97 + n) * 60_000 for n in range(20)]
    groups = [calls("f", text) for text in texts]
    with opened("def f(x): return x[::-1]") as session:
        session.announce(groups)
        found = [session.ask(group) for group in groups]

    assert found == [(Found(value=text[::-1]),) for text in texts]


def test_hundreds_of_answers_are_not_held_up() -> None:
    probes = calls("f", *range(900))
    with opened("def f(x): return x") as session:
        session.announce([probes, calls("f", 1)])
        found = session.ask(probes)

    assert found == tuple(Found(value=n) for n in range(900))


def test_a_bell_that_was_closed_keeps_nothing_from_being_heard() -> None:
    closing = (
        "import os, stat\nfor n in range(3, 60):\n try:\n"
        "  if stat.S_ISFIFO(os.fstat(n).st_mode): os.close(n)\n except OSError: pass"
    )
    with opened("a = 1", closing, "def f(x): return x") as session:
        found = [session.ask(calls("f", n)) for n in range(3)]

    assert found == [(Found(value=n),) for n in range(3)]


def test_a_flood_of_prints_does_not_drown_where_a_cell_begins() -> None:
    """Each cell has its time; together they take more than one of them may."""
    cell = (
        "import time\nstart = time.process_time()\n"
        "while time.process_time() < start + 0.7: print('x' * 500)"
    )
    with opened(cell, cell, cell, "done = 1") as session:
        assert session.ask(reads("done")) == (Found(value=1),)
        assert session.transcript().failures == ()


def test_it_works_ahead_in_a_fresh_interpreter_too() -> None:
    limits = LIMITS.model_copy(update={"engine": "interpreter"})
    groups = [calls("f", n) for n in range(5)]
    with (
        starter_for(limits) as starter,
        open_session(
            notebook("def f(x): return x"), limits, starter=starter
        ) as session,
    ):
        session.announce(groups)
        found: list[tuple[Answer, ...]] = [session.ask(group) for group in groups]

    assert found == [(Found(value=n),) for n in range(5)]
