"""What a self-check found -> sentences; it knows no answer, so it calls nothing right."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from grader.feedback.wording import say
from grader.model.feedback import Piece, Sentence
from grader.model.shown import one_line, visible
from grader.model.verdict import Verdict

LONGEST_FORMULA_CHARACTERS: Final = 120  # of what was found, which its writer knows

CHECKS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "property": ("{said}",),
        "skipped": ("Not checked further, since your code gives no `{answer}`.",),
        "written-found": (
            "Written answer found in {block}, line {line}, not judged here: `{written}`",
            "Written answer found, not judged here.",
        ),
        "written-by-place": (
            (
                "In {block}, line {line}, `{written}` may be your answer, but nothing "
                "names it. Write `{equation} = …`, so that it is found for sure."
            ),
            "Something may be your answer, but nothing names it.",
        ),
        "written-not-found": (
            (
                "There is no `{answer}`; your code has `{nearest}`, which looks like "
                "it. If you wrote the answer, state it as `{equation} = …`; nothing in "
                "your text was recognised as it."
            ),
            (
                "Your code has no `{answer}`, and nothing in your text was recognised "
                "as it. If you wrote it, state it as `{equation} = …`, or make sure "
                "that it stands under this part's label."
            ),
            "Neither code nor a written answer to this was recognised.",
        ),
        "not-on-paper": (
            (
                "Nothing in your sheet was recognised as this. State it as "
                "`{equation} = …`, or make sure that it stands under this part's label."
            ),
            "Nothing in your sheet was recognised as this.",
        ),
        "written-missing": (
            (
                "There is no `{answer}`; your code has `{nearest}`, which looks like "
                "it. It may also be written, as `{equation} = …`; there is no formula "
                "in your text."
            ),
            (
                "There is no `{answer}` in your code, and no formula in your text. It "
                "may be answered in either: in text as `{equation} = …`."
            ),
            "There is no `{answer}` in your code, and no formula in your text.",
        ),
        "paper-alone": (
            (
                "On paper this is not looked for by a name: what stands under the "
                "part's label is read when it is graded."
            ),
        ),
    }
)
"""What is said of a part, by what was found."""


def say_written(answer: str, verdict: Verdict) -> tuple[Sentence, ...]:
    """Word what a glance at written work found; nothing where it was no glance."""
    told = {
        name: Piece(text=one_line(str(fact), limit=LONGEST_FORMULA_CHARACTERS))
        for name, fact in verdict.evidence.facts
    }
    told["answer"] = Piece(text=visible(answer, limit=100))
    return say(CHECKS.get(verdict.reason, ()), told)
