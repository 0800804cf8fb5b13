"""Cells become Python; what is Python already stays as it is."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.inside.magics import to_python


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        pytest.param(
            "%matplotlib inline", "run_line_magic('matplotlib', 'inline')", id="line"
        ),
        pytest.param("    %time f()", "run_line_magic('time', 'f()')", id="indented"),
        pytest.param(
            "t = %time f()", "t = get_ipython().run_line_magic", id="assigned"
        ),
        pytest.param("!pip install x", "system('pip install x')", id="shell"),
        pytest.param(
            "out = !ls", "out = get_ipython().system('ls')", id="shell assigned"
        ),
        pytest.param(
            "%%time\nf()\n", "run_cell_magic('time', '', 'f()\\n')", id="cell"
        ),
        pytest.param(
            "if x:\n    !ls\n", "    get_ipython().system", id="alone in a block"
        ),
        pytest.param("f?", "pass", id="help"),
        pytest.param("?f", "pass", id="help in front"),
        pytest.param("  x = 1\n  y = 2", "x = 1\ny = 2", id="the whole cell indented"),
    ],
)
def test_a_magic_becomes_a_call(cell: str, becomes: str) -> None:
    found = to_python(cell)

    assert becomes in found
    ast.parse(found)


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('x = """\n%time\n!ls\n"""\n', id="inside a string"),
        pytest.param("x = (7\n%time\n)\n", id="a remainder in brackets"),
        pytest.param("x = 7 \\\n%time\n", id="a remainder on the next line"),
        pytest.param("# %time\nx = 1\n", id="in a comment"),
        pytest.param("x = a != b\n", id="not equal"),
    ],
)
def test_what_is_python_already_stays(cell: str) -> None:
    assert to_python(cell) == cell


@given(text=st.text(alphabet="%!?x=1 \n\t()'\"abc#", max_size=60))
def test_any_text_becomes_some_text(text: str) -> None:
    assert isinstance(to_python(text), str)


def test_what_is_wrong_for_other_reasons_is_left_for_the_compiler() -> None:
    assert to_python("def f(:\n    pass\n") == "def f(:\n    pass\n"
