"""Example submissions -> docs/*.png: the pages as a browser shows them.

Needs Chromium (or Chrome) and a font for mathematics; `make screenshots` runs it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
EXAMPLES: Final = ROOT / "submissions_example" / "hw3"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page of the output folder, and how much of it is taken."""

    name: str
    page: str
    width: int
    height: int


PICTURES: Final = (
    Picture(
        name="feedback.png",
        page="feedback/several_mistakes.html",
        width=1000,
        height=1160,
    ),
    Picture(
        name="sheet.png",
        page="feedback/sheet_nine_mistakes.html#sheet",
        width=1000,
        height=1500,
    ),
    Picture(name="class.png", page="index.html", width=1000, height=900),
)


def main() -> int:
    """Grade the examples into a folder of its own, and take the pictures."""
    browser = next((found for b in BROWSERS if (found := shutil.which(b))), None)
    if browser is None:
        print("no Chromium found: install one, such as `apt install chromium`")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        grade(Path(folder))
        for picture in PICTURES:
            take(picture, Path(folder), browser)
            size = (ROOT / "docs" / picture.name).stat().st_size
            print(f"docs/{picture.name}: {size // 1024} KiB")
    return 0


def grade(folder: Path) -> None:
    """Grade every example into *folder*."""
    command = [sys.executable, "-m", "grader", "grade", "rubrics/hw3.yaml"]
    output = ["--output", str(folder)]
    subprocess.run([*command, str(EXAMPLES), *output], cwd=ROOT, check=True)


def shown(folder: Path, page: str) -> Path:
    """Return the page, cut down to the section that its anchor names."""
    name, _, anchor = page.partition("#")
    whole = folder / name
    if not anchor:
        return whole
    text = whole.read_text(encoding="utf-8")
    head, body = text.split("<main>", 1)
    section = body[body.index(f'id="{anchor}"') :].split(">", 1)[1]
    cut = folder / f"{anchor}.html"
    opened = f'<main><section class="{anchor}" id="{anchor}">'
    cut.write_text(head.split("<header", 1)[0] + opened + section, encoding="utf-8")
    return cut


def take(picture: Picture, folder: Path, browser: str) -> None:
    """Let *browser* take *picture* of a page in *folder*."""
    address = shown(folder, picture.page).as_uri()
    options = ["--headless=new", "--hide-scrollbars", "--disable-gpu"]
    if os.geteuid() == 0:  # Chromium refuses its own sandbox to root
        options.append("--no-sandbox")
    size = f"--window-size={picture.width},{picture.height}"
    target = f"--screenshot={ROOT / 'docs' / picture.name}"
    subprocess.run(
        [browser, *options, size, target, address], check=True, capture_output=True
    )


if __name__ == "__main__":
    sys.exit(main())
