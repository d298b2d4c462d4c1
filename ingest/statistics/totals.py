"""`make statistics`: derive the small tables of official statistics in `seeds/` from the files themselves.

Figures only: a row for each vintage, totals by month, and control totals by fiscal year, which are added up from the
files on their own, so that a slip in either table shows. Vintages whose files are not at hand keep their rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ingest.atomic import locked, replace_files
from ingest.check import SeedTable, read_seeds
from ingest.official_tables import OFFICIAL_TABLES, OFFICIAL_TERMS
from ingest.schema import Table, literal
from ingest.statistics.store import StatisticsFolder, Vintage, vintages

PUBLISHER = "U.S. Customs and Border Protection"
PAGES = {
    "nationwide_drugs": "https://www.cbp.gov/document/stats/nationwide-drug-seizures",
    "amo_drugs": "https://www.cbp.gov/document/stats/amo-drug-seizures",
    "weapons_and_ammunition": "https://www.cbp.gov/document/stats/weapons-and-ammunition-seizures",
    "currency": "https://www.cbp.gov/document/stats/currency-and-other-monetary-instrument-seizures",
}
"""Dataset → the page on which the publisher offers it."""

DERIVED = {table.name: table for table in OFFICIAL_TABLES if table is not OFFICIAL_TERMS}


def derive_totals(seeds_folder: Path, statistics: Path, store: Path) -> list[str]:
    """Write the derived tables anew for all files of a folder; return the vintages that they are.

    Raises:
        ingest.check.SeedError: seed tables or files of statistics are broken; nothing is written then.
    """
    seeds = read_seeds(seeds_folder)
    found = vintages(StatisticsFolder(statistics, store).keep_all(seeds), seeds)
    with duckdb.connect() as connection:
        rows = _derive(connection, seeds, found)
    ids = {vintage.vintage_id for vintage in found}
    texts = {
        table.file_name: _render(table, [*_kept_rows(seeds[name], ids), *rows[name]]) for name, table in DERIVED.items()
    }
    with locked(seeds_folder):
        replace_files(seeds_folder, {name: text.encode() for name, text in texts.items()})
    return sorted(ids)


def _derive(
    connection: duckdb.DuckDBPyConnection, seeds: Mapping[str, SeedTable], found: Sequence[Vintage]
) -> dict[str, list[tuple[Any, ...]]]:
    before = {cells["vintage_id"]: cells for cells in seeds["official_vintages"].rows.values()}
    connection.execute("create table terms (term_kind varchar, term varchar, term_id varchar, unit_id varchar)")
    connection.executemany(
        "insert into terms values (?, ?, ?, ?)",
        [
            [cells[name] for name in ("term_kind", "term", "term_id", "unit_id")]
            for cells in seeds["official_terms"].rows.values()
        ],
    )
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in DERIVED}
    for vintage in found:
        file = vintage.file
        known = before.get(vintage.vintage_id, {})
        rows["official_vintages"].append(
            (vintage.vintage_id, file.file_name, file.dataset, file.sha256, file.first_month_on, file.last_month_on,
             file.row_count, known.get("published_on"), PUBLISHER, PAGES[file.dataset], known.get("note"))
        )  # fmt: skip
        vintage_id, parquet = literal(vintage.vintage_id), literal(str(file.parquet))
        connection.execute(
            f"""
            create or replace temp table named as
            select
                {vintage_id} as vintage_id, rows.*, components.term_id as component_id, regions.term_id as region_id,
                categories.term_id as commodity_id, categories.unit_id,
                land_filters.term_id = 'land' as is_land,
                directions.term_id = 'outbound' as is_outbound
            from read_parquet({parquet}) as rows
            {_join("component", "components")} {_join("region", "regions")} {_join("category", "categories")}
            left {_join("land_filter", "land_filters")} left {_join("direction", "directions")}
            """
        )
        events = "if(any_value(event_id) is null, sum(event_count), count(distinct event_id))"
        rows["official_totals"] += connection.execute(
            f"""
            select
                vintage_id, month_starts_on, component_id, region_id, commodity_id, unit_id, sum(quantity), {events},
                {_part("is_land")}, {_part("is_outbound")}
            from named group by all order by all
            """
        ).fetchall()
        rows["official_year_totals"] += connection.execute(
            f"""
            select vintage_id, fiscal_year, component_id, region_id, commodity_id, unit_id, sum(quantity), {events}
            from named group by all order by all
            """
        ).fetchall()
    return rows


def _part(condition: str) -> str:
    """The part of the amount that is so; null where no row says whether it is."""
    return f"if(count({condition}) = 0, null, coalesce(sum(quantity) filter (where {condition}), 0))"


def _join(column: str, name: str) -> str:
    return f"join terms as {name} on {name}.term_kind = '{column}' and {name}.term = upper(rows.{column})"


def _kept_rows(seed: SeedTable, replaced: set[str]) -> list[tuple[str | None, ...]]:
    return [tuple(cells.values()) for cells in seed.rows.values() if cells["vintage_id"] not in replaced]


def _render(table: Table, rows: Sequence[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(sorted(tuple(_show(cell) for cell in row) for row in rows))  # the columns of the key come first
    return text.getvalue()


def _show(cell: Any) -> str:
    """A cell as it stands in the table: decimals in full, without zeros that say nothing."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".rstrip("0").rstrip(".") if cell else "0"
    return "" if cell is None else str(cell)
