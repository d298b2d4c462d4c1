"""Planted sentences of kinds of documents that were read late: award lists, columns, transcripts, communiqués."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.extract import Extraction, Reference, extract
from ingest.reading.model import Block, Evidence, Span, TextDocument

from .conftest import Extract

MEASURES = [
    ("Deputies seized 3 1/2 ounces of heroin.", "3 1/2 ounces", "3.5", "ounce"),
    ("Deputies seized half a pound of cocaine.", "half a pound", "0.5", "lb"),
    ("Deputies seized 12½ pounds of marijuana.", "12½ pounds", "12.5", "lb"),
    ("Deputies seized 40 doses of ecstasy.", "40 doses", "40", "dosage_unit"),
    ("Soldiers seized 90,000 pesos in cash.", "90,000 pesos", "90000", "mxn"),
    ("Scores of families were helped.", "Scores", "20", "count"),
]


@pytest.mark.parametrize(("sentence", "verbatim", "value", "unit"), MEASURES)
def test_measures_are_read_with_their_unit(read: Extract, sentence: str, verbatim: str, value: str, unit: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.verbatim, claim.value, claim.unit_id) == (verbatim, Decimal(value), unit)


NO_FIGURES = [
    "(04:37)",
    "Citizens may call 088 or 911 to report a crime.",
    "The checkpoint stands at kilometer 61 of the highway.",
    "The suspects are aged 22 and 57.",
    "Write to 410 12th Street.",
    "He was charged under 21 U.S.C. 841(a)(1), 846.",
    "One load at a time is how they worked.",
    "Not one dollar of it reached the town.",
    "A dose can kill with as little as 2 milligrams.",
    "3 of 9 images available for download (1.8 MB)",
    "The drug is 50 times more potent than heroin.",
]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_numbers_in_passing_are_no_figures(read: Extract, sentence: str) -> None:
    assert read(sentence).claims == ()


TYPES = [
    ("Since May, 4,100 rifles and 77 properties have been secured.", ["seizure", "seizure"]),
    ("The team has taken 61 handguns since May.", ["seizure"]),
    ("The indictments charge a total of 38 defendants.", ["charge"]),
    ("The 61-count indictment charges the 21 people with fraud.", ["charge", "charge"]),
    ("The office honored 14 officers.", ["award"]),
    ("The bureau operates 61 scanners.", ["deployment"]),
    ("Mexican authorities transferred 31 persons wanted by the United States.", ["removal"]),
    ("The office recovered $4 million for victims of fraud.", ["other"]),
    ("Vaping fell from 18 percent to 12 percent.", ["other", "other"]),
    ("Fifteen others, ages 20 to 63, pleaded guilty and were sentenced.", ["sentence"]),
    ("The case took 4,000 hours of investigation.", ["other"]),
]


@pytest.mark.parametrize(("sentence", "types"), TYPES)
def test_types_of_other_kinds_of_documents(read: Extract, sentence: str, types: list[str]) -> None:
    assert [claim.claim_type for claim in read(sentence).claims] == types


FORMS = [
    ("One man was arrested.", "One", "arrest", "person"),
    ("Agents seized two (2) rifles.", "two", "seizure", "count"),
    ("A search turned up 18,000-plus pills.", "18,000", "seizure", "pill"),
    ("Nearly a dozen guns were found.", "a dozen", "seizure", "count"),
    ("Agents seized assets worth $46 million.", "$46 million", "seizure", "usd"),
    ("The indictment names 14 defendants.", "14", "charge", "person"),
    ("Deputies took in 16 THC vape cartridges.", "16", "seizure", "count"),
]


@pytest.mark.parametrize(("sentence", "verbatim", "claim_type", "unit"), FORMS)
def test_small_and_odd_forms(read: Extract, sentence: str, verbatim: str, claim_type: str, unit: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.verbatim, claim.claim_type, claim.unit_id) == (verbatim, claim_type, unit)


def test_handed_over_is_no_bound(read: Extract) -> None:
    (claim,) = read("The Government of Mexico handed over 29 prisoners to the United States.").claims
    assert (claim.qualifier, claim.claim_type) == ("exact", "removal")


def test_what_a_part_is_said_to_be_names_it(read: Extract) -> None:
    _, part = read("HSI seized 900 pounds of narcotics, of which 270 pounds were fentanyl.").claims
    assert part.commodity_id == "fentanyl"


def test_a_part_is_of_the_figure_before_including(read: Extract) -> None:
    found = read("They seized 4,838 magazines, 11 tons of drugs, including 71 kilos of fentanyl, and 1,300 vehicles.")
    assert [claim.parent_start for claim in found.claims][-1] is None


def test_harm_has_no_lead(read: Extract) -> None:
    (claim,) = read("DEA says that we lost 107,000 people to fentanyl.").claims
    assert claim.leads == frozenset()


def test_crews_act_for_their_body(read: Extract) -> None:
    (claim,) = read("Over two weeks, crews of the Coast Guard seized 61 pounds of cocaine.").claims
    assert claim.leads == {"uscg"}


def test_an_amount_without_a_noun_is_of_what_the_sentence_before_counts(read: Extract) -> None:
    first, second = read("CBP seized 400 pounds of heroin in 2021.", "In 2022 it seized 700 pounds.").claims
    assert (second.commodity_id, second.leads) == ("heroin", frozenset({"cbp"}))
    assert first.leads == second.leads


def test_doses_that_an_amount_would_make_are_another_measure_of_it(read: Extract) -> None:
    _, doses = read("Agents seized 48 grams of fentanyl.", "That could equate to over 24,000 overdoses.").claims
    assert (doses.verbatim, doses.claim_type, doses.unit_id, doses.commodity_id) == (
        "24,000", "seizure", "dose", "fentanyl",
    )  # fmt: skip


def test_containers_hold_what_the_weight_before_them_names(read: Extract) -> None:
    _, drums = read("Agents found 900 kilograms of methamphetamine inside 61 drums.").claims
    assert (drums.verbatim, drums.claim_type, drums.commodity_id) == ("61", "seizure", "methamphetamine")


def test_some_of_what_was_told_are_a_part(read: Extract) -> None:
    whole, part = read("Deputies seized 44 guns.", "It turned out that 17 were stolen.").claims
    assert (part.claim_type, part.commodity_id, part.parent_start) == ("seizure", whole.commodity_id, whole.span.start)


def test_what_comes_on_top_is_no_part(read: Extract) -> None:
    found = read("INL trained 610 officers, including 80 pilots, and 200 more officers will be trained.").claims
    assert [claim.parent_start for claim in found] == [None, found[0].span.start, None]


def test_money_in_two_currencies_is_no_part_of_itself(read: Extract) -> None:
    pesos, dollars = read("The loss is estimated at 90 million pesos (US$5 million).").claims
    assert (pesos.unit_id, dollars.unit_id, dollars.parent_start) == ("mxn", "usd", None)


def test_the_two_operations_are_those_named_before(read: Extract) -> None:
    found = read(
        "HSI ran Operation Amber Gate and Operation Iron Field.", "The two operations produced 96 arrests."
    ).claims
    assert found[0].operation_names == ("Operation Amber Gate", "Operation Iron Field")


def test_an_operation_is_known_by_its_name_alone(read: Extract) -> None:
    (claim,) = read("HSI runs Operation Amber Gate.", "In the Amber Gate case, agents made 31 arrests.").claims
    assert claim.operation_names == ("Operation Amber Gate",)


def test_a_best_result_to_date_has_no_time(read: Extract) -> None:
    (claim,) = read("It was our biggest bust to date, with 61 pounds of heroin seized.").claims
    assert claim.period.basis == "unspecified"


def test_a_time_of_a_part_is_not_that_of_its_whole(read: Extract) -> None:
    whole, part = read("Mexico extradited 55 fugitives, among them 29 on February 27.").claims
    assert (whole.period.basis, part.period.basis) == ("unspecified", "point_in_time")


def document(*parts: tuple[str, str]) -> TextDocument:
    """A document of blocks, each its kind and its text."""
    text, blocks, headings = "", [], ()
    for kind, words in parts:
        start = len(text)
        text += words + "\n\n"
        span = Span(start, start + len(words))
        blocks.append(Block(kind, span, headings, (span,)))  # type: ignore[arg-type]
        headings = (words,) if kind == "heading" else headings
    evidence = (Evidence("published_on", "2024-06-01", None, "test"),)
    return TextDocument("planted.txt", "0" * 64, text, tuple(blocks), evidence)


def extracted(reference: Reference, *parts: tuple[str, str]) -> Extraction:
    return extract(document(*parts), reference)


def test_a_heading_that_is_an_operation_names_that_of_its_section(reference: Reference) -> None:
    found = extracted(
        reference,
        ("heading", "Blue Mesa Strike Force, New Mexico"),
        ("paragraph", "Agents made 40 arrests."),
        ("heading", "Other work"),
        ("paragraph", "Agents made 30 arrests."),
    ).claims
    assert [claim.operation_names for claim in found] == [("Blue Mesa Strike Force",), ()]


def test_items_of_a_document_about_an_operation_are_of_it(reference: Reference) -> None:
    found = extracted(
        reference,
        ("heading", "Results of Operation Amber Gate, 3 May"),
        ("paragraph", "The most important actions were these:"),
        ("list_item", "- In Sampleton, soldiers arrested 14 people."),
    ).claims
    assert found[0].operation_names == ("Operation Amber Gate",)


def test_we_is_the_body_that_writes(reference: Reference) -> None:
    found = extracted(
        reference,
        ("paragraph", "This week we seized 61 pounds of heroin."),
        ("paragraph", "At the Drug Enforcement Administration we work every day."),
    ).claims
    assert found[0].leads == {"dea"}


def test_names_end_where_a_heading_does(reference: Reference) -> None:
    found = extracted(
        reference,
        ("heading", "Best Financial Work"),
        ("heading", "Blue Mesa Task Force"),
        ("paragraph", "The task force made 40 arrests."),
    ).claims
    assert found[0].operation_names == ("Blue Mesa Task Force",)


def test_short_names_in_a_text_of_mexico_are_its_bodies(reference: Reference) -> None:
    found = extracted(
        reference,
        ("paragraph", "SEDENA, SEMAR and the SSPC report on their actions."),
        ("list_item", "- In Sampleton, Army and National Guard personnel arrested 14 people."),
    ).claims
    assert found[0].leads == {"sedena", "guardia-nacional"}


def test_overdoses_are_no_deaths_unless_said(read: Extract) -> None:
    (claim,) = read("We have seen 23 overdoses this year.").claims
    assert claim.subject_id is None


def test_a_weight_on_an_average_day_is_no_amount(read: Extract) -> None:
    (claim,) = read("On an average day CBP seized 1,571 pounds of drugs.").claims
    assert (claim.claim_type, claim.unit_id) == ("other", None)


def test_medicine_given_is_no_seizure(read: Extract) -> None:
    (claim,) = read("Officers administered 212 doses of naloxone.").claims
    assert (claim.claim_type, claim.unit_id) == ("other", "count")


def test_people_and_firms_with_a_number_each_are_counted_apart(read: Extract) -> None:
    people, firms = read("OFAC sanctioned 15 people and seven companies.").claims
    assert (people.unit_id, people.subject_id) == ("person", "sanctioned-individuals")
    assert firms.subject_id == "sanctioned-entities"


def test_a_country_with_dots_does_not_part_joint_subjects(read: Extract) -> None:
    (claim,) = read("The U.S. Coast Guard and the U.S. Border Patrol seized 61 pounds of heroin.").claims
    assert claim.leads == {"uscg", "usbp"}
