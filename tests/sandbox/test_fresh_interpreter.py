"""A worker in an interpreter of its own does what a forked one does."""

import os
import threading
from pathlib import Path

import pytest

from grader.model.answer import (
    Answer,
    Array,
    Call,
    Failed,
    Found,
    Read,
    Relay,
)
from grader.model.submission import Companion, Source
from grader.sandbox.confinement import Confinement
from grader.sandbox.session import Session, open_reference, open_session
from tests.sandbox.work import LIMITS, module, notebook, reads

FRESH = LIMITS.model_copy(update={"engine": "interpreter"})


def is_dead(pid: object) -> bool:
    """Tell whether a process is gone, or only waits to be noticed."""
    try:
        return b") Z " in Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return True


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def fresh(*cells: str) -> Session:
    return open_session(notebook(*cells), FRESH)


def test_names_and_calls_are_answered() -> None:
    ones = Array(dtype="<f8", shape=(2,), buffer=bytes(16))
    text = "import numpy as np\nx = 2.5\ndef f(y): return y + 1"

    with fresh(text) as session:
        answers = session.ask([Read(name="x"), Call(name="f", positional=(ones,))])

    assert answers[0] == Found(value=2.5)
    assert isinstance(answers[1], Found)
    assert isinstance(answers[1].value, Array)


def test_a_large_answer_and_a_large_input_pass() -> None:
    many = Array(dtype="<f8", shape=(500_000,), buffer=bytes(4_000_000))

    with fresh("def f(x): return x") as session:
        answers = session.ask([Call(name="f", positional=(many,))])

    assert answers == (Found(value=many),)


@pytest.mark.parametrize(
    "protection", ["reads own files only", "no network", "memory limit"]
)
def test_it_is_as_confined_as_a_fork(protection: str) -> None:
    with open_session(notebook("x = 1"), LIMITS) as forked, fresh("x = 1") as alone:
        theirs = dict(forked.transcript().protections)
        own = dict(alone.transcript().protections)

    assert own[protection] == theirs[protection]


def test_it_knows_nothing_of_who_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_SECRET", "42")
    text = "import os, sys\nx = ['GRADER_SECRET' in os.environ, 'grader.model' in sys.modules]"

    with fresh(text) as session:
        answers = session.ask(reads("x"))

    assert "True" not in repr(answers)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("while True: pass", "timed-out", id="an endless loop"),
        pytest.param(
            "while True:\n  try:\n   while 1: pass\n  except BaseException: pass",
            "timed-out",
            id="an endless loop that swallows everything",
        ),
        pytest.param("import time; time.sleep(1000)", "timed-out", id="it sleeps"),
        pytest.param("import os; os._exit(0)", "stopped", id="the process ended"),
        pytest.param(
            "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
            "crashed",
            id="it crashed",
        ),
        pytest.param("return bytearray(2**40)", "out-of-memory", id="too much memory"),
    ],
)
def test_what_a_call_does_to_its_process_costs_the_call(body: str, reason: str) -> None:
    with fresh("x = 1", f"def bad():\n {body}") as session:
        answers = session.ask([Read(name="x"), Call(name="bad"), Read(name="x")])

    assert isinstance(answers[1], Failed)
    assert answers[1].reason == reason
    assert answers[::2] == (Found(value=1), Found(value=1))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(notebook("import os; os._exit(0)", "x = 1"), id="a notebook"),
        pytest.param(module("import os\nos._exit(0)\nx = 1"), id="a module"),
    ],
)
def test_what_ends_the_process_is_left_out(source: Source) -> None:
    with open_session(source, FRESH) as session:
        assert session.ask(reads("x")) == (Found(value=1),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import sys\nsys.stdout.write('x' * 10**7)", id="printed"),
        pytest.param("import os\nos.write(1, b'x' * 10**6)", id="past the streams"),
        pytest.param("import os\nos.write(2, b'x' * 10**6)", id="as errors"),
    ],
)
def test_a_flood_is_cut_and_costs_nothing_else(text: str) -> None:
    with fresh(text, "y = 2") as session:
        answers = session.ask(reads("y"))
        output = session.transcript().output

    assert answers == (Found(value=2),)
    assert output.startswith("xxxx")
    assert len(output) < FRESH.output + 100


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("os.write(n, b'\\xff' * 100)", id="no frame"),
        pytest.param("os.close(n)", id="closed"),
    ],
)
def test_whoever_finds_the_wire_gains_nothing(text: str) -> None:
    cell = f"import os\nfor n in range(3, 50):\n try: {text}\n except OSError: pass"

    with fresh("x = 1", cell, "y = 2") as session:
        answers = session.ask(reads("x", "y"))

    assert all(isinstance(answer, Failed | Found) for answer in answers)
    assert answers[0] == Found(value=1)


def test_a_reference_calls_a_students_function_through_the_parent(
    tmp_path: Path,
) -> None:
    staff = tmp_path / "staff.py"
    staff.write_text("def g(x, *, f): return f(x) + 1\n", encoding="utf-8")
    probe = Call(name="g", positional=(2,), keywords=(("f", Relay(name="f")),))

    with open_reference(staff, FRESH) as asked, fresh("def f(x): return 9 * x") as own:
        answers = asked.ask([probe], relay=lambda call: own.ask([call])[0])

    assert answers == (Found(value=19),)


def test_files_beside_the_work_are_there_and_gone_afterwards() -> None:
    beside = Companion(name="rows.csv", content=b"1,2")
    source = notebook("x = open('rows.csv').read()", companions=(beside,))

    with open_session(source, FRESH) as session:
        answers = session.ask(reads("x"))
        scratch = session.scratch

    assert answers == (Found(value="1,2"),)
    assert not scratch.exists()


def test_work_that_seeds_nothing_is_the_same_as_in_a_fork() -> None:
    text = "import numpy as np\nx = [np.random.rand(), hash('a')]"
    found: list[tuple[Answer, ...]] = []

    for limits in (LIMITS, FRESH):
        with open_session(notebook(text), limits) as session:
            found.append(session.ask(reads("x")))

    assert found[0] == found[1]


def test_nothing_is_left_when_a_session_closes() -> None:
    before = threading.active_count(), open_files()

    with fresh("x = 1") as session:
        session.ask(reads("x"))
        pid = session.pid

    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (threading.active_count(), open_files()) == before


def test_what_an_unconfined_one_started_ends_with_it() -> None:
    text = "import subprocess\nx = subprocess.Popen(['sleep', '1000']).pid"
    lax = Confinement(confined=False)

    with open_session(notebook(text), FRESH, confinement=lax) as session:
        (answer,) = session.ask(reads("x"))

    assert isinstance(answer, Found)
    assert is_dead(answer.value)
