"""Proposed metadata of a document, each value with where it stands and the rule that found it, the surest first.

Belongs here: title, publisher, addresses, kind and language. Days are in `document_dates`. Nothing is guessed: what no
rule finds is not proposed, and a mirror's masthead or clock never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.reading.document_dates import event_dates, publication_dates
from ingest.reading.frontmatter import entries
from ingest.reading.markup import plain
from ingest.reading.model import Block, Evidence, Span
from ingest.reading.publishers import publisher_of

HEAD = 25
"""Blocks at the start of a document among which a title and its neighbours stand."""
URL = re.compile(r"https?://[^\s<>\])\"'”]+")
TITLE_KEYS = ("title", "headline")
PUBLISHER_KEYS = ("publisher", "site_name", "site", "agency", "organization", "source")
SOURCE_KEYS = ("source_url", "permalink", "canonical", "canonical_url", "original_url", "url", "link", "source")
READ_MORE_FROM = re.compile(r"read more (?:from|at|on) (?:the )?([A-Z][\w&.’' -]{2,60})$", re.IGNORECASE)
NEWSROOM = re.compile(r"([A-Z][\w .&]{1,40}) (?:Newsroom|News Desk|Staff(?: Report)?)$")
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?: ?©)?\s*(?:(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2})?,?)?\s*(?:by )?"
    r"([A-Z][\w&.’' -]{2,60}?)(?:[.,|]| all rights| \d{4}|$)",
    re.IGNORECASE,
)
AUTHORITY = re.compile(
    r"^(?:The )?(?:(?:U\.?S\.?|United States|[A-Z]\w+(?: [A-Z]\w+)?) )?"
    r"(?:Department of (?:the )?[A-Z]\w+|Attorney.s Office"
    r"|District Attorney|Embassy\b|Customs and Border Protection|Drug Enforcement Administration|Police Department"
    r"|Immigration and Customs Enforcement|Office of (?:the )?[A-Z]\w+|Sheriff.s Office|Secretar[ií]a de [A-Z]\w+"
    r"|Fiscal[ií]a [A-Z]\w+)[^.!?\d]{0,70}$"
)
RELEASE = re.compile(r"\b(?:press|news|media) release\b|\bfor immediate release\b|\bcomunicado\b", re.IGNORECASE)
SHEET = re.compile(r"\bfact ?sheet\b|\bhoja informativa\b", re.IGNORECASE)
STATEMENT = re.compile(
    r"\b(?:joint )?(?:statement|communiqu[eé]|declaration|declaraci[oó]n conjunta)\b"
    r"|\b(?:remarks|readout|transcript|testimony)\b|\b(?:press|background) (?:call|briefing|conference|gaggle)\b",
    re.IGNORECASE,
)
KINDS = (("fact_sheet", SHEET), ("press_release", RELEASE), ("statement", STATEMENT))
PATH_KINDS = (("/statements-releases/", "statement"), ("/pr/", "press_release"), ("/press-release", "press_release"),
              ("/articles/", "article"), ("/news/", "news"))  # fmt: skip
Fields = Mapping[str, tuple[str, Span | None]]
"""Stated fields: value, and where it stands."""
STOP_WORDS = {
    "en": frozenset("the of and to in for with that on by from is are was were has have its this as at be".split()),
    "es": frozenset("el la de los las y en que del por con para una un se su al más como fue sus".split()),
    "fr": frozenset("le la les des et en du que pour dans une un est sur par au aux avec qui ses".split()),
    "pt": frozenset("o a os as de e em que do da dos das por com para uma um se no na ao mais foi".split()),
}


def proposed(
    text: str,
    blocks: Sequence[Block],
    front_matter_end: int = 0,
    stated: Fields | None = None,
) -> tuple[Evidence, ...]:
    """Metadata of a document. `stated` are fields that its file states beside the text (a page's `meta`)."""
    fields: dict[str, tuple[str, Span | None]] = dict(entries(text, front_matter_end)) if front_matter_end else {}
    rule = "front matter"
    if stated:
        fields, rule = dict(stated), "stated by the file"
    found = [*_titles(text, blocks, fields, rule), *_addresses(text, blocks, fields, rule)]
    found += _publishers(text, blocks, fields, rule, [e for e in found if e.name == "source_url"])
    found += publication_dates(text, blocks[:HEAD], blocks, fields, rule, [e for e in found if e.name == "source_url"])
    found += event_dates(text, blocks, next((e for e in found if e.name == "published_on"), None))
    found += _kinds(text, blocks, found)
    found += _language(text, blocks)
    return tuple(_without_repeats(found))


def _without_repeats(found: Iterable[Evidence]) -> Iterator[Evidence]:
    seen: set[tuple[str, str]] = set()
    for evidence in found:
        if (evidence.name, evidence.value) not in seen:
            seen.add((evidence.name, evidence.value))
            yield evidence


def _titles(text: str, blocks: Sequence[Block], fields: Fields, rule: str) -> Iterator[Evidence]:
    for key in TITLE_KEYS:
        if key in fields:
            yield Evidence(
                "title", " ".join(fields[key][0].replace("\u2060", "").split()), fields[key][1], f"{rule}: {key}"
            )
    for block in blocks[:HEAD]:
        if block.kind == "heading":
            name = plain(text, block.span.start, block.span.end)
            if name.strip("# "):
                yield Evidence("title", name.strip("# "), block.span, "heading above the first paragraph")
            return
        if block.reason == "picture label":
            colon = text.index(":", block.span.start) + 1
            span = Span(colon, block.span.end)
            yield Evidence("title", " ".join(span.slice(text).split()), span, "label of the picture above the text")
            return
        if block.kind != "furniture":
            return


def _addresses(text: str, blocks: Sequence[Block], fields: Fields, rule: str) -> Iterator[Evidence]:
    for key in SOURCE_KEYS:
        if key in fields and URL.match(fields[key][0]):
            yield Evidence("source_url", fields[key][0], fields[key][1], f"{rule}: {key}")
            break
    for block in blocks:
        if block.reason == "original elsewhere" and (url := URL.search(text, block.span.start, block.span.end)):
            address = url.group().rstrip(".,;)")
            span = Span(url.start(), url.start() + len(address))
            for name in ("source_url", "mirror_of_url"):
                yield Evidence(name, address, span, "line that names the original's address")


def _publishers(
    text: str, blocks: Sequence[Block], fields: Fields, rule: str, sources: Iterable[Evidence]
) -> Iterator[Evidence]:  # fmt: skip
    for key in PUBLISHER_KEYS:
        if key in fields and not URL.match(fields[key][0]):
            yield Evidence("publisher", fields[key][0], fields[key][1], f"{rule}: {key}")
    for source in sources:
        name = publisher_of(source.value)
        if name:
            yield Evidence("publisher", name, source.span, "site of the address")
    is_release = any(block.reason == "release line" for block in blocks[:HEAD])
    for position, block in enumerate(blocks):
        if block.kind != "furniture" and not (
            is_release and position < HEAD and block.kind in ("heading", "paragraph")
        ):
            continue
        if block.span.end - block.span.start > 300:
            continue
        line = plain(text, block.span.start, block.span.end)
        if block.reason == "call to click" and (more := READ_MORE_FROM.search(line)):
            name = more.group(1).strip()
            yield Evidence("publisher", name.title() if name.isupper() else name, block.span, "line 'read more from'")
        elif block.reason == "byline" and (desk := NEWSROOM.match(line)):
            yield Evidence("publisher", line if desk else "", block.span, "byline of a newsroom")
        elif block.reason == "footer" and (owner := COPYRIGHT.search(line)):
            yield Evidence("publisher", owner.group(1).strip(), block.span, "copyright line")
        elif is_release and position < HEAD and AUTHORITY.match(line):
            yield Evidence("publisher", line, block.span, "authority named above a release")


def _kinds(text: str, blocks: Sequence[Block], found: Sequence[Evidence]) -> Iterator[Evidence]:
    for title in (e for e in found if e.name == "title"):
        for kind, pattern in KINDS:
            if pattern.search(title.value):
                yield Evidence("document_kind", kind, title.span, "word of the title")
                break
    for block in blocks[:HEAD]:
        if block.reason == "release line" and RELEASE.search(text, block.span.start, block.span.end):
            yield Evidence("document_kind", "press_release", block.span, "line of a release")
        elif block.reason == "byline":
            yield Evidence("document_kind", "news", block.span, "byline")
    speakers = [
        b.label for b in blocks if b.label is not None and b.kind == "paragraph" and b.label.slice(text).isupper()
    ]
    if len(speakers) >= 5:
        yield Evidence("document_kind", "statement", speakers[0], "speakers' names before paragraphs: a transcript")
    for source in (e for e in found if e.name == "source_url"):
        kind = next((kind for part, kind in PATH_KINDS if part in source.value), "")
        if kind:
            yield Evidence("document_kind", kind, source.span, "path of the address")
        items = sum(block.kind == "list_item" and bool(block.headings) for block in blocks)
        if items >= 10 and publisher_of(source.value):
            yield Evidence(
                "document_kind", "fact_sheet", None, f"{items} list items under headings, on an authority's site"
            )


def _language(text: str, blocks: Sequence[Block]) -> Iterator[Evidence]:
    prose = [block for block in blocks if block.kind in ("paragraph", "list_item", "quote")]
    sample = " ".join([text[b.span.start : min(b.span.end, b.span.start + 300)] for b in prose[:6]])
    words = sample.lower().split()
    counts = sorted(((sum(map(known.__contains__, words)), name) for name, known in STOP_WORDS.items()), reverse=True)
    (most, language), (second, _) = counts[:2]
    if len(words) >= 8 and most * 8 >= len(words) and most > second:
        yield Evidence("language", language, None, f"{most} of the first {len(words)} words are its common words")
