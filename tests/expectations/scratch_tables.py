"""Small raw tables in a real DuckDB file: two documents and a handful of claims that break no rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb
import scratch_official as official

from expectations.counts import count_rows, write_counts
from expectations.results import ExpectationResult, TableResult
from expectations.validate import validate
from ingest.proposal_tables import PROPOSAL_TABLES, RAW_TABLES
from ingest.schema import LINEAGE_COLUMNS

ROWS: dict[str, list[dict[str, object]]] = {
    "agencies": [
        {"agency_id": "doj", "agency_name": "Department of Justice", "acronym": "DOJ", "aliases": "Justice|U.S. DOJ"},
        {"agency_id": "dea", "agency_name": "Drug Enforcement Administration", "acronym": "DEA",
         "parent_agency_id": "doj"},
    ],
    "commodities": [{"commodity_id": "heroin", "commodity_name": "Heroin"}],
    "framework_areas": [{"framework_area_id": "health", "framework_area_name": "Health"}],
    "operations": [
        {"operation_id": "last-mile", "operation_name": "Last Mile", "started_on": "2022-05-01",
         "ended_on": "2023-05-01"},
    ],
    "places": [{"place_id": "mexico", "place_name": "Mexico"}],
    "subjects": [
        {"subject_id": "arrests", "subject_name": "Arrests"},
        {"subject_id": "migrants", "subject_name": "Migrants"},
    ],
    "units": [
        {"unit_id": "kg", "unit_dimension": "mass", "canonical_unit_id": "kg", "canonical_factor": "1"},
        {"unit_id": "lb", "unit_dimension": "mass", "canonical_unit_id": "kg", "canonical_factor": "0.45359237"},
        {"unit_id": "person", "unit_dimension": "persons", "canonical_unit_id": "person", "canonical_factor": "1"},
        {"unit_id": "person_per_day", "unit_dimension": "person_rate", "canonical_unit_id": "person_per_day",
         "canonical_factor": "1"},
    ],
    "documents": [
        {"document_id": "sheet", "language": "en", "published_on": "2023-10-05", "published_on_basis": "stated",
         "source_url": "https://example.org/sheet", "mirror_of_url": "https://example.org/sheet", "sha256": "a" * 64,
         "char_count": 1000},
        {"document_id": "control", "language": "en", "sha256": "b" * 64, "char_count": 900,
         "note": "Read from a mirror; the address of the original is not stated."},
    ],
    "claims": [
        {"claim_id": "sheet:10", "char_start": 10, "char_end": 20, "claim_type": "seizure", "commodity_id": "heroin",
         "value": "500", "qualifier": "exact", "unit_id": "lb", "period_start": "2022-05-01",
         "period_end": "2023-05-01", "period_basis": "range"},
        {"claim_id": "sheet:30", "char_start": 30, "char_end": 33, "claim_type": "arrest", "subject_id": "arrests",
         "value": "770", "qualifier": "exact", "unit_id": "person", "period_start": "2022-10-01",
         "period_basis": "since_date", "as_of": "2023-10-05"},
        {"claim_id": "sheet:40", "char_start": 40, "char_end": 43, "claim_type": "arrest", "subject_id": "arrests",
         "value": "859", "qualifier": "nearly", "unit_id": "person", "period_basis": "unspecified"},
        {"claim_id": "sheet:50", "char_start": 50, "char_end": 55, "claim_type": "migration_flow",
         "subject_id": "migrants", "value": "6000", "qualifier": "exact", "unit_id": "person_per_day",
         "rate_per": "day", "period_basis": "unspecified", "note": "No agency is named."},
    ],
    "claim_agencies": [
        {"claim_id": "sheet:10", "agency_id": "dea", "role": "lead"},
        {"claim_id": "sheet:10", "agency_id": "doj", "role": "support"},
        {"claim_id": "sheet:30", "agency_id": "dea", "role": "lead"},
        {"claim_id": "sheet:40", "agency_id": "dea", "role": "lead"},
    ],
    "claim_operations": [{"claim_id": "sheet:10", "operation_id": "last-mile"}],
    "claim_relations": [
        {"claim_id": "sheet:30", "related_claim_id": "sheet:40", "relation": "subset_of", "basis": "stated"},
    ],
    "proposals": [
        {"claim_id": "sheet:10", "document_id": "sheet", "char_start": 10, "char_end": 20, "verbatim": "500",
         "value": "500", "qualifier": "exact", "unit_id": "lb", "review_status": "proposed", "confidence": "0.9",
         "reason": "figure=number(0.90)"},
        {"claim_id": "sheet:60", "document_id": "sheet", "char_start": 60, "char_end": 62, "verbatim": "12",
         "value": "12", "qualifier": "exact", "review_status": "proposed", "confidence": "0.4",
         "reason": "figure=number(0.40)"},
        {"claim_id": "sheet:70", "document_id": "sheet", "char_start": 70, "char_end": 72, "verbatim": "13",
         "value": "13", "qualifier": "exact", "review_status": "proposed"},
    ],
    "figures_left_out": [
        {"document_id": "sheet", "char_start": 80, "char_end": 84, "verbatim": "2023", "kind": "no_claim",
         "reason": "date"},
        {"document_id": "sheet", "char_start": 90, "char_end": 92, "verbatim": "40", "kind": "not_understood",
         "reason": "no-noun"},
    ],
    "read_documents": [
        {"document_id": "sheet", "file_name": "sheet.txt", "sha256": "a" * 64, "char_count": 1000,
         "read_status": "read", "_source_file": "documents/sheet.json"},
        {"document_id": "broken", "file_name": "broken.pdf", "sha256": "d" * 64, "read_status": "unreadable",
         "read_problem": "it is empty. Save it again", "_source_file": "unreadable/0f12.json"},
    ],
    **official.ROWS,
}  # fmt: skip
DOCUMENT_ID = "sheet"


@dataclass(frozen=True)
class Raw:
    """A scratch database with raw tables, and counts committed for them."""

    database: Path
    counts: Path

    def change(self, *statements: str) -> None:
        """Change tables after their counts were committed."""
        with duckdb.connect(str(self.database)) as connection:
            for statement in statements:
                connection.execute(statement)

    def commit_counts(self) -> None:
        """Take the sizes as they are now for the committed ones."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            write_counts(count_rows(connection), self.counts)

    def validate(self, *only: str) -> dict[str, TableResult]:
        """Results by table."""
        return {found.table: found for found in validate("raw", self.database, self.counts, only or None)}

    def rule(self, table: str, name: str) -> ExpectationResult:
        """The result of one rule."""
        found = self.validate(table)[table]
        return next(rule for rule in found.expectations if rule.name == name)


def build_raw(database: Path) -> Raw:
    """Write the rows above with the declared types, each with its lineage."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        for table in RAW_TABLES:
            columns = {column: table.sql_type(column) for column in table.columns}
            columns |= {column.name: column.sql_type for column in LINEAGE_COLUMNS}
            connection.execute(f"create table raw.{table.name} ({', '.join(f'{n} {t}' for n, t in columns.items())})")
            for number, cells in enumerate(ROWS[table.name], start=2):
                folder, name = ("proposals", "sheet") if table in PROPOSAL_TABLES else ("seeds", table.name)
                row = {
                    "_source_file": f"{folder}/{name}.csv", "_source_row": number, "_source_sha256": "c" * 64,
                    "_loaded_at": dt.datetime(2026, 1, 1), **cells,
                }  # fmt: skip
                if table.name == "claims":
                    row |= {"document_id": DOCUMENT_ID, "verbatim": cells["value"], "review_status": "accepted"}
                statement = f"insert into raw.{table.name} ({', '.join(row)}) values ({', '.join('?' * len(row))})"
                connection.execute(statement, list(row.values()))
    made = Raw(database, database.with_suffix(".csv"))
    made.commit_counts()
    return made
