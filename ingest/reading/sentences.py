"""Sentences of a block, with exact spans.

Belongs here: what ends an English sentence. Not here: where a block begins and ends (`lines`), what it is.
A full stop ends nothing after a title or before a small letter; after an abbreviation that may stand last (U.S., a.m.,
Inc.) only where the next word is one that sentences begin with. So a doubtful border joins: a figure is lost from its
subject by a wrong cut, while a sentence too long costs little.
"""

from __future__ import annotations

import re

from ingest.reading.model import Span

CLOSERS = "\"'”’»)\\]*_"
STOP = re.compile(
    r"[.!?…•▪◦●■‣](?:(?<=[.!?…])[.!?…]{0,5}(?:(?<=[a-z)”][.])(?:\[?\d{1,2}\]?)(?=\s))?"
    rf"(?:[{CLOSERS}]|</?[a-zA-Z]{{1,6}}>){{0,12}}(?=\s|\\\n)"
    r"|(?<=[a-z]{4}\.)(?=(?:The|This|These|That|In|It|We|He|She|They|Of|On|At)\s)"
    r"|(?<=\s[•▪◦●■‣])(?=\s))"
)
"""Candidates: stops with their footnote mark and closing quotes, before white space; bullets inside a line."""
TOKEN_BEFORE = re.compile(r"[^\s(\[“\"‘*_/—–]*$")
NEXT = re.compile(r"[\s\"'“‘«(\[*_#>\\]*(?:<[a-z]{1,6}>)*[\"'“‘«(\[*_]*([^\W_]+(?:[’'][^\W_]+)?|\S)?")

NEVER_LAST = frozenset(
    "dr mr mrs ms mx prof gen sen rep reps sens gov lt col sgt maj capt cmdr adm cpl det insp hon rev fr st ste mt ft "
    "messrs pres supt asst assoc dep dir amb sec secs art arts fig figs vol vols pp para paras vs v cf e.g i.e eg ie "
    "approx est ca viz al lic ing sr sra srta dra gral".split()
)
"""Abbreviations that stand before what they belong to (`lic`, `ing`, `gral`, `sra` are Mexican titles)."""
BEFORE_NUMBER = frozenset(
    "no nos p ch sec secs art arts fig vol tit cl jan feb mar apr jun jul aug sept sep oct nov dec "
    "pub l stat núm".split()
)
"""Abbreviations that stand before a number; elsewhere they may be words (`No.`, `sec.`)."""
MAY_BE_LAST = frozenset(
    "u.s u.s.a u.n e.u u.k d.c p.r e.o a.m p.m inc corp co ltd llc jr sr esq etc ph.d m.d j.d b.s c.v s.a a.c "
    "dept bros univ ave blvd rd gov't int'l assn".split()
)
"""Abbreviations that stand inside a sentence or at its end: the next word tells."""
STARTERS = frozenset(
    "The A An This That These Those It He She They We I You Who What When Where Why How In On At As For From To By "
    "With Since Between During After Before While If Although Though However Moreover Also And But Or So Together Both "
    "Each Every All Many Most Some Several Such Our Their His Her Its My Your There Here Through Throughout Under Over "
    "Once Until Today Yesterday Meanwhile Additionally Furthermore Following According Because Despite Instead Last "
    "Next Earlier Later Now Then Thus Therefore Finally First Second Third Other Another Any No Not Only Upon Within "
    "Without Across Along Among Using Based Given Is Are Was Were Has Have Had Will Would Can Could Should May Do Does "
    "Did We’re We’ve It’s That’s There’s I’m I’ll We'll I've They’re".split()
)
"""Words that begin sentences, and names hardly ever."""
LEAD = re.compile(r"(?:[\s*_#>•▪◦●■‣\u2060\ufeff]|\\(?=[\s*#])|<(?:/?[a-zA-Z]{1,6}|br ?/)>)*")
TAIL = "\u2060\ufeff*_#\\"


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences of `text[start:end]` in order, without surrounding space and marks of emphasis."""
    found: list[Span] = []
    begin = start
    for stop in STOP.finditer(text, start, end):
        at = stop.start()
        cut = at if text[at] in "•▪◦●■‣" else stop.end()
        if cut >= end or not is_border(text, begin, at, stop.end(), end):
            continue
        append_trimmed(found, text, begin, cut)
        begin = cut
    append_trimmed(found, text, begin, end)
    return tuple(found)


def append_trimmed(found: list[Span], text: str, start: int, end: int) -> None:
    begin = start
    while begin < end and text[begin].isspace():
        begin += 1
    if begin < end and not text[begin].isalnum() and (lead := LEAD.match(text, begin, end)):
        begin = lead.end()
    rest = text[begin:end].rstrip()
    while rest and rest[-1] in TAIL:
        rest = rest.rstrip(TAIL).rstrip()
    if rest:
        found.append(Span(begin, begin + len(rest)))


def is_border(text: str, begin: int, at: int, after: int, end: int) -> bool:
    """Whether the stop at `at`, whose quotes close at `after`, ends the sentence that began at `begin`."""
    mark = text[at]
    if mark in "•▪◦●■‣":
        return True
    following = NEXT.match(text, after, min(end, after + 80))
    word = following.group(1) if following else None
    if not word:
        return True
    first = word[0]
    if first.islower():
        return False
    if mark == "." and first in "–—-" and following and "\n" not in text[after : following.start(1)]:
        return False  # a dash in the line goes on: “SAMPLETON, Ariz. – Officers …”
    if mark != "." or text.startswith("..", at):
        return True
    low = max(begin, at - 24)
    token = text[low:at]
    match = TOKEN_BEFORE.search(token)
    token = match.group() if match else token
    if not token:
        return True
    known = token.rstrip(".,;:").lower()
    if first.isdigit() and known in BEFORE_NUMBER:
        return False
    if known in NEVER_LAST:
        return False
    if len(token) <= 3 and token.isdigit():  # the number of an item ("1. Protect"), not the end of a sentence
        lead = LEAD.match(text, begin, at)
        return (lead.end() if lead else begin) < at - len(token)
    if known in MAY_BE_LAST or is_initial(token):
        return word in STARTERS
    return True


def is_initial(token: str) -> bool:
    """One letter, or letters with stops between: `G`, `J.R`, `U.S.M`, `U.S.-U.K`."""
    if len(token) == 1:
        return token.isupper() and token != "I"
    return len(token) <= 9 and token[-2] in ".-" and all(len(part) <= 1 for part in re.split(r"[.-]", token))
