"""Committed counts: their file, and the rule that holds tables to them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from scratch_tables import Raw

from expectations.counts import COMMITTED_COUNTS, CommittedCount, read_counts, write_counts
from ingest.tables import TABLES

RULE = "has_the_committed_number_of_rows"


def test_counts_survive_their_file(tmp_path: Path) -> None:
    counts = [CommittedCount("claims", "", 3), CommittedCount("claims", "control", 0)]
    assert read_counts(write_counts(counts, tmp_path / "counts.csv")) == counts


def test_the_committed_file_counts_every_table_once_and_documents_by_their_claims() -> None:
    counts = read_counts(COMMITTED_COUNTS)
    assert [count.table_name for count in counts if not count.document_id] == [table.name for table in TABLES]
    whole = {count.table_name: count.row_count for count in counts if not count.document_id}
    per_document = [count for count in counts if count.document_id]
    assert {count.table_name for count in per_document} == {"claims"}
    assert sum(count.row_count for count in per_document) == whole["claims"]
    assert len(per_document) == whole["documents"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1: “”: the columns are table_name,document_id,row_count"),
        ("table_name,row_count\n", "row 1: “table_name,row_count”"),
        ("table_name,document_id,row_count\nclaims,,\n", "row 2, column row_count: “”: write a whole number"),
        ("table_name,document_id,row_count\nclaims,-1\n", "row 2: “claims,-1”: give 3 cells"),
        ("table_name,document_id,row_count\nclaim,,1\n", "row 2, column table_name: “claim”: no such raw table"),
        ("table_name,document_id,row_count\nclaims,,1\nclaims,,2\n", "row 3: counts the same rows"),
    ],
)
def test_a_malformed_file_is_named_by_row_and_column(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^counts\.csv, row \d") as error:
        read_counts(path)
    assert said in str(error.value)


def test_lost_claims_are_reported_for_table_and_document(raw: Raw) -> None:
    raw.change("delete from raw.claims where claim_id = 'sheet:50'")
    rows = raw.rule("claims", RULE).failing_rows
    assert [(row["_source_file"], row["_source_row"], row["column_name"], row["value"]) for row in rows] == [
        ("seeds/claims.csv", "", "row_count", "3")
    ]
    remedy = "committed are 4; claims of sheet 3 (4). If the change is meant, run `make counts`; if not, undo it"
    assert [row["remedy"] for row in rows] == [remedy]


def test_a_document_without_figures_is_counted_as_zero(raw: Raw) -> None:
    assert CommittedCount("claims", "control", 0) in read_counts(raw.counts)
    raw.change("update raw.claims set document_id = 'control' where claim_id = 'sheet:50'")
    (row,) = raw.rule("claims", RULE).failing_rows
    assert row["remedy"].startswith("committed are 4; claims of control 1 (0), sheet 3 (4). ")


def test_a_document_that_was_not_committed_is_reported(raw: Raw) -> None:
    raw.change("insert into raw.documents by name select * replace ('new' as document_id) from raw.documents limit 1")
    assert "claims of new 0 (none)" in raw.rule("claims", RULE).failing_rows[0]["remedy"]


def test_a_committed_document_that_was_not_read_is_reported(raw: Raw) -> None:
    write_counts([*read_counts(raw.counts), CommittedCount("claims", "lost", 7)], raw.counts)
    assert "claims of lost 0 (7)" in raw.rule("claims", RULE).failing_rows[0]["remedy"]


def test_a_table_without_a_committed_count_is_reported(raw: Raw) -> None:
    write_counts([count for count in read_counts(raw.counts) if count.table_name != "places"], raw.counts)
    assert "committed are none" in raw.rule("places", RULE).failing_rows[0]["remedy"]


def test_names_with_quotes_and_braces_do_no_harm(raw: Raw) -> None:
    odd = CommittedCount("claims", "o'neil {batch}", 1)
    write_counts([*read_counts(raw.counts), odd], raw.counts)
    assert f"claims of {odd.document_id} 0 (1)" in raw.rule("claims", RULE).failing_rows[0]["remedy"]
    assert dataclasses.asdict(odd)["row_count"] == 1
