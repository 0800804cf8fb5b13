"""Frames survive the way; whatever else arrives is refused, in bounded time and memory."""

import contextlib
import json
import os
import random
import struct
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox import wire
from grader.sandbox.decode import decode_answer, decode_call, decode_signatures
from grader.sandbox.wire import WireError, frame_size, pack, unpack

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=10,
)


@given(body=plain, buffers=st.lists(st.binary(max_size=20), max_size=3))
def test_what_is_packed_is_unpacked(body: object, buffers: list[bytes]) -> None:
    frame = unpack(pack("answer", body, buffers))

    assert (frame.kind, frame.body, list(frame.buffers)) == ("answer", body, buffers)


@given(cut=st.integers(0, 40))
def test_a_frame_that_is_cut_off_is_refused(cut: int) -> None:
    whole = pack("answer", [1, "two"], [b"three"])

    with pytest.raises(WireError, match=r"cut off|too large|not"):
        unpack(whole[: min(cut, len(whole) - 1)])


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(struct.pack("<II", 2**32 - 1, 0), id="a header of four gigabytes"),
        pytest.param(struct.pack("<II", 2, 2**32 - 1), id="buffers of four gigabytes"),
    ],
)
def test_a_size_is_refused_before_anything_is_read(raw: bytes) -> None:
    with pytest.raises(WireError, match="too large"):
        frame_size(raw)


def _raw(header: bytes, buffers: bytes = b"") -> bytes:
    return struct.pack("<II", len(header), len(buffers)) + header + buffers


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(_raw(b"not json"), id="no JSON"),
        pytest.param(_raw(b'["kind",NaN,[]]'), id="a word that JSON does not have"),
        pytest.param(_raw(b"[" * 100_000), id="brackets without end"),
        pytest.param(_raw(b"[" + b"[]," * 500_000 + b"1]"), id="too many items"),
        pytest.param(_raw(b'["kind",1]'), id="no sizes"),
        pytest.param(_raw(b'["kind",1,[-1]]'), id="a negative size"),
        pytest.param(_raw(b'["kind",1,[true]]', b"x"), id="a truth value as a size"),
        pytest.param(_raw(b'["kind",1,[1.0]]', b"x"), id="a float as a size"),
        pytest.param(_raw(b'["kind",1,[2]]', b"x"), id="buffers that do not add up"),
        pytest.param(_raw(b'["kind",1,[]]', b"x"), id="bytes that nobody claims"),
        pytest.param(_raw(b"[3,1,[]]"), id="a number as a kind"),
        pytest.param(_raw(b"\xff\xfe"), id="no text"),
        pytest.param(_raw(b'["k",' + b"9" * 5000 + b",[]]"), id="an endless integer"),
        pytest.param(_raw(b"{}"), id="an object"),
    ],
)
def test_what_is_no_frame_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError, match=r"JSON|items|sizes|size|add up"):
        unpack(raw)


def test_a_frame_is_bounded_in_memory() -> None:
    header = b'["k",[' + b",".join([b"[]"] * (wire.MOST_ITEMS // 2 - 10)) + b"],[]]"
    raw = _raw(header)

    tracemalloc.start()
    unpack(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 100 * 2**20


def test_the_waiting_side_reads_frames_one_by_one() -> None:
    near, far = os.pipe()
    wire.write(far, wire.pack("one", 1))
    wire.write(far, wire.pack("two", 2, [b"x"]))
    os.close(far)

    kinds = [wire.read_frame(near), wire.read_frame(near), wire.read_frame(near)]
    os.close(near)

    assert [k and k.kind for k in kinds] == ["one", "two", None]


TAGS = ["z", "b", "i", "f", "c", "s", "a", "l", "t", "e", "d", "x", "o", "@", "n", "k"]
TAGS += ["found", "missing", "failed", "<f8", "|b1", "add", "pow", "matrix", "raised"]


def _random_plain(chance: random.Random, depth: int = 0) -> object:
    pick = chance.random()
    if pick < 0.5 and depth < 6:
        size = chance.choice([0, 1, 2, 2, 3, 4])
        return [_random_plain(chance, depth + 1) for _ in range(size)]
    if pick < 0.8:
        return chance.choice(TAGS)
    return chance.choice(
        [0, 1, -1, 3, 2**70, True, None, 1.5, "nan", "0x" + "f" * 9, "\ud800", "\x1b["]
    )


def _mutated(chance: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.choice([0, 1, 1, 3])):
        place = chance.randrange(len(changed))
        changed[place : place + chance.randrange(3)] = chance.randbytes(
            chance.randrange(3)
        )
    return bytes(changed)


def _fuzz(number: int, seed: int) -> int:
    """Decode random frames; return how many were answers. Anything else raises."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    taken = 0
    for _ in range(number):
        body = _random_plain(chance)
        header = json.dumps(["answer", body, [8]]).encode()
        raw = _mutated(chance, _raw(header, chance.randbytes(8)))
        try:
            frame = unpack(raw)
        except WireError:
            continue
        for decode in (decode_answer, decode_call):
            try:
                decode(frame.body, frame.buffers)
                taken += 1
            except WireError:
                pass
        with contextlib.suppress(WireError):
            decode_signatures(frame.body)
    return taken


def test_random_frames_raise_nothing_but_the_wires_own_error() -> None:
    assert _fuzz(10_000, seed=1) >= 0


@pytest.mark.slow
def test_a_million_random_frames_raise_nothing_but_the_wires_own_error() -> None:
    assert _fuzz(1_000_000, seed=2) > 0


@given(body=plain, buffers=st.lists(st.binary(max_size=9), max_size=2))
def test_any_body_is_an_answer_or_refused(body: object, buffers: list[bytes]) -> None:
    for tagged in (
        body,
        ["found", body],
        ["found", ["l", [body]]],
        ["found", ["x", [body]]],
    ):
        with contextlib.suppress(WireError):
            assert decode_answer(tagged, buffers) is not None
