"""What a worker says is written at once, and heard when it rings."""

import os
import socket
from collections.abc import Iterator

import pytest

from grader.sandbox.ends import PolledEnds
from grader.sandbox.inside.speaker import Speaker
from grader.sandbox.wire import pack


class Talk:
    """A speaker, and the ends that hear it."""

    def __init__(self) -> None:
        ours, self.theirs = socket.socketpair()
        output, self.printed = os.pipe()
        bell, self.bell = os.pipe()
        self.ends = PolledEnds(ours, output, bell)
        self.speaker = Speaker(self.theirs.fileno(), self.bell)

    def is_heard(self, seconds: float = 0.0, *, is_eager: bool = False) -> bool:
        return self.ends.wait(seconds, is_sending=False, is_eager=is_eager).to_read

    def has_rung(self) -> bool:
        """Whether there is a ring, without the look at the end of the time."""
        ready = self.ends._look(0, is_sending=False, hears_all=False)  # noqa: SLF001 - what is to be kept from costing a wake-up
        return bool(ready)


@pytest.fixture
def talk() -> Iterator[Talk]:
    talk = Talk()
    yield talk
    talk.ends.close()
    talk.theirs.close()
    for pipe in (talk.printed, talk.bell):
        os.close(pipe)


@pytest.mark.parametrize("kind", ["began", "failure", "remark", "answer"])
def test_what_others_follow_wakes_nobody(talk: Talk, kind: str) -> None:
    talk.speaker.say(kind, [0, 0])

    assert not talk.has_rung()


@pytest.mark.parametrize("kind", ["ready", "ran", "call", "described"])
def test_what_somebody_waits_for_rings(talk: Talk, kind: str) -> None:
    talk.speaker.say(kind, None)

    assert talk.has_rung()


def test_what_did_not_ring_is_heard_when_the_time_is_over(talk: Talk) -> None:
    talk.speaker.say("began", [0, 0])

    assert talk.is_heard()
    assert talk.ends.receive() == pack("began", [0, 0])


def test_who_is_eager_hears_at_once(talk: Talk) -> None:
    talk.speaker.say("began", [0, 0])

    assert talk.is_heard(60.0, is_eager=True)


def test_many_small_messages_ring_before_the_wire_is_full(talk: Talk) -> None:
    said = 0
    while not talk.has_rung():
        talk.speaker.say("answer", [said, "x" * 50])
        said += 1

    assert 10 < said < 100


def test_a_large_message_rings_by_its_start(talk: Talk) -> None:
    """Nobody takes the rest off the wire before having heard of it."""
    os.set_blocking(talk.theirs.fileno(), False)

    with pytest.raises(BlockingIOError):
        talk.speaker.say("answer", "x" * 2**20)

    assert talk.has_rung()


def test_rings_are_taken_together(talk: Talk) -> None:
    for _ in range(3):
        talk.speaker.ring()

    assert talk.is_heard(60.0)
    assert not talk.is_heard()


def test_a_closed_bell_lets_everything_be_heard(talk: Talk) -> None:
    os.close(talk.bell)
    talk.bell = os.open(os.devnull, os.O_RDONLY)  # nobody's, for the end of the test
    assert talk.is_heard(60.0)

    talk.speaker.say("began", [0, 0])

    assert talk.is_heard(60.0)


def test_without_a_bell_it_only_writes(talk: Talk) -> None:
    Speaker(talk.theirs.fileno()).say("ran", [])

    assert not talk.has_rung()
    assert talk.is_heard(60.0, is_eager=True)
