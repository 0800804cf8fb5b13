"""A seed -> the state of every random generator that is loaded.

Unseeded numpy generators draw their entropy from one function; it is replaced by a
counter, so that work which seeds nothing still gives the same numbers on every run.
"""

import random
import sys
from itertools import count
from typing import Any


def seed_everything(seed: int) -> None:
    """Put every random generator that is loaded into the state of a fresh start."""
    random.seed(seed)
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "random"):
        numpy.random.seed(seed % 2**32)
        _replace_entropy(numpy, seed)
    torch: Any = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "manual_seed"):
        torch.manual_seed(seed)


def _replace_entropy(numpy: Any, seed: int) -> None:  # noqa: ANN401 - the student's numpy
    source = getattr(numpy.random, "bit_generator", None)
    if source is not None and hasattr(source, "randbits"):
        calls = count()

        def repeatable(bits: int) -> int:
            return random.Random(f"{seed}/{next(calls)}").getrandbits(bits)  # noqa: S311 - repeatable on purpose

        source.randbits = repeatable
