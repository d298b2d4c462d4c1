"""HTML as a run of visible pieces: the text of blocks with the place of every run in the file.

Belongs here: tags, entities, white space, what is never shown. Not here: which block is content (`html`).
One pass, linear in length whatever the input: an unclosed comment, quote or script ends with the file.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from ingest.reading.errors import MAX_HTML_DEPTH

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
UNSEEN = frozenset(
    "script style noscript template svg math iframe object canvas select textarea head title datalist audio "
    "video".split()
)
RAW = frozenset("script style textarea title noscript iframe template".split())
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul caption".split()
)
_CELL_ENDS = frozenset({"td", "th", "tr"})
CLOSED_BY = {
    "li": frozenset({"li"}),
    "p": BLOCKS - {"td", "th"},
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "td": _CELL_ENDS,
    "th": _CELL_ENDS,
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
}
"""Elements that a following start tag closes without an end tag."""
CELLS = frozenset({"td", "th"})
LONGEST_CELL = 200
LIST_ENDS = frozenset({"ul", "ol", "dl", "table", "menu"})
NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]{0,40})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
HIDDEN = re.compile(
    r"""\shidden(?:[\s>=/]|$)|aria-hidden\s*=\s*["']?true|display\s*:\s*none|visibility\s*:\s*hidden""", re.IGNORECASE
)
TOKEN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|[ \t\r\n\f]+|[^&\s]+|&|\s")
BOLD, UNDERLINE = frozenset({"b", "strong"}), frozenset({"u", "ins"})


class TooDeepError(ValueError):
    """Elements nested deeper than any page needs."""


@dataclass(slots=True)
class Piece:
    """A block's text `start` to `end` and the elements around it, outermost first, each with its `class` and `id`."""

    start: int
    end: int
    tags: tuple[str, ...]
    hints: tuple[str, ...]
    bold_end: int = 0
    is_underlined: bool = False


@dataclass(slots=True)
class Page:
    """What is seen of a page, and what it states about itself."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    origins: list[tuple[int, int]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


class Scanner:
    """Reads one page. `origins` are character offsets here; `html` makes byte offsets of them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.parts: list[str] = []
        self.length = 0
        self.stack: list[str] = []
        self.hints: list[str] = []
        self.unseen = 0  # depth below which nothing is seen, 0 none
        self.start = -1  # of the open block
        self.space = False  # white space was passed since the last character
        self.bold_end = 0
        self.is_plain_seen = False
        self.is_underlined = False
        self.has_no_more: set[str] = set()

    def run(self) -> Page:
        source, position, size = self.source, 0, len(self.source)
        while position < size:
            opening = source.find("<", position)
            if opening < 0:
                opening = size
            if opening > position:
                self.characters(position, opening)
            if opening >= size:
                break
            position = self.tag(opening)
        self.close_block()
        self.page.text = "".join(self.parts)
        return self.page

    def tag(self, at: int) -> int:
        """Read the tag, comment or declaration at `at`; returns where it ends."""
        source = self.source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            return len(source) if end < 0 else end + 3
        found = NAME.match(source, at + 1)
        if found is None:
            if source.startswith(("<!", "<?"), at):
                return self.after(">", at)
            self.characters(at, at + 1)
            return at + 1
        end = self.end_of_tag(at)
        name = found.group(1).lower()
        if source[at + 1] == "/":
            self.end_tag(name)
            return end
        attributes = source[found.end() : max(end - 1, found.end())]
        if name == "meta" or name == "link":
            self.meta(name, attributes)
        elif name == "time" and "datetime" in attributes:
            self.page.meta.setdefault("time", _attributes(attributes).get("datetime", ""))
        if name in RAW and not attributes.endswith("/"):
            return self.raw(name, end)
        self.start_tag(name, attributes)
        return end

    def after(self, mark: str, at: int) -> int:
        """Where the next `mark` ends; the end of the source where there is none (searched for once)."""
        if mark in self.has_no_more:
            return len(self.source)
        found = self.source.find(mark, at)
        if found < 0:
            self.has_no_more.add(mark)
            return len(self.source)
        return found + len(mark)

    def end_of_tag(self, at: int) -> int:
        """Behind the `>` of a tag; one inside a quoted value is passed over, where the quote is closed nearby."""
        end = self.after(">", at)
        for _ in range(4):
            inside = self.source[at : min(end, at + 4000)]
            if inside.count('="') and inside.count('"') % 2:
                end = self.after(">", end)
            else:
                break
        return end

    def raw(self, name: str, at: int) -> int:
        """Pass over an element whose content is no markup; keep the title and a script's date of publication."""
        if name in self.has_no_more:
            return len(self.source)
        close = re.compile(rf"</{name}\b", re.IGNORECASE).search(self.source, at)
        if close is None:
            self.has_no_more.add(name)
            return len(self.source)
        content = self.source[at : close.start()]
        if name == "title":
            self.page.meta.setdefault("title", " ".join(html.unescape(content[:1000]).split()))
        elif name == "script" and "datePublished" in content[:50_000]:
            stated = re.search(r'"datePublished"\s*:\s*"([^"]{8,40})"', content[:50_000])
            if stated:
                self.page.meta.setdefault("datepublished", stated.group(1))
        return self.after(">", close.start())

    def meta(self, name: str, source: str) -> None:
        attributes = _attributes(source)
        if name == "link":
            if attributes.get("rel", "").lower() == "canonical":
                self.page.meta.setdefault("canonical", attributes.get("href", ""))
            return
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if key and attributes.get("content"):
            self.page.meta.setdefault(key.lower(), " ".join(attributes["content"].split()))

    def start_tag(self, name: str, attributes: str) -> None:
        if name == "br":
            self.line_break()
            return
        if name in CELLS:
            self.next_cell()
        elif name in BLOCKS:
            self.close_block()
        if name in BLOCKS:
            while self.stack and name in CLOSED_BY.get(self.stack[-1], ()):
                self.pop()
        if name in VOID or (attributes.endswith("/") and name not in BLOCKS):
            return
        if name in ("li", "tr", "td", "th", "dd", "dt", "option"):  # `<li><b>one<li>two`: what was left open ends
            for depth in range(len(self.stack) - 1, -1, -1):
                if self.stack[depth] in LIST_ENDS:
                    break
                if name in CLOSED_BY.get(self.stack[depth], ()):
                    self.pop_to(depth)
                    break
        if len(self.stack) >= MAX_HTML_DEPTH:
            raise TooDeepError
        self.stack.append(name)
        self.hints.append(_hint(attributes))
        if not self.unseen and (name in UNSEEN or (attributes and HIDDEN.search(" " + attributes[:2000]))):
            self.unseen = len(self.stack)

    def end_tag(self, name: str) -> None:
        if name in BLOCKS and name not in CELLS:
            self.close_block()
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth] == name:
                self.pop_to(depth)
                return
            if self.stack[depth] in LIST_ENDS and name not in BLOCKS:
                return

    def pop_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            self.pop()

    def pop(self) -> None:
        if self.unseen == len(self.stack):
            self.unseen = 0
        self.stack.pop()
        self.hints.pop()

    def characters(self, start: int, end: int) -> None:
        """Add what is seen of `source[start:end]`; white space between is one space."""
        if self.unseen:
            return
        source = self.source
        is_run = False
        for token in TOKEN.finditer(source, start, end):
            value = token.group()
            if value[0] in " \t\r\n\f":
                self.space = True
                is_run = is_run and value == " "
                continue
            is_entity = value[0] == "&" and len(value) > 1
            if is_entity:
                value = html.unescape(value)
                if value in " \t\r\n\f":
                    self.space = True
                    continue
            self.append(value, token.start(), is_run and not is_entity)
            is_run = not is_entity

    def append(self, value: str, origin: int, is_run: bool) -> None:
        """Add characters; `is_run`: they stand in the source as they do here, behind those added last."""
        if self.start < 0:
            self.start = self.length
            self.space = is_run = False
        elif self.space:
            self.parts.append(" ")
            self.length += 1
            self.space = False
        if not is_run:
            self.page.origins.append((self.length, origin))
        self.parts.append(value)
        self.length += len(value)
        if not self.is_plain_seen:
            if any(name in BOLD for name in self.stack):
                self.bold_end = self.length
                self.is_underlined = self.is_underlined or any(name in UNDERLINE for name in self.stack)
            elif value.strip(":–—-. \xa0"):
                self.is_plain_seen = True

    def next_cell(self) -> None:
        """Cells of a row stand in one block, ` | ` between them; long ones are a layout and stand alone."""
        if self.start < 0:
            return
        if self.length - self.start > LONGEST_CELL:
            self.close_block()
        elif not self.unseen:
            self.parts.append(" | ")
            self.length += 3
            self.space, self.is_plain_seen = False, True

    def line_break(self) -> None:
        if self.start >= 0 and not self.unseen:
            self.close_block(separator="\n")

    def close_block(self, separator: str = "\n\n") -> None:
        if self.start >= 0:
            piece = Piece(
                self.start, self.length, tuple(self.stack), tuple(self.hints), self.bold_end, self.is_underlined
            )
            self.page.pieces.append(piece)
            self.parts.append(separator)
            self.length += len(separator)
        self.start, self.space, self.bold_end = -1, False, 0
        self.is_plain_seen = self.is_underlined = False


def _attributes(source: str) -> dict[str, str]:
    found = {}
    for attribute in ATTRIBUTE.finditer(source[:4000]):
        found[attribute.group(1).lower()] = html.unescape(attribute.group(2).strip("\"'"))
    return found


def _hint(source: str) -> str:
    """`class`, `id` and `role` of an element, in small letters."""
    if "class" not in source and "id" not in source and "role" not in source:
        return ""
    attributes = _attributes(source)
    return " ".join(attributes.get(name, "") for name in ("class", "id", "role")).lower()
