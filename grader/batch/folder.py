"""Where a batch puts what it writes: one folder, the same names every time."""

from dataclasses import dataclass
from pathlib import Path

from grader.errors import RubricError


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """The folder of one assignment's grading: records, feedback, gradebook."""

    root: Path

    @property
    def records(self) -> Path:
        """The folder of what is kept of each submission."""
        return self.root / "records"

    @property
    def feedback(self) -> Path:
        """The folder of the students' pages."""
        return self.root / "feedback"

    @property
    def staff(self) -> Path:
        """The folder of staff's pages: expected values and faults stand there."""
        return self.root / "staff"

    @property
    def roll(self) -> Path:
        """The file that says who handed in what, and when."""
        return self.root / "roll.json"

    @property
    def settlements(self) -> Path:
        """The file of what people settled by hand; people may edit it."""
        return self.root / "settlements.yaml"

    @property
    def phase(self) -> Path:
        """The file that says what students' pages show, where a person told."""
        return self.root / "phase.txt"

    @property
    def gradebook(self) -> Path:
        """The class as a table."""
        return self.root / "gradebook.csv"

    @property
    def index(self) -> Path:
        """The page that leads to all others, for staff."""
        return self.root / "index.html"

    def record(self, submission: str) -> Path:
        """Return the file of one submission's record."""
        return self.records / f"{submission}.json"

    def create(self) -> None:
        """Make the folders, as far as they are not there.

        Raises:
            RubricError: one of them cannot be made.
        """
        for folder in (self.root, self.records, self.feedback, self.staff):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise RubricError(
                    where=str(folder),
                    what=f"this folder cannot be made: {error.strerror}",
                    mend="name another one with --output, or look who may write there",
                ) from error
