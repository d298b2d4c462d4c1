"""A numeric expression is read exactly, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import SPACES, NotANumberError, parse_quantity

EXACT = [
    # digits and separators
    ("284", "284", None),
    ("2974", "2974", None),
    ("8,497", "8497", None),
    ("950,000", "950000", None),
    ("0.5", "0.5", None),
    ("1,234,567.89", "1234567.89", None),
    ("12\u202f500", "12500", None),
    ("12\u00a0500", "12500", None),
    ("12\u2009500", "12500", None),
    ("1 234 567", "1234567", None),
    # unit words
    ("12,500 pounds", "12500", "pounds"),
    ("213\u00a0kilos", "213", "kilos"),
    ("950,000 cartridges", "950000", "cartridges"),
    ("2,700 liquid doses", "2700", "liquid doses"),
    ("25%", "25", "%"),
    ("40 percent", "40", "percent"),
    # multipliers
    ("44 million", "44000000", None),
    ("1.5 million pills", "1500000", "pills"),
    ("2 hundred thousand", "200000", None),
    ("3\u202fmillion", "3000000", None),
    # money
    ("$46.1 billion", "46100000000", "usd"),
    ("$6,145,682", "6145682", "usd"),
    ("$ 265,000", "265000", "usd"),
    ("US$1.6 billion", "1600000000", "usd"),
    ("five dollars", "5", "dollars"),
    # words
    ("nine", "9", None),
    ("Eight", "8", None),
    ("zero", "0", None),
    ("No", "0", None),
    ("a billion", "1000000000", None),
    ("an hundred", "100", None),
    ("twenty", "20", None),
    ("twenty-five", "25", None),
    ("Ninety-nine thousand", "99000", None),
    ("twelve months", "12", "months"),
    ("two hundred fifty", "250", None),
    ("three hundred and five", "305", None),
    ("one hundred and twenty-one thousand", "121000", None),
    ("half a million", "500000", None),
    ("Half a dozen", "6", None),
    # a letter for the multiplier
    ("$4.5M", "4500000", "usd"),
    ("$1.2 bn", "1200000000", "usd"),
    ("300K", "300000", None),
    # other currencies
    ("€5 million", "5000000", "eur"),
    ("MX$900", "900", "mxn"),
]

MAGNITUDES = [
    ("thousands", "1000", None),
    ("Thousands", "1000", None),
    ("millions", "1000000", None),
    ("tens of thousands", "10000", None),
    ("hundreds of thousands", "100000", None),
    ("hundreds of thousands of dollars", "100000", "usd"),
    ("millions of dollars", "1000000", "usd"),
    ("multi-million dollar", "1000000", "usd"),
    ("multi-billion", "1000000000", None),
    ("several hundred", "100", None),
    ("a few thousand", "1000", None),
]

REFUSED = {
    "nothing": ["", " ", "\u202f", "\n"],
    "a date": ["2023-10-05", "10/05/2023", "5 October 2023", "October 5", "May 1, 2023"],
    "an ordinal": ["1st", "21st", "21st Century", "first", "twenty-first", "third"],
    "part of a word": ["FY2023", "9mm", "five-year", "1e3"],
    "two numbers": ["47, 120", "50 seizures, 213 kilos", "10-15", "24/7", "$1.1 million and 18,200 pounds", "1,00"],
    "a currency and another unit": ["$5 million dollars", "$5 pounds"],
    "a sign": ["-5", "+5", "±5"],
    "a part of one": ["one-third", ".5"],
    "no number at all": ["pounds", "million", "$", "several", "dozens of cases", "thousands of cases"],
}


@pytest.mark.parametrize(("text", "value", "unit_word"), EXACT)
def test_figure_is_read_with_its_unit_word(text: str, value: str, unit_word: str | None) -> None:
    found = parse_quantity(text)
    assert (found.value, found.unit_word, found.is_magnitude) == (Decimal(value), unit_word, False)


@pytest.mark.parametrize(("text", "floor", "unit_word"), MAGNITUDES)
def test_magnitude_has_its_floor_for_a_value(text: str, floor: str, unit_word: str | None) -> None:
    found = parse_quantity(text)
    assert (found.value, found.unit_word, found.is_magnitude) == (Decimal(floor), unit_word, True)


@pytest.mark.parametrize("text", [pytest.param(t, id=f"{why}: {t!r}") for why, texts in REFUSED.items() for t in texts])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_quantity(text)


def test_refusal_names_the_text() -> None:
    with pytest.raises(NotANumberError, match="“FY2023” is not a number"):
        parse_quantity("FY2023")


@pytest.mark.parametrize("text", ["twenty five", "two hundred fifty fifty", "no one"])
def test_a_second_number_in_words_is_never_a_unit(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_quantity(text)


def test_a_day_without_its_year_is_a_date() -> None:
    with pytest.raises(NotANumberError):
        parse_quantity("5 October")


def test_thousands_have_one_kind_of_separator() -> None:
    with pytest.raises(NotANumberError):
        parse_quantity("1,436 337")


# What a curated value can hold: sixteen digits before the point, four after it.
values = st.decimals(min_value=0, max_value=Decimal("9999999999999999.9999"), places=4, allow_nan=False)
separators = st.sampled_from([",", *SPACES])
multipliers = st.sampled_from(
    [("", 1), (" hundred", 10**2), (" thousand", 10**3), (" million", 10**6), ("\u00a0billion", 10**9)]
)
signs = st.sampled_from([("", None), ("$", "usd"), ("US$", "usd"), ("$\u202f", "usd")])


@given(value=values, separator=separators, multiplier=multipliers, sign=signs)
def test_a_figure_survives_being_written_and_read(
    value: Decimal, separator: str, multiplier: tuple[str, int], sign: tuple[str, str | None]
) -> None:
    text = sign[0] + f"{value:,f}".replace(",", separator) + multiplier[0]
    found = parse_quantity(text)
    assert found.value == value * multiplier[1]
    assert (found.unit_word, found.is_magnitude) == (sign[1], False)


@given(value=values, unit=st.sampled_from(["pounds", "kilos", "liquid doses", "percent"]))
def test_separators_change_nothing(value: Decimal, unit: str) -> None:
    assert parse_quantity(f"{value:,f} {unit}") == parse_quantity(f"{value:f} {unit}")


@given(number=st.integers(min_value=0, max_value=99), capital=st.booleans())
def test_number_words_count_up_to_a_hundred(number: int, capital: bool) -> None:
    small = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
             "seventeen eighteen nineteen").split()  # fmt: skip
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    ones = f"-{small[number % 10]}" if number % 10 else ""
    words = small[number] if number < 20 else tens[number // 10 - 2] + ones
    assert parse_quantity(words.capitalize() if capital else words).value == number


@given(st.text() | st.text(alphabet="0123456789,. $%-adehilmnorstu" + SPACES))
def test_any_text_is_a_decimal_or_refused(text: str) -> None:
    try:
        found = parse_quantity(text)
    except NotANumberError:
        return
    assert type(found.value) is Decimal
    assert found.value.is_finite()
    assert found.value >= 0
    assert found.unit_word != ""


@given(value=values, noise=st.text(alphabet="0123456789,.", min_size=1).filter(lambda text: text[0] not in ",."))
def test_a_second_figure_is_never_swallowed(value: Decimal, noise: str) -> None:
    with pytest.raises(NotANumberError):
        parse_quantity(f"{value:f} pounds {noise}")
