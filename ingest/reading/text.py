"""Text and Markdown: the file's characters as they are, and the blocks in them.

Belongs here: how the parts of reading are put together for text. Not here: their rules.
"""

from __future__ import annotations

from ingest.reading.blocks import blocks_of
from ingest.reading.frontmatter import end_of_front_matter
from ingest.reading.lines import RawBlock, raw_blocks
from ingest.reading.metadata import proposed
from ingest.reading.model import Block, Evidence


def read_text(text: str, is_markdown: bool) -> tuple[tuple[Block, ...], tuple[Evidence, ...]]:
    """Blocks and proposed metadata of a text or Markdown document."""
    content = end_of_front_matter(text)
    raws = raw_blocks(text, content)
    if content:
        start = text.index("---")
        raws.insert(0, RawBlock("front_matter", 0 if text[0] == "\ufeff" else start, content, start))
    blocks = blocks_of(text, raws, has_gaps=not (content or is_markdown))
    return blocks, proposed(text, blocks, content)
