"""A file's bytes and, for text, its characters; everything that makes a file unreadable as text is found here.

Belongs here: size, encoding, binary content. Not here: formats and structure.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from ingest.reading.errors import MAX_LINE_CHARS, MAX_LINES, MIB, ReadingError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text file"),
)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


def file_bytes(path: Path, limit: int) -> bytes:
    """The whole file, not larger than `limit` bytes, not empty."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise ReadingError(path, "there is no such file", "Check the path") from None
    except IsADirectoryError:
        raise ReadingError(path, "it is a folder", "Name the files in it") from None
    except (OSError, ValueError) as error:
        raise ReadingError(path, f"it cannot be opened ({error})", "Check the file and its permissions") from None
    if len(data) > limit:
        raise ReadingError(path, f"it is larger than {limit // MIB} MiB", "Split it into documents and read each")
    if not data:
        raise ReadingError(path, "it is empty", "Save the document again, or take it out of the folder")
    return data


def decoded(path: Path, data: bytes) -> str:
    """The characters of a UTF-8 file, as they are: no newline translation, no normalisation, a leading mark kept."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            raise ReadingError(path, f"it is {name} (mark at byte offset 0), not UTF-8", "Save it as UTF-8")
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise ReadingError(path, f"it is {name}, not text", "Name it by its kind, or save its text as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise ReadingError(path, f"it is binary (a NUL at byte offset {nul})", "Save its text as UTF-8")
    head = data[:8192]
    strange = len(head) - len(head.translate(None, CONTROLS))
    if strange * 10 > len(head):
        raise ReadingError(path, f"it is binary ({strange} control characters at its start)", "Save its text as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        what = f"it is not UTF-8: byte 0x{byte:02x} at byte offset {error.start}"
        raise ReadingError(path, what, "Save it as UTF-8; it may be Windows-1252 or Latin-1 now") from None
    if not text.strip("\ufeff \t\r\n\v\f\xa0"):
        raise ReadingError(path, "it holds nothing but white space", "Save the document again")
    check_lines(path, text)
    return text


def check_lines(path: Path, text: str) -> None:
    """Refuse a line that no prose has. Jumps from limit to limit, so it costs nothing on a normal text."""
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        raise ReadingError(
            path, f"it has {lines:,} lines, more than {MAX_LINES:,}", "Split it into documents and read each"
        )
    start = 0
    while len(text) - start > MAX_LINE_CHARS:
        newline = text.rfind("\n", start, start + MAX_LINE_CHARS + 1)
        if newline < 0:
            what = f"a line of more than {MAX_LINE_CHARS:,} characters begins at character {start}"
            raise ReadingError(path, what, "Break it into lines; documents have none that long")
        start = newline + 1
