"""The commodity or the subject of a figure, among the members of the reference tables."""

from __future__ import annotations

import re

from ingest.extract.context import Scope
from ingest.extract.figures import Figure
from ingest.extract.lexicon import RHETORICAL
from ingest.extract.model import Grade
from ingest.extract.reference import Reference, fold
from ingest.extract.tokens import NounPhrase

DEFAULT_SUBJECTS = {
    "arrest": "arrests", "warrant": "arrest-warrants", "conviction": "convictions", "investigation": "investigations",
    "migration_flow": "migrants", "trace": "firearm-traces", "case_support": "cases", "extradition": "extraditions",
    "removal": "removals", "repatriation": "repatriations", "charge": "defendants-charged", "lead": "leads",
}  # fmt: skip
FORMS = {"powder": "powder", "pills": "pills", "pill": "pills", "tablets": "pills", "liquid": "liquid"}
_PLAIN: dict[tuple[str, str | None], str] = {
    ("sentence", "term"): "prison-term", ("sentence", "person"): "defendants-sentenced",
    ("designation", "person"): "sanctioned-individuals", ("designation", "body"): "sanctioned-entities",
}  # fmt: skip
"""Claim type and kind of the counted → subject, where the two together say it."""
_ONLY_FOR = {
    "sanctioned-individuals": ("designation",), "sanctioned-entities": ("designation",),
    "wanted-individuals": ("removal", "extradition", "repatriation"), "suspected-human-traffickers": ("target",),
    "suspected-arms-traffickers": ("target",), "arrests": ("arrest",), "convictions": ("conviction",),
    "fentanyl-seizure-targets": ("target",), "fentanyl-related-leads": ("lead",),
}  # fmt: skip
"""Subjects whose alias is a common noun (“individuals”), and the claim types for which it means them."""


def commodity_of(phrase: NounPhrase, figure: Figure, after: str, context: str, reference: Reference) -> str | None:
    """The commodity that a figure measures: named in its phrase, or a form (“pills”) of the drug its list speaks of."""
    if figure.is_money:
        found = reference.thing_pattern.search(after[:60].split(";")[0])
        if found:
            key = reference.things[fold(found[0])]
            if reference.commodities[key]["commodity_kind"] == "money":
                return key
        return "money" if "money" in reference.commodities else None
    words = f"{phrase.words} {phrase.of}".strip()
    matches = list(reference.thing_pattern.finditer(words)) or list(
        reference.thing_pattern.finditer(f"{words.lower()} {words.lower()}s")
    )
    unit = figure.unit_word or ""
    form = next((FORMS[w] for w in re.findall(r"[a-z]+", f"{unit} {words.lower()}") if w in FORMS), None)
    if matches:
        best = max(matches, key=lambda match: len(match[0]))
        key = reference.things[fold(best[0])]
        composed = f"{key}-{form}"
        return composed if form and composed in reference.commodities else key
    if form or unit or phrase.head in RHETORICAL:
        drug = [reference.things[fold(m[0])] for m in reference.thing_pattern.finditer(context)]
        drugs = [key for key in drug if reference.commodities[key]["commodity_kind"] == "drug"]
        if drugs:
            group = reference.commodities[drugs[-1]]["commodity_group"]
            composed = f"{group}-{form}"
            return (
                composed if composed in reference.commodities else (group if group in reference.commodities else None)
            )
    return None


def subject_of(
    kind: str, phrase: NounPhrase, before: str, after: str, tail: str, reference: Reference, operation: str | None,
    is_term: bool = False,
) -> tuple[str | None, Grade]:  # fmt: skip
    """The subject of a figure that is no commodity. `tail` is what stands between it and the next figure.

    Trainings are about their topic, charges about the crime, other acts about their noun; an act whose noun says all
    (“arrests”) is its own subject.
    """

    def topics(text: str, groups: tuple[str, ...]) -> list[str]:
        found = [key for key, _ in reference.topics_in(text)]
        return [key for key in found if reference.subjects[key]["subject_group"] in groups]

    if kind in ("training", "certification", "event_attendance"):
        for text, last in ((f"{phrase.words} {phrase.of}", False), (tail, False), (before, True), (after, False)):
            found = topics(text, ("capacity-building",))
            if found:
                return found[-1 if last else 0], Grade(0.8, "topic-named")
        return None, Grade(0.2, "no-topic")
    if kind == "charge":
        found = topics(tail, ("justice",))
        found = [key for key in found if reference.subjects[key]["subject_name"].startswith("Charges of")]
        if found:
            return found[0], Grade(0.85, "crime-named")
    plain = _PLAIN.get((kind, "term" if is_term else phrase.kind))
    if plain in reference.subjects:
        return plain, Grade(0.85, "act-and-noun")
    if kind == "warrant" and "search" in phrase.words.lower():
        return None, Grade(0.2, "noun-not-in-table")
    words = f"{phrase.words} {phrase.of}"
    found_all = [(len(match[0]), key) for key, match in reference.topics_in(words)]
    found_all = [pair for pair in found_all if _fits(kind, pair[1])]
    named = reference.operations[operation]["operation_name"] if operation else ""
    if described := _described(phrase, f"{before} {words} {tail} {named}", reference):
        return described, Grade(0.7, "words-of-its-name")
    if (
        kind in DEFAULT_SUBJECTS
        and DEFAULT_SUBJECTS[kind] in reference.subjects
        and not (kind in ("case_support",) and found_all)
    ):
        return DEFAULT_SUBJECTS[kind], Grade(0.8, "act-is-its-subject")
    if found_all:
        return max(found_all)[1], Grade(0.8, "noun-named")
    if kind == "beneficiary":
        near = topics(f"{before} {tail}", ("human-rights", "assistance", "public-health"))
        if near:
            return near[-1], Grade(0.5, "topic-of-the-sentence")
    return None, Grade(0.2, "noun-not-in-table")


def _fits(kind: str, subject: str) -> bool:
    return kind in _ONLY_FOR.get(subject, (kind,)) and not (
        subject == "cases" and kind in ("beneficiary", "migration_flow")
    )


def _described(phrase: NounPhrase, words: str, reference: Reference) -> str | None:
    """The subject whose own name begins with the counted noun, and whose every other word stands in the sentence."""
    if phrase.head not in reference.described:
        return None
    present = set(re.findall(r"[a-z]+", words.lower())) | {phrase.head}
    best: tuple[int, str] | None = None
    for key, name_words in reference.described[phrase.head]:
        if name_words <= present and (best is None or len(name_words) > best[0]):
            best = (len(name_words), key)
    return best[1] if best else None


def changed_of(scope: Scope, figure: Figure, tail: str) -> tuple[str | None, str | None, Grade]:
    """What a change is of: the noun after “in the number of”, or before the verb of change."""
    reference = scope.reference
    after = re.search(r"\b(?:in|of)\s+(?:the\s+)?(?:number\s+of\s+)?(?P<what>[^,.;()]+)", tail)
    before = scope.text[scope.start : figure.start]
    texts = (
        [after["what"]]
        if after and re.match(r"[^,;.]{0,24}\b(?:increase|decrease|drop|decline|reduction|rise)\b", tail)
        else []
    )
    if re.search(r"\bdeaths?\b|\boverdos", f"{before[-120:]} {tail[:60]}"):
        return None, None, Grade(0.2, "deaths-not-in-table")
    for words in [*texts, before]:
        first: tuple[int, str | None, str | None] | None = None
        for key, match in reference.topics_in(words):
            first = first or (match.start(), None, key)
            if words is before:
                first = (match.start(), None, key)
        for match in reference.thing_pattern.finditer(words):
            key = reference.things[fold(match[0])]
            if first is None or (match.start() < first[0] if words is not before else False):
                first = (match.start(), key, None)
        if first:
            return first[1], first[2], Grade(0.7, "changed-noun")
    return None, None, Grade(0.2, "changed-noun-not-in-table")


def funded_of(scope: Scope, figure: Figure, operation: str | None) -> tuple[str | None, Grade]:
    """What money is for: a topic after it in its sentence, else the subject that bears the operation's name."""
    after = scope.text[figure.end : scope.end][:110]
    reference = scope.reference
    for key, _ in reference.topics_in(after):
        if reference.subjects[key]["subject_group"] in ("public-health", "capacity-building", "assistance"):
            return key, Grade(0.7, "purpose-named")
    if operation:
        words = set(re.findall(r"[a-z]{3,}", reference.operations[operation]["operation_name"].lower()))
        for key, row in reference.subjects.items():
            if row["subject_group"] not in ("public-health", "capacity-building", "assistance"):
                continue
            if len(words & set(re.findall(r"[a-z]{3,}", row["subject_name"].lower()))) >= 2:
                return key, Grade(0.6, "named-as-the-operation")
    return None, Grade(0.2, "purpose-not-in-table")
