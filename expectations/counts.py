"""Row counts that are committed with the seeds, so that a change of size is a change somebody reviewed.

`committed_counts.csv` has a line per raw table, with an empty document_id, and one per document with the claims
read from it, 0 where it was read and holds none: a document that loses its figures is seen, and so is one that
was never read.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.tables import TABLES

COMMITTED_COUNTS = Path(__file__).with_name("committed_counts.csv")
COLUMNS = ("table_name", "document_id", "row_count")


@dataclass(frozen=True)
class CommittedCount:
    """Rows that a raw table has to have, or its rows of one document; `document_id` is empty for all of it."""

    table_name: str
    document_id: str
    row_count: int


def read_counts(path: Path = COMMITTED_COUNTS) -> list[CommittedCount]:
    """Read committed counts.

    Raises:
        ValueError: naming file, row, column, value and remedy.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *records = [row for row in csv.reader(file) if row] or [[]]
    if tuple(header) != COLUMNS:
        raise ValueError(f"{path.name}, row 1: “{','.join(header)}”: the columns are {','.join(COLUMNS)}")
    known = {table.name for table in TABLES}
    counts: dict[tuple[str, str], CommittedCount] = {}
    for number, record in enumerate(records, start=2):
        if len(record) != len(COLUMNS):
            raise ValueError(f"{path.name}, row {number}: “{','.join(record)}”: give {len(COLUMNS)} cells")
        table_name, document_id, row_count = record
        if table_name not in known:
            raise ValueError(f"{path.name}, row {number}, column table_name: “{table_name}”: no such raw table")
        if not row_count.isdecimal():
            raise ValueError(f"{path.name}, row {number}, column row_count: “{row_count}”: write a whole number")
        if (table_name, document_id) in counts:
            raise ValueError(f"{path.name}, row {number}: counts the same rows as an earlier row: remove one")
        counts[table_name, document_id] = CommittedCount(table_name, document_id, int(row_count))
    return list(counts.values())


def count_rows(connection: duckdb.DuckDBPyConnection) -> list[CommittedCount]:
    """Count what a database holds in `raw`, as it would be committed."""
    names = [table.name for table in TABLES]
    counts = [
        CommittedCount(name, "", connection.execute(f"select count(*) from raw.{name}").fetchall()[0][0])
        for name in names
    ]
    per_document = connection.execute(
        """
        select documents.document_id, count(claims.claim_id)
        from raw.documents as documents
        left join raw.claims as claims using (document_id)
        group by documents.document_id
        order by documents.document_id
        """
    ).fetchall()
    return counts + [CommittedCount("claims", document_id, count) for document_id, count in per_document]


def write_counts(counts: list[CommittedCount], path: Path = COMMITTED_COUNTS) -> Path:
    """Write counts to be reviewed and committed; return where."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([count.table_name, count.document_id, count.row_count] for count in counts)
    return path
