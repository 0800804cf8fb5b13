"""The numpy that is loaded -> a line that says what its last digits depend on.

Two machines may differ in the last bits of a product of matrices: by the kernels that
the linear algebra picks for the processor, and by the instructions that numpy uses.
"""

import contextlib
import ctypes
import functools
import sys
from pathlib import Path
from typing import Any, Final

# numpy's own build, scipy's, and a distribution's
_CORE_NAMES: Final = (
    "scipy_openblas_get_corename64_",
    "openblas_get_corename64_",
    "openblas_get_corename",
)


@functools.cache
def numerics() -> str:
    """Return versions, kernels and instructions; nothing where numpy is not loaded.

    The zygote asks once, before it forks.
    """
    numpy: Any = sys.modules.get("numpy")
    if numpy is None:
        return ""
    found = (f"numpy {numpy.__version__}", _linear_algebra(), _instructions())
    return ", ".join(part for part in found if part)


def _linear_algebra() -> str:
    """Return the kernels of the library that is loaded; Linux alone tells its path."""
    with contextlib.suppress(OSError):
        maps = Path("/proc/self/maps").read_bytes().splitlines()
        paths = {line.split(maxsplit=5)[-1] for line in maps if b"openblas" in line}
        for path in sorted(paths):
            library = ctypes.CDLL(path.decode())
            for name in _CORE_NAMES:
                with contextlib.suppress(AttributeError):
                    core = library[name]
                    core.restype = ctypes.c_char_p
                    return f"OpenBLAS for {core().decode()}"
    return ""


def _instructions() -> str:
    """Return the sets of instructions that numpy has code for and found here."""
    inner: Any = sys.modules.get("numpy._core._multiarray_umath")
    has = getattr(inner, "__cpu_features__", {})
    return " ".join(n for n in getattr(inner, "__cpu_dispatch__", ()) if has.get(n))
