"""A private folder, and the folder gone again."""

import os
import tempfile
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.model.submission import Companion
from grader.sandbox.scratch import make_scratch, remove_scratch
from grader.sandbox.visible import visible


def test_companions_lie_in_it_with_their_folders() -> None:
    folder = make_scratch([Companion(name="a/b.txt", content=b"c")])

    found = (folder / "a" / "b.txt").read_bytes()
    mode = folder.stat().st_mode & 0o777
    remove_scratch(folder)

    assert (found, mode) == (b"c", 0o700)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\b", ""])
def test_a_name_that_leads_out_is_refused_and_leaves_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SubmissionError, match="leads out"):
        make_scratch(
            [Companion(name="a", content=b""), Companion(name=name, content=b"")]
        )

    assert list(tmp_path.iterdir()) == []


def test_a_deep_locked_and_linked_folder_is_removed_and_nothing_else(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("mine")
    folder = make_scratch([])
    (folder / "link").symlink_to(kept)
    deep = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(deep)
    (folder / "locked").mkdir()
    (folder / "locked" / "file").touch()
    (folder / "locked").chmod(0)

    remove_scratch(folder)

    assert list(folder.parent.glob(f"{folder.name}*")) == []
    assert (kept / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain\ttext\n", "plain\ttext\n", id="stays"),
        pytest.param("ä θ 漢 😀", "ä θ 漢 😀", id="letters of any kind"),
        pytest.param("\x1b[31m", "\\x1b[31m", id="escape"),
        pytest.param("a\u202eb", "a\\u202eb", id="direction"),
        pytest.param("a\u200bb", "a\\u200bb", id="no width"),
        pytest.param("\ud800", "\\ud800", id="half a character"),
        pytest.param("a\r\nb\rc", "a\nb\\x0dc", id="carriage return"),
        pytest.param("\U000e0041", "\\ue0041", id="tag"),
    ],
)
def test_nothing_in_shown_text_is_hidden(text: str, shown: str) -> None:
    assert visible(text) == shown
