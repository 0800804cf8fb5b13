"""The packages that a rubric loads beforehand -> those that this machine lacks."""

from collections.abc import Iterator
from importlib.util import find_spec

from grader.lint.draft import Draft
from grader.lint.finding import Finding


def lint_installed(draft: Draft) -> Iterator[Finding]:
    """Look for each package; none is imported."""
    for number, name in enumerate(draft.assignment.run.imports):
        package = name.partition(".")[0]
        if not (package.isidentifier() and find_spec(package)):
            yield draft.warning(
                ("run", "imports", number),
                f"no package called {name} is installed here: it is not loaded",
                f"install it where submissions are graded: pip install {package}",
            )
