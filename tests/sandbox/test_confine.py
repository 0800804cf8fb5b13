"""What a protection's name says is what a submission cannot do."""

import os
import sys

import pytest

from grader.errors import SandboxError
from grader.model.answer import Call, Failed, Found, Sequence
from grader.sandbox.confinement import ESSENTIAL, OPTIONAL, Confinement
from grader.sandbox.layers import landlock
from grader.sandbox.session import Session, open_session
from tests.sandbox.work import LIMITS, notebook, opened, reads

ATTEMPTS = {
    "reads own files only": "open('/etc/passwd').read(10)",
    "writes own folder only": "open('/tmp/outside-of-the-sandbox', 'x')",
    "no network": "__import__('socket').socket()",
    "no new processes": "__import__('os').fork()",
    "no other programs": "__import__('os').execv('/bin/true', ['true'])",
    "no signals to others": "__import__('os').kill(__import__('os').getppid(), 0)",
    "no sight of other processes": "open(f'/proc/{__import__(\"os\").getppid()}/maps')",
    "memory limit": "bytearray(10**10)",
}


def _on(session: Session) -> set[str]:
    return {name for name, holds in session.transcript().protections if holds}


@pytest.mark.skipif(landlock.version() < 1, reason="this kernel has no landlock")
@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_is_protected_is_refused(name: str) -> None:
    with opened(f"def f():\n    return {ATTEMPTS[name]}") as session:
        on = _on(session)
        (answer,) = session.ask([Call(name="f")])

    assert name in on
    assert isinstance(answer, Failed)
    assert answer.reason in {"raised", "out-of-memory"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="layers of Linux")
def test_an_unconfined_process_claims_no_protection() -> None:
    plain = Confinement(confined=False)

    with open_session(notebook(), LIMITS, confinement=plain) as session:
        assert not _on(session) & ESSENTIAL


def test_every_protection_that_is_reported_can_be_required() -> None:
    with opened() as session:
        names = {name for name, _ in session.transcript().protections}

    assert names <= ESSENTIAL | OPTIONAL


def test_a_requirement_names_what_is_missing() -> None:
    wanted = Confinement(require=frozenset({"no network"}))

    with pytest.raises(SandboxError, match="does not give: no network"):
        wanted.refuse_less([("no network", False), ("memory limit", True)])


def test_threads_files_and_plots_still_work() -> None:
    text = (
        "import threading, tempfile, pathlib, socket\n"
        "def f():\n"
        "    found = []\n"
        "    t = threading.Thread(target=lambda: found.append(1))\n"
        "    t.start(); t.join()\n"
        "    with tempfile.NamedTemporaryFile() as file: file.write(b'x')\n"
        "    pathlib.Path('a').write_text('1'); pathlib.Path('a').rename('b')\n"
        "    a, b = socket.socketpair(); a.send(b'x'); b.recv(1)\n"
        "    return len(found)\n"
    )

    with opened(text) as session:
        assert session.ask([Call(name="f")]) == (Found(value=1),)


@pytest.mark.skipif(landlock.version() < 1, reason="this kernel has no landlock")
def test_a_pair_of_datagram_sockets_is_refused() -> None:
    text = "import socket\ndef f(): socket.socketpair(type=socket.SOCK_DGRAM)"

    with opened(text) as session:
        (answer,) = session.ask([Call(name="f")])

    assert isinstance(answer, Failed)
    assert "not permitted" in answer.message


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a filter of Linux")
def test_no_other_process_is_slowed_or_moved() -> None:
    """Refused by the kernel only where the other is another user's."""
    text = (
        "import os\n"
        "def f():\n"
        "    os.setpriority(os.PRIO_PROCESS, 0, 19)\n"
        "    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\n"
        "    return [os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0)]\n"
    )

    with opened(text) as session:
        (answer,) = session.ask([Call(name="f")])

    before = [os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0)]
    assert answer == Found(value=Sequence(kind="list", items=tuple(before)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a filter of Linux")
def test_no_folder_is_listened_to() -> None:
    text = "import ctypes\ndef f():\n    return ctypes.CDLL(None).inotify_init1(0)\n"

    with opened(text) as session:
        assert session.ask([Call(name="f")]) == (Found(value=-1),)


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param("ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0", id="outlive"),
        pytest.param("ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0", id="adopt"),
        pytest.param("owns(fcntl.F_SETOWN, os.getppid())", id="a socket's signals"),
        pytest.param("owns(fcntl.F_SETSIG, 9)", id="another signal"),
    ],
)
def test_what_ties_a_process_to_its_starter_is_out_of_reach(attempt: str) -> None:
    text = (
        "import ctypes, fcntl, os, socket\n"
        "def owns(what, value):\n"
        "    one, other = socket.socketpair()\n"
        "    try:\n        fcntl.fcntl(one, what, value)\n"
        "    except OSError:\n        return False\n"
        "    return True\n"
        f"x = {attempt}"
    )

    with opened(text) as session:
        assert session.ask(reads("x")) == (Found(value=False),)
