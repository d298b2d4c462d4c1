"""The bodies of a sentence and their part in what it counts, by the words before and after their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.extract.governing import Governor
from ingest.extract.model import Part
from ingest.extract.names import Mention
from ingest.extract.operations import LED_BY, innermost, is_joined
from ingest.extract.reference import Reference
from ingest.extract.voices import OUR, UNIT, WE, Setting, staff_subjects
from ingest.tables import Role

_ARTICLE = r"(?:the\s+|our\s+|its\s+|their\s+|other\s+|several\s+|[A-Z]\w+\s+(?=$))*(?:U\.S\.\s+|Mexican\s+)?[“\"]?$"
_BEFORE: list[tuple[str, re.Pattern[str]]] = [
    ("led", re.compile(LED_BY.pattern)),
    ("support", re.compile(r"\b(?:supported|assisted|aided|backed)\s+by\s+" + _ARTICLE
                           + r"|\bwith\s+(?:the\s+)?(?:support|assistance|help|contributions|aid"
                             r"|resources)\s+(?:of|from)\s+" + _ARTICLE)),
    ("funder", re.compile(r"\b(?:funded|financed|sponsored)\s+by\s+" + _ARTICLE
                          + r"|\bfunding\s+(?:of|from)\s+" + _ARTICLE)),
    ("partner", re.compile(
        r"\b(?:partnership|cooperation|coordination|collaboration|conjunction|concert"
        r"|consultation)\s+(?:between\s+\S+\s+and\s+|with\s+)"
        + _ARTICLE + r"|\b(?:alongside|together\s+with|along\s+with)\s+" + _ARTICLE
        + r"|\b(?:partner\w*|cooperat\w*|work\w*|coordinat\w*|collaborat\w*|joined|team\w*)\s+(?:closely\s+"
          r"|jointly\s+)?(?:with|by)\s+" + _ARTICLE)),
    ("agent", re.compile(r"\b(?!(?:wanted|needed|required|requested|owned|controlled|used|affected|signed"
                         r"|issued|enacted|named)\b)"
                         r"(?:\w+ed|sent|given|made|taken|held|run)\s+by\s+" + _ARTICLE)),
    ("with", re.compile(r"\bwith\s+" + _ARTICLE)),
    ("through", re.compile(r"\bthrough\s+" + _ARTICLE)),
    ("to", re.compile(r"\bto\s+" + _ARTICLE)),
    ("object", re.compile(r"\b(?:supports?|supported|supporting|helps?|helped|helping|assists?|assisted"
                          r"|train(?:s|ed)?|equip\w*"
                          r"|provid\w+|gave|enabl\w+)\s+" + _ARTICLE)),
    ("none", re.compile(r"\b(?:in|into|from|of|for|across|on|at|within|inside|against|between|throughout|over"
                        r"|under|near|via|by|as)\s+"
                        + _ARTICLE)),
]  # fmt: skip
_ANY_BEFORE = re.compile("|".join(pattern.pattern for _, pattern in _BEFORE))
_GIVEN_BY = re.compile(r"[-‑](?P<how>donated|provided|gifted|funded|financed|sponsored|supported)\b")
_SUPPORT_AFTER = re.compile(r"(?:[’']s?)?\s+(?:support|assistance|funding|help)\b")
_FOR_A_DISTRICT = r"(?:\s+for\s+the\s+(?:[A-Z]\w+\s+){1,2}of\s+[A-Z]\w+(?:\s+[A-Z]\w+)?)?"
_SAID = re.compile(_FOR_A_DISTRICT + r"\s+(?:[A-Z]\w+\s+){0,4}(?:announced|said|reported|stated|noted|acknowledged|told"
                   r"|claimed)\s+(?:\w+day\s+)?"
                   r"(?:that|reporters|it|he|she|they)\b")  # fmt: skip
_OUTCOME_TOLD = re.compile(
    _FOR_A_DISTRICT + r"\s+announced\s+(?:today\s+)?(?:the\s+|an?\s+)?"
    r"(?:(?!of\b)\S+\s+){0,3}?(?:arrests?|convictions?|sentences?|sentencings?)\b"
)
"""A prosecutor who announces what courts and police did; who announces seizures of its own is another matter."""
_DATA_SHOW = re.compile(
    r"(?:[’']s)?\s+(?:\w+\s+){0,3}?(?:data|testing|figures|statistics|analysis|reports?|estimates)\s+(?:\W*\w+\s+){0,2}?\W*"
    r"(?:confirms?|shows?|showed|indicates?|finds?|found|suggests?|reveals?)\b"
)
_ACCORDING = re.compile(r"\baccording\s+to\s+(?:the\s+)?$", re.I)
_PARTNER_AFTER = re.compile(r"\s+as\s+(?:its|a|the)\s+(?:[\w-]+\s+){0,4}partner")
_JOINT = re.compile(r"\s+(?:joint\s+)?(?:investigation|operation|effort|case|probe|task force)\b")
_SUPPORT_VERB = re.compile(r"\b(?:support(?:s|ed|ing)?|facilitat(?:es|ed))\s+(?:the\s+)?(?:\w+\s+)?$")
_VERB_AFTER = re.compile(
    r"(?:\s*\([^)]*\))?\s*(?:,\s|and\s|/|\s(?:also\s+|jointly\s+)?(?:has|have|had|is|was|are|were|will|would"
    r"|can|did|does|may|must"
    r"|[a-z]+ed|seize|led|made|took|held|gave|began|found|leads|plans|continues?|supports?|works?|seeks?|helps?"
    r"|[a-z]{3,}s(?=\s+(?:about|over|nearly|some|an?|the|approximately|more|at|\d)\b))\b)"
)
_STAFF = re.compile(r"\b(?:[Aa]gents?|[Oo]fficers?|[Ii]nvestigators?|[Dd]eputies|[Pp]ersonnel|[Ii]nspectors?"
                    r"|[Pp]rosecutors?|[Dd]etectives?)\s+"
                    r"(?:with|from|at|assigned\s+to)\s+(?:the\s+)?$"
                    r"|(?:^|[,;:]\s+)(?:and\s+)?(?:[Uu]ndercover\s+|[Ss]pecial\s+|[Nn]arcotics\s+)?(?:[Cc]rews?|[Tt]roopers|[Oo]fficers|[Aa]gents|[Dd]eputies|[Ss]oldiers|[Mm]embers)"
                    r"\s+of\s+(?:the\s+)?$")  # fmt: skip
_FINITE = re.compile(
    r"(?:\s*\([^)]*\))?\s+(?:also\s+|then\s+)?(?:has|have|had|was|were|will|[a-z]{2,}ed|led|made|took|held|gave)\b"
)
_LISTED_PLACE = re.compile(
    r"\b(?:to|[Ii]n|[Ff]rom|into|[Aa]cross"
    r"|[Bb]etween)\s+[A-Z]\w+(?:\s[A-Z]\w+)?(?:,\s+[A-Z]\w+(?:\s[A-Z]\w+)?)*,?\s+and\s+(?:the\s+)?$"
)
_WHEN = re.compile(r"\b(?:[Ww]hen|[Aa]fter|[Bb]efore|[Ii]f)\s+(?:the\s+)?$")
_CAPITAL = re.compile(
    r"\b(?:In|With|By|At|On|From|To|For|Through|Under|Alongside|Across|Within|Over|Into"
    r"|Against)(?=\s+(?:the\s+|U\.S\.\s+)*$)"
)
_OWN_ACTS = re.compile(
    r"\s+(?:[a-z-]+\s+){0,3}(?:seizures?|arrests|investigations|interdictions|apprehensions"
    r"|encounters|operations|projects)\b"
)
_HELPS_TO = re.compile(
    r"\bhelp(?:ed|s|ing)?\s+(?:to\s+)?(?!more\b|over\b|nearly\b|some\b|about\b|almost\b"
    r"|the\b|at\b|up\b|our\b)[a-z]{3,}\b"
)
_SUPPORTS_WHAT = re.compile(r"\bsupport(?:s|ed|ing)\s+(?:an?|the)\s+[^,;]{3,70}?\b(?:that|which)\b")
_ENABLED = re.compile(r"\b(?:enabl\w+|allow\w+|permitt\w+)\s+(?:the\s+)?$")
_COUNTED_OWN = re.compile(r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\s+$")
_PAREN = re.compile(r"\s*\([^)]*\)")


_WHO = re.compile(r"\bwho\s+(?:was|were|is|are|will|have|has|had)\b")
_OURS_ACT = re.compile(
    r"[Oo]ur\s+(?:\w+\s+){0,3}?(?:officers|agents|deputies|investigators|prosecutors|teams?|staff)\b(?!\s+(?:and|at|in)\b)"
)

_ROLES: dict[str, Role] = {"support": "support", "funder": "funder", "donor": "donor", "reported_by": "reported_by"}
OF_COURTS = ("sentence", "conviction", "charge")


@dataclass
class Actors:
    """The bodies of a sentence by their function; `subjects` hold the place of each, for figures choose the nearest."""

    subjects: list[tuple[int, str]] = field(default_factory=list)
    agents: list[tuple[int, str]] = field(default_factory=list)
    possessors: list[tuple[int, str]] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    others: list[Part] = field(default_factory=list)
    joint: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)


def read_actors(
    text: str, start: int, end: int, mentions: list[Mention], reference: Reference, setting: Setting | None = None
) -> Actors:
    """Sort the bodies that a sentence names by what the words beside them make of them.

    `setting` gives the bodies behind “agents” and “we”, where no name stands.
    """
    actors = Actors()
    bodies = innermost(text, [m for m in mentions if m.agency], reference)
    previous: tuple[Mention, str] | None = None
    for at, body in enumerate(bodies):
        key = body.agency or ""
        function = _function(text, start, body)
        is_free = function in ("subject", "none", "with", "possessor")
        if previous and is_free and is_joined(text, previous[0], body) and not _starts_clause(text, previous, body):
            function = previous[1]
        if (
            function in ("subject", "modifier")
            and at + 1 < len(bodies)
            and text[body.end : bodies[at + 1].start] == "-"
        ):
            function = _function(text, start, bodies[at + 1]) if _JOINT.match(text, bodies[at + 1].end) else function
        if function == "subject" and at + 1 < len(bodies) and previous is None:
            function = _subject_or_partner(text, body)
        previous = (body, function)
        _file(actors, text, body, key, function)
    if setting:
        _add_unnamed(actors, text, start, end, setting, reference)
    return actors


def _add_unnamed(actors: Actors, text: str, start: int, end: int, setting: Setting, reference: Reference) -> None:
    """Add the bodies behind staff and “we” as subjects."""
    found = [(at, setting.staff_of(noun, reference)) for at, noun in staff_subjects(text, start, end)]
    of_unit = UNIT.search(text, start, end) if setting.writer else None
    if of_unit and setting.writer and (of_unit["noun"] in setting.writer.replace("-", " ") or "unit" in setting.writer):
        found.append((of_unit.start(), setting.writer))
    if setting.voice:
        found += [(match.start(), setting.voice) for match in WE.finditer(text, start, end)]
        ours = [(match.start(), setting.voice) for match in OUR.finditer(text, start, end)]
        actors.possessors += ours
        found += [(at, key) for at, key in ours if _OURS_ACT.match(text, at)]
    known = [(at, key) for at, key in found if key]
    if known:
        actors.subjects = sorted([*actors.subjects, *known])


def _starts_clause(text: str, previous: tuple[Mention, str], body: Mention) -> bool:
    """“With A and B, C has …”: after a comma alone, a body that a verb follows is a subject of its own."""
    between = text[previous[0].end : body.start]
    if previous[1] in ("subject", "agent"):
        return False
    if "," not in between or "and" in between:
        return previous[1] in ("to", "none", "object") and bool(_FINITE.match(text, body.end))
    return not re.match(r"\s*(?:,|and\b|&|/)", text[body.end : body.end + 6])


def _subject_or_partner(text: str, body: Mention) -> str:
    return "partner" if _PARTNER_AFTER.match(text, body.end) else "subject"


def _function(text: str, start: int, body: Mention) -> str:
    before = text[max(start, body.start - 60) : body.start]
    if _SUPPORT_AFTER.match(text, body.end) and re.search(r"\b[Ww]ith\s+(?:the\s+)?$|\b[Tt]hrough\s+$|^$", before):
        return "support"
    if _PARTNER_AFTER.match(text, body.end):
        return "partner"
    if text[body.end : body.end + 1] in "-‑" and (given := _GIVEN_BY.match(text, body.end)):
        return "donor" if given["how"] in ("donated", "provided", "gifted") else "funder"
    tail = before.rstrip()
    if "ccording" in before and _ACCORDING.search(before):
        return "reported_by"
    if _OUTCOME_TOLD.match(text, body.end) and _is_prosecutor(body):
        return "reported_by"
    if _SAID.match(text, body.end) or _DATA_SHOW.match(text, body.end):
        return "reported_by"
    if body.place and re.search(r"[A-Z][\w.]+,\s+$", before):
        return "none"
    if tail.endswith(("with", "from", "at", "to", "of", "the")) and _STAFF.search(before):
        return "subject"
    if tail.endswith(("and", "the")) and _LISTED_PLACE.search(before):
        return "none"
    if tail.endswith(("hen", "fter", "efore", "f", "the")) and _WHEN.search(before):
        return "none"
    if _ENABLED.search(before) and re.match(r"\s+to\s+[a-z]", text[body.end : body.end + 6]):
        return "subject"  # “… enabled the Sample Bureau to seize …”
    lowered = _CAPITAL.sub(lambda match: match[0].lower(), before[:1].lower() + before[1:])
    if _ANY_BEFORE.search(lowered):
        return next(function for function, pattern in _BEFORE if pattern.search(lowered))
    if _JOINT.match(text, body.end) and re.search(r"\b(?:joint|an?|the)\s+(?:joint\s+)?$|-$", before):
        return "joint"
    if body.is_possessive:
        return "possessor"
    if _COUNTED_OWN.search(before) and re.match(r"\s+[a-z]", text[body.end : body.end + 3]):
        return "possessor"  # “12 Sample Bureau projects”
    if _OWN_ACTS.match(text, body.end) and not body.place:
        return "possessor"  # “Sample Bureau fentanyl seizures rose”
    opening = re.sub(r"(?:\b(?:the|The|U\.S\.)\s+)+$", "", before).rstrip()
    if (
        opening
        and opening[-1] not in ',.;:—–(“”"*[])'
        and not re.search(r"\b(?:and|that|while|as|when|but|or)$", opening)
    ) and not _VERB_AFTER.match(text, body.end):
        return "modifier"
    return "subject"


def _is_prosecutor(body: Mention) -> bool:
    return body.agency == "doj" or "attorney" in (body.agency or "")


def _file(actors: Actors, text: str, body: Mention, key: str, function: str) -> None:
    if function == "subject":
        actors.subjects.append((body.start, key))
    elif function in ("agent",):
        actors.agents.append((body.start, key))
    elif function == "through":
        actors.subjects.append((body.start, key))
    elif function == "possessor":
        actors.possessors.append((body.start, key))
    elif function == "led":
        actors.led.append(key)
    elif function == "joint":
        actors.joint.append(key)
    elif function == "object":
        actors.objects.append(key)
    elif function == "to":
        actors.recipients.append(key)
    elif function == "none":
        if re.search(r"\b(?:in|for|of)\s+$", text[max(0, body.start - 8) : body.start]):
            actors.hosts.append(key)
            if not body.place and text[max(0, body.start - 8) : body.start].endswith("of "):
                actors.possessors.append((body.start, key))
    elif function in ("partner", "with"):
        actors.others.append(Part(key, "partner"))
    elif function in _ROLES:
        actors.others.append(Part(key, _ROLES[function]))


def parts_of(
    figure_start: int, governor: Governor | None, governor_start: int | None, text: str, start: int, actors: Actors,
    operation_leads: list[str] | None, operation_at: int | None, claim_type: str | None, agent_span: tuple[int, int],
) -> tuple[list[Part], str]:  # fmt: skip
    """The parts of a figure's bodies and the rule that gave the lead.

    The lead is the body that does the counted act: the agent of a passive, else the nearest subject before the
    governing word, else the leads of the operation that is the subject. One whose verb is “support” supports.
    """
    parts: list[Part] = []
    agents = [key for at, key in actors.agents if agent_span[0] <= at < agent_span[1]]
    if agents and governor and _WHO.search(text, *agent_span):
        agents = []  # “the arrest of six men who will be tried by …”: the clause is about something else
    subjects = [(at, key) for at, key in actors.subjects if at < figure_start]
    rule = "no-body-stated"
    chosen: list[str] = []
    role: Role = "lead"
    if agents:
        chosen, rule = agents, "agent-of-passive"
        parts += [
            Part(key, "support")
            for key in _group(text, subjects)
            if re.search(r"\bsupport", text[start:figure_start]) and key not in agents
        ]
    elif operation_leads is not None and (not subjects or (operation_at is not None and operation_at > subjects[-1][0]
                                          and operation_at < figure_start)):  # fmt: skip
        chosen, rule = list(operation_leads), "lead-of-the-operation"
    elif subjects:
        chosen, rule = _group(text, subjects), "subject-of-the-verb"
        if governor and governor.is_noun and governor_start and _SUPPORT_VERB.search(text[start:governor_start]):
            role, rule = "support", "supports-the-act"
        elif _SUPPORTS_WHAT.search(text, subjects[-1][0], figure_start) or (
            claim_type in ("other", "funding") and _HELPS_TO.search(text, subjects[-1][0], figure_start)
        ):
            role, rule = "support", "helps-others-to-act"
    elif actors.joint:
        chosen, rule = actors.joint, "joint-investigation"
        if claim_type in OF_COURTS:
            role = "support"  # who investigated does not sentence, and who does is not stated
    elif actors.possessors and not any(part.role == "reported_by" for part in actors.others):
        near = [key for at, key in actors.possessors if at < figure_start] or [actors.possessors[0][1]]
        chosen, rule = near[-1:], "owner-named"
    parts = [Part(key, role) for key in dict.fromkeys(chosen)] + parts
    taken = {part.agency_id for part in parts}
    for part in actors.others:
        if part.agency_id not in taken:
            parts.append(part)
            taken.add(part.agency_id)
    given = claim_type in ("donation", "lead", "target", "award", "funding", "training")
    for key in [*actors.recipients, *(actors.objects if claim_type == "donation" else []),
                *(actors.hosts if claim_type == "donation" else [])]:  # fmt: skip
        if given and key not in taken:
            parts.append(Part(key, "recipient"))
            taken.add(key)
    return parts, rule


def _group(text: str, subjects: list[tuple[int, str]]) -> list[str]:
    """The nearest subject with those that are joined to it in one list."""
    if not subjects:
        return []
    at, key = subjects[-1]
    group = [key]
    for earlier, other in reversed(subjects[:-1]):
        between = text[earlier:at].replace("U.S.", "US")
        if len(between) > 150 or re.search(
            r"\b(?:which|that|who|has|have|had|was|were|is|are|will|to)\b|;|\.\s|\d", _PAREN.sub("", between)
        ):
            break
        if not re.search(r"\band\b|,|/|-|&", between):
            break
        group.insert(0, other)
        at = earlier
    return group
