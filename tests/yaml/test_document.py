import pytest
import yaml

from grader.yaml.document import (
    DEEPEST_NESTING,
    LARGEST_EXPORT_BYTES,
    LONGEST_FILE_BYTES,
    MOST_NODES,
    Place,
    YamlError,
    read_foreign_yaml,
    read_yaml,
)
from grader.yaml.path import spell
from grader.yaml.scalar import LONGEST_NUMBER_CHARACTERS, Surprise, read_word


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("5", 5, id="int"),
        pytest.param("-3", -3, id="negative int"),
        pytest.param("1e-6", 1e-6, id="exponent without a point"),
        pytest.param(".5", 0.5, id="no digit before the point"),
        pytest.param("60 s", "60 s", id="quantity"),
        pytest.param("1/2", "1/2", id="fraction"),
        pytest.param("1a", "1a", id="label"),
        pytest.param("(0, 0.9)", "(0, 0.9)", id="interval"),
        pytest.param("true", True, id="true"),
        pytest.param("null", None, id="null"),
        pytest.param("", None, id="nothing"),
        pytest.param(".inf", float("inf"), id="infinity"),
        pytest.param("y", "y", id="a symbol called y"),
        pytest.param("2026-12-13", "2026-12-13", id="date stays text"),
        pytest.param("Infinity", "Infinity", id="word that float() would take"),
    ],
)
def test_a_bare_word_is_what_it_looks_like(text: str, value: object) -> None:
    assert read_word(text) == value
    assert type(read_word(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("yes", id="yes"),
        pytest.param("NO", id="no"),
        pytest.param("on", id="on"),
        pytest.param("True", id="Python's True"),
        pytest.param("12:30:00", id="sexagesimal"),
        pytest.param("1:30", id="short sexagesimal"),
        pytest.param("010", id="octal of YAML 1.1"),
        pytest.param("0o17", id="octal of YAML 1.2"),
        pytest.param("0x1F", id="hexadecimal"),
        pytest.param("1_000", id="underscore"),
        pytest.param("(0", id="interval cut by a comma"),
        pytest.param("a\tb", id="tab"),
        pytest.param("1e999", id="overflow"),
        pytest.param("1" * (LONGEST_NUMBER_CHARACTERS + 1), id="a million digits"),
    ],
)
def test_a_bare_word_with_two_meanings_is_refused(text: str) -> None:
    assert isinstance(read_word(text), Surprise)


def test_every_value_keeps_its_place() -> None:
    document = read_yaml(b"a:\n  - b: 1\n    c: [x, y]\n", name="r.yaml")

    assert document.places[("a", 0, "c")] == Place(line=3, column=5)
    assert document.where(("a", 0, "c", 1)) == "r.yaml:3: a[0].c[1]"


def test_what_is_not_there_is_told_at_what_holds_it() -> None:
    document = read_yaml(b"a:\n  b: 1\n", name="r.yaml")

    assert document.where(("a", "points")) == "r.yaml:1: a.points"


def test_a_path_is_spelled_as_its_author_reads_it() -> None:
    path = spell(("questions", 0, "parts", 1, "points"))

    assert path == "questions[0].parts[1].points"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3", r":3: the key 'a' .* twice.*line 1", id="twice"
        ),
        pytest.param("a: !!python/none x", "tags are not read", id="tag"),
        pytest.param("a: &x 1", "anchors and aliases", id="anchor"),
        pytest.param("a: *x", "anchors and aliases", id="alias"),
        pytest.param("<<: {a: 1}", "merge keys", id="merge key"),
        pytest.param("a: 1\n---\nb: 2", ":2: a second document", id="two documents"),
        pytest.param("", "the file is empty", id="empty"),
        pytest.param("# nothing", "the file is empty", id="comments only"),
        pytest.param("{[a]: 1}", "a key is not a word", id="list as key"),
        pytest.param('a: "\\theta"', "backslash", id="tab where theta was meant"),
        pytest.param('a: "\\sigma"', "not YAML.*escape", id="unknown escape"),
        pytest.param('"\\theta": 1', "backslash", id="theta as a key"),
        pytest.param("a: [1", ":1: this is not YAML|:2: this is not", id="open list"),
        pytest.param("a: b: c", "this is not YAML", id="two colons"),
        pytest.param("a: [0, oo)", "this is not YAML", id="half-open interval bare"),
        pytest.param("{in: (0, 1)}", "is cut off", id="interval in braces bare"),
        pytest.param("a: yes", "yes is a truth value", id="yes"),
        pytest.param("b: 1\na: \x00", r":2: .*not YAML.*'.x00'", id="NUL"),
        pytest.param("\tb: 1", "not YAML: a tab", id="tab for indentation"),
        pytest.param("b:\n\tc: 1", ":2: .*a tab", id="tab below a key"),
    ],
)
def test_yaml_that_surprises_is_refused_with_its_line(text: str, what: str) -> None:
    with pytest.raises(YamlError, match=what) as caught:
        read_yaml(text.encode(), name="r.yaml")

    assert caught.value.mend


def test_every_surprise_is_told_at_once() -> None:
    with pytest.raises(YamlError, match="yes") as caught:
        read_yaml(b"a: yes\nb: 010\na: 12:30:00\n", name="r.yaml")

    assert [fault.where for fault in caught.value.faults] == [
        "r.yaml:1",
        "r.yaml:2",
        "r.yaml:3",
        "r.yaml:3",
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"#" * (LONGEST_FILE_BYTES + 1), "bytes", id="long file"),
        pytest.param(b"[" * (DEEPEST_NESTING + 2), "nested deeper", id="deep"),
        pytest.param(b"[" + b"a," * (MOST_NODES + 1), "more than", id="many values"),
        pytest.param(b"a: \xff", r":1: byte 0xff is not UTF-8", id="Latin-1"),
        pytest.param("a: é".encode("utf-16"), "not UTF-8", id="UTF-16"),
    ],
)
def test_a_file_beyond_reason_is_refused_before_it_costs_anything(
    content: bytes, what: str
) -> None:
    with pytest.raises(YamlError, match=what):
        read_yaml(content, name="r.yaml")


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"

    with pytest.raises(YamlError, match="aliases"):
        read_yaml(bomb.encode(), name="r.yaml")


def test_single_quotes_keep_backslashes() -> None:
    document = read_yaml(rb"a: '\theta'", name="r.yaml")

    assert document.value == {"a": r"\theta"}


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    document = read_yaml("\ufeffa: 1".encode(), name="r.yaml")

    assert document.value == {"a": 1}


EXPORT = b"""---
submission_12:
  :submitters:
  - :name: &1 Ada Example
    :sid: 012
  :created_at: 2026-10-05 18:08:31.123456000 Z
  :again: *1
  :results: !ruby/hash:Some::Class {a: no, a: yes}
"""


def test_yaml_of_other_programs_is_read_without_its_tags() -> None:
    value = read_foreign_yaml(EXPORT, name="m.yml")

    assert isinstance(value, dict)
    assert value["submission_12"] == {
        ":submitters": [{":name": "Ada Example", ":sid": "012"}],
        ":created_at": "2026-10-05 18:08:31.123456000 Z",
        ":again": "Ada Example",
        ":results": {"a": "yes"},
    }


def test_an_alias_bomb_of_another_program_is_shared_and_not_copied() -> None:
    levels = [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    bomb = "\n".join(["a: &a [x]", *levels])

    value = read_foreign_yaml(bomb.encode(), name="m.yml")

    assert isinstance(value, dict)
    assert isinstance(value["i"], list)
    assert value["i"][0] is value["i"][8]


def test_an_export_beyond_reason_is_refused() -> None:
    with pytest.raises(YamlError, match="MiB"):
        read_foreign_yaml(b"#" * (LARGEST_EXPORT_BYTES + 1), name="m.yml")


def test_this_machine_reads_yaml_by_libyaml() -> None:
    assert yaml.__with_libyaml__
