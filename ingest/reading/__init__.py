"""From a document's file (text, Markdown, HTML, PDF) to its text, blocks, sentences and proposed metadata.

One function: `read_document`. What it returns is in `model`; what it refuses raises `ReadingError`.
"""

from ingest.reading.errors import ReadingError
from ingest.reading.read import read_document

__all__ = ["ReadingError", "read_document"]
