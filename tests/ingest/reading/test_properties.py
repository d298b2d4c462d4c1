"""Whatever the characters: blocks and sentences lie in the text, in order, and nothing that is seen is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.reading import ReadingError, read_document
from ingest.reading.model import TextDocument

from .makers import written

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r\n",
        "  \n",
        "   ",
        "\xa0",
        "\u202f",
        "\u2028",
        "\x0c",
        "\t",
        "---\n",
        'title: "A\\_b"\n',
        "# ",
        "### ",
        "**",
        "<u>",
        "</u>",
        "<!-- -->",
        "* ",
        "- ",
        "• ",
        "1. ",
        "2) ",
        "(a) ",
        "> ",
        "| a | b |\n",
        "===\n",
        "\\",
        "\\###",
        "[link](https://a.example/b_c)",
        "https://a.example/1.2,3",
        "](http://",
        "pic.twitter.com/x1",
        "— A (@b) May 1, 2021\n",
        "Click here to read 5 stories\n",
        "Be the first to comment\n",
        "35 F\n",
        "Home",
        "Share\n",
        "Page 3 of 9\n",
        "U.S. ",
        "Dr. Lee ",
        "a.m. ",
        "No. 5 ",
        "Sept. 29 ",
        "1.6 percent. ",
        "“We seized 12.” ",
        "(See Sec. 4.) ",
        "J. R. Ruiz ",
        "The agents seized 1,200 pounds. ",
        "Operation Dry Creek: ",
        "SPEAKER:  ",
        "\u200f",
        "\u202e",
        "\ufeff",
        "\u2060",
        "\x1b[1m",
        "é",
        "𝟙",
        "word",
        "Word",
        "WORD",
        ".",
        "...",
        "?!",
        ";",
        ",",
        "–",
        "—",
        "_",
        "`",
        "~~~\n",
        "0\n",
        "<div>",
        "&amp;",
        "ﬀ",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=300))
FAST = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def check(document: TextDocument) -> None:
    """What holds of every document."""
    text = document.text
    reached = 0
    for block in document.blocks:
        assert reached <= block.span.start < block.span.end <= len(text)
        assert not text[reached : block.span.start].strip(), "characters between blocks"
        inner = block.span.start
        for sentence in block.sentences:
            assert inner <= sentence.start < sentence.end <= block.span.end
            assert sentence.slice(text) == sentence.slice(text).strip()
            inner = sentence.end
        if block.kind == "furniture":
            assert block.reason and not block.sentences
        else:
            assert not block.reason
        places = [*block.noise, *([block.label] if block.label else [])]
        assert all(block.span.start <= place.start < place.end <= block.span.end for place in places)
        reached = block.span.end
    assert not text[reached:].strip(), "characters behind the last block"
    for evidence in document.metadata:
        assert evidence.value.strip() and evidence.rule
        assert evidence.span is None or 0 <= evidence.span.start < evidence.span.end <= len(text)
    places_of_origins = [start for start, _ in document.origins]
    assert places_of_origins == sorted(set(places_of_origins))


def read_or_refused(name: str, content: str | bytes) -> TextDocument | None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read_document(written(Path(folder), name, content))
        except ReadingError as error:
            assert error.what and error.remedy and name in str(error)
            return None


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@given(text=TEXTS)
@FAST
def test_every_text_is_covered(name: str, text: str) -> None:
    document = read_or_refused(name, text.encode("utf-8", "replace"))
    if document is not None:
        check(document)


@given(text=TEXTS)
@FAST
def test_characters_of_a_text_are_never_changed(text: str) -> None:
    data = text.encode("utf-8", "replace")
    document = read_or_refused("a.txt", data)
    assert document is None or document.text.encode() == data


MARKS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='share'>",
        "</div>",
        "<ul>",
        "<li>",
        "</li></ul>",
        "<h2>",
        "</h2>",
        "<b>",
        "</b>",
        "<br>",
        "<table>",
        "<tr><td>",
        "</td></tr></table>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<nav>",
        "</nav>",
        '<a href="x>y">',
        "</a>",
        "&nbsp;",
        "&amp",
        "&#x41;",
        "&#0;",
        "&bogus;",
        "<",
        ">",
        '"',
        "'",
        "Agents seized 12 guns. ",
        "é",
        " ",
        "\n",
        "text",
        "<p hidden>",
        "</x>",
    ]
)


@given(source=st.lists(MARKS, max_size=60).map("".join))
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_page_is_covered_and_maps_to_its_file(source: str) -> None:
    document = read_or_refused("a.html", source)
    if document is None:
        return
    check(document)
    data = source.encode()
    for start, byte in document.origins:
        first = document.text[start].encode()
        assert data[byte : byte + 1] == b"&" or data[byte:].startswith(first)


@given(data=st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("a.txt", "a.md", "a.html"):
        document = read_or_refused(name, data)
        if document is not None:
            check(document)
