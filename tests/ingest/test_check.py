"""Everything that is wrong with seed tables is said at once, each wrong cell once: file, row, column, value, remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.check import Problem, SeedError, SeedTable, read_seeds
from ingest.schema import Table
from ingest.tables import TABLES

from ..support import SEEDS, SeedFolder

PILLS = "hlsd-fact-sheet-2023:6544"  # 44 million, nearly, of one operation, a range of a year
POUNDS = "hlsd-fact-sheet-2023:8619"  # 12,500 pounds, exact, no period
YEAR_TO_DATE = "hlsd-fact-sheet-2023:8770"
FISCAL_YEAR = "hlsd-fact-sheet-2023:7326"
CHANGE = "hlsd-fact-sheet-2023:11025"
TRAINING = "hlsd-fact-sheet-2023:18336"
MAGNITUDE = "hlsd-fact-sheet-2023:5804"
MONEY = "hlsd-fact-sheet-2023:1571"


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(SeedError) as raised:
        read_seeds(folder)
    return raised.value.problems


@pytest.fixture
def small_seeds(seeds_copy: SeedFolder) -> SeedFolder:
    """The seed tables with few of the totals of official statistics: they are nine tenths of all rows."""
    for table in ("official_totals", "official_year_totals"):
        seeds_copy.write(table, seeds_copy.records(table)[:40])
    return seeds_copy


def seed(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


@dataclass(frozen=True)
class Slip:
    """One cell that is wrong. It is reported where it stands unless `at` names the cell to mend instead."""

    rule: str
    table: str
    key: str
    column: str
    value: str
    remedy: str
    at: tuple[str, str] | None = None


SLIPS = [
    # cells by themselves
    Slip("a required cell is empty", "claims", POUNDS, "claim_type", "", "empty: this column must be filled"),
    Slip("a required name is empty", "agencies", "dea", "agency_name", "", "empty: this column must be filled"),
    Slip("a word is not in its vocabulary", "claims", POUNDS, "qualifier", "more_than", "use one of exact, over"),
    Slip("a vocabulary is case-sensitive", "claims", POUNDS, "claim_type", "Seizure", "use one of seizure, arrest"),
    Slip("a number is written with separators", "claims", POUNDS, "value", "12,500", "plain digits with a point"),
    Slip("a number is none", "claims", POUNDS, "value", "many", "plain digits with a point"),
    Slip("a number is not finite", "claims", POUNDS, "value", "NaN", "not a valid number"),
    Slip("a value is negative", "claims", POUNDS, "value", "-12500", "greater than or equal to 0"),
    Slip("a value has too many decimals", "claims", POUNDS, "value", "12500.00001", "no more than 4 decimal places"),
    Slip("a value has too many digits", "claims", POUNDS, "value", "1" + 20 * "0", "not a valid number"),
    Slip("an offset is no integer", "claims", POUNDS, "char_start", "8619.5", "not a valid number"),
    Slip("an offset is negative", "claims", POUNDS, "char_start", "-1", "greater than or equal to 0"),
    Slip("a factor is zero", "units", "lb", "canonical_factor", "0", "greater than 0"),
    Slip("a date is prose", "claims", PILLS, "as_of", "5 October 2023", "write it like 2023-10-05"),
    Slip("a date is American", "claims", PILLS, "as_of", "10/05/2023", "write it like 2023-10-05"),
    Slip("a date is not in the calendar", "claims", PILLS, "as_of", "2023-02-29", "write it like 2023-10-05"),
    Slip("a date is a year", "operations", "jtfa", "started_on", "2021", "write it like 2023-10-05"),
    Slip("text starts with a space", "claims", POUNDS, "note", " as said", "not of the right form"),
    Slip("text holds a line break", "agencies", "dea", "note", "one\ntwo", "not of the right form"),
    Slip("a country has not two letters", "agencies", "dea", "country_code", "USA", "not of the right form"),
    Slip("an address is none", "documents", "hlsd-fact-sheet-2023", "source_url", "www.state.gov", "right form"),
    Slip("a hash is cut", "documents", "hlsd-fact-sheet-2023", "sha256", "53ce28", "not of the right form"),
    Slip("a list ends in a separator", "operations", "jtfa", "lead_agency_ids", "hrsp|", "not of the right form"),
    # cells of one row
    Slip("a digit of the value is changed", "claims", POUNDS, "value", "12400", "reads 12500: correct one of the two"),
    Slip("a digit of the text is changed", "claims", POUNDS, "verbatim", "12,400 pounds", "reads 12400",
         at=("value", "12500")),
    Slip("the text is no number", "claims", POUNDS, "verbatim", "plenty pounds", "keep the numeric expression only"),
    Slip("the text is longer than its span", "claims", POUNDS, "verbatim", "12,500  pounds", "verbatim 14",
         at=("char_end", "8632")),
    Slip("the start of a span is changed", "claims", POUNDS, "char_start", "8618", "write hlsd-fact-sheet-2023:8618",
         at=("claim_id", POUNDS)),
    Slip("the end of a span is changed", "claims", POUNDS, "char_end", "8633", "14 code points long, verbatim 13"),
    Slip("the document of a claim is changed", "claims", POUNDS, "document_id", "oan-hlsd-2021",
         "write oan-hlsd-2021:8619", at=("claim_id", POUNDS)),
    Slip("a figure has two things", "claims", POUNDS, "subject_id", "arrests", "give exactly one of"),
    Slip("a figure has no thing", "claims", CHANGE, "subject_id", "", "give exactly one of"),
    Slip("a magnitude has a number", "claims", POUNDS, "qualifier", "magnitude", "amounts without a number"),
    Slip("a magnitude is told as exact", "claims", MAGNITUDE, "qualifier", "exact", "amounts without a number"),
    Slip("a magnitude is not its floor", "claims", MAGNITUDE, "value", "2000", "reads 1000: correct one of the two"),
    Slip("an amount has a direction", "claims", POUNDS, "direction", "increase", "a change_rate has a direction"),
    Slip("a change has no direction", "claims", CHANGE, "direction", "", "a change_rate has a direction"),
    Slip("a seizure has an audience", "claims", POUNDS, "audience", "officers", "trainings, certifications"),
    Slip("a training has no audience", "claims", TRAINING, "audience", "", "trainings, certifications"),
    Slip("a seizure has a stage of funding", "claims", POUNDS, "funding_stage", "awarded", "leave it empty"),
    Slip("a period ends before it starts", "claims", PILLS, "period_end", "2022-04-30",
         "ends before it starts (2022-05-01)"),
    Slip("an open period has an end", "claims", YEAR_TO_DATE, "period_end", "2023-10-05", "put its cut-off in as_of"),
    Slip("a year to date has no first day", "claims", YEAR_TO_DATE, "period_start", "", "has a first day"),
    Slip("a range has no last day", "claims", PILLS, "period_end", "", "has a first and a last day",
         at=("period_start", "2022-05-01")),
    Slip("a fiscal year starts in January", "claims", FISCAL_YEAR, "period_start", "2022-01-01",
         "runs from 1 October to 30 September"),
    Slip("a fiscal year ends in December", "claims", FISCAL_YEAR, "period_end", "2022-12-31",
         "runs from 1 October to 30 September", at=("period_start", "2021-10-01")),
    Slip("a period that is not stated has a day", "claims", POUNDS, "period_start", "2023-01-01", "name its basis",
         at=("period_basis", "unspecified")),
    Slip("a cut-off lies before the period", "claims", PILLS, "as_of", "2022-04-30", "lies before the period starts"),
    Slip("a date of issue has no basis", "documents", "oan-hlsd-2021", "published_on_basis", "",
         "a date and its basis go together"),
    # cells against other rows and tables
    Slip("an agency is not known", "claim_agencies", POUNDS, "agency_id", "dhsx", "no such agency_id in agencies.csv"),
    Slip("a claim is not known", "claim_agencies", POUNDS, "claim_id", "hlsd-fact-sheet-2023:8620",
         "no such claim_id in claims.csv"),
    Slip("a unit does not exist", "claims", POUNDS, "unit_id", "stone", "no such unit_id in units.csv"),
    Slip("a place does not exist", "claims", POUNDS, "place_id", "atlantis", "no such place_id in places.csv"),
    Slip("a commodity does not exist", "claims", POUNDS, "commodity_id", "wax", "no such commodity_id"),
    Slip("a parent does not exist", "operations", "operation-desert-lightning", "parent_operation_id", "operation-x",
         "no such operation_id in operations.csv"),
    Slip("a member of a list is not known", "operations", "jtfa", "lead_agency_ids", "hrsp|hsix",
         "no such agency_id in agencies.csv", at=("lead_agency_ids", "hsix")),
    Slip("an earlier version does not exist", "documents", "oan-hlsd-2021", "supersedes_document_id", "oan-2020",
         "no such document_id in documents.csv"),
    Slip("the unit word is of another unit", "claims", POUNDS, "unit_id", "kg", "“12,500 pounds” is in pounds"),
    Slip("the currency is not the unit", "claims", MONEY, "unit_id", "count", "“$46.1 billion” is in usd"),
    Slip("a canonical unit is of another dimension", "units", "lb", "canonical_unit_id", "count",
         "not the canonical unit of this dimension"),
]  # fmt: skip


def test_seed_tables_of_the_project_read_clean() -> None:
    found = read_seeds(SEEDS)
    assert list(found) == [table.name for table in TABLES]
    assert all(isinstance(table, SeedTable) and table.rows for table in found.values())


@pytest.mark.parametrize("slip", [pytest.param(slip, id=slip.rule) for slip in SLIPS])
def test_one_wrong_cell_is_one_problem(seeds_copy: SeedFolder, slip: Slip) -> None:
    key = seed(slip.table).key[0]
    row = min(n for n, cells in seeds_copy.rows(slip.table).items() if cells[key] == slip.key)
    seeds_copy.change(slip.table, row, **{slip.column: slip.value})

    (problem,) = problems_of(seeds_copy.path)

    column, value = slip.at or (slip.column, slip.value)
    assert (problem.file, problem.row, problem.column) == (f"seeds/{slip.table}.csv", row, column)
    assert problem.value == value
    assert slip.remedy in problem.remedy


def test_a_row_that_stands_twice_names_its_twin(seeds_copy: SeedFolder) -> None:
    row = seeds_copy.find("claims", claim_id=POUNDS)
    twin = seeds_copy.append("claims", **seeds_copy.rows("claims")[row])
    (problem,) = problems_of(seeds_copy.path)
    assert (problem.row, problem.column, problem.value) == (twin, "claim_id", POUNDS)
    assert problem.remedy == f"duplicate of row {row}: remove one of the two"


def test_a_key_of_several_columns_is_compared_whole(seeds_copy: SeedFolder) -> None:
    row = seeds_copy.find("claim_agencies", claim_id=POUNDS, agency_id="dhs")
    seeds_copy.append("claim_agencies", claim_id=POUNDS, agency_id="dhs", role="funder")
    read_seeds(seeds_copy.path)  # another part of the same agency is no duplicate
    twin = seeds_copy.append("claim_agencies", claim_id=POUNDS, agency_id="dhs", role="lead")
    (problem,) = problems_of(seeds_copy.path)
    assert (problem.row, problem.value) == (twin, f"{POUNDS} · dhs · lead")
    assert problem.remedy == f"duplicate of row {row}: remove one of the two"


def test_every_claim_that_refers_to_what_is_gone_is_named(seeds_copy: SeedFolder) -> None:
    row = seeds_copy.find("claims", claim_id=POUNDS)
    seeds_copy.remove("claims", claim_id=POUNDS)
    found = problems_of(seeds_copy.path)
    assert {problem.file for problem in found} == {"seeds/claim_agencies.csv", "seeds/claim_operations.csv"}
    assert {problem.value for problem in found} == {POUNDS}
    assert len(found) == 4  # a lead, a partner and two operations
    assert row not in {problem.row for problem in found}


# Files as a whole: what is done to the bytes, the row that is named, and the remedy.
DEA_ROW = SeedFolder(SEEDS).find("agencies", agency_id="dea")
LAST_ROW = max(SeedFolder(SEEDS).rows("agencies"))
Damage = Callable[[bytes], bytes]
DAMAGES: list[tuple[str, Damage, int, str]] = [
    ("saved as UTF-16", lambda data: data.decode().encode("utf-16"), 1, "not UTF-8: save the file in that encoding"),
    ("one byte of another encoding", lambda data: data.replace(b"DEA", b"D\xe9A"), DEA_ROW, "not UTF-8"),
    ("a byte order mark", lambda data: b"\xef\xbb\xbf" + data, 1, "save the file as plain UTF-8"),
    ("a NUL character", lambda data: data.replace(b"DEA", b"D\0A"), DEA_ROW, "holds a NUL character: restore the file"),
    ("cut inside a line", lambda data: data[: data.index(b"DEA")], DEA_ROW, "truncated, restore it"),
    ("cut before the last line break", lambda data: data[:-1], LAST_ROW, "truncated, restore it"),
    ("emptied", lambda data: b"", 1, "truncated, restore it"),
    ("text after a closing quote", lambda data: data.replace(b"DEA", b'"DEA"A'), DEA_ROW, "mend the quotes"),
    ("a quote that is not closed", lambda data: data[:-1] + b'"\n', LAST_ROW, "mend the quotes"),
    ("columns in another order", lambda data: data.replace(b"agency_id,agency_name", b"agency_name,agency_id"), 1,
     "columns out of order: agency_id,agency_name"),
    ("a blank line", lambda data: data.replace(b"\ndea,", b"\n\ndea,"), DEA_ROW, "a blank line: remove it"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "row", "remedy"), [pytest.param(*d[1:], id=d[0]) for d in DAMAGES])
def test_one_damage_to_a_file_is_one_problem(seeds_copy: SeedFolder, damage: Damage, row: int, remedy: str) -> None:
    file = seeds_copy.file("agencies")
    file.write_bytes(damage(file.read_bytes()))
    (problem,) = problems_of(seeds_copy.path)
    assert (problem.file, problem.row) == ("seeds/agencies.csv", row)
    assert remedy in problem.remedy


def test_a_missing_file_is_one_problem(seeds_copy: SeedFolder) -> None:
    seeds_copy.file("agencies").unlink()
    (problem,) = problems_of(seeds_copy.path)
    assert str(problem) == "seeds/agencies.csv, row 1: the file is missing: restore it"


def test_a_missing_folder_is_told_once(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "none")
    assert (problem.file, problem.row) == (str(tmp_path / "none"), 0)
    assert "no such folder" in str(problem) and "row" not in str(problem)


HEADERS: list[tuple[str, tuple[str, str], list[tuple[str, str]]]] = [
    ("renamed", ("acronym", "initials"), [("acronym", "the column is missing"), ("initials", "not a column")]),
    ("taken out", (",acronym", ""), [("acronym", "the column is missing: add it")]),
    ("added", ("acronym", "acronym,colour"), [("colour", "not a column of this table: remove or rename it")]),
    ("there twice", ("acronym", "acronym,acronym"), [("", "a column stands twice: remove one")]),
]


@pytest.mark.parametrize(("change", "told"), [pytest.param(*h[1:], id=h[0]) for h in HEADERS])
def test_a_wrong_header_names_each_column(
    seeds_copy: SeedFolder, change: tuple[str, str], told: list[tuple[str, str]]
) -> None:
    file = seeds_copy.file("agencies")
    file.write_text(file.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    found = problems_of(seeds_copy.path)
    assert [(problem.row, problem.column) for problem in found] == [(1, column) for column, _ in told]
    assert all(remedy in problem.remedy for problem, (_, remedy) in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("cut", "cells"), [(lambda row: row[:4], 4), (lambda row: [*row, "more"], 9)], ids=["too few", "too many"]
)
def test_a_row_with_a_wrong_number_of_cells_is_one_problem(
    seeds_copy: SeedFolder, cut: Callable[[list[str]], list[str]], cells: int
) -> None:
    records = seeds_copy.records("agencies")
    row = seeds_copy.find("agencies", agency_id="unodc")  # nothing refers to it
    records[row - 1] = cut(records[row - 1])
    seeds_copy.write("agencies", records)
    (problem,) = problems_of(seeds_copy.path)
    assert (problem.file, problem.row) == ("seeds/agencies.csv", row)
    assert f"{cells} cells instead of 8" in problem.remedy


def test_problems_of_all_files_come_together_in_order(seeds_copy: SeedFolder) -> None:
    seeds_copy.change("claims", seeds_copy.find("claims", claim_id=POUNDS), value="12400")
    seeds_copy.change("claims", seeds_copy.find("claims", claim_id=PILLS), qualifier="almost")
    seeds_copy.change("units", seeds_copy.find("units", unit_id="lb"), canonical_factor="heavy")
    seeds_copy.file("places").write_bytes(b"")
    seeds_copy.append("claim_operations", claim_id=POUNDS, operation_id="operation-nowhere")
    found = problems_of(seeds_copy.path)
    assert [(problem.file, problem.value) for problem in found] == [
        ("seeds/claim_operations.csv", "operation-nowhere"),
        ("seeds/claims.csv", "almost"),
        ("seeds/claims.csv", "12400"),
        ("seeds/places.csv", ""),
        ("seeds/units.csv", "heavy"),
    ]
    assert found == sorted(found)


def test_a_problem_reads_as_file_row_column_value_remedy() -> None:
    problem = Problem("seeds/claims.csv", 47, "value", "12400", "correct it")
    assert str(problem) == "seeds/claims.csv, row 47, column value: “12400”: correct it"


def test_line_ends_of_either_kind_are_read(seeds_copy: SeedFolder) -> None:
    file = seeds_copy.file("claims")
    unix = read_seeds(seeds_copy.path)["claims"].rows
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_seeds(seeds_copy.path)["claims"].rows == unix


def test_no_claim_survives_the_change_of_a_digit(small_seeds: SeedFolder) -> None:
    """Each value is tied to the text of its figure: the last digit before its zeros cannot change unseen."""
    for row, cells in small_seeds.rows("claims").items():
        value = re.sub(r"\d(?=0*$)", lambda digit: str((int(digit[0]) + 1) % 10), cells["value"], count=1)
        small_seeds.change("claims", row, value=value)
        (problem,) = problems_of(small_seeds.path)
        assert (problem.row, problem.column, problem.value) == (row, "value", value)
        small_seeds.change("claims", row, value=cells["value"])


scratch = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


@scratch
@given(data=st.data(), text=st.text(max_size=40))
def test_no_cell_whatever_it_holds_breaks_the_check(small_seeds: SeedFolder, data: st.DataObject, text: str) -> None:
    table = data.draw(st.sampled_from(TABLES))
    row = data.draw(st.sampled_from(list(small_seeds.rows(table.name))))
    column = data.draw(st.sampled_from(table.columns))
    before = small_seeds.records(table.name)
    small_seeds.change(table.name, row, **{column: text})
    try:
        read_seeds(small_seeds.path)
    except SeedError as error:
        assert all(problem.remedy and problem.file.startswith("seeds/") for problem in error.problems)
    finally:
        small_seeds.write(table.name, before)


@scratch
@given(data=st.data())
def test_a_file_cut_anywhere_inside_a_row_is_refused(small_seeds: SeedFolder, data: st.DataObject) -> None:
    whole = (SEEDS / "claims.csv").read_bytes()
    cut = data.draw(st.integers(min_value=0, max_value=len(whole) - 1).filter(lambda n: whole[n - 1 : n] != b"\n"))
    small_seeds.file("claims").write_bytes(whole[:cut])
    (problem,) = problems_of(small_seeds.path)
    assert problem.file == "seeds/claims.csv"
    assert problem.row == whole[:cut].count(b"\n") + 1


# One cause, one problem


CASCADES = [
    ("claims", {"claim_id": POUNDS}, {"unit_id": "LB"}),
    ("agencies", {"agency_id": "atf"}, {"agency_id": "ATF"}),
    ("agencies", {"agency_id": "atf"}, {"agency_id": ""}),
]


@pytest.mark.parametrize(("table", "row", "cells"), CASCADES)
def test_a_wrong_key_is_told_once(
    seeds_copy: SeedFolder, table: str, row: dict[str, str], cells: dict[str, str]
) -> None:
    seeds_copy.change(table, seeds_copy.find(table, **row), **cells)
    assert len(problems_of(seeds_copy.path)) == 1


def test_a_broken_row_is_not_missed_by_what_refers_to_it(seeds_copy: SeedFolder) -> None:
    records = seeds_copy.records("claims")
    row = seeds_copy.find("claims", claim_id=POUNDS)
    records[row - 1] = records[row - 1][:-1]
    seeds_copy.write("claims", records)
    assert {problem.file for problem in problems_of(seeds_copy.path)} == {"seeds/claims.csv"}


def test_a_blank_line_has_no_column(seeds_copy: SeedFolder) -> None:
    file = seeds_copy.file("agencies")
    file.write_bytes(file.read_bytes().replace(b"\ndea,", b"\n\ndea,"))
    (problem,) = problems_of(seeds_copy.path)
    assert problem.column in ("", "agency_id")


CANONICAL = [
    ("year", {"canonical_unit_id": "year", "canonical_factor": "1"}, "canonical_unit_id"),
    ("kg", {"canonical_factor": "1000"}, "canonical_factor"),
]


@pytest.mark.parametrize(("unit", "cells", "column"), CANONICAL, ids=["a second one", "another factor"])
def test_a_dimension_has_one_canonical_unit_of_factor_one(
    seeds_copy: SeedFolder, unit: str, cells: dict[str, str], column: str
) -> None:
    row = seeds_copy.find("units", unit_id=unit)
    seeds_copy.change("units", row, **cells)
    (problem,) = problems_of(seeds_copy.path)
    assert (problem.row, problem.column) == (row, column)


ODD_FORMS = [
    ("claims", {"claim_id": "examiner-hlsd-2023:1427"}, {"char_start": "1427.0"}),
    ("claims", {"claim_id": "examiner-hlsd-2023:1427"}, {"char_start": "1_427"}),
    ("claims", {"claim_id": "examiner-hlsd-2023:1427"}, {"char_start": " 1427"}),
    ("claims", {"claim_id": "examiner-hlsd-2023:1427"}, {"value": "6e3"}),
    ("claims", {"claim_id": "examiner-hlsd-2023:1427"}, {"value": "6_000"}),
    ("claims", {"claim_id": "examiner-hlsd-2023:1427"}, {"value": "٦000"}),
    ("claims", {"claim_id": PILLS}, {"as_of": "1696464000"}),
    ("claims", {"claim_id": PILLS}, {"as_of": "2023-10-05T00:00:00"}),
    ("documents", {"document_id": "examiner-hlsd-2023"}, {"char_count": "99999999999"}),
]


@pytest.mark.parametrize(("table", "row", "cells"), ODD_FORMS, ids=[str(*form[2].values()) for form in ODD_FORMS])
def test_numbers_and_dates_have_one_form(
    seeds_copy: SeedFolder, table: str, row: dict[str, str], cells: dict[str, str]
) -> None:
    seeds_copy.change(table, seeds_copy.find(table, **row), **cells)
    ((column, value),) = cells.items()
    (problem,) = problems_of(seeds_copy.path)
    assert (problem.column, problem.value) == (column, value)


# What is not accepted


def test_a_rejected_claim_needs_its_place_and_its_number_only(seeds_copy: SeedFolder) -> None:
    row = seeds_copy.find("claims", claim_id=POUNDS)
    seeds_copy.change("claims", row, review_status="rejected", claim_type="", commodity_id="", unit_id="")
    read_seeds(seeds_copy.path)
    for cells, remedy in [
        ({"value": "12501"}, "reads 12500"),
        ({"char_end": "1"}, "code points long"),
        ({"unit_id": "stone"}, "no such unit_id"),
        ({"qualifier": ""}, "must be filled"),
    ]:
        before = seeds_copy.rows("claims")[row]
        seeds_copy.change("claims", row, **cells)
        with pytest.raises(SeedError, match=remedy):
            read_seeds(seeds_copy.path)
        seeds_copy.change("claims", row, **before)
    seeds_copy.change("claims", row, review_status="accepted", claim_type="seizure", commodity_id="fentanyl")
    with pytest.raises(
        SeedError, match="column unit_id: empty: this column must be filled where the claim is accepted"
    ):
        read_seeds(seeds_copy.path)
