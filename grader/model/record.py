"""What is kept of a graded submission, so that it can be judged again without a run."""

from dataclasses import dataclass

from grader.model.answer import AnswerSheet
from grader.model.score import Scorecard
from grader.model.submission import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One submission's answers and scores, with the versions that they belong to.

    *sheet* holds the answers by probe, the calls that were relayed and the transcript;
    *text* the written blocks, from which written parts are located again, and *cells*
    all blocks of a notebook in their order, to hand it back annotated. The digests
    are SHA-256 in hexadecimal: of the rubric, the reference, what was handed in, and
    the *environment* that it ran in (limits, versions of Python and its packages).
    """

    sheet: AnswerSheet
    scorecard: Scorecard
    grader_version: str
    rubric_digest: str
    source_digest: str
    reference_digest: str = ""
    environment: str = ""
    text: tuple[Block, ...] = ()
    cells: tuple[Block, ...] = ()
