"""What a submission does costs itself: answers survive, the rest is asked."""

import os
import time
from pathlib import Path

import pytest

from grader.errors import RubricError, SandboxError
from grader.maths.tree import Apply, Number, Symbol
from grader.model.answer import (
    Answer,
    Array,
    Call,
    Failed,
    Formula,
    Found,
    Missing,
    Opaque,
    Own,
    Read,
    Relay,
)
from grader.model.rubric import RunLimits
from grader.model.submission import Companion
from grader.sandbox.confinement import Confinement
from grader.sandbox.session import open_reference, open_session
from grader.sandbox.zygote import Zygote
from tests.sandbox.work import LIMITS, module, notebook, opened, reads


def test_names_and_calls_are_answered() -> None:
    with opened("x = 2.5\ndef double(y): return 2 * y") as session:
        answers = session.ask([Read(name="x"), Call(name="double", positional=(4,))])

    assert answers == (Found(value=2.5), Found(value=8))


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        pytest.param("Jacobian", "jacobian", id="case"),
        pytest.param("jacobain", "jacobian", id="two letters swapped"),
        pytest.param("jacobian_", "jacobian", id="an underscore"),
        pytest.param("entropy", None, id="nothing like it"),
        pytest.param("numpy_", None, id="an import is no answer"),
        pytest.param("get_ipython", None, id="what every notebook has"),
    ],
)
def test_a_missing_name_is_told_with_the_nearest(asked: str, nearest: str) -> None:
    with opened("import math as numpy\njacobian = 1") as session:
        answers = session.ask(reads(asked))

    assert answers == (Missing(name=asked, nearest=nearest),)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param(
            "def f(x):\n    return 1 / x",
            Failed(
                reason="raised",
                message="ZeroDivisionError: division by zero",
                where="cell 1, line 2: return 1 / x",
            ),
            id="an exception",
        ),
        pytest.param(
            "def f(): return 1",
            Failed(
                reason="wrong-arguments", message="f(): too many positional arguments"
            ),
            id="another number of arguments",
        ),
        pytest.param(
            "f = 3.0",
            Failed(reason="not-callable", message="f is a value (float)"),
            id="a value",
        ),
        pytest.param(
            "def f(x): raise SystemExit",
            Failed(
                reason="stopped",
                message="SystemExit",
                where="cell 1, line 1: def f(x): raise SystemExit",
            ),
            id="exit",
        ),
        pytest.param(
            "def f(x): return f",
            Found(value=Opaque(type_name="function", reason="a function, not a value")),
            id="a function as a value",
        ),
        pytest.param(
            "import numpy as np\ndef f(x): return np.zeros((5000, 5000))",
            Failed(
                reason="too-large",
                message="an array of shape (5000, 5000) is too large",
            ),
            id="too much of it",
        ),
    ],
)
def test_a_call_that_goes_wrong_says_how(text: str, answer: Answer) -> None:
    with opened(text) as session:
        assert session.ask([Call(name="f", positional=(0,))]) == (answer,)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("while True: pass", "timed-out", id="an endless loop"),
        pytest.param("import os; os._exit(0)", "stopped", id="the process ended"),
        pytest.param(
            "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
            "crashed",
            id="a crash",
        ),
        pytest.param("return [0] * 10**10", "out-of-memory", id="too much memory"),
    ],
)
def test_a_bad_call_costs_itself_and_the_rest_is_answered(
    body: str, reason: str
) -> None:
    text = f"before = 1\ndef bad():\n    {body}\nafter = 2"

    with opened(text) as session:
        answers = session.ask(
            [Read(name="before"), Call(name="bad"), Read(name="after")]
        )

    assert answers[0] == Found(value=1)
    assert isinstance(answers[1], Failed)
    assert answers[1].reason == reason
    assert answers[2] == Found(value=2)


def test_a_call_that_did_not_finish_says_at_which_input() -> None:
    text = "def f(n):\n    while n == 2: pass\n    return n"

    with opened(text) as session:
        answers = session.ask([Call(name="f", positional=(n,)) for n in (1, 2, 3)])

    assert answers[1] == Failed(reason="timed-out", where="input 2")


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "try:\n  while 1: pass\n except BaseException: pass", id="catches"
        ),
        pytest.param("import time; time.sleep(1000)", id="sleeps"),
        pytest.param("import re; re.match('(a*)*b', 'a' * 40)", id="in one C call"),
        pytest.param("import os; os.kill(os.getpid(), 19)", id="stops itself"),
        pytest.param(
            "import signal; signal.setitimer(2, 0)\n while 1: pass", id="disarms"
        ),
    ],
)
def test_what_does_not_listen_is_killed_from_outside(body: str) -> None:
    text = (
        f"def bad():\n while True:\n  pass\ndef bad():\n {body}\n return bad()\nx = 1"
    )

    with opened(text) as session:
        answers = session.ask([Call(name="bad"), Read(name="x")])

    assert isinstance(answers[0], Failed)
    assert answers[0].reason == "timed-out"
    assert answers[1] == Found(value=1)


def test_a_cell_that_ends_the_process_is_left_out_and_later_ones_count() -> None:
    with opened("a = 1", "import os\nos._exit(0)", "b = 2") as session:
        answers = session.ask(reads("a", "b"))
        failures = session.transcript().failures

    assert answers == (Found(value=1), Found(value=2))
    assert failures == (("cell 2", "it ended the whole process"),)


def test_many_cells_that_end_the_process_are_bounded() -> None:
    cells = ["a = 1", *["import os\nos._exit(0)"] * 20]

    with opened(*cells) as session:
        assert session.ask(reads("a")) == (Found(value=1),)


def test_parts_that_hang_do_not_take_later_parts_along() -> None:
    with opened("def f():\n    while True: pass", "x = 1") as session:
        first = session.ask([Call(name="f")] * 5)
        second = session.ask(reads("x"))

    assert {a.reason for a in first if isinstance(a, Failed)} == {"timed-out"}
    assert second == (Found(value=1),)


def test_inputs_are_copies() -> None:
    ones = Array(dtype="<f8", shape=(1,), buffer=bytes(8))
    text = "def f(x):\n    x += 1\n    return float(x[0])"

    with opened("import numpy", text) as session:
        answers = session.ask([Call(name="f", positional=(ones,))] * 2)

    assert answers == (Found(value=1.0), Found(value=1.0))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import random\nx = random.random()", id="random"),
        pytest.param("import numpy as np\nx = np.random.rand()", id="legacy numpy"),
        pytest.param(
            "import numpy as np\nx = np.random.default_rng().random()", id="generators"
        ),
        pytest.param("x = list({'a', 'b', 'c', 'd'})[0]", id="order of a set"),
    ],
)
def test_work_that_seeds_nothing_is_the_same_on_every_run(text: str) -> None:
    found = []
    for _ in range(2):
        with opened(text) as session:
            found.append(session.ask(reads("x")))

    assert found[0] == found[1]


def test_what_the_last_digits_depend_on_is_told() -> None:
    with opened("import numpy") as session:
        numerics = session.transcript().numerics

    assert numerics.startswith("numpy ")


def test_nothing_is_told_of_numbers_where_numpy_is_not_used() -> None:
    with opened("x = 1") as session:
        assert session.transcript().numerics == ""


def test_a_shared_zygote_keeps_submissions_apart() -> None:
    first = notebook("import sympy\nsympy.secret = 1\nx = 1")
    second = notebook("import sympy\nx = hasattr(sympy, 'secret')")

    with Zygote(("sympy",), is_warm=False) as zygote:
        with open_session(first, LIMITS, starter=zygote) as session:
            session.ask(reads("x"))
        with open_session(second, LIMITS, starter=zygote) as session:
            answers = session.ask(reads("x"))

    assert answers == (Found(value=False),)


def test_printed_text_is_kept_up_to_its_limit_and_made_visible() -> None:
    limits = RunLimits(output=1000)

    with opened("print('\\x1b[2J')\nprint('x' * 10_000)", limits=limits) as session:
        output = session.transcript().output

    assert output.startswith("\\x1b[2J\nxxx")
    assert len(output) < 1100


def test_companions_lie_beside_the_work_and_nothing_shadows_packages() -> None:
    source = notebook(
        "import helper, numpy\nx = helper.k + len(open('rows.csv').read())",
        "real = hasattr(numpy, 'ndarray')",
        companions=(
            Companion(name="helper.py", content=b"k = 1"),
            Companion(name="rows.csv", content=b"1,2,3"),
            Companion(name="numpy.py", content=b""),
        ),
    )

    with open_session(source, LIMITS) as session:
        assert session.ask(reads("x", "real")) == (Found(value=6), Found(value=True))


def test_a_module_is_imported_and_not_run_as_a_program() -> None:
    text = "name = __name__\nif name == '__main__':\n    raise SystemExit\nlast = 1"

    with open_session(module(text), LIMITS) as session:
        assert session.ask(reads("name", "last")) == (Found(value="hw"), Found(value=1))


def test_nothing_is_left_when_a_session_closes() -> None:
    with opened("x = 1") as session:
        session.ask(reads("x"))
        scratch = session.scratch
        pid = session.pid
    assert pid is not None

    assert not scratch.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    (tmp_path / "near.py").write_text("factor = 3\n")
    path = tmp_path / "staff.py"
    path.write_text(
        "import near\n"
        "def f(x): return near.factor * x\n"
        "def g(x, *, f): return f(x) + 1\n"
        "def h(*, g): return g(x=2)\n"
        "def total(*, v): return v * 10\n"
        "def v(): return 7\n"
    )
    return path


def test_a_reference_tells_what_it_asks_for(reference: Path) -> None:
    with open_reference(reference, LIMITS) as session:
        assert session.describe() == {
            "f": (),
            "g": ("f",),
            "h": ("g",),
            "total": ("v",),
            "v": (),
        }


def test_a_reference_builds_on_its_own_earlier_answers(reference: Path) -> None:
    inner = Own(name="g", earlier=(("f", Own(name="f")),))

    with open_reference(reference, LIMITS) as session:
        answers = session.ask(
            [
                Call(name="h", keywords=(("g", inner),)),
                Call(name="total", keywords=(("v", Own(name="v", call=True)),)),
            ]
        )

    assert answers == (Found(value=7), Found(value=70))


def test_a_reference_calls_a_students_function_through_the_parent(
    reference: Path,
) -> None:
    probe = Call(name="g", positional=(2,), keywords=(("f", Relay(name="f")),))

    with (
        open_reference(reference, LIMITS) as staff,
        opened("def f(x): return 100 * x") as student,
    ):
        answers = staff.ask([probe], relay=lambda call: student.ask([call])[0])

    assert answers == (Found(value=201),)


def test_a_relayed_call_that_fails_is_told(reference: Path) -> None:
    probe = Call(name="g", positional=(2,), keywords=(("f", Relay(name="f")),))

    with open_reference(reference, LIMITS) as staff:
        answers = staff.ask([probe], relay=lambda _: Missing(name="f"))

    assert isinstance(answers[0], Failed)
    assert "RelayFailed: the submission does not define f" in answers[0].message


def test_a_reference_takes_symbols(reference: Path) -> None:
    asked = Call(name="f", positional=(Formula(tree=Symbol("x")),))

    with open_reference(reference, LIMITS) as session:
        answers = session.ask([asked])

    three_x = Apply("mul", (Number(3), Symbol("x")))  # type: ignore[arg-type] # 3 == Fraction(3)
    assert answers == (Found(value=Formula(tree=three_x)),)


def test_a_reference_that_is_not_there_is_the_rubrics_fault(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        open_reference(tmp_path / "nothing.py", LIMITS)


def test_grading_that_requires_what_is_not_there_is_refused() -> None:
    strict = Confinement(confined=False, allow_unconfined=False)

    with (
        open_session(notebook("x = 1"), LIMITS, confinement=strict) as session,
        pytest.raises(SandboxError, match="no network"),
    ):
        session.ask(reads("x"))


def test_a_name_that_leads_out_of_the_folder_is_refused() -> None:
    source = notebook("x = 1", companions=(Companion(name="../x", content=b""),))

    with pytest.raises(Exception, match="leads out"):
        open_session(source, LIMITS)


def test_a_zygote_that_is_killed_is_started_again() -> None:
    with Zygote((), is_warm=False) as zygote:
        with open_session(notebook("x = 1"), LIMITS, starter=zygote) as session:
            session.ask(reads("x"))
        assert zygote.pid is not None
        os.kill(zygote.pid, 9)
        time.sleep(0.05)
        with open_session(notebook("x = 2"), LIMITS, starter=zygote) as session:
            answers = session.ask(reads("x"))

    assert answers == (Found(value=2),)


def test_signals_to_its_own_group_reach_nobody_else() -> None:
    lax = Confinement(confined=False)
    source = notebook("x = 1", "import os\nos.killpg(0, 9)", "y = 2")

    with Zygote((), is_warm=False) as zygote:
        with open_session(notebook("x = 1"), LIMITS, starter=zygote) as session:
            session.ask(reads("x"))
            before = zygote.pid
        with open_session(source, LIMITS, starter=zygote, confinement=lax) as session:
            answers = session.ask(reads("x", "y"))

        assert zygote.pid == before
    assert answers == (Found(value=1), Found(value=2))


def test_no_folders_that_it_made_keep_it_from_being_confined() -> None:
    deep = (
        "import os\nif not os.path.isdir('d' * 200):\n"
        " for n in range(30):\n  os.mkdir('d' * 200)\n  os.chdir('d' * 200)\n os._exit(0)"
    )

    with opened("x = 1") as plain, opened(deep, "x = 1") as hostile:
        answers = hostile.ask(reads("x"))
        wanted = plain.transcript().protections
        found = hostile.transcript().protections

    assert answers == (Found(value=1),)
    assert found == wanted


def test_a_process_that_closes_everything_has_ended_by_itself() -> None:
    with opened("import os\ndef f():\n os.closerange(0, 60)\nx = 1") as session:
        answers = session.ask([Call(name="f"), Read(name="x")])

    assert isinstance(answers[0], Failed)
    assert answers[0].reason == "stopped"
    assert answers[1] == Found(value=1)


def test_a_cell_with_many_numbers_is_run() -> None:
    text = f"x = len([{','.join('1' * 450_000)}])"
    limits = LIMITS.model_copy(update={"memory": 1500 * 2**20, "cell": 20.0})

    with opened(text, limits=limits) as session:
        assert session.ask(reads("x")) == (Found(value=450_000),)
