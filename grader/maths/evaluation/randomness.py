"""A key -> a number that looks random and is always the same for that key."""

from hashlib import blake2b

from flint import fmpq


def random_number(*key: object) -> int:
    """Return a whole number below 2^32 that *key* determines."""
    text = " ".join(map(str, key)).encode()
    return int.from_bytes(blake2b(text, digest_size=4).digest())


def random_rational(*key: object) -> fmpq:
    """Return a rational between 1/4 and 9/4 that *key* determines."""
    return fmpq(1, 4) + fmpq(random_number(*key) % 1994 + 1, 997)


def random_sign(*key: object) -> int:
    """Return 1 or -1 as *key* determines."""
    return 1 if random_number(*key) % 2 else -1
