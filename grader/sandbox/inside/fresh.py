"""A fresh interpreter -> a worker: the same as a fork of the zygote, started by itself.

It loads what its work names, moves its pipes to where nobody looks for them, and goes
on as a fork does.
"""

import contextlib
import gc
import os

from grader.sandbox.inside import process
from grader.sandbox.inside.loading import load_packages
from grader.sandbox.layers.kernel import PR_SET_DUMPABLE, control
from grader.sandbox.layers.privileges import spare_user
from grader.sandbox.wire import read_frame


def main() -> None:
    """Follow the plan that comes first, and serve until the other side closes."""
    user = spare_user()  # it forks, which what is loaded later may not survive
    requests, answers, output = (os.dup(standard) for standard in (0, 1, 2))
    os.dup2(output, 1)  # what packages print while they load is no answer
    plan = read_frame(requests)
    if plan is None:
        return
    gc.disable()  # as in a zygote: what importing makes stays
    load_packages(plan.body["imports"])
    gc.freeze()
    gc.enable()
    with contextlib.suppress(OSError):
        control(PR_SET_DUMPABLE, 0)
    process.run(plan.body | {"user": user}, requests, answers, output)
