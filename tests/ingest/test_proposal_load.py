"""What was proposed arrives in schema `raw` with its file and row, and what is wrong with it is told cell by cell."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.check import SeedError
from ingest.extract import Reference
from ingest.gone import forget_document
from ingest.load import load_raw
from ingest.proposal_rows import COLUMNS
from ingest.proposals import propose
from ingest.unreadable import UnreadableDocument, content_hash, note_unreadable

from ..support import SEEDS

HARBOUR = (
    "# Harbour report\n\nIn March 2024, officers of the DEA seized 12 rifles and over 300 pounds of cocaine in Mexico. "
    "They arrested 5 people.\n"
)
CALM = "# A calm week\n\nNothing was seized, and nobody was arrested, as the harbour master said.\n"


@dataclass(frozen=True)
class Folder:
    """Documents, and the proposals made of them."""

    documents: Path
    proposals: Path

    def add(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.write_text(text, encoding="utf-8")
        return path

    def propose(self, name: str, text: str) -> Path:
        return propose(self.add(name, text), Reference.load(SEEDS), self.proposals).path

    def rows(self, key: str) -> list[dict[str, str]]:
        with (self.proposals / f"{key}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def change(self, key: str, row: int, **cells: str) -> None:
        """Put other values into cells of one row, as somebody would by hand; rows count from 1, the header."""
        rows = self.rows(key)
        rows[row - 2] |= cells
        with (self.proposals / f"{key}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def load(self, database: Path, with_documents: bool = True) -> dict[str, int]:
        return load_raw(SEEDS, database, self.proposals, self.documents if with_documents else None)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "texts").mkdir()
    return Folder(tmp_path / "texts", tmp_path / "proposals")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "build" / "warehouse.duckdb"


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_proposals_are_loaded_typed_each_with_its_file_and_row(folder: Folder, database: Path) -> None:
    folder.propose("harbour.md", HARBOUR)
    folder.propose("later.md", HARBOUR.replace("12 rifles", "13 rifles"))
    counts = folder.load(database)
    expected = [
        (row["claim_id"], row["verbatim"], Decimal(row["value"]), row["unit_id"] or None, Decimal(row["confidence"]),
         f"proposals/{key}.csv", number)
        for key in ("harbour", "later") for number, row in enumerate(folder.rows(key), start=2)
    ]  # fmt: skip
    found = ask(
        database,
        "select claim_id, verbatim, value, unit_id, confidence, _source_file, _source_row from raw.proposals "
        "order by _source_file, _source_row",
    )
    assert found == expected
    assert len(found) == counts["proposals"] >= 6


def test_no_sentence_of_a_document_is_loaded(folder: Folder, database: Path) -> None:
    folder.propose("harbour.md", HARBOUR)
    folder.load(database)
    columns = {name for (name,) in ask(database, "select column_name from (describe raw.proposals)")}
    assert "sentence" not in columns and "decision" not in columns
    assert b"harbour master said" not in database.read_bytes()
    assert b"officers of the DEA seized 12 rifles and" not in database.read_bytes()


def test_the_tables_are_there_without_any_proposal(database: Path) -> None:
    counts = load_raw(SEEDS, database)
    assert [counts[name] for name in ("proposals", "figures_left_out", "read_documents")] == [0, 0, 0]
    assert ask(database, "select count(*) from raw.proposals") == [(0,)]


def test_a_document_without_a_figure_was_read(folder: Folder, database: Path) -> None:
    folder.propose("calm.md", CALM)
    folder.load(database)
    assert ask(database, "select document_id, char_count, read_status from raw.read_documents") == [
        ("calm", len(CALM), "read")
    ]


def test_a_document_that_cannot_be_read_is_told_with_its_reason(folder: Folder, database: Path) -> None:
    path = folder.add("broken.txt", "a\0b")
    note_unreadable(folder.proposals, UnreadableDocument("broken", path.name, content_hash(path), "It is binary.", ""))
    for with_documents in (True, False):
        folder.load(database, with_documents)
        assert ask(database, "select document_id, read_status, read_problem from raw.read_documents") == [
            ("broken", "unreadable", "It is binary.")
        ]


def test_a_document_that_changed_since_is_not_read(folder: Folder, database: Path) -> None:
    folder.propose("calm.md", CALM)
    folder.add("calm.md", CALM + "On Friday, 3 boats were seized.\n")
    folder.add("new.md", CALM.replace("calm", "new"))
    folder.load(database)
    assert ask(
        database, "select document_id, read_status, char_count is null from raw.read_documents order by all"
    ) == [
        ("calm", "not_read", True),
        ("calm", "read", False),
        ("new", "not_read", True),
    ]


def test_a_reading_that_was_interrupted_does_not_count(folder: Folder, database: Path) -> None:
    folder.propose("harbour.md", HARBOUR)
    (folder.proposals / "left-out" / "harbour.csv").unlink()
    counts = folder.load(database)
    assert counts["proposals"] == 0
    assert ask(database, "select document_id, read_status from raw.read_documents") == [("harbour", "not_read")]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"claim_type": "theft"}, "row 2, column claim_type: “theft”: not in the vocabulary"),
        ({"value": "12,0"}, "row 2, column value: “12,0”: not a valid number"),
        ({"unit_id": "stone"}, "row 2, column unit_id: “stone”: no such unit_id in units.csv"),
        ({"commodity_id": "tea"}, "row 2, column commodity_id: “tea”: no such commodity_id in commodities.csv"),
        (
            {"period_start": "5.10.2023"},
            "row 2, column period_start: “5.10.2023”: not a date: write it like 2023-10-05",
        ),
        ({"char_end": "9999"}, "row 2, column char_end: “9999”: the span is"),
        ({"claim_id": "harbour:1"}, "row 2, column claim_id: “harbour:1”: write harbour:"),
        ({"confidence": "sure"}, "row 2, column confidence: “sure”: not a valid number"),
        ({"document_id": "other"}, "row 2, column document_id: “other”: this is the file of harbour"),
        ({"char_start": "first"}, "row 2, column char_start: “first” is no whole number"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_a_person_broke_is_told_with_file_row_column_and_remedy(
    folder: Folder, database: Path, cells: dict[str, str], message: str
) -> None:
    folder.propose("harbour.md", HARBOUR)
    folder.change("harbour", 2, **cells)
    with pytest.raises(SeedError) as raised:
        folder.load(database)
    assert "proposals/harbour.csv" in str(raised.value)
    assert message in str(raised.value)
    assert not database.exists()


def test_a_row_that_stands_twice_is_told(folder: Folder, database: Path) -> None:
    path = folder.propose("harbour.md", HARBOUR)
    first = path.read_text(encoding="utf-8").splitlines(keepends=True)[1]
    path.write_text(path.read_text(encoding="utf-8") + first, encoding="utf-8")
    with pytest.raises(SeedError, match=r"harbour\.csv, row \d+, column claim_id.*duplicate of row 2"):
        folder.load(database)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("harbour.csv", "claim_id;document_id\n", "its header is not that of proposals"),
        ("left-out/harbour.csv", "kind\n", "it is not as it was written. Remove it, and extract again"),
        ("documents/harbour.json", "{}", "it is not as it was written"),
    ],
)
def test_a_file_that_is_none_is_told(folder: Folder, database: Path, file: str, content: str, message: str) -> None:
    folder.propose("harbour.md", HARBOUR)
    (folder.proposals / file).write_text(content, encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        folder.load(database)


def test_proposals_of_an_unknown_text_are_not_passed_over(folder: Folder, database: Path) -> None:
    folder.propose("harbour.md", HARBOUR)
    (folder.proposals / "documents" / "harbour.json").unlink()
    with pytest.raises(SeedError, match=r"proposals/harbour\.csv: documents/harbour\.json.*extract it again"):
        folder.load(database)


def test_a_decision_that_is_not_merged_needs_no_meaning_yet(folder: Folder, database: Path) -> None:
    folder.propose("harbour.md", HARBOUR)
    folder.change("harbour", 2, review_status="accepted", claim_type="", unit_id="", note="To be looked up.")
    folder.load(database)
    assert ask(database, "select review_status, unit_id from raw.proposals where _source_row = 2") == [
        ("accepted", None)
    ]


def test_a_file_saved_by_a_spreadsheet_program_loads_alike(folder: Folder, database: Path, tmp_path: Path) -> None:
    path = folder.propose("harbour.md", HARBOUR)
    folder.load(database)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    folder.load(tmp_path / "saved.duckdb")
    rows = "select * exclude (_source_sha256, _loaded_at) from raw.proposals order by claim_id"
    assert ask(database, rows) == ask(tmp_path / "saved.duckdb", rows)


# Documents that are gone


def test_what_is_left_of_a_gone_document_is_removed(folder: Folder) -> None:
    folder.propose("harbour.md", HARBOUR)
    other = folder.propose("calm.md", CALM)
    note_unreadable(folder.proposals, UnreadableDocument("harbour", "harbour.md", None, "It is a folder.", ""))
    assert forget_document(folder.proposals, "harbour.md") == []
    assert [path for path in folder.proposals.rglob("*") if "harbour" in path.name] == []
    assert other.exists() and list((folder.proposals / "unreadable").iterdir()) == []


def test_what_a_person_worked_on_outlives_its_document(folder: Folder) -> None:
    path = folder.propose("harbour.md", HARBOUR)
    folder.change("harbour", 2, note="Looked up.")
    before = path.read_bytes()
    assert forget_document(folder.proposals, "harbour.md") == [path]
    assert path.read_bytes() == before
    assert json.loads((folder.proposals / "documents" / "harbour.json").read_text())["file_name"] == "harbour.md"
