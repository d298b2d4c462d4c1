"""Bodies that no table knows: police, sheriffs, district attorneys, state patrols, by the pattern of their names.

Their key is made of their name, so that a reviewer sees whom to add. A bare “the Sheriff's Office” is that of the one
county that a text names; where it names several, it stays unnamed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ingest import keys
from ingest.scan import matches

ANCHOR = re.compile(
    r"(?P<police>Police\s+(?:Department|Bureau)\b)"
    r"|(?P<sheriff>Sheriff(?:[’']s?|s[’'])?\s+(?:Office|Department)\b)"
    r"|(?P<attorney>District\s+Attorney(?:[’']s)?(?:\s+Office\b)?)"
    r"|(?P<force>Police(?=\s+(?:and|also|have|has|had|said|[a-z]+ed)\b|,))"
    r"|(?P<unit>(?:Narcotics|Drugs?|Gangs?|Crimes?|Investigations?|Enforcement|Intelligence|Interdiction|Fraud)\s+"
    r"(?:Unit|Bureau|Division|Squad)\b)"
    r"|(?P<office>(?:Department|Division|Bureau|Office)\s+of\s+[A-Z]\w+(?:\s+[A-Z]\w+)?\b|DOJ\b|Attorney\s+General[’']s\s+Office\b)"
    r"|(?P<state>(?:State\s+(?:Police|Patrol|Troopers)|Highway\s+Patrol|Department\s+of\s+Public\s+Safety)\b)"
)
_ANCHOR_BEGINNING = re.compile(
    r"[PSDHNGCIEFBOA](?<!\w.)(?=olice|heriff|istrict|tate|ighway|epartment|arcotics|rug|ang|rime|nvestigation|nforcement"
    r"|ntelligence|nterdiction|raud|ivision|ureau|ffice|OJ|ttorney)"
)
_NAME = re.compile(r"(?:(?:[A-Z][\w-]{1,30}|&|\d{1,2}|(?:of|de|del)(?=\s+[A-Z]))\s+){1,8}$")
_COUNTY_OF = re.compile(r"\bCOUNTY\s+OF\s+((?:[A-Z][A-Z.-]{1,30}[ ]){0,2}[A-Z][A-Z.-]{1,30})\b")
_HEADER = re.compile(r"\b((?:[A-Z][A-Z.-]{1,30}\s+){1,3}?)COUNTY\s+(?:SHERIFF|DISTRICT\s+ATTORNEY)")
_COUNTY = re.compile(r"\b((?:[A-Z][a-z]{1,30}\s+){1,3}?)County\b")
STATES = frozenset(
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana"
    "|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska"
    "|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
    "|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin"
    "|Wyoming".split("|")
)
_NO_FORCE = frozenset(
    "Federal National Military Local State Mexican Border Judicial Municipal Ministerial Community Tribal U.S. Capitol"
    " International".split()
)
"""Words before “Police” that make it no city's."""
_GENERIC = frozenset(
    "Drug Drugs Narcotics Special Major Criminal Crime Crimes Gang Street Violent Central Joint".split()
)
_KNOWN_AS: dict[str, Callable[[list[str]], bool]] = {
    "force": lambda words: _NO_FORCE.isdisjoint(words),
    "office": lambda words: " ".join(words) in STATES,
    "unit": lambda words: not _GENERIC.issuperset(words),
}
"""What must be true of the words before an office that alone would name anything."""
_OPENS = frozenset("the a an this that our in on at by with and from of for since while when after its u.s.".split())
_TITLES = frozenset("Deputy Assistant Chief Former Acting Elected".split())


@dataclass(frozen=True)
class LocalBody:
    """A body at its place; `key` is a slug of its name."""

    start: int
    end: int
    name: str
    key: str


def slug(name: str) -> str:
    """The key of a body or an operation by its name, without the possessive: `Sheriff's Office` → `sheriff-office`."""
    return keys.slug(re.sub(r"[’']s?(?=\s|$)", "", name))


def find_local_bodies(text: str) -> list[LocalBody]:
    """The local bodies of a text, in order."""
    found: list[LocalBody] = []
    county: str | None = None
    is_county_read = False
    for match in matches(ANCHOR, _ANCHOR_BEGINNING, text, 0, len(text)):
        before = _NAME.search(text, max(0, match.start() - 90), match.start())
        words = before[0].split() if before else []
        for at in range(len(words) - 1, -1, -1):
            if words[at].lower() in _OPENS and words[at].lower() != "of":
                words = words[at + 1 :]
                break
        while words and not words[0][0].isupper():
            words.pop(0)
        if words and words[-1] in _TITLES:
            continue  # “Deputy District Attorney Ann Cole” is a person
        kind = match.lastgroup or ""
        if not words and kind in ("sheriff", "attorney"):
            if not is_county_read:
                county, is_county_read = _only_county(text), True
            words_of_name = f"{county} County" if county else ""
        elif not words or (kind in _KNOWN_AS and not _KNOWN_AS[kind](words)):
            continue
        else:
            words_of_name = " ".join(words)
        start = match.start() - (len(before[0]) if before and words else 0)
        if before and words:
            start = text.index(words[0], start)
        office = {"sheriff": "Sheriff", "attorney": "District Attorney"}.get(kind, " ".join(match[0].split()))
        name = f"{words_of_name} {office}".strip()
        found.append(LocalBody(start, match.end(), name, slug(name)))
    return found


def header_body(text: str) -> str | None:
    """The key of the county office that heads a release in capitals (“SAMPLE COUNTY SHERIFF'S OFFICE”)."""
    match = _HEADER.search(text, 0, 1500)
    if match is None:
        return None
    office = "sheriff" if "SHERIFF" in match[0] else "district-attorney"
    return f"{slug(match[1])}-county-{office}"


def _only_county(text: str) -> str | None:
    """The county that a text is about: the one it names, or names most by far."""
    names = Counter(" ".join(match[1].split()) for match in _COUNTY.finditer(text, 0, 200_000))
    for header in (_HEADER, _COUNTY_OF):
        names += Counter(" ".join(match[1].title().split()) for match in header.finditer(text, 0, 1500))
    ranked = names.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]
