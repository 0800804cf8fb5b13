"""How commands end: help at once, and never by accident with 1."""

import errno
import subprocess
import sys
from pathlib import Path

import click
import pytest

from grader.batch.folder import OutputFolder
from grader.cli.face import COMMANDS, Commands, grader, run
from grader.errors import RubricError


def fails_with(error: BaseException) -> click.Command:
    def fail() -> None:
        raise error

    return click.Command("fail", callback=fail)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(RubricError("r.yaml:3", "no", "yes"), 2, id="a rubric's fault"),
        pytest.param(click.UsageError("what?"), 2, id="a mistyped option"),
        pytest.param(click.ClickException("no file"), 2, id="click's own"),
        pytest.param(KeyboardInterrupt(), 130, id="Ctrl-C"),
        pytest.param(click.Abort(), 130, id="no at a prompt"),
        pytest.param(ZeroDivisionError("ours"), 2, id="a crash"),
        pytest.param(RecursionError("ours"), 2, id="too deep"),
        pytest.param(MemoryError(), 2, id="out of memory"),
    ],
)
def test_nothing_that_goes_wrong_leaves_with_1(
    error: BaseException, code: int, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert run([], fails_with(error)) == code


def test_a_crash_is_told_in_a_sentence_and_kept_in_a_file(
    capsys: pytest.CaptureFixture[str],
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    run([], fails_with(ZeroDivisionError("division by nought")))

    told = capsys.readouterr().err
    assert "a fault of the grader, not of any submission" in told
    assert "Traceback" not in told


def test_a_full_disk_is_no_fault_of_the_grader(
    capsys: pytest.CaptureFixture[str],
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "graded/roll.json")

    assert run([], fails_with(full)) == 2
    told = capsys.readouterr().err
    assert "graded/roll.json: it cannot be written or read: No space left" in told
    assert "fault of the grader" not in told


def test_a_crash_is_told_in_full_where_no_file_can_be_kept(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    assert run([], fails_with(ZeroDivisionError("ours"))) == 2
    assert "report it with these lines" in capsys.readouterr().err


def test_an_output_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")

    with pytest.raises(RubricError, match="this folder cannot be made"):
        OutputFolder(tmp_path / "taken" / "graded").create()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert "Usage: grader " + name in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_a_command(name: str) -> None:
    commands = Commands(name="grader")

    assert commands.get_command(click.Context(grader), name) is not None


def test_help_loads_neither_numbers_nor_models() -> None:
    script = (
        "import sys; from grader.cli.face import run; run(['--help']);"
        "heavy = {'numpy', 'sympy', 'pydantic', 'rich', 'flint', 'yaml'};"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_command_leaves_with_2() -> None:
    assert run(["grad"]) == 2
