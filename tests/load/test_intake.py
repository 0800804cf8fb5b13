from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.load.handed import Handed, load_handed
from grader.load.intake import Layout, find_submissions
from tests.load.archives import NOTEBOOK, put, zipped

METADATA = b"""---
submission_101:
  :submitters:
  - :name: Ada Example
    :sid: '0042'
    :email: ada@example.org
  :created_at: 2026-10-05 18:08:31.123456789 Z
  :results: !ruby/object:Thing {no: yes}
submission_102:
  :submitters:
  - :name: Bo Example
    :sid: '43'
    :email: bo@example.org
  - :name: Cy Example
    :sid: '44'
    :email: cy@example.org
  :created_at: 2026-10-06 08:00:00 +0200
submission_103:
  :submitters:
  - :name: Ada Example
    :sid: '0042'
  :created_at: 2026-10-04 18:00:00 Z
"""


def find(*paths: Path, layout: Layout = Layout.AUTO) -> dict[str, Handed]:
    return {handed.id: handed for handed in find_submissions(paths, layout=layout)}


def test_a_file_is_one_students(tmp_path: Path) -> None:
    put(tmp_path, [("ada.ipynb", NOTEBOOK)])

    found = find(tmp_path / "ada.ipynb")

    assert found["ada"].name == "ada"
    assert load_handed(found["ada"]).blocks[0].text == "x = 1"


def test_a_folder_of_files_holds_one_a_student(tmp_path: Path) -> None:
    names = ["ada.ipynb", "bo.ipynb", "cy.py", "di.zip", "README.md", "grades.csv"]
    put(tmp_path, ((name, b"") for name in names))

    assert list(find(tmp_path)) == ["ada", "bo", "cy", "di"]


def test_what_an_earlier_batch_wrote_is_no_submission(tmp_path: Path) -> None:
    graded = [("graded/roll.json", b"{}"), ("graded/records/ada.json", b"{}")]
    pages = [("graded/feedback/ada.ipynb", NOTEBOOK)]
    put(tmp_path, [("ada.ipynb", NOTEBOOK), ("bo.py", b""), *graded, *pages])

    assert list(find(tmp_path, layout=Layout.FILES)) == ["ada", "bo"]


def test_what_nobody_reads_is_told_of(tmp_path: Path) -> None:
    names = ["ada.ipynb", "bo.pdf", "cy.docx", "README.md", ".DS_Store"]
    put(tmp_path, ((name, b"") for name in names))
    told: list[Path] = []

    find_submissions([tmp_path], on_left_out=told.append)

    assert [path.name for path in told] == ["bo.pdf", "cy.docx"]


def test_a_link_that_leads_to_itself_has_a_row(tmp_path: Path) -> None:
    put(tmp_path, [("ada.ipynb", NOTEBOOK)])
    (tmp_path / "bo.ipynb").symlink_to("bo.ipynb")

    found = find(tmp_path, layout=Layout.FILES)

    assert list(found) == ["ada", "bo"]
    with pytest.raises(SubmissionError, match="no file but a link"):
        load_handed(found["bo"])


def test_a_folder_of_folders_holds_one_a_student(tmp_path: Path) -> None:
    put(
        tmp_path,
        [("ada/hw.ipynb", NOTEBOOK), ("ada/flows.py", b""), ("bo/deep/hw.py", b"")],
    )

    found = find(tmp_path)

    assert list(found) == ["ada", "bo"]
    assert [c.name for c in load_handed(found["ada"]).companions] == ["flows.py"]


def test_a_student_whose_folder_holds_no_work_has_a_row(tmp_path: Path) -> None:
    put(tmp_path, [("ada/hw.ipynb", NOTEBOOK), ("bo/hw.pdf", b"%PDF")])

    found = find(tmp_path)

    with pytest.raises(SubmissionError, match="no notebook"):
        load_handed(found["bo"])


def test_a_folder_with_one_notebook_among_others_is_one_students(
    tmp_path: Path,
) -> None:
    put(
        tmp_path,
        [("ada/hw.ipynb", NOTEBOOK), ("ada/flows.py", b""), ("ada/d/t.csv", b"")],
    )

    assert list(find(tmp_path / "ada")) == ["ada"]


@pytest.mark.parametrize(
    ("layout", "ids"),
    [
        pytest.param(Layout.ONE, ["class"], id="one"),
        pytest.param(Layout.FILES, ["a", "b", "cy"], id="files, and folders beside"),
        pytest.param(Layout.FOLDERS, ["cy"], id="folders"),
    ],
)
def test_a_layout_may_be_told(tmp_path: Path, layout: Layout, ids: list[str]) -> None:
    put(tmp_path, [("class/a.py", b""), ("class/b.py", b""), ("class/cy/hw.py", b"")])

    assert list(find(tmp_path / "class", layout=layout)) == ids


def test_two_files_of_one_stem_are_two_submissions(tmp_path: Path) -> None:
    put(tmp_path, [("perfect.ipynb", b""), ("perfect.py", b""), ("b.ipynb", b"")])

    assert list(find(tmp_path)) == ["b", "perfect-ipynb", "perfect-py"]


def test_the_same_path_twice_is_one_submission(tmp_path: Path) -> None:
    put(tmp_path, [("ada.ipynb", NOTEBOOK)])
    path = tmp_path / "ada.ipynb"

    assert list(find(path, path)) == ["ada"]


def test_a_gradescope_export_tells_who_is_who(tmp_path: Path) -> None:
    put(
        tmp_path,
        [
            ("export/submission_metadata.yml", METADATA),
            ("export/submission_101/hw.ipynb", NOTEBOOK),
            ("export/submission_102/deep/hw.py", b"y = 2"),
            ("export/submission_103/hw.ipynb", b""),
        ],
    )

    found = find(tmp_path)

    assert list(found) == ["0042", "43"]
    ada = found["0042"]
    assert (ada.name, ada.remarks) == ("Ada Example", ("several-attempts",))
    assert ada.submitted == datetime(2026, 10, 5, 18, 8, 31, 123456, tzinfo=UTC)
    assert "ada@example.org" in ada.known_as
    assert load_handed(ada).blocks[0].text == "x = 1"
    assert found["43"].name == "Bo Example, Cy Example"
    assert {"43", "44"} <= set(found["43"].known_as)


def test_a_gradescope_export_needs_no_unpacking(tmp_path: Path) -> None:
    files = [
        ("export/submission_metadata.yml", METADATA),
        ("export/submission_101/hw.ipynb", NOTEBOOK),
    ]
    put(tmp_path, [("export.zip", zipped(files))])

    found = find(tmp_path / "export.zip")

    assert found["0042"].name == "Ada Example"
    assert load_handed(found["0042"]).blocks[0].text == "x = 1"


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[", id="no YAML"),
        pytest.param(b"- 1", id="a list"),
        pytest.param(b"submission_1: {':submitters': 5}", id="submitters are a number"),
        pytest.param(
            b"submission_1: {':submitters': [5]}", id="a submitter is a number"
        ),
        pytest.param(b"submission_1: {':created_at': yesterday}", id="no date"),
    ],
)
def test_without_its_table_a_gradescope_export_keeps_numbers(
    tmp_path: Path, metadata: bytes
) -> None:
    put(tmp_path, [("submission_1/hw.py", b""), ("submission_metadata.yml", metadata)])

    assert list(find(tmp_path)) == ["submission_1"]


CANVAS = [
    ("exampleada_1001_501_hw3.ipynb", NOTEBOOK),
    ("exampleada_1001_502_flows.py", b"y = 2"),
    ("examplebo_LATE_1002_503_hw3.ipynb", b"{}"),
    ("examplebo_LATE_1002_504_hw3-1.ipynb", NOTEBOOK),
    ("exampledi_1003_text.html", b"<p>"),
    ("anon_q7Xy2_505_hw3.py", b""),
]


def test_a_canvas_download_puts_each_students_files_together(tmp_path: Path) -> None:
    found = find(put(tmp_path, CANVAS))

    ada, bo = found["exampleada-1001"], found["examplebo-1002"]
    assert [member.name for member in ada.members] == ["hw3.ipynb", "flows.py"]
    assert [c.name for c in load_handed(ada).companions] == ["flows.py"]
    assert bo.remarks == ("marked-late", "several-attempts")
    assert load_handed(bo).blocks[0].text == "x = 1"
    assert {"exampledi-1003", "anonymous-q7xy2"} <= set(found)


def test_a_canvas_zip_needs_no_unpacking(tmp_path: Path) -> None:
    put(tmp_path, [("submissions.zip", zipped(CANVAS))])

    found = find(tmp_path / "submissions.zip")

    assert load_handed(found["exampleada-1001"]).blocks[0].text == "x = 1"


def test_a_moodle_download_is_a_folder_a_student(tmp_path: Path) -> None:
    put(
        tmp_path,
        [
            ("Ada Example_77_assignsubmission_file/hw.zip", zipped([("hw.py", b"a")])),
            ("Ada Example_77_assignsubmission_onlinetext/onlinetext.html", b"<p>"),
            ("Bo Müller_78_assignsubmission_file_/hw.ipynb", NOTEBOOK),
        ],
    )

    found = {handed.name: handed for handed in find(tmp_path).values()}

    assert list(found) == ["Ada Example", "Bo Müller"]
    assert found["Ada Example"].known_as == ("77", "Ada Example")
    assert load_handed(found["Ada Example"]).blocks[0].text == "a"


def test_one_students_hostile_names_in_a_class_zip_are_their_own(
    tmp_path: Path,
) -> None:
    files = [
        ("Ada_1_assignsubmission_file/hw.py", b"x"),
        ("Bo_2_assignsubmission_file/../../hw.py", b"x"),
    ]
    put(tmp_path, [("class.zip", zipped(files))])

    ada, bo = find(tmp_path / "class.zip").values()

    assert load_handed(ada).blocks[0].text == "x"
    with pytest.raises(SubmissionError, match="leads out"):
        load_handed(bo)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ada", "аda", id="a Cyrillic letter"),
        pytest.param("bill", "bi11", id="digits for letters"),
        pytest.param("ada", "ADA", id="case"),
        pytest.param("ada", "a\u200bda", id="a letter without width"),
        pytest.param("José", "Jose", id="accent"),
        pytest.param("ada b", "ada-b", id="blank and dash"),
    ],
)
def test_names_that_look_alike_are_told_and_kept_apart(
    tmp_path: Path, one: str, other: str
) -> None:
    put(tmp_path, [(f"{one}/hw.py", b""), (f"{other}/hw.py", b""), ("zoe/hw.py", b"")])

    found = find(tmp_path)

    assert len(found) == 3
    told = {h.name for h in found.values() if "look-alike-name" in h.remarks}
    assert told == {one, other}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("艾达", id="no Latin letter"),
        pytest.param("=cmd()", id="formula"),
        pytest.param("con", id="a device on Windows"),
        pytest.param("a" * 200, id="long"),
        pytest.param("-rf", id="an option"),
        pytest.param("<script>", id="markup"),
        pytest.param("\x1b[2Jada", id="terminal escape"),
    ],
)
def test_every_name_gets_an_id_that_is_safe(tmp_path: Path, name: str) -> None:
    put(tmp_path, [(f"{name}/hw.py", b"")])

    (word,) = find(tmp_path)

    assert word.isascii()
    assert word.replace("-", "").replace("_", "").isalnum()
    assert not word.startswith("-")
    assert word not in {"con", ""}
    assert len(word) <= 60


def test_an_id_does_not_depend_on_who_else_is_there(tmp_path: Path) -> None:
    put(tmp_path, [("one/José.py", b""), ("one/bo.py", b"")])
    before = find(tmp_path / "one")

    put(tmp_path, [("one/ada.py", b""), ("one/zoe.py", b"")])

    assert set(before) <= set(find(tmp_path / "one"))


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="no such file"):
        find(tmp_path / "nowhere")


def test_a_folder_without_work_is_told(tmp_path: Path) -> None:
    put(tmp_path, [("grades.csv", b"")])

    with pytest.raises(SubmissionError, match="no submission is in it"):
        find(tmp_path)


def test_a_link_among_files_has_a_row_that_says_so(tmp_path: Path) -> None:
    put(tmp_path, [("secret/key.py", b"k = 1"), ("class/bo.py", b"")])
    (tmp_path / "class" / "ada.py").symlink_to(tmp_path / "secret" / "key.py")

    found = find(tmp_path / "class")

    with pytest.raises(SubmissionError, match="link"):
        load_handed(found["ada"])
