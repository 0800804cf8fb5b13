"""Lines of JSON, a pair of answers each -> lines of JSON, a verdict each."""

import gc
import json
import sys
import time
from typing import Any, Final

from grader.maths.finding import Truth
from grader.maths.questions.judging import judge
from grader.maths.questions.question import TaskError, question_of
from grader.maths.readers.unreadable import Unreadable

Verdict = bool | str
VERDICTS: Final[dict[Truth, Verdict]] = {
    Truth.EQUAL: True,
    Truth.DIFFERENT: False,
    Truth.UNKNOWN: "undecided",
}


def verdict_on(row: dict[str, Any]) -> Verdict:
    """Return true, false, `invalid` or `undecided` for one pair."""
    if row.get("reference") and row.get("student") == row.get("reference"):
        same: Verdict = True
    else:
        same = "undecided"
    try:
        finding = judge(question_of(row))
        too_large = finding.reason == "given-too-large"
        return "invalid" if too_large else VERDICTS[finding.truth]
    except Unreadable:
        return "invalid"
    except TaskError:
        return same


def answer(line: str) -> dict[str, Any]:
    """Return what to write for one line of input, whatever stands in it."""
    started = time.perf_counter()
    identity = None
    try:
        row = json.loads(line)
        identity = row.get("id")
        verdict = verdict_on(row)
    except Exception as error:  # noqa: BLE001 - one pair is judged here: ours failed
        return {"id": identity, "verdict": "undecided", "error": repr(error)[:200]}
    taken = (time.perf_counter() - started) * 1000
    return {"id": identity, "verdict": verdict, "ms": round(taken, 3)}


def main() -> None:
    """Answer every line of standard input, in order, as soon as it is there."""
    gc.freeze()  # what importing made stays, and need not be looked through
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(json.dumps(answer(line)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
