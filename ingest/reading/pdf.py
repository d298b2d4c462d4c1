"""A PDF: its lines, taken out in a limited process of their own, as text with blocks and the page of every place.

Belongs here: lines to paragraphs, headings by size and weight, running heads. Not here: calls of PDFium (`pdf_worker`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest.reading.blocks import Draft, drafts_of, finished, judge_neighbours
from ingest.reading.errors import (
    MAX_PDF_BYTES,
    MAX_PDF_CHARS,
    MAX_PDF_PAGES,
    MIB,
    PDF_MEMORY_BYTES,
    PDF_SECONDS,
    ReadingError,
)
from ingest.reading.headings import emphasised_rank
from ingest.reading.lines import MARK, MID_PHRASE, TERMINAL, RawBlock
from ingest.reading.metadata import proposed
from ingest.reading.model import Block, Evidence
from ingest.reading.source import file_bytes

WORKER = Path(__file__).with_name("pdf_worker.py")
KEPT_HYPHENS = frozenset(
    "non anti multi counter cross co self high low long short year well post pre inter intra semi mid full part half "
    "ex pro sub all state third first second two three four five six seven eight nine ten "
    "evidence drug gun law u.s us".split()
)
"""Words before a hyphen that keep it at the end of a line."""
HEADS = 2
"""Lines at the top and at the bottom of a page that may be running."""
DIGITS = re.compile(r"\d+")
ITEM_KINDS = ("bullet", "bullet2", "number")


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page; places in points from the lower left corner, `reach` from its left end to its right."""

    text: str
    page: int
    reach: tuple[float, float]
    bottom: float
    size: float
    is_bold: bool
    is_running: bool = False


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]
    gap: float = 0.0

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)


def read_pdf(path: Path) -> tuple[bytes, str, tuple[Block, ...], tuple[Evidence, ...], tuple[tuple[int, int], ...]]:
    """The file's bytes, its text, blocks, metadata, and the page (from 1) of every run of the text."""
    data = file_bytes(path, MAX_PDF_BYTES)
    if b"%PDF-" not in data[:1024]:
        raise ReadingError(path, "it is no PDF: its start says nothing of one", "Name the file by its kind")
    answer = _taken_out(path)
    lines = [
        Line(
            str(line[0]).strip(),
            number,
            (float(line[1]), float(line[3])),
            float(line[2]),
            float(line[5]),
            bool(line[6]),
        )
        for number, page in enumerate(answer["pages"], start=1)
        for line in page["lines"]
        if str(line[0]).strip()
    ]
    if not lines:
        what = f"its {len(answer['pages'])} pages hold no text: they are pictures, or broken"
        raise ReadingError(path, what, "Run text recognition on it first, or find the document as a page or text")
    lines = _without_running(lines, len(answer["pages"]))
    paragraphs = _paragraphs(lines)
    text, drafts, origins = _composed(paragraphs)
    judge_neighbours(drafts)
    blocks = finished(text, drafts, has_gaps=False)
    metadata = proposed(text, blocks)
    title = " ".join(str(answer.get("title") or "").split())
    if title and not any(evidence.name == "title" for evidence in metadata):
        metadata = (Evidence("title", title, None, "title among the file's properties"), *metadata)
    return data, text, blocks, metadata, origins


def _taken_out(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(WORKER), str(path.resolve())]
    limits = [str(limit) for limit in (PDF_SECONDS, PDF_MEMORY_BYTES, MAX_PDF_PAGES, MAX_PDF_CHARS)]
    try:
        done = subprocess.run([*command, *limits], capture_output=True, timeout=PDF_SECONDS + 10, check=False)
    except subprocess.TimeoutExpired:
        raise ReadingError(
            path, f"it takes longer than {PDF_SECONDS} seconds", "Print it anew to a plain PDF"
        ) from None
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1][:200]
        what = (
            f"taking out its text failed (exit {done.returncode}{': ' + last if last else ''}); it may expand beyond "
        )
        what += f"{PDF_MEMORY_BYTES // MIB} MiB or {PDF_SECONDS} seconds, or be broken"
        raise ReadingError(path, what, "Print it anew to a plain PDF, or save its text")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" not in answer:
        return answer
    detail = answer["detail"]
    if answer["error"] == "encrypted":
        raise ReadingError(path, "it is encrypted and opens only with a password", "Save a copy without password")
    if answer["error"] == "too_long":
        what = f"it is too long ({detail}; limits: {MAX_PDF_PAGES:,} pages, {MAX_PDF_CHARS:,} characters)"
        raise ReadingError(path, what, "Split it into documents and read each")
    raise ReadingError(path, f"it is a broken PDF ({detail.rstrip(').')})", "Load it anew, or print it to a plain PDF")


def _without_running(lines: Sequence[Line], pages: int) -> list[Line]:
    """Mark lines that stand at the top or bottom of half of the pages, their numbers aside."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges: dict[int, set[Line]] = {}
    seen: Counter[str] = Counter()
    for number, of_page in by_page.items():
        order = sorted(of_page, key=lambda line: -line.bottom)
        edges[number] = {*order[:HEADS], *order[-HEADS:]}
        seen.update({DIGITS.sub("#", line.text) for line in edges[number]})
    found = []
    for line in lines:
        count = seen[DIGITS.sub("#", line.text)]
        is_running = line in edges[line.page] and count >= 2 and count * 2 >= pages and len(line.text) < 150
        found.append(replace(line, is_running=True) if is_running else line)
    return found


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    rights: dict[int, float] = {}
    for line in lines:
        rights[line.page] = max(rights.get(line.page, 0.0), line.reach[1])
    gaps = sorted(a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    found: list[Paragraph] = []
    current: Paragraph | None = None  # the last one that is not running
    for line in lines:
        if line.is_running:
            found.append(Paragraph([line]))
            continue
        if current is not None and _joins(current, line, rights[current.lines[-1].page], usual):
            current.lines.append(line)
            if found[-1] is not current:  # running lines of a page's border stood between: they go before
                place = next(i for i in range(len(found) - 1, -1, -1) if found[i] is current)
                found.append(found.pop(place))
            continue
        current = Paragraph([line], current.lines[-1].bottom - line.bottom if current else 0.0)
        found.append(current)
    return found


def _joins(paragraph: Paragraph, line: Line, right: float, usual: float) -> bool:
    """Whether `line` continues the paragraph, `right` being where its page's longest line ends."""
    last = paragraph.lines[-1]
    mark = MARK.match(line.text + " ")
    if mark is not None and mark.lastgroup in ITEM_KINDS and mark.end() < len(line.text):
        return False
    if abs(last.size - line.size) > 0.8 or (last.is_bold and not line.is_bold and len(paragraph.lines) == 1):
        return False
    width = (line.reach[1] - line.reach[0]) / max(len(line.text), 1)
    word = line.text.find(" ")
    is_full = last.reach[1] + width * ((word if word >= 0 else len(line.text)) + 1) > right - width
    is_stopped = TERMINAL.search(last.text, max(0, len(last.text) - 12)) is not None
    if last.page != line.page:
        return not is_stopped and (is_full or line.text[0].islower())
    gap = last.bottom - line.bottom
    if gap < -line.size or gap > max(usual * 1.4, line.size * 1.9):
        return False  # a new column, or a space between paragraphs
    if last.text.endswith(("-", "\xad")) or is_full:
        return True
    if line.text[0].islower() and not is_stopped:
        return True
    return MID_PHRASE.search(last.text, max(0, len(last.text) - 12)) is not None


def _composed(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Draft], tuple[tuple[int, int], ...]]:
    """Text, drafts of its blocks, and the page of every run. Hyphens at line ends go where a word was parted."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    large = sorted((size for size in sizes if size > body * 1.12), reverse=True)[:4]
    vocabulary = {
        word for p in paragraphs for line in p.lines for word in re.findall(r"\w+(?:-\w+)*", line.text.lower())
    }
    parts: list[str] = []
    length = 0
    origins: list[tuple[int, int]] = []
    spans: list[tuple[int, int, Paragraph]] = []
    for paragraph in paragraphs:
        start = length
        for position, line in enumerate(paragraph.lines):
            text = line.text
            following = paragraph.lines[position + 1].text if position + 1 < len(paragraph.lines) else ""
            if following:
                text = _before(text, following, vocabulary)
            if not origins or origins[-1][1] != line.page:
                origins.append((length, line.page))
            parts.append(text.replace("\xad", ""))
            length += len(parts[-1])
        spans.append((start, length, paragraph))
        parts.append("\n\n")
        length += 2
    whole = "".join(parts)
    drafts = [_draft(whole, start, end, paragraph, body, large) for start, end, paragraph in spans if end > start]
    return whole, drafts, tuple(origins)


def _before(text: str, following: str, vocabulary: set[str]) -> str:
    """A line's text as it stands before the next one: with a space, or without the hyphen that parted a word.

    PDFium gives every hyphen at a line's end as a soft one, so that the words must tell.
    """
    if not text.endswith(("-", "\xad")) or len(text) < 2 or not text[-2].isalpha():
        return text + " "
    kept = text[:-1] + "-"
    before = re.findall(r"[\w.]+$", text[:-1])
    after = re.match(r"\w+", following)
    if not before or after is None or not following[0].islower():
        return kept  # `U.S.-` and `Mexico`
    first, second = before[0].lower(), after.group().lower()
    if f"{first}-{second}" in vocabulary or (first in KEPT_HYPHENS and first + second not in vocabulary):
        return kept
    return text[:-1]


def _draft(text: str, start: int, end: int, paragraph: Paragraph, body: float, large: list[float]) -> Draft:
    first = paragraph.lines[0]
    mark = MARK.match(text[start : min(end, start + 20)])
    is_item = mark is not None and mark.lastgroup in ITEM_KINDS
    indent = round(first.reach[0])
    if is_item and mark is not None:
        raw = RawBlock("item", start, end, start + mark.end(), indent)
    else:
        raw = RawBlock("text", start, end, start, 0, 0, len(paragraph.lines))
    (draft,) = drafts_of(text, [raw])
    if first.is_running:
        draft.reason, draft.rank = draft.reason or "running head", 0
    elif not draft.reason and not is_item and draft.plain:
        if first.size in large and len(draft.plain) <= 200:
            draft.rank = 10 * (1 + large.index(first.size))
        elif paragraph.is_bold:
            draft.rank = emphasised_rank(draft.plain, is_bold=True, is_underlined=False)
    return draft
