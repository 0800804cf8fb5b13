"""This process's surroundings -> those of one that is to run student code.

What it may know of the machine is its locale, its fonts and where packages lie.
"""

import os
import sysconfig
from pathlib import Path
from typing import Final

PACKAGES_ROOT: Final = str(Path(__file__).parent.parent.parent)
# large blocks come from the heap, stay there, and lie on large pages where the kernel
# gives them: fewer to fault in
_MALLOC: Final = (
    f"glibc.malloc.mmap_threshold={2**30}:glibc.malloc.trim_threshold={2**30}:"
    f"glibc.malloc.top_pad={2**24}:glibc.malloc.hugetlb=1"
)


def clean_environment() -> dict[str, str]:
    """Return an environment with nothing of the caller's but its locale and fonts."""
    threads = ["OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS"]
    kept = {
        name: os.environ[name]
        for name in (
            *("PATH", "HOME", "MPLCONFIGDIR", "LD_LIBRARY_PATH"),
            *("SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA"),  # of Windows
        )
        if name in os.environ
    }
    return kept | {
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "GLIBC_TUNABLES": _MALLOC,
        "PYTHONPATH": sysconfig.get_path("purelib"),
        **{f"{name}_NUM_THREADS": "1" for name in threads},
    }
