"""What is loaded for what, in fresh interpreters."""

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

HEAVY = ("numpy", "sympy", "pydantic", "flint", "rich", "jinja2", "markdown_it")


def loaded(program: str, packages: Sequence[str] = HEAVY) -> set[str]:
    """Run *program*, and return which of *packages* are loaded afterwards."""
    told = f"print(json.dumps([m for m in {list(packages)} if m in sys.modules]))"
    run = subprocess.run(
        [sys.executable, "-c", f"import json, sys\n{program}\n{told}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_help_loads_nothing_but_the_face() -> None:
    assert loaded("from grader.cli.face import run; run(['--help'])") == set()


def test_mathematics_loads_without_sympy_and_numpy() -> None:
    program = (
        "import importlib, pkgutil, grader.maths as maths\n"
        "for module in pkgutil.walk_packages(maths.__path__, 'grader.maths.'):\n"
        "    if not module.name.endswith('__main__'):\n"
        "        importlib.import_module(module.name)"
    )

    assert loaded(program) <= {"flint"}


@pytest.mark.parametrize(
    ("module", "packages"),
    [
        pytest.param("grader.cli.check", set(), id="check"),
        pytest.param("grader.cli.checking", {"pydantic"}, id="checking"),
        pytest.param("grader.cli.checked", {"pydantic", "rich"}, id="self-check"),
        pytest.param("grader.cli.graded", {"pydantic", "rich", "numpy"}, id="graded"),
    ],
)
def test_checking_loads_no_more_than_it_needs(module: str, packages: set[str]) -> None:
    assert loaded(f"import {module}") <= packages


def test_a_formula_is_judged_without_numpy() -> None:
    program = "from grader.compare.kinds import BUILT_IN; BUILT_IN['expression']"

    assert loaded(program, ("numpy", "sympy")) == set()
