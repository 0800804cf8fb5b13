"""Bytes of YAML -> plain values, and the line of each.

The YAML that is read here means the same to every reader: what one takes for a
number and another for a word is refused. No tags, no aliases, no duplicate keys.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

import yaml

from grader.errors import GraderError
from grader.yaml.path import Path, Plain, spell
from grader.yaml.scalar import Surprise, read_word

LONGEST_FILE_BYTES: Final = 1 << 20  # a large course's rubric has 100 kB
DEEPEST_NESTING: Final = 32  # a rubric needs nine levels
MOST_NODES: Final = 100_000  # a megabyte of `[a,a,a,…` has half a million

LARGEST_EXPORT_BYTES: Final = 64 << 20  # a class's metadata with all test outputs
MOST_EXPORTED_NODES: Final = 1_000_000
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

LONGEST_SHOWN_CHARACTERS: Final = 80

# libyaml where the wheel has it: ten times faster, the same values; it lets through
# some signs in odd places that Python's parser refuses
_PARSER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MEND_ESCAPE: Final = "use single quotes, between which a backslash is a backslash"
_MEND_SYNTAX: Final = (
    "look at this line and the one before: is a quote, a bracket or a space missing? "
    "A value that begins with [ or { or holds `: ` needs quotes"
)
_MEND_TAB: Final = "indent with spaces: YAML knows no tabs there"
_MEND_SIGN: Final = "take it out, and save the file as UTF-8"
_ESCAPE: Final = re.compile(r"\\(?![\"\\/\r\n])")


class YamlError(GraderError):
    """The file is no YAML, or YAML that does not mean the same to every reader.

    *faults* are all that were found, this one first.
    """

    faults: "tuple[YamlError, ...]"

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(where, what, mend)
        self.faults = (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands; both count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The values of a YAML file, and where each stands.

    The place of a mapping's entry is that of its key.
    """

    name: str
    value: Plain
    places: Mapping[Path, Place] = field(repr=False)

    def line(self, path: Path) -> int:
        """Return the line of *path*, or of the closest thing around it that is there."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        return self.places[known].line if known in self.places else 1

    def where(self, path: Path) -> str:
        """Say where *path* is: `hw3.yaml:41: questions[0].parts[1].points`."""
        return f"{self.name}:{self.line(path)}" + (f": {spell(path)}" if path else "")


def read_yaml(content: bytes, *, name: str) -> Document:
    """Read one YAML document; *name* stands for the file in messages.

    Raises:
        YamlError: it is not YAML, or could be read in two ways.
    """
    if len(content) > LONGEST_FILE_BYTES:
        raise YamlError(
            name,
            f"the file has {len(content)} bytes; at most {LONGEST_FILE_BYTES} are read",
            "make the file shorter",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise YamlError(
            f"{name}:{line}",
            f"byte 0x{content[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        ) from error
    return _Builder(name, text).document()


def read_foreign_yaml(content: bytes, *, name: str) -> Plain:
    """Read YAML that another program wrote: odd words as words, tags left aside.

    Aliases share what they name, and are never copied. Who walks the value has to
    know which keys to follow.

    Raises:
        YamlError: it is not YAML, or larger than what platforms export.
    """
    if len(content) > LARGEST_EXPORT_BYTES:
        raise YamlError(
            name,
            f"the file has more than {LARGEST_EXPORT_BYTES >> 20} MiB",
            "leave the file out",
        )
    text = _UNPRINTABLE.sub(
        "\N{REPLACEMENT CHARACTER}", content.decode("utf-8", "replace")
    )
    builder = _Builder(name, text, foreign=True)
    return builder.document().value


class _Builder:
    """Turns the parser's events into values; holds what one reading needs."""

    def __init__(self, name: str, text: str, *, foreign: bool = False) -> None:
        self.name = name
        self.foreign = foreign
        self.most_nodes = MOST_EXPORTED_NODES if foreign else MOST_NODES
        self.anchored: dict[str, Plain] = {}
        self.text = text
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_PARSER)
        self.places: dict[Path, Place] = {}
        self.nodes = 0
        self.faults: list[YamlError] = []

    def document(self) -> Document:
        value = self._whole()
        if self.faults and not self.foreign:
            first = self.faults[0]
            first.faults = tuple(self.faults)
            raise first
        return Document(name=self.name, value=value, places=self.places)

    def _whole(self) -> Plain:
        try:
            self._next()  # the stream's start
            start = self._next()
            if isinstance(start, yaml.StreamEndEvent):
                self._refuse(start, "the file is empty", "write something into it")
            value = self._node(self._next(), ())
            self._next()  # the document's end
            end = self._next()
            if not isinstance(end, yaml.StreamEndEvent):
                self._refuse(
                    end, "a second document begins here", "take the line --- out"
                )
        except yaml.YAMLError as error:
            raise self._not_yaml(error) from error
        return value

    def _next(self) -> yaml.Event:
        return next(self.events)

    def _node(self, event: yaml.Event, path: Path) -> Plain:
        self._check(event, path)
        self.places.setdefault(path, _place(event))
        match event:
            case yaml.AliasEvent():
                return self.anchored.get(event.anchor or "")
            case yaml.ScalarEvent():
                value = self._scalar(event)
            case yaml.SequenceStartEvent():
                value = self._sequence(path)
            case _:
                value = self._mapping(path)
        if anchor := getattr(event, "anchor", None):
            self.anchored[anchor] = value
        return value

    def _check(self, event: yaml.Event, path: Path) -> None:
        self.nodes += 1
        if self.nodes > self.most_nodes or len(path) > DEEPEST_NESTING:
            self._refuse(
                event,
                f"more than {self.most_nodes} values, or nested deeper than "
                f"{DEEPEST_NESTING} levels",
                "make the file simpler",
            )
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self._tell(
                event,
                f"anchors and aliases (&{anchor}, *{anchor}) are not read",
                "write the value out where it is needed, or put it in quotes",
            )
        if tag is not None:
            self._tell(
                event,
                f"tags are not read: {tag}",
                "leave the tag out, or put the value in quotes",
            )

    def _sequence(self, path: Path) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Plain]:
        entries: dict[str, Plain] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path, entries)
            self.places[*path, key] = _place(event)
            entries[key] = self._node(self._next(), (*path, key))
        return entries

    def _key(self, event: yaml.Event, path: Path, before: Mapping[str, Plain]) -> str:
        """Take a key as it is typed, whatever else it could mean."""
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key is not a word", "write a word before the colon")
        self._check(event, path)
        key: str = event.value
        if key == "<<":
            self._tell(event, "merge keys (<<) are not read", "write the keys out")
        if key in before:
            line = self.places[*path, key].line
            self._tell(
                event,
                f"the key {key!r} stands here twice, first on line {line}",
                "keep one of the two",
            )
        self._check_escapes(event)
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> Plain:
        text: str = event.value
        if event.style:
            self._check_escapes(event)
            return text
        value = read_word(text)
        if isinstance(value, Surprise):
            self._tell(event, f"{text[:40]} {value.what}", value.mend)
            return text
        return value

    def _check_escapes(self, event: yaml.ScalarEvent) -> None:
        r"""Refuse `"\theta"`: in double quotes that is a tab and `heta`."""
        start, end = event.start_mark, event.end_mark
        if event.style != '"' or start is None or end is None:
            return
        written = self.text[start.index : end.index]
        shown = written if len(written) < LONGEST_SHOWN_CHARACTERS else "…"
        found = _ESCAPE.search(written.replace(r"\\", ""))
        if found:
            self._tell(
                event,
                f"in double quotes a backslash has a meaning of its own: {shown}",
                _MEND_ESCAPE,
            )

    def _refuse(self, event: yaml.Event, what: str, mend: str) -> NoReturn:
        raise self._fault(event, what, mend)

    def _tell(self, event: yaml.Event, what: str, mend: str) -> None:
        """Remember a fault and read on, so that all are told at once."""
        self.faults.append(self._fault(event, what, mend))

    def _fault(self, event: yaml.Event, what: str, mend: str) -> YamlError:
        return YamlError(f"{self.name}:{_place(event).line}", what, mend)

    def _not_yaml(self, error: yaml.YAMLError) -> YamlError:
        mark = getattr(error, "problem_mark", None)
        where = self.name if mark is None else f"{self.name}:{mark.line + 1}"
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        mend = _MEND_ESCAPE if "escape" in problem else _MEND_SYNTAX
        sign = _UNPRINTABLE.search(self.text)
        if mark is None and sign is not None:
            where = f"{self.name}:{self.text.count(chr(10), 0, sign.start()) + 1}"
            problem, mend = f"it holds the sign {sign[0]!a}", _MEND_SIGN
        elif mark is not None and self._begins_with_tab(mark.line):
            problem, mend = "a tab stands where the line begins", _MEND_TAB
        return YamlError(where, f"this is not YAML: {problem}", mend)

    def _begins_with_tab(self, number: int) -> bool:
        line = [*self.text.splitlines(), ""][number]
        return "\t" in line[: len(line) - len(line.lstrip())]


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(line=mark.line + 1, column=mark.column + 1) if mark else Place()
