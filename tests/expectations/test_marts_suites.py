"""Each rule on the published tables: what breaks it is reported with its keys, column, value and remedy."""

from __future__ import annotations

import pytest
from scratch_tables import Raw

from expectations.borders import BRIDGES, MAY_BE_EMPTY, REPORTS, tables
from expectations.suites.marts import MEMBERS, TIES
from expectations.validate import TableResult, validate


def point_of_a_series(**cells: str) -> str:
    """Statement that adds a point of the one claim with a cut-off, as it stands in the facts, with other cells."""
    row = {
        "series_id": "'since-2022-10-01'", "point_role": "'point'", "claim_id": "claim_id", "as_of": "as_of",
        "previous_claim_id": "null", "as_stated": "as_stated", "canonical_low": "canonical_low",
        "canonical_high": "canonical_high", "is_fall": "false", "is_jump": "false", "explanation": "'In words.'",
    } | cells  # fmt: skip
    values = ", ".join(f"{value} as {column}" for column, value in row.items())
    return f"insert into marts.claim_series by name select {values} from marts.fct_claims where claim_id = 'sheet:30'"


BROKEN = [
    # table, rule, statement that breaks it, column, value
    ("fct_claims", "holds_every_accepted_claim_as_read", "delete from marts.fct_claims where claim_id = 'sheet:30'",
     "claim_id", "sheet:30"),
    ("fct_claims", "holds_every_accepted_claim_as_read",
     "update raw.claims set review_status = 'rejected' where claim_id = 'sheet:30'", "claim_id", "sheet:30"),
    ("fct_claims", "holds_every_accepted_claim_as_read",
     "update marts.fct_claims set value = 501 where claim_id = 'sheet:10'", "value", "501.0000 lb 500"),
    ("fct_claims", "holds_every_accepted_claim_as_read",
     "update marts.fct_claims set char_start = 11 where claim_id = 'sheet:10'", "document_id", "sheet 11 20"),
    ("fct_claims", "is_cited", "delete from marts.claim_citations where claim_id = 'sheet:30'", "verbatim", ""),
    ("fct_claims", "is_cited", "update marts.claim_citations set verbatim = '771' where claim_id = 'sheet:30'",
     "verbatim", "771"),
    ("fct_claims", "spans_lie_inside_their_document",
     "update marts.dim_document set char_count = 54 where document_id = 'sheet'", "char_end", "55"),
    ("fct_claims", "bounds_are_in_order", "update marts.fct_claims set value_low = 901 where claim_id = 'sheet:40'",
     "value", "901.0000 859.0000 859.0000 or 859.00000000 859.00000000"),
    ("fct_claims", "excluded_claims_have_a_reason",
     "update marts.fct_claims set total_exclusion_reason = null where claim_id = 'sheet:30'",
     "total_exclusion_reason", ""),
    ("fct_claims", "excluded_claims_have_a_reason",
     "update marts.fct_claims set total_exclusion_reason = 'part' where claim_id = 'sheet:10'",
     "total_exclusion_reason", "part"),
    ("fct_claims", "nothing_is_added_that_may_not_be",
     "update marts.fct_claims set is_in_total = true where claim_id = 'sheet:30'", "is_in_total", "true"),
    ("fct_claims", "nothing_is_added_that_may_not_be",
     "update marts.fct_claims set is_in_total = true where claim_id = 'sheet:50'", "is_in_total", "true"),
    ("fct_claims", "nothing_is_added_that_may_not_be",
     "update marts.fct_claims set qualifier = 'magnitude' where claim_id = 'sheet:10'", "is_in_total", "true"),
    ("dim_year", "years_follow_without_a_gap",
     "insert into marts.dim_year values ('FY2020', 'fiscal_year', 2020)", "year_number", "2022"),
    ("dim_year", "covers_the_years_of_all_claims", "delete from marts.dim_year where year_id = 'spans'",
     "year_id", "spans"),
    ("dim_year", "years_are_plausible",
     "insert into marts.dim_year select 'FY' || y, 'fiscal_year', y from range(2024, 2027) as years (y)",
     "year_number", "2026"),
    ("dim_document", "counts_its_claims", "update marts.dim_document set claim_count = 9 where claim_count = 4",
     "claim_count", "9"),
    ("bridge_claim_year", "day_shares_add_up_to_one",
     "update marts.bridge_claim_year set day_share = 0.4 where claim_id = 'sheet:10' and year_id = 'FY2022'",
     "day_share", "0.90000000"),
    ("bridge_claim_year", "every_claim_has_its_years",
     "delete from marts.bridge_claim_year where claim_id = 'sheet:10' and year_basis = 'fiscal_year'",
     "year_id", "CY2022, CY2023"),
    ("bridge_claim_year", "every_claim_has_its_years",
     "delete from marts.bridge_claim_year where claim_id = 'sheet:50'", "year_id", ""),
    ("review_queue", "holds_no_decided_figure",
     "update marts.review_queue set char_start = 54 where claim_id = 'sheet:60'", "claim_id", "12"),
    ("review_queue", "holds_every_undecided_proposal", "delete from marts.review_queue where claim_id = 'sheet:70'",
     "claim_id", "sheet:70"),
    ("review_queue", "stands_as_it_was_proposed",
     "update marts.review_queue set value = 120 where claim_id = 'sheet:60'", "value", "120.0000 12"),
    ("document_coverage", "holds_every_document", "delete from marts.document_coverage where document_id = 'control'",
     "document_id", "b" * 64),
    ("document_coverage", "says_zero_only_of_what_was_read",
     "update marts.document_coverage set figures_found = 0 where document_id = 'broken'", "figures_found", "0"),
    ("document_coverage", "counts_the_decisions_of_its_text",
     "update marts.document_coverage set rejected_count = 1 where document_id = 'sheet'", "accepted_count", "4 1"),
    ("bridge_claim_relation", "holds_the_ties_of_accepted_claims", "delete from marts.bridge_claim_relation",
     "relation", "subset_of"),
    ("claim_citations", "cites_the_text_that_was_read",
     "update raw.documents set sha256 = repeat('f', 64) where document_id = 'sheet'", "citation", None),
    ("claim_citations", "cites_no_other_claims", "delete from marts.fct_claims where claim_id = 'sheet:10'",
     "claim_id", "sheet:10"),
    ("claim_series", "points_stand_as_claimed", point_of_a_series(as_of="date '2023-10-04'"), "as_of",
     "2023-10-04 770 770.00000000 770.00000000"),
    ("claim_series", "points_stand_as_claimed", point_of_a_series(claim_id="'sheet:40'"), "as_of",
     "2023-10-05 770 770.00000000 770.00000000"),
    ("claim_series", "series_have_two_cut_offs", point_of_a_series(), "as_of", "2023-10-05"),
    ("claim_series", "flows_follow_from_both_claims",
     point_of_a_series(previous_claim_id="'sheet:40'", flow_low="0", flow_high="1"), "flow_low",
     "0.00000000 1.00000000"),
    ("claim_series", "falls_and_jumps_are_shown", point_of_a_series(is_fall="true"), "explanation", "In words."),
    ("claim_series", "falls_and_jumps_are_shown", point_of_a_series(is_jump="true"), "explanation", "In words."),
    ("claim_disagreements", "jumps_are_those_of_the_series",
     "insert into marts.claim_disagreements values ('sheet:30', 'sheet:40', 'cumulative_jump')", "kind",
     "cumulative_jump"),
]  # fmt: skip


def found(marts: Raw, *only: str) -> dict[str, TableResult]:
    return {result.table: result for result in validate("marts", marts.database, only=only or None)}


def test_sound_tables_break_no_rule(marts: Raw) -> None:
    results = found(marts)
    assert set(results) == set(tables("marts"))
    assert [(name, rule) for name, result in results.items() for rule in result.expectations if not rule.success] == []


@pytest.mark.parametrize(
    ("table", "rule", "statement", "column", "value"), BROKEN, ids=[f"{b[1]}-{n}" for n, b in enumerate(BROKEN)]
)
def test_broken_rule_names_the_row(
    marts: Raw, table: str, rule: str, statement: str, column: str, value: str | None
) -> None:
    marts.change(statement)
    result = found(marts, table)[table]
    broken = next(expectation for expectation in result.expectations if expectation.name == rule)
    assert not result.success and not broken.success, broken
    row = broken.failing_rows[0]
    *keys, last, but, end = row
    assert keys and (last, but, end) == ("column_name", "value", "remedy")
    assert row["column_name"] == column and row["remedy"]
    assert value is None or row["value"] == value


@pytest.mark.parametrize("table", MEMBERS)
def test_a_member_that_was_lost_is_reported_with_its_seed_row(marts: Raw, table: str) -> None:
    source, key = MEMBERS[table]
    marts.change(f"delete from marts.{table} where {key} = (select {key} from raw.{source} where _source_row = 2)")
    rows = next(
        rule for rule in found(marts, table)[table].failures if rule.name == "holds_the_members_of_raw"
    ).failing_rows
    assert len(rows) == 1 and f"loaded from seeds/{source}.csv, row 2" in rows[0]["remedy"]


@pytest.mark.parametrize("table", TIES)
def test_ties_that_were_lost_or_made_up_are_reported(marts: Raw, table: str) -> None:
    marts.change(f"update marts.{table} set claim_id = 'sheet:50' where claim_id = 'sheet:10'")
    rows = found(marts, table)[table].failures[0].failing_rows
    assert {row["claim_id"]: row["remedy"].partition(":")[0] for row in rows} == {
        "sheet:10": "loaded and not published", "sheet:50": "published and not loaded for an accepted claim"
    }  # fmt: skip


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("additive_values_reconcile_with_their_claims", "additive_value = coalesce(additive_value, 0) + 0.00000001"),
        ("additive_values_are_part_of_total_values", "total_value = additive_value - 1"),
        ("every_claim_is_in_one_row", "claim_count = claim_count + 1"),
        ("every_claim_is_in_one_row", "operation_id = 'moved'"),
        ("bounds_hold_their_values", "total_low = total_value + 1"),
    ],
    ids=["reconcile", "part_of_total", "count", "grain", "bounds"],
)
def test_reports_that_do_not_add_up_are_reported(marts: Raw, report: str, rule: str, change: str) -> None:
    marts.change(f"update marts.{report} set {change}")
    failures = {failure.name: failure for failure in found(marts, report)[report].failures}
    assert rule in failures and failures[rule].failing_rows[0]["remedy"]


@pytest.mark.parametrize("table", ["fct_claims", *BRIDGES, *REPORTS, "claim_citations"])
def test_a_table_without_rows_is_a_failure(marts: Raw, table: str) -> None:
    marts.change(f"delete from marts.{table}")
    assert "is_filled" in {failure.name for failure in found(marts, table)[table].failures}


@pytest.mark.parametrize("table", MAY_BE_EMPTY)
def test_tables_that_may_be_empty_may(marts: Raw, table: str) -> None:
    marts.change(f"delete from marts.{table}", "delete from raw.proposals")
    result = found(marts, table)[table]
    assert result.success and not result.warnings
    assert result.expectations[0].reason == MAY_BE_EMPTY[table]


@pytest.mark.parametrize(
    ("table", "rule", "statement"),
    [
        ("fct_claims", "leads_are_stated", "update marts.fct_claims set lead_agency_id = 'not-stated'"),
        ("fct_claims", "most_claims_are_in_totals",
         "update marts.fct_claims set is_in_total = false, total_exclusion_reason = 'rate'"),
        ("fct_claims", "periods_are_stated", "update marts.fct_claims set fiscal_year_id = 'not-stated'"),
    ],
)  # fmt: skip
def test_odd_distributions_warn_and_do_not_stop(marts: Raw, table: str, rule: str, statement: str) -> None:
    marts.change(statement)
    result = found(marts, table)[table]
    assert result.success and [warning.name for warning in result.warnings] == [rule]


def test_a_published_table_that_no_suite_knows_has_to_have_rows(marts: Raw) -> None:
    marts.change(
        "create table marts.new_report as select 1 as x", "create table marts.bare as select 1 as x where false"
    )
    results = found(marts)
    assert results["new_report"].success and not results["bare"].success
