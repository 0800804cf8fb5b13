import io
import struct
import zipfile

import pytest

from grader.errors import SubmissionError
from grader.load.archive import (
    LARGEST_CONTENT_BYTES,
    MOST_FILES,
    list_archive,
    read_archive,
)
from tests.load.archives import DEVICE, LINK, PIPE, zipped, zipped_special


def read(content: bytes) -> dict[str, bytes]:
    entries = read_archive(io.BytesIO(content), name="hw.zip")
    return {entry.name: entry.read() for entry in entries}


def test_files_come_out_as_they_went_in() -> None:
    files = {"hw/a.py": b"x = 1", "hw/data/t.csv": b"1,2\n" * 1000, "hw/empty": b""}

    assert read(zipped(files.items())) == files


@pytest.mark.parametrize("name", [b"\0aaa", b"\0/..", b"a\0.p"])
def test_a_name_with_a_nul_is_refused(name: bytes) -> None:
    content = zipped([("NAME", b"x")]).replace(b"NAME", name)

    with pytest.raises(SubmissionError, match=r"leads out|invisible"):
        read(content)


def test_what_systems_add_is_left_out() -> None:
    junk = ["__MACOSX/hw/._a.py", "hw/.DS_Store", "hw/.git/config", "hw/Thumbs.db"]
    junk += ["hw/.ipynb_checkpoints/a.ipynb", "hw/__pycache__/a.pyc", "hw/venv/x.py"]
    files = [("hw/a.py", b"x"), *((name, b"j") for name in junk)]

    assert list(read(zipped(files))) == ["hw/a.py"]


def test_a_folder_entry_is_no_file() -> None:
    assert list(read(zipped([("hw/", b""), ("hw/a.py", b"x")]))) == ["hw/a.py"]


def test_an_archive_in_the_archive_is_bytes() -> None:
    inner = zipped([("a.py", b"x")])

    assert read(zipped([("data.zip", inner)])) == {"data.zip": inner}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        pytest.param("../a.py", "leads out", id="parent"),
        pytest.param("a/../../b.py", "leads out", id="parent inside"),
        pytest.param("/etc/passwd", "leads out", id="absolute"),
        pytest.param("a//b.py", "leads out", id="empty folder name"),
        pytest.param("./a.py", "leads out", id="this folder"),
        pytest.param("a\\b.py", "backslash", id="backslash"),
        pytest.param("..\\..\\a.py", "backslash", id="parent with backslashes"),
        pytest.param("C:/a.py", "drive", id="drive"),
        pytest.param("a\u202egpj.py", "invisible", id="reads from the right"),
        pytest.param("a\u200b.py", "invisible", id="no width"),
        pytest.param("a\n.py", "invisible", id="line end"),
        pytest.param("a" * 300 + ".py", "too long", id="long"),
        pytest.param("d/" * 20 + "a.py", "too many folders", id="deep"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(name: str, what: str) -> None:
    content = zipped([(name, b"x")])

    with pytest.raises(SubmissionError, match=what):
        read(content)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("a.py", "A.py", id="case"),
        pytest.param("é.py", "e\u0301.py", id="composed and decomposed"),
        pytest.param("straße.py", "STRASSE.py", id="case folding"),
        pytest.param("a", "a/b.py", id="a file that is a folder"),
    ],
)
def test_names_in_each_others_way_are_refused(one: str, other: str) -> None:
    with pytest.raises(SubmissionError, match="in each other's way"):
        read(zipped([(one, b"1"), (other, b"2")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(SubmissionError, match="in each other's way"):
        read(zipped([("a.py", b"1"), ("a.py", b"2")]))


@pytest.mark.parametrize("kind", [LINK, PIPE, DEVICE], ids=["link", "pipe", "device"])
def test_what_is_no_file_is_refused(kind: int) -> None:
    with pytest.raises(SubmissionError, match="link or a device"):
        read(zipped_special("a.py", kind))


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zipped([("a.py", b"0" * (32 << 20))])

    assert len(bomb) < 100_000
    with pytest.raises(SubmissionError, match="times its size"):
        read(bomb)


def test_a_file_that_lies_about_its_size_gives_no_more_than_it_says() -> None:
    content = bytearray(zipped([("a.py", b"0" * 100_000)]))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", content, content.index(mark) + place, 10)

    with pytest.raises(SubmissionError, match="damaged"):
        read(bytes(content))


def test_a_zip_that_says_it_is_huge_is_refused() -> None:
    content = bytearray(zipped([("a.py", b"x")]))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 2**31)

    with pytest.raises(SubmissionError, match=f"{LARGEST_CONTENT_BYTES >> 20} MiB"):
        read(bytes(content))


def test_a_zip_of_very_many_files_is_refused() -> None:
    with pytest.raises(SubmissionError, match=f"more than {MOST_FILES} files"):
        read(zipped((f"{n}.py", b"") for n in range(MOST_FILES + 1)))


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(zipped([("a.py", b"x")]))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(SubmissionError, match="encrypted"):
        read(bytes(content))


def test_an_unusual_packing_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.py", "x")

    with pytest.raises(SubmissionError, match="unusual way"):
        read(buffer.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not a zip", id="words"),
        pytest.param(zipped([("a.py", b"x")])[:-10], id="cut off"),
        pytest.param(zipped([("a.py", b"x" * 99)])[50:], id="head lost"),
        pytest.param(b"PK\5\6" + b"\xff" * 18, id="an end record of ones"),
    ],
)
def test_a_broken_zip_is_told_to_the_student(content: bytes) -> None:
    with pytest.raises(SubmissionError, match="zip"):
        read(content)


def test_a_zip_may_be_empty() -> None:
    assert read(b"PK\5\6" + b"\0" * 18) == {}


def test_members_alone_are_looked_at() -> None:
    content = zipped([("ada/a.py", b"1"), ("../bob.py", b"2")])

    entries = read_archive(io.BytesIO(content), name="hw.zip", members={"ada/a.py"})

    assert [entry.name for entry in entries] == ["ada/a.py"]


def test_names_are_listed_unchecked() -> None:
    content = zipped([("ada/", b""), ("../bob.py", b"2")])

    assert list_archive(io.BytesIO(content), name="hw.zip") == ("../bob.py",)
