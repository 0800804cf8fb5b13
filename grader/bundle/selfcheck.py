"""A rubric -> a zip with which students check their own work, without any answer."""

from pathlib import Path
from typing import Final

from grader.bundle.archive import to_zip
from grader.bundle.public import PUBLIC_MODULE, public_view, to_yaml
from grader.errors import RubricError
from grader.model.rubric import Assignment
from grader.pipeline.assignment import read_assignment
from grader.pipeline.selfcheck import SELFCHECK_RUBRIC
from grader.rubric.reader import public_path, reference_path
from grader.version import __version__

_INSTRUCTIONS: Final = """\
# Check your own work: {title}

1. Install Python 3.11 or newer, and the grader as your course tells you.
2. Check: `grader check selfcheck.zip your_notebook.ipynb`

It runs your notebook or module in a process of its own and says, part by part, whether
your answers are there, whether they have the right shape, and whether they fit the
question and each other. It knows no solution: what it finds wrong is wrong, and what it
finds nothing wrong with may still be. It gives no points.

Where a part may be written instead, in a notebook's text or in a sheet (`.md`, `.tex`),
it says where it finds your answer, and does not judge it.

Exit code 0: nothing wrong was found. 1: something was. 2: it could not tell.

Made by grader {version}.
"""


def selfcheck_bundle(rubric: Path) -> bytes:
    """Return the zip that students get for *rubric*.

    Raises:
        RubricError: the rubric cannot be read, or its public module gives the
            reference away.
    """
    assignment = read_assignment(rubric)
    files = {
        SELFCHECK_RUBRIC: to_yaml(public_view(assignment)).encode(),
        "README.md": _instructions(assignment).encode(),
    }
    public = public_path(assignment, rubric)
    if public is not None:
        files[PUBLIC_MODULE] = _public_module(
            public, reference_path(assignment, rubric)
        )
    return to_zip(files)


def _instructions(assignment: Assignment) -> str:
    return _INSTRUCTIONS.format(title=assignment.title, version=__version__)


def _public_module(public: Path, reference: Path) -> bytes:
    if public.resolve() == reference.resolve():
        raise RubricError(
            where=str(public),
            what="the students' module is the reference itself",
            mend="write the properties into a module of their own",
        )
    content = public.read_bytes()
    if f"import {reference.stem}".encode() in content:
        raise RubricError(
            where=str(public),
            what=f"the students' module imports the reference, {reference.stem}",
            mend="`grader lint` names the line; write the property without it",
        )
    return content
