"""A document as read: its text, and the blocks and sentences that lie in it. Spans are half-open code points.

Belongs here: the interface of `ingest.reading` to the rest of the ingest. Not here: how any of it is found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "furniture"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text, the end not included."""

    start: int
    end: int

    def slice(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list, or what surrounds the content (furniture: it holds no claims).

    `sentences` lie inside `span`, in order, without overlap. `headings` is the path of headings above the block,
    outermost first. `reason` says for furniture why it was recognised as such.

    `level` is the depth of a heading's or an item's nesting, from 0. `label` is the name that a paragraph or an item
    begins with (`**Public Health –** Prevent …`, `MODERATOR: …`). `opening` is, for an item, the sentence that opens
    its list (`… include:`), for a nested item the last sentence of the item above it. `noise` are the characters
    inside the block that are not prose (marks of emphasis, addresses behind links, tags): no figure lies in them.
    """

    kind: BlockKind
    span: Span
    headings: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    reason: str = ""
    level: int = 0
    label: Span | None = None
    opening: Span | None = None
    noise: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """A proposed value of a document's metadata, where it was found, and the rule that found it."""

    name: str
    value: str
    span: Span | None
    rule: str


@dataclass(frozen=True)
class TextDocument:
    """A document that was read.

    `text` is what spans count in: for text and Markdown the file decoded as UTF-8, unchanged; for HTML and PDF the
    text that was taken out of it. `origins` maps starts of runs of `text` to places in the original (byte offset in
    HTML, page number in PDF), ascending; empty where text and file are the same.
    """

    file_name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[Evidence, ...] = ()
    origins: tuple[tuple[int, int], ...] = field(default=(), repr=False)
