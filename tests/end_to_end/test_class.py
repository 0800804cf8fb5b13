"""The shipped class of homework 3, graded by the command that people type."""

import csv
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.export.record import read_record
from grader.model.score import CriterionScore, Scorecard
from tests.conftest import Golden

ROOT = Path(__file__).parents[2]
RUBRIC = ROOT / "rubrics" / "hw3.yaml"
EXAMPLES = ROOT / "submissions_example" / "hw3"
TOLD: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("expected_points.yaml").read_text(encoding="utf-8")
)
ENDLESS = "endless_loop"  # each costs its whole limit of CPU time
QUICK = sorted(name for name in TOLD if not name.startswith(ENDLESS))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class") / "graded"
    handed_in = folder.parent / "handed_in"
    handed_in.mkdir()
    for name in QUICK:
        shutil.copy(EXAMPLES / name, handed_in)
    done = grade(str(handed_in), "-o", str(folder), "--allow-unconfined")
    assert done.returncode == 0, done.stderr
    return folder


def grade(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grader", "grade", str(RUBRIC), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def rows(output: Path) -> dict[str, dict[str, str]]:
    with (output / "gradebook.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def submission(name: str) -> str:
    """Return the id under which an example stands in the gradebook."""
    stem, _, ending = name.rpartition(".")
    twins = [other for other in TOLD if other.rpartition(".")[0] == stem]
    return f"{stem}-{ending}" if len(twins) > 1 else stem


@pytest.mark.parametrize("name", QUICK)
def test_a_row_holds_the_declared_points(output: Path, name: str) -> None:
    row = rows(output)[submission(name)]
    total, waiting = str(TOLD[name]["total"]), TOLD[name].get("waiting", 0)

    assert float(row["so_far"]) == pytest.approx(float(Fraction(total)), abs=0.005)
    assert row["waiting"] == str(waiting)
    assert row["total"] == ("" if waiting else row["so_far"])


@pytest.mark.parametrize("name", QUICK)
def test_a_scorecard_is_the_golden_one(output: Path, name: str, golden: Golden) -> None:
    record = read_record(output / "records" / f"{submission(name)}.json")

    golden(f"scorecards/{submission(name)}.json", told(record.scorecard))


def told(card: Scorecard) -> str:
    """Write what a scorecard says that is the same on every machine, a line each."""
    head = {"earned": str(card.earned), "unreadable": bool(card.trouble)}
    lines = [f'"whole": {json.dumps(head | {"remarks": list(card.remarks)})}']
    lines += [
        f'"{part.part} {score.answer}": {json.dumps(_told(score))}'
        for part in card.parts
        for score in part.criteria
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _told(score: CriterionScore) -> list[str]:
    """Say outcome, reason, points, basis, place, and the first words of a remark."""
    verdict = score.verdict
    points = f"{score.earned} of {score.possible}"
    said = [remark.text[:40] for remark in score.remarks]
    place = verdict.evidence.place
    return [
        verdict.outcome.value,
        verdict.reason,
        points,
        score.basis.value,
        place,
        *said,
    ]


@pytest.mark.parametrize("folder", ["feedback", "staff"])
def test_everybody_has_a_page(output: Path, folder: str) -> None:
    pages = {page.stem for page in (output / folder).glob("*.html")}

    assert pages == {submission(name) for name in QUICK}


def test_another_order_and_one_worker_give_the_same_gradebook(
    output: Path, tmp_path: Path
) -> None:
    some = [name for name in QUICK if name.startswith(("1", "n"))]
    paths = [str(EXAMPLES / name) for name in reversed(some)]

    grade(*paths, "-o", str(tmp_path), "--workers", "1", "--allow-unconfined")

    found, whole = rows(tmp_path), rows(output)
    assert found == {key: whole[key] for key in found}
    assert len(found) == len(some)


@pytest.mark.slow
def test_endless_loops_have_golden_scorecards_as_well(
    tmp_path: Path, golden: Golden
) -> None:
    names = [name for name in TOLD if name.startswith(ENDLESS)]
    paths = [str(EXAMPLES / name) for name in names]

    grade(*paths, "-o", str(tmp_path), "--allow-unconfined")

    assert names
    for name in names:
        record = read_record(tmp_path / "records" / f"{submission(name)}.json")
        golden(f"scorecards/{submission(name)}.json", told(record.scorecard))
