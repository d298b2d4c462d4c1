"""Reading one numeric expression: sign of currency, number, multiplier, unit word.

What belongs here: turning the characters of a claim's span into an exact decimal. What does not: finding such
expressions in running text, or deciding what they count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

CURRENCIES = {
    "$": "usd", "US$": "usd", "U.S.$": "usd", "€": "eur", "C$": "cad", "CA$": "cad", "MX$": "mxn", "Mex$": "mxn",
}  # fmt: skip

SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {"no": 0, "a": 1, "an": 1}
TENS = {
    word: number
    for number, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
MULTIPLIERS = {
    "dozen": 12, "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
SUFFIXES = {"K": 10**3, "M": 10**6, "B": 10**9, "mn": 10**6, "bn": 10**9}
"""What stands for a multiplier right behind the digits, or behind a space where a currency stands before: “$4.5M”."""

MONTHS = "january february march april may june july august september october november december".split()
NO_UNITS = {*SMALL_NUMBERS, *TENS, *MULTIPLIERS, *MONTHS} - {"a", "an"}
"""Words that are no unit when they follow a number: a second number, or a date."""

SPACES = "\u0020\u00a0\u2009\u202f"  # ordinary, no-break, thin and narrow no-break space
GAPS = SPACES + "\n\r\t"  # between number, multiplier and unit: documents wrap their lines there
_DIGITS = re.compile(rf"\d{{1,3}}([,{SPACES}])\d{{3}}(?:\1\d{{3}})*(?:\.\d+)?|\d+(?:\.\d+)?")
_MIXED = re.compile(rf"(?:(\d{{1,3}})[{SPACES}]?)?(?:(\d)/(2|4|5|8|10|16)(?![\d/])|([½¼¾]))")
_SIGNED = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SIGNS = sorted(CURRENCIES, key=len, reverse=True)
_NOT_DIGITS = re.compile(rf"[,{SPACES}]")
_NEXT_WORD = re.compile(rf"[{GAPS}-]*([A-Za-z]+)")
_NUMBER_WORD = re.compile(r"([A-Za-z]+)(?:-([A-Za-z]+))?")
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(r"%|[A-Za-z]+(?:[ -][A-Za-z]+)*")
_FACTORS = {"ten": 10, "score": 20} | MULTIPLIERS
MEASURES = "kilos kilograms pounds grams ounces tons tonnes pills tablets rounds cartridges liters gallons".split()
"""Words of measure that belong to an order of magnitude: “hundreds of kilos”."""
_MAGNITUDE = re.compile(
    r"(?:multi-(?P<one>\w+?)|(?:several|a few) (?P<some>\w+?)"
    rf"|(?P<many>(?:tens of |hundreds of |thousands of )?(?:{'|'.join(MULTIPLIERS)}|score))s)("
    r"?: (?:of )?(?P<unit>dollars?)| of (?P<measure>" + "|".join(MEASURES) + r"))?$"
)


class NotANumberError(ValueError):
    """The characters are not a numeric expression."""


_SUFFIX = re.compile(rf"([{SPACES}]?)({'|'.join(SUFFIXES)})(?![A-Za-z])")
_HALF = re.compile(rf"half[{GAPS}]+an?(?=[{GAPS}])", re.IGNORECASE)
_UNITS_OF_TEN = "|".join(word for word, number in SMALL_NUMBERS.items() if number and word not in ("a", "an"))
_BELOW_HUNDRED = re.compile(
    rf"[{GAPS}]+(?:and[{GAPS}]+)?((?:{'|'.join(TENS)})(?:-(?:{_UNITS_OF_TEN}))?|{_UNITS_OF_TEN})(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """A numeric expression that was read.

    `value` is exact, in the unit of the expression with its multiplier applied. `unit_word` is the currency's
    unit id or the unit word as it stands, None without one. `is_magnitude` marks an order of magnitude without a
    number (“thousands”), whose value is the smallest amount of that order.
    """

    value: Decimal
    unit_word: str | None = None
    is_magnitude: bool = False


def parse_quantity(text: str) -> Quantity:
    """Read a numeric expression: “12,500 pounds”, “$46.1 billion”, “nine”, “25%”, “hundreds of thousands of dollars”.

    Raises:
        NotANumberError: when the text is anything else, or more than one number.
    """
    if _PLAIN.fullmatch(text):
        return Quantity(Decimal(text.replace(",", "")))
    if magnitude := _parse_magnitude(text):
        return magnitude
    rest = text
    currency = next((sign for sign in _SIGNS if text.startswith(sign)), None)
    if currency:
        rest = text[len(currency) :].lstrip(GAPS)
    value, rest = _parse_number(rest, text, is_money=currency is not None)
    if rest := " ".join(rest.split()):
        _check_unit(rest, text)
        if currency:
            raise NotANumberError(f"“{text}” has a currency sign and another unit")
    return Quantity(value, CURRENCIES[currency] if currency else rest or None)


def _check_unit(rest: str, text: str) -> None:
    if _DIGIT.search(rest):
        raise NotANumberError(f"“{text}” holds more than one number")
    if not NO_UNITS.isdisjoint(rest.lower().replace("-", " ").split(" ")):
        raise NotANumberError(f"“{text}” is a date, or more than one number")
    if not _UNIT.fullmatch(rest):
        raise NotANumberError(f"“{text}” ends in something else than a unit")


def _parse_magnitude(text: str) -> Quantity | None:
    match = _MAGNITUDE.fullmatch(" ".join(text.lower().split()))
    if not match:
        return None
    words = (match["one"] or match["some"] or match["many"]).replace(" of ", " ").split()
    words = [word.removesuffix("s") for word in words]
    if not all(word in _FACTORS for word in words):
        return None
    value = Decimal(1)
    for word in words:
        value *= _FACTORS[word]
    return Quantity(value, "usd" if match["unit"] else match["measure"], is_magnitude=True)


def _parse_number(rest: str, text: str, *, is_money: bool) -> tuple[Decimal, str]:
    if (mixed := _MIXED.match(rest)) and (mixed[4] or int(mixed[2]) < int(mixed[3])):
        part = _SIGNED[mixed[4]] if mixed[4] else Decimal(mixed[2]) / Decimal(mixed[3])
        return Decimal(mixed[1] or 0) + part, rest[mixed.end() :]  # “2 1/2 ounces”: fractions that are exact decimals
    if digits := _DIGITS.match(rest):
        value = Decimal(_NOT_DIGITS.sub("", digits[0]))
        rest = rest[digits.end() :]
        if suffix := _SUFFIX.match(rest):
            if not suffix[1] or is_money:
                return value * SUFFIXES[suffix[2]], rest[suffix.end() :]
        elif rest[:1].isalnum():
            raise NotANumberError(f"“{text}” is not a number")
    else:
        value, rest = _parse_words(rest, text)
    while (word := _NEXT_WORD.match(rest)) and word[1].lower() in MULTIPLIERS:
        value *= MULTIPLIERS[word[1].lower()]
        rest = rest[word.end() :]
        if word[1].lower() == "hundred" and (tail := _BELOW_HUNDRED.match(rest)):
            value += _parse_words(tail[1], text)[0]  # “two hundred and forty-one”
            rest = rest[tail.end() :]
    return value, rest


def _parse_words(rest: str, text: str) -> tuple[Decimal, str]:
    if half := _HALF.match(rest):
        return Decimal("0.5"), rest[half.end() :]
    word = _NUMBER_WORD.match(rest)
    if word and (tens := TENS.get(word[1].lower())) is not None:
        ones = SMALL_NUMBERS.get((word[2] or "zero").lower())
        if ones is not None and ones < 10:
            return Decimal(tens + ones), rest[word.end() :]
    if word and not word[2] and (small := SMALL_NUMBERS.get(word[1].lower())) is not None:
        return Decimal(small), rest[word.end() :]
    raise NotANumberError(f"“{text}” is not a number")
