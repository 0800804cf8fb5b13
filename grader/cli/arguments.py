"""What several commands take: a rubric, an output folder, a phase."""

from pathlib import Path
from typing import Final

import click

from grader.model.phase import Phase

RUBRIC: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
SUBMISSION: Final = click.Path(exists=True, path_type=Path)
OUTPUT: Final = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_OUTPUT: Final = click.Path(file_okay=False, path_type=Path)


class PhaseName(click.ParamType[Phase]):
    """What students may see by now, by the name of the phase."""

    name = "phase"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show which there are."""
        del param, ctx
        return f"[{'|'.join(Phase)}]"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Phase:
        """Read one."""
        if value not in list(Phase):
            self.fail(f"{value!r} is none of {', '.join(Phase)}", param, ctx)
        return Phase(value)


PHASE: Final = PhaseName()
