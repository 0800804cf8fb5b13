import os
import socket
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.load import folder as folder_module
from grader.load.entry import Entry
from grader.load.source import (
    LARGEST_COMPANIONS_BYTES,
    MOST_COMPANIONS,
    assemble,
    entries_of,
    load,
)
from grader.model.submission import BlockKind, Form
from tests.load.archives import NOTEBOOK, put, zipped


def entries(**files: bytes) -> tuple[Entry, ...]:
    """Make entries of keyword names: `hw_py` is `hw.py`, `d__hw_py` is `d/hw.py`."""
    named = {k.replace("__", "/").replace("_", "."): v for k, v in files.items()}
    return tuple(
        Entry(name=name, size=len(content), read=lambda content=content: content)  # type: ignore[misc]
        for name, content in sorted(named.items())
    )


def test_a_notebook_is_its_cells(tmp_path: Path) -> None:
    put(tmp_path, [("hw.ipynb", NOTEBOOK)])

    source = load(tmp_path / "hw.ipynb")

    assert source.form is Form.NOTEBOOK
    assert [(b.label, b.text) for b in source.blocks] == [("cell 1", "x = 1")]
    assert source.companions == ()
    assert source.remarks == ()


def test_a_module_is_one_block(tmp_path: Path) -> None:
    put(tmp_path, [("hw.PY", b"x = 1")])

    source = load(tmp_path / "hw.PY")

    assert source.form is Form.MODULE
    assert [(b.label, b.kind) for b in source.blocks] == [("hw.PY", BlockKind.CODE)]


@pytest.mark.parametrize("name", ["hw.md", "hw.tex", "hw.txt"])
def test_a_sheet_is_text(tmp_path: Path, name: str) -> None:
    put(tmp_path, [(name, b"$x = 1$")])

    source = load(tmp_path / name)

    assert source.form is Form.SHEET
    assert [block.text for block in source.text] == ["$x = 1$"]
    assert source.code == ()


def test_a_helper_module_comes_along_beside_the_notebook() -> None:
    source = assemble(
        entries(hw__hw_ipynb=NOTEBOOK, hw__flows_py=b"y", hw__data__t_csv=b"1"),
        name="hw",
    )

    assert source.form is Form.NOTEBOOK
    assert [c.name for c in source.companions] == ["data/t.csv", "flows.py"]


def test_a_helper_module_is_named_as_the_notebook_beside_it_names_it() -> None:
    source = assemble(
        entries(src__hw_ipynb=NOTEBOOK, src__flows_py=b"y", t_csv=b"1"), name="hw"
    )

    assert [c.name for c in source.companions] == ["flows.py", "t.csv"]


def test_names_are_kept_where_shorter_ones_would_clash() -> None:
    source = assemble(
        entries(src__hw_ipynb=NOTEBOOK, src__t_csv=b"1", t_csv=b"2"), name="hw"
    )

    assert [c.name for c in source.companions] == ["src/t.csv", "t.csv"]


def test_a_broken_sheet_does_not_take_the_notebook_along() -> None:
    source = assemble(entries(hw_ipynb=NOTEBOOK, proof_md=b"\xff\0"), name="hw")

    assert [block.label for block in source.blocks] == ["cell 1"]
    assert source.remarks == ("unreadable-file",)


def test_several_notebooks_are_read_in_the_order_of_their_names() -> None:
    source = assemble(entries(b_ipynb=NOTEBOOK, a_ipynb=NOTEBOOK), name="hw")

    assert [block.label for block in source.blocks] == [
        "a.ipynb cell 1",
        "b.ipynb cell 1",
    ]
    assert source.remarks == ("several-notebooks",)


def test_a_broken_notebook_does_not_take_the_other_along() -> None:
    source = assemble(entries(a_ipynb=b"broken", b_ipynb=NOTEBOOK), name="hw")

    assert [block.label for block in source.blocks] == ["b.ipynb cell 1"]
    assert set(source.remarks) == {"several-notebooks", "unreadable-file"}


@pytest.mark.parametrize(
    ("files", "main", "remarks"),
    [
        pytest.param({"a_py": b"", "hw3_py": b""}, ["hw3.py"], (), id="the assignment's"),
        pytest.param({"a_py": b"", "answers_py": b""}, ["answers.py"], (), id="answers"),
        pytest.param({"a_py": b"", "Main_py": b""}, ["Main.py"], (), id="Main"),
        pytest.param(
            {"a_py": b"import numpy, flows as f", "flows_py": b""}, ["a.py"], (),
            id="the one that imports the other",
        ),
        pytest.param(
            {"a_py": b"    from .flows import f", "flows_py": b""}, ["a.py"], (),
            id="imported from inside",
        ),
        pytest.param(
            {"a_py": b"", "b_py": b""}, ["a.py", "b.py"], ("several-modules",), id="both"
        ),
        pytest.param(
            {"a_py": b"import b", "b_py": b"import a"}, ["a.py", "b.py"],
            ("several-modules",), id="each imports the other",
        ),
    ],
)  # fmt: skip
def test_the_main_module_is_found_among_several(
    files: dict[str, bytes], main: list[str], remarks: tuple[str, ...]
) -> None:
    source = assemble(entries(**files), name="x", assignment="hw3")

    assert [block.label for block in source.blocks] == main
    assert source.remarks == remarks


def test_written_work_beside_a_notebook_is_read_too() -> None:
    source = assemble(
        entries(hw_ipynb=NOTEBOOK, proof_md=b"$x$", README_md=b"read me"), name="hw"
    )

    assert [block.label for block in source.text] == ["proof.md"]


def test_a_folder_in_a_zip_is_looked_through(tmp_path: Path) -> None:
    content = zipped([("hw/hw.ipynb", NOTEBOOK), ("hw/flows.py", b"y = 2")])
    put(tmp_path, [("hw.zip", content)])

    source = load(tmp_path / "hw.zip")

    assert [block.label for block in source.blocks] == ["cell 1"]
    assert [c.name for c in source.companions] == ["flows.py"]


def test_a_zip_alone_in_a_folder_is_looked_through(tmp_path: Path) -> None:
    put(tmp_path, [("ada/hw.zip", zipped([("hw.py", b"x = 1")]))])

    source = load(tmp_path / "ada")

    assert [block.label for block in source.blocks] == ["hw.py"]


def test_a_zip_in_a_zip_is_not(tmp_path: Path) -> None:
    inner = zipped([("hw.py", b"x = 1")])
    put(tmp_path, [("hw.zip", zipped([("inner.zip", inner)]))])

    with pytest.raises(SubmissionError, match=r"no notebook.*inner\.zip"):
        load(tmp_path / "hw.zip")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"hw_pdf": b"%PDF"}, id="a PDF"),
        pytest.param({"a_csv": b"1", "b_docx": b"2"}, id="other files"),
    ],
)
def test_a_submission_without_work_says_what_is_wanted(files: dict[str, bytes]) -> None:
    with pytest.raises(SubmissionError, match="no notebook") as caught:
        assemble(entries(**files), name="hw")

    assert ".ipynb" in caught.value.mend


def test_too_many_companions_are_left_out_and_told() -> None:
    files = {f"d{n}_csv": b"1" for n in range(MOST_COMPANIONS + 1)}

    source = assemble(entries(hw_py=b"", **files), name="hw")

    assert len(source.companions) == MOST_COMPANIONS
    assert source.remarks == ("files-left-out",)


def test_a_huge_companion_is_left_out_unread() -> None:
    def explode() -> bytes:
        raise AssertionError("it was read")

    huge = Entry(name="huge.bin", size=LARGEST_COMPANIONS_BYTES + 1, read=explode)

    source = assemble((*entries(hw_py=b"", a_csv=b"1"), huge), name="hw")

    assert [c.name for c in source.companions] == ["a.csv"]
    assert source.remarks == ("files-left-out",)


def test_the_digest_of_one_file_does_not_depend_on_its_name(tmp_path: Path) -> None:
    put(tmp_path, [("a.ipynb", NOTEBOOK), ("b.ipynb", NOTEBOOK)])

    assert load(tmp_path / "a.ipynb").digest == load(tmp_path / "b.ipynb").digest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"hw_py": b"x = 2", "d_csv": b"1"}, id="work"),
        pytest.param({"hw_py": b"x = 1", "d_csv": b"2"}, id="companion"),
        pytest.param({"hw_py": b"x = 1", "e_csv": b"1"}, id="companion's name"),
        pytest.param({"hw_py": b"x = 1"}, id="companion left out"),
    ],
)
def test_the_digest_depends_on_everything_that_was_handed_in(
    files: dict[str, bytes],
) -> None:
    before = assemble(entries(hw_py=b"x = 1", d_csv=b"1"), name="hw").digest

    assert assemble(entries(**files), name="hw").digest != before


def test_nothing_is_run(tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    code = f"open({str(proof)!r}, 'w')".encode()
    put(tmp_path, [("hw/hw.py", code), ("hw/conftest.py", code), ("hw/a.pth", code)])

    load(tmp_path / "hw")

    assert not proof.exists()


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "socket"])
def test_what_only_looks_like_a_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "hw.py"
    secret = put(tmp_path, [("secret.py", b"secret = 1")]) / "secret.py"
    match kind:
        case "link":
            path.symlink_to(secret)
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere.py")
        case "pipe":
            os.mkfifo(path)
        case _:
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(path))

    with pytest.raises(SubmissionError, match="link, a folder, a pipe or a device"):
        load(path)


def test_a_link_in_a_folder_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, [("secret.py", b"secret = 1"), ("ada/hw.py", b"x = 1")])
    (tmp_path / "ada" / "other.py").symlink_to(tmp_path / "secret.py")
    (tmp_path / "ada" / "up").symlink_to(tmp_path)

    source = load(tmp_path / "ada")

    assert [block.text for block in source.blocks] == ["x = 1"]
    assert source.companions == ()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="cannot be opened: No such file"):
        load(tmp_path / "hw.py")


def test_a_file_longer_than_any_work_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hw.py"
    with path.open("wb") as file:
        file.truncate(folder_module.LARGEST_FILE_BYTES + 1)

    with pytest.raises(SubmissionError, match="MiB"):
        load(path)


def test_a_folder_with_more_files_than_any_work_is_refused(tmp_path: Path) -> None:
    put(tmp_path, ((f"{n}.csv", b"") for n in range(folder_module.MOST_FILES + 1)))

    with pytest.raises(SubmissionError, match=r"more than \d+ files"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["a\nb.py", "a\u202eb.py", "a\\b.py", b"\xff.py"])
def test_an_odd_name_in_a_folder_is_told_visibly(
    tmp_path: Path, name: str | bytes
) -> None:
    path = os.path.join(os.fsencode(tmp_path), os.fsencode(name))  # noqa: PTH118 - bytes
    with open(path, "wb"):  # noqa: PTH123 - bytes
        pass

    with pytest.raises(SubmissionError, match="the file name '") as caught:
        load(tmp_path)

    assert caught.value.what.isprintable()


@pytest.mark.parametrize("name", ["\x1b[2Jhw.ipynb", "hw\u202egpj.ipynb", "hw\n.ipynb"])
def test_a_file_name_never_speaks_to_the_terminal(tmp_path: Path, name: str) -> None:
    put(tmp_path, [(name, b"broken")])

    with pytest.raises(SubmissionError, match="not a notebook") as caught:
        load(tmp_path / name)

    assert caught.value.where.isprintable()


@pytest.mark.parametrize("name", ["a\nb.py", "a\u202eb.py", "a\\b.py"])
def test_an_odd_name_of_one_file_can_be_laid_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x = 1")

    assert [block.text for block in load(tmp_path / name).blocks] == ["x = 1"]
    assert [entry.name for entry in entries_of(tmp_path / name)] == ["a_b.py"]


@pytest.mark.parametrize("name", ["tab\there.py", "\N{RIGHT-TO-LEFT OVERRIDE}x.py"])
def test_a_lone_file_of_an_odd_name_is_named_plainly(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x = 1", encoding="utf-8")

    source = load(tmp_path / name)

    assert source.name.isascii()
    assert "\\" not in source.name
