"""Read one file of official statistics with DuckDB: every cell typed or refused, nothing skipped.

A row of a result is a line of the file. Every problem names file, row, column, value and remedy; where there is one,
nothing of the file is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import duckdb

from ingest.check import Problem
from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.schema import literal
from ingest.statistics.layouts import Layout
from ingest.statistics.lines import LISTED, SHOWN, StatisticsError, lines_that_are_no_rows, read_form

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FISCAL_YEAR_STARTS = 10
"""Month in which a U.S. fiscal year starts, in the calendar year before (31 U.S.C. 1102)."""

YEAR_FORM = r"^((?:19|20)[0-9]{2})( \(FYTD\))?$"
NUMBER_FORM = r"^\$?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?$"
"""Digits with or without thousands separators, as floats are printed (6.61386786e-05); never below zero."""
COUNT_FORM = r"^([0-9]{1,3}(,[0-9]{3}){1,2}|[0-9]{1,9})(\.0*)?$"

TERM_COLUMNS = ("component", "region", "land_filter", "category", "direction")
"""Columns whose words have to be in seeds/official_terms.csv."""
KEY_WORDS = ("component", "region", "land_filter", "area", "category", "direction")
"""Columns that tell a row from the others of its month."""

NOT_UTF_8 = "INVALID ENCODING"
"""What DuckDB calls it."""

Terms = Iterable[tuple[str, str]]


def read_rows(connection: duckdb.DuckDBPyConnection, path: Path, terms: Terms) -> duckdb.DuckDBPyRelation:
    """The rows of a file as `raw.official_seizures` has them, but for its vintage; with `_source_row`.

    Args:
        connection: where scratch tables may be made; the relation is read from it.
        path: the file.
        terms: known words as (term_kind, term in capitals).

    Raises:
        StatisticsError: naming row, column, value and remedy of everything that is wrong.
    """
    form = read_form(path)
    layout = form.layout
    _read_cells(connection, path, layout)
    _check_count(connection, path, form.line_count - 1)
    connection.execute("create or replace temp table terms (term_kind varchar, term varchar)")
    connection.executemany("insert into terms values (?, ?)", list(terms))
    typed = _typed_columns(layout)
    problems = list(_wrong_cells(connection, path, layout, typed))
    selected = ", ".join(f"{sql} as {name}" for name, sql in typed.items())
    connection.execute(f"create or replace temp table typed as select _source_row, {selected} from cells")
    connection.execute("drop table cells")
    problems += _repeated_rows(connection, path, layout)
    if problems:
        raise StatisticsError(problems)
    columns = ", ".join(column for column in OFFICIAL_SEIZURES.columns if column not in ("vintage_id", "dataset"))
    return connection.sql(
        f"select _source_row, {literal(layout.dataset)} as dataset, {columns} from typed order by _source_row"
    )


def _read_cells(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout) -> None:
    """Load the file as text into the table `cells`, rows numbered as lines of the file, the header being row 1."""
    columns = ", ".join(f"{literal(name)}: 'varchar'" for name in layout.columns)
    cells = ", ".join(f"nullif(trim({name}), '') as {name}" for name in layout.columns)
    try:
        connection.execute(
            f"""
            create or replace temp table cells as
            select cast(row_number() over () + 1 as integer) as _source_row, {cells}
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
        "select line, any_value(csv_line), min(error_type) from rejects group by line order by line limit ?", [LISTED]
    ).fetchall()
    if rejects and rejects[0][2] == NOT_UTF_8:
        rejects = rejects[:1]  # an encoding is that of the whole file
    if rejects:
        raise StatisticsError(
            [
                Problem(path.name, line, "", (text or "").strip()[:SHOWN], _remedy_of_reject(kind, layout))
                for line, text, kind in rejects
            ]
        )


def _remedy_of_reject(kind: str, layout: Layout) -> str:
    if kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
        return f"not {len(layout.columns)} cells: the file is cut off or damaged, download it again"
    if kind == NOT_UTF_8:
        return "not UTF-8: save the file in that encoding"
    return f"not well-formed CSV ({kind.lower()}): download the file again"


def _check_count(connection: duckdb.DuckDBPyConnection, path: Path, expected: int) -> None:
    """Make sure that each line became a row.

    DuckDB passes over blank lines, and takes all that follows a quote that is never closed for one cell of a row that
    it then leaves out, both without a word.
    """
    ((count,),) = connection.execute("select count(*) from cells").fetchall()
    if count != expected:
        remedy = f"{expected} lines, but {count} rows: mend its quotes"
        raise StatisticsError(lines_that_are_no_rows(path) or [Problem(path.name, 0, "", "", remedy)])


def _typed_columns(layout: Layout) -> dict[str, str]:
    """Our columns as SQL on the cells: null where a cell is not of its form."""

    def cell(name: str) -> str:
        return name if name in layout.columns else "cast(null as varchar)"

    month = f"list_position([{', '.join(map(literal, MONTHS))}], upper(month))"
    year = f"try_cast(regexp_extract(fiscal_year, {literal(YEAR_FORM)}, 1) as integer)"
    count = f"if(regexp_matches(event_count, {literal(COUNT_FORM)}), replace(event_count, ',', ''), null)"
    number = f"if(regexp_matches(quantity, {literal(NUMBER_FORM)}), regexp_replace(quantity, '[$,]', '', 'g'), null)"
    # A decimal of 64 bits is read a hundred times faster than one of 128: 0.04 s instead of 4.6 s for a million floats.
    quantity = (
        f"coalesce(try_cast({number} as decimal(18, 8)), "
        f"try_cast({number} as {OFFICIAL_SEIZURES.sql_type('quantity')}))"
    )
    return {
        "fiscal_year": year,
        "is_year_to_date": "contains(fiscal_year, 'FYTD')",
        "month_starts_on": f"make_date({year} - if({month} >= {FISCAL_YEAR_STARTS}, 1, 0), {month}, 1)",
        "component": "component",
        "region": "region",
        "land_filter": cell("land_filter"),
        "area": "area",
        "category": literal(layout.category) if layout.category else "category",
        "direction": cell("direction"),
        "transport_mode": cell("transport_mode"),
        "seizure_type": cell("seizure_type"),
        "event_id": cell("event_id"),
        "event_count": "1" if layout.is_by_event else f"cast(try_cast({count} as decimal(12, 2)) as integer)",
        "quantity": quantity,
    }


def _wrong_cells(
    connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout, typed: Mapping[str, str]
) -> Iterator[Problem]:
    """Each value that is wrong once, with the first of its rows: a word that is new can stand in every row."""
    if not connection.execute("from cells limit 1").fetchall():
        yield Problem(path.name, 1, "", "", "holds a header and no rows: download it again")
    for column, condition, remedy in _rules(layout, typed):
        found = connection.execute(
            f"""
            select min(_source_row), coalesce({column}, ''), count(*), count(*) over ()
            from cells where {column} is null or {condition}
            group by {column} order by 1 limit {LISTED}
            """
        ).fetchall()
        name = layout.columns[column]
        for row, value, count, kinds in found:
            more = f" (so in {count} rows, of which this is the first)" if count > 1 else ""
            yield Problem(path.name, row, name, value, (remedy if value else "empty: it must be filled") + more)
            if kinds > LISTED and row == found[-1][0]:
                yield Problem(path.name, 0, name, "", f"{kinds - LISTED} more values are wrong in the same way")


def _rules(layout: Layout, typed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Columns that have to be filled, each with what is wrong in it, as SQL on its cells, and the remedy."""
    months = ", ".join(map(literal, MONTHS))
    yield ("fiscal_year", f"not regexp_matches(fiscal_year, {literal(YEAR_FORM)})",
           "not a fiscal year: write it as 2025, or 2026 (FYTD)")  # fmt: skip
    yield "month", f"upper(month) not in ({months})", f"not a month: one of {', '.join(MONTHS)}"
    yield "area", "false", ""
    yield ("quantity", f"{typed['quantity']} is null",
           "not an amount: write a number of 0 or more, as 1234.5 or 6.6e-05")  # fmt: skip
    if layout.is_by_event:
        yield "event_id", "false", ""
    else:
        yield ("event_count", f"{typed['event_count']} is null",
               "not a count of seizures: write a whole number of 0 or more")  # fmt: skip
    for column in TERM_COLUMNS:
        if column in layout.columns:
            known = f"(select term from terms where term_kind = {literal(column)})"
            yield (column, f"upper({column}) not in {known}",
                   "not a word that is known: correct it, or, if the publisher has begun to use it, add it to "
                   f"seeds/official_terms.csv as term_kind {column}, with what it stands for (docs/curator-guide.md, "
                   "Official statistics)")  # fmt: skip


def _repeated_rows(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout) -> Iterator[Problem]:
    """Rows that add up the same seizures; where each row is a seizure, two may be alike."""
    if layout.is_by_event:
        return
    key = ", ".join(["month_starts_on", *(f"upper({column})" for column in KEY_WORDS)])
    alike = f"select 1 from typed group by hash({key}) having count(*) > 1 limit 1"
    if not connection.execute(alike).fetchall():  # as a rule; the window takes four times as long
        return
    found = connection.execute(
        f"""
        select _source_row, first_row, concat_ws(' · ', month_starts_on, {", ".join(KEY_WORDS)}), count(*) over ()
        from (
            select *, min(_source_row) over (partition by {key}) as first_row
            from typed where month_starts_on is not null
        )
        where _source_row > first_row order by _source_row limit {LISTED}
        """
    ).fetchall()
    for row, first_row, value, count in found:
        remedy = f"the same but for its figures as row {first_row}: download the file again, or take one of the two out"
        yield Problem(path.name, row, "", value, remedy)
        if count > LISTED and row == found[-1][0]:
            yield Problem(path.name, 0, "", "", f"{count - LISTED} more rows stand there twice")
