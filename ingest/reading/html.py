"""A web page: its visible text, with the place of every run in the file; what surrounds the article is furniture.

Belongs here: which blocks of a page are its article. Not here: tags (`html_pieces`), wording (`furniture`).
Three witnesses: the elements a block stands in (nav, footer, a share bar), its wording, and trafilatura, whose
main text says where the article begins and ends. Between the two a block is content unless its element or wording says
otherwise: boilerplate removers drop short list items, and those hold the figures.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Sequence
from pathlib import Path

from ingest.reading.blocks import Draft, drafts_of, finished, judge_neighbours
from ingest.reading.errors import MAX_HTML_BYTES, MAX_HTML_DEPTH, ReadingError
from ingest.reading.headings import emphasised_rank
from ingest.reading.html_pieces import Page, Piece, Scanner, TooDeepError
from ingest.reading.lines import RawBlock, RawKind
from ingest.reading.metadata import proposed
from ingest.reading.model import Block, Evidence, Span
from ingest.reading.source import BYTE_ORDER_MARKS, file_bytes

CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})|<\?xml[^>]{0,80}encoding=["']([\w-]{2,30})""", re.IGNORECASE
)
SINGLE_BYTE = frozenset({"cp1252", "iso8859-1", "iso8859-15", "ascii", "latin-1"})
MOST_BYTES_WITNESSED, MOST_BLOCKS_WITNESSED = 3_000_000, 2000
"""The largest page trafilatura is given: its time grows with the square of the blocks (4,000 items: 2 s, 8,000: 8 s).
Of larger ones elements and wording decide, in linear time."""
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
SURROUNDINGS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "beside the article",
    "form": "form",
    "button": "button",
    "dialog": "dialog",
    "figcaption": "picture caption",
}
"""Elements that hold no part of an article."""
HINTS = re.compile(
    r"(?<![a-z])(?:(?P<share>share|sharing|addtoany|sharedaddy)|(?P<comments>comments?|respond|disqus)|(?P<newsletter>newsletter|subscribe|signup)"
    r"|(?P<cookies>cookies?|gdpr|consent)|(?P<navigation>nav|navbar|navigation|menu|breadcrumbs?|pagination|pager|skip-?link|toolbar)"
    r"|(?P<related>related|recommended|trending|most-?read|read-?more|you-?may-?like)|(?P<sidebar>sidebar|widget)"
    r"|(?P<advertisement>ads?|advert\w*|sponsor\w*|promo\w*|banner|dfp)|(?P<footer>footer|contentinfo|copyright|colophon)"
    r"|(?P<social>social\w*)|(?P<search>search))(?![a-z])"
)
CONTENT_TAGS = frozenset({"main", "article"})
SHINGLE = 4
FIELDS = {
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "site_name": ("og:site_name", "application-name"),
    "date": (
        "article:published_time datepublished dc.date dcterms.date dcterms.created date pubdate publish-date time"
    ).split(),
    "canonical": ("canonical", "og:url"),
}
"""What a page states of itself, by the keys of its `meta` elements, the surest first."""


def read_html(path: Path) -> tuple[bytes, str, tuple[Block, ...], tuple[Evidence, ...], tuple[tuple[int, int], ...]]:
    """The file's bytes, the page's text, blocks, metadata, and byte offsets of its runs."""
    data = file_bytes(path, MAX_HTML_BYTES)
    source, encoding = _decoded(path, data)
    try:
        page = Scanner(source).run()
    except TooDeepError:
        what = f"its elements are nested deeper than {MAX_HTML_DEPTH}"
        raise ReadingError(path, what, "Save the page's text; no article is built so") from None
    if not page.pieces:
        raise ReadingError(path, "it shows no text", "The page may be filled by a script: save it as shown, or as PDF")
    drafts = _drafts(page)
    _mark_surroundings(drafts, page)
    is_usual = len(data) <= MOST_BYTES_WITNESSED and len(page.pieces) <= MOST_BLOCKS_WITNESSED
    _mark_outside(drafts, _main_text(data) if is_usual else "")
    judge_neighbours(drafts)
    blocks = finished(page.text, drafts, has_gaps=False)
    stated: dict[str, tuple[str, Span | None]] = {}
    for name, keys in FIELDS.items():
        value = next((page.meta[key] for key in keys if page.meta.get(key)), "")
        if value:
            stated[name] = (value, None)
    return data, page.text, blocks, proposed(page.text, blocks, stated=stated), _byte_origins(page, source, encoding)


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            raise ReadingError(path, f"it is {name} (mark at byte offset 0), not UTF-8", "Save the page as UTF-8")
    stated = CHARSET.search(data[:4096])
    name = (stated.group(1) or stated.group(2)).decode() if stated else "utf-8"
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = "utf-8"
    encoding = {"iso8859-1": "cp1252", "latin-1": "cp1252"}.get(encoding, encoding)  # as browsers do
    if encoding not in SINGLE_BYTE:
        encoding = "utf-8"
    nul = data.find(b"\0")
    if nul >= 0:
        raise ReadingError(path, f"it is binary (a NUL at byte offset {nul})", "Save the page as HTML, or its text")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        what = f"it is not {encoding}: byte 0x{data[error.start]:02x} at byte offset {error.start}"
        raise ReadingError(path, what, "Save the page as UTF-8, or state its charset") from None


def _drafts(page: Page) -> list[Draft]:
    drafts: list[Draft] = []
    for piece in page.pieces:
        kind: RawKind = "text"
        rank = next((HEADINGS[tag] for tag in piece.tags if tag in HEADINGS), 0)
        lists = sum(tag in ("ul", "ol") for tag in piece.tags)
        if rank:
            kind = "heading"
        elif "li" in piece.tags or "dd" in piece.tags:
            kind = "item"
        elif "blockquote" in piece.tags:
            kind = "quote"
        elif "tr" in piece.tags and " | " in page.text[piece.start : piece.end]:
            kind = "row"
        raw = RawBlock(kind, piece.start, piece.end, piece.start, lists * 2, rank)
        (draft,) = drafts_of(page.text, [raw])
        if piece.bold_end and not draft.reason and kind == "text":
            _apply_bold(page.text, piece, draft)
        drafts.append(draft)
    return drafts


def _apply_bold(text: str, piece: Piece, draft: Draft) -> None:
    """A block wholly bold may be a heading; bold before more is its label."""
    name = text[piece.start : piece.bold_end].rstrip(" \xa0:–—-.")
    rest = text[piece.bold_end : piece.end].strip(" \xa0:–—-.")
    if not rest and draft.plain:
        draft.rank = emphasised_rank(draft.plain, is_bold=True, is_underlined=piece.is_underlined)
    elif (
        rest and len(name) <= 240 and text[piece.start + len(name) : piece.bold_end + 2].lstrip()[:1] in tuple(":.–—-")
    ):
        draft.label, draft.rank = Span(piece.start, piece.start + len(name)), 0


def _mark_surroundings(drafts: Sequence[Draft], page: Page) -> None:
    """Furniture by the elements around a block: its own kind of element, or what its class or id says."""
    total = sum(piece.end - piece.start for piece in page.pieces)
    sizes: dict[str, int] = {}
    hinted = []
    for piece in page.pieces:
        reasons = []
        for tag, hint in zip(piece.tags, piece.hints, strict=True):
            found = HINTS.search(hint) if hint and tag not in ("body", "html", "main") else None
            reasons.append(found.lastgroup or "" if found else "")
            if found and tag in CONTENT_TAGS:
                reasons[-1] = ""
        reason = next((name for name in reasons if name), "")
        hinted.append(reason)
        sizes[reason] = sizes.get(reason, 0) + piece.end - piece.start
    for draft, piece, hint in zip(drafts, page.pieces, hinted, strict=True):
        if draft.reason:
            continue
        element = next((SURROUNDINGS[tag] for tag in piece.tags if tag in SURROUNDINGS), "")
        if "header" in piece.tags and not CONTENT_TAGS.intersection(piece.tags) and draft.rank != 10:
            element = element or "page header"
        if element:
            draft.reason, draft.rank = element, 0
        elif hint and sizes[hint] * 3 < total:  # a class on most of the page names its design, not its surroundings
            draft.reason, draft.rank = f"{hint} (by its element)", 0


def _main_text(data: bytes) -> str:
    """The main text as trafilatura finds it, favouring recall; empty where it finds none or fails."""
    import trafilatura  # takes 0.1 s: only those who read HTML pay it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return (
            trafilatura.extract(
                data, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
            )
            or ""
        )
    except Exception:  # whatever a hostile page makes it raise: elements and wording decide alone
        return ""


def _mark_outside(drafts: Sequence[Draft], main: str) -> None:
    """Furniture before the first and behind the last block of the main text."""
    lines = {_key(line) for line in main.split("\n")} - {""}
    words = _key(main).split()
    shingles = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    inside = [i for i, d in enumerate(drafts) if not d.reason and _is_in(d, lines, shingles)]
    if not inside or sum(len(line) for line in lines) < 200:
        return
    for position, draft in enumerate(drafts):
        if draft.reason or inside[0] <= position <= inside[-1]:
            continue
        if draft.rank == 10 or (draft.rank and position == inside[0] - 1):
            continue  # the title above the article
        draft.reason, draft.rank = "outside the main text", 0


def _key(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.lower()))


def _is_in(draft: Draft, lines: set[str], shingles: set[tuple[str, ...]]) -> bool:
    if not draft.plain:
        return True
    key = _key(draft.plain)
    if key in lines:
        return True
    words = key.split()
    own = [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    return bool(own) and sum(shingle in shingles for shingle in own) * 2 >= len(own)


def _byte_origins(page: Page, source: str, encoding: str) -> tuple[tuple[int, int], ...]:
    if source.isascii() or encoding in SINGLE_BYTE:
        return tuple(page.origins)
    found = []
    character = byte = 0
    for at, origin in page.origins:
        byte += len(source[character:origin].encode(encoding))
        character = origin
        found.append((at, byte))
    return tuple(found)
