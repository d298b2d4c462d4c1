"""Names in a text: bodies, operations and places of the reference tables, unseen operations, acronyms it defines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.local_bodies import find_local_bodies
from ingest.extract.reference import Reference, fold
from ingest.scan import alternation

_GAP = r"(?:[^\S\n]|\n(?![^\S\n]*\n)){1,14}"
_REST = r"[\w-]{0,60}"
_WORD = rf"[A-Z0-9]{_REST}"
_TEAM = rf"(?:Enforcement|Interdiction|Suppression|Overdose{_GAP}Response){_GAP}Team"
UNSEEN = re.compile(
    rf"\b(?:Operations?{_GAP}[“\"‘]?(?!Groups?\b|Centers?\b|Division\b|Officers?\b)[A-Z]{_REST}(?:{_GAP}(?:(?:of|the"
    rf"|a|for|in|without|on){_GAP}){{0,2}}(?!Operation\b)[A-Z0-9]{_REST}){{0,4}}"
    rf"|Project{_GAP}(?!Manager|Director|Officer)[A-Z]{_REST}(?:{_GAP}(?:of{_GAP})?[A-Z]{_REST}){{0,3}}"
    rf"|(?:Joint{_GAP}|Federal{_GAP})?Task{_GAP}Force{_GAP}[A-Z]{_REST}"
    rf"|(?:{_WORD}{_GAP}){{1,6}}(?:(?:Task|Strike){_GAP}(?:Force|Group|Team)|{_TEAM}|Initiative|Program|Coalition|Campaign)\b)"
)
"""Names that look like operations, whether or not a table knows them."""
_BEGINNING = re.compile(rf"[A-Z0-9](?<!\w.)(?={_REST}{_GAP}[“\"‘]?[A-Z0-9])")
_KEY = re.compile(
    rf"Operation|Project|(?:Task|Strike){_GAP}(?:Force|Group|Team)|{_TEAM}|Initiative|Program|Coalition|Campaign"
)
"""The word that makes an unseen name one of an operation; the name begins at most `_REACH` characters before it."""
_REACH = 450

_COMMON = ("Program", "Coalition", "Campaign")
"""Words that make a name of an operation only with two more before them."""
_DEPARTMENTS = re.compile(
    r"\bDepartments\s+of\s+(?P<names>[A-Z]\w+(?:\s[A-Z]\w+)?(?:(?:,\s+|,?\s+and\s+)(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?){1,5})"
)
_DEPARTMENT = re.compile(r"[A-Z]\w+(?:\s[A-Z]\w+)?")
_POSSESSIVE = re.compile(r"[’']s?(?!\w)")
_ACRONYM = re.compile(r"[”\"’,]{0,2}\s*\([“\"]?(?P<acronym>[A-Z][A-Za-z&/-]{1,9}\d?)[”\"]?\)")
_CAPITALS = re.compile(r"[A-Z][\w’']+\s+[A-Z][\w’']+\s*\($")
_LEADING = re.compile(r"^(?:The|This|That|Our|A|An|In|On|Since|Under|Through|Of|For|With|As|By|At|From|Both)\s+")
_SLANG = re.compile(r"(?:meth|methamphetamine|crystal)\s*\(?[“\"]?$", re.I)
"""The drug that is called as the bureau is."""
_IGNORED = frozenset(
    "Secretary of State|Secretary of Homeland Security|Secretary of Treasury|Secretary of the Treasury|New Mexico|"
    "Gulf of Mexico|State of the Union|United States Code|United States citizens|Supreme Court|State Police|"
    "Minister of State|Secretaries of State|Head of State|State of Mexico|United States District Court".split("|")
)
IGNORED = re.compile(alternation(_IGNORED, r"(?<!\w.)") + r"\b")
_AMBIGUOUS_STATE = re.compile(r"\s+(?:INL|and|has|have|is|was|will|continues|provided|supported|sponsored"
                              r"|donated|trained"
                              r"|announced|funded|worked|partnered|designated|hosted|offered|delivered|also)\b"
                              r"|’s|'s")  # fmt: skip


@dataclass
class Mention:
    """A name at its place. `ids` are the members it may stand for by kind; an unseen operation has none."""

    start: int
    end: int
    name: str
    agency: str | None = None
    operation: str | None = None
    place: str | None = None
    is_operation: bool = False
    is_possessive: bool = False
    full_name: str = ""
    """The name in the table, or that of which an acronym stands here."""

    @property
    def operation_key(self) -> str:
        """The key of an operation: that of its table, or its name."""
        return self.operation or self.name


def find_mentions(text: str, reference: Reference, breaks: Sequence[int] = ()) -> list[Mention]:
    """Every name in a text, in order and without overlap; longer names and those of the tables first.

    `breaks` are the places where blocks begin: no name reaches over one.
    """
    ignored = {at for match in IGNORED.finditer(text) for at in range(*match.span())}
    found: list[Mention] = []
    for match in reference.names_in(text):
        if match.start("name") in ignored:
            continue
        mention = _known(text, match, reference)
        if mention:
            found.append(mention)
    found = _with_mexican(text, found)
    found = _merge_acronyms(
        text, _with_local(text, _with_departments(text, _with_unseen(text, found, breaks), reference))
    )
    redefined = _redefined(text, found, reference)
    found = [mention for mention in found if mention.name not in redefined]
    return _with_bare_names(text, _with_acronyms(text, found, reference, redefined))


_OPERATION_NAME = re.compile(r"Operation\s+(?P<bare>[A-Z]\w+(?:\s+(?:of\s+|the\s+)*[A-Z]\w+)+)$")


def _with_bare_names(text: str, mentions: list[Mention]) -> list[Mention]:
    """Add later uses of an operation's name without its noun: “Operation Sample Tide … the Sample Tide case”."""
    bare: dict[str, Mention] = {}
    for mention in mentions:
        if mention.is_operation and (found := _OPERATION_NAME.match(mention.name)):
            bare.setdefault(found["bare"], mention)
    if not bare:
        return mentions
    pattern = re.compile(alternation(bare, r"(?<!\w.)") + r"(?!\w)")
    starts = [m.start for m in mentions]
    added = []
    for match in pattern.finditer(text):
        source = bare.get(fold(match[0]))
        at = bisect_right(starts, match.start())
        is_free = (at == 0 or mentions[at - 1].end <= match.start()) and (
            at == len(mentions) or mentions[at].start >= match.end()
        )
        if source and is_free and match.start() > source.end:
            added.append(
                Mention(match.start(), match.end(), source.name, source.agency, source.operation, None, True,
                        bool(_POSSESSIVE.match(text, match.end())), source.full_name)
            )  # fmt: skip
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


def _with_departments(text: str, known: list[Mention], reference: Reference) -> list[Mention]:
    """Add the members of “the Departments of Justice and Homeland Security”, each at its own word."""
    added: list[Mention] = []
    if "Departments" not in text:
        return known
    for match in _DEPARTMENTS.finditer(text):
        for part in _DEPARTMENT.finditer(text, match.start("names"), match.end("names")):
            for name in (f"Department of {part[0]}", f"Department of the {part[0]}"):
                member = next((m for m in reference.names.get(fold(name), ()) if m.kind == "agency"), None)
                if member:
                    first = match.start() if part.start() == match.start("names") else part.start()
                    added.append(Mention(first, part.end(), fold(name), member.ids[0]))
                    break
    if not added:
        return known
    spans = [(m.start, m.end) for m in added]
    kept = [m for m in known if not any(start < m.end and m.start < end for start, end in spans)]
    return sorted([*kept, *added], key=lambda m: m.start)


_MEXICAN = {"National Guard": "guardia-nacional", "Army": "sedena", "Mexican Army": "sedena", "Navy": "semar",
            "Attorney General's Office": "fgr"}  # fmt: skip
_MEXICAN_NAME = re.compile(
    r"[NAM](?<!\w.)(?:(?<=N)ational Guard|(?<=N)avy|(?<=A)rmy|(?<=M)exican Army|(?<=A)ttorney General[’']s Office)\b"
)
_OF_MEXICO = re.compile(r"\bSecurity\s+Cabinet\b|\bMexico\s+City,\s")
_AMERICAN = re.compile(r"(?:U\.S\.|US|(?!The\b|Our\b)\b[A-Z][a-z]+(?:’s|'s)?|State)\s+$")


def _with_mexican(text: str, known: list[Mention]) -> list[Mention]:
    """Add bodies of Mexico by the short names under which a text of its government tells of them."""
    early = {m.agency for m in known if m.agency and m.start < 2500}
    known_here = early & {"sedena", "semar", "fgr", "sspc", "guardia-nacional", "government-of-mexico"}
    is_mexican = len(known_here) > 2 or bool(known_here and _OF_MEXICO.search(text, 0, 1500))
    if not is_mexican and "guardia-nacional" not in known_here:
        return known
    starts = [m.start for m in known]
    added = []
    for match in _MEXICAN_NAME.finditer(text):
        at = bisect_right(starts, match.start())
        if (at and known[at - 1].end > match.start()) or _AMERICAN.search(
            text, max(0, match.start() - 16), match.start()
        ):
            continue
        name = fold(match[0])
        if not is_mexican and name != "National Guard":
            continue
        added.append(Mention(match.start(), match.end(), name, _MEXICAN[name],
                             is_possessive=bool(_POSSESSIVE.match(text, match.end()))))  # fmt: skip
    return sorted([*known, *added], key=lambda m: m.start) if added else known


def _with_local(text: str, known: list[Mention]) -> list[Mention]:
    """Add the bodies that no table knows; their names win over shorter ones inside them."""
    local = find_local_bodies(text)
    if not local:
        return known
    starts = [m.start for m in known]
    dropped: set[int] = set()
    added = []
    for body in local:
        low = max(0, bisect_right(starts, body.start) - 1)
        inside = []
        for at in range(low, len(known)):
            if known[at].start >= body.end:
                break
            if known[at].end > body.start:
                inside.append(at)
        if any(known[at].start <= body.start and known[at].end >= body.end for at in inside):
            continue  # a table knows it
        dropped.update(inside)
        added.append(Mention(body.start, body.end, body.name, body.key,
                             is_possessive=bool(_POSSESSIVE.match(text, body.end))))  # fmt: skip
    kept = [m for at, m in enumerate(known) if at not in dropped]
    return sorted([*kept, *added], key=lambda m: m.start)


def _known(text: str, match: re.Match[str], reference: Reference) -> Mention | None:
    name = fold(match["name"])
    start, end = match.span("name")
    if name == "State" and (text[max(0, start - 4) : start].rstrip().endswith((" of", " U.S.", "each", "very")) or not
                            _AMBIGUOUS_STATE.match(text, end)) and not text[max(0, start - 12):start].rstrip().endswith(
                                ("across", "from", "by", "with", "at")):  # fmt: skip
        return None
    if name == "ICE" and _SLANG.search(text, max(0, start - 20), start):
        return None
    mention = Mention(start, end, name, is_possessive=bool(_POSSESSIVE.match(text, end)))
    for member in reference.names[name]:
        if member.kind == "agency":
            mention.agency = mention.agency or member.ids[0]
        elif member.kind == "operation":
            mention.operation, mention.is_operation = mention.operation or member.ids[0], True
            mention.full_name = reference.operations[mention.operation]["operation_name"]
        else:
            mention.place = mention.place or member.ids[0]
    return mention


def _redefined(text: str, mentions: list[Mention], reference: Reference) -> set[str]:
    """Acronyms that this text gives another meaning: “Regional Finance Board (DEA)” is not the known one."""
    redefined: set[str] = set()
    for mention in mentions:
        if (
            mention.name.isupper()
            and text[mention.start - 1 : mention.start] == "("
            and text[mention.end : mention.end + 1] == ")"
        ):
            words = set(re.findall(r"[a-z]{4,}", text[max(0, mention.start - 110) : mention.start].lower()))
            names = " ".join(
                [reference.agencies[mention.agency]["agency_name"] if mention.agency in reference.agencies else "",
                 " ".join(reference.operations[mention.operation].values()) if mention.operation else ""]
            )  # fmt: skip
            known = set(re.findall(r"[a-z]{4,}", names.lower()))
            if not words & known and _CAPITALS.search(text[max(0, mention.start - 60) : mention.start]):
                redefined.add(mention.name)
    return redefined


def _merge_acronyms(text: str, mentions: list[Mention]) -> list[Mention]:
    """A name and the acronym in parentheses after it are one mention."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if (
            before
            and mention.start - before.end <= 4
            and (before.agency or before.operation)
            and (mention.agency, mention.operation) == (before.agency, before.operation)
            and text[mention.end : mention.end + 1] == ")"
            and "(" in text[before.end : mention.start]
        ):
            before.end = mention.end + 1
            before.is_possessive = before.is_possessive or bool(_POSSESSIVE.match(text, before.end))
        else:
            kept.append(mention)
    return kept


def _with_unseen(text: str, known: list[Mention], breaks: Sequence[int]) -> list[Mention]:
    """Add operations that no table knows. One whose name a table knows stays as it is."""
    operations = [m for m in known if m.is_operation]
    ends = [m.end for m in operations]
    added = []
    for match in _unseen(text):
        start, end = match.span()
        if (cut_at := bisect_right(breaks, end - 1)) and breaks[cut_at - 1] > start:
            middle = breaks[cut_at - 1]
            whole = UNSEEN.match(text, start, middle) or UNSEEN.match(text, middle)
            if whole is None:
                continue
            match, (start, end) = whole, whole.span()
        if cut := _LEADING.match(match[0]):
            start += cut.end()
        at = bisect_right(ends, start)
        if at < len(operations) and operations[at].start < end:
            continue
        name = fold(text[start:end]).replace("“", "").replace('"', "")
        if len(name.split()) < (3 if name.endswith(_COMMON) else 2) or name in ("Task Force", "Strike Force"):
            continue
        added.append(Mention(start, end, name, is_operation=True, is_possessive=bool(_POSSESSIVE.match(text, end))))
    if not added:
        return known
    starts = [m.start for m in added]
    kept = []
    for mention in known:
        at = bisect_right(starts, mention.start) - 1
        if at < 0 or added[at].end < mention.end:
            kept.append(mention)
    return sorted([*kept, *added], key=lambda m: m.start)


def _unseen(text: str) -> Iterator[re.Match[str]]:
    """What `UNSEEN` finds in a text, which is looked at only around the words that make such names."""
    at = 0
    for key in _KEY.finditer(text):
        for place in _BEGINNING.finditer(text, max(at, key.start() - _REACH)):
            if place.start() > key.start():
                break
            if place.start() >= at and (match := UNSEEN.match(text, place.start())):
                yield match
                at = match.end()


def _with_acronyms(text: str, mentions: list[Mention], reference: Reference, redefined: set[str]) -> list[Mention]:
    """Add later uses of the acronyms that the text itself defines after a name."""
    defined: dict[str, Mention] = {}
    for mention in mentions:
        if mention.agency or mention.is_operation:
            match = _ACRONYM.match(text, mention.end)
            is_free = match and (match["acronym"] not in reference.names or match["acronym"] in redefined)
            if match and is_free and match["acronym"] not in ("US", "U.S", "FY"):
                defined.setdefault(match["acronym"], mention)
    if not defined:
        return mentions
    taken = {m.start for m in mentions}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(defined, key=len, reverse=True)))})\b")
    added = []
    for match in pattern.finditer(text):
        source = defined[match[0]]
        if match.start() > source.end and match.start() not in taken:
            added.append(Mention(match.start(), match.end(), source.name, source.agency, source.operation, None,
                                 source.is_operation, bool(_POSSESSIVE.match(text, match.end()))))  # fmt: skip
    return sorted([*mentions, *added], key=lambda m: m.start)
