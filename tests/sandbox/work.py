"""Submissions for the tests of this folder, written as texts."""

from grader.model.answer import Probe, Read
from grader.model.rubric import RunLimits
from grader.model.submission import Block, BlockKind, Companion, Form, Source
from grader.sandbox.session import Session, open_session

LIMITS = RunLimits(cpu=20.0, part=1.0, cell=1.0, memory=300 * 2**20)


def notebook(*cells: str, companions: tuple[Companion, ...] = ()) -> Source:
    return Source(
        name="hw.ipynb",
        form=Form.NOTEBOOK,
        blocks=tuple(
            Block(label=f"cell {n}", kind=BlockKind.CODE, text=text)
            for n, text in enumerate(cells, 1)
        ),
        companions=companions,
    )


def module(text: str) -> Source:
    block = Block(label="hw.py", kind=BlockKind.CODE, text=text)
    return Source(name="hw.py", form=Form.MODULE, blocks=(block,))


def opened(*cells: str, limits: RunLimits = LIMITS) -> Session:
    return open_session(notebook(*cells), limits)


def reads(*names: str) -> tuple[Probe, ...]:
    return tuple(Read(name=name) for name in names)
