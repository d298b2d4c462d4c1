"""Numbers that are no figures: parts of names, references, ages, marks of lists, addresses, thresholds of law."""

from __future__ import annotations

import re

from ingest.extract.figures import Figure

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\]]+|\]\([^)\s]{0,1000}\)|<[^<>\n]{0,300}>|pic\.(?<!\wpic\.)\S+")
_MAIL = re.compile(r"(?<!\S)[^\s@]*@\S+")


def find_addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses, targets of links and tags stand, in order and without overlap."""
    found = [match.span() for match in _ADDRESS.finditer(text)]
    if "@" in text:
        found = _united(sorted(found + [match.span() for match in _MAIL.finditer(text)]))
    return found


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ordered spans, those that overlap made one."""
    united: list[tuple[int, int]] = []
    for start, end in spans:
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


_AFTER_RULES = [
    ("ordinal", re.compile(r"(?:st|nd|rd|th)\b", re.I)),
    (
        "age",
        re.compile(
            r"(?:[-–\s]years?)?[-–\s]years?[-–\s]olds?\b|[-–\s]years?\s+of\s+age|\s*,\s+of\s+[A-Z]|\s*,\s+both\s+of"
        ),
    ),
    ("time-of-day", re.compile(r":\d\d|\s*[ap]\.?m\.?\b|\s*o['’]clock", re.I)),
    ("part-of-a-name", re.compile(r"[-–][A-Za-z]*\d|[A-Za-z]")),
    (
        "reference",
        re.compile(r"\s*(?:U\.?\s?S\.?\s?C|C\.?F\.?R|Stat\.|F\.\s?(?:2d|3d|Supp)|(?:Fed\.\s?Reg|Cong\.\s?Rec)\.?)|/\d"),
    ),
    ("file-size", re.compile(r"\s?[kKMG]B\b")),
    ("counter", re.compile(r"\s+of\s+\d+\s+(?:images?|photos?|pages?|results|slides|items)\b")),
    ("phone", re.compile(r"[-.\s]\d{3}[-.\s]\d{4}\b|\)\s*\d{3}|[-.]\d{4}\b")),
    ("list-mark", re.compile(r"\)\s|\]")),
]
_COMPOUND = re.compile(r"[-–](?!\s)(?P<word>[A-Za-z]+)")
_MASS = re.compile(r"(?:pound|kilo|kilogram|gram|ton|ounce|kg|lb)$", re.I)
_REFERENCE = re.compile(
    r"(?:\b(?:section|sections|title|article|chapter|paragraph|item|page|room|Section|Sections|Sec\.|Title"
    r"|Titles|Article|Articles|Chapter|Part|Phases?|Goals?|GOAL|Pillars?|Objectives?|Task Group|Group|Badge"
    r"|Schedule|Resolution|Resolutions|Executive Order|E\.O\.\)?|Order|Public Law|Pub\.? L\.?|No|Nos|Number"
    r"|Case|Docket"
    r"|Figure|Table|Appendix|Annex|Footnote|Page|pp?|Room|Suite|Box|Highway|Interstate|Route|I|Unit|Level|Tier|Step"
    r"|Category|Class|Grade|Flight|Boeing|Airbus|Proclamation|Directive|Lot|Exhibit|Count|Counts|Rule|Act of|District"
    r"|Station|Team|Squad|[Mm]odel|Mark|Zone|Region|Version|Volume|Vol|Item|Paragraph|Line|Day|Covid|COVID|Channel|Line|Area"
    r"|Top|Apollo|Lane|Department|Dept|[Ee]xt|[Ee]xtension|[Mm]ilepost|[Mm]ile\s+[Mm]arker|Exit|Gate|Bay|Building|Terminal"
    r"|Pier|Dock|Door|Platform|Courtroom|Precinct|Ward|Battalion|Regiment|Sector|Cell\s+Block|Bridge(?:\s+No)?"
    r"|[Kk]ilomet(?:er|re)|[Kk]m|[Mm]ile|Fed\.\s?Reg|Cong\.\s?Rec)"
    r"\.?\s*(?:\(?[A-Z]+\)?\s)?|§+\s*|\#\s*|\b[GK]-?"
    r"|U\.?\s?S\.?\s?C\.?(?:\s+(?:[Ss]ec(?:tion|\.)s?|§+))?\s*|C\.?F\.?R\.?\s*|[\w)]\()$"
)
_PHONE_BEFORE = re.compile(
    r"(?:\(\d{3}\)\s*|\d{3}[-.\s]|\+\d{0,3}[\s-]?|(?:[Tt]el|[Pp]hone|[Cc]all|[Dd]ial|[Ff]ax)(?:ing)?[.:]*\s*(?:\d{3,6}\s+or\s+)?\(?)$"
)
_DIGIT = re.compile(r"\d")
_AGE_BEFORE = re.compile(
    r"\b(?:[Aa]ges?|aged|[Aa]ge:|age\s+of|ages\s+of)\s*$|\bage[sd]?\s+(?:\d+,\s+)*\d+,?\s*(?:to|and|or|through|[-–])\s*$",
    re.I,
)
_AGE_COMMAS = re.compile(r"[A-Z][\w.’'-]*,\s*$|\bboth\s+$")
_LAW = re.compile(
    r"(?:maximum|minimum|statutory|mandatory|up to|faces?|facing|punishable|carr(?:y|ies)|penalt(?:y|ies)|at least)",
    re.I,
)
_OUT_OF = re.compile(
    r"\s+(?:in|out\s+of)\s+(?:every\s+)?(?:\d{1,3}(?![\d,])|two|three|four|five|six|seven|eight|nine|ten|twenty)\b"
)
_OUT_OF_BEFORE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?$", re.I
)
_YOUNGER = re.compile(r"\b(?:under|over|below|above|younger\s+than|older\s+than)\s+(?:the\s+age\s+of\s+)?$")
_YOUNGER_AFTER = re.compile(r"\s*(?:[.,;)”\"]|$|and\b|or\b|years\s+of\s+age)")
_TIMES_MORE = re.compile(r"\s+times\s+(?:more|stronger|as|the|higher|larger|greater|deadlier|less)\b")
_IN_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Ff]rom|[Uu]ntil)\s+$")
_OR_MORE = re.compile(r"\s+or\s+more\b")
_OF_SIZE = re.compile(r"\b(?:seizures|loads|shipments|quantities|amounts)\s+of\s+$")
_LEGAL_SIZES = frozenset({1, 5, 10, 28, 40, 50, 100, 280, 400, 500, 1000})
_COUNT_OF = re.compile(
    r"\b(?:for|of|to|with)\s+(?:\w+\s+counts?\s+of\s+)?(?:conspir\w+|possess\w+|attempt\w+|import(?:ing|ation)|distribut(?:ing|ion))\b"
    r"[^.;]{0,90}\b(?:more\s+than|at\s+least|over|in\s+excess\s+of|and)\s+$"
)
_OFFENCE = re.compile(
    r"\b(?:intent|conspir\w*|possess\w*|distribut\w*|import\w*|traffick\w*|charged?|guilty|convicted|pleaded|offense)\b",
    re.I,
)
_PER = re.compile(r"\b(?:for\s+every|per|out\s+of\s+every|every|each)\s*$", re.I)
_LINE_START = re.compile(r"(?:^|\n)[ \t>*•◦▪-]*[(\[]?$")
LISTED = re.compile(r"\s*(?:,|and|or|&|,\s*and|through|to|-|–)\s*")
_TERM = re.compile(r"\s+(?:[a-z]+\s+)?(?:sentence|term|prison|imprisonment)\b")
_STREET = re.compile(
    r"\s+(?:[NSEW]\.?\s+)?(?:(?:[A-Z][\w.]*|\d+(?:st|nd|rd|th))\s+){1,3}(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Blvd\.|Drive|Dr\."
    r"|Suite|Plaza|Circle|Lane|Court|Parkway|Highway|Loop|Terrace|Place|Trail|Square|Way)\b"
)
_TITLE_AFTER = re.compile(r"\s+[A-Z][a-z]+")
_ORDINAL_OF = re.compile(
    r"\s+(?:of|or|another|another's|thing|day|by|such|that|who|which|way|more|step|can|could|is|was|has)\b"
)


_STATUTE = re.compile(r"\d(?:\([A-Za-z\d]{1,3}\))+(?:,|;|\s+and|\s+or)\s+(?:and\s+)?$|\b[A-Z]{2,}-\d[\w-]*\s+at\s+$")
"""A list of sections (“841(a)(1), 846”), a page of a report (“ABC-23-105 at 17”)."""
_FOOTNOTE = re.compile(r"\s+(?:See|Id\.|Ibid|Cf\.|Pub\.|https?:|\d+\s+(?:U\.\s?S\.\s?C|C\.\s?F\.\s?R|Fed\.|Stat\.))")
_CLOCK_BEFORE = re.compile(r"\d:$")
_COUNTER_BEFORE = re.compile(r"\b\d+\s+of\s+$")
_COUNTER = re.compile(r"\s+(?:images?|photos?|pages?|results|slides|items)\b")
_COUNTS = re.compile(r"\s+(?:[\w-]+\s+){0,3}(?:indictment|information|complaint)s?\b")
_AT_A_TIME = re.compile(r"\s+(?:\w+\s+)?at\s+a\s+time\b")
_LITTLE = re.compile(r"\bas\s+little\s+as\s+$")


def why_no_figure(text: str, figure: Figure, block_start: int) -> str | None:
    """Why the number is no figure by the characters around it; None where nothing speaks against it."""
    start, end = figure.start, figure.end
    before = text[max(block_start, start - 40) : start]
    if not figure.is_word and not figure.is_money and not figure.is_percent and not figure.unit_word:
        for reason, rule in _AFTER_RULES:
            if rule.match(text, end):
                if reason == "list-mark" and "(" in before and "\n" not in before and not before.rstrip().endswith("("):
                    continue  # the end of a parenthesis with words in it
                return reason
        if _PHONE_BEFORE.search(before):
            return "phone"
        has_digit = _DIGIT.search(before) is not None
        if text[end : end + 1] == "." and _LINE_START.search(before) and text[end + 1 : end + 2].isspace():
            return "list-mark"
        if _STREET.match(text, end):
            return "address"
        if figure.verbatim[0] == "0" and figure.verbatim[1:2].isdigit():
            return "reference"  # no quantity is written with a nought before it
        if has_digit and _CLOCK_BEFORE.search(before):
            return "time-of-day"
        if has_digit and _COUNTER_BEFORE.search(before) and _COUNTER.match(text, end):
            return "counter"
        if start == block_start and figure.value < 1000 and _FOOTNOTE.match(text, end):
            return "list-mark"
        if has_digit and _STATUTE.search(before):
            return "reference"
        if 15 <= figure.value <= 99 and _AGE_COMMAS.search(before) and text[end : end + 1] in ",;)":
            return "age"
    if not figure.is_money and not figure.is_percent:
        if not figure.unit_word and _may_be_reference(before) and _REFERENCE.search(before):
            return "reference"
        if "ge" in before.lower() and _AGE_BEFORE.search(before):
            return "age"
    if _AT_A_TIME.match(text, end) or (figure.value == 1 and before.endswith(("Not ", "not "))):
        return "idiom"  # “one step at a time”, “not one dollar”
    if not figure.is_percent and before.rstrip().lower().endswith(("every", "per", "each")) and _PER.search(before):
        return "base-of-a-rate"
    if no_measure := _why_no_measure(text, figure, before, block_start):
        return no_measure
    compound = _COMPOUND.match(text, figure.number_end)
    if compound and compound["word"].lower() == "plus":
        return None
    if compound and _MASS.match(compound["word"]) and not figure.unit_word:
        figure.unit_word = compound["word"].lower()  # “a 2.5-kilogram package”
        return None
    if compound and not figure.unit_word and not figure.is_magnitude:
        word = compound["word"].lower()
        if word == "count" and _COUNTS.match(text, compound.end()):
            return None  # “a 59-count indictment” numbers its charges
        if word in ("month", "year") and _TERM.match(text, compound.end()):
            figure.unit_word = word + "s"  # “a 210-month sentence”: the unit stands in the compound, not in the span
            return None
        if word == "percent":
            figure.unit_word, figure.is_percent = word, True  # “a 6.5-percent share”
            return None
        if not (figure.is_money and word in ("million", "billion")):
            return "age" if word.startswith("year") and "old" in text[end : end + 12] else "compound-word"
    if figure.is_magnitude and text[end : end + 1] == "-":
        return "compound-word"
    if figure.is_word:
        return _why_no_word_figure(text, figure, before)
    return None


_REFERENCE_ENDS = frozenset(
    "section sections title article chapter paragraph item page room model of marker p pp ext extension milepost mile "
    "kilometer kilometre km".split()
)
"""The words in small letters that `_REFERENCE` may end in."""


def _may_be_reference(before: str) -> bool:
    """Whether `_REFERENCE` has to be tried: not behind a plain word that is none of its own."""
    words = before.split()
    return bool(words) and (not (words[-1].isalpha() and words[-1].islower()) or words[-1] in _REFERENCE_ENDS)


def _why_no_measure(text: str, figure: Figure, before: str, block_start: int) -> str | None:
    """Shares in words, bounds of age, old years, quantities that only name an offence."""
    if figure.is_money or figure.is_percent or figure.is_magnitude:
        return None
    start, end = figure.start, figure.end
    if figure.unit_word:
        if _LITTLE.search(before):
            return "threshold"
        if _OR_MORE.match(text, end) and _OF_SIZE.search(before):
            return "threshold"
        if figure.value in _LEGAL_SIZES and _COUNT_OF.search(text, max(block_start, start - 150), start):
            return "limit-of-law"
        if _OR_MORE.match(text, end) and _OFFENCE.search(text, max(block_start, start - 160), start):
            return "limit-of-law"  # “possession with intent to distribute 400 grams or more of …”
        return None
    if figure.value < 100 and (_OUT_OF.match(text, end) or _OUT_OF_BEFORE.search(before)):
        return "ratio-in-words"
    if _TIMES_MORE.match(text, end):
        return "factor"
    if figure.is_word:
        return None
    if 10 <= figure.value <= 99 and _YOUNGER.search(before) and _YOUNGER_AFTER.match(text, end):
        return "age"
    if 1500 <= figure.value < 1900 and "," not in figure.verbatim and _IN_YEAR.search(before):
        return "date"
    return None


def _why_no_word_figure(text: str, figure: Figure, before: str) -> str | None:
    word = text[figure.start : figure.number_end]
    if figure.verbatim[0].isupper() and before.strip() and _TITLE_AFTER.match(text, figure.end):
        if before.rstrip()[-1] not in '.:;!?”"•*)':
            return "part-of-a-name"
        if len(word.split()) == 1 and before.rstrip()[-1] in '”"':
            return "part-of-a-name"
    if (
        before.rstrip()[-1:] in ("“", '"', "‘")
        and figure.verbatim[0].isupper()
        and _TITLE_AFTER.match(text, figure.end)
    ):
        return "part-of-a-name"
    if word.lower() == "one" and not figure.unit_word and _ORDINAL_OF.match(text, figure.end):
        return "pronoun"
    return None


def is_legal_limit(text: str, start: int, sentence_start: int) -> bool:
    """Whether a term or a fine is what a law allows, not what a court gave."""
    before = text[max(sentence_start, start - 70) : start]
    return bool(_LAW.search(before)) and "sentenced" not in before
