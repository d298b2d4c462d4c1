"""Who acts where no body is named: “agents” of the body named with them or that the document is about, “we” of the
one that speaks.

What belongs here: the body behind a common noun or a pronoun. What does not: the part of a body that is named (`who`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.extract.local_bodies import header_body
from ingest.extract.names import Mention
from ingest.extract.reference import Reference
from ingest.reading.model import Block, TextDocument

_STAFF_NOUN = r"agents|officers|deputies|investigators|detectives|troopers|inspectors|prosecutors"
_STAFF_NOUNS = _STAFF_NOUN.split("|")
_AFTER_BODY = re.compile(rf"(?:[’']s?)?\s+(?:special\s+)?(?P<noun>{_STAFF_NOUN})\b", re.I)
_BEFORE_BODY = re.compile(rf"\b(?P<noun>{_STAFF_NOUN})\s+(?:with|from|of|at|assigned\s+to)\s+(?:the\s+)?$", re.I)
_LINKS = ("with", "from", "of", "at", "to", "the")
_ACTING = (
    r"\s+(?:(?:also|later|then|have|has|had|together|subsequently)\s+){0,2}"
    r"(?!(?:and|from|with|who|for|that|are|were|was|is)\b)[a-z]{3,}"
)
_STAFF = re.compile(rf"\b(?P<noun>{_STAFF_NOUN})(?={_ACTING})", re.I)
_CLAUSE_START = re.compile(
    r"(?:^[\W_]*|[,;:–—“\"(.*]\s*|(?P<link>\band)\s+|\b(?:when|where|after|as|that)\s+)"
    r"(?:(?:the|those|federal|special|narcotics|county|city|local|police)\s+){0,3}$",
    re.I,
)
WE = re.compile(
    r"[OoWwTt](?<!\w.)(?:(?<=[Oo])ur\s+(?:office|agency|department|bureau|unit)\b(?=\s+\w)|(?<=[Ww])e(?=[\s’'])"
    r"|(?<=[Tt])his\s+(?:office|agency|department|bureau)\b(?=\s+\w))"
)
OUR = re.compile(
    r"[Oo](?<!\w.)ur\s+(?=(?:\w+\s+){0,4}?(?:offices|officers|agents|deputies|investigators|prosecutors"
    r"|teams?|staff)\b)"
)
UNIT = re.compile(
    r"[Tt](?<!\w.)h(?:e|is)\s+(?P<noun>task\s+force|unit|squad)\b(?=\s+(?:this\s+year\s+)?(?:has|have|also|[a-z]+ed)\b)"
)
_HANDED = re.compile(
    r"\b(?:turn|hand|pass|over\s+to|next|go|hear|welcome|introduce|joined?)\b.{0,120}\b(?:at|of|from"
    r"|with)\s+(?:the\s+)?$",
    re.I | re.S,
)
_SPOKE_FOR = re.compile(
    r"\b(?:we|here)\s+at\s+(?:the\s+)?$|\bI\W{0,2}(?:am|m)\b[^.]{0,60}\b(?:at|of|from"
    r"|with|in\s+charge\s+for|director\s+for|administrator\s+for|secretary\s+for)\s+(?:the\s+)?$",
    re.I,
)
_SAID = re.compile(
    r"[”\"]\s*(?:said|says|added|stated|noted|explained|remarked)\s+(?P<who>[^“”\"]{3,160})"
    r"|(?:^|[.]\s)(?P<who2>[^“”\".]{3,120}?)\s+(?:said|says|added|stated|noted)\s*[:,]?\s*[“\"]"
)
_OWN_TITLE = re.compile(
    r"\b(?:Sheriff|Port\s+Director|Chief|Special\s+Agent\s+in\s+Charge|Director|Commissioner|Administrator|Captain"
    r"|Commander|Superintendent|Field\s+Office\s+Director|District\s+Attorney)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_AT_BEFORE = re.compile(r"\b[Aa]t\s+(?:the\s+)?$")
_WE_AFTER = re.compile(r"\s*,?\s+we\b")
_IS_TOLD_OF = re.compile(r"\s+(?:has|have)\s+been\b|\s+is\b")
_ANYONE = re.compile(r"\b(?:OFFICIAL|MODERATOR|OPERATOR|SPEAKER|REPORTER|QUESTION|PARTICIPANT)\b")
"""Labels of a transcript that stand for several people."""
_PARTICIPANT = re.compile(r"[\W_]*(?:[A-Z][\w.’'-]*\s+){1,4}(?P<surname>[A-Z][\w’'-]+)\s*(?:,|–|—|-|\()\s*(?=\S)")
"""A line of a list of participants: a name, then an office or a body."""
_HEAD_BLOCKS = 30
_NO_STAFF = ("government", "department", "authorities", "international", "association")


def staff_subjects(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Staff as the subject of a clause, with its place: “Deputies also recovered …”, “… when agents searched …”."""
    low = text[start:end].lower()
    if not any(noun in low for noun in _STAFF_NOUNS):
        return
    for match in _STAFF.finditer(text, start, end):
        before = text[start : match.start()][-60:]
        opens = _CLAUSE_START.search(before)
        if opens and not (opens["link"] and re.search(_STAFF_NOUN, before[: opens.start()], re.I)):
            yield match.start(), match["noun"]


@dataclass
class Setting:
    """What stands behind common nouns and pronouns where a sentence is read."""

    own: str | None = None
    staff: dict[str, str] = field(default_factory=dict)
    speaker: str | None = None
    quoted: str | None = None
    next_voice: str | None = None
    is_transcript: bool = False
    is_quoting: bool = False
    writer: str | None = None
    """The body that “we” is where nobody is quoted."""
    name: str = ""
    known: dict[str, str] = field(default_factory=dict)
    """Speakers of a transcript → the body that each spoke for."""
    listed: dict[str, str] = field(default_factory=dict)
    """Surnames in capitals → the body that a list of participants gives each."""

    @property
    def voice(self) -> str | None:
        """The body that “we” stands for."""
        if self.quoted or self.speaker:
            return self.quoted or self.speaker
        return None if self.is_transcript or self.is_quoting else self.writer

    def here(self) -> Setting:
        """A copy that later speakers do not change."""
        copied = object.__new__(Setting)
        copied.__dict__.update(self.__dict__)
        return copied

    def note_staff(self, text: str, mentions: Sequence[Mention]) -> None:
        """Remember whose officers were named: “CBP officers … Officers then found …”."""
        for mention in mentions:
            if mention.agency is None:
                continue
            after = _AFTER_BODY.match(text, mention.end)
            is_behind = text[max(0, mention.start - 40) : mention.start].rstrip().lower().endswith(_LINKS)
            before = _BEFORE_BODY.search(text, max(0, mention.start - 40), mention.start) if is_behind else None
            found = after or before
            if found:
                self.staff[found["noun"].lower()] = mention.agency

    def staff_of(self, noun: str, reference: Reference) -> str | None:
        """The body whose staff a noun means, or None where nothing says so."""
        noun = noun.lower().removeprefix("special ")
        if noun in self.staff:
            return self.staff[noun]
        if self.own is None:
            return None
        row = reference.agencies.get(self.own)
        is_prosecutor = "attorney" in self.own
        if (row and row["agency_kind"] in _NO_STAFF) or is_prosecutor != (noun == "prosecutors"):
            return None
        return self.own

    def hear(self, text: str, start: int, end: int, mentions: Sequence[Mention], reference: Reference) -> None:
        """Follow the speakers of a transcript: who is handed the word, for whom the one who has it speaks."""
        if not self.is_transcript:
            return
        for mention in mentions:
            if mention.agency is None:
                continue
            before = text[max(start, mention.start - 150) : mention.start]
            if _SPOKE_FOR.search(before):
                self.speaker = mention.agency
            elif _HANDED.search(before):
                self.next_voice = mention.agency
            elif self.speaker and _is_below(mention.agency, self.speaker, reference) and not before.strip():
                self.speaker = mention.agency  # the speaker goes on about one bureau of the body

    def turn(self, name: str = "") -> None:
        """Another speaker begins, or one who spoke before goes on."""
        self.is_transcript = True
        if self.name and self.speaker and not _ANYONE.search(self.name):
            self.known[self.name] = self.speaker
        listed = self.listed.get(name.split()[-1]) if name else None
        self.speaker, self.next_voice, self.name = self.next_voice or self.known.get(name) or listed, None, name


def participants(document: TextDocument, mentions: Sequence[Mention]) -> dict[str, str]:
    """The surnames, in capitals, that lines at the head of a document give a body: “Ann Cole, Sample Bureau (SB)”."""
    found: dict[str, str] = {}
    for block in document.blocks[:_HEAD_BLOCKS]:
        line = _PARTICIPANT.match(document.text, block.span.start, block.span.end)
        if line is None or block.span.end - block.span.start > 160:
            continue
        body = next((m.agency for m in mentions if m.agency and line.end() <= m.start < block.span.end), None)
        if body:
            found.setdefault(line["surname"].upper(), body)
    return found


def own_body(document: TextDocument, mentions: Sequence[Mention], reference: Reference) -> str | None:
    """The one body that the title, the head or the publisher of a document names; None where it names several."""
    spans = [e.span for e in document.metadata if e.name in ("title", "publisher") and e.span is not None]
    for block in document.blocks[:12]:
        if block.kind == "paragraph" and block.span.end - block.span.start > 160:
            break
        if block.kind in ("heading", "furniture") and block.reason != "front matter":
            spans.append(block.span)
    named = [
        m.agency
        for span in spans
        for m in mentions
        if m.agency and span.start <= m.start < span.end and not m.place and _is_acting(m.agency, reference)
    ]
    if len(set(named)) == 1:
        return named[0]
    return header_body(document.text) if not named else None


def writer_of(document: TextDocument, mentions: Sequence[Mention], own: str | None) -> str | None:
    """The body that writes as “we”: the one said so (“At the Sample Bureau we …”), the document's own, or the one that
    its first sentence is about."""
    text = document.text
    for mention in mentions:
        if (
            mention.agency
            and _WE_AFTER.match(text, mention.end)
            and _AT_BEFORE.search(text, max(0, mention.start - 8), mention.start)
        ):
            return mention.agency
    if own:
        return own
    if told := _only_body(document, mentions):
        return told
    first = next((block for block in document.blocks if block.kind == "paragraph"), None)
    if first:
        for mention in mentions:
            if mention.start > first.span.start + 40:
                break
            if mention.agency and mention.start >= first.span.start and _IS_TOLD_OF.match(text, mention.end):
                return mention.agency
    return None


def _only_body(document: TextDocument, mentions: Sequence[Mention]) -> str | None:
    """The one body that the first paragraphs of a letter or column name (“Greetings from the Sample Police …”)."""
    prose = [block for block in document.blocks if block.kind == "paragraph"][:3]
    if not prose or not _FIRST_PERSON.search(document.text, prose[0].span.start, prose[-1].span.end):
        return None
    named = {m.agency for m in mentions if m.agency and not m.place and m.start < prose[-1].span.end}
    return named.pop() if len(named) == 1 else None


def quoted_body(text: str, block: Block, mentions: Sequence[Mention], own: str | None) -> str | None:
    """The body of who is quoted in a block: named with the speaker's title, else the document's own."""
    for match in _SAID.finditer(text, block.span.start, min(block.span.end, block.span.start + 3000)):
        group = "who" if match["who"] else "who2"
        start, end = match.span(group)
        inside = [m.agency for m in mentions if m.agency and start <= m.start < end]
        if inside:
            return inside[0]
        if re.search(r"U\.S\.\s+Attorney|United\s+States\s+Attorney", match[group]):
            return "us-attorneys-offices"
        if own and _OWN_TITLE.search(match[group]):
            return own
    return None


def _is_acting(agency: str, reference: Reference) -> bool:
    row = reference.agencies.get(agency)
    return row is None or row["agency_kind"] not in ("government", "authorities", "international", "association")


def _is_below(agency: str, above: str, reference: Reference) -> bool:
    at = reference.parent(agency)
    while at:
        if at == above:
            return True
        at = reference.parent(at)
    return False
