"""A descriptor -> a stream that student code prints to, up to a cap."""

import io
import os
from typing import Any


class CappedOutput(io.RawIOBase):
    """Writes to a descriptor until so many bytes went there; then it drops them.

    A courtesy that spares the reader's time; the reader has a cap of its own.
    """

    def __init__(self, descriptor: int, most_bytes: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._left = most_bytes

    def writable(self) -> bool:
        """Tell that it takes bytes."""
        return True

    @property
    def left(self) -> int:
        """How many bytes it still passes on."""
        return self._left

    def fileno(self) -> int:
        """Return the descriptor behind it."""
        return self._descriptor

    def write(self, content: Any) -> int:  # noqa: ANN401 - any buffer
        """Pass on what still fits, and claim to have taken it all."""
        view = memoryview(content).cast("B")
        kept = view[: self._left]
        self._left -= len(kept)
        while kept:
            kept = kept[os.write(self._descriptor, kept) :]
        return len(view)


def text_stream(descriptor: int, most_bytes: int) -> io.TextIOWrapper:
    """Return a stream of text that ends quietly after so many bytes."""
    raw = CappedOutput(descriptor, most_bytes)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace"
    )
