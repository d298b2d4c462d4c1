"""Planted sentences for what a figure counts: type, commodity or subject, unit, direction, part of a whole."""

from __future__ import annotations

import pytest

from .conftest import Extract

TYPES = [
    ("Agents seized 300 pounds of heroin.", "seizure", "heroin"),
    ("A raid led to the seizure of 300 pounds of heroin.", "seizure", "heroin"),
    ("In the raid, 300 pounds of heroin were seized.", "seizure", "heroin"),
    ("A raid resulted in 300 kilos of fentanyl powder.", "seizure", "fentanyl-powder"),
    ("The raid led to 88 arrests.", "arrest", "arrests"),
    ("Police arrested 88 suspects.", "arrest", "arrests"),
    ("Prosecutors obtained 61 convictions.", "conviction", "convictions"),
    ("Judges issued 61 arrest warrants.", "warrant", "arrest-warrants"),
    ("Courts saw 61 defendants sentenced.", "sentence", "defendants-sentenced"),
    ("A court sentenced him to 61 months in prison.", "sentence", "prison-term"),
    ("The unit opened 61 investigations.", "investigation", "investigations"),
    ("Treasury sanctioned 61 individuals.", "designation", "sanctioned-individuals"),
    ("Treasury designated 61 entities.", "designation", "sanctioned-entities"),
    ("INL trained 610 officials on cybercrime.", "training", "cybercrime"),
    ("State donated 61 canines to the port.", "donation", "canines"),
    ("Mexico deployed 610 security personnel.", "deployment", "security-personnel"),
    ("The United States repatriated 610 migrants.", "repatriation", None),
    ("Mexico extradited 61 fugitives.", "extradition", None),
    ("USAID protected 610 journalists.", "beneficiary", "journalists"),
    ("The shop sold in 61 countries.", "coverage", "countries"),
    ("The budget requests $61 million for drug policy.", "funding", "drug-policy"),
]


@pytest.mark.parametrize(("sentence", "claim_type", "what"), TYPES)
def test_verb_and_noun_give_type_and_subject(read: Extract, sentence: str, claim_type: str, what: str | None) -> None:
    (claim,) = read(sentence).claims
    assert claim.claim_type == claim_type
    assert what is None or (claim.commodity_id or claim.subject_id) == what


def test_a_list_shares_its_verb(read: Extract) -> None:
    found = read(
        "Agents opened 90 cases, executed nearly 80 arrests, and seized over 310 firearms and over 9,500 cartridges."
    ).claims
    assert [claim.claim_type for claim in found] == ["case_support", "arrest", "seizure", "seizure"]
    assert [claim.unit_id for claim in found] == ["count", "count", "count", "round"]


def test_pill_presses_are_things_and_not_pills(read: Extract) -> None:
    presses, molds = read("Agents seized 75 pill presses and 2974 pill molds.").claims
    assert (presses.verbatim, presses.unit_id, presses.commodity_id) == ("75", "count", "pill-presses")
    assert (molds.verbatim, molds.commodity_id) == ("2974", "pill-molds")


def test_an_unknown_noun_is_left_empty_and_never_guessed(read: Extract) -> None:
    (claim,) = read("Agents seized 75 lanterns.").claims
    assert (claim.commodity_id, claim.subject_id) == (None, None)
    assert claim.confidence < 0.5


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("The plan brought a 40 percent increase in the number of investigations.", "increase"),
        ("Kidnappings fell 31% in the port.", "decrease"),
        ("The plan reduced the number of arrests by 12 percent.", "decrease"),
    ],
)
def test_a_change_has_a_direction(read: Extract, sentence: str, direction: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.claim_type, claim.direction) == ("change_rate", direction)


def test_a_change_of_money_is_no_part_of_it(read: Extract) -> None:
    whole, change = read("The bill requests $30 million, an increase of $2 million from FY2021.").claims
    assert (change.claim_type, change.parent_start) == ("change_rate", None)
    assert whole.claim_type == "funding"


PARTS = [
    ("USAID helped 2,100 people, including 600 journalists.",),
    ("INL trained 850 officials (700 since March 2021) on cybercrime.",),
    ("CBP identified 60 travelers and took action on 40.",),
    ("The budget requests $40 billion.", "Of that amount, $20 billion will go to clinics."),
    ("Mexico removed 70 fugitives in 2021.", "Judges charged 20 of these individuals with kidnapping."),
    ("Police charged 33 defendants, 28 of whom have been convicted.",),
    ("The request totals $4 billion.", "This amount includes $400 million for scanners."),
]


@pytest.mark.parametrize("sentences", PARTS)
def test_an_inner_figure_knows_its_whole(read: Extract, sentences: tuple[str, ...]) -> None:
    whole, part = read(*sentences).claims
    assert (whole.parent_start, part.parent_start) == (None, whole.span.start)


def test_coordinated_parts_share_the_whole(read: Extract) -> None:
    whole, *parts = read(
        "Mexico removed 70 fugitives.",
        "Judges charged 28 of these individuals with kidnapping, five with fraud, and four with theft.",
    ).claims
    assert [part.parent_start for part in parts] == [whole.span.start] * 3
    assert {part.claim_type for part in parts} == {"charge"}


def test_separate_figures_are_no_parts(read: Extract) -> None:
    found = read("Agents freed 112 victims, including 41 minors, and obtained 96 convictions.").claims
    assert [claim.parent_start for claim in found] == [None, found[0].span.start, None]


def test_a_rate_is_counted_over_its_time(read: Extract) -> None:
    (claim,) = read("He spoke of 6,100 migrants entering the port each day.").claims
    assert (claim.claim_type, claim.unit_id, claim.rate_per) == ("migration_flow", "person_per_day", "day")


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("The President requested $3 million for drug policy.", "requested"),
        ("ONDCP announced $3 million in awards.", "awarded"),
        ("The White House announced $3 million for clinics.", "announced"),
        ("Congress appropriated $3 million for clinics.", "appropriated"),
    ],
)
def test_money_has_a_stage(read: Extract, sentence: str, stage: str) -> None:
    (claim,) = read(sentence).claims
    assert claim.funding_stage == stage


def test_the_heading_gives_the_area(read: Extract) -> None:
    (claim,) = read("Agents made 12 arrests.", headings=("Report", "Arms Trafficking")).claims
    assert claim.framework_area_id == "arms-trafficking"
