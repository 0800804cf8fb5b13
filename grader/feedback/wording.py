"""Reason codes -> sentences: the only words that students meet.

A wording is a few templates, fullest first: the first one is taken whose {holes} can
all be filled from the evidence, and the last one needs the answer's name at most.
What a template does not ask for is not told, so these templates are also the list
of what students may see. None asks for an expected value.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from grader.feedback.markup import fill, holes
from grader.model.feedback import Piece, Sentence

Templates = tuple[str, ...]

_RIGHT: Final[Mapping[str, Templates]] = {
    "agrees": ("Right.",),
    "recognised-mistake": ("This is a mistake that was seen before.",),
    "shows-at": (
        "The first entry that differs is {place} (counted from 1).",
        "Not every entry is right.",
    ),
    "settled-by-hand": ("Settled by a person.",),
    "earns-part": ("It earns a part of its points.",),
    "accepted": ("Right, in another of the accepted forms.",),
}

_NUMBERS: Final[Mapping[str, Templates]] = {
    "opposite-sign": ("The size is right; look at the sign again.",),
    "too-far": (
        "`{answer}` is {given}, which is not near enough to be right.",
        "`{answer}` is not near enough to be right.",
    ),
    "not-finite": (
        (
            "`{answer}` is {given} at {place}: something was divided by nought, grew "
            "without bound, or was undefined on the way."
        ),
        (
            "`{answer}` comes out as {given}: something was divided by nought, grew "
            "without bound, or was undefined on the way."
        ),
        "`{answer}` comes out as infinite or undefined.",
    ),
    "complex-value": (
        "`{answer}` is complex, {given}, where a real number is asked for.",
        "`{answer}` is complex where a real number is asked for.",
    ),
    "real-part-only": ("The real part of `{answer}` is right, the rest is not.",),
    "outside-confidence": (
        "What `{answer}` draws does not follow the law that is asked for.",
    ),
    "too-few-samples": ("`{answer}` draws too few samples to be judged by.",),
    "not-a-number": ("`{answer}` is a formula that has no single value.",),
    "factor": ("`{answer}` is off by a constant factor.",),
    "reciprocal": ("`{answer}` looks like the reciprocal of what is asked for.",),
    "scaled-by-2": ("`{answer}` is off by a factor of 2 or 1/2.",),
}

_ARRAYS: Final[Mapping[str, Templates]] = {
    "wrong-type": (
        "`{answer}` is of the type `{type}`, which cannot be the answer here.",
        "`{answer}` is of a type that cannot be the answer here.",
    ),
    "wrong-shape": (
        "`{answer}` has the shape {shape}, which does not fit the question.",
        "`{answer}` has a shape that does not fit the question.",
    ),
    "shape-transposed": ("`{answer}` has its rows and columns the wrong way round.",),
    "transposed": (
        "`{answer}` is the transpose of what is asked for: swap rows and columns.",
    ),
    "ragged": ("The rows of `{answer}` are not equally long, so it is no array.",),
    "entries-differ": (
        (
            "Wrong entries of `{answer}`: {wrong} of {entries}. The first is {place} "
            "(counted from 1)."
        ),
        "`{answer}` differs at {place} (counted from 1).",
        "Some entries of `{answer}` are wrong.",
    ),
}

_COLLECTIONS: Final[Mapping[str, Templates]] = {
    "wrong-length": (
        "`{answer}` has {given_count} items, which is not how many there are.",
        "`{answer}` has the wrong number of items.",
    ),
    "items-differ": (
        "{right} of the items of `{answer}` are right; {place} is not.",
        "{right} of the items of `{answer}` are right.",
        "Not every item of `{answer}` is right.",
    ),
    "order-differs": ("The items of `{answer}` are right, their order is not.",),
    "not-a-choice": (
        "`{answer}` is none of the choices: {choices}.",
        "`{answer}` is none of the choices.",
    ),
    "other-choice": ("`{answer}` is not the right choice.",),
    "text-differs": ("`{answer}` is not what was asked for.",),
}

_FORMULAS: Final[Mapping[str, Templates]] = {
    "different-expression": (
        "`{answer}` is a different expression; the first difference is in {place}.",
        "`{answer}` is not equal to what is asked for.",
    ),
    "equal-on-part": (
        "`{answer}` is right for {equal_for} only, not on the whole domain.",
        "`{answer}` is right on a part of the domain only.",
    ),
    "not-readable": (
        "`{answer}` could not be read as mathematics:\n{caret}",
        "`{answer}` could not be read as mathematics.",
    ),
    "wrong-form": (
        "The value of `{answer}` is right, but it is not {form}.",
        "The value of `{answer}` is right, but not in the form that is asked for.",
    ),
    "unknown-symbol": (
        "`{answer}` contains {symbols}, which the question does not know.",
        "`{answer}` contains a symbol that the question does not know.",
    ),
    "weaker": ("What you state is true, but weaker than what is asked for.",),
    "stronger": ("What you state is stronger than what is asked for.",),
}

_FAILURES: Final[Mapping[str, Templates]] = {
    "not-loaded": ("Your work could not be read, so `{answer}` was not found.",),
    "missing-name": ("There is no `{answer}` in your work.",),
    "missing-on-paper": ("No answer to this was found in your sheet.",),
    "nearly-named": (
        "There is no `{answer}` in your work, but there is `{nearest}`: rename it.",
        "There is no `{answer}` in your work.",
    ),
    "left-empty": (
        "`{answer}` is still `{placeholder}`: put your answer there.",
        "`{answer}` is still empty: put your answer there.",
    ),
    "returns-nothing": ("`{answer}` returns `None`: is a `return` missing?",),
    "missing-after-failure": (
        (
            "There is no `{answer}`; {failed} failed, which may be why. Or is it your "
            "`{nearest}`?"
        ),
        "There is no `{answer}`; {failed} failed, which may be why.",
        "There is no `{answer}` in your work.",
    ),
    "raised": (
        "`{answer}` raised `{message}` ({where}).",
        "`{answer}` raised an error: `{message}`",
        "`{answer}` raised an error.",
    ),
    "timed-out": (
        (
            "Your `{answer}` did not finish in {seconds} s of computing time on input "
            "{input}."
        ),
        "Your `{answer}` did not finish in {seconds} s of computing time.",
        "Your `{answer}` did not finish in the computing time that it has.",
    ),
    "out-of-memory": (
        "`{answer}` took more memory than there is ({memory}).",
        "`{answer}` took more memory than there is.",
    ),
    "crashed": ("Python itself crashed while `{answer}` was computed.",),
    "stopped": ("`{answer}` ended the program (`exit()` or the like).",),
    "not-callable": (
        "`{answer}` is to be a function, and is a value of the type `{type}`.",
        "`{answer}` is to be a function, and is not one.",
    ),
    "wrong-arguments": (
        (
            "`{answer}` could not be called with the arguments of the question: "
            "`{message}`"
        ),
        "`{answer}` could not be called with the arguments of the question.",
    ),
    "not-carried": (
        (
            "`{answer}` is of the type `{type}`, which cannot be judged: return a number, "
            "an array or an expression."
        ),
        (
            "`{answer}` is of a type that cannot be judged: return a number, an array or "
            "an expression."
        ),
    ),
    "too-large": ("`{answer}` is too large to be an answer.",),
    "not-deterministic": (
        (
            "`{answer}` gives another value each time that it is asked with the same "
            "input."
        ),
    ),
    "cell-failed": (
        "The cell that should define `{answer}` failed: `{message}`",
        "The cell that should define `{answer}` failed.",
    ),
}

_OPEN: Final[Mapping[str, Templates]] = {
    "cannot-decide": ("This could not be decided by machine: a person will look.",),
    "our-fault": (
        "The grader failed here, which is no fault of yours: a person will look.",
    ),
    "sandbox": (
        (
            "The grader could not run this, which is no fault of yours: a person will "
            "look."
        ),
    ),
    "reference-failed": (
        (
            "The grader's own answer is missing here, which is no fault of yours: a "
            "person will look."
        ),
    ),
    "differs-elsewhere": (
        "At the inputs that may be shown it agrees; at others it does not.",
    ),
    "unknown-kind": (
        (
            "The grader cannot judge this kind of answer, which is no fault of yours: "
            "a person will look."
        ),
    ),
    "rests-on-undecided": (
        "This builds on {part}, which a person still has to look at.",
        "This builds on an answer that a person still has to look at.",
    ),
    "needs-run": ("This is judged when your work is run the next time.",),
    "degenerate-earlier-answer": (
        "This builds on {earlier}, and that answer is too simple to build on.",
        "This builds on an earlier answer of yours that is too simple to build on.",
    ),
    "not-judged-prose": ("A person reads what you wrote here.",),
    "found-elsewhere": (
        "It stands in line {line} of your sheet, inside the work on another part.",
        "It stands inside the work on another part.",
    ),
    "several-candidates": (
        "Several places could be the answer to this: a person will look.",
    ),
}

REASONS: Final[Mapping[str, Templates]] = MappingProxyType(
    {
        **_RIGHT,
        **_NUMBERS,
        **_ARRAYS,
        **_COLLECTIONS,
        **_FORMULAS,
        **_FAILURES,
        **_OPEN,
    }
)
"""What is said for the reason of a verdict."""

BASES: Final[Mapping[str, Templates]] = MappingProxyType(
    {
        "as-set": (),
        "follow-through": (
            (
                "It follows rightly from what you have in {earlier}, and earns its points for "
                "that."
            ),
            (
                "It follows rightly from your own earlier answers, and earns its points "
                "for that."
            ),
        ),
        "mistake": (),
        "manual": ("Settled by a person.",),
    }
)
"""What is said beside, for what a credit rests on."""

METHODS: Final[Mapping[str, Templates]] = MappingProxyType(
    {
        "identical": ("the same, sign by sign",),
        "exact": ("proved by exact arithmetic",),
        "agreed": (
            "agreed at {points} points to {digits} digits",
            "agreed at {points} points",
            "agreed",
        ),
        "within-tolerance": ("within the tolerance",),
        "proved-different": ("proved different at the witness",),
        "measured-different": ("measured, without a proof",),
        "beyond-tolerance": ("beyond the tolerance",),
        "shape": ("not the same kind of thing",),
        "domains": ("nowhere defined together",),
        "none": ("nothing could be decided",),
    }
)
"""For staff: how a verdict is known."""


def say(templates: Templates, values: Mapping[str, Piece]) -> tuple[Sentence, ...]:
    """Return the first of *templates* that *values* can fill; none of them is none."""
    for template in templates:
        if holes(template) <= values.keys():
            return (fill(template, values),)
    return ()
