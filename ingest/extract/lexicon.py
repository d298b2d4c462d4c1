"""Words and what they mean: verbs and nouns → claim types, nouns → what kind of thing is counted.

What belongs here: single words. What does not: phrases of bounds (`qualifiers`), of time (`periods`), or rules.
"""

from __future__ import annotations

IRREGULAR = {
    "give": "gave given gives giving", "teach": "taught teaches teaching", "send": "sent sends sending",
    "spend": "spent spends spending", "fall": "fell fallen falls falling", "rise": "rose risen rises rising",
    "grow": "grew grown grows growing", "take": "took taken takes taking", "make": "made makes making",
    "find": "found finds finding", "drop": "dropped drops dropping", "stop": "stopped stops stopping",
    "equip": "equipped equips equipping", "plead": "pleaded pled pleads pleading", "put": "puts putting",
    "commit": "committed commits committing", "submit": "submitted submits submitting", "net": "netted nets netting",
    "hold": "held holds holding", "bring": "brought brings bringing", "lead": "led leading leads",
    "cut": "cuts cutting", "win": "won wins winning", "deport": "deported deports deporting",
    "benefit": "benefited benefitted benefits "
               "benefiting", "permit": "permitted", "transfer": "transferred transferring",
    "travel": "traveled travelled travels traveling travelling", "enroll": "enrolled enrolls enrolling",
    "interdict": "interdicted interdicts interdicting", "double": "doubled doubles doubling",
    "freeze": "froze frozen freezes freezing",
    "buy": "bought buys buying",
    "process": "processed processes processing", "see": "saw seen sees seeing", "get": "got gets getting",
    "hit": "hits hitting", "hide": "hid hidden hides hiding", "build": "built builds building",
    "lose": "lost loses losing",
    "sell": "sold sells selling", "die": "died dies dying",
    "kill": "killed kills killing", "reach": "reached reaches reaching", "go": "went goes going gone",
}  # fmt: skip


def forms(verb: str) -> list[str]:
    """The written forms of a verb."""
    if verb in IRREGULAR:
        return [verb, *IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return [verb, plural, verb + "ed", verb + "ing"]


VERBS: dict[str, str] = {}
"""Form of a verb → what it says of its object: a claim type, or `result`, `support`, `include`, `agent:…` classes."""

_VERB_TABLE = {
    "found": "find discover uncover stop conceal hide locate",
    "seizure": "seize confiscate interdict intercept recover forfeit impound",
    "arrest": "arrest detain apprehend capture book",
    "charge": "charge indict prosecute accuse arraign file",
    "conviction": "convict plead",
    "sentence": "sentence imprison",
    "extradition": "extradite",
    "removal": "remove deport expel",
    "repatriation": "repatriate return",
    "training": "train teach instruct educate",
    "certification": "certify accredit",
    "event_attendance": "convene attend gather",
    "funding": "request allocate appropriate invest award obligate dedicate spend budget fund earmark expend "
               "allot devote"
               " reserve grant disburse pay fine finance",
    "designation": "designate sanction",
    "donation": "donate equip gift",
    "deployment": "deploy install station post hire dispatch assign",
    "trace": "trace",
    "target": "identify target investigate",
    "migration_flow": "enter encounter cross arrive",
    "beneficiary": "help assist protect benefit support enroll treat serve rescue free",
    "change": "increase rise grow drop fall decrease decline reduce double cut lower surge jump expand raise "
              "climb plunge",
    "process": "process analyze review examine study",
    "result": "result lead yield net achieve execute comprise total produce make obtain initiate open conduct"
              " complete secure generate bring see",
    "give": "provide give send deliver supply transfer",
    "announce": "announce issue unveil propose pledge launch commit submit",
    "include": "include contain feature",
    "reach": "reach engage",
    "receive": "receive access utilize use gain adopt employ",
    "open": "inaugurate establish construct buy purchase acquire freeze",
    "participate": "participate join",
    "award": "honor honour commend",
    "destroy": "destroy dismantle eradicate disrupt close shut",
    "harm": "kill die injure kidnap lose murder wound",
}  # fmt: skip
for _class, _verbs in _VERB_TABLE.items():
    for _verb in _verbs.split():
        for _form in forms(_verb):
            VERBS.setdefault(_form, _class)
VERBS.pop("lead")
VERBS.pop("leads")
VERBS["pled"] = "conviction"
VERBS["operates"] = "deployment"

TRIGGER_NOUNS = {
    "seizure": "seizure seizures forfeiture forfeitures interdiction interdictions confiscation recovery",
    "arrest": "arrest apprehension apprehensions detention",
    "charge": "indictment charging prosecution prosecutions charges counts",
    "conviction": "conviction",
    "sentence": "sentencing",
    "extradition": "extradition",
    "removal": "removal deportation",
    "repatriation": "repatriation repatriations",
    "training": "training trainings course courses workshop workshops",
    "certification": "certification",
    "designation": "designation designations sanctions restrictions",
    "donation": "donation donations",
    "deployment": "deployment hiring",
    "award": "awards grants",
    "funding": "funding investment investments budget",
    "destroy": "destruction eradication dismantlement dismantling disruption",
    "harm": "kidnapping deaths killing murder",
    "beneficiary": "services assistance provision",
}
"""Nouns of acts that govern a figure on their right (“the seizure of …”, “training for …”)."""
TRIGGERS = {word: kind for kind, words in TRIGGER_NOUNS.items() for word in words.split()}

COUNTED: dict[str, tuple[str, str | None]] = {}
"""Noun → (kind of thing, claim type that the noun by itself says). Kinds: act, person, body, place, thing, event."""


def _count(kind: str, claim_type: str | None, words: str) -> None:
    for word in words.split():
        COUNTED[word] = (kind, claim_type)


_count("act", "arrest", "arrests arrest apprehensions detentions")
_count("act", "warrant", "warrants warrant wiretaps wiretap")
_count("act", "charge", "indictments indictment charges prosecutions complaints counts")
_count("act", "conviction", "convictions conviction pleas")
_count("act", "sentence", "sentences sentencings")
_count("act", "extradition", "extraditions")
_count("act", "removal", "removals deportations expulsions")
_count("act", "repatriation", "repatriations returns")
_count("act", "designation", "designations sanctions")
_count("act", "investigation", "investigations investigation probes inquiries")
_count("act", "lead", "leads tips referrals")
_count("act", "target", "targets")
_count("act", "trace", "traces")
_count("act", "seizure", "seizures interdictions forfeitures confiscations")
_count("act", "training", "iterations trainings courses workshops seminars classes")
_count("act", "certification", "certifications credentials certificates")
_count("act", "award", "awards grants")
_count("act", "donation", "donations")
_count("act", "deployment", "deployments")
_count("act", "case_support", "cases case requests")
_count(
    "act",
    "other",
    "inspections operations raids strikes deaths overdoses homicides killings attacks kidnappings "
    "searches crossings encounters visits calls patrols incidents missions overdose-deaths meetings",
)
_count("act", "other", "lives occasions trips attempts calls stops rescues reversals")
_count("act", "migration_flow", "encounters crossings")
_count(
    "event",
    "outreach",
    "events event impressions messages views outreach campaigns sessions presentations "
    "roundtables roundtable exchanges dialogues conferences symposia forums",
)
_count(
    "person",
    None,
    "people persons person individuals individual officials official officers officer agents agent "
    "personnel experts expert youth youths children child minors prosecutors prosecutor judges judge police "
    "policemen "
    "investigators investigator operators journalists journalist defenders migrants migrant immigrants noncitizens "
    "suspects suspect defendants defendant fugitives fugitive members member associates traffickers trafficker "
    "smugglers smuggler dealers victims victim survivors participants trainees students teachers farmers women men "
    "man woman volunteers volunteer firefighters paramedics dispatchers recruits juveniles motorists lives "
    "mariners mariner crewmembers smuggled-persons "
    "citizens citizen "
    "nationals national mexicans mexican americans american non-mexicans travelers subjects subject "
    "refugees returnees aliens inmates prisoners workers employees employee staff soldiers troops marines guards "
    "alumni advocates professionals patients operatives gunmen attorneys attorney lawyers analysts technicians "
    "instructors cadets graduates residents foreigners men boys girls leaders leader managers suppliers enforcers "
    "launderers conspirators co-conspirators offenders felons detainees criminals specialists practitioners "
    "educators "
    "coordinators responders examiners chemists pilots handlers delegates attendees representatives servants "
    "militants terrorists kingpins witnesses witness others elements sailors relatives consumers brokers "
    "couriers drivers customers actors nurses doctors physicians clinicians passengers pedestrians inspectors "
    "detectives troopers deputies seafarers counselors mothers fathers parents sons daughters persons teens teenagers "
    "adults voters tourists visitors commuters speakers scientists engineers economists entrepreneurs mentors",
)
_count("person", "beneficiary", "beneficiaries beneficiary")
_count(
    "body",
    None,
    "entities entity companies company firms firm organizations organization businesses business "
    "coalitions coalition communities networks groups cartels gangs cells offices departments institutions schools "
    "vessels properties websites accounts banks laboratories labs ngos municipalities outlets agencies units teams "
    "projects facilities clinics courts prisons tunnels tunnel camps police-departments centers programs "
    "task-forces families households",
)
_count(
    "place",
    None,
    "states state countries country counties county cities city districts ports provinces "
    "territories nations locations sites areas jurisdictions regions airports neighborhoods",
)
_count(
    "thing",
    None,
    "canines dogs vehicles vehicle trucks cars aircraft helicopters drones boats scanners machines kits "
    "computers radios vests equipment systems loads beds jobs acres homes houses yachts parcels parcel containers "
    "drums crates jugs buckets sacks envelopes packages shipments barrels pallets "
    "bags bundles bricks bullets magazines grenades explosives rifles rifle handguns handgun pistols pistol shotguns "
    "guns gun sears switches tractor-trailers "
    "tractor-trailer weapons weapon firearms firearm ammunition arms presses molds moulds dies plants marijuana heroin "
    "cocaine fentanyl methamphetamine meth xylazine drugs narcotics precursors chemicals opioids oxycodone tablets "
    "pills capsules cash currency proceeds parts silencers suppressors launchers cartridges rounds contraband "
    "assets cigarettes phones cellphones devices documents items goods",
)

RHETORICAL = frozenset({"doses", "dose"})
"""Doses of a drug in dry form: a unit that its speaker derived, which is never inside a figure's span."""

GENERIC = frozenset(
    "countries nations sides governments delegations goals pillars phases phase priorities areas area things "
    "prongs ways "
    "questions question parts halves nation government country delegation points reasons approaches pronged lines "
    "categories themes presidents secretaries leaders parties partners steps elements hands ends components tracks "
    "objectives times levels tiers dimensions legs aspects kinds types options examples branches continents issues "
    "words decades trips chambers meetings summits tracks sections principles paragraphs".split()
)
"""Things that prose numbers in passing (“our two countries”, “three goals”): a small number of them is no evidence."""

DURATIONS = frozenset(
    "day days week weeks month months year years hour hours minute minutes decade decades quarter quarters century "
    "centuries second seconds night nights weekend weekends fiscal calendar consecutive straight".split()
)
PRISON = frozenset("sentenced sentence sentences prison imprisonment custody incarceration jail jailed imprisoned "
                   "probation supervised behind confinement".split())  # fmt: skip
_INCREASES = (
    "increase increases increased increasing rise rises rose risen grew growth grown grows surge surged jump jumped "
    "more higher up above expansion climbed raised uptick doubled gain over"
)
_DECREASES = (
    "decrease decreases decreased decreasing drop drops dropped fall fell fallen falls decline declined declines "
    "reduce reduced reduces reducing reduction reductions lower fewer less down below cut cuts plunged"
)
CHANGES = dict.fromkeys(_INCREASES.split(), "increase") | dict.fromkeys(_DECREASES.split(), "decrease")
NOUN_LIKE = frozenset(
    "fund funds budget budgets finance fine fines request requests grant grants award awards target targets "
    "trace traces "
    "sentence sentences support help process cut cuts charge charges arrest arrests sanction sanctions "
    "transfer train "
    "trains gift launch issue issues increase increases rise drop drops fall decline decrease surge jump "
    "result results "
    "total totals produce contract hold lead leads make supply supplies plead report reports total commit "
    "place".split()
)
"""Forms that are nouns unless something before them asks for a verb (“to fund”, “which supports”)."""
STOP_WORDS = frozenset(
    "took taken take takes came went today yesterday tomorrow "
    "now already just currently remain remains became become went "
    "in to for with on from at by since under during through after before across into against between among within "
    "throughout via per over about as who that which whom whose where when while including include includes included "
    "is are was were be been being has have had will would could should may can must did does do than if because but "
    "not or plus worth totaling totalling such also both each the a an this these those their its his her our "
    "more most "
    "of every last next past annually alongside along around toward towards without upon until thus then "
    "linked connected related compared".split()
)
"""Words that end a noun phrase."""
BE = frozenset("is are was were be been being has have had get got".split())
