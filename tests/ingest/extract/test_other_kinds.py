"""Planted sentences of the kinds of documents beside fact sheets: releases of sheriffs and prosecutors, citations,
transcripts, testimonies. Each rule is shown on sentences of several kinds."""

from __future__ import annotations

import pytest

from ingest.extract import Reference, extract
from ingest.reading.model import Block, Evidence, Span, TextDocument

from .conftest import Extract

NO_FIGURES = [
    "He was charged under 21 U.S.C. 841(b)(1)(A) and 18 U.S.C. § 924.",
    "She was convicted of possession with intent to distribute 400 grams or more of fentanyl.",
    "He pleaded guilty to conspiring to import more than 500 grams of methamphetamine.",
    "Call detectives at (555) 014-2200, ext. 317.",
    "The office stands at 971 N. Orchard Hill Circle.",
    "Deputies stopped the truck near milepost 185.",
    "The queue is shorter since Lane 7 opened.",
    "The town was founded in 1718.",
    "One in five of those who died was under 35.",
    "Seven out of every 10 pills hold a deadly dose.",
    "The lines are staffed 24 hours a day.",
    "The ranch lies 50 miles north of the border.",
]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_numbers_of_law_places_and_proportions_are_no_figures(read: Extract, sentence: str) -> None:
    assert read(sentence).claims == ()


EXPRESSIONS = [
    ("Officers seized meth worth $4.5M.", "$4.5M", "4500000"),
    ("The fund holds $1.2 bn for clinics.", "$1.2 bn", "1200000000"),
    ("The load could kill half a million people.", "half a million", "500000"),
    ("Police arrested two hundred and forty-one suspects.", "two hundred and forty-one", "241"),
    ("Agents seized hundreds of kilos of cocaine.", "hundreds of kilos", "100"),
    ("Police arrested several hundred people.", "several hundred", "100"),
]


@pytest.mark.parametrize(("sentence", "verbatim", "value"), EXPRESSIONS)
def test_an_expression_is_read_whole(read: Extract, sentence: str, verbatim: str, value: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.verbatim, f"{claim.value:.0f}") == (verbatim, value)


UNITS = [
    ("Deputies found 14 ounces of heroin.", "14 ounces", "ounce"),
    ("Troopers seized 840 grams of cocaine.", "840 grams", "gram"),
    ("Marines burned 12,500 liters of precursors.", "12,500 liters", "liter"),
    ("The army found 85 hectares of poppy.", "85 hectares", "hectare"),
    ("Agents seized 31 metric tons of meth.", "31 metric tons", "metric_ton"),
    ("The course gave 3,500 hours of instruction.", "3,500 hours", "hour"),
    ("Mexico will give 180 million pesos for clinics.", "180 million pesos", "mxn"),
    ("Officers inspect some 41,000 trucks a day.", "41,000", "count_per_day"),
    ("Treasury sanctioned 300 persons and entities.", "300", "count"),
    ("Agents made 2,000 encounters with migrants.", "2,000", "person"),
]


@pytest.mark.parametrize(("sentence", "verbatim", "unit"), UNITS)
def test_measures_and_rates_have_their_unit(read: Extract, sentence: str, verbatim: str, unit: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.verbatim, claim.unit_id) == (verbatim, unit)


def test_a_number_without_a_noun_has_that_of_its_list_or_of_its_sentence(read: Extract) -> None:
    first, second = read("HSI seized 240 rounds of ammunition, nearly twice the 130 seized in FY 2020.").claims
    assert (second.unit_id, second.commodity_id) == ("round", "ammunition")
    assert (first.period.basis, second.period.basis) == ("unspecified", "fiscal_year")
    (claim,) = read("Extraditions from Mexico reached 78 in 2019.").claims
    assert (claim.claim_type, claim.subject_id) == ("extradition", "extraditions")
    calls, before = read("Deputies answered nine overdose calls per day, down from 12 in May.").claims
    assert (calls.unit_id, before.unit_id) == ("count_per_day", "count_per_day")


def test_a_change_to_a_number_is_no_range(read: Extract) -> None:
    change, level = read("In 2021, murders dropped 3.9% to 16,972.").claims
    assert (change.qualifier, change.direction, level.qualifier) == ("exact", "decrease", "exact")


def test_a_range_shares_unit_and_noun(read: Extract) -> None:
    low, high = read("The terms are between 37 and 180 months in prison.").claims
    assert (low.unit_id, low.qualifier, high.unit_id, high.qualifier) == ("month", "at_least", "month", "up_to")
    low, high = read("Officers seized between 1,500 and 2,000 rifles.").claims
    assert [claim.commodity_id for claim in (low, high)] == ["firearms", "firearms"]


TYPES = [
    ("Justice announced charges against 24 defendants.", "charge", "defendants-charged"),
    ("Treasury announced sanctions against five individuals.", "designation", "sanctioned-individuals"),
    ("The court put 40 traffickers behind bars.", "sentence", "defendants-sentenced"),
    ("Deputies booked 58 suspects.", "arrest", "arrests"),
    ("Prosecutors filed 112 felony counts.", "charge", "defendants-charged"),
    ("More than 180 deputies took part in the raids.", "deployment", "law-enforcement-personnel"),
    ("He got five years of supervised release.", "sentence", "supervised-release"),
    ("Agents served 34 search warrants.", "warrant", "search-warrants"),
    ("Bond was set at $250,000.", "other", "bail"),
    ("The drugs have a street value of $1.6 million.", "seizure", "drugs-mixed"),
    ("The judge imposed a special assessment of $300.", "other", "fines-and-restitution"),
    ("The project helped farms on 7,500 acres of farmland.", "coverage", "farmland"),
    ("Police arrested 47 people crossing the river.", "arrest", "arrests"),
    ("Police have kept 12,400 naloxone kits.", "other", "naloxone"),
]


@pytest.mark.parametrize(("sentence", "claim_type", "what"), TYPES)
def test_releases_of_courts_and_sheriffs(read: Extract, sentence: str, claim_type: str, what: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.claim_type, claim.commodity_id or claim.subject_id) == (claim_type, what)


def test_a_list_behind_a_colon_has_the_verb_before_it(read: Extract) -> None:
    found = read("Agents identified the whole ring: cooks, who moved meth; drivers; and 12 brokers.").claims
    assert [claim.claim_type for claim in found] == ["target"]


TIMES = [
    ("Last year, agents made 12 arrests.", "2021-01-01..2021-12-31 calendar_year"),
    ("In the past 11 months, agents made 12 arrests.", "2021-07-15..2022-06-15 range"),
    ("Over the past year, agents made 12 arrests.", "2021-06-15..2022-06-15 range"),
    ("So far this fiscal year, agents made 12 arrests.", "2021-10-01..None year_to_date"),
    ("Agents made 12 arrests last fiscal year.", "2020-10-01..2021-09-30 fiscal_year"),
    ("Since January of last year, agents made 12 arrests.", "2021-01-01..None since_date"),
    ("In the first eight months of FY 2022, agents made 12 arrests.", "2021-10-01..2022-05-31 range"),
    ("In calendar year 2020, agents made 12 arrests.", "2020-01-01..2020-12-31 calendar_year"),
    ("At today’s meeting, 12 countries signed.", "2022-06-15..2022-06-15 point_in_time"),
    ("Under an order of 2021, Treasury has since sanctioned 12 persons.", "2021-01-01..None since_date"),
    ("By the end of 2026, there will be 12 courses.", "None..None unspecified"),
    ("Traces rose by 12 percent from 2017 to 2022.", "2017-01-01..2022-06-15 range"),
]


@pytest.mark.parametrize(("sentence", "period"), TIMES)
def test_times_are_told_from_the_day_of_the_document(read: Extract, sentence: str, period: str) -> None:
    (claim,) = read(sentence).claims
    found = claim.period
    assert f"{found.start}..{found.end} {found.basis}" == period


def test_a_change_told_with_both_ends_spans_them(read: Extract) -> None:
    change, first, last = read("Overdose deaths fell 12 percent, from 910 in 2020 to 801 in 2021.").claims
    assert (str(change.period.start), str(change.period.end)) == ("2020-01-01", "2021-12-31")
    assert (first.period.basis, str(last.period.start)) == ("calendar_year", "2021-01-01")
    assert {claim.subject_id for claim in (change, first, last)} == {"overdose-deaths"}


def test_the_year_before_is_that_before_the_stated_one(read: Extract) -> None:
    _, before = read("CBP seized 270 pounds of heroin in FY 2021, compared with 140 pounds the year before.").claims
    assert (before.period.basis, str(before.period.start)) == ("fiscal_year", "2019-10-01")


def test_investigators_do_not_sentence(read: Extract) -> None:
    (claim,) = read("He got 90 months in prison, a sentence based on a joint HSI-ATF investigation.").claims
    assert {f"{part.agency_id}:{part.role}" for part in claim.parts} == {"hsi:support", "atf:support"}
    (claim,) = read("A joint HSI-ATF investigation led to 90 arrests.").claims
    assert claim.leads == {"hsi", "atf"}


BODIES = [
    (("CBP officers searched the truck.", "Officers found 12 firearms."), {"cbp"}),
    (("Deputies with the Alder County Sheriff's Office seized 12 firearms.",), {"alder-county-sheriff"}),
    (("The Alder Flats Police Department seized 12 firearms.",), {"alder-flats-police-department"}),
    (("“This office has charged 12 people,” said U.S. Attorney Dana Moss.",), {"us-attorneys-offices"}),
    (("“Since May, our agents have seized 12 firearms,” said DEA Administrator Ann Cole.",), {"dea"}),
    (("In Peru, Chile, and Mexico, DEA seized 12 firearms.",), {"dea"}),
    (("In all, 12 Department of Labor projects were opened.",), {"dol"}),
    (("The Departments of Justice and Homeland Security removed 12 people.",), {"doj", "dhs"}),
    (("CBP data show 12 seizures of fentanyl.",), set()),
    (("The drugs have a street value of $3 million, DEA said it.",), set()),
]


@pytest.mark.parametrize(("sentences", "leads"), BODIES)
def test_who_acts_where_names_are_unknown_or_left_out(
    read: Extract, sentences: tuple[str, ...], leads: set[str]
) -> None:
    claim = read(*sentences).claims[-1]
    assert claim.leads == leads


def test_the_task_force_is_the_one_that_was_named(read: Extract) -> None:
    first, second = read(
        "The Alder Valley Task Force, led by DEA, works along the river.",
        "In 2021 the task force seized 12 firearms.",
        "The task force carried out Operation Pale Moon, seizing 15 firearms.",
    ).claims
    assert (first.operation_names, first.leads) == (("Alder Valley Task Force",), {"dea"})
    assert (second.operation_names, second.leads) == (("Operation Pale Moon",), {"dea"})


def test_leads_may_be_named_after_the_figures(read: Extract) -> None:
    (claim,) = read(
        "Operation Pale Moon has led to 12 arrests.", "Operation Pale Moon — led by ATF — goes on until autumn."
    ).claims
    assert claim.leads == {"atf"}


def transcript_of(*turns: str) -> TextDocument:
    """A document of paragraphs, each with its speaker in capitals before a colon."""
    text, blocks = "", []
    for turn in turns:
        start = len(text)
        text += turn + "\n"
        speaker, _, _ = turn.partition(":")
        sentence = Span(start + len(speaker) + 2, start + len(turn))
        label = Span(start, start + len(speaker))
        blocks.append(Block("paragraph", Span(start, start + len(turn)), (), (sentence,), "", 0, label))
    return TextDocument(
        "call.txt", "0" * 64, text, tuple(blocks), (Evidence("published_on", "2022-06-15", None, "test"),)
    )


def test_we_is_the_body_of_the_speaker(reference: Reference) -> None:
    document = transcript_of(
        "MODERATOR: Next up we will hear from our colleague at OFAC.",
        "OFFICIAL: Today we impose sanctions on two companies.",
    )
    (claim,) = extract(document, reference).claims
    assert claim.leads == {"ofac"}


PARTS = [
    ("Of the 58 people booked, 21 were wanted.", 1, 0),
    ("Agents seized 90 firearms (including 12 pistols).", 1, 0),
    ("The bank paid $6 million, matched by $5 million, for a total of $11 million.", 0, 2),
]


@pytest.mark.parametrize(("sentence", "part", "whole"), PARTS)
def test_parts_of_numbers_and_of_sums(read: Extract, sentence: str, part: int, whole: int) -> None:
    found = read(sentence).claims
    assert found[part].parent_start == found[whole].span.start


def test_some_of_those_that_were_counted_some_sentences_before(read: Extract) -> None:
    whole, part = read(
        "DEA arrested 40 suspects.", "The raids began before dawn.", "Two of the suspects were sentenced."
    ).claims
    assert (part.parent_start, part.claim_type) == (whole.span.start, "sentence")


def test_what_follows_a_parenthesis_is_no_part(read: Extract) -> None:
    found = read("Agents seized 90 firearms (including 12 pistols) and 23 vehicles.").claims
    assert [claim.parent_start for claim in found] == [None, found[0].span.start, None]


def test_an_item_takes_its_time_and_body_only_from_an_opening_that_it_completes(reference: Reference) -> None:
    opening = "In FY 2021, DEA:"
    for item, leads in (("seized 12 firearms.", {"dea"}), ("Judges heard 12 cases.", set())):
        text = f"{opening}\n{item}"
        start = len(opening) + 1
        blocks = (
            Block("paragraph", Span(0, len(opening)), (), (Span(0, len(opening)),)),
            Block(
                "list_item", Span(start, len(text)), (), (Span(start, len(text)),), "", 0, None, Span(0, len(opening))
            ),
        )
        (claim,) = extract(TextDocument("list.txt", "0" * 64, text, blocks, ()), reference).claims
        assert claim.leads == leads
        assert (claim.period.basis == "fiscal_year") == bool(leads)
