import pytest

from grader.errors import SubmissionError
from grader.load.module import LARGEST_MODULE_BYTES, read_module
from grader.load.sheet import LARGEST_SHEET_BYTES, read_sheet


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param("x = 'é'".encode(), "x = 'é'", id="UTF-8"),
        pytest.param("\ufeffx = 1".encode(), "x = 1", id="byte order mark"),
        pytest.param(b"", "", id="empty"),
        pytest.param(b"a\r\nb\rc\n", "a\nb\nc\n", id="line ends of every system"),
        pytest.param(b"def f(:", "def f(:", id="no Python"),
        pytest.param(
            b"# -*- coding: latin-1 -*-\nx = '\xe9'",
            "# -*- coding: latin-1 -*-\nx = 'é'", id="Latin-1 declared",
        ),
        pytest.param(
            b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'",
            "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '€'",
            id="declared on the second line",
        ),
        pytest.param(
            b"x = 1\n# coding: latin-1\n", "x = 1\n# coding: latin-1\n",
            id="declared after code does not count",
        ),
        pytest.param(
            "\ufeff# coding: latin-1\né".encode(), "# coding: latin-1\né",
            id="the mark counts before the declaration",
        ),
    ],
)  # fmt: skip
def test_a_module_is_decoded_as_python_does(content: bytes, text: str) -> None:
    assert read_module(content, name="hw.py") == text


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "ascii",
        "latin-1",
        "iso-8859-15",
        "cp1252",
        "mac-roman",
        "gbk",
        "big5",
        "gb18030",
        "shift_jis",
        "euc_jp",
        "euc_kr",
        "koi8-r",
        "cp1251",
    ],
)
def test_an_encoding_that_people_use_is_read(encoding: str) -> None:
    content = f"# coding: {encoding}\nx = 1".encode()

    assert read_module(content, name="hw.py").endswith("x = 1")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"x = '\xe9'", ":1: byte 0xe9 is not utf-8", id="Latin-1"),
        pytest.param(b"a\n\n\xff", ":3: byte 0xff", id="told with its line"),
        pytest.param("x = 1".encode("utf-16"), "is not utf-8", id="UTF-16"),
        pytest.param(b"# coding: rot13\n", "'rot13', which is not read", id="rot13"),
        pytest.param(b"# coding: utf-7\n", "not read", id="code in a comment: UTF-7"),
        pytest.param(b"# coding: unicode_escape\n", "not read", id="code in a comment"),
        pytest.param(b"# coding: zlib\n", "not read", id="compressed"),
        pytest.param(b"# coding: none-such\n", "not read", id="unknown"),
        pytest.param(b"x = 1\0", "no text", id="NUL"),
        pytest.param(b"#" * (LARGEST_MODULE_BYTES + 1), "MiB", id="too long"),
    ],
)
def test_what_is_no_module_is_told_to_the_student(content: bytes, what: str) -> None:
    with pytest.raises(SubmissionError, match=what) as caught:
        read_module(content, name="hw.py")

    assert caught.value.mend


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        pytest.param("hw.md", b"# A\r\n$x$", "# A\n$x$", id="Markdown"),
        pytest.param("hw.tex", b"$x$", "$x$", id="LaTeX without a document"),
        pytest.param(
            "hw.tex",
            rb"\documentclass{a}\begin{document}$x$\end{document} after",
            "$x$", id="body of a document",
        ),
        pytest.param("hw.tex", rb"\begin {document}$x$", "$x$", id="no end"),
        pytest.param("hw.md", rb"\begin{document}", r"\begin{document}", id="not LaTeX"),
        pytest.param("hw.md", b"L\xf6sung \x96 $x$", "Lösung – $x$", id="of Windows"),
        pytest.param("hw.md", "Lösung".encode("utf-16"), "Lösung", id="of Notepad"),
    ],
)  # fmt: skip
def test_a_sheet_gives_its_text(name: str, content: bytes, text: str) -> None:
    assert read_sheet(content, name=name) == text


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"a\n\xff\0", ":2: byte 0xff is not UTF-8", id="no text"),
        pytest.param(b"\xff\xfea", ":1: byte 0xff is not UTF-8", id="half a sign"),
        pytest.param(b"a" * (LARGEST_SHEET_BYTES + 1), "MiB", id="too long"),
    ],
)
def test_what_is_no_sheet_is_told_to_the_student(content: bytes, what: str) -> None:
    with pytest.raises(SubmissionError, match=what):
        read_sheet(content, name="hw.md")
