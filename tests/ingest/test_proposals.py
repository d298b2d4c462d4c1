"""Proposals as files: the columns of the claims and of the review, in the order of the text, the same every time."""

from __future__ import annotations

import csv
from pathlib import Path

from ingest.extract import Reference, extract
from ingest.proposals import CLAIM_COLUMNS, COLUMNS, LEFT_OUT_FOLDER, write_proposals
from ingest.tables import Claim
from tests.support import SEEDS

from .extract.conftest import document_of

SENTENCES = (
    "On October 5, DEA’s Operation Pale Moon led to over 1,200 arrests and the seizure of 44 pounds of heroin.",
    "INL trained 850 officials (700 since March 2021) on cybercrime.",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_proposal_is_a_row_of_claims_with_its_review(tmp_path: Path) -> None:
    reference, document = Reference.load(SEEDS), document_of(*SENTENCES)
    path = write_proposals(extract(document, reference), document, reference, tmp_path)
    assert path.name == "planted.csv"
    found = rows(path)
    assert tuple(found[0]) == COLUMNS
    assert COLUMNS[: len(CLAIM_COLUMNS)] == tuple(Claim.model_fields)
    arrests, heroin, trained, since = found
    assert arrests["claim_id"] == f"planted:{arrests['char_start']}"
    assert (arrests["operation_name"], arrests["agencies"]) == ("Operation Pale Moon", "DEA:lead")
    assert (heroin["commodity_id"], heroin["value"], heroin["review_status"]) == ("heroin", "44", "proposed")
    assert since["parent_claim_id"] == trained["claim_id"]
    assert since["period_start"] == "2021-03-01"
    assert all(0 <= float(row["confidence"]) <= 1 and row["reason"] and row["sentence"] for row in found)
    for row in found:
        Claim.model_validate({column: row[column] or None for column in CLAIM_COLUMNS})


def test_what_is_no_claim_is_kept_apart_and_nothing_changes_on_the_second_run(tmp_path: Path) -> None:
    reference, document = Reference.load(SEEDS), document_of(*SENTENCES)
    path = write_proposals(extract(document, reference), document, reference, tmp_path)
    left = rows(tmp_path / LEFT_OUT_FOLDER / path.name)
    assert [(row["verbatim"], row["reason"]) for row in left] == [("5", "date"), ("2021", "date")]
    first = path.read_bytes()
    write_proposals(extract(document, reference), document, reference, tmp_path)
    assert path.read_bytes() == first
