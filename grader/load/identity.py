"""Names that people and platforms gave -> ids assigned here, and look-alikes found."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from itertools import count as count_from
from typing import Final

from grader.model.likeness import shape

LONGEST_ID_CHARACTERS: Final = 60  # an id becomes a file name, with endings after it
_HASH_CHARACTERS: Final = 8
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)


def assign_ids(names: Sequence[str], *, apart: Sequence[str]) -> tuple[str, ...]:
    """Give each name an id that is safe as a file name and unlike every other.

    The same names always get the same ids; names that come out alike carry a hash of
    what stands for them in *apart*, so that none depends on the order.
    """
    slugs = [_slug(name) for name in names]
    count = Counter(slugs)
    ids = [
        slug if count[slug] == 1 else f"{slug}-{_hash(word)}"
        for slug, word in zip(slugs, apart, strict=True)
    ]
    unique: dict[str, None] = {}
    for word in ids:
        again = (f"{word}-{number}" for number in count_from(2))
        unique[next(w for w in chain((word,), again) if w not in unique)] = None
    return tuple(unique)


def look_alikes(names: Sequence[str]) -> frozenset[str]:
    """Return the names that a reader could take for another of them."""
    shapes = Counter(shape(name) for name in set(names))
    return frozenset(name for name in names if shapes[shape(name)] > 1)


def _slug(name: str) -> str:
    """Keep the letters and digits that every file system has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-")
    letters = sum(c.isalnum() for c in unicodedata.normalize("NFC", name))
    kept = sum(c.isalnum() for c in slug)
    if kept < letters or not kept or slug in _RESERVED:
        slug = f"{slug if kept else 'student'}-{_hash(name)}"
    return slug[:LONGEST_ID_CHARACTERS].strip("-")


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[
        :_HASH_CHARACTERS
    ]
