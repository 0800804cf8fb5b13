"""Names of packages -> a process that has loaded them, before any student code."""

import contextlib
import importlib
from collections.abc import Iterable


def load_packages(names: Iterable[str]) -> None:
    """Import what can be imported; the submission's own import says why the rest cannot."""
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
