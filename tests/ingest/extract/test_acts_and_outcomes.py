"""Planted sentences of fact sheets and releases: what is lost, moved, controlled, announced; where bodies are."""

from __future__ import annotations

import pytest

from .conftest import Extract

TYPES = [
    ("The storm of fentanyl is claiming 900 lives.", "other"),
    ("Overdoses took more than 900 American lives.", "other"),
    ("He transferred $40,000 in proceeds to a cousin.", "other"),
    ("The ring laundered over $3 million in drug money.", "other"),
    ("He was convicted for his part in the trafficking of 40 rifles.", "other"),
    ("They pleaded guilty to the smuggling of about 60 handguns.", "other"),
    ("The commission voted to control five chemicals.", "designation"),
    ("The ministry placed 12 precursors under watch.", "designation"),
    ("USAID reduced crime in 40 municipalities.", "coverage"),
    ("Staff worked at more than 30 clinics.", "coverage"),
    ("Last year 61 coalitions in all 50 states received new grants.", "beneficiary"),
    ("The bureau identified 31 victims.", "other"),
    ("The office successfully prosecuted 14 U.S.-based smugglers.", "conviction"),
    ("INL sponsored trainings on digital evidence for over 70 participants.", "training"),
    ("This funding supports 25 new judge teams.", "deployment"),
    ("The money will support an additional 300 officers.", "deployment"),
    ("USAID works with the office to investigate and prosecute 31 cases.", "case_support"),
    ("DEA announced the arrest of eight men in four states who were indicted in May.", "arrest"),
    ("More than 70 properties have been secured.", "seizure"),
    ("In the raids 61 men were arrested and 14 properties have been secured.", "arrest"),
    ("The two sides co-hosted four experts’ roundtables.", "outreach"),
]


@pytest.mark.parametrize(("sentence", "claim_type"), TYPES)
def test_the_type_of_what_is_lost_moved_controlled_or_supported(read: Extract, sentence: str, claim_type: str) -> None:
    assert read(sentence).claims[0].claim_type == claim_type


SUBJECTS = [
    ("An estimated 4 million people are subjected to forced labor.", "victims"),
    ("Some 900 people were trapped in servitude.", "victims"),
    ("Of them, 900 people needed treatment for addiction.", "treatment"),
    ("Last year 300 persons received the treatment.", "treatment"),
    ("DOJ charged 40 traffickers.", "defendants-charged"),
    ("CBP will hire 300 Border Patrol agents.", "security-personnel"),
    ("INL trained 90 experts on firearms and explosives identification.", "firearms-and-explosives-identification"),
    ("CDC launched four education campaigns.", "prevention-campaigns"),
    ("The lab collected 300 DNA samples.", "forensics"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "subject"), SUBJECTS)
def test_the_subject_is_what_the_words_around_say(read: Extract, sentence: str, subject: str) -> None:
    (claim,) = read(sentence).claims
    assert claim.subject_id == subject


LEADS = [
    ("The U.S. Attorney’s Office for the Western District of Ohio announced the conviction of 12 smugglers.", set()),
    ("The Department of Justice announced the arrest of 12 smugglers.", set()),
    ("CBP announced the seizure of 40 pounds of heroin.", {"cbp"}),
    ("The work led to the arrest of six men who will be tried by Mexican authorities.", set()),
    ("INL-donated dogs in Mexico helped find 40 pounds of heroin.", set()),
    ("USAID-funded clinics treated 400 patients.", set()),
    ("OFAC designated 12 individuals under an order signed by President Biden.", {"ofac"}),
    ("Mexico agreed, noting that the Border Safety Act provides $12 million for scanners.", set()),
    ("The plan builds on the President’s budget request for a $12 million increase for DEA.", {"white-house"}),
]


@pytest.mark.parametrize(("sentence", "leads"), LEADS)
def test_who_tells_or_gives_does_not_lead(read: Extract, sentence: str, leads: set[str]) -> None:
    assert read(sentence).claims[0].leads == leads


UNITS = [
    ("It earns an estimated $4 billion annually in profits.", "$4 billion", "usd_per_year", "year"),
    ("CBP seized an average of 800 pounds of heroin each month.", "800 pounds", "lb_per_month", "month"),
    ("A 6.5-percent share was treated.", "6.5", "percent", None),
]


@pytest.mark.parametrize(("sentence", "verbatim", "unit", "rate"), UNITS)
def test_rates_and_shares(read: Extract, sentence: str, verbatim: str, unit: str, rate: str | None) -> None:
    (claim,) = read(sentence).claims
    assert (claim.verbatim, claim.unit_id, claim.rate_per) == (verbatim, unit, rate)


PERIODS = [
    ("Beginning in 2008 and continuing through 2012, they moved 40 kilograms of heroin.", "2008-01-01", "2012-12-31"),
    ("CBP seized 40 pounds of heroin in fiscal\n    year 2021.", "2020-10-01", "2021-09-30"),
    ("DHS will invest $12 million over the next two years.", "2022-06-15", "2024-06-15"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "first", "last"), PERIODS)
def test_periods_of_two_ends(read: Extract, sentence: str, first: str, last: str) -> None:
    (claim,) = read(sentence).claims
    assert (str(claim.period.start), str(claim.period.end)) == (first, last)


@pytest.mark.parametrize(
    "sentence", ["He had a Glock model 43 pistol.", "The model 19 was loaded.", "Officers saw a Mark 23."]
)
def test_models_are_no_figures(read: Extract, sentence: str) -> None:
    assert read(sentence).claims == ()
