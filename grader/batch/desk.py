"""One trusted process: is told of submissions in lines of JSON, writes their records.

It holds the rubric and the reference, and runs nothing of a student's: that is done by
processes which a starter has for it; a zygote is there before the reference.
"""

import gc
import json
import os
import signal
import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from grader.batch.attending import Attendant
from grader.batch.fingerprint import fingerprint
from grader.batch.folder import OutputFolder
from grader.errors import GraderError
from grader.load.handed import Handed, Member
from grader.model.rubric import RunLimits
from grader.model.submission import Form, Source
from grader.pipeline.assignment import read_assignment
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import open_examiner
from grader.pipeline.sitting import Respondent
from grader.sandbox.confinement import Confinement
from grader.sandbox.session import Session, Starter, open_session, starter_for

_NOTHING: Final = Source(name="nothing.ipynb", form=Form.NOTEBOOK, blocks=())


@dataclass(slots=True)
class Tools:
    """A starter of processes and an examiner, made when they are first needed.

    Where nothing *runs*, since records alone are judged, no protection is asked for.
    """

    rubric: Path
    stack: ExitStack
    confinement: Confinement
    runs: bool = True
    starter: Starter | None = None
    ready: Examiner | None = field(default=None, repr=False)

    @property
    def examiner(self) -> Examiner:
        """The rubric with its reference at hand."""
        if self.ready is None:
            if self.runs:
                self._look_at_protections()
            self.ready = self.stack.enter_context(
                open_examiner(self.rubric, starter=self.starter)
            )
            gc.freeze()  # what stays for the whole class is not looked through again
        return self.ready

    def _look_at_protections(self) -> None:
        """Refuse here, once, where protections lack."""
        limits = read_assignment(self.rubric).run
        self.starter = self.stack.enter_context(starter_for(limits))
        with self._start(_NOTHING, limits) as nobody:
            nobody.transcript()

    def open(self, source: Source) -> AbstractContextManager[Respondent]:
        """Run *source* in a process of its own."""
        return self._start(source, self.examiner.assignment.run)

    def _start(self, source: Source, limits: RunLimits) -> Session:
        return open_session(
            source, limits, starter=self.starter, confinement=self.confinement
        )


def main() -> None:
    """Serve until there is nothing more to read."""
    lines, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever prints must not speak in our place
    signal.signal(signal.SIGTERM, _leave)
    with ExitStack() as stack:
        serve(lines, answers, stack)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what follows is cleaning up


def _leave(*_: object) -> None:
    """End once: what is being cleaned up is not to be interrupted again."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def serve(lines: IO[bytes], answers: IO[bytes], stack: ExitStack) -> None:
    """Read settings, then jobs; answer each with what was done."""
    settings = json.loads(lines.readline())
    attendant = _attendant(settings, stack)
    _say(answers, {"ready": True})
    for line in lines:
        job = json.loads(line)
        try:
            did = _done(attendant, job)
        except GraderError as error:
            _say(answers, {"fault": _told(error)})
            return
        _say(answers, {"did": did})


def _done(attendant: Attendant, job: dict[str, Any]) -> str:
    if "judge" in job:
        return attendant.judge(job["judge"], into=Path(job["into"]))
    return attendant.attend(_handed(job))


def _attendant(settings: dict[str, Any], stack: ExitStack) -> Attendant:
    rubric = Path(settings["rubric"])
    assignment = read_assignment(rubric)
    return Attendant(
        assignment=assignment,
        rests_on=fingerprint(assignment, rubric),
        folder=OutputFolder(Path(settings["output"])),
        equipment=Tools(
            rubric=rubric,
            stack=stack,
            confinement=Confinement(
                require=frozenset(settings["require"]),
                allow_unconfined=settings["allow_unconfined"],
            ),
            runs=settings["runs"],
        ),
    )


def _handed(job: dict[str, Any]) -> Handed:
    return Handed(
        id=job["id"],
        name=job["name"],
        path=Path(job["path"]),
        members=tuple(Member(inside=i, name=n) for i, n in job["members"]),
    )


def _say(answers: IO[bytes], message: object) -> None:
    answers.write(json.dumps(message).encode() + b"\n")


def _told(error: GraderError) -> list[str]:
    return [type(error).__name__, error.where, error.what, error.mend]
