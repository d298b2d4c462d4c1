"""What a figure counts: claim type, commodity or subject, unit, direction, by its noun phrase and what governs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.figures import Figure
from ingest.extract.governing import Governor
from ingest.extract.lexicon import CHANGES, RHETORICAL
from ingest.extract.model import Grade
from ingest.extract.tokens import NounPhrase

PERSON_TYPES = {
    "give": "beneficiary", "beneficiary": "beneficiary", "reach": "beneficiary", "participate": "event_attendance",
    "harm": "other", "destroy": "other", "process": "case_support", "funding": "deployment",
}  # fmt: skip
TYPED = frozenset(
    "seizure arrest charge conviction sentence extradition removal repatriation training certification "
    "event_attendance "
    "designation donation deployment trace target migration_flow award funding".split()
)
FOR_VICTIMS = re.compile(r"\s+(?:\w+\s+)?(?:for|to)\s+(?:\w+\s+){0,2}(?:victims|taxpayers|investors|consumers)\b")
TRACED = re.compile(r"\b(?:followed|traced|tracked)\s+(?:(?:over|nearly|about|some|more\s+than)\s+)?$")
ASSETS_WORTH = re.compile(
    r"\b(?:assets|property|properties|currency|goods)\s+(?:worth|valued\s+at|totaling)\s+(?:\S+\s+){0,3}$"
)
CHARGING = re.compile(
    r"\b(?:indictment|complaint|information)s?\s+(?:also\s+)?(?:names?|lists?|accuses?)\s+(?:\S+\s+){0,3}$"
)
ALSO_PASSIVE = re.compile(r"\s+(?:\w+\s+){0,3}(?:was|were|have\s+been|has\s+been)\s+[a-z]+(?:ed|en)\b")
MEDICINE = re.compile(r"\b(?:vaccines?|naloxone|narcan|medications?|medicines?)\b", re.I)
HANDED_OVER = re.compile(r"\b(?:hand|turn)(?:ed|s|ing)?\s+over\s+(?:\w+\s+){0,2}$")
TRANSFERRED = re.compile(
    r"\b(?:wanted|fugitives?|prisoners?|inmates|extraditable)\b|\bto\s+(?:the\s+)?(?:United\s+States|U\.S\.)", re.I
)
FUNDING_WORDS = re.compile(
    r"\b(?:budget|fund(?:s|ed|ing)?|request(?:s|ed|ing)?|grants?|awards?|awarded|invest\w*|loans?"
    r"|appropriat\w*|allocat\w*"
    r"|million for|billion for|contribut\w*|assistance|donat\w*|provid\w*|dedicated|expend\w*|spent|programs?"
    r"|bill|legislation"
    r"|projects?|initiatives?)\b",
    re.I,
)
SEIZED_MONEY = re.compile(
    r"\b(?:seiz\w+|forfeit\w*|confiscat\w+|proceeds|laundered|laundering|recover\w+|cash|currency|smuggled"
    r"|illicit drugs"
    r"|illegal drugs|illegal assets|assets)\b",
    re.I,
)
COURT_MONEY = re.compile(r"\b(?:(?:fine|judgment|restitution|penalty|assessment)s?\s+of\s+(?:[a-z]+\s+){0,2}"
                         r"|fined\s+(?:[a-z]+\s+){0,2}"
                         r"|ordered\s+(?:[a-z]+\s+){0,3}to\s+pay\s+(?:[a-z]+\s+){0,3})$", re.I)  # fmt: skip
VALUE_OF = re.compile(
    r"\b(?:worth|valued\s+at|value\s+of)\s+(?:(?:an\s+estimated|about|approximately|over|nearly|more\s+than)\s+)*$",
    re.I,
)

CHANGE_BEFORE = re.compile(
    r"\b(?P<word>increase|increases|rise|growth|decrease|decline|declines|reduction|drop|cut|fall)\s+"
    r"(?:in\s+[\w\s]+\s+)?of\s+(?:over\s+|more\s+than\s+|nearly\s+|approximately\s+|about\s+)?$",
    re.I,
)
CHANGE_AFTER = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:[a-z-]+\s+){0,2}?"
    r"(?P<word>increase|decrease|reduction|decline|drop|rise|cut|above|over(?!\s+(?:the\s+)?(?:next|past|last|coming|course|(?:\d+|two|three|four|five|six|ten)\s+(?:years|months))\b)|below|more|less|fewer|growth)\b",
    re.I,
)
FEWER = re.compile(r"\s+(?P<word>fewer|less|more)\s+(?:a|each|every|per)\s+(?:day|week|month|year)\b")
UP_OR_DOWN = re.compile(
    r"\b(?P<way>up|down)\s+(?:by\s+)?(?:(?:more\s+than|over|nearly|about|almost|approximately)\s+)?$", re.I
)
SEIZED = re.compile(
    r"\b(?:seiz\w+|confiscat\w+|forfeit\w*|interdict\w*|intercept\w*|recover(?:ed|y)|contraband"
    r"|(?:off|from)\s+(?:the|our)\s+(?:streets?|roads?|highways?|communities)|pulled\b[^.;]{0,80}\b(?:out\s+of|off|from)\b|(?:has|have|had)\s+(?:(?:been|also)\s+)?(?:secured|taken)|(?:was|were)\s+secured"
    r"|pulled\s+out|took\s+in|turned\s+up)\b",
    re.I,
)
SECURED = re.compile(r"\s+\w+\s+(?:have|has|had|were|was)\s+(?:been\s+)?(?:secured|seized|taken|forfeited)\b")
STREET_VALUE = re.compile(
    r"\b(?:street|retail|market|wholesale)\s+values?\s+of\s+(?:\S+\s+){0,5}$|\b(?:drugs|narcotics|pills|fentanyl|methamphetamine"
    r"|cocaine|heroin|load|ranch|property|house|vehicles?)\b[^.;]{0,60}\b(?:worth|valued\s+at)\s+(?:\S+\s+){0,3}$",
    re.I,
)
TOTAL_VALUE = re.compile(r"\b(?:total|combined)\s+(?:value\s+)?of\s+(?:\S+\s+){0,2}$", re.I)
AND_SENTENCED = re.compile(r"\band\s+(?:was|were|have\s+been)\s+(?:\w+\s+)?sentenced\b")
BEHIND_BARS = re.compile(r"[^.;]{0,90}\bbehind\s+bars\b")
CAPACITY = re.compile(r"\bcapacit(?:y|ies)\s+of\s+(?:\S+\s+){0,2}$", re.I)
GIVEN_UP = re.compile(r"\b(?:gave|give|giving|turned?)\s+(?:up|over)\b|\bforfeit|\bseiz", re.I)
COURT_NOUNS = frozenset("fine fines restitution penalty penalties assessment judgment bond bail bounty".split())
SEIZABLE = frozenset("properties vessels".split())
LEARNERS = frozenset("participants trainees students attendees".split())
TRAININGS = re.compile(r"\b(?:[Tt]rainings?|courses?|workshops?|seminars?|instruction)\b")
SUCCESSFULLY = re.compile(r"\bsuccessfully\s+prosecuted\s+(?:\S+\s+){0,3}$")
FOUND_AGAIN = frozenset("victims victim survivors persons people children minors".split())
TRAVELLERS = frozenset("passengers pedestrians travelers travellers visitors commuters".split())
STAFF = frozenset(
    "deputies officers agents troopers detectives investigators soldiers personnel troops inspectors marshals".split()
)
LOCAL = frozenset(
    "municipalities schools communities clinics courts prisons agencies departments institutions facilities offices "
    "centers hospitals laboratories labs units".split()
)
WHERE = re.compile(
    r"\b(?:in|across|throughout|within|at)\s+(?:(?:over|more\s+than|nearly|about|some|all|at\s+least|approximately|the)\s+)*$"
)
OFFICIALS = frozenset("judges prosecutors attorneys analysts coordinators specialists".split())
PAYS = re.compile(r"\b(?:[Ff]unding|[Ff]unds|[Ii]nvestments?|[Mm]oney|[Rr]equest|[Bb]udget|[Gg]rants?)\b[^.;]{0,40}$")
BESIDE_PLACES = re.compile(r"\b\d+\s+(?:countries|nations|states)\s+(?:and|,)\s+$")
TOOK_PART = re.compile(r"\b(?:involved|took\s+part|participat\w+|joined)\b")

MOVED = re.compile(r"\b(?:transferred|laundered|laundering|wired|moved|smuggled|funneled)\s+(?:\S+\s+){0,2}$")
TRAFFICKING_OF = re.compile(
    r"\b(?:trafficking|smuggling|importation|exportation|distribution|purchase|sale|possession|theft)\s+of\s+(?:\S+\s+){0,2}$"
)
CONTROLLED = re.compile(r"\b(?:control|controlled|schedul\w+|placed|regulat\w+|listed|restricted)\s+(?:\S+\s+){0,2}$")
CHEMICALS = frozenset("chemicals precursors substances analogues".split())
LIVES_LOST = re.compile(
    r"\b(?:claim(?:ed|ing|s)|tak(?:en|es|ing)|took|costs?|costing|lost|loses?|losing)\s+(?:\S+\s+){0,3}$"
)
TRAFFICKED = re.compile(
    r"\b(?:smuggl|import|export|traffick|distribut|produc|manufactur|possess|conspir|s[eo]ld?l?|mov|transport)\w*",
    re.I,
)
TAKEN_IN = re.compile(
    r"\btake?n?\s+into\s+custody\b|\btook\s+into\s+custody\b|\b(?:rounded|picked)\s+up\b|\bunder\s+arrest\b"
)
WARRANTS_FOR = re.compile(r"\bwarrants\b[^.;]{0,50}\bfor\s+(?:another\s+|the\s+other\s+)?$")
PLEADED_OF = re.compile(
    r"\s+of\s+(?:the|those)\s+[\w,]+\s+(?:\w+\s+){1,3}(?:have|had|has)\s+(?:\w+\s+)?ple(?:a)?ded\s+guilty\b"
)
HANDED_OUT = re.compile(r"\b(?:handed|given|gave|passed)\s+out\s+(?:\S+\s+){0,3}$")
OUT_TO = re.compile(r"\b(?:handed|given|gave|passed)\s+out\b[^.;]{0,60}\bto\s+(?:\S+\s+){0,2}$")
KEEPS = re.compile(r"\b(?:has|have|keeps?|maintains?)\s+(?:(?:about|over|nearly|some|more\s+than)\s+)?$")
IN_SERVICE = re.compile(
    r"\s+(?:[\w-]+\s+){1,4}?(?:switched\s+on|in\s+(?:service|use|operation)|up\s+and\s+running|installed|at\s+work)\b"
)
PENDING = re.compile(r"\b(?:pending|backlog|missing|disappear\w*|unsolved)\b", re.I)
MEDIA = re.compile(r"\b(?:campaign|posters?|videos?|social media|radio|messag\w+|broadcast|advert\w+)\b", re.I)


@dataclass(frozen=True)
class What:
    """What was understood of one figure. A `claim_type` of None means that it was not."""

    claim_type: str | None
    direction: str | None
    grade: Grade


def claim_type(
    figure: Figure, phrase: NounPhrase, left: Governor | None, right: Governor | None, before: str, after: str,
    sentence: str,
) -> What:  # fmt: skip
    """The claim type of a figure; `before` and `after` are the sentence on either side of it."""
    if figure.is_percent:
        return _percent(before, after)
    if figure.unit_word in ("hour", "hours"):
        return What("other", None, Grade(0.7, "hours-of-work"))
    if compared := FEWER.match(after):
        way = "increase" if compared["word"] == "more" else "decrease"
        return What("change_rate", way, Grade(0.75, "more-or-fewer-of-a-rate"))
    if figure.is_money:
        return _money(phrase, left, right, before, after, sentence)
    if figure.unit_word in ("month", "months", "year", "years"):
        return What("sentence", None, Grade(0.9, "length-of-a-term"))
    if PLEADED_OF.match(after):
        return What("conviction", None, Grade(0.8, "pleaded-of-those-charged"))
    if phrase.head in ("orders", "order") and "wiretap" in phrase.words.lower():
        return What("warrant", None, Grade(0.8, "wiretap-orders"))
    if phrase.claim_type:
        return _act(phrase, left, right, sentence)
    if change := _change_before(before):
        return What("change_rate", CHANGES.get(change["word"].lower(), "increase"), Grade(0.8, "change-of"))
    if phrase.head == "lives" and LIVES_LOST.search(before[-100:]):
        return What("other", None, Grade(0.7, "lives-lost"))
    if phrase.kind == "person":
        return _person(phrase, left, right, before, after, sentence)
    if phrase.kind == "place":
        return _by_verb(left, "coverage", ("designation", "award"), 0.8, "place-counted")
    if phrase.kind == "body":
        is_taken = SECURED.match(after) or (SEIZED.search(sentence) and not (left and left.kind in TYPED))
        if phrase.head in SEIZABLE and is_taken:
            return What("seizure", None, Grade(0.7, "among-seizures"))
        return _body(phrase, left, right, before, after)
    if phrase.head in RHETORICAL and MEDICINE.search(f"{phrase.words} {phrase.of}"):
        return What("other", None, Grade(0.7, "medicine-given"))
    if phrase.kind == "thing" or figure.unit_word or phrase.head in RHETORICAL:
        if TRAFFICKING_OF.search(before[-100:]):
            return What("other", None, Grade(0.6, "trafficked"))
        if phrase.head in CHEMICALS and CONTROLLED.search(before[-100:]):
            return What("designation", None, Grade(0.7, "chemicals-controlled"))
        return _thing(figure, phrase, left, right, sentence, before, after)
    if phrase.kind == "event":
        return What("outreach", None, Grade(0.8, "event-noun"))
    if left and left.kind == "reach" and not phrase.words and not figure.is_small:
        return What("beneficiary", None, Grade(0.6, "reached-without-a-noun"))
    if left and left.kind in TYPED and left.kind not in ("funding", "sentence"):
        return What(left.kind, None, Grade(0.55, f"verb:{left.word}"))
    if right and right.kind in TYPED and right.is_passive:
        return What(right.kind, None, Grade(0.5, f"verb:{right.word}"))
    if not figure.is_small or phrase.words:
        return What("other", None, Grade(0.3, "unknown-noun"))
    return What(None, None, Grade(0.2, "unknown-noun"))


def _change_before(before: str) -> re.Match[str] | None:
    """“an increase of over …”: looked for where one of its last words stands before the figure."""
    return CHANGE_BEFORE.search(before[-200:]) if before.rstrip()[-13:].lower().endswith(_ENDS_OF_CHANGE) else None


_ENDS_OF_CHANGE = ("of", "over", "than", "nearly", "approximately", "about")


def _percent(before: str, after: str) -> What:
    enclosed = before.rstrip().endswith("(") and re.match(
        r"\s*\)\s+(?:[a-z-]+\s+){0,3}(?P<word>increase|decrease|cut)", after
    )
    if enclosed:
        return What("change_rate", CHANGES[enclosed["word"]], Grade(0.8, "percent-beside-a-change"))
    follows = CHANGE_AFTER.match(after)
    if follows:
        return What("change_rate", CHANGES.get(follows["word"].lower(), "increase"), Grade(0.9, "percent-change"))
    if moved := UP_OR_DOWN.search(before):
        return What(
            "change_rate", "increase" if moved["way"].lower() == "up" else "decrease", Grade(0.85, "up-or-down")
        )
    words = re.findall(r"[a-z]+", before.lower())[-14:]
    for word in reversed(words):
        if word in CHANGES and word not in ("more", "up", "above", "over", "less", "below", "higher", "lower"):
            return What("change_rate", CHANGES[word], Grade(0.85, "percent-of-change"))
        if word in ("from", "to") and re.search(
            r"\bfrom\s+[\d.]+\s*(?:%|percent|per\s+cent)?\s+to\s+$|\bfrom\s+$", before
        ):
            break
    return What("other", None, Grade(0.6, "share"))


_OF_COURTS = ("fine", "judgment", "restitution", "penalt", "assessment", "ordered")


def _money(
    phrase: NounPhrase, left: Governor | None, right: Governor | None, before: str, after: str, sentence: str
) -> What:
    if change := _change_before(before):
        return What("change_rate", CHANGES.get(change["word"].lower(), "increase"), Grade(0.9, "change-of-money"))
    follows = CHANGE_AFTER.match(after)
    if follows and follows["word"].lower() not in ("more", "less", "fewer"):
        return What("change_rate", CHANGES.get(follows["word"].lower(), "increase"), Grade(0.75, "change-of-money"))
    if re.match(r"\s+for\s+every\b", after):
        return What("other", None, Grade(0.6, "rate-of-money"))
    low = before.lower()
    if phrase.head in COURT_NOUNS or (any(word in low for word in _OF_COURTS) and COURT_MONEY.search(before[-100:])):
        return What("other", None, Grade(0.6, "fine-or-restitution"))
    is_valued = "value" in low or "worth" in low
    is_given = left is not None and left.kind in ("funding", "award", "donation")
    if is_valued and not is_given and STREET_VALUE.search(before[-200:]):
        return What("seizure", None, Grade(0.6, "worth-of-what-was-seized"))
    if "$" in before and TOTAL_VALUE.search(before[-100:]) and FUNDING_WORDS.search(before):
        return What("funding", None, Grade(0.6, "sum-of-money-given"))
    if left and left.kind == "seizure" and ASSETS_WORTH.search(before):
        return What("seizure", None, Grade(0.8, "assets-seized"))
    if is_valued and VALUE_OF.search(before[-100:]):
        return What("other", None, Grade(0.5, "value-of-things"))
    near = left.kind if left else None
    if near == "seizure" and left and left.word.startswith("recover") and FOR_VICTIMS.match(after):
        return What("other", None, Grade(0.7, "paid-back"))
    if TRACED.search(before[-100:]):
        return What("investigation", None, Grade(0.6, "money-traced"))
    if MOVED.search(before[-100:]) and not (left and left.kind == "seizure"):
        return What("other", None, Grade(0.6, "money-moved"))
    if near == "seizure" or (right and right.kind == "seizure" and right.is_passive):
        return What("seizure", None, Grade(0.9, "money-seized"))
    if near == "found":
        return What("seizure", None, Grade(0.6, f"verb:{left.word if left else ''}"))
    if near in ("funding", "award"):
        return What("funding", None, Grade(0.9, f"verb:{left.word if left else ''}"))
    if right and right.kind == "funding":
        return What("funding", None, Grade(0.85, f"verb:{right.word}"))
    if re.match(
        r"\s*(?:in|worth\s+of|of)\s+(?:[\w.]+\s+){0,3}(?:cash|currency|proceeds|assets|drugs"
        r"|narcotics)\b",
        after,
    ):
        return What("seizure", None, Grade(0.8, "money-in-cash"))
    if near in ("sentence", "charge", "conviction"):
        return What("other", None, Grade(0.5, "money-of-a-case"))
    if FUNDING_WORDS.search(sentence) and not re.search(r"\b(?:seiz|launder)", f"{before} {after[:220]}"):
        return What("funding", None, Grade(0.75, "money-given"))
    if SEIZED_MONEY.search(f"{before} {after[:60]}"):
        return What("seizure", None, Grade(0.6, "money-among-seizures"))
    return What("other", None, Grade(0.4, "money-unexplained"))


def _act(phrase: NounPhrase, left: Governor | None, right: Governor | None, sentence: str) -> What:
    kind = phrase.claim_type or "other"
    if phrase.head == "counts" and left and left.kind == "conviction":
        return What("conviction", None, Grade(0.7, "counts-of-a-conviction"))
    if left and left.kind == "process" and kind in ("seizure", "arrest", "investigation", "case_support"):
        return What("case_support", None, Grade(0.8, "data-of-acts"))
    if kind == "target":
        for governor in (left, right if right and right.is_passive else None):
            if governor and governor.kind in (
                "designation",
                "arrest",
                "charge",
                "extradition",
                "removal",
                "conviction",
            ):
                return What(governor.kind, None, Grade(0.85, f"verb:{governor.word}"))
    if kind == "case_support":
        if PENDING.search(f"{phrase.words} {phrase.of}"):
            return What("other", None, Grade(0.6, "cases-open"))
        if left and left.kind in ("charge", "conviction") and left.word != "prosecute":
            return What(left.kind, None, Grade(0.6, f"cases-verb:{left.word}"))
    if kind == "outreach" and left and left.kind == "training":
        return What("training", None, Grade(0.7, "training-events"))
    return What(kind, None, Grade(0.95, f"noun:{phrase.head}"))


def _person(
    phrase: NounPhrase, left: Governor | None, right: Governor | None, before: str, after: str, sentence: str
) -> What:
    if phrase.head in TRAVELLERS and left and left.kind == "process":
        return What("other", None, Grade(0.6, "travellers-processed"))
    if TAKEN_IN.search(after[:60]) or TAKEN_IN.search(before[-50:]):
        return What("arrest", None, Grade(0.85, "taken-into-custody"))
    if WARRANTS_FOR.search(before):
        return What("warrant", None, Grade(0.7, "warrants-for-persons"))
    if phrase.head in STAFF and left is None and KEEPS.search(before):
        return What("deployment", None, Grade(0.7, "staff-kept"))
    if BEHIND_BARS.match(after):
        return What("sentence", None, Grade(0.7, "behind-bars"))
    is_sent = left is not None and left.word in ("transfer", "transferred", "sent", "delivered")
    if (is_sent or HANDED_OVER.search(before)) and TRANSFERRED.search(f"{phrase.words} {after[:60]}"):
        return What("removal", None, Grade(0.75, "persons-handed-over"))
    if CHARGING.search(before):
        return What("charge", None, Grade(0.75, "named-in-an-indictment"))
    if left and left.is_passive and right is None and ALSO_PASSIVE.match(after):
        return What("other", None, Grade(0.4, "another-fate"))  # “one was charged and two others were released”
    if CAPACITY.search(before[-100:]):
        return What("training", None, Grade(0.6, "capacity-built"))
    if (
        phrase.head in STAFF | OFFICIALS
        and left
        and left.word in ("support", "supports", "fund", "funds")
        and PAYS.search(before)
    ):
        return What("deployment", None, Grade(0.6, "staff-paid"))
    is_staff = phrase.head in STAFF or phrase.head in ("members", "guards", "marines")
    if is_staff and ((right and right.kind == "migration_flow") or (left and left.kind == "give")):
        return What("deployment", None, Grade(0.6, "staff-sent"))
    if right and right.index <= phrase.last + 5 and right.is_passive and right.kind in TYPED | {"harm"}:
        kind = PERSON_TYPES.get(right.kind, right.kind)
        return What(kind, None, Grade(0.85, f"verb:{right.word}"))
    if right and right.word in ("obtained", "earned") and re.search(r"credential|certif", sentence, re.I):
        return What("certification", None, Grade(0.8, "obtained-credential"))
    if right and left and left.kind in TYPED and left.kind != "migration_flow" and right.word.endswith("ing"):
        right = None  # “arrested 40 people crossing …”
    if (
        right
        and right.kind == "migration_flow"
        and (left is None or left.kind not in TYPED or right.index <= phrase.last + 1)
    ):
        return What("migration_flow", None, Grade(0.85, f"verb:{right.word}"))
    if right and re.search(r"travel|cross", right.word):
        return What("migration_flow", None, Grade(0.8, f"verb:{right.word}"))
    if left and left.word == "prosecuted" and SUCCESSFULLY.search(before[-100:]):
        return What("conviction", None, Grade(0.7, "prosecuted-with-success"))
    if phrase.head in LEARNERS and TRAININGS.search(before):
        return What("training", None, Grade(0.7, "learners-of-trainings"))
    if left and left.kind in TYPED | set(PERSON_TYPES):
        if left.kind == "reach" and MEDIA.search(sentence):
            return What("outreach", None, Grade(0.7, "reached-by-media"))
        if left.kind == "seizure":
            return What("other", None, Grade(0.4, "persons-beside-seizures"))
        if left.kind == "target" and phrase.head in FOUND_AGAIN:
            return What("other", None, Grade(0.6, "victims-identified"))
        if left.kind == "sentence" and left.is_noun is False and left.is_passive and not (right and right.is_passive):
            return What("other", None, Grade(0.4, "persons-beside-a-sentence"))
        return What(PERSON_TYPES.get(left.kind, left.kind), None, Grade(0.85, f"verb:{left.word}"))
    if right and right.kind in TYPED | {"participate", "harm"} and right.kind != "funding":
        if right.kind == "conviction" and AND_SENTENCED.search(after[:110]):
            return What("sentence", None, Grade(0.7, "pleaded-and-sentenced"))
        kind = PERSON_TYPES.get(right.kind, right.kind)
        return What(kind, None, Grade(0.7, f"verb:{right.word}"))
    if right and right.word in ("completed", "complete") and re.search(r"\btraining|\bcourse", sentence):
        return What("training", None, Grade(0.8, "completed-training"))
    if right and right.kind == "receive" and left is None:
        taught = re.search(r"\b(?:training|courses?|instruction|workshops?)\b", after[:60])
        return What("training" if taught else "beneficiary", None, Grade(0.6, f"verb:{right.word}"))
    if left is None and phrase.head in STAFF and (right is not None or TOOK_PART.search(after[:50])):
        return What("deployment", None, Grade(0.5, "staff-that-acts"))
    if re.search(r"\btrain(?:ing|ed|s)\b", sentence) and left and left.kind == "result":
        return What("training", None, Grade(0.5, "training-in-sentence"))
    return What("other", None, Grade(0.4, "persons"))


def _by_verb(left: Governor | None, default: str, kinds: tuple[str, ...], confidence: float, reason: str) -> What:
    if left and left.kind in kinds:
        return What(left.kind, None, Grade(0.85, f"verb:{left.word}"))
    return What(default, None, Grade(confidence, reason))


def _body(phrase: NounPhrase, left: Governor | None, right: Governor | None, before: str, after: str) -> What:
    if OUT_TO.search(before):
        return What("beneficiary", None, Grade(0.7, "handed-out-to"))
    if right and right.is_passive and right.kind in ("designation", "charge", "seizure", "conviction"):
        return What(right.kind, None, Grade(0.8, f"verb:{right.word}"))
    if phrase.head == "teams" and left and left.kind in ("beneficiary", "funding") and PAYS.search(before):
        return What("deployment", None, Grade(0.6, "staff-paid"))
    if left and left.kind in ("designation", "charge", "seizure", "donation", "award", "target", "training",
                              "conviction",
                              "deployment", "beneficiary"):  # fmt: skip
        return What(left.kind, None, Grade(0.8, f"verb:{left.word}"))
    if left and left.kind in ("give", "reach"):
        return What("beneficiary", None, Grade(0.5, f"verb:{left.word}"))
    if left and left.kind == "funding":
        return What("award", None, Grade(0.6, f"funded:{left.word}"))
    if right and right.kind == "receive" and left is None:
        return What("beneficiary", None, Grade(0.6, f"verb:{right.word}"))
    if phrase.head in LOCAL and WHERE.search(before[-100:]):
        return What("coverage", None, Grade(0.6, "bodies-where-it-is-done"))
    if BESIDE_PLACES.search(before[-100:]) or TOOK_PART.search(after[:60]):
        return What("coverage", None, Grade(0.6, "bodies-that-take-part"))
    return What("other", None, Grade(0.5, "bodies"))


_LENGTHS = frozenset("mile miles kilometers kilometres km feet foot hour hours".split())
_AREAS = frozenset("acre acres hectare hectares".split())


def _thing(
    figure: Figure, phrase: NounPhrase, left: Governor | None, right: Governor | None, sentence: str, before: str,
    after: str,
) -> What:  # fmt: skip
    if HANDED_OUT.search(before):
        return What("donation", None, Grade(0.75, "handed-out"))
    if left is None and IN_SERVICE.match(after):
        return What("deployment", None, Grade(0.7, "in-service"))
    stays = left is not None and left.kind in ("trace", "donation") and not left.is_noun
    if (
        right
        and not stays
        and right.is_passive
        and right.index <= phrase.last + 4
        and right.kind in ("seizure", "donation", "destroy", "trace", "found")
    ):
        kind = {"destroy": "other", "found": "seizure"}.get(right.kind, right.kind)
        return What(kind, None, Grade(0.9, f"verb:{right.word}"))
    if left:
        if left.kind in ("seizure", "donation", "trace", "deployment"):
            return What(left.kind, None, Grade(0.95, f"verb:{left.word}"))
        if left.kind == "destroy":
            return What("other", None, Grade(0.7, "destroyed"))
        if left.kind == "give":
            return What("donation", None, Grade(0.6, f"verb:{left.word}"))
        if left.kind == "funding" and left.weak is None:
            return What("deployment", None, Grade(0.4, f"verb:{left.word}"))
        if left.kind == "process":
            return What("other", None, Grade(0.5, f"verb:{left.word}"))
        if left.kind == "found" or left.word.startswith("contain"):
            return What("seizure", None, Grade(0.6, f"verb:{left.word}"))
        if left.kind == "result":
            return What("seizure", None, Grade(0.75, "commodity-of-a-result"))
    if figure.unit_word and (figure.unit_word in _AREAS or figure.unit_word.startswith("square ")):
        return What("coverage", None, Grade(0.6, "area"))
    if SEIZED.search(sentence):
        return What("seizure", None, Grade(0.7, "commodity-among-seizures"))
    is_measured = (figure.unit_word is not None and figure.unit_word not in _LENGTHS) or phrase.head in RHETORICAL
    if is_measured and left is None and right is None and not TRAFFICKED.search(sentence):
        return What("seizure", None, Grade(0.5, "measured-without-a-verb"))
    return What("other", None, Grade(0.4, "commodity-counted"))
