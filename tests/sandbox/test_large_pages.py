"""Memory is put onto large pages, whatever else is mapped."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import mmap, sys
from grader.sandbox.inside.large_pages import use_large_pages

kept = list(range(2_000_000))
with open(sys.argv[1], "rb") as file:
    mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
use_large_pages()
assert sum(kept) == 1_999_999_000_000
assert mapped[:] == b"x"
"""


def test_a_mapped_file_may_have_any_name(tmp_path: Path) -> None:
    file = tmp_path / "josé"
    file.write_bytes(b"x")

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file)], capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
