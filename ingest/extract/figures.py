"""Finding numeric expressions in a text, with their exact span: number, multiplier, currency, unit word after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.numbers import MEASURES, MULTIPLIERS, SMALL_NUMBERS, TENS, NotANumberError, parse_quantity
from ingest.scan import alternation

_GAP = "[ \u00a0\u2009\u202f]"
_WRAP = "(?:[ \u00a0\u2009\u202f]{1,2}|[ ]{0,3}\\r?\\n[ \\t>]{0,12})"
_MULT = "(?:" + "|".join(sorted((m for m in MULTIPLIERS if m != "dozen"), key=len)) + ")"


def _cased(words: list[str]) -> str:
    """Words with a small or a capital first letter, longest first, as one alternation."""
    return "|".join(f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in sorted(words, key=len, reverse=True))


_SMALL = _cased([word for word in SMALL_NUMBERS if word not in ("a", "an", "no")])
_TENS = _cased(list(TENS))
_ONES = "|".join("one two three four five six seven eight nine".split())
_BELOW_HUNDRED = "|".join(
    [rf"(?:{'|'.join(TENS)})(?:-(?:{_ONES}))?", *(w for w in SMALL_NUMBERS if w not in ("a", "an", "no", "zero"))]
)
UNIT_WORDS = (
    "metric tons|metric tonnes|metric ton|metric tonne|short tons|tons|tonnes|ton|tonne|kilograms|kilogram|kilos|kilo"
    "|kgs|kg|pounds|pound|lbs|lb|grams|gram|g|milligrams|milligram|mg|ounces|ounce|oz|liters|litres|liter|litre"
    "|milliliters|ml|gallons|gallon|liquid doses|pills|tablets|rounds|cartridges|percent|per cent|percentage points"
    "|percentage point|dollars|dollar|Mexican pesos|Canadian dollars|pesos|euros|months|month|years|year|hours|hour"
    "|acres|acre|hectares|hectare|square miles|square kilometers|square kilometres|miles|mile|kilometers|kilometres|km"
    "|feet"
)
"""Words that belong to the span where they follow the number directly. Persons and rhetorical doses do not."""
_MASSES = "pounds?|ounces?|grams?|kilos?|kilograms?|tons?|tonnes?|gallons?|liters?"
_MEASURES = "|".join(MEASURES)
_UNITS = "|".join(re.escape(word).replace(r"\ ", _WRAP) for word in UNIT_WORDS.split("|"))

_INSIDE = r"[\w/@\#.,&=§%–-]"
"""Characters behind which no expression begins."""

CURRENCY_OF = {
    "usd": "usd", "dollar": "usd", "dollars": "usd", "mxn": "mxn", "pesos": "mxn", "mexican pesos": "mxn",
    "cad": "cad", "canadian dollars": "cad", "eur": "eur", "euros": "eur",
}  # fmt: skip
"""Word or sign of a currency → its unit."""

NUMBER = re.compile(
    rf"""(?<!{_INSIDE})
    (?:
      (?P<magnitude>(?<!\$[ ])(?:(?:[Tt]ens|[Hh]undreds|[Tt]housands){_WRAP}of{_WRAP})?
         (?:[Dd]ozens|[Hh]undreds|[Tt]housands|[Mm]illions|[Bb]illions)(?:{_WRAP}of{_WRAP}(?:dollars?|{_MEASURES}))?(?!\w)
        |(?<!\$[ ])[Mm]ulti-(?:million|billion)(?:[- ]dollars?)?(?!\w)
        |(?:[Ss]everal|[Aa]{_GAP}few){_WRAP}(?:dozen|hundred|thousand|million|billion)(?:{_WRAP}dollars)?(?!\w))
        |[Ss]cores(?=\s+of\s+[a-z])
     |(?:(?P<sign>(?:US|U\.S\.)?\$|€|£|CA?\$|MX\$|Mex\$){_GAP}?)?
      (?:(?P<digits>\d{{1,3}}(?:(?P<sep>[,\u00a0\u2009\u202f ])\d{{3}}(?!\d))(?:(?P=sep)\d{{3}}(?!\d))*(?:\.\d+)?
           |\d{{1,3}}{_GAP}[1-9]/(?:2|4|5|8|10|16)(?![\d/])|\d{{0,3}}{_GAP}?[½¼¾]|[1-9]/(?:2|4|8)(?={_GAP}(?:{_MASSES})\b)
           |\d+(?:\.\d+)?)
        |(?P<word>(?:{_TENS})(?:-(?:{_ONES}))?|(?:{_SMALL})|[Hh]alf{_WRAP}an?(?={_WRAP}(?:{_MULT}|dozen|{_MASSES})\b)
           |[Aa]n?(?={_GAP}(?:{_MULT}|dozen)\b)|[Nn]o(?=\s))(?![\w’'])
      )
      (?P<multiplier>{_WRAP}hundred{_WRAP}(?:and{_WRAP})?(?:{_BELOW_HUNDRED})(?![\w-])(?:{_WRAP}(?:thousand|million)(?!\w))?
        |(?:(?:{_WRAP}|-(?=\w+illion)){_MULT}(?!\w))+|{_WRAP}dozen(?!\w)
        |(?<=\d)(?:[KMB]|mn|bn|{_GAP}(?:mn|bn))(?![\w-]))?
    )
    (?P<tail>(?P<unit>%|{_WRAP}(?:{_UNITS})(?![\w]))?)
    """,
    re.VERBOSE,
)
_WORDS = [*TENS, *SMALL_NUMBERS, *MULTIPLIERS, "tens", "multi-", "several", "half", "scores"]
_INITIALS = "".join(sorted({word[0] for word in _WORDS}))
_BEGINNING = (
    rf"[\d$€£UCM{_INITIALS}{_INITIALS.upper()}]"
    rf"(?:(?<=[\d$€£])|(?<=[UCM])[SX.$]|(?<=[Aa])n?{_GAP}(?:{_MULT}|dozen)|(?<=[Nn])o\s"
    rf"|{alternation(word[1:] for word in _WORDS if len(word) > 2)})"
)
_FIRST = re.compile(_BEGINNING)
_LATER = re.compile(rf"[^a-zA-Z0-9_/@#.,&=§%–-](?={_BEGINNING})(?<!{_INSIDE})")
"""The character before a beginning, sought as one of a plain set, which skips at once what is inside of words."""


def number_places(text: str) -> list[int]:
    """Where a numeric expression may begin: few of the places of a text."""
    return [0] * bool(_FIRST.match(text)) + [match.end() for match in _LATER.finditer(text)]


def find_numbers(text: str, places: Sequence[int], start: int, end: int) -> Iterator[re.Match[str]]:
    """The numeric expressions between two places of a text, in order. `places` are its `number_places`."""
    at = start
    low = bisect_left(places, start)
    for place in places[low : bisect_left(places, end, low)]:
        if place >= at and (found := NUMBER.match(text, place, end)):
            yield found
            at = found.end()


@dataclass(slots=True)
class Figure:
    """A numeric expression: its span with and without the unit word, and what it reads."""

    start: int
    end: int
    number_end: int
    value: Decimal
    unit_word: str | None
    is_money: bool
    is_percent: bool
    is_magnitude: bool
    is_word: bool
    verbatim: str
    is_range: bool = False
    is_low: bool = False

    @property
    def is_small(self) -> bool:
        return self.value <= 12 and not self.is_money and not self.is_percent and not self.unit_word


def read_figure(match: re.Match[str]) -> Figure | None:
    """The numeric expression that `NUMBER` matched; None where the contract's reader refuses it."""
    text = match[0]
    start, end = match.span()
    number_end = match.end() - len(match["tail"] or "")
    if match["sign"] and match["unit"]:
        end, text = number_end, text[: number_end - start]
    try:
        quantity = parse_quantity(text)
    except NotANumberError:
        return None
    unit = quantity.unit_word.lower() if quantity.unit_word else None
    is_money = unit in CURRENCY_OF
    percent = unit in ("%", "percent", "per cent", "percentage points")
    return Figure(start, end, number_end, quantity.value, unit, is_money, percent, quantity.is_magnitude,
                  bool(match["word"]), text)  # fmt: skip


RANGE = re.compile(r"\s*(?:to|–|-|—|and|or)\s*")


_DOSES = re.compile(r"[ \u00a0]doses(?=\s+of\s+[a-z])")
_SPOKEN_DOSES = re.compile(
    r"\b(?:could|would|enough|equal\w*|equival\w*|potential\w*|lethal|deadly|fatal|represent\w*|mak(?:es?|ing)|kill\w*|naloxone"
    r"|narcan|vaccines?|medic\w+|amounts?\s+to)\b|\b[Tt]hat(?:[’']s|\s+is)\b",
    re.I,
)


def take_doses(text: str, figure: Figure, start: int, end: int) -> None:
    """“65 doses of marijuana”: doses as sold are a measure and belong to the span; those a speaker derives do not."""
    if figure.unit_word or figure.is_money or figure.is_magnitude:
        return
    doses = _DOSES.match(text, figure.end)
    if doses and not _SPOKEN_DOSES.search(text, start, end):
        figure.end, figure.unit_word = doses.end(), "doses"
        figure.verbatim = text[figure.start : figure.end]


def share_unit(text: str, low: Figure, high: Figure, link: re.Match[str]) -> None:
    """“40 to 50 percent”: the unit stands once, behind the upper end of a range."""
    if (
        low.unit_word is None
        and high.unit_word
        and not low.is_magnitude
        and (
            link[0].strip() not in ("and", "or")
            or high.unit_word in ("months", "years")  # “sentenced to 17 and 22 years”
            or re.search(r"\bbetween\s+$", text[max(0, low.start - 16) : low.start])
        )
    ):
        low.unit_word, low.is_percent, low.is_money = high.unit_word, high.is_percent, high.is_money
    if low.unit_word and low.unit_word != high.unit_word:
        return  # “fell 4% to 16,972” is no range
    before = text[max(0, low.start - 16) : low.start]
    word = link[0].strip()
    if (word in ("to", "–", "-", "—") and not re.search(r"(?<!\wing )\bfrom\s+$", before)) or (
        word == "and" and re.search(r"\bbetween\s+$", before)
    ):
        low.is_range = high.is_range = low.is_low = True
