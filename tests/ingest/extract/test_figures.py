"""Planted numbers: each form is found at its exact characters, and what is no figure is left out with its reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .conftest import Extract

FORMS = [
    ("Officers seized 1,436 rifles.", "1,436", "1436", "count"),
    ("Officers seized 2974 rifles.", "2974", "2974", "count"),
    ("Officers seized 6,145,682 rounds.", "6,145,682 rounds", "6145682", "round"),
    ("Officers seized 44 million fentanyl pills.", "44 million", "44000000", "pill"),
    ("Officers seized 485,000 pills.", "485,000 pills", "485000", "pill"),
    ("Officers seized 2,700 liquid doses of fentanyl.", "2,700 liquid doses", "2700", "liquid_dose"),
    ("Officers seized 13 million potentially deadly doses of fentanyl.", "13 million", "13000000", "dose"),
    ("Officers seized 12\u202f500 pounds of cocaine.", "12\u202f500 pounds", "12500", "lb"),
    ("Officers seized 12\u00a0500\u00a0kilos of cocaine.", "12\u00a0500\u00a0kilos", "12500", "kg"),
    ("Officers seized 12.5 kg of cocaine.", "12.5 kg", "12.5", "kg"),
    ("Officers seized $46.1 billion in cash.", "$46.1 billion", "46100000000", "usd"),
    ("Officers seized $265,000 in cash.", "$265,000", "265000", "usd"),
    ("Officers seized hundreds of thousands of dollars in cash.", "hundreds of thousands of dollars", "100000", "usd"),
    ("Officers seized nine trucks.", "nine", "9", "count"),
    ("Officers seized two dozen rifles.", "two dozen", "24", "count"),
    ("Officers seized dozens of rifles.", "dozens", "12", "count"),
    ("Officers seized twenty-five rifles.", "twenty-five", "25", "count"),
    ("Arrests rose 25% in a region.", "25%", "25", "percent"),
    ("Arrests rose 40 percent in a region.", "40 percent", "40", "percent"),
    ("The campaign reached a billion impressions.", "a billion", "1000000000", "count"),
    ("He was sentenced to 100 months in prison.", "100 months", "100", "month"),
    ("Officers seized $13.6\nbillion in cash.", "$13.6\nbillion", "13600000000", "usd"),
    ("Officers seized $13.6\n    billion in cash.", "$13.6\n    billion", "13600000000", "usd"),
]


@pytest.mark.parametrize(("sentence", "verbatim", "value", "unit"), FORMS)
def test_a_planted_figure_is_found_with_value_and_unit(
    read: Extract, sentence: str, verbatim: str, value: str, unit: str
) -> None:
    (claim,) = read(sentence).claims
    assert (claim.verbatim, claim.value, claim.unit_id) == (verbatim, Decimal(value), unit)


NO_FIGURES = [
    "On October 5, the ministers met in Lima.",
    "The treaty of 2019 was signed on 3 May 2020.",
    "Ana Ruiz, 34, of Lima, was there.",
    "The 13-year-old plan is a three-year plan in its 21st year.",
    "See 21 U.S.C. §§ 952 and 960, Title 18, Section 841 and Executive Order 13773.",
    "Call (619) 555-0142 or 1-800-555-0199 before 10:30 a.m. on the 3rd floor.",
    "The gang MS-13 carried AR-15 rifles to Room 210 at 950 Poplar Avenue.",
    "Our two countries share three goals under Resolution 2231.",
    "Within two months the delegations will meet over four years.",
    "See https://example.org/2023/10/05/600-arrests for more.",
    "One of the largest dealers could no longer be found.",
    "The law carries a mandatory minimum of 10 years in prison and a maximum fine of $10 million.",
    "The plan has five pillars: 1) Reading; 2) Writing.",
    "Operation Four Horsemen began near Highway 61.",
]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_other_numbers_are_left_out_with_a_reason(read: Extract, sentence: str) -> None:
    found = read(sentence)
    assert not found.claims
    assert all(item.reason for item in found.left_out)


def test_a_no_before_people_is_a_zero(read: Extract) -> None:
    (claim,) = read("No arrests were made in the port.").claims
    assert (claim.verbatim, claim.value, claim.claim_type) == ("No", 0, "arrest")


QUALIFIERS = [
    ("over", "over"), ("more than", "over"), ("well over", "over"), ("at least", "at_least"), ("nearly", "nearly"),
    ("almost", "nearly"), ("as many as", "up_to"), ("up to", "up_to"), ("approximately", "approximately"),
    ("about", "approximately"), ("an estimated", "approximately"), ("fewer than", "up_to"), ("a total of", "exact"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "qualifier"), QUALIFIERS)
def test_the_word_before_bounds_the_figure(read: Extract, words: str, qualifier: str) -> None:
    (claim,) = read(f"Police arrested {words} 240 smugglers.").claims
    assert claim.qualifier == qualifier


def test_a_bound_reaches_a_second_figure_only_without_a_noun_between(read: Extract) -> None:
    joined = read("Police seized approximately $1.4 million and 900 pounds of cocaine.").claims
    apart = read("Police seized over 900 pounds of cocaine, and 75 rifles.").claims
    assert [claim.qualifier for claim in joined] == ["approximately", "approximately"]
    assert [claim.qualifier for claim in apart] == ["over", "exact"]


def test_a_range_has_two_ends_and_one_unit(read: Extract) -> None:
    low, high = read("Some 40 to 50 percent of homes were searched.").claims
    assert (low.verbatim, low.unit_id, high.verbatim, high.unit_id) == ("40", "percent", "50 percent", "percent")
