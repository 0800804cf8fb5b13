"""With `engine: kernel` cells run in a Jupyter kernel, and all else stays as it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.maths.tree import Apply, Number, Symbol
from grader.model.answer import Array, Call, Failed, Formula, Found, Missing
from grader.model.answer import Sequence as ListOf
from grader.model.rubric import RunLimits
from grader.model.submission import Companion
from grader.sandbox.confinement import ESSENTIAL, OPTIONAL, Confinement
from grader.sandbox.engine import engine_for, engine_imports
from grader.sandbox.layers import landlock
from grader.sandbox.layers.descent import descendants
from grader.sandbox.session import Session, open_session
from grader.sandbox.zygote import Zygote
from tests.sandbox.work import LIMITS, module, notebook, reads

pytest.importorskip("ipykernel")

KERNEL = LIMITS.model_copy(update={"engine": "kernel"})
OWN_NETWORK = "no network but its own"
is_linux = pytest.mark.skipif(
    landlock.version() < 1, reason="this kernel has no landlock"
)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    imports = ("numpy", "sympy", *engine_imports(KERNEL))
    with Zygote(imports, is_warm=False) as found:
        yield found


def opened(zygote: Zygote, *cells: str, limits: RunLimits = KERNEL) -> Session:
    return open_session(notebook(*cells), limits, starter=zygote)


def _on(session: Session) -> set[str]:
    return {name for name, holds in session.transcript().protections if holds}


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        pytest.param(["1 + 1"], "2\n", id="the last expression is shown"),
        pytest.param(["1 + 1;"], "", id="a semicolon silences it"),
        pytest.param(["x = 3\nx"], "3\n", id="statements before it run"),
        pytest.param(["print(1)", "import sys; print(2, file=sys.stderr)"], "1\n2\n", id="streams"),
        pytest.param(["7", "_ + 1"], "7\n8\n", id="the last value is an underscore"),
        pytest.param(["7", "Out[1] + len(In)"], "7\n10\n", id="In and Out"),
        pytest.param(["display(1, 'a')"], "1\n'a'\n", id="display"),
        pytest.param(["%%capture c\nprint(1)", "c.stdout"], "'1\\n'\n", id="capture"),
        pytest.param(["print(__name__)"], "__main__\n", id="the main module"),
        pytest.param(
            ["import asyncio\nasync def f(): return 3", "await f()"],
            "3\n",
            id="await at the top",
        ),
        pytest.param(
            [
                "import asyncio\nfound = []\n",
                "async def f(): await asyncio.sleep(0); found.append(1)",
                "task = asyncio.get_running_loop().create_task(f())",
                "await asyncio.sleep(0.01)\nfound",
            ],
            "[1]\n",
            id="the loop runs on between cells",
        ),
        pytest.param(["!echo out; echo err >&2"], "out\nerr\n", id="a shell command"),
        pytest.param(["x = 'in'\n!echo $x {len(x)}"], "in 2\n", id="with variables"),
        pytest.param(["x = !echo out\nprint(x)"], "['out']\n", id="its output"),
        pytest.param(["%%bash\necho out"], "out\n", id="a cell of shell"),
        pytest.param(
            ["import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'print(1)'])\nNone"],
            "1\n",
            id="another interpreter",
        ),
        pytest.param(
            ["import os, warnings\nwarnings.simplefilter('ignore')  # of threads\nif os.fork() == 0:\n    print(1, flush=True); os._exit(0)\nos.wait()\nNone"],
            "1\n",
            id="a process that was forked",
        ),
        pytest.param(
            ["import inspect\ndef f(): return 1", "print(inspect.getsource(f), end='')"],
            "def f(): return 1\n",
            id="sources of functions",
        ),
        pytest.param(
            ["type(get_ipython()).__mro__[1].__name__"],
            "'ZMQInteractiveShell'\n",
            id="the real shell",
        ),
        pytest.param(["import os; os.listdir()"], "['.ipython']\n", id="a folder of its own"),
    ],
)  # fmt: skip
def test_cells_print_what_jupyter_would(
    cells: list[str], printed: str, zygote: Zygote
) -> None:
    with opened(zygote, *cells) as session:
        transcript = session.transcript()

    assert transcript.failures == ()
    assert transcript.output == printed


@pytest.mark.parametrize(
    ("cell", "failure"),
    [
        pytest.param(
            "1 / 0", "ZeroDivisionError: division by zero (line 1: 1 / 0)", id="raises"
        ),
        pytest.param(
            "class E(Exception):\n    def __bool__(self): return False\nraise E('x')",
            "E: x (line 3: raise E('x'))",
            id="raises what claims to be nothing",
        ),
        pytest.param("exit()", "it called exit()", id="exit"),
        pytest.param("import sys; sys.exit(3)", "it called exit()", id="sys.exit"),
        pytest.param(
            "input('?')",
            "InputRefused: input() was called, but nobody is there to type while this "
            "is graded (line 1: input('?'))",
            id="input",
        ),
        pytest.param(
            "x = 1 +* 2",
            "SyntaxError: invalid syntax (<cell 1>, line 1) (line 1)",
            id="syntax",
        ),
        pytest.param(
            "import ipywidgets",
            "ModuleNotFoundError: No module named 'ipywidgets' (line 1: import ipywidgets)",
            id="widgets that are not there",
        ),
        pytest.param(
            "while True: pass", "it did not finish in 1 s of CPU time", id="endless"
        ),
        pytest.param(
            "import asyncio\nwhile True: await asyncio.sleep(0)",
            "it did not finish in 1 s of CPU time",
            id="endless in the loop",
        ),
        pytest.param(
            "import asyncio; await asyncio.sleep(99)",
            "it did not finish in its time, and was stopped",
            id="asleep",
        ),
        pytest.param(
            "import signal; signal.setitimer(signal.ITIMER_PROF, 0)\nwhile True: pass",
            "it did not finish in its time, and was stopped",
            id="endless and deaf",
        ),
        pytest.param(
            "!while true; do true; done",
            "it did not finish in its time, and was stopped",
            id="an endless program",
        ),
        pytest.param(
            "import os, time\n"
            "open('0', 'w').close()\n"
            "for n in range(1, 20_500): os.link('0', f'{n}')  # in well under its time\n"
            "time.sleep(0.6)",
            "it wrote more files than it may",
            id="fills its folder",
        ),
        pytest.param(
            "import os; os._exit(0)", "it ended the whole process", id="ends it all"
        ),
        pytest.param(
            "import os\nif os.fork(): os._exit(0)\nwhile True: pass",
            "it did not finish in its time, and was stopped",
            id="ends, and leaves another in its place",
        ),
    ],
)  # fmt: skip
def test_a_cell_that_fails_is_told_and_the_next_one_runs(
    cell: str, failure: str, zygote: Zygote
) -> None:
    with opened(zygote, cell, "after = 1") as session:
        transcript = session.transcript()
        answers = session.ask(reads("after"))

    assert transcript.failures == (("cell 1", failure),)
    assert answers == (Found(value=1),)


def test_answers_come_as_from_any_worker(zygote: Zygote) -> None:
    text = (
        "import numpy as np, sympy\n"
        "v = np.array([1.0, 2.0])\n"
        "e = 3 * sympy.Symbol('x')\n"
        "def f(x): return 1 / x\n"
        "def slow(x):\n    while True: pass\n"
    )
    calls = [Call(name="f", positional=(number,)) for number in (2, 0)]

    with opened(zygote, text) as session:
        answers = session.ask([*reads("v", "e", "F", "In"), *calls])
        late = session.ask([Call(name="slow", positional=(1,))])
        described = session.describe()

    vector, formula, nearest, given, value, raised = answers
    assert isinstance(vector, Found)
    assert isinstance(vector.value, Array)
    three_x = Apply("mul", (Number(3), Symbol("x")))  # type: ignore[arg-type] # 3 == Fraction(3)
    assert formula == Found(value=Formula(tree=three_x))
    assert nearest == Missing(name="F", nearest="f")
    assert given == Missing(name="In", nearest=None)
    assert value == Found(value=0.5)
    assert raised == Failed(
        reason="raised",
        message="ZeroDivisionError: division by zero",
        where="cell 1, line 4: def f(x): return 1 / x",
    )
    assert [a.reason for a in late if isinstance(a, Failed)] == ["timed-out"]
    assert sorted(described) == ["f", "slow"]


def test_two_runs_draw_the_same_numbers(zygote: Zygote) -> None:
    text = "import random, numpy\nx = random.random()\ny = numpy.random.default_rng().random()"
    found = []

    for _ in range(2):
        with opened(zygote, text) as session:
            found.append(session.ask(reads("x", "y")))

    assert found[0] == found[1]


def test_what_is_asked_for_cannot_type_either(zygote: Zygote) -> None:
    with opened(zygote, "def f(): return input()") as session:
        (answer,) = session.ask([Call(name="f")])

    assert isinstance(answer, Failed)
    assert "nobody is there to type" in answer.message


def test_a_file_beside_the_work_shadows_no_package(zygote: Zygote) -> None:
    beside = (
        Companion(name="numpy.py", content=b"stolen = 1"),
        Companion(
            name=".ipython/profile_default/startup/a.py", content=b"print('started')"
        ),
    )
    source = notebook("import numpy\nx = hasattr(numpy, 'array')", companions=beside)

    with open_session(source, KERNEL, starter=zygote) as session:
        assert session.ask(reads("x")) == (Found(value=True),)
        assert session.transcript().output == ""


def test_a_plot_is_drawn_nowhere_and_closed(zygote: Zygote) -> None:
    pytest.importorskip("matplotlib")
    cell = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nshown = len(plt.get_fignums())"

    with opened(zygote, cell, "left = len(plt.get_fignums())") as session:
        answers = session.ask(reads("shown", "left"))

    assert answers == (Found(value=1), Found(value=0))


def test_the_record_names_the_weaker_profile(zygote: Zygote) -> None:
    with opened(zygote, "x = 1") as session:
        transcript = session.transcript()
        on = _on(session)

    assert transcript.remarks == ("kernel-engine",)
    assert on.isdisjoint({"no new processes", "no other programs"})
    assert {name for name, _ in transcript.protections} <= ESSENTIAL | OPTIONAL


def test_a_module_is_not_run_by_a_kernel(zygote: Zygote) -> None:
    with open_session(module("x = 1"), KERNEL, starter=zygote) as session:
        assert session.transcript().remarks == ()
        assert session.ask(reads("x")) == (Found(value=1),)


@pytest.mark.parametrize(
    "name", ["no network", "no new processes", "no other programs"]
)
def test_what_a_kernel_gives_up_can_be_insisted_on(name: str, zygote: Zygote) -> None:
    insisting = Confinement(require=frozenset({"no other programs", name}))

    with (
        open_session(
            notebook("x = 1"), KERNEL, starter=zygote, confinement=insisting
        ) as session,
        pytest.raises(
            SandboxError, match=r"a kernel's profile does not give: .*no other"
        ),
    ):
        session.ask(reads("x"))


@is_linux
def test_all_other_essential_protections_stay_required(zygote: Zygote) -> None:
    strict = Confinement(allow_unconfined=False)
    lax = Confinement(confined=False, allow_unconfined=False)
    source = notebook("x = 1")

    with open_session(source, KERNEL, starter=zygote, confinement=strict) as session:
        assert session.ask(reads("x")) == (Found(value=1),)
    with (
        open_session(source, KERNEL, starter=zygote, confinement=lax) as session,
        pytest.raises(SandboxError, match="does not give"),
    ):
        session.ask(reads("x"))


def test_no_network_at_all_is_more_than_one_of_its_own() -> None:
    wanted = Confinement(require=frozenset({OWN_NETWORK}))

    wanted.refuse_less([("no network", True)])


def test_a_kernel_that_is_not_installed_is_told_with_how_to_mend_it() -> None:
    with pytest.raises(SandboxError, match=r"pip install 'mathgrader\[kernel\]'"):
        engine_for(notebook("x = 1"), KERNEL, find=lambda _: None)


def test_nothing_of_a_kernel_is_loaded_where_none_is_asked_for() -> None:
    text = "import sys\nx = [n for n in sys.modules if n in {'zmq', 'ipykernel'}]"

    with open_session(notebook(text), LIMITS) as session:
        answers = session.ask(reads("x"))

    assert engine_imports(LIMITS) == ()
    assert answers == (Found(value=answers[0].value),)  # type: ignore[union-attr]
    assert answers[0].value.items == ()  # type: ignore[union-attr]


ATTEMPTS = {
    "reads own files only": "print(open('/etc/passwd').read(10))",
    "reads own files only, by a program": "!cat /etc/passwd && echo reached",
    "reads other processes": "!cat /proc/$PPID/environ /proc/1/environ && echo reached",
    "writes outside": "!echo x > ../outside && echo reached",
    "writes in the machine's folders": "!(echo x > /tmp/outside || echo x > /usr/lib/outside) && echo reached",
    "calls out": "import socket; socket.create_connection(('192.0.2.1', 80), 1); print('reached')",
    "calls out, by a program": "%%bash\nexec 3<>/dev/tcp/192.0.2.1/80 && echo reached",
    "asks a daemon by its path": "import socket; socket.socket(socket.AF_UNIX); print('reached')",
    "pairs datagrams": "import socket; socket.socketpair(type=socket.SOCK_DGRAM); print('reached')",
    "watches the machine": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15); print('reached')",
    "kills its parent": "import os; os.kill(os.getppid(), 9); print('reached')",
    "kills its parent, by a program": "!kill -9 $(ps -o ppid= $PPID) && echo reached",
    "reads from a thread of the kernel": (
        "get_ipython().kernel.control_thread.io_loop.add_callback(\n"
        "    lambda: print(open('/etc/passwd').read()))\n"
        "import time; time.sleep(0.1)"
    ),
    "opens namespaces": "!unshare -Urn true && echo reached",
    "gives its orphans away": (
        "import ctypes\nif ctypes.CDLL(None).prctl(36, 0, 0, 0, 0) == 0: print('reached')"
    ),
}  # fmt: skip


@is_linux
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_stays_protected_is_refused(attempt: str, zygote: Zygote) -> None:
    with opened(zygote, ATTEMPTS[attempt], "after = 1") as session:
        output = session.transcript().output
        answers = session.ask(reads("after"))

    assert "reached" not in output
    assert "root:" not in output
    assert answers == (Found(value=1),)


def test_a_kernel_that_is_broken_costs_its_cell(zygote: Zygote) -> None:
    text = "import gc, zmq\nfor o in gc.get_objects():\n    if isinstance(o, zmq.Socket): o.close()"

    with opened(zygote, "before = 1", text, "after = 1") as session:
        answers = session.ask(reads("before", "after"))
        failures = session.transcript().failures

    assert answers == (Found(value=1), Found(value=1))
    assert [label for label, _ in failures] == ["cell 2"]


WITHOUT_NAMESPACES = """
from grader.sandbox.session import open_session
from tests.sandbox.test_kernel_engine import KERNEL
from tests.sandbox.work import notebook, reads
with open_session(notebook("import socket; socket.socket()", "x = 1"), KERNEL) as session:
    print(session.ask(reads("x")), session.transcript().failures)
    print([name for name, holds in session.transcript().protections if holds])
"""


@is_linux
def test_where_there_is_no_namespace_there_is_no_socket() -> None:
    forbid = 'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"'
    prefix = ["unshare", "-Ur", "sh", "-c", forbid, "sh"]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be forbidden here")

    found = subprocess.run(
        [*prefix, sys.executable, "-c", WITHOUT_NAMESPACES],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert "(Found(value=1),)" in found.stdout
    assert "PermissionError" in found.stdout
    assert "'no network'" in found.stdout


@is_linux
def test_a_program_serves_itself_and_nobody_else(zygote: Zygote) -> None:
    text = (
        "import http.server, threading, urllib.request\n"
        "server = http.server.HTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)\n"
        "threading.Thread(target=server.serve_forever, daemon=True).start()\n"
        "port = server.server_port\n"
        "status = urllib.request.urlopen(f'http://127.0.0.1:{port}/').status\n"
    )

    with opened(zygote, text) as session:
        if "no network" in _on(session):
            pytest.skip("there are no network namespaces here, and so no sockets")
        port, status = session.ask(reads("port", "status"))
        assert OWN_NETWORK in _on(session)
        assert isinstance(port, Found)
        assert not _is_open(int(str(port.value)))

    assert status == Found(value=200)


def _is_open(port: int) -> bool:
    ports = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()]
    return f"0100007F:{port:04X}" in ports


@is_linux
def test_a_pool_of_processes_works(zygote: Zygote) -> None:
    text = "from multiprocessing import Pool\nwith Pool(2) as pool: x = pool.map(abs, [1, -2])"

    with opened(zygote, "import os; y = os.path.ismount('/dev/shm')", text) as session:
        (own,) = session.ask(reads("y"))
        if own != Found(value=True) or "no network" in _on(session):
            pytest.skip("there are no namespaces here, and so no shared memory")
        (answer,) = session.ask(reads("x"))

    assert answer == Found(value=ListOf(kind="list", items=(1, 2)))


@is_linux
def test_nothing_that_it_started_outlives_it(zygote: Zygote) -> None:
    text = (
        "import os, subprocess, time\n"
        "subprocess.Popen(['sleep', '60'], start_new_session=True)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0: time.sleep(60)\n"
        "    os._exit(0)\n"
        "x = 1\n"
    )

    with opened(zygote, text) as session:
        answers = session.ask(reads("x"))
        assert session.pid is not None
        assert len(descendants(session.pid)) >= 2
    assert zygote.pid is not None

    assert answers == (Found(value=1),)
    assert descendants(zygote.pid) == set()


@is_linux
def test_processes_have_a_bound(zygote: Zygote) -> None:
    text = (
        "import os, time\ncount = 0\n"
        "try:\n"
        "    while True:\n"
        "        if os.fork() == 0: time.sleep(60); os._exit(0)\n"
        "        count += 1\n"
        "except BlockingIOError: pass\n"
    )

    with opened(zygote) as nobody:
        if os.getuid() == 0 and "a user of its own" not in _on(nobody):
            pytest.skip("what is of the machine's root is not counted")
    with opened(zygote, text) as session:
        (count,) = session.ask(reads("count"))

    assert isinstance(count, Found)


@is_linux
def test_what_programs_compute_is_counted(zygote: Zygote) -> None:
    text = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'for _ in range(10**7): pass'])"

    with opened(zygote, "x = 1") as idle, opened(zygote, text) as busy:
        without = idle.transcript().cpu_seconds
        spent = busy.transcript().cpu_seconds

    assert spent > without + 0.1
