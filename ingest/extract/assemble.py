"""From a document to its extraction, block by block in the order of the text; state is only what stands earlier."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import PurePath

from ingest.extract.context import Scope, Told
from ingest.extract.figures import RANGE, Figure, find_numbers, number_places, read_figure, share_unit, take_doses
from ingest.extract.model import Extraction, LeftOut, ProposedClaim
from ingest.extract.names import Mention, find_mentions
from ingest.extract.nonclaims import LISTED, find_addresses, why_no_figure
from ingest.extract.operations import OperationFacts, read_facts
from ingest.extract.periods import When, find_dates
from ingest.extract.reference import Reference, fold
from ingest.extract.requests import asker_in
from ingest.extract.sections import Place, operation_told_of
from ingest.extract.sentence import read_sentence
from ingest.extract.timing import Clock
from ingest.extract.tokens import tokenize
from ingest.extract.totals import tie_totals
from ingest.extract.voices import Setting, own_body, participants, quoted_body, writer_of
from ingest.extract.who import Actors, read_actors
from ingest.keys import slug
from ingest.reading.model import Block, Span, TextDocument

LONGEST, MOST_NUMBERS = 3000, 60
"""Code points, and places where a number may begin, that are read as one sentence; a longer one (a table, a page
without stops) is read in pieces, so that the time stays linear in the length of a document."""


NOTHING = Told()
"""What a sentence tells that names nothing and counts nothing."""


def extract(document: TextDocument, reference: Reference) -> Extraction:
    """Propose the claims of one document.

    Reads the blocks that are content (headings and furniture hold no claims) in the order of the text. Every number
    of those blocks ends up in `claims` or in `left_out` with a reason.
    """
    return _Reader(document, reference).read()


def document_date(document: TextDocument, reference: Reference) -> dt.date | None:
    """The day that open periods end on: that of the register, else one that the reading proposed."""
    known = reference.documents.get(document.sha256) or reference.documents.get(document.file_name)
    if known:
        return known.date
    proposed = {evidence.name: evidence.value for evidence in reversed(document.metadata)}
    for name in ("published_on", "date", "event_on"):
        try:
            return dt.date.fromisoformat(proposed.get(name, "")[:10])
        except ValueError:
            continue
    return None


LONGEST_ID = 100
"""Characters of a key made of a file name: files beside the proposals have longer names than the document."""


def document_id(document: TextDocument, reference: Reference) -> str:
    """The registered key of a document by its hash or name, else a key made of its file name."""
    known = reference.documents.get(document.sha256) or reference.documents.get(document.file_name)
    if known:
        return known.document_id
    key = slug(PurePath(document.file_name).stem)
    if 0 < len(key) <= LONGEST_ID:
        return key
    return f"{key[:LONGEST_ID].strip('-') or 'document'}-{hashlib.sha256(document.file_name.encode()).hexdigest()[:8]}"


_ABOUT = re.compile(r"[\W_]*About\s+(?:the\s+)?(?=[A-Z])")


class _Reader:
    """One pass over one document."""

    def __init__(self, document: TextDocument, reference: Reference) -> None:
        self.document, self.reference, self.text = document, reference, document.text
        self.date = document_date(document, reference)
        self.year = self.date.year if self.date else None
        self.mentions = find_mentions(self.text, reference, [block.span.start for block in document.blocks])
        self.mention_starts = [mention.start for mention in self.mentions]
        self.number_places = number_places(self.text)
        self.addresses = find_addresses(self.text)
        self.address_starts = [start for start, _ in self.addresses]
        self.facts: dict[str, OperationFacts] = {}
        self.operations = [mention for mention in self.mentions if mention.is_operation]
        self.setting = Setting(own_body(document, self.mentions, reference))
        self.place = Place(own=self.setting.own, only=operation_told_of(self.text, self.operations))
        self.setting.writer = writer_of(document, self.mentions, self.setting.own)
        self.setting.own = self.setting.own or self.setting.writer
        self.setting.listed = participants(document, self.mentions)
        self.claims: list[ProposedClaim] = []
        self.left_out: list[LeftOut] = []

    def read(self) -> Extraction:
        told: Told | None = None
        self._read_facts()
        for number, block in enumerate(self.document.blocks):
            if block.kind in ("furniture", "heading"):
                if block.kind == "heading":
                    named = [m for m in self._mentions(block.span.start, block.span.end) if m.is_operation]
                    self.place.enter(block, number, self.text, named)
                self._leave_block(block)
                continue
            self._listen(block)
            if self._is_boilerplate(block):
                self._leave_block(block, "boilerplate")
                continue
            if block.kind != "paragraph":
                told = None  # an item of a list speaks for itself, a paragraph goes on from the one before
            area = self._area(block)
            opening = self._opening(block)
            noise = [span for span in block.noise if span.end - span.start > 3]
            preceding: Span | None = None
            for sentence in block.sentences or (block.span,):
                for span in self._pieces(sentence):
                    told = self._sentence(span, block, area, told, preceding, opening, noise)
                    preceding = span
            if block.kind != "paragraph":
                told = None
        key = document_id(self.document, self.reference)
        left_out = tuple(sorted(self.left_out, key=lambda left: left.span.start))
        return Extraction(key, self.document.file_name, tuple(tie_totals(self.text, self.claims)), left_out)

    def _read_facts(self) -> None:
        """What the whole document says of its operations; it may name their leads after their figures."""
        if not self.operations:
            return
        for block in self.document.blocks:
            names = self._mentions(block.span.start, block.span.end)
            if block.kind in ("furniture", "heading") or not any(mention.is_operation for mention in names):
                continue
            for sentence in block.sentences or (block.span,):
                for span in self._pieces(sentence):
                    mentions = self._mentions(span.start, span.end)
                    if any(mention.is_operation for mention in mentions):
                        read_facts(self.text, span.start, span.end, mentions, self.facts, self.reference,
                                   self.year, self.operations)  # fmt: skip

    def _listen(self, block: Block) -> None:
        """Who speaks in this block: the next speaker of a transcript, or who is quoted."""
        if block.kind == "paragraph" and block.label and block.label.slice(self.text).strip(" :*").isupper():
            self.place.is_told = False
            self.setting.turn(block.label.slice(self.text).strip(" :*"))
        start, end = block.span.start, block.span.end
        is_quoted = self.text.find("“", start, end) >= 0 or self.text.find('"', start, end) >= 0
        self.setting.quoted, self.setting.is_quoting = None, is_quoted
        self.place.is_quoting = is_quoted
        if is_quoted:
            mentions = self._mentions(start, end)
            self.setting.quoted = quoted_body(self.text, block, mentions, self.setting.own)

    def _mentions(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]

    def _pieces(self, sentence: Span) -> Iterator[Span]:
        """A sentence, or the pieces of one that is too long to be a sentence, cut where a space or a number stands."""
        start, end = sentence.start, sentence.end
        places = self.number_places
        at = bisect_left(places, start)
        if end - start <= LONGEST and not (at + MOST_NUMBERS < len(places) and places[at + MOST_NUMBERS] < end):
            yield sentence
            return
        while True:
            crowded = at + MOST_NUMBERS < len(places) and places[at + MOST_NUMBERS] < end
            limit = places[at + MOST_NUMBERS] if crowded else end
            if limit - start > LONGEST:
                cut = self.text.rfind(" ", start + LONGEST // 2, start + LONGEST)
                limit = cut if cut > start else start + LONGEST
            yield Span(start, limit)
            if limit >= end:
                return
            start = limit
            at = bisect_left(places, start, at)

    def _is_boilerplate(self, block: Block) -> bool:
        """Whether a block tells what a body is, as under every one of its releases: “About the Sample Bureau”."""
        above = block.headings[-1] if block.headings else ""
        if (found := _ABOUT.match(above.strip(" *#_"))) and (above[found.end() :] and self._names_body(above)):
            return True
        start = block.span.start
        found = _ABOUT.match(self.text, start)
        if found is None or self.text.find(":", found.end(), found.end() + 80) < 0:
            return False
        return bool(self._mentions(found.end(), found.end() + 60))

    def _names_body(self, heading: str) -> bool:
        return bool(find_mentions(heading, self.reference))

    def _leave_block(self, block: Block, reason: str = "") -> None:
        reason = reason or ("heading" if block.kind == "heading" else f"furniture:{block.reason}")
        for match in find_numbers(self.text, self.number_places, block.span.start, block.span.end):
            figure = read_figure(match)
            if figure and not (figure.is_word and figure.is_small):
                self._leave(figure, reason)

    def _leave(self, figure: Figure, reason: str) -> None:
        self.left_out.append(LeftOut(Span(figure.start, figure.end), figure.verbatim, "no_claim", reason))

    def _area(self, block: Block) -> str | None:
        for heading in reversed(block.headings):
            folded = fold(heading).lower().strip(" :–-*#")
            if folded in self.reference.areas:
                return self.reference.areas[folded]
        return None

    def _sentence(
        self, span: Span, block: Block, area: str | None, previous: Told | None, preceding: Span | None,
        opening: Told | None, noise: list[Span],
    ) -> Told:  # fmt: skip
        text, start, end = self.text, span.start, span.end
        mentions = self._mentions(start, end)
        number = bisect_left(self.number_places, start)
        if not mentions and (number == len(self.number_places) or self.number_places[number] >= end):
            return NOTHING
        if mentions:
            self.setting.note_staff(text, mentions)
            self.setting.hear(text, start, end, mentions, self.reference)
            self.place.asker = asker_in(text, start, end, mentions) or self.place.asker
        matches = [
            match for match in find_numbers(text, self.number_places, start, end) if not self._in_address(match.start())
        ]
        noise = noise[bisect_left(noise, start, key=_start) : bisect_left(noise, end, key=_start)]
        if noise:
            matches = [m for m in matches if not any(s.start <= m.start() < s.end for s in noise)]
        dates = find_dates(text, start, end, self.year) if matches else []
        if noise:
            dates = [d for d in dates if not any(s.start <= d.start < s.end for s in noise)]
        figures = self._figures(matches, mentions, dates, block, start, end)
        if not figures and not mentions:
            return NOTHING
        actors = self._actors(span, mentions)
        if not figures:
            return Told(actors, [m for m in mentions if m.is_operation])
        dates = [d for d in dates if not any(d.start <= f.start < d.end for f in figures)]
        marks: list[tuple[int, int, str, object]] = [(f.start, f.end, "figure", f) for f in figures]
        marks += [(d.start, d.end, "date", d) for d in dates]
        marks += [(m.start, m.end, "name", m) for m in mentions]
        marks += [(s.start, s.end, "noise", None) for s in noise]
        tokens = tokenize(text, start, end, marks)
        index = {token.start: at for at, token in enumerate(tokens) if token.kind == "figure"}
        for lost in [figure for figure in figures if figure.start not in index]:
            self._leave(lost, "inside-another-expression")
        figures = [figure for figure in figures if figure.start in index]
        scope = Scope(
            text, span, block, area, self.date, self.reference, self.facts, mentions, dates, figures, tokens, index,
            actors, previous, preceding, opening, self.operations, self.claims, self.place,
        )  # fmt: skip
        told = read_sentence(scope, self.left_out)
        named = told.operations if not scope.place.section else []
        self.place.note(named, scope.has_times, bool(told.claims))
        self.claims += told.claims
        return told

    def _opening(self, block: Block) -> Told | None:
        """What the opening of a list says for its items: operations, bodies, a time."""
        span = block.opening
        if span is None:
            return None
        mentions = self._mentions(span.start, span.end)
        told = Told(self._actors(span, mentions), [m for m in mentions if m.is_operation])
        dates = find_dates(self.text, span.start, span.end, self.year)
        times = Clock(self.text, span.start, span.end, dates, self.date).times
        told.period = times[0][2] if times else None
        return told

    def _actors(self, span: Span, mentions: list[Mention]) -> Callable[[], Actors]:
        """The bodies of a sentence, sorted when they are first asked for: most sentences are never asked."""
        found: list[Actors] = []
        setting = self.setting.here()  # as it is here, whenever it is asked for

        def actors() -> Actors:
            if not found:
                found.append(read_actors(self.text, span.start, span.end, mentions, self.reference, setting))
            return found[0]

        return actors

    def _in_address(self, at: int) -> bool:
        index = bisect_left(self.address_starts, at + 1) - 1
        return index >= 0 and self.addresses[index][0] <= at < self.addresses[index][1]

    def _figures(
        self,
        matches: list[re.Match[str]],
        mentions: list[Mention],
        dates: list[When],
        block: Block,
        start: int,
        end: int,
    ) -> list[Figure]:
        """The numbers of a sentence that nothing in the characters around them rules out."""
        kept: list[Figure] = []
        referenced = -1
        for match in matches:
            figure = read_figure(match)
            if figure is None:
                continue
            take_doses(self.text, figure, start, end)
            if kept and (link := RANGE.fullmatch(self.text, kept[-1].end, figure.start)):
                share_unit(self.text, kept[-1], figure, link)
            reason: str | None
            if any(m.start <= figure.start < m.end for m in mentions):
                reason = "part-of-a-name"
            elif any(d.start <= figure.start < d.end and not _is_counted_year(d, figure) for d in dates):
                reason = "date"
            elif referenced >= 0 and LISTED.fullmatch(self.text, referenced, figure.start):
                reason = "reference"
            else:
                reason = why_no_figure(self.text, figure, block.span.start)
            if reason:
                self._leave(figure, reason)
                referenced = figure.end if reason == "reference" else -1
            else:
                kept.append(figure)
        return kept


def _start(span: Span) -> int:
    return span.start


def _is_counted_year(when: When, figure: Figure) -> bool:
    """A bare number like a year is a figure where a unit word or a currency says so."""
    return when.kind == "year" and bool(figure.unit_word or figure.is_money)
