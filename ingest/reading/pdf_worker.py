"""Takes the lines out of a PDF, in a process of its own with limits on time and memory; prints them as JSON.

Belongs here: calls of PDFium. Not here: paragraphs, headings, any judgement (`pdf`).
It is run as a file and imports nothing of this project. PDFium is C++ and decompresses what a file says: a broken or
hostile file can end this process, never the one that reads documents.

    python -I pdf_worker.py FILE SECONDS MEMORY_BYTES MAX_PAGES MAX_CHARS
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import sys
from typing import Any

CLOSED, NO_PASSWORD, TOO_LONG = "broken", "encrypted", "too_long"
LINE_ENDS = frozenset({10, 13})
SOFT_HYPHENS = frozenset({2, 0xAD, 0xFFFE})
LINE_STEP = 4
"""Points down, behind a hyphen, that mean a new line: PDFium joins a parted word, but the words must tell (`pdf`)."""


def limit_process(seconds: int, memory: int) -> None:
    """Bounds that the operating system keeps, where it has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def page_lines(raw: Any, text_page: Any) -> list[list[Any]]:
    """Lines of a page: characters, left, bottom, right, top (points), size, whether bold."""
    count = raw.FPDFText_CountChars(text_page)
    lines: list[list[Any]] = []
    characters: list[int] = []
    first = last = -1
    for index in range(count + 1):
        code = raw.FPDFText_GetUnicode(text_page, index) if index < count else 10
        if code in LINE_ENDS:
            if first >= 0:
                lines.append(_line(raw, text_page, characters, first, last))
            characters, first, last = [], -1, -1
            continue
        if code == 0:
            continue
        characters.append(code)
        if code != 32 and code != 0xA0:
            first = index if first < 0 else first
            last = index if code not in SOFT_HYPHENS else last
        is_parted = code in SOFT_HYPHENS and first >= 0 and last >= 0 and index + 1 < count
        if is_parted and abs(_box(raw, text_page, index + 1)[2] - _box(raw, text_page, first)[2]) > LINE_STEP:
            lines.append(_line(raw, text_page, characters, first, last))
            characters, first, last = [], -1, -1
    return lines


def _line(raw: Any, text_page: Any, codes: list[int], first: int, last: int) -> list[Any]:
    left, _, bottom, top = _box(raw, text_page, first)
    _, right, _, _ = _box(raw, text_page, last)
    middle = (first + last) // 2
    size = raw.FPDFText_GetFontSize(text_page, middle)
    scaled = abs(top - bottom)
    is_bold = _is_bold(raw, text_page, first) and _is_bold(raw, text_page, last)
    text = "".join("\xad" if code in SOFT_HYPHENS else chr(code) for code in codes)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return [
        text,
        round(left, 1),
        round(bottom, 1),
        round(right, 1),
        round(top, 1),
        round(size if size > 1.5 else scaled, 1),
        is_bold,
    ]


def _box(raw: Any, text_page: Any, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value, right.value, bottom.value, top.value


def _is_bold(raw: Any, text_page: Any, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text_page, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, 128, flags)
    return b"bold" in name.value.lower() or b"black" in name.value.lower()


def read(path: str, max_pages: int, max_chars: int) -> dict[str, Any]:
    """Pages with their lines, or what is wrong with the file."""
    import pypdfium2  # type: ignore[import-untyped]
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        kind = NO_PASSWORD if "password" in str(error).lower() or "security" in str(error).lower() else CLOSED
        return {"error": kind, "detail": str(error)[:200]}
    pages: list[dict[str, Any]] = []
    total = 0
    count = len(document)
    if count > max_pages:
        return {"error": TOO_LONG, "detail": f"{count} pages"}
    for number in range(count):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append({"lines": [], "height": 0, "is_broken": True})
            continue
        total += raw.FPDFText_CountChars(text_page)
        if total > max_chars:
            return {"error": TOO_LONG, "detail": f"more than {max_chars:,} characters by page {number + 1}"}
        pages.append({"lines": page_lines(raw, text_page), "height": page.get_height(), "is_broken": False})
        text_page.close()
        page.close()
    title = document.get_metadata_value("Title")
    return {"pages": pages, "title": title}


def main() -> None:
    path, seconds, memory, max_pages, max_chars = sys.argv[1:6]
    limit_process(int(seconds), int(memory))
    try:
        found = read(path, int(max_pages), int(max_chars))
    except MemoryError:
        found = {"error": TOO_LONG, "detail": "it needs more memory than allowed"}
    sys.stdout.buffer.write(json.dumps(found).encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
