"""Read one file of official statistics with DuckDB: every cell typed or refused, nothing skipped.

A row of a result is a row of the file. Every problem names file, row, column, value and remedy; where there is one,
nothing of the file is kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from ingest.check import Problem, SeedError
from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.schema import literal
from ingest.statistics.layouts import Layout, layout_of, nearest_layout

LISTED = 20
"""Most problems of one kind that are named; one word that is new can stand in every row."""

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FISCAL_YEAR_STARTS = 10
"""Month in which a U.S. fiscal year starts, in the calendar year before (31 U.S.C. 1102)."""

YEAR_FORM = r"^((?:19|20)[0-9]{2})( \(FYTD\))?$"
NUMBER_FORM = r"^\$?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?$"
"""Digits with or without thousands separators, as floats are printed (6.61386786e-05); never below zero."""
COUNT_FORM = r"^([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,9})(\.0*)?$"

TERM_COLUMNS = ("component", "region", "land_filter", "category", "direction")
"""Columns whose words have to be in seeds/official_terms.csv."""
KEY_COLUMNS = ("month_starts_on", "component", "region", "land_filter", "area", "category", "direction")

Terms = Iterable[tuple[str, str]]


class StatisticsError(SeedError):
    """A file of official statistics that cannot be loaded, with every problem found in it."""


def read_rows(connection: duckdb.DuckDBPyConnection, path: Path, terms: Terms) -> duckdb.DuckDBPyRelation:
    """The rows of a file as `raw.official_seizures` has them, but for its vintage; with `_source_row`.

    Args:
        connection: where scratch tables may be made; the relation is read from it.
        path: the file.
        terms: known words as (term_kind, term in capitals).

    Raises:
        StatisticsError: naming row, column, value and remedy of everything that is wrong.
    """
    layout = _read_layout(path)
    _read_cells(connection, path, layout)
    connection.execute("create or replace temp table terms (term_kind varchar, term varchar)")
    connection.executemany("insert into terms values (?, ?)", list(terms))
    _type_cells(connection, layout)
    problems = [Problem(path.name, *found) for rule in _rules(layout) for found in connection.execute(rule).fetchall()]
    if problems:
        raise StatisticsError(problems)
    columns = [column for column in OFFICIAL_SEIZURES.columns if column not in ("vintage_id", "dataset")]
    selected = ", ".join(["_source_row", f"{literal(layout.dataset)} as dataset", *columns])
    return connection.sql(f"select {selected} from typed order by _source_row")


def _read_layout(path: Path) -> Layout:
    def refuse(remedy: str, value: str = "") -> StatisticsError:
        return StatisticsError([Problem(path.name, 1, "", value, remedy)])

    try:
        with path.open("rb") as file:
            first = file.readline().decode("utf-8-sig")
            file.seek(0, 2)
            if file.tell():
                file.seek(-1, 2)
                is_ended = file.read(1) == b"\n"
    except UnicodeDecodeError:
        raise refuse("not UTF-8: save the file in that encoding") from None
    except OSError as error:
        raise refuse(f"cannot be read ({error.strerror}): restore it") from None
    if not first.strip():
        raise refuse("the file is empty: download it again")
    if not is_ended:
        raise refuse("ends in the middle of a line: download it again, or end a file that is whole with a line break")
    header = next(csv.reader([first]))
    layout = layout_of(header)
    if layout:
        return layout
    wanted = nearest_layout(header).header
    remedies = [
        *(
            Problem(path.name, 1, name, name, "not a column of the files that are understood: see ingest/statistics")
            for name in header
            if name not in wanted
        ),
        *(Problem(path.name, 1, name, "", "the column is missing") for name in wanted if name not in header),
    ]
    raise StatisticsError(remedies) if remedies else refuse("columns in another order", ",".join(header))


def _read_cells(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout) -> None:
    """Load the file as text into the table `cells`, rows numbered as in the file, the header being row 1."""
    columns = ", ".join(f"{literal(name)}: 'varchar'" for name in layout.columns)
    cells = ", ".join(f"trim({name}) as {name}" for name in layout.columns)
    try:
        connection.execute(
            f"""
            create or replace temp table cells as
            select row_number() over () + 1 as _source_row, {cells}
            from read_csv(
                {literal(str(path))}, header = true, auto_detect = false, parallel = false, delim = ',', quote = '"',
                escape = '"', nullstr = '', columns = {{{columns}}},
                store_rejects = true, rejects_table = 'rejects', rejects_scan = 'scans', rejects_limit = {LISTED}
            )
            """
        )
    except duckdb.Error as error:
        message = str(error).partition("\n")[0]
        raise StatisticsError(
            [Problem(path.name, 0, "", "", f"not well-formed CSV ({message}): download it again")]
        ) from None
    rejects = connection.execute(
        "select distinct line, csv_line, error_type from rejects order by all limit ?", [LISTED]
    ).fetchall()
    if rejects:
        raise StatisticsError(
            [
                Problem(path.name, line, "", (text or "").strip()[:60], _remedy_of_reject(kind, layout))
                for line, text, kind in rejects
            ]
        )


def _remedy_of_reject(kind: str, layout: Layout) -> str:
    if kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
        return f"not {len(layout.columns)} cells: the file is cut off or damaged, download it again"
    return f"not well-formed CSV ({kind.lower()}): download the file again"


def _type_cells(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Make `typed` of `cells`: null where a cell is not of its form, which the rules then find."""

    def cell(name: str) -> str:
        return name if name in layout.columns else "cast(null as varchar)"

    month = f"list_position([{', '.join(map(literal, MONTHS))}], upper(month))"
    year = f"try_cast(regexp_extract(fiscal_year, {literal(YEAR_FORM)}, 1) as integer)"
    quantity = f"if(regexp_matches(quantity, {literal(NUMBER_FORM)}), regexp_replace(quantity, '[$,]', '', 'g'), null)"
    count = f"if(regexp_matches(event_count, {literal(COUNT_FORM)}), replace(event_count, ',', ''), null)"
    connection.execute(
        f"""
        create or replace temp table typed as
        select
            _source_row,
            {year} as fiscal_year,
            contains(fiscal_year, 'FYTD') as is_year_to_date,
            make_date({year} - if({month} >= {FISCAL_YEAR_STARTS}, 1, 0), {month}, 1) as month_starts_on,
            component, region,
            {cell("land_filter")} as land_filter,
            area,
            {literal(layout.category) if layout.category else "category"} as category,
            {cell("direction")} as direction,
            {cell("transport_mode")} as transport_mode,
            {cell("seizure_type")} as seizure_type,
            {cell("event_id")} as event_id,
            {"1" if layout.is_by_event else f"cast(try_cast({count} as decimal(12, 2)) as integer)"} as event_count,
            try_cast({quantity} as {OFFICIAL_SEIZURES.sql_type("quantity")}) as quantity
        from cells
        """
    )


def _rules(layout: Layout) -> Iterator[str]:
    """Queries for what is wrong, each giving row, column, value and remedy."""

    def rule(column: str, condition: str, remedy: str) -> str:
        return f"""
            select _source_row, {literal(layout.columns[column])}, coalesce({column}, ''), {literal(remedy)}
            from cells where {condition} order by _source_row limit {LISTED}
            """

    def untyped(column: str) -> str:
        return f"_source_row in (select _source_row from typed where {column} is null)"

    yield "select 1, '', '', 'holds no rows: download it again' where not exists (from cells)"
    yield rule("fiscal_year", f"not coalesce(regexp_matches(fiscal_year, {literal(YEAR_FORM)}), false)",
               "not a fiscal year: write it as 2025, or 2026 (FYTD)")  # fmt: skip
    yield rule("month", f"upper(coalesce(month, '')) not in ({', '.join(map(literal, MONTHS))})",
               f"not a month: one of {', '.join(MONTHS)}")  # fmt: skip
    yield rule("area", "area is null", "empty: this column must be filled")
    yield rule("quantity", untyped("quantity"), "not an amount: a number of 0 or more")
    if not layout.is_by_event:
        yield rule("event_count", untyped("event_count"), "not a whole number of 0 or more")
    for column in TERM_COLUMNS:
        if column in layout.columns:
            known = f"(select term from terms where term_kind = {literal(column)})"
            yield rule(column, f"{column} is null or upper({column}) not in {known}",
                       f"no such {column}: mend the file, or add the word to seeds/official_terms.csv with what it "
                       "stands for, if the publisher has begun to use it")  # fmt: skip
    if not layout.is_by_event:
        key = ", ".join(f"upper(cast({column} as varchar))" for column in KEY_COLUMNS)
        yield f"""
            select _source_row, '', concat_ws(' · ', {", ".join(KEY_COLUMNS)}),
                concat('the same as row ', first_row, ' but for its figures: one of the two is wrong')
            from (
                select *, min(_source_row) over (partition by {key}) as first_row
                from typed where month_starts_on is not null
            )
            where _source_row > first_row order by _source_row limit {LISTED}
            """
