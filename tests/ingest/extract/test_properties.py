"""Whatever the text: spans are exact and parse, nothing is counted twice, nothing crashes, the same comes out again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract import Reference, extract
from ingest.extract.figures import NUMBER, read_figure
from ingest.numbers import parse_quantity
from ingest.reading.model import Block, Span, TextDocument

from .conftest import document_of

SPACES = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"])
WORDS = st.sampled_from(
    "seized arrested over nearly including of these and , ; . ( ) In FY2022 since October 2021 $ million pounds 47 "
    "1,436 nine No one Operation Pale Moon DEA’s "
    "Mexico fentanyl pills 40% to – ‘23 \u200f \u0000 \U0001f600 é (HSI) trained "
    "officials \n \t [x](http://a/1) 2974 § 12 Title per day May 5 March from 2017".split(" ")
)


def whole(text: str) -> TextDocument:
    return TextDocument("any.txt", "0" * 64, text, (Block("paragraph", Span(0, len(text)), (), (Span(0, len(text)),)),))


@pytest.fixture(scope="module")
def known() -> Reference:
    from tests.support import SEEDS

    return Reference.load(SEEDS)


def prove(text: str, known: Reference) -> None:
    document = whole(text)
    found = extract(document, known)
    assert found == extract(document, known)
    end = 0
    for claim in found.claims:
        assert claim.span.slice(text) == claim.verbatim
        assert claim.span.start >= end
        end = claim.span.end
        assert parse_quantity(claim.verbatim).value == claim.value
        assert claim.parent_start != claim.span.start
    for item in found.left_out:
        assert item.span.slice(text) == item.verbatim
        assert item.reason


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(WORDS, max_size=60))
def test_any_row_of_words_is_read(words: list[str], known: Reference) -> None:
    prove(" ".join(words), known)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_read(text: str, known: Reference) -> None:
    prove(text, known)


@given(
    number=st.integers(1, 10**12), space=SPACES, unit=st.sampled_from(["pounds", "kilos", "rounds", "percent", "pills"])
)
def test_any_number_in_groups_is_read_whole_with_its_unit(number: int, space: str, unit: str) -> None:
    for mark in (",", space):
        text = f"{number:,}".replace(",", mark) + space + unit
        match = NUMBER.search(f"({text})")
        assert match is not None
        figure = read_figure(match)
        assert figure is not None
        assert (figure.verbatim, figure.value, figure.unit_word) == (text, Decimal(number), unit)


@given(
    amount=st.decimals(0, 999, places=1),
    word=st.sampled_from(["thousand", "million", "billion"]),
    sign=st.sampled_from("$ "),
)
def test_any_amount_with_a_multiplier_is_read_whole(amount: Decimal, word: str, sign: str) -> None:
    text = f"{sign.strip()}{amount} {word}"
    match = NUMBER.search(f" {text}.")
    assert match is not None
    figure = read_figure(match)
    assert figure is not None
    assert figure.verbatim == text
    assert figure.is_money == (sign == "$")


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_no_date_is_a_claim(day: dt.date, known_dates: Reference) -> None:
    for form in ("%B %d, %Y", "%d %B %Y", "%Y-%m-%d", "%B %Y"):
        text = f"The meeting was held on {day:{form}} in Lima."
        assert not extract(document_of(text), known_dates).claims


@pytest.fixture(scope="module")
def known_dates(known: Reference) -> Reference:
    return known


def test_a_line_without_end_takes_time_in_proportion(known: Reference) -> None:
    """Twenty times the text, forty times the time at most: a machine's moods aside, the time is linear."""
    import time

    def seconds(times: int) -> float:
        text = "Agents seized 1,200 pounds of heroin and 14 rifles in the port of Lima with HSI, " * times
        document = whole(text)
        start = time.process_time()
        extract(document, known)
        return time.process_time() - start

    seconds(10)
    small, large = max(seconds(40), 0.004), seconds(800)
    assert large < 40 * small
