"""A zygote that is begun by a guess imports early, and nothing depends on the guess."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.answer import Found
from grader.model.rubric import RunLimits
from grader.sandbox.ahead import begun_for
from grader.sandbox.imports import glanced_imports, named_imports
from grader.sandbox.interpreter import Interpreters
from grader.sandbox.session import open_session
from grader.sandbox.starting import starter_of_both
from grader.sandbox.zygote import Zygote
from tests.sandbox.work import LIMITS, notebook, reads

IS_LOADED = "import sys\nloaded = {} in sys.modules"
LINES = st.sampled_from(
    [
        "import numpy as np",
        "    from sympy import *",
        "import scipy.stats",
        "import os.path as p, pandas as pd,sympy",
        "x = 1",
        "# import torch",
        '"import pandas"',
        "",
    ]
)


def written(folder: Path, content: bytes, name: str = "hw.ipynb") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "imports"),
    [
        pytest.param(b"", (), id="empty"),
        pytest.param(b"import numpy as np\nx = 1\n", ("numpy",), id="module"),
        pytest.param(b"x = 1\r\n\tfrom sympy import *", ("sympy",), id="indented"),
        pytest.param(b"x = 'numpy'\n# import numpy", (), id="only mentioned"),
        pytest.param(b"import numpyro", (), id="longer name"),
        pytest.param(
            b"import os, numpy as n,\tsympy # x", ("numpy", "sympy"), id="several"
        ),
        pytest.param(b"from numpy.linalg import sympy", ("numpy",), id="part of one"),
        pytest.param(b'["import sympy as sp\\n", "x"]', ("sympy",), id="lines"),
        pytest.param(b'"a = 1\\nimport numpy\\n"', ("numpy",), id="one string"),
        pytest.param(
            b"import matplotlib.pyplot as plt", ("matplotlib.pyplot",), id="whole name"
        ),
        pytest.param(b"\xff\xfe\x00import numpy", (), id="no text"),
        pytest.param(b"x" * 5_000_000 + b"\nimport numpy", (), id="too far down"),
    ],
)
def test_a_glance_tells_what_is_imported(
    content: bytes, imports: tuple[str, ...], tmp_path: Path
) -> None:
    assert glanced_imports(written(tmp_path, content, "hw.py")) == imports


@pytest.mark.parametrize("name", ["hw.zip", "hw.md", "hw"])
def test_other_files_are_not_glanced_at(name: str, tmp_path: Path) -> None:
    assert glanced_imports(written(tmp_path, b"import numpy", name)) == ()


def test_what_is_no_file_is_not_glanced_at(tmp_path: Path) -> None:
    folder = tmp_path / "hw.py"
    folder.mkdir()

    assert glanced_imports(folder) == ()
    assert glanced_imports(tmp_path / "missing.py") == ()


@given(
    cells=st.lists(st.lists(LINES), max_size=4),
    as_lines=st.booleans(),
    indent=st.sampled_from([None, 1]),
)
def test_a_glance_at_a_notebook_misses_nothing(
    cells: list[list[str]],
    as_lines: bool,  # noqa: FBT001 - hypothesis fills it in by name
    indent: int | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    texts = ["\n".join(lines) for lines in cells]
    sources = [text.splitlines(keepends=True) if as_lines else text for text in texts]
    plain = {"cells": [{"cell_type": "code", "source": s} for s in sources]}
    folder = tmp_path_factory.mktemp("notebook")
    path = written(folder, json.dumps(plain, indent=indent).encode())

    assert set(named_imports(texts)) <= set(glanced_imports(path))


@given(content=st.binary())
def test_a_glance_at_anything_ends_well(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    glanced_imports(written(tmp_path_factory.mktemp("any"), content))


def test_one_that_was_never_asked_leaves_no_process(tmp_path: Path) -> None:
    with begun_for(written(tmp_path, b"import sympy", "hw.py")) as begun:
        assert begun is not None
        pid = begun.pid

    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_nothing_is_begun_for_what_imports_nothing(tmp_path: Path) -> None:
    with begun_for(written(tmp_path, b"x = 1", "hw.py")) as begun:
        assert begun is None


def test_what_was_not_guessed_is_imported_before_the_next_fork() -> None:
    work = notebook(IS_LOADED.format("'colorsys'"))
    with Zygote((), is_warm=False) as zygote:
        zygote.begin()
        with open_session(work, LIMITS, starter=zygote) as before:
            assert before.ask(reads("loaded")) == (Found(value=False),)
        zygote.include(("colorsys", "no_such_package"))
        for _ in range(2):
            with open_session(work, LIMITS, starter=zygote) as after:
                assert after.ask(reads("loaded")) == (Found(value=True),)


def test_what_last_digits_depend_on_is_told_of_a_numpy_that_came_later() -> None:
    with Zygote((), is_warm=False) as zygote:
        zygote.begin()
        zygote.include(("numpy",))
        with open_session(notebook("x = 1"), LIMITS, starter=zygote) as session:
            session.ask(reads("x"))
            assert "numpy" in session.transcript().numerics


def test_one_that_ended_is_started_again_with_all_that_was_included() -> None:
    work = notebook(IS_LOADED.format("'colorsys'"))
    with Zygote((), is_warm=False) as zygote:
        zygote.begin()
        zygote.include(("colorsys",))
        assert zygote.pid is not None
        os.kill(zygote.pid, 9)
        with open_session(work, LIMITS, starter=zygote) as session:
            assert session.ask(reads("loaded")) == (Found(value=True),)


def test_a_begun_one_serves_the_reference_too(tmp_path: Path) -> None:
    staff = written(tmp_path, b"import colorsys, sympy", "staff.py")
    source = notebook("import numpy")
    with (
        Zygote(("numpy",), is_warm=False) as begun,
        starter_of_both(source, staff, LIMITS, begun) as starter,
    ):
        assert starter is begun
        assert begun.imports == ("numpy", "sympy")


def test_a_begun_one_is_left_where_a_rubric_wants_fresh_interpreters() -> None:
    limits = RunLimits(engine="interpreter")
    with (
        Zygote((), is_warm=False) as begun,
        starter_of_both(notebook("x = 1"), None, limits, begun) as starter,
    ):
        assert isinstance(starter, Interpreters)
