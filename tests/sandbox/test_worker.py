"""The process that runs student code holds nothing that is worth having."""

import subprocess
import sys

from grader.model.answer import Call, Found, Sequence
from grader.sandbox.environment import PACKAGES_ROOT, clean_environment
from tests.sandbox.work import opened

OUR_OWN = {"grader", "grader.sandbox"}


def _loaded(text: str) -> set[str]:
    command = [sys.executable, "-s", "-P", "-c", text, PACKAGES_ROOT]
    found = subprocess.run(
        command, env=clean_environment(), capture_output=True, text=True, check=True
    )
    return set(found.stdout.split())


def test_the_worker_loads_the_standard_library_only() -> None:
    bare = _loaded("import sys; print(*sys.modules)")
    found = _loaded(
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import grader.sandbox.inside.forkserver; print(*sys.modules)"
    )

    packages = {name.partition(".")[0] for name in found - bare}
    ours = {name for name in found if name.startswith("grader")}
    assert packages - set(sys.stdlib_module_names) == {"grader"}
    assert {
        name for name in ours - OUR_OWN if not name.startswith("grader.sandbox.")
    } == set()


def test_no_part_of_the_grader_but_the_worker_is_in_a_real_child() -> None:
    text = (
        "import sys\n"
        "def loaded():\n"
        "    names = {n.split('.')[0] for n in sys.modules}\n"
        "    grader = sorted(n for n in sys.modules if n.startswith('grader'))\n"
        "    return [n for n in grader if n.split('.')[1:2] not in ([], ['sandbox'])]\n"
    )

    with opened(text) as session:
        answers = session.ask([Call(name="loaded")])

    assert answers == (Found(value=Sequence(kind="list", items=())),)


def test_a_child_has_no_descriptors_but_its_own() -> None:
    text = (
        "import os\n"
        "def descriptors():\n"
        "    return len([n for n in range(3, 200) if _is_open(n)])\n"
        "def _is_open(n):\n"
        "    try:\n"
        "        os.fstat(n)\n"
        "    except OSError:\n"
        "        return False\n"
        "    return True\n"
    )

    with opened(text) as session:
        answers = session.ask([Call(name="descriptors")])

    assert answers in {(Found(value=n),) for n in (1, 2, 3)}


def test_a_childs_environment_holds_nothing_of_the_graders() -> None:
    text = "import os\ndef names(): return sorted(os.environ)"

    with opened(text) as session:
        (answer,) = session.ask([Call(name="names")])

    assert isinstance(answer, Found)
    assert isinstance(answer.value, Sequence)
    allowed = set(clean_environment()) | {"HOME", "TMPDIR", "PWD", "LC_CTYPE"}
    assert set(answer.value.items) <= allowed
