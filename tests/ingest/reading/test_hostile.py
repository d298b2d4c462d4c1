"""Files that cannot be read are refused by name, with a remedy; strange ones are read as they are, in linear time."""

from __future__ import annotations

import codecs
import gc
import pickle
import time
from pathlib import Path

import pytest

from ingest.reading import ReadingError, errors, read_document

from .makers import Put, pdf_bytes, written

LOCK = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<%s> <%s>]" % (  # noqa: UP031
    "ab" * 32, "cd" * 32, "11" * 16, "11" * 16,
)  # fmt: skip
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.md": (b" \n\xc2\xa0\n", "white space"),
    "latin.txt": ("12 años".encode("latin-1"), "byte offset 4"),
    "wide.txt": (codecs.BOM_UTF16_LE + "12 guns".encode("utf-16-le"), "UTF-16"),
    "binary.txt": (b"12 guns\0\1\2", "byte offset 7"),
    "picture.txt": (b"\x89PNG\r\n", "PNG"),
    "really.txt": (b"%PDF-1.7", "PDF"),
    "controls.txt": (bytes(range(1, 9)) * 20, "binary"),
    "broken.html": (b"<p>\xff</p>", "byte offset 3"),
    "script.html": (b"<html><script>load(12)</script></html>", "no text"),
    "deep.html": (b"<div>" * 5000 + b"12 guns", "nested deeper"),
    "broken.pdf": (pdf_bytes([[Put("12 guns", 700)]])[:300], "broken"),
    "locked.pdf": (pdf_bytes([[Put("12 guns", 700)]], extra=LOCK), "encrypted"),
    "scan.pdf": (pdf_bytes([[]]), "no text"),
    "named.pdf": (b"plain text", "no PDF"),
    "table.xlsx": (b"PK\3\4", "not known"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_file_fault_and_remedy(tmp_path: Path, name: str) -> None:
    data, part = REFUSED[name]
    with pytest.raises(ReadingError) as caught:
        read_document(written(tmp_path, name, data))
    assert part in caught.value.what
    assert caught.value.remedy and name in str(caught.value)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path, part in ((tmp_path / "none.txt", "no such file"), (tmp_path / "folder.txt", "folder")):
        if "folder" in path.name:
            path.mkdir()
        with pytest.raises(ReadingError, match=part):
            read_document(path)


def test_errors_cross_processes(tmp_path: Path) -> None:
    error = ReadingError(tmp_path / "a.txt", "what", "Remedy")
    again = pickle.loads(pickle.dumps(error))
    assert (again.path, again.what, again.remedy) == (error.path, error.what, error.remedy)


@pytest.mark.parametrize(
    ("limit", "part"), [("MAX_LINE_CHARS", "characters begins at"), ("MAX_LINES", "lines, more than")]
)
def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, part: str) -> None:
    monkeypatch.setattr(f"ingest.reading.source.{limit}", 50)
    text = "word " * 40 if limit == "MAX_LINE_CHARS" else "word.\n" * 60
    with pytest.raises(ReadingError, match=part):
        read_document(written(tmp_path, "a.txt", "One.\n" + text))


def test_a_file_too_large_is_not_even_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reading.read.MAX_TEXT_BYTES", errors.MIB)
    with pytest.raises(ReadingError, match="larger than 1 MiB"):
        read_document(written(tmp_path, "a.txt", b"\xff" * (errors.MIB + 2)))


def test_a_pdf_that_expands_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reading.pdf.PDF_MEMORY_BYTES", 400 * errors.MIB)
    path = written(tmp_path, "bomb.pdf", pdf_bytes([[Put("12 guns", 700)]], padding=600_000_000))
    with pytest.raises(ReadingError, match="expand"):
        read_document(path)


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reading.pdf.MAX_PDF_PAGES", 2)
    with pytest.raises(ReadingError, match="too long"):
        read_document(written(tmp_path, "a.pdf", pdf_bytes([[Put("12 guns", 700)]] * 3)))


def test_marks_of_direction_and_controls_stay_where_they_are(tmp_path: Path) -> None:
    text = "\ufeffAgents \u202eseized\u202c 12\u200f guns\x1b[0m in 3 raids.\r\nMore \x07came.\r\n"
    document = read_document(written(tmp_path, "a.txt", text))
    assert document.text == text
    assert "\u202e" in document.blocks[0].span.slice(text)


PATTERNS = [
    "a",
    "A. ",
    "...",
    "](http://",
    "<",
    "<!--",
    '<a "',
    "**a ",
    "_a",
    "“",
    "[",
    "\\",
    "&#x",
    "May 1, 2020 ",
    "- ",
]


@pytest.mark.parametrize("suffix", [".txt", ".html"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_time_is_linear_in_the_length_of_a_line(
    request: pytest.FixtureRequest, tmp_path: Path, suffix: str, pattern: str
) -> None:
    """Four times the length takes about four times the time; quadratic would be sixteen. Of three tries the best.

    What the test run itself holds in memory is kept from the collector, which else goes through it again and again.
    """
    gc.collect()
    gc.freeze()
    request.addfinalizer(gc.unfreeze)
    for _ in range(3):
        seconds = []
        for size in (60_000, 240_000):
            path = written(tmp_path, f"a{suffix}", "Begin. " + pattern * (size // len(pattern)))
            started = time.process_time()
            try:
                read_document(path)
            except ReadingError:
                return
            seconds.append(time.process_time() - started)
        if seconds[1] < 10 * seconds[0] + 0.1:
            return
    pytest.fail(f"{seconds[0]:.3f} s, and {seconds[1]:.3f} s for four times the length")
