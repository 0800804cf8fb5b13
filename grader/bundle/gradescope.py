"""A rubric and its reference -> the autograder zip that Gradescope builds an image of."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.bundle.archive import to_zip
from grader.bundle.wheel import WHEEL_NAME, build_wheel, pinned_requirements
from grader.pipeline.assignment import read_assignment
from grader.rubric.reader import public_path, reference_path

COURSE: Final = "course"
"""The folder of the zip that holds rubric and reference, as they lie to each other."""

# Python comes from the image where that has 3.11 or newer, else from uv, which brings a
# build of its own, else from the packages of the distribution. It lies outside of
# source/, since source/ is closed to the user that students' code runs as.
SETUP: Final = """\
#!/usr/bin/env bash
# Builds the image: a Python of its own, the grader, and what it needs.
set -euo pipefail
root="${GRADER_ROOT:-/autograder}"
source="$root/source"
home="${GRADER_HOME:-/opt/grader}"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore

is_new_enough() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \\
    >/dev/null 2>&1
}

from_image() {
  for python in python3.13 python3.12 python3.11 python3; do
    if is_new_enough "$python"; then "$python" -m venv "$home/env"; return; fi
  done
  return 1
}

from_uv() {
  python3 -m venv "$home/uv" 2>/dev/null && "$home/uv/bin/pip" install --quiet uv \\
    || python3 -m pip install --quiet --target "$home/uv/lib" uv || return 1
  local uv="$home/uv/bin/uv"
  [ -x "$uv" ] || uv="$home/uv/lib/bin/uv"
  UV_PYTHON_INSTALL_DIR="$home/python" \\
    "$uv" venv --quiet --seed --python-preference only-managed --python 3.12 "$home/env"
}

from_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends software-properties-common
  add-apt-repository -y ppa:deadsnakes/ppa && apt-get update -qq
  apt-get install -y -qq --no-install-recommends python3.12 python3.12-venv
  python3.12 -m venv "$home/env"
}

mkdir -p "$home"
rm -rf "$home/env"
from_image || from_uv || from_packages
pip="$home/env/bin/pip"
"$pip" install --quiet --requirement "$source/requirements.txt" \\
  || echo "the pinned versions do not fit this Python; taking the newest that do" >&2
"$pip" install --quiet "$source/__WHEEL__[notebook]"
"$home/env/bin/python" -m compileall -q "$home/env/lib" >/dev/null || true
chmod -R a+rX "$home"
chmod -R o= "$source"
"""

RUN: Final = """\
#!/usr/bin/env bash
# Grades one upload. What it prints is for instructors; students get results.json.
set -u
root="${GRADER_ROOT:-/autograder}"
python="${GRADER_PYTHON:-${GRADER_HOME:-/opt/grader}/env/bin/python}"
chmod -R o= "$root/source"
mkdir -p "$root/results"
chmod 700 "$root/results"
cd "$root/results"
exec "$python" -I -m grader.bundle.upload "$root" "$root/source/__RUBRIC__"
"""


def gradescope_bundle(rubric: Path) -> bytes:
    """Return the zip for *rubric*: scripts, the grader's wheel, rubric and reference.

    Raises:
        RubricError: the rubric cannot be read, or a module of it is not there.
        SandboxError: the grader is not installed, so no wheel can be made of it.
    """
    course = dict(_course_files(rubric.resolve()))
    inside = next(iter(course))
    scripts = {
        "setup.sh": SETUP.replace("__WHEEL__", WHEEL_NAME),
        "run_autograder": RUN.replace("__RUBRIC__", inside),
        "requirements.txt": pinned_requirements(_extras(rubric)),
    }
    files = {name: text.encode() for name, text in scripts.items()}
    files[WHEEL_NAME] = build_wheel()
    files |= course
    return to_zip(files, executable=frozenset({"setup.sh", "run_autograder"}))


def _extras(rubric: Path) -> tuple[str, ...]:
    is_kernel = read_assignment(rubric).run.engine == "kernel"
    return ("notebook", "kernel") if is_kernel else ("notebook",)


def _course_files(rubric: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the rubric first, then its modules, in the folders that they lie in."""
    assignment = read_assignment(rubric)
    public = public_path(assignment, rubric)
    named = [reference_path(assignment, rubric), *([public] if public else [])]
    modules = [path for each in named for path in _with_imported(each.resolve())]
    paths = list(dict.fromkeys([rubric, *modules]))
    parents = [set(path.parents) for path in paths]
    common = max(set.intersection(*parents), key=lambda folder: len(folder.parts))
    for path in paths:
        yield f"{COURSE}/{path.relative_to(common).as_posix()}", path.read_bytes()


def _with_imported(module: Path) -> list[Path]:
    """Return *module* and the modules beside it that it imports, however far."""
    found: list[Path] = []
    waiting = [module]
    while waiting:
        path = waiting.pop()
        if path not in found and path.is_file():
            found.append(path)
            waiting += (path.parent / f"{name}.py" for name in _imported(path))
    return found


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_bytes(), filename=str(path))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
