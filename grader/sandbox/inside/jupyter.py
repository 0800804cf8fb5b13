"""A Jupyter kernel inside the worker: its parts are real, its sockets stay inside.

The channels are those of `ipykernel`, with its own threads and messages; they meet
the one client in this process's memory, so that nothing listens anywhere. What grading
needs otherwise is changed here: there is nobody to type, `exit()` ends its cell, a
shell command gets no terminal, and no one's configuration or start-up files are read.
"""

import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, Self

import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.interactiveshell import ExecutionResult
from jupyter_client.session import Session
from traitlets import Type
from traitlets.config import Config

from grader.sandbox.inside.shell import NO_INPUT, InputRefused

Reply = dict[str, Any]
Oversee = Callable[[Awaitable[Reply]], Awaitable[Reply]]

_CRITICAL: Final = 50
_UNBOUNDED: Final = 0  # messages in a queue: a lost one would be waited for
_LONGEST_LINE: Final = 2**16  # characters; a longer one is printed in pieces


class Compiler(XCachingCompiler):
    """Gives a cell of the submission the name that it is told by."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*arguments, **options)
        self.cell_name = ""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """Return the file name that a cell is compiled under."""
        name, self.cell_name = self.cell_name, ""
        return name or str(super().get_code_name(raw_code, code, number))


class KernelShell(ZMQInteractiveShell):
    """The kernel's shell, which remembers how the last cell ended."""

    last_error: BaseException | None = None

    async def run_cell_async(self, *arguments: Any, **options: Any) -> ExecutionResult:  # noqa: ANN401 - handed on
        """Run a cell, and keep what it raised."""
        result = await super().run_cell_async(*arguments, **options)
        before = result.error_before_exec
        self.last_error = result.error_in_exec if before is None else before
        return result

    def system_piped(self, cmd: str) -> None:
        """Run a command through a pipe, without a terminal, and print what it prints."""
        with subprocess.Popen(  # noqa: S602 - what the profile of this engine allows
            self.var_expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            while process.stdout and (some := process.stdout.readline(_LONGEST_LINE)):
                sys.stdout.write(some)
        self.user_ns["_exit_code"] = process.returncode

    system = system_piped

    @contextmanager
    def _tee(self, channel: str) -> Iterator[None]:  # noqa: ARG002 - what it overrides has it
        """Leave it out: a second copy of all that is printed, which nobody asks for."""
        yield

    def ask_exit(self) -> NoReturn:
        """End the cell; a notebook's kernel would end here, and be started again."""
        raise SystemExit


class Stream(OutStream):
    """A kernel's output; what nobody keeps costs next to nothing."""

    room = 0

    def write(self, string: str) -> int:
        """Take the text, or claim to have taken it."""
        self.room -= len(string)
        return super().write(string) or 0 if self.room >= 0 else len(string)


class GradedKernel(IPythonKernel):
    """A kernel whose cells are overseen: timed, and told when they fail."""

    shell_class = Type(KernelShell)
    compiler_class = Type(Compiler)
    oversee: Oversee | None = None

    async def do_execute(self, *arguments: Any, **options: Any) -> Reply:  # noqa: ANN401 - handed on
        """Run a cell the usual way, in somebody's care."""
        executing = super().do_execute(*arguments, **options)
        return await (executing if self.oversee is None else self.oversee(executing))

    def raw_input(self, *_: object, **__: object) -> NoReturn:
        """Refuse keyboard input in words."""
        raise InputRefused(NO_INPUT)

    getpass = raw_input


class KernelApplication(IPKernelApp):
    """An application whose channels end in this process."""

    room = 0

    @classmethod
    def started(cls, room: int) -> Self:
        """Return this process's one application, of whose output so much is kept."""
        found = cls.instance()
        found.room = room
        found.initialize([])
        return found

    def __init__(self) -> None:
        settings = Config()
        settings.HistoryManager.enabled = False
        settings.InteractiveShell.xmode = "Minimal"
        super().__init__(
            kernel_class=GradedKernel,
            ignore_cwd=True,  # what lies beside the work shadows no package
            log_level=_CRITICAL,
            capture_fd_output=False,
            outstream_class=f"{__name__}.Stream",
            config=settings,
        )

    def client_session(self) -> Session:
        """Return the other half of this kernel's session."""
        return Session(key=self.session.key)

    def connect(self, channel: str, kind: int) -> zmq.Socket[bytes]:
        """Return a client's socket to one of the channels."""
        context = self.shell_socket.context
        found: zmq.Socket[bytes] = context.socket(kind)
        found.set_hwm(_UNBOUNDED)
        if kind == zmq.SUB:
            found.subscribe(b"")
        found.connect(f"inproc://{channel}")
        return found

    def _bind_socket(self, s: zmq.Socket[bytes], port: int) -> int:
        """Bind a channel in memory, known by its kind."""
        s.set_hwm(_UNBOUNDED)
        if s is self.shell_socket:
            name = "shell"
        else:
            name = "iopub" if s.type == zmq.XPUB else f"unused-{id(s)}"
        s.bind(f"inproc://{name}")
        return port

    def init_iopub(self, context: zmq.Context[zmq.Socket[bytes]]) -> None:
        """Start the channel of what is shown, without its port for other processes.

        Those print where this one's output goes.
        """
        channel = context.socket(zmq.XPUB)
        self._bind_socket(channel, 0)
        self.configure_tornado_logger()
        self.iopub_thread = IOPubThread(channel, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_io(self) -> None:
        """Put the kernel's streams where the process's were."""
        super().init_io()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Stream):
                stream.room = self.room

    def init_heartbeat(self) -> None:
        """Leave it out: nobody asks whether this process lives but the kernel's own."""

    def init_connection_file(self) -> None:
        """Leave it out: nobody else connects."""

    def write_connection_file(self, **_: object) -> None:
        """Leave it out: nobody else connects."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Leave it out: a notebook is graded the same everywhere."""

    def init_code(self) -> None:
        """Leave it out: a start-up file may be part of what was handed in."""
