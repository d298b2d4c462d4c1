"""What the tests of the extractor share: the project's reference tables, and a document made of one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.extract import Extraction, Reference, extract
from ingest.reading.model import Block, Evidence, Span, TextDocument
from tests.support import SEEDS

Extract = Callable[..., Extraction]


def document_of(*sentences: str, date: str = "2022-06-15", headings: tuple[str, ...] = ()) -> TextDocument:
    """A document of one paragraph, its sentences told apart by the caller."""
    text, spans = "", []
    for sentence in sentences:
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        spans.append(Span(start, len(text)))
    block = Block("paragraph", Span(0, len(text)), headings, tuple(spans))
    evidence = (Evidence("published_on", date, None, "test"),) if date else ()
    return TextDocument("planted.txt", "0" * 64, text, (block,), evidence)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.load(SEEDS)


@pytest.fixture(scope="session")
def read(reference: Reference) -> Extract:
    """Extract from sentences, each an argument; every span is proved on the way."""

    def run(*sentences: str, date: str = "2022-06-15", headings: tuple[str, ...] = ()) -> Extraction:
        document = document_of(*sentences, date=date, headings=headings)
        found = extract(document, reference)
        for claim in found.claims:
            assert claim.span.slice(document.text) == claim.verbatim
        return found

    return run
