"""One document, by the kind that its name says."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.reading.errors import MAX_TEXT_BYTES, ReadingError
from ingest.reading.model import TextDocument
from ingest.reading.source import decoded, file_bytes
from ingest.reading.text import read_text

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def read_document(path: Path) -> TextDocument:
    """Read one document. Deterministic, offline, without effect on anything but the caller's memory.

    Raises:
        ReadingError: when the document cannot be read; it names what is wrong and the remedy.
    """
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        data = file_bytes(path, MAX_TEXT_BYTES)
        text = decoded(path, data)
        blocks, metadata = read_text(text, suffix in (".md", ".markdown"))
        return TextDocument(path.name, hashlib.sha256(data).hexdigest(), text, blocks, metadata)
    if suffix in HTML_SUFFIXES:
        from ingest.reading.html import read_html

        data, text, blocks, metadata, origins = read_html(path)
        return TextDocument(path.name, hashlib.sha256(data).hexdigest(), text, blocks, metadata, origins)
    if suffix == ".pdf":
        from ingest.reading.pdf import read_pdf

        data, text, blocks, metadata, origins = read_pdf(path)
        return TextDocument(path.name, hashlib.sha256(data).hexdigest(), text, blocks, metadata, origins)
    raise ReadingError(path, f"its kind {suffix!r} is not known", "Documents are .txt, .md, .html or .pdf")
