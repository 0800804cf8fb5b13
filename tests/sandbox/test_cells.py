"""A notebook's cells run as under Jupyter; a module's statements as in an import."""

import pytest

from grader.model.answer import Found
from grader.sandbox.session import open_session
from tests.sandbox.work import LIMITS, module, notebook, opened, reads


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        pytest.param(["1 + 1"], "2\n", id="the last expression is shown"),
        pytest.param(["1 + 1;"], "", id="a semicolon silences it"),
        pytest.param(["None"], "", id="nothing is shown of None"),
        pytest.param(["x = 3\nx"], "3\n", id="statements before it run"),
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
            ["from __future__ import annotations", "def f(x: Nothing): pass", "1"],
            "1\n",
            id="futures last",
        ),
        pytest.param(["def f(): pass\nf?", "1"], "1\n", id="help"),
        pytest.param(
            ["%load_ext autoreload\n%autoreload 2\n1"], "1\n", id="extensions"
        ),
        pytest.param(
            ["from IPython.display import display, Latex\ndisplay(Latex('x'))"],
            "<Latex object>\n",
            id="what IPython shows",
        ),
        pytest.param(["get_ipython().ev('1 + 1')"], "2\n", id="the shell"),
        pytest.param(
            [
                "import inspect\ndef f(): return 1",
                "print(inspect.getsource(f), end='')",
            ],
            "def f(): return 1\n",
            id="sources of functions",
        ),
        pytest.param(
            ["%%writefile a.txt\nhello", "open('a.txt').read()"],
            "'hello'\n",
            id="files",
        ),
        pytest.param(["%timeit -n 2 -r 1 pass", "1"], None, id="timing"),
        pytest.param(["%%html\n<b>", "1"], "1\n", id="other languages that are shown"),
    ],
)
def test_cells_print_what_jupyter_would(cells: list[str], printed: str | None) -> None:
    with opened(*cells) as session:
        transcript = session.transcript()

    assert transcript.failures == ()
    assert printed is None or transcript.output == printed


@pytest.mark.parametrize(
    ("cell", "failure"),
    [
        pytest.param(
            "1 / 0", "ZeroDivisionError: division by zero (line 1: 1 / 0)", id="raises"
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
            "x = (",
            "SyntaxError: '(' was never closed (<cell 1>, line 1) (line 1)",
            id="syntax",
        ),
        pytest.param(
            "while True: pass", "it did not finish in 1 s of CPU time", id="endless"
        ),
    ],
)
def test_a_cell_that_fails_is_told_and_the_next_one_runs(
    cell: str, failure: str
) -> None:
    with opened(cell, "after = 1") as session:
        transcript = session.transcript()
        answers = session.ask(reads("after"))

    assert transcript.failures == (("cell 1", failure),)
    assert answers == (Found(value=1),)


def test_a_shell_command_is_refused_in_words_and_costs_nothing() -> None:
    with opened("!pip install torch\nx = 1") as session:
        transcript = session.transcript()
        answers = session.ask(reads("x"))

    assert transcript.failures == ()
    assert transcript.remarks == ("shell-refused",)
    assert "not run while this is graded: pip install torch" in transcript.output
    assert answers == (Found(value=1),)


def test_a_plot_is_drawn_nowhere_and_costs_nothing() -> None:
    pytest.importorskip("matplotlib")
    cell = (
        "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
        "plt.plot([1, 2])\nplt.show()\nfigures = len(plt.get_fignums())"
    )

    with opened(cell, "left = len(plt.get_fignums())") as session:
        assert session.transcript().failures == ()
        assert session.ask(reads("figures", "left")) == (
            Found(value=1),
            Found(value=0),
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a = 1\n1 / 0\nb = 2", (1, 2), id="raises between"),
        pytest.param("a = 1\nwhile True: pass\nb = 2", (1, 2), id="endless between"),
        pytest.param("a = 1\nimport os; os._exit(0)\nb = 2", (1, 2), id="ends between"),
    ],
)
def test_a_modules_statements_count_one_by_one(
    text: str, found: tuple[int, int]
) -> None:
    with open_session(module(text), LIMITS) as session:
        answers = session.ask(reads("a", "b"))

    assert answers == tuple(Found(value=value) for value in found)


def test_a_module_that_does_not_parse_is_told() -> None:
    with open_session(module("a = 1\ndef f(:\n"), LIMITS) as session:
        failures = session.transcript().failures

    assert [label for label, _ in failures] == ["hw.py"]
    assert "SyntaxError" in failures[0][1]


def test_a_submission_without_code_has_no_names() -> None:
    with open_session(notebook(), LIMITS) as session:
        assert session.transcript().names == ()
