"""Planted sentences of documents about one operation, of award lists and of prosecutors' releases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ingest.extract import Extraction, Reference, extract
from ingest.reading import read_document
from ingest.reading.model import Block, BlockKind, Evidence, Span, TextDocument

from .conftest import Extract


def extract_blocks(reference: Reference, *blocks: tuple[BlockKind, str], date: str = "2024-09-12") -> Extraction:
    """Extract from blocks of one sentence each, a line each; an item's list is opened by the last paragraph."""
    text, made, opening = "", [], None
    for kind, line in blocks:
        start = len(text) + bool(text)
        text = f"{text}\n{line}" if text else line
        span = Span(start, len(text))
        made.append(Block(kind, span, (), (span,), opening=opening if kind == "list_item" else None))
        opening = span if kind == "paragraph" else opening
    evidence = (Evidence("published_on", date, None, "test"),)
    return extract(TextDocument("planted.txt", "0" * 64, text, tuple(made), evidence), reference)


def operations(extraction: Extraction) -> list[tuple[str, ...]]:
    return [claim.operation_names for claim in extraction.claims]


def leads(extraction: Extraction) -> list[list[str]]:
    return [[part.agency_id for part in claim.parts if part.role == "lead"] for claim in extraction.claims]


SECTIONS = [
    ("Mill Valley Drug Enforcement Team (North HIDTA)", "Detectives of the Mill Valley Drug Enforcement Team, an "
     "effort headed by the Drug Enforcement Administration, seized 40 rifles.", "Mill Valley Drug Enforcement Team",
     ["dea"]),
    ("Operation Tin Whistle (Lake HIDTA)", "Under Operation Tin Whistle, Homeland Security Investigations and the Drug "
     "Enforcement Administration jointly seized 40 rifles.", "Operation Tin Whistle", ["hsi", "dea"]),
    ("Two Forks Overdose Response Team", "The Two Forks Overdose Response Team seized 40 rifles.",
     "Two Forks Overdose Response Team", []),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "first", "name", "bodies"), SECTIONS)
def test_a_section_named_as_a_team_or_operation_is_of_it(
    reference: Reference, heading: str, first: str, name: str, bodies: list[str]
) -> None:
    found = extract_blocks(
        reference, ("heading", heading), ("paragraph", first), ("paragraph", "Seizures reached 90 pounds of cocaine.")
    )
    assert operations(found) == [(name,), (name,)]
    assert leads(found) == [bodies, bodies]


CALLED = ["called Operation Red Thimble", "dubbed “Operation Red Thimble”", "code-named Operation Red Thimble"]


@pytest.mark.parametrize("called", CALLED)
def test_a_document_about_one_operation_tells_its_figures_before_and_after(reference: Reference, called: str) -> None:
    found = extract_blocks(
        reference,
        ("paragraph", "Deputies arrested 31 people this morning."),
        ("paragraph", f"The investigation, {called}, was led by the Drug Enforcement Administration."),
        ("paragraph", "Officers who searched nine houses early this morning recovered:"),
        ("list_item", "12 handguns;"),
    )
    assert operations(found) == [("Operation Red Thimble",)] * len(found.claims)
    last = found.claims[-1]
    assert (last.claim_type, last.period.start, leads(found)[-1]) == ("seizure", dt.date(2024, 9, 12), ["dea"])


DAYS = [
    "Forty people were arrested early this morning.",
    "Deputies arrested 40 people this afternoon.",
    "The court today ordered 40 people to prison.",
]


@pytest.mark.parametrize("sentence", DAYS)
def test_words_for_the_day_of_the_document(read: Extract, sentence: str) -> None:
    claim = read(sentence, date="2024-09-12").claims[0]
    assert (claim.period.basis, claim.period.start) == ("point_in_time", dt.date(2024, 9, 12))


ACTS = [
    ("Nine men were taken into custody at a motel.", ["arrest"]),
    ("Troopers rounded up 31 suspects.", ["arrest"]),
    ("Arrest warrants are outstanding for seven others.", ["warrant"]),
    ("The team obtained 12 Title III wiretap orders.", ["warrant"]),
    ("Of late, 38 of the 40 people indicted have pleaded guilty.", ["conviction", "charge"]),
    ("The team handed out 900 naloxone kits to 31 fire departments.", ["donation", "beneficiary"]),
    ("The team has taken off the road 61 rifles.", ["seizure"]),
    ("The Guard has 900 personnel on the line.", ["deployment"]),
    ("We have 61 drive-through scanners in service.", ["deployment"]),
    ("The judge entered a money judgment of $4 million.", ["other"]),
]


@pytest.mark.parametrize(("sentence", "types"), ACTS)
def test_acts_told_in_plain_words(read: Extract, sentence: str, types: list[str]) -> None:
    assert [claim.claim_type for claim in read(sentence).claims] == types


PARTICIPANTS = ["Ann Cole, Homeland Security Investigations", "Director Ann Cole – Homeland Security Investigations",
                "Ms. Ann Cole, Deputy Director, Homeland Security Investigations (HSI)"]  # fmt: skip


@pytest.mark.parametrize("line", PARTICIPANTS)
def test_a_speaker_listed_with_a_body_speaks_for_it(reference: Reference, tmp_path: Path, line: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(f"TRANSCRIPT\n\nMay 2, 2024\n\nParticipants:\n{line}\n\nMR. ROE: Thank you all for coming here.\n\n"
                    "MS. COLE: Good morning. Last year we seized 900 rifles on that road.\n")  # fmt: skip
    assert leads(extract(read_document(path), reference)) == [["hsi"]]


TIMES = [
    (["From March through May 2023, they seized 90 rifles, compared with 70 during the same months of 2022."],
     ("2022-03-01", "2022-05-31")),
    (["In all, from March through May 2023, they seized 90 rifles against 70 in the same period of 2021."],
     ("2021-03-01", "2021-05-31")),
    (["Between last October and the end of June, agents seized 90 rifles."], ("2023-10-01", "2024-06-30")),
    (["Between last October and the end of June, agents seized 90 rifles.",
      "The year before, over those same months, they seized 70 rifles."], ("2022-10-01", "2023-06-30")),
    (["Judge Roe today ordered 12 men to prison.", "The court further ordered 14 women to prison."],
     ("2024-09-12", "2024-09-12")),
    (["He drove up on July 8.", "A scan showed anomalies.", "Officers discovered 90 bundles of cocaine there."],
     ("2024-07-08", "2024-07-08")),
]  # fmt: skip


@pytest.mark.parametrize(("sentences", "days"), TIMES)
def test_times_that_go_back_to_what_was_told(read: Extract, sentences: list[str], days: tuple[str, str]) -> None:
    period = read(*sentences, date="2024-09-12").claims[-1].period
    assert (str(period.start), str(period.end or period.as_of)) == days


OUTCOMES = ["Those have led to 41 indictments.", "These resulted in 41 indictments.",
            "The investigations have since produced 41 indictments."]  # fmt: skip


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_came_of_the_cases_is_of_their_operation(read: Extract, outcome: str) -> None:
    found = read("In 2021, HSI opened 60 investigations under Operation Dry Kettle.", outcome)
    assert operations(found) == [("Operation Dry Kettle",)] * 2
    assert leads(found) == [["hsi"], ["hsi"]]


AGAIN = ["A year earlier it was 8,300.", "In 2022 the figure stood at 8,300.", "The year before, the total was 8,300."]


@pytest.mark.parametrize("sentence", AGAIN)
def test_a_bare_number_takes_the_measure_of_the_sentence_before(read: Extract, sentence: str) -> None:
    first, second = read("In 2023, CBP seized 5,900 pounds of fentanyl.", sentence).claims
    assert (second.claim_type, second.unit_id, second.commodity_id, second.parts, second.parent_start) == (
        "seizure", "lb", "fentanyl", first.parts, None
    )  # fmt: skip


KEPT = ["The National Guard has 900 personnel on the line.", "The Army keeps about 900 soldiers at the port.",
        "The Navy maintains 900 personnel in the bay."]  # fmt: skip


@pytest.mark.parametrize("sentence", KEPT)
def test_personnel_that_a_force_keeps_are_deployed(read: Extract, sentence: str) -> None:
    (claim,) = read(sentence).claims
    assert (claim.claim_type, claim.subject_id) == ("deployment", "security-personnel")
