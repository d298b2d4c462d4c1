"""From raw blocks to blocks: what each is, the headings and the list it stands under, its sentences.

Belongs here: what neighbours say about a block. Not here: what its own words say (`furniture`, `headings`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading import furniture
from ingest.reading.headings import DIVISION, PLAIN, HeadingPath, rank
from ingest.reading.lines import TERMINAL, RawBlock, RawKind
from ingest.reading.markup import BOLD_LABEL, NOISE, label, noise
from ingest.reading.markup import plain as plain_text
from ingest.reading.model import Block, BlockKind, Span
from ingest.reading.sentences import sentences

EXAMINED = 400
"""Characters up to which a block may be furniture or a heading; longer ones are prose."""
PROSE_WORDS = 12
SENTENCE_WORDS = 4
FIXED: dict[RawKind, str] = {"rule": "separator", "markup": "markup", "front_matter": "front matter"}
"""Kinds of raw blocks that are furniture by their shape alone."""
DIGIT = re.compile(r"\d")
HEAD_BLOCKS = 40
"""Blocks before the first prose that may be a site's masthead; more are a list, not a masthead."""
MOST_HEADINGS_IN_ROW = 4
MASTHEAD_WORDS = 5


@dataclass(slots=True)
class Draft:
    """A raw block while it is judged. `plain` is its text without marks, empty for long prose."""

    raw: RawBlock
    plain: str
    reason: str = ""
    rank: int = 0
    is_quote: bool = False
    label: Span | None = None

    @property
    def is_prose(self) -> bool:
        if not self.plain:
            return self.raw.kind in ("text", "item", "quote")
        if self.raw.kind not in ("text", "item", "quote") or self.reason:
            return False
        words = self.plain.count(" ") + 1
        return words >= PROSE_WORDS and TERMINAL.search(self.plain, max(0, len(self.plain) - 8)) is not None


def drafts_of(text: str, raws: Sequence[RawBlock]) -> list[Draft]:
    """Each block by itself: furniture by its wording, heading by its look."""
    return [
        Draft(part, "", FIXED[part.kind]) if part.kind in FIXED else _draft(text, part)
        for raw in raws
        for part in _without_heading(text, raw)
    ]


def _draft(text: str, raw: RawBlock) -> Draft:
    source = text[raw.body : raw.end]
    size = len(source)
    if size > EXAMINED * 3 or (size > EXAMINED * 5 // 4 and "](" not in source and "<" not in source):
        return Draft(raw, "")
    plain = plain_text(text, raw.body, raw.end)
    if len(plain) > EXAMINED:
        return Draft(raw, "")
    draft = Draft(raw, plain)
    if "http" in source or "twitter" in source:  # of an address, noise leaves nothing to judge
        draft.reason = furniture.reason(" ".join(source.split()))
    draft.reason = draft.reason or furniture.reason(plain)
    if not draft.reason:
        draft.rank = rank(text, raw, plain)
    return draft


def _without_heading(text: str, raw: RawBlock) -> list[RawBlock]:
    """A paragraph that begins with a numbered or underlined heading is two blocks: `**GOAL 2: …** – The two …`."""
    if raw.kind != "text" or text[raw.body] not in "*<_":
        return [raw]
    found = BOLD_LABEL.match(text, raw.body, min(raw.end, raw.body + 400))
    if found is None or not (DIVISION.match(found.group("name")) or "<u>" in found.group("open")):
        return [raw]
    cut = found.end()
    while (cut < raw.end and text[cut] in "*_") or text.startswith(("</u>", "</b>"), cut):
        cut += 4 if text[cut] == "<" else 1
    if not NOISE.sub("", text[cut : raw.end]).strip(" \t\r\n\xa0:–—-."):
        return [raw]
    begin = cut
    while text[begin].isspace():
        begin += 1
    first = RawBlock("text", raw.start, cut, raw.body, raw.indent, 0, 1, raw.blank_lines)
    return [first, RawBlock("text", begin, raw.end, begin, raw.indent, 0, raw.line_count)]


def judge_neighbours(drafts: list[Draft]) -> None:
    """Masthead, end of page, repeated lines, quoted posts, headings in a row: what only neighbours tell."""
    _breadcrumbs(drafts)
    _repeats(drafts)
    _masthead(drafts)
    _end_of_page(drafts)
    _posts(drafts)
    _headings_in_row(drafts)
    _headline(drafts)


_DATELINE = re.compile(r"[\W_]*[A-Z][A-Z.’' -]{2,30}(?:,\s+[A-Z][\w. ]{1,20})?\s*(?:\([^)]{3,20}\)\s*)?[–—-]")


def _headline(drafts: list[Draft]) -> None:
    """The line above a paragraph that opens with a dateline is its headline, also where it tells numbers."""
    kept = [draft for draft in drafts[:HEAD_BLOCKS] if not draft.reason]
    if len(kept) < 2:
        return
    line, paragraph = kept[:2]
    is_line = line.raw.kind == "text" and not line.rank and line.raw.line_count == 1 and line.plain.count(" ") < 20
    if is_line and line.plain[-1:].isalnum() and _DATELINE.match(paragraph.plain):
        line.rank = PLAIN


def _breadcrumbs(drafts: list[Draft]) -> None:
    """`HomeNewsSome title` before `Some title`."""
    for draft, following in pairwise(drafts[:HEAD_BLOCKS]):
        title = following.plain
        if (
            draft.plain[:4].lower() == "home"
            and len(title) > 8
            and draft.plain != title
            and draft.plain.endswith(title)
        ):
            draft.reason, draft.rank = "breadcrumbs", 0


def _repeats(drafts: list[Draft]) -> None:
    """A short line that stands three times or more, or twice in succession, belongs to the page, not to the text."""
    seen = Counter(d.plain for d in drafts if 0 < len(d.plain) <= 100 and not d.reason and d.raw.kind == "text")
    titles: set[str] = set()
    previous = ""
    for draft in drafts:
        plain = draft.plain
        is_twice, is_often = plain == previous, seen[plain] >= 3
        previous = plain or previous
        if not plain or draft.reason or draft.raw.kind != "text" or not (is_twice or is_often):
            continue
        if DIGIT.search(plain) or (TERMINAL.search(plain) and not is_twice):
            continue
        if is_twice or not draft.rank or plain in titles:
            draft.reason, draft.rank = "repeated line", 0
        titles.add(plain)


def _masthead(drafts: list[Draft]) -> None:
    """Short lines between a site's own lines above the title, when there are such lines."""
    end = next((i for i, d in enumerate(drafts[:HEAD_BLOCKS]) if d.is_prose or d.raw.kind in ("item", "heading")), -1)
    head = drafts[: max(end, 0)]
    last_site = max((i for i, d in enumerate(head) if d.reason in furniture.SITE_REASONS), default=-1)
    if last_site < 0:
        return
    first_site = next(i for i, d in enumerate(head) if d.reason in furniture.SITE_REASONS)
    titles = [i for i, d in enumerate(head) if d.rank and d.plain.count(" ") + 1 >= 4]
    below = [i for i in titles if i > first_site]
    has_masthead = any(d.reason in furniture.MASTHEAD_REASONS for d in head)
    title = below[-1] if below else -1 if has_masthead or not titles else titles[-1]
    for i, draft in enumerate(head):
        near = i <= last_site or (i < title and i <= last_site + 3)
        if near and i != title and not draft.reason and draft.plain.count(" ") < MASTHEAD_WORDS:
            draft.reason, draft.rank = "masthead", 0


def _end_of_page(drafts: list[Draft]) -> None:
    """After comments, related stories or a footer at the end of a page, short lines are of the same kind."""
    last = max(
        (i for i, d in enumerate(drafts) if not d.reason and (_is_sentence(d) or d.raw.kind == "item")), default=-1
    )
    first = next(
        (i for i in range(last + 1, len(drafts)) if drafts[i].reason in furniture.CLOSING_REASONS), len(drafts)
    )
    for draft in drafts[first:]:
        if not draft.reason and draft.plain and draft.plain.count(" ") + 1 < PROSE_WORDS:
            draft.reason, draft.rank = "end of page", 0


def _is_sentence(draft: Draft) -> bool:
    return draft.is_prose or (draft.plain.count(" ") >= SENTENCE_WORDS - 1 and draft.plain[-1] == ".")


def _posts(drafts: list[Draft]) -> None:
    """What stands over `— Name (@account) date` was quoted from there."""
    for draft, following in pairwise(drafts):
        if following.reason == "quoted post" and not draft.reason and draft.raw.kind == "text":
            draft.is_quote, draft.rank = True, 0


def _headings_in_row(drafts: list[Draft]) -> None:
    """Many lines that look like headings, with nothing between, are a list; a heading over nothing is a line."""
    row: list[Draft] = []
    previous: Draft | None = None
    for draft in drafts:
        if draft.reason:
            continue
        if draft.rank:
            if draft.rank == PLAIN and previous is not None and previous.plain[-1:] in '”"*' and previous.plain:
                draft.rank = 0  # who said what stands above
            else:
                row.append(draft)
        else:
            _settle(row)
            row = []
        previous = draft
    for draft in row:
        if draft.rank == PLAIN:
            draft.rank = 0
    _settle(row)


def _settle(row: list[Draft]) -> None:
    plain = [draft for draft in row if draft.rank == PLAIN]
    if len(plain) >= MOST_HEADINGS_IN_ROW:
        for draft in plain:
            draft.rank = 0


def blocks_of(text: str, raws: Sequence[RawBlock], *, has_gaps: bool = False) -> tuple[Block, ...]:
    """Blocks of a text, in order. `has_gaps`: the number of blank lines means something, as in plain text."""
    drafts = drafts_of(text, raws)
    judge_neighbours(drafts)
    return finished(text, drafts, has_gaps)


def finished(text: str, drafts: Sequence[Draft], has_gaps: bool) -> tuple[Block, ...]:
    """Drafts that were judged, as blocks with headings, lists and sentences."""
    path = HeadingPath()
    wide = sum(draft.raw.blank_lines >= 2 for draft in drafts)
    are_gaps_rare = has_gaps and wide * 3 <= sum(draft.raw.blank_lines >= 1 for draft in drafts)
    blocks: list[Block] = []
    opening: Span | None = None  # last sentence of what stands above a list
    items: list[tuple[int, Span | None]] = []  # indent and last sentence of the items that are open
    for draft in drafts:
        raw = draft.raw
        span = Span(raw.start, raw.end)
        if draft.reason:
            blocks.append(Block("furniture", span, path.path, reason=draft.reason))
            continue
        spans = sentences(text, raw.body, raw.end)
        marks = noise(text, raw.body, raw.end)
        last = spans[-1] if spans else None
        if draft.rank:
            above, depth = path.enter(draft.rank, draft.plain)
            blocks.append(Block("heading", span, above, spans, level=depth, noise=marks))
            opening, items = last, []
            continue
        kind: BlockKind = "quote" if draft.is_quote or raw.kind == "quote" else "paragraph"
        level, above_list = 0, None
        if raw.kind == "item":
            while items and raw.indent <= items[-1][0]:
                items.pop()
            kind, level, above_list = "list_item", len(items), items[-1][1] if items else opening
            items.append((raw.indent, last))
        elif items and raw.indent > items[-1][0] + 1:  # a further paragraph of the item
            kind, level, above_list = "list_item", len(items) - 1, items[-2][1] if len(items) > 1 else opening
        else:
            if items and raw.blank_lines >= 2 and are_gaps_rare:
                path = HeadingPath()  # a wide gap behind a list: what follows stands under no heading of it
            opening, items = last, []
        blocks.append(
            Block(
                kind,
                span,
                path.path,
                spans,
                "",
                level,
                draft.label or label(text, raw.body, raw.end),
                above_list,
                marks,
            )
        )
    return tuple(blocks)
