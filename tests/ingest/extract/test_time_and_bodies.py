"""Planted sentences for when and who: periods with their basis, operations, bodies with their roles."""

from __future__ import annotations

import pytest

from .conftest import Extract

PERIODS = [
    ("In FY 2021, agents made 12 arrests.", "2020-10-01..2021-09-30 fiscal_year"),
    ("In 2021, agents made 12 arrests.", "2021-01-01..2021-12-31 calendar_year"),
    ("Agents made 12 arrests in 2022.", "2022-01-01..None year_to_date"),
    ("Thus far in 2022, agents made 12 arrests.", "2022-01-01..None year_to_date"),
    ("Since March 2021, agents made 12 arrests.", "2021-03-01..None since_date"),
    ("Since its inception in FY2020, the unit made 12 arrests.", "2019-10-01..None since_inception"),
    ("Operation Pale Moon, launched March 5, led to 12 arrests.", "2022-03-05..None since_inception"),
    ("Between March 1, 2021, and May 31, 2021, agents made 12 arrests.", "2021-03-01..2021-05-31 range"),
    ("Between March and May 2021, agents made 12 arrests.", "2021-03-01..2021-05-31 range"),
    ("From October 2020 to May 20, 2021, agents made 12 arrests.", "2020-10-01..2021-05-20 range"),
    ("Arrests rose by 12 percent in two months (March to May).", "2022-03-01..2022-05-31 range"),
    ("From FY 2019 to 2021, agents made 12 arrests.", "2018-10-01..2021-09-30 range"),
    ("In FY2019-2021, agents made 12 arrests.", "2018-10-01..2021-09-30 range"),
    ("In 2019–2021, agents made 12 arrests.", "2019-01-01..2021-12-31 range"),
    ("In March 2021, agents made 12 arrests.", "2021-03-01..2021-03-31 range"),
    ("On March 23, he was sentenced to 12 months in prison.", "2022-03-23..2022-03-23 point_in_time"),
    ("As of March 3, agents made 12 arrests.", "None..None since_inception"),
    ("Agents made 12 arrests.", "None..None unspecified"),
    ("Agents made 12 arrests, more than in 2021.", "None..None unspecified"),
]


@pytest.mark.parametrize(("sentence", "period"), PERIODS)
def test_words_of_time_give_the_period(read: Extract, sentence: str, period: str) -> None:
    (claim,) = read(sentence).claims
    found = claim.period
    assert f"{found.start}..{found.end} {found.basis}" == period


def test_open_periods_end_on_the_date_of_the_document(read: Extract) -> None:
    (claim,) = read("Since March 2021, agents made 12 arrests.").claims
    assert str(claim.period.as_of) == "2022-06-15"
    (claim,) = read("As of March 3, agents made 12 arrests.").claims
    assert str(claim.period.as_of) == "2022-03-03"


def test_no_time_is_borrowed_from_the_next_sentence(read: Extract) -> None:
    first, second = read("Agents made 12 arrests.", "In 2021, agents made 15 arrests.").claims
    assert (first.period.basis, second.period.basis) == ("unspecified", "calendar_year")


def test_a_month_without_a_year_stays_empty_without_a_date_of_the_document(read: Extract) -> None:
    (claim,) = read("In March, agents made 12 arrests.", date="").claims
    assert (claim.period.basis, claim.period.start) == ("unspecified", None)


def test_an_operation_that_ended_after_a_year_gives_its_figures_that_year(read: Extract) -> None:
    (claim,) = read(
        "On May 2, DEA concluded “Operation Pale Moon,” a year-long effort.", "Operation Pale Moon led to 12 arrests."
    ).claims
    assert (str(claim.period.start), str(claim.period.end)) == ("2021-05-02", "2022-05-02")
    assert claim.operation_names == ("Operation Pale Moon",)
    assert claim.leads == {"dea"}


BODIES = [
    ("HSI and CBP seized 12 firearms.", {"hsi:lead", "cbp:lead"}),
    ("Homeland Security Investigations (HSI) seized 12 firearms.", {"hsi:lead"}),
    ("DOJ’s Criminal Division charged 12 people.", {"doj-criminal-division:lead"}),
    ("A total of 12 firearms were seized by CBP.", {"cbp:lead"}),
    ("With State INL support, ATF seized 12 firearms.", {"atf:lead", "inl:support"}),
    ("In coordination with HSI and CBP, FGR arrested 12 suspects.", {"fgr:lead", "hsi:partner", "cbp:partner"}),
    ("INL and CBP supported training for 12 officials.", {"inl:support", "cbp:support"}),
    ("Operation Pale Moon, led by ATF and supported by DEA, led to 12 arrests.", {"atf:lead", "dea:support"}),
    ("CBP’s Operation Pale Moon led to 12 arrests.", {"cbp:lead"}),
    ("The U.S. Attorney’s Office for the North charged 12 people.", {"us-attorneys-offices:lead"}),
    ("Agents with HSI seized 12 firearms.", {"hsi:lead"}),
    ("The shop sold 12 firearms.", set()),
]


@pytest.mark.parametrize(("sentence", "expected"), BODIES)
def test_words_beside_a_body_give_its_part(read: Extract, sentence: str, expected: set[str]) -> None:
    (claim,) = read(sentence).claims
    assert {f"{part.agency_id}:{part.role}" for part in claim.parts} == expected


def test_two_operations_share_one_figure(read: Extract) -> None:
    (claim,) = read("DHS’ Operation Pale Moon and Operation Red Kite led to 12 arrests.").claims
    assert claim.operation_names == ("Operation Pale Moon", "Operation Red Kite")
    assert claim.leads == {"dhs"}


def test_the_operation_is_referred_back_to(read: Extract) -> None:
    (claim,) = read("CBP runs Operation Pale Moon at the port.", "The operation has led to 12 arrests.").claims
    assert claim.operation_names == ("Operation Pale Moon",)


def test_an_operation_is_not_carried_on_without_words_for_it(read: Extract) -> None:
    first, second = read("DEA’s Operation Pale Moon led to 12 arrests.", "HSI seized 15 firearms.").claims
    assert (first.operation_names, second.operation_names) == (("Operation Pale Moon",), ())


def test_a_giver_is_donor_and_the_user_acts(read: Extract) -> None:
    _, claim = read(
        "State has donated more than 50 canines to Mexican authorities.",
        "These canines supported 20 fentanyl seizures.",
    ).claims
    assert {f"{part.agency_id}:{part.role}" for part in claim.parts} == {"state:donor", "mexican-authorities:lead"}


def test_an_acronym_of_the_text_is_its_own(read: Extract) -> None:
    (claim,) = read("The Regional Development Finance Corporation (DFC) invested $3 million in clinics.").claims
    assert claim.operations == ()


def test_a_country_after_a_preposition_is_no_actor(read: Extract) -> None:
    (claim,) = read("CBP seized 12 firearms on the way to Guatemala and Mexico.").claims
    assert claim.leads == {"cbp"}
