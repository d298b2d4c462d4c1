"""The subject of a figure that is no commodity, among the members of the reference table.

The noun that was counted comes first, then what the act is about; an act whose noun says all (“arrests”) is its own
subject. Where no member fits, there is none.
"""

from __future__ import annotations

import re

from ingest.extract.commodities import named_things
from ingest.extract.context import Scope
from ingest.extract.figures import Figure
from ingest.extract.model import Grade
from ingest.extract.reference import Reference
from ingest.extract.tokens import NounPhrase

OWN_SUBJECT = {
    "arrest": "arrests", "warrant": "arrest-warrants", "conviction": "convictions", "investigation": "investigations",
    "trace": "firearm-traces",
}  # fmt: skip
"""Claim types that are their own subject, whoever was counted."""
DEFAULT_SUBJECTS = {
    "migration_flow": "migrants", "case_support": "cases", "extradition": "extraditions", "removal": "removals",
    "repatriation": "migrants", "charge": "defendants-charged", "lead": "leads",
}  # fmt: skip
"""Claim type → subject where the counted noun names none."""
_PLAIN: dict[tuple[str, str | None], str] = {
    ("charge", "person"): "defendants-charged",
    ("sentence", "term"): "prison-term", ("sentence", "person"): "defendants-sentenced",
    ("designation", "person"): "sanctioned-individuals", ("designation", "body"): "sanctioned-entities",
}  # fmt: skip
"""Claim type and kind of the counted → subject, where the two together say it."""
_ONLY_FOR = {
    "sanctioned-individuals": ("designation",), "sanctioned-entities": ("designation",),
    "sanctioned-parties": ("designation",), "wanted-individuals": ("removal", "extradition", "repatriation"),
    "suspected-human-traffickers": ("target",), "suspected-arms-traffickers": ("target",), "arrests": ("arrest",),
    "convictions": ("conviction",), "fentanyl-seizure-targets": ("target",), "fentanyl-related-leads": ("lead",),
    "defendants-charged": ("charge",), "people-reached": ("beneficiary", "outreach", "funding"),
    "law-enforcement-agencies": ("coverage", "other", "training", "beneficiary", "funding", "award", "donation"),
    "population": ("other", "outreach", "beneficiary", "coverage"),
    "cases": ("case_support", "charge", "conviction", "other"),
}  # fmt: skip
"""Subjects whose alias is a common noun (“individuals”), and the claim types for which it means them."""
_TOPICS = ("capacity-building",)
_TRAINING_TOPICS = ("capacity-building", "assistance")
_NO_TOPIC = ("courses-and-workshops", "law-enforcement-training", "youth", "civil-society", "governance")
COURT_PURPOSES = ("court-and-rewards",)
PURPOSES = ("public-health", "capacity-building", "assistance", "security-programmes", *COURT_PURPOSES)
"""Groups of subjects that money is given for."""
_ALL_HEALTH = "public-health-interventions"
_HELPED = ("human-rights", "assistance", "public-health", "capacity-building")
_ANYONE = frozenset(
    "individuals individual people persons participants beneficiaries recipients clients members".split()
)
_OFFICIALS = re.compile(
    r"\b(?:officers?|officials?|agents?|police|prosecutors?|judges?|personnel|investigators?|deputies|inspectors?|analysts?)\b",
    re.I,
)
_DEATHS = re.compile(r"\b(?:deaths?|overdos\w+|fatalit\w+|poisonings?|died|dying)\b", re.I)
_FATAL = re.compile(r"\b(?:deaths?|fatal\w*|died|killed|lethal|deadly|lost)\b", re.I)
_OPIOIDS = re.compile(r"\b(?:fentanyl|opioids?)\b", re.I)
_RELEASE = re.compile(r"\s+(?:of|on)\s+(?:supervised\s+release|probation|parole)\b")
AND_BODIES = re.compile(
    r"^\s+(?:[a-z-]+\s+){1,2}and\s+(?:(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)[a-z-]+\s+)?(?:entities|companies|organizations|businesses|firms)\b"
    r"|^\s+(?:entities|companies|organizations)\s+and\s+(?:individuals|persons|people)\b"
)
"""Persons and bodies counted in one number."""
_KILLED = re.compile(
    r"^\s+(?:\w+\s+){0,4}?(?:were|was|been|be)\s+(?:\w+\s+)?(?:killed|murdered|slain)\b"
    r"|^\s+(?:\w+\s+){0,4}?losing\s+their\s+lives\b"
)
_KILLED_BY = re.compile(r"\b(?:fentanyl|opioids)\b.{0,70}\bkill(?:s|ed|ing)\s+(?:\S+\s+){0,2}$", re.I)
_KIDNAPPED = re.compile(r"\b(?:kidnapping\s+of|kidnapped|abducted)\b")
_WANTED = re.compile(r"\b(?:wanted|fugitives?)\b")
_FORCES = re.compile(r"\b(?:National\s+Guard|Army|Navy|troops|soldiers|marines|guardsmen)\b")
_SECURITY = frozenset("agents officers troops soldiers marines guards guardsmen deputies police personnel".split())
_HIRED = re.compile(r"\b(?:hir(?:e|ed|es|ing)|deploy\w*|additional|station\w*|sen[dt]s?|sending|[Bb]order)\b")
_TRAFFICKED = re.compile(r"^\s+(?:\w+\s+){0,4}?(?:subjected\s+to|trapped\s+in|victims?\s+of)\b")
_TREATED = re.compile(
    r"\b(?:need(?:ed|s|ing)?|received?|receiving|sought|seeking|entered|accessed)\s+(?:\w+\s+){0,2}treatment\b"
)
_ON_TOPIC = re.compile(r"\bon\s+(?P<what>[^.;]{3,70})")
_VISAS = re.compile(r"\bvisa\s+restrictions\b", re.I)
_BESIDE = re.compile(r"[^.;]*(?:[,–—(-]\s*(?:which\s+is\s+|or\s+)?(?:an?|up|down)\s+(?:\S+\s+){0,2}|\s[–—-]\s+)$")
_CHANGED_IN = re.compile(r"\b(?:in|of)\s+(?:the\s+)?(?:number\s+of\s+)?(?P<what>[^,.;()]+)")
_CHANGE_AHEAD = re.compile(r"[^,;.]{0,24}\b(?:increase|decrease|drop|decline|reduction|rise)\b")
_OWN_PURPOSE = re.compile(r"\bfor\s+(?!a\s+(?:combined\s+)?total\b)|\bin\s|\bto\s+[a-z]{3,}")
_VAGUE = frozenset(
    "seizure-events law-enforcement-personnel projects people-reached population grants sites loads-stopped".split()
)
"""Subjects that a change is of only where nothing else is named."""


def subject_of(
    kind: str, phrase: NounPhrase, before: str, after: str, tail: str, reference: Reference, operation: str | None,
    is_term: bool = False,
) -> tuple[str | None, Grade]:  # fmt: skip
    """The subject of a figure that is no commodity. `tail` is what stands between it and the next figure."""
    if kind in ("training", "certification", "event_attendance"):
        return _topic_of_training(phrase, before, after, tail, reference)
    if kind == "charge":
        crimes = _in_groups(tail, ("justice",), reference)
        crimes = [key for key in crimes if reference.subjects[key]["subject_name"].startswith("Charges of")]
        if crimes:
            return crimes[0], Grade(0.85, "crime-named")
    if special := _special(kind, phrase, before, after, reference):
        return special
    plain = _PLAIN.get((kind, "term" if is_term else phrase.kind))
    if plain in reference.subjects:
        return plain, Grade(0.85, "act-and-noun")
    if kind in OWN_SUBJECT and OWN_SUBJECT[kind] in reference.subjects:
        return OWN_SUBJECT[kind], Grade(0.85, "act-is-its-subject")
    named = reference.operations[operation]["operation_name"] if operation else ""
    if described := _described(phrase, f"{before} {phrase.words} {phrase.of} {tail} {named}", reference):
        return described, Grade(0.7, "words-of-its-name")
    if found := _of_noun(kind, phrase, reference):
        return found, Grade(0.8, "noun-named")
    default = DEFAULT_SUBJECTS.get(kind)
    if default in reference.subjects:
        return default, Grade(0.8, "act-is-its-subject")
    if kind in ("beneficiary", "outreach") and (not phrase.words or phrase.head in _ANYONE):
        near = _in_groups(before, _HELPED, reference)[-1:] or _in_groups(after[:120], _HELPED, reference)
        if near:
            return near[0], Grade(0.55, "topic-of-the-sentence")
    return None, Grade(0.2, "noun-not-in-table")


def _special(
    kind: str, phrase: NounPhrase, before: str, after: str, reference: Reference
) -> tuple[str | None, Grade] | None:
    """Subjects that a set phrase gives: supervised release, search warrants, visas refused, deaths."""
    key = None
    if kind == "sentence" and _RELEASE.match(after):
        key = "supervised-release"
    elif kind == "warrant" and "search" in phrase.words.lower():
        key = "search-warrants"
    elif kind == "removal" and _WANTED.search(f"{phrase.words} {after[:20]}"):
        key = "wanted-individuals"
    elif kind == "deployment" and (
        (phrase.head in _SECURITY and _HIRED.search(f"{before[-50:]}{phrase.words}"))
        or (phrase.kind == "person" and _FORCES.search(f"{phrase.words} {phrase.of}"))
        or (phrase.head in _SECURITY and _FORCES.search(before))
    ):
        key = "security-personnel"
    elif kind == "designation" and _VISAS.search(before[-80:]):
        key = "visa-restrictions"
    elif kind == "designation" and phrase.kind in ("person", "body"):
        key = "sanctioned-parties" if AND_BODIES.search(after[:60]) else None
    elif kind == "other" and phrase.kind == "person":
        key = deaths_of(after[:70])
        if key is None and _TRAFFICKED.match(after[:80]):
            key = "victims"
        elif key is None and _TREATED.search(after[:80]):
            key = "treatment"
        if key is None and _KILLED_BY.search(before[-90:]):
            key = "synthetic-opioid-deaths"
        if key is None and _KILLED.search(after[:60]):
            key = "homicides"
        elif key is None and _KIDNAPPED.search(f"{before[-30:]} {after[:60]}"):
            key = "kidnappings"
    elif kind == "beneficiary" and phrase.kind == "person" and _TREATED.search(after[:80]):
        key = "treatment"
    elif phrase.head == "lives" and _OPIOIDS.search(before):
        key = "synthetic-opioid-deaths"
    elif phrase.head in ("overdoses", "overdose") and not _FATAL.search(
        f"{phrase.words} {phrase.of} {before[-60:]} {after[:10]}"
    ):
        return None, Grade(0.3, "overdoses-without-death")
    elif phrase.head in ("deaths", "overdoses", "overdose", "fatalities", "poisonings"):
        key = deaths_of(f"{phrase.words} {phrase.of} {before[-60:]}")
    if key and key in reference.subjects:
        return key, Grade(0.8, "set-phrase")
    return None


def deaths_of(words: str) -> str | None:
    """The subject of deaths by drugs that words speak of; None where they speak of none."""
    if not _DEATHS.search(words):
        return None
    return "synthetic-opioid-deaths" if _OPIOIDS.search(words) else "overdose-deaths"


def _topic_of_training(
    phrase: NounPhrase, before: str, after: str, tail: str, reference: Reference
) -> tuple[str | None, Grade]:
    own = f"{phrase.words} {phrase.of}"
    if (named := _ON_TOPIC.search(tail[:160])) and (found := _in_groups(named["what"], _TOPICS, reference)):
        return found[0], Grade(0.85, "topic-named")
    for text, groups, at in ((own, _TRAINING_TOPICS, 0), (tail, _TOPICS, 0), (before, _TOPICS, -1), (after, _TOPICS, 0),
                             (tail, _TRAINING_TOPICS, 0)):  # fmt: skip
        if found := [key for key in _in_groups(text, groups, reference) if key not in _NO_TOPIC]:
            return found[at], Grade(0.8, "topic-named")
    if _OFFICIALS.search(f"{before[-80:]} {phrase.words}") and "law-enforcement-training" in reference.subjects:
        return "law-enforcement-training", Grade(0.6, "officials-trained")
    return None, Grade(0.2, "no-topic")


def _in_groups(text: str, groups: tuple[str, ...], reference: Reference) -> list[str]:
    return [key for key, _ in reference.topics_in(text) if reference.subjects[key]["subject_group"] in groups]


def _of_noun(kind: str, phrase: NounPhrase, reference: Reference) -> str | None:
    """The subject that the counted noun names; the words before “of” come first, the longest and last name wins."""
    for words in (phrase.words, phrase.of):
        found = [
            (bool(phrase.head) and phrase.head.startswith(match[0].split()[-1][:-1]), len(match[0]), match.start(), key)
            for key, match in reference.topics_in(words)
            if kind in _ONLY_FOR.get(key, (kind,))
        ]
        if found:
            return max(found)[3]
    return None


def _described(phrase: NounPhrase, words: str, reference: Reference) -> str | None:
    """The subject whose own name begins with the counted noun, and whose every other word stands in the sentence."""
    candidates = reference.described.get(phrase.head, ()) if phrase.head else ()
    if not candidates:
        return None
    present = set(re.findall(r"[a-z]+", words.lower())) | {phrase.head}
    best: tuple[int, str] | None = None
    for key, name_words in candidates:
        if name_words <= present and (best is None or len(name_words) > best[0]):
            best = (len(name_words), key)
    return best[1] if best else None


def changed_of(scope: Scope, figure: Figure, tail: str) -> tuple[str | None, str | None, Grade]:
    """What a change is of: the noun after “in the number of”, the figure it stands beside, or before the verb."""
    reference = scope.reference
    before = scope.text[scope.start : figure.start]
    is_ahead = _CHANGE_AHEAD.match(tail) or before[-80:].rstrip().endswith(("by", "of"))
    ahead = _CHANGED_IN.search(tail[:120]) if is_ahead else None
    near = f"{before[-140:].rpartition(';')[2]} {tail[:70]}"
    if (deaths := deaths_of(near)) and deaths in reference.subjects:
        return None, deaths, Grade(0.8, "deaths")
    for words in [ahead["what"]] if ahead else []:
        if found := _change_named(words, reference, is_last=False):
            return *found, Grade(0.8, "changed-noun")
    if found := _change_named(before.rpartition(";")[2], reference, is_last=True):
        return *found, Grade(0.7, "changed-noun")
    return None, None, Grade(0.2, "changed-noun-not-in-table")


def stands_beside(text: str, start: int, figure: Figure) -> bool:
    """Whether a change stands in apposition to the figure that ends at `start`: “seized 90 pounds, up 12 percent”."""
    return bool(_BESIDE.fullmatch(text, start, figure.start))


def _change_named(words: str, reference: Reference, *, is_last: bool) -> tuple[str | None, str | None] | None:
    """The commodity or subject that words name, the first or the last one; a thing comes before a vague subject."""
    subjects = [(match.start(), key) for key, match in reference.topics_in(words)]
    clear = [(at, key) for at, key in subjects if key not in _VAGUE]
    things = named_things(words, reference)
    if is_last:
        if clear and not (things and len(clear) < len(subjects)):
            return None, clear[-1][1]
        if things:
            return things[-1], None
    else:
        first = reference.thing_pattern.search(words.lower())
        if clear and (first is None or clear[0][0] <= first.start()):
            return None, clear[0][1]
        if things:
            return things[0], None
    return (None, subjects[-1 if is_last else 0][1]) if subjects else None


def funded_of(
    scope: Scope, figure: Figure, operation: str | None, purposes: tuple[str, ...]
) -> tuple[str | None, Grade]:
    """What money is for: the subject that bears the operation's name, else a purpose behind or before the amount."""
    reference = scope.reference
    if operation:
        words = set(re.findall(r"[a-z]{3,}", reference.operations[operation]["operation_name"].lower()))
        for key, row in reference.subjects.items():
            if row["subject_group"] not in purposes:
                continue
            if len(words & set(re.findall(r"[a-z]{3,}", row["subject_name"].lower()))) >= 2:
                return key, Grade(0.6, "named-as-the-operation")
    after = scope.text[figure.end : scope.end][:130]
    if found := _in_groups(after, purposes, reference):
        health = {key for key in found if reference.subjects[key]["subject_group"] == "public-health"}
        if len(health) > 2 and _ALL_HEALTH in reference.subjects:
            return _ALL_HEALTH, Grade(0.6, "purposes-of-one-group")
        return found[0], Grade(0.7, "purpose-named")
    earlier = max((other.end for other in scope.figures if other.end <= figure.start), default=scope.start)
    if not _OWN_PURPOSE.search(scope.text, earlier, figure.start):
        earlier = scope.start  # a range or a sum has one purpose
    before = scope.text[earlier : figure.start].rpartition(";")[2][-130:]
    if found := _in_groups(before, purposes, reference):
        return found[-1], Grade(0.55, "purpose-before")
    return None, Grade(0.2, "purpose-not-in-table")
