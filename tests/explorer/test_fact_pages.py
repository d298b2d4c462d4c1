"""Pages of facts: their rows are those of the warehouse, their sums those of its reports, and each has an address."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlencode

import duckdb
import pytest

from bicentennial.explorer.figures import FACTS, Group, Selection, figures, groups, options
from bicentennial.explorer.intervals import Axis, Interval, number
from bicentennial.explorer.release import Release, Releases
from bicentennial.explorer.site import csv_cell
from bicentennial.query import show_value

from ..support import Built
from .conftest import Server, get


@pytest.fixture(scope="module")
def release(built: Built) -> Release:
    return Releases(built.home).current()


@pytest.fixture(scope="module")
def warehouse(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with built.connect() as connection:
        yield connection


FACT_TABLES = {"seizures": "fct_seizures", "arrests": "fct_arrests", "outcomes": "fct_case_outcomes",
               "trainings": "fct_trainings", "funding": "fct_funding", "measures": "fct_other_measures"}  # fmt: skip


@pytest.mark.parametrize(("slug", "table"), FACT_TABLES.items())
def test_every_figure_of_a_fact_is_on_its_page(
    server: Server, warehouse: duckdb.DuckDBPyConnection, slug: str, table: str
) -> None:
    expected = [row[0] for row in warehouse.sql(f"select claim_id from {table}").fetchall()]
    assert sorted(get(server.url(f"/{slug}")).figures()) == sorted(expected) != []


FILTERED = {
    "agency=dea": "lead_agency_id = 'dea'",
    "agency=hsi": "claim_id in (select claim_id from bridge_claim_agency where agency_id = 'hsi' and role = 'lead')",
    "operation=operation-blue-lotus": "operation_id = 'operation-blue-lotus--operation-four-horsemen'",
    "operation=none": "operation_id = 'none'",
    "thing=fentanyl": "commodity_group = 'fentanyl'",
    "thing=fentanyl-powder": "commodity_id = 'fentanyl-powder'",
    "year=FY2023": "claim_id in (select claim_id from bridge_claim_year where year_id = 'FY2023')",
    "year=wholly-FY2022": "fiscal_year_id = 'FY2022'",
    "year=not-stated": "fiscal_year_id = 'not-stated'",
    "bound=nearly": "qualifier = 'nearly'",
    "bound=over&thing=fentanyl&operation=operation-last-mile": (
        "qualifier = 'over' and commodity_group = 'fentanyl' and operation_id = 'operation-last-mile'"
    ),
    "mass=kg&agency=usbp": "lead_agency_id = 'usbp'",
}


@pytest.mark.parametrize(("query", "condition"), FILTERED.items())
def test_filters_leave_the_rows_that_sql_leaves(
    server: Server, warehouse: duckdb.DuckDBPyConnection, query: str, condition: str
) -> None:
    expected = [row[0] for row in warehouse.sql(f"select claim_id from fct_seizures where {condition}").fetchall()]
    assert sorted(get(server.url(f"/seizures?{query}")).figures()) == sorted(expected) != []


@pytest.mark.parametrize("slug", FACT_TABLES)
def test_each_option_leads_to_as_many_figures_as_it_says(release: Release, slug: str) -> None:
    selection = Selection(FACTS[slug])
    for name, members in options(release, selection).items():
        for member in members:
            assert len(figures(release, Selection(FACTS[slug], {name: member["id"]}))) == member["figures"] > 0


def test_options_are_counted_among_what_other_filters_leave(release: Release) -> None:
    found = options(release, Selection(FACTS["seizures"], {"operation": "operation-artemis", "thing": "fentanyl"}))
    assert {row["id"]: row["figures"] for row in found["operation"]}["operation-last-mile"] == 2
    assert sum(row["figures"] for row in found["bound"]) == 1


REPORTS = {
    "seizures": ("seizures_by_agency_operation_year", "commodity_id"),
    "arrests": ("arrests_by_agency_operation_year", "claim_type"),
    "trainings": ("trainings_by_agency_operation_year", "claim_type"),
    "funding": ("funding_by_agency_operation_year", "funding_stage"),
}


@pytest.mark.parametrize("year", ["FY2022", "FY2023", "FY2024", "CY2023"])
@pytest.mark.parametrize("slug", REPORTS)
def test_a_year_adds_what_lies_wholly_in_it(
    release: Release, warehouse: duckdb.DuckDBPyConnection, slug: str, year: str
) -> None:
    table, _ = REPORTS[slug]
    column = "fiscal_year_id" if year.startswith("FY") else "calendar_year_id"
    expected = warehouse.execute(
        f"select canonical_unit_id, sum(additive_value) from {table} where {column} = ? group by all "
        "having sum(additive_value) is not null", [year],
    ).fetchall()  # fmt: skip
    added: dict[str, Decimal] = {}
    for row in figures(release, Selection(FACTS[slug], {"year": year}, mass="kg")):
        if row["is_in_total"]:
            added[row["unit_id"]] = added.get(row["unit_id"], Decimal(0)) + row["value"]
    assert added == dict(expected)


def test_a_figure_of_more_years_is_shown_in_each_and_added_in_none(server: Server) -> None:
    page = get(server.url("/seizures?thing=firearms&year=FY2022")).text
    assert "over 3,200" in page
    assert "None of them may be added up: 2 of more than this year" in " ".join(page.split())


def test_who_gave_to_a_seizure_did_not_seize(server: Server) -> None:
    page = get(server.url("/seizures?agency=inl"))
    assert page.status == 404
    assert "4 more in which this agency had another part" in page.text


@pytest.mark.parametrize(("slug", "report"), REPORTS.items())
def test_sums_are_those_of_the_reports(
    release: Release, warehouse: duckdb.DuckDBPyConnection, slug: str, report: tuple[str, str]
) -> None:
    table, measure = report
    compared = 0
    rows = figures(release, Selection(FACTS[slug], mass="kg"))
    for group in groups(rows, FACTS[slug]):
        ids = [row["claim_id"] for row in group.figures]
        expected = warehouse.execute(
            f"""
            with members as (
                select distinct {measure}, canonical_unit_id from fct_claims where list_contains($ids, claim_id)
            )
            select
                sum(additive_value),
                if(bool_and(additive_low is not null), sum(additive_low), null),
                if(bool_and(additive_high is not null), sum(additive_high), null),
                bool_and(is_additive_low_inclusive), bool_and(is_additive_high_inclusive), sum(excluded_claim_count)
            from {table} as report
            where additive_value is not null and exists (
                select 1 from members
                where members.canonical_unit_id = report.canonical_unit_id
                    and members.{measure} is not distinct from report.{measure}
            )
            """,
            {"ids": ids},
        ).fetchone()
        assert expected
        total = group.total or (_all_parts(group) if group.added else None)
        if total is None:
            assert expected[0] is None
            continue
        assert (total.value, total.low, total.high) == expected[:3], group.title
        assert (total.is_low_inclusive, total.is_high_inclusive) == expected[3:5], group.title
        compared += 1
    assert compared >= 2


def _all_parts(group: Group) -> Interval:
    """What unlike things would amount to: shown apart, each is what the report has for it."""
    values = [part for _, part in group.parts]
    assert all(part.low == part.high == part.value for part in values)
    total = sum((part.value for part in values), Decimal(0))
    return Interval(total, total, total, True, True, "sum")


def test_pounds_are_as_exact_as_the_factor(release: Release) -> None:
    rows = figures(release, Selection(FACTS["seizures"], {"operation": "operation-blue-lotus"}))
    (row,) = (row for row in rows if row["unit_id"] == "lb")
    assert (row["interval"].value, row["interval"].low, row["unit_name"]) == (12500, 12500, "pound")


def test_the_query_behind_a_page_runs_as_it_is(server: Server, warehouse: duckdb.DuckDBPyConnection) -> None:
    for query in ("", "?thing=fentanyl&year=FY2023", "?agency=government-of-mexico"):
        answer = get(server.url(f"/seizures{query}"))
        found = re.search(r"<pre[^>]*><code>(.*?)</code>", answer.text, flags=re.DOTALL)
        assert found
        sql = html.unescape(found[1])
        assert "$" not in sql
        with duckdb.connect(server.home.warehouse, read_only=True) as plain:
            assert [row[0] for row in plain.sql(sql).fetchall()] == answer.figures() != []


def test_a_file_has_the_rows_of_its_page(server: Server, warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "agency=cbp&bound=over"
    answer = get(server.url(f"/seizures.csv?{query}"))
    assert answer.text.startswith("\ufeff")  # without the mark, spreadsheets take it for another encoding
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert sorted(row["claim_id"] for row in rows) == sorted(get(server.url(f"/seizures?{query}")).figures()) != []
    for row in rows:
        found = warehouse.execute(
            "select value, canonical_low, citation from fct_claims join claim_citations using (claim_id)"
            " where claim_id = ?", [row["claim_id"]],
        ).fetchone()  # fmt: skip
        assert found
        assert (row["value"], row["canonical_low"], row["citation"]) == tuple(map(show_value, found))
    assert re.fullmatch(
        r'attachment; filename="bicentennial-seizures-\w+-\w+\.csv"', answer.headers["content-disposition"]
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-5 or so", "'-5 or so"),
        (Decimal("-5.50"), "-5.5"),
        (True, "true"),
        (None, ""),
        ("a=b", "a=b"),
    ],
)
def test_no_text_runs_as_a_formula_in_a_spreadsheet(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


@pytest.mark.parametrize("query", ["agency=nobody", "year=1812", "thing=' or 1=1 --", "mass=stone", "operation=%00"])
def test_an_unknown_choice_is_told_plainly(server: Server, query: str) -> None:
    answer = get(server.url("/seizures?" + query.replace(" ", "%20")))
    assert answer.status == 404
    assert answer.figures() == []
    assert "No figure has this" in answer.text or "Masses are shown in lb or kg" in answer.text
    assert get(server.url("/seizures.csv?" + query.replace(" ", "%20"))).status == 404


def test_choices_that_exclude_each_other_leave_nothing(server: Server) -> None:
    answer = get(server.url("/seizures?" + urlencode({"operation": "operation-artemis", "thing": "firearms"})))
    assert (answer.status, answer.figures()) == (200, [])
    assert "No figure has all of these." in answer.text


def test_one_figure_left_is_said(server: Server) -> None:
    answer = get(server.url("/seizures?bound=nearly"))
    assert len(answer.figures()) == 1
    assert "One figure." in answer.text


def test_an_address_is_kept_short(server: Server) -> None:
    page = get(server.url("/seizures?agency=&operation=operation-artemis&thing=&mass="))
    assert len(page.figures()) == 9  # redirected to the address without the empty fields of the form
    assert "/seizures.csv?operation=operation-artemis" in page.text


def interval(low: str | None, high: str | None, is_inclusive: bool = True) -> Interval:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    value = next((end for end in ends if end is not None), Decimal(7))
    return Interval(value, ends[0], ends[1], is_inclusive, is_inclusive, "exact")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (interval("56", "56"), "56"),
        (interval("6500", None, is_inclusive=False), "more than 6,500"),
        (interval("1000", None), "at least 1,000"),
        (interval(None, "800", is_inclusive=False), "less than 800"),
        (interval("0", "10000"), "0 to 10,000"),
        (interval(None, None), "about 7, bounds not known"),
        # 2,400 pounds are 1,088.62 kilograms: “more than 1,089” would not be true
        (interval("1088.62168800", None, is_inclusive=False), "more than 1,088"),
        (interval(None, "1088.22168800", is_inclusive=False), "less than 1,089"),
        # what is left at the eighth place by a conversion is no fraction
        (interval("6499.99999999", None, is_inclusive=False), "more than 6,500"),
    ],
)
def test_words_of_bounds_are_true(given: Interval, words: str) -> None:
    assert given.words() == words


def test_numbers_have_no_digits_that_say_nothing() -> None:
    shown = [number(Decimal(value)) for value in ("12500.0000", "469.584", "0.5", "3", "46100000000")]
    assert shown == ["12,500", "469.6", "0.5", "3", "46,100,000,000"]


@pytest.mark.parametrize("greatest", ["1", "5", "9", "2974", "44000000", "46100000000", "0.3"])
def test_an_axis_begins_at_nought_and_holds_every_value(greatest: str) -> None:
    axis = Axis.of([interval(greatest, None), interval(greatest, greatest)])
    assert axis.ticks[0] == 0
    assert axis.ticks[-1] == axis.end > Decimal(greatest)
    assert 3 <= len(axis.ticks) <= 8
    assert axis.at(Decimal(0)) == "0.00%"
