"""Codes about a submission as a whole, and about its steps -> sentences."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from grader.feedback.wording import Templates

SUBMISSIONS: Final[Mapping[str, Templates]] = MappingProxyType(
    {
        "several-notebooks": (
            "There were several notebooks; `{detail}` was graded.",
            "There were several notebooks; one of them was graded.",
        ),
        "nbformat-3": ("Your notebook is in an old format; it was read all the same.",),
        "look-alike-name": (
            "The name `{detail}` looks like another one and is not the same.",
            "A name looks like another one and is not the same.",
        ),
        "several-modules": (
            "There were several modules; the one that was graded is `{detail}`.",
            "There were several modules; they were read as one.",
        ),
        "several-attempts": ("There were several attempts; the last one counts.",),
        "files-left-out": ("There were too many files; some were left out.",),
        "unreadable-file": ("A file beside your work could not be read.",),
        "marked-late": ("The platform marked this as late.",),
        "shell-refused": (
            "Commands for the shell (lines that start with `!`) are not run.",
        ),
        "kernel-engine": (
            "Your cells ran in a Jupyter kernel, which may start programs.",
        ),
        "written-sheet": ("This was graded as a written sheet.",),
        "no-submission": ("Nothing was handed in.",),
    }
)
"""What is said of a submission as a whole; a code may carry `: detail`."""

OVERALL: Final[Mapping[str, Templates]] = MappingProxyType(
    {
        "all-right": ("Every part is right. Well done.",),
        "all-shown-right": ("Every part that is shown is right.",),
        "none-shown": ("No part's result is shown yet.",),
        "some-right": ("Parts that are right: {right} of {count}.",),
        "one-waits": (
            "One part still waits for a person to look; the total leaves it out.",
        ),
        "some-wait": (
            "{count} parts still wait for a person to look; the total leaves them out.",
        ),
        "late": ("Handed in {days} late.",),
        "late-with-cost": ("Handed in {days} late, which the total takes off.",),
    }
)
"""What is said of the whole, and between sentences."""

MARKS: Final[Mapping[str, Templates]] = MappingProxyType(
    {
        "true-step": ("This holds.",),
        "no-counterexample": ("No counterexample to this was found.",),
        "false-step": (
            "This does not hold for {witness}, which lies in {domain}.",
            "This does not hold for {witness}.",
            "This does not hold.",
        ),
        "checkpoint-met": ("Right.",),
        "checkpoint-missed": (
            "This is not so; they differ for {witness}.",
            "This is not so.",
        ),
        "somewhere-so": ("True, for instance for {witness}.", "True."),
        "nowhere-so": (
            "Not so: there is no such point in {domain}.",
            "Not so: there is no such point.",
        ),
        "false-claim": (
            "Not so, for instance for {witness}, which lies in {domain}.",
            "Not so, for instance for {witness}.",
            "Not so.",
        ),
        "a-definition": ("Taken as a definition.",),
        "a-condition": ("Taken as a condition.",),
        "not-a-claim": ("Not a claim that can be checked.",),
        "not-readable": ("This could not be read as mathematics, so it is unchecked.",),
        "cannot-decide": ("Whether this holds could not be decided.",),
    }
)
"""What is said beside a step of a written derivation."""
