"""What several commands take: a rubric, an output folder."""

from pathlib import Path
from typing import Final

import click

RUBRIC: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
SUBMISSION: Final = click.Path(exists=True, path_type=Path)
OUTPUT: Final = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_OUTPUT: Final = click.Path(file_okay=False, path_type=Path)
