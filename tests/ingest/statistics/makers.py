"""Invented files of official statistics: rows of each layout, and files of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.check import read_table
from ingest.official_tables import OFFICIAL_TERMS
from ingest.statistics.layouts import LAYOUTS, Layout
from ingest.statistics.store import known_terms

from ...support import SEEDS

Cells = Mapping[str, str]
"""Our name of a column → its cell as written."""

BY_NAME = {layout.dataset: layout for layout in LAYOUTS}

ROWS: Mapping[str, Cells] = {
    "nationwide_drugs": {
        "fiscal_year": "2024", "month": "MAR", "component": "Office of Field Operations",
        "region": "Southwest Border", "land_filter": "Land Only", "area": "HARBOUR FIELD OFFICE",
        "category": "Fentanyl", "event_count": "3", "quantity": "12.5",
    },
    "amo_drugs": {
        "fiscal_year": "2024", "month": "MAR", "component": "Air and Marine Operations",
        "region": "Coastal/Interior", "land_filter": "Other", "area": "Lagoon Air And Marine Branch",
        "category": "Cocaine", "event_count": "2", "quantity": "801.25",
    },
    "weapons_and_ammunition": {
        "fiscal_year": "2024", "month": "MAR", "component": "Office of Field Operations",
        "region": "Southwest Border", "area": "HARBOUR FIELD OFFICE", "direction": "Outbound",
        "transport_mode": "Truck", "seizure_type": "Weapons", "category": "Rifle", "event_id": "E-1", "quantity": "4",
    },
    "currency": {
        "fiscal_year": "2024", "month": "MAR", "component": "U.S. Border Patrol", "region": "Northern Border",
        "land_filter": "Land Only", "area": "PRAIRIE SECTOR", "direction": "Outbound", "event_count": "2",
        "quantity": "$10,250.75",
    },
}  # fmt: skip

TERMS = tuple(known_terms({OFFICIAL_TERMS.name: read_table(OFFICIAL_TERMS, SEEDS)}))


def row(dataset: str = "nationwide_drugs", **cells: str) -> Cells:
    """A row of a layout, some of its cells given."""
    return {**ROWS[dataset], **cells}


def header(dataset: str = "nationwide_drugs") -> str:
    return ",".join(BY_NAME[dataset].header)  # type: ignore[index]


def text(*rows: Cells, dataset: str = "nationwide_drugs") -> str:
    """A file of a layout as text."""
    layout: Layout = BY_NAME[dataset]  # type: ignore[index]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(layout.header)
    writer.writerows([cells[name] for name in layout.columns] for cells in rows)
    return file.getvalue()


def write(path: Path, *rows: Cells, dataset: str = "nationwide_drugs") -> Path:
    """Write a file of a layout; without rows, of its invented one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(*(rows or [ROWS[dataset]]), dataset=dataset), encoding="utf-8")
    return path


def months(count: int, **cells: str) -> Iterable[Cells]:
    """Rows of consecutive months from October of fiscal year 2020 on."""
    names = ("OCT", "NOV", "DEC", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP")
    return [
        row(fiscal_year=str(2020 + n // 12), month=names[n % 12], quantity=str(n + 1), **cells) for n in range(count)
    ]
