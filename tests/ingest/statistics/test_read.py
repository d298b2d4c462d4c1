"""Every cell of a file is typed, or named with file, row, column, value and remedy; no line is lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.statistics.lines import LISTED, StatisticsError
from ingest.statistics.read import read_rows

from .makers import BY_NAME, ROWS, TERMS, header, row, text, write

DATASETS = tuple(BY_NAME)


def read(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        rows = read_rows(connection, path, TERMS)
        return [dict(zip(rows.columns, cells, strict=True)) for cells in rows.fetchall()]


def read_text(folder: Path, content: str | bytes) -> list[dict[str, Any]]:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def problems(folder: Path, content: str | bytes) -> list[str]:
    """What reading a file of this content says."""
    with pytest.raises(StatisticsError) as raised:
        read_text(folder, content)
    return str(raised.value).splitlines()


# What is read


@pytest.mark.parametrize("dataset", DATASETS)
def test_each_layout_is_read(tmp_path: Path, dataset: str) -> None:
    (found,) = read(write(tmp_path / "file.csv", dataset=dataset))
    cells = ROWS[dataset]
    expected = {name: cells.get(name) for name in OFFICIAL_SEIZURES.columns if name not in ("vintage_id", "quantity")}
    expected |= {
        "_source_row": 2,
        "dataset": dataset,
        "fiscal_year": 2024,
        "is_year_to_date": False,
        "month_starts_on": dt.date(2024, 3, 1),
        "event_count": int(cells.get("event_count", 1)),
        "category": cells.get("category", "Currency"),
    }
    amount = found.pop("quantity")
    assert found == expected
    assert amount == Decimal(cells["quantity"].replace("$", "").replace(",", ""))


@pytest.mark.parametrize("dataset", DATASETS)
def test_columns_have_the_types_of_the_raw_table(tmp_path: Path, dataset: str) -> None:
    path = write(tmp_path / "file.csv", dataset=dataset)
    with duckdb.connect() as connection:
        rows = read_rows(connection, path, TERMS)
        types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    assert types.pop("_source_row") == "INTEGER"
    declared = {name: OFFICIAL_SEIZURES.sql_type(name) for name in OFFICIAL_SEIZURES.columns if name != "vintage_id"}
    assert {name: found.lower().replace(",", ", ") for name, found in types.items()} == declared


@pytest.mark.parametrize(
    ("year", "month", "starts_on", "is_to_date"),
    [
        ("2024", "OCT", dt.date(2023, 10, 1), False),
        ("2024", "NOV", dt.date(2023, 11, 1), False),
        ("2024", "DEC", dt.date(2023, 12, 1), False),
        ("2024", "JAN", dt.date(2024, 1, 1), False),
        ("2024", "SEP", dt.date(2024, 9, 1), False),
        ("2024", "Sep", dt.date(2024, 9, 1), False),
        ("2026 (FYTD)", "DEC", dt.date(2025, 12, 1), True),
    ],
)
def test_a_fiscal_month_lies_in_its_calendar_year(
    tmp_path: Path, year: str, month: str, starts_on: dt.date, is_to_date: bool
) -> None:
    (found,) = read_text(tmp_path, text(row(fiscal_year=year, month=month)))
    assert (found["fiscal_year"], found["month_starts_on"], found["is_year_to_date"]) == (
        int(year[:4]), starts_on, is_to_date,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", "0"),
        ("0.0", "0"),
        ("12", "12"),
        ("5.", "5"),
        ("6.61386786e-05", "0.00006614"),
        ("6.61386786E-05", "0.00006614"),
        ("1e3", "1000"),
        ("147.04832875399998", "147.04832875"),
        ("0.30000000000000004", "0.3"),
        ("0.000000005", "0.00000001"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("$99,999.99", "99999.99"),
        ("12345678901.5", "12345678901.5"),  # more than a decimal of 64 bits holds
        ("12345678901234567890.12345678", "12345678901234567890.12345678"),
    ],
)
def test_amounts_are_exact_to_eight_decimals(tmp_path: Path, written: str, amount: str) -> None:
    (found,) = read_text(tmp_path, text(row(quantity=written)))
    assert found["quantity"] == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "count"), [("0", 0), ("7", 7), ("7.0", 7), ("1,234", 1234), ("999999999", 999999999)]
)
def test_counts_are_whole(tmp_path: Path, written: str, count: int) -> None:
    (found,) = read_text(tmp_path, text(row(event_count=written)))
    assert found["event_count"] == count


def test_words_are_known_in_capitals_and_without_and_kept_as_written(tmp_path: Path) -> None:
    words = {"component": "OFFICE OF FIELD OPERATIONS", "region": "NORTHERN BORDER", "land_filter": "LAND ONLY"}
    found = read_text(
        tmp_path, text(row(**words, category="Other Drugs**"), row(category="OTHER DRUGS**", month="Apr"))
    )
    assert words.items() <= found[0].items()
    assert [cells["category"] for cells in found] == ["Other Drugs**", "OTHER DRUGS**"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b",HARBOUR", b", HARBOUR").replace(b"OFFICE,", b"OFFICE ,"),
    ],
    ids=["byte order mark", "CRLF", "both", "blanks"],
)
def test_how_a_file_was_saved_does_not_matter(tmp_path: Path, change: Any) -> None:
    data = text(row(), row(month="APR"))
    assert read_text(tmp_path, change(data.encode())) == read_text(tmp_path, data)


def test_a_quoted_cell_may_hold_commas_and_quotes(tmp_path: Path) -> None:
    area = 'HARBOUR, "OLD" TOWN'
    found = read_text(tmp_path, text(row(area=area, quantity="1,000.5"), row(month="APR")))
    assert [(cells["area"], cells["quantity"]) for cells in found] == [
        (area, Decimal("1000.5")), (row()["area"], Decimal("12.5")),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a[1].csv", "all*.csv", "it's (1).csv", "Zahlen für März.csv"])
def test_a_name_of_any_characters_is_a_name(tmp_path: Path, name: str) -> None:
    assert len(read(write(tmp_path / name))) == 1


def test_rows_keep_their_numbers_in_a_large_file(tmp_path: Path) -> None:
    many = [row(area=f"AREA {number:06}", quantity=str(number)) for number in range(30_000)]
    found = read(write(tmp_path / "file.csv", *many))
    assert [(cells["_source_row"], int(cells["quantity"])) for cells in found] == [(n + 2, n) for n in range(30_000)]


def test_events_of_weapons_may_have_rows_alike(tmp_path: Path) -> None:
    twice = row("weapons_and_ammunition")
    assert len(read(write(tmp_path / "file.csv", twice, twice, dataset="weapons_and_ammunition"))) == 2


# What is refused: cells

WORD = (
    "not a word that is known: correct it, or, if the publisher has begun to use it, add it to seeds/official_terms.csv"
)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"fiscal_year": "FY24"}, "column FY: “FY24”: not a fiscal year: write it as 2025, or 2026 (FYTD)"),
        ({"fiscal_year": "24"}, "column FY: “24”: not a fiscal year"),
        ({"month": "March"}, "column Month (abbv): “March”: not a month: one of JAN, FEB,"),
        ({"component": "Harbour Police"}, f"column Component: “Harbour Police”: {WORD} as term_kind component"),
        ({"region": "Eastern Border"}, f"column Region: “Eastern Border”: {WORD} as term_kind region"),
        ({"land_filter": "Sea"}, f"column Land Filter: “Sea”: {WORD} as term_kind land_filter"),
        ({"category": "Sugar"}, f"column Drug Type: “Sugar”: {WORD} as term_kind category"),
        ({"quantity": "-1"}, "column Sum Qty (lbs): “-1”: not an amount: write a number of 0 or more, as 1234.5 or"),
        ({"quantity": "12 lbs"}, "column Sum Qty (lbs): “12 lbs”: not an amount"),
        ({"quantity": "1.234,5"}, "column Sum Qty (lbs): “1.234,5”: not an amount"),
        ({"quantity": "NaN"}, "column Sum Qty (lbs): “NaN”: not an amount"),
        ({"quantity": "1" * 21}, f"column Sum Qty (lbs): “{'1' * 21}”: not an amount"),
        ({"event_count": "2.5"}, "column Count of Event: “2.5”: not a count of seizures: write a whole number of 0 or"),
        ({"event_count": "few"}, "column Count of Event: “few”: not a count of seizures"),
        ({"event_count": "999,999,999,999"}, "column Count of Event: “999,999,999,999”: not a count of seizures"),
        *(({name: " "}, f"column {title}: empty: it must be filled")
          for name, title in BY_NAME["nationwide_drugs"].columns.items()),
    ],
    ids=str,
)  # fmt: skip
def test_a_cell_that_is_wrong_is_told(tmp_path: Path, cells: dict[str, str], message: str) -> None:
    (found,) = problems(tmp_path, text(row(month="JAN"), row(**cells)))
    assert found.startswith(f"file.csv, row 3, {message}")


@pytest.mark.parametrize(
    ("dataset", "cells", "message"),
    [
        ("weapons_and_ammunition", {"category": "Cannon"}, f"column Category: “Cannon”: {WORD}"),
        ("weapons_and_ammunition", {"direction": "Up"}, f"column Inbound/Outbound: “Up”: {WORD}"),
        ("weapons_and_ammunition", {"event_id": ""}, "column Event ID: empty: it must be filled"),
        ("weapons_and_ammunition", {"quantity": "some"}, "column Quantity Seized: “some”: not an amount"),
        ("currency", {"quantity": "€5"}, "column Currency Seizures Amount (USD): “€5”: not an amount"),
        ("currency", {"event_count": "x"}, "column Count of Seizure Events: “x”: not a count of seizures"),
    ],
)
def test_columns_are_named_as_in_the_file(tmp_path: Path, dataset: str, cells: dict[str, str], message: str) -> None:
    (found,) = problems(tmp_path, text(row(dataset, **cells), dataset=dataset))
    assert found.startswith(f"file.csv, row 2, {message}")


def test_a_word_that_is_wrong_everywhere_is_told_once(tmp_path: Path) -> None:
    wrong = [row(category="Sugar", area=f"AREA {number}") for number in range(5)]
    (found,) = problems(tmp_path, text(row(), *wrong))
    assert found.startswith("file.csv, row 3, column Drug Type: “Sugar”")
    assert found.endswith("(so in 5 rows, of which this is the first)")


def test_of_many_wrong_values_some_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    found = problems(tmp_path, text(*(row(area=f"AREA {n}", quantity=f"x{n}") for n in range(LISTED + 7))))
    assert len(found) == LISTED + 1
    assert found[0] == "file.csv, column Sum Qty (lbs): 7 more values are wrong in the same way"


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, text(row(month="Mai"), row(quantity="n/a"), row(component="Nobody", fiscal_year="1")))
    assert [line.split("”")[0] for line in found] == [
        "file.csv, row 2, column Month (abbv): “Mai",
        "file.csv, row 3, column Sum Qty (lbs): “n/a",
        "file.csv, row 4, column Component: “Nobody",
        "file.csv, row 4, column FY: “1",
    ]


def test_rows_of_one_key_are_told(tmp_path: Path) -> None:
    again = row(category="FENTANYL", quantity="99")  # capitals make no other key
    (found,) = problems(tmp_path, text(row(), row(month="APR"), again))
    assert found == (
        "file.csv, row 4: “2024-03-01 · Office of Field Operations · Southwest Border · Land Only · HARBOUR FIELD "
        "OFFICE · FENTANYL”: the same but for its figures as row 2: download the file again, or take one of the two out"
    )


# What is refused: files

R = row()
LINES = text(R, row(month="APR"), row(month="MAY")).splitlines(keepends=True)


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("", ["file.csv: the file is empty"]),
        ("\n", ["file.csv, row 1: the file is empty or begins with an empty line: download it again"]),
        (LINES[0], ["file.csv, row 1: holds a header and no rows: download it again"]),
        ("".join(LINES)[:-30], ["file.csv, row 4: “2024,MAY,Office of Field Operations,Southwest Border,Land On”: "
                                "ends in the middle of a line: download it again"]),
        ("".join(LINES)[:-30] + "\n", ["file.csv, row 4: “2024,MAY,", "not 9 cells: the file is cut off or damaged"]),
        (LINES[0] + LINES[1].replace("\n", ",x\n"), ["file.csv, row 2: “2024,MAR,", "not 9 cells"]),
        (LINES[0] + LINES[1] + "\n" + LINES[2], ["file.csv, row 3: a blank line: remove it"]),
        ("".join(LINES) + "\n", ["file.csv, row 5: a blank line: remove it"]),
        (LINES[0] + LINES[1] + LINES[2].replace("HARBOUR", '"HARBOUR') + LINES[3],
         ["file.csv, row 3: “2024,APR,", "a quote that is not closed on its line: mend it"]),
        (LINES[0] + LINES[1].replace("HARBOUR FIELD", '"HARBOUR\nFIELD').replace("OFFICE,", 'OFFICE",') + LINES[2],
         ["file.csv, row 2: “2024,MAR,", "a quote that is not closed on its line"]),
        ("".join(LINES).replace("HARBOUR", "HARB\0UR"), ["file.csv, row 2: holds a NUL character"]),
        ("".join(LINES).replace("HARBOUR", "PUERTO PEÑASCO").encode("latin-1"),
         ["file.csv, row 2: “2024,MAR,", "not UTF-8: save the file in that encoding"]),
        (("FY año,é\n" + LINES[1]).encode("latin-1"), ["file.csv, row 1: not UTF-8"]),
        (text(R).encode("utf-16"), ["file.csv, row 1: holds a NUL character, so it is no text"]),
        ("<!DOCTYPE html>\n", ["file.csv, row 1: “<!DOCTYPE html>”: not the header of a file of official statistics "
                               "that is understood (nationwide drugs, amo drugs, weapons and ammunition, currency)"]),
        (text(R).replace(",", ";"), ["file.csv, row 1: “FY;Month (abbv);", "cells are separated by semicolons"]),
        (text(R).replace(",", "\t"), ["cells are separated by tabs: save the file with commas"]),
        (text(R).replace("(lbs)", "(kg)"),
         ["file.csv, row 1, column Sum Qty (kg): “Sum Qty (kg)”: not a column of a file of nationwide drugs",
          "file.csv, row 1, column Sum Qty (lbs): the column is missing, which a file of nationwide drugs has",
          "teach ingest/statistics/layouts.py the new header if the publisher has changed it"]),
        (text(R).replace("FY,Month (abbv)", "Month (abbv),FY"), ["not the columns of a file of nationwide drugs in"]),
        ("FY," + text(R), ["file.csv, row 1: “FY,FY,", "a column stands twice"]),
    ],
    ids=["empty", "one empty line", "only a header", "cut in a line", "cut and ended", "a cell too many", "blank line",
         "blank line at the end", "open quote", "a cell of two lines", "NUL", "Latin-1", "Latin-1 header", "UTF-16",
         "a web page", "semicolons", "tabs", "another unit", "another order", "a column twice"],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, content: str | bytes, messages: list[str]) -> None:
    found = "\n".join(problems(tmp_path, content))
    for message in messages:
        assert message in found
    assert len(found.splitlines()) <= 2


def test_a_quote_that_is_never_closed_hides_no_row(tmp_path: Path) -> None:
    """DuckDB takes all that follows for one cell of a row that it leaves out, and says nothing."""
    lines = text(*(row(area=f"AREA {number}") for number in range(3000))).splitlines(keepends=True)
    lines[1500] = lines[1500].replace("AREA", '"AREA')
    (found,) = problems(tmp_path, "".join(lines))
    assert found.startswith("file.csv, row 1501: “2024,MAR,")


def test_the_header_of_each_layout_is_that_of_the_publisher() -> None:
    assert header("weapons_and_ammunition") == (
        "Fiscal Year,Month (abbv),Component,Region,Area of Responsibility,Inbound/Outbound,Mode of Transportation,"
        "Seizure Type,Category,Event ID,Quantity Seized"
    )
    assert header("currency") == (
        "Fiscal Year,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Inbound/Outbound,"
        "Count of Seizure Events,Currency Seizures Amount (USD)"
    )
    assert header("nationwide_drugs") == (
        "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,Count of Event,Sum Qty (lbs)"
    )
    assert header("amo_drugs") == header("nationwide_drugs").replace("Area of Responsibility", "Branch")
