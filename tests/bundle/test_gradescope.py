"""The autograder zip, unpacked and run as the platform does."""

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from grader.bundle.gradescope import gradescope_bundle
from grader.bundle.upload import Place, Report, Uploaded, read_metadata
from grader.bundle.wheel import WHEEL_NAME, build_wheel, pinned_requirements
from grader.model.rubric import Assignment
from grader.model.score import PartScore
from grader.model.verdict import correct
from grader.pipeline.rows import unjudged_scorecard
from grader.rubric.reader import read_rubric
from tests.batch.course import HALVED, RIGHT, WRONG, make_course

WRITES_ITS_OWN_RESULTS = """\
import json, pathlib
mine = json.dumps({"score": 9, "tests": []})
for place in ("results.json", "../results/results.json"):
    try:
        pathlib.Path(place).write_text(mine)
    except OSError:
        pass
for place in PLACES:
    try:
        pathlib.Path(place).write_text(mine)
    except OSError:
        pass
"""
TAKES_THE_REFERENCE = """\
import pathlib
word = "nothing found"
for place in PLACES:
    for path in pathlib.Path(place).parents[1].rglob("*"):
        try:
            text = path.read_text()
        except (OSError, UnicodeDecodeError):
            continue
        if "0.123456" in text and "slope_halved" in text:
            exec(compile(text, "taken", "exec"))
            at_two = at_two(slope=slope)
            word = "parabola"
"""
PLAYS_PYTHON = """\
#!/bin/sh
if [ "$2" = venv ]; then
  mkdir -p "$3/bin" "$3/lib"
  for tool in pip python; do
    printf '#!/bin/sh\\necho %s "$@" >> CALLS\\n' "$tool" > "$3/bin/$tool"
    chmod +x "$3/bin/$tool"
  done
fi
"""
NEVER_ENDS = RIGHT + "while True:\n    pass\n"
EXITS = RIGHT + "import os\nos._exit(0)\n"


@dataclass(frozen=True)
class Platform:
    """A tree like the platform's, and what came of running an upload in it."""

    root: Path

    def run(self, text: str) -> subprocess.CompletedProcess[str]:
        place = str(self.root / "results" / "results.json")
        (self.root / "submission" / "answers.py").write_text(
            f"PLACES = [{place!r}]\n{text}", encoding="utf-8"
        )
        environment = {
            "PATH": os.environ["PATH"],
            "GRADER_ROOT": str(self.root),
            "GRADER_PYTHON": sys.executable,
        }
        return subprocess.run(
            [str(self.root / "source" / "run_autograder")],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.root,
        )

    @property
    def results(self) -> dict[str, Any]:
        text = (self.root / "results" / "results.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return gradescope_bundle(make_course(tmp_path_factory.mktemp("staff")).rubric)


@pytest.fixture
def platform(tmp_path: Path, bundle: bytes) -> Platform:
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        _new(root / name)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        for entry in archive.infolist():
            path = root / "source" / archive.extract(entry, root / "source")
            path.chmod(entry.external_attr >> 16)
    return Platform(root=root)


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("text", "score"),
    [
        pytest.param(RIGHT, 9.0, id="right"),
        pytest.param(HALVED, 7.0, id="a recognised mistake"),
        pytest.param(WRONG, 0.0, id="wrong"),
        pytest.param("", 0.0, id="blank"),
        pytest.param("def f(:", 0.0, id="no Python"),
        pytest.param(WRITES_ITS_OWN_RESULTS, 0.0, id="writes its own results"),
        pytest.param(TAKES_THE_REFERENCE, 0.0, id="takes the reference from disk"),
        pytest.param(EXITS, 9.0, id="ends the process after right answers"),
    ],
)
def test_an_upload_earns_what_it_is_worth(
    platform: Platform, text: str, score: float
) -> None:
    done = platform.run(text)

    assert (done.returncode, platform.results["score"]) == (0, score)


@pytest.mark.slow
def test_an_endless_loop_costs_nothing_that_stood_before_it(
    platform: Platform,
) -> None:
    platform.run(NEVER_ENDS)

    assert platform.results["score"] == 9.0


def test_results_are_what_the_platform_reads(platform: Platform) -> None:
    platform.run(HALVED)

    found = platform.results
    assert [test["number"] for test in found["tests"]] == ["1a", "1b", "1c"]
    assert isinstance(found["execution_time"], float)
    assert found["extra_data"]["protections"]


def test_the_name_and_the_time_come_from_the_platform(tmp_path: Path) -> None:
    path = tmp_path / "submission_metadata.json"
    told = {
        "created_at": "2026-10-05T18:08:31.123456+02:00",
        "users": [{"name": "Ada L"}, {"name": "Bob B"}],
    }
    path.write_text(json.dumps(told), encoding="utf-8")

    found = read_metadata(path)

    assert (found.name, str(found.at)) == (
        "Ada L, Bob B",
        "2026-10-05 18:08:31.123456+02:00",
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"created_at": 5, "users": 3}'])
def test_odd_metadata_is_no_reason_to_stop(tmp_path: Path, text: str) -> None:
    path = tmp_path / "submission_metadata.json"
    path.write_text(text, encoding="utf-8")

    assert read_metadata(path) == Uploaded()


def test_source_and_results_are_closed_to_others(platform: Platform) -> None:
    platform.run(RIGHT)

    reference = next((platform.root / "source").rglob("reference.py"))
    others = stat.S_IRWXO
    assert reference.stat().st_mode & others == 0
    assert (platform.root / "results").stat().st_mode & 0o777 == 0o700


def test_nothing_is_left_behind_where_grading_cannot_be_done(
    platform: Platform,
) -> None:
    next((platform.root / "source").rglob("rubric.yaml")).write_text("[", "utf-8")

    done = platform.run(RIGHT)

    assert done.returncode == 2
    assert "rubric.yaml" in done.stdout
    assert list((platform.root / "results").iterdir()) == []


class Ticking:
    """A clock that goes on by a step each time that one looks."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.mark.parametrize(
    ("step", "scores"),
    [
        pytest.param(2.0, [0.0, 4.0, 7.0], id="slow parts are written one by one"),
        pytest.param(0.01, [0.0, 4.0, 4.0], id="fast parts are not written each"),
    ],
)
def test_partial_results_are_there_while_grading_goes_on(
    tmp_path: Path, step: float, scores: list[float]
) -> None:
    assignment = read_rubric(make_course(tmp_path).rubric)
    place = Place(root=tmp_path / "autograder")
    _new(place.results.parent)
    report = Report(
        place=place, assignment=assignment, uploaded=Uploaded(), clock=Ticking(step)
    )

    found = [0.0, *_scores_so_far(report, assignment, place)]

    assert found == scores


def _scores_so_far(report: Report, assignment: Assignment, place: Place) -> list[float]:
    scores = []
    for part in unjudged_scorecard(assignment, "upload", "").parts[:2]:
        report.add(_earning(part))
        found = json.loads(place.results.read_text(encoding="utf-8"))
        scores.append(found["score"])
    return scores


def _earning(part: PartScore) -> PartScore:
    """Give a part all its points."""
    criteria = tuple(
        replace(c, earned=c.possible, verdict=correct()) for c in part.criteria
    )
    return replace(part, criteria=criteria)


def test_setup_is_a_script_that_bash_can_read(platform: Platform) -> None:
    for name in ("setup.sh", "run_autograder"):
        script = platform.root / "source" / name
        done = subprocess.run(["bash", "-n", str(script)], check=False)
        assert done.returncode == 0
        assert os.access(script, os.X_OK)


@pytest.mark.slow
def test_setup_makes_a_place_for_the_grader(platform: Platform) -> None:
    """With pip played by a script: the image's own Python, the wheel, the closed door."""
    home = platform.root / "home"
    tools = _new(platform.root / "tools")
    calls = platform.root / "calls"
    fake = PLAYS_PYTHON.replace("CALLS", str(calls))
    (tools / "python3.13").write_text(fake, encoding="utf-8")
    (tools / "python3.13").chmod(0o755)

    done = subprocess.run(
        ["bash", str(platform.root / "source" / "setup.sh")],
        env={
            "PATH": f"{tools}:{os.environ['PATH']}",
            "GRADER_ROOT": str(platform.root),
            "GRADER_HOME": str(home),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    told = calls.read_text(encoding="utf-8")
    assert WHEEL_NAME in told
    assert "requirements.txt" in told


def test_the_wheel_is_a_wheel_of_what_runs_here(tmp_path: Path) -> None:
    path = tmp_path / WHEEL_NAME
    path.write_bytes(build_wheel())
    target = tmp_path / "site"

    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index"),
            *("--no-deps", "--target", str(target), str(path)),
        ],
        check=True,
        capture_output=True,
    )
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r});"
        "import grader.cli.face; print(grader.cli.face.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == str(target / "grader" / "cli" / "face.py")
    assert (target / "grader" / "export" / "pages").is_dir()


def test_the_same_bundle_is_made_twice(tmp_path: Path) -> None:
    course = make_course(tmp_path)

    assert gradescope_bundle(course.rubric) == gradescope_bundle(course.rubric)


def test_modules_that_the_reference_imports_come_along(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    text = course.reference.read_text(encoding="utf-8")
    course.reference.write_text(f"import densities\n{text}", encoding="utf-8")
    (tmp_path / "densities.py").write_text("import numpy\n", encoding="utf-8")
    (tmp_path / "other_homework.py").write_text("secret = 1\n", encoding="utf-8")

    with zipfile.ZipFile(io.BytesIO(gradescope_bundle(course.rubric))) as archive:
        names = archive.namelist()

    assert "course/densities.py" in names
    assert "course/other_homework.py" not in names


def test_requirements_are_pinned_and_hold_what_is_imported() -> None:
    pins = dict(line.split("==") for line in pinned_requirements().split())

    assert {"numpy", "sympy", "pydantic", "click", "python-flint"} <= pins.keys()


@pytest.mark.skipif(
    "ipykernel" not in pinned_requirements(("kernel",)),
    reason="installed without the extra",
)
def test_a_kernel_is_brought_where_the_rubric_wants_one(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    text = course.rubric.read_text(encoding="utf-8")
    asking = text.replace("run: {", "run: {engine: kernel, ")
    course.rubric.write_text(asking, encoding="utf-8")

    with zipfile.ZipFile(io.BytesIO(gradescope_bundle(course.rubric))) as archive:
        pins = archive.read("requirements.txt").decode()

    assert "\nipykernel==" in pins
