"""The one error of reading, and the limits that it names.

Belongs here: what is refused. Not here: how a file of some format is read.
"""

from __future__ import annotations

from pathlib import Path

MIB = 1024 * 1024
MAX_TEXT_BYTES = 64 * MIB
"""Largest text or Markdown file. The longest public reports have some 2 MiB of text."""
MAX_HTML_BYTES = 16 * MIB
MAX_PDF_BYTES = 128 * MIB
MAX_LINE_CHARS = 16 * MIB
"""Longest line: one without a break of this length is data or an attack, not prose."""
MAX_LINES = 500_000
"""Most lines: each may become a block, and a block takes a hundred times the memory of a character."""
MAX_HTML_DEPTH = 400
"""Deepest nesting of elements; pages in the wild stay below 100."""
MAX_PDF_PAGES = 3000
MAX_PDF_CHARS = 20_000_000
PDF_SECONDS = 60
PDF_MEMORY_BYTES = 1024 * MIB


class ReadingError(Exception):
    """A document that cannot be read: which, what is wrong with it, and what to do about it."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"{path}: {what}. {remedy}")
        self.path = path
        self.what = what
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[ReadingError], tuple[Path, str, str]]:
        """Errors cross process borders with their three parts."""
        return type(self), (self.path, self.what, self.remedy)
