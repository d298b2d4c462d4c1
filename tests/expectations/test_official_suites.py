"""Each rule on official statistics: what breaks it is named, what is allowed is not; see scratch_official.py."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from scratch_tables import Raw

from expectations.extremes import BOUNDS, EXTREMES
from expectations.results import ExpectationResult
from expectations.validate import validate

LOADED = "raw.official_seizures"
OFO_OCTOBER = "component = 'Office of Field Operations' and month_starts_on = '2022-10-01'"
USBP_NOVEMBER = "component = 'U.S. Border Patrol' and month_starts_on = '2022-11-01'"
CUT = "the file looks cut short"
UNREGISTERED = f"update {LOADED} set vintage_id = 'old-cccccccc', _source_sha256 = repeat('c', 64)"
FILE, SEED = "statistics/old.csv", "seeds/official_year_totals.csv"

BROKEN_RAW = [
    # table, rule, statement that breaks it, file, row, column, value, words of the remedy
    ("official_seizures", "names_its_source", f"delete from {LOADED} where _source_row = 3",
     FILE, "2", "_source_row", "statistics/old.csv 2", "3 rows with 3 numbers up to 5"),
    ("official_seizures", "names_its_source", f"insert into {LOADED} from {LOADED} where _source_row = 3",
     FILE, "2", "_source_row", "statistics/old.csv 2", "5 rows with 4 numbers up to 5"),
    ("official_seizures", "names_its_source", f"update {LOADED} set _source_sha256 = 'x' where _source_row = 3",
     FILE, "2", "_source_row", "statistics/old.csv 2", "2 contents"),
    ("official_seizures", "has_the_rows_of_the_register", f"delete from {LOADED} where _source_row = 5",
     FILE, "", "row_count", "3 rows, 2022-10-01 to 2022-11-01, as nationwide_drugs old", "with 4 rows"),
    ("official_seizures", "has_the_rows_of_the_register",
     "update raw.official_vintages set first_month_on = '2022-09-01' where vintage_id = 'old'",
     FILE, "", "row_count", "4 rows, 2022-10-01 to 2022-11-01, as nationwide_drugs old", "row 2, has this content"),
    ("official_seizures", "has_the_rows_of_the_register", f"update {LOADED} set vintage_id = 'older'",
     FILE, "", "row_count", "4 rows, 2022-10-01 to 2022-11-01, as nationwide_drugs older", "nationwide_drugs old."),
    ("official_seizures", "adds_up_to_official_year_totals",
     f"update {LOADED} set quantity = quantity + 0.00000001 where {OFO_OCTOBER}", SEED, "2", "quantity",
     "600.00000000 in 6 events", "old, 2023, ofo southwest-border heroin of the file comes to 600.00000001 in 6"),
    ("official_seizures", "adds_up_to_official_year_totals",
     f"update {LOADED} set event_count = 0 where {OFO_OCTOBER}", SEED, "2", "quantity",
     "600.00000000 in 6 events", "in 3 events"),
    ("official_seizures", "adds_up_to_official_year_totals",
     "delete from raw.official_year_totals where vintage_id = 'old' and component_id = 'ofo'", SEED, "", "quantity",
     "no total", "comes to 600.00000000"),
    ("official_seizures", "adds_up_to_official_totals",
     f"update {LOADED} set month_starts_on = '2022-11-01' where {OFO_OCTOBER}", "seeds/official_totals.csv", "2",
     "quantity", "300.00000000 in 3 events", "comes to 0.00000000 in 0 events"),
    ("official_seizures", "adds_up_to_official_totals",
     f"update {LOADED} set category = 'HEROINE' where {OFO_OCTOBER}", "seeds/official_totals.csv", "2",
     "quantity", "300.00000000 in 3 events", "comes to 0.00000000 in 0 events"),
    ("official_year_totals", "is_the_sum_of_the_months",
     "update raw.official_totals set quantity = 30 where vintage_id = 'new' and component_id = 'ofo' "
     "and month_starts_on = '2022-12-01'", SEED, "4", "quantity", "600.00000000 in 6 events", "comes to 330.00000000"),
    ("official_year_totals", "is_the_sum_of_the_months",
     "update raw.official_totals set event_count = 4 where vintage_id = 'new' and component_id = 'ofo' "
     "and month_starts_on = '2022-12-01'", SEED, "4", "quantity", "600.00000000 in 6 events", "in 7 events"),
    ("official_year_totals", "is_the_sum_of_the_months",
     "delete from raw.official_year_totals where vintage_id = 'new' and component_id = 'ofo'", SEED, "", "quantity",
     "no total", "comes to 600.00000000"),
]  # fmt: skip

BROKEN_MARTS = [
    # table, rule, statement that breaks it, column, value
    ("dim_vintage", "holds_every_file_that_was_loaded",
     "update marts.dim_vintage set sha256 = repeat('x', 64) where vintage_id = 'old'", "vintage_id", "old"),
    ("dim_vintage", "holds_every_file_that_was_loaded",
     "update marts.dim_vintage set has_areas = false", "vintage_id", "old"),
    ("dim_vintage", "was_not_out_before_its_last_month_was_over",
     "update marts.dim_vintage set published_on = '2022-12-31' where vintage_id = 'new'",
     "last_month_on", "2022-12-01"),
    ("dim_vintage", "was_not_out_before_its_last_month_was_over",
     "update marts.dim_vintage set last_month_on = '2026-01-01', covers_through_on = '2026-01-31' "
     "where vintage_id = 'new'", "last_month_on", "2026-01-01"),
    ("fct_official_seizures", "holds_what_was_loaded",
     "update marts.fct_official_seizures set quantity = 301 where quantity = 300 and vintage_id = 'old'",
     "quantity", "683.00000000"),
    ("fct_official_seizures", "holds_what_was_loaded",
     "delete from marts.fct_official_seizures where vintage_id = 'new'", "quantity", ""),
    ("fct_official_seizures", "has_every_component_in_every_month",
     "delete from marts.fct_official_seizures where component_id = 'usbp' and month_starts_on = '2022-12-01'",
     "month_starts_on", "2022-12-01"),
    ("fct_official_seizures", "lies_in_the_months_of_its_vintage",
     "update marts.fct_official_seizures set month_starts_on = '2023-01-01' where month_starts_on = '2022-12-01'",
     "month_starts_on", "2023-01-01"),
    ("official_seizures_current", "has_the_newest_vintage_of_each_month",
     "update marts.official_seizures_current set vintage_id = 'old'", "vintage_id", "old with 2 rows"),
    ("official_seizures_current", "has_the_newest_vintage_of_each_month",
     "delete from marts.official_seizures_current where month_starts_on = '2022-11-01' and component_id = 'ofo'",
     "vintage_id", "new with 1 rows"),
    ("official_seizures_current", "has_the_newest_vintage_of_each_month",
     "insert into marts.official_seizures_current from marts.fct_official_seizures where vintage_id = 'old'",
     "vintage_id", "old with 4 rows"),
    ("claim_reconciliation", "holds_every_seizure_claim_as_stated", "delete from marts.claim_reconciliation",
     "canonical_value", ""),
    ("claim_reconciliation", "holds_every_seizure_claim_as_stated", "delete from marts.fct_seizures",
     "canonical_value", "226.79618500 kg"),
    ("claim_reconciliation", "holds_every_seizure_claim_as_stated",
     "update marts.claim_reconciliation set canonical_value = 500", "canonical_value", "500.00000000 kg"),
    ("claim_reconciliation", "official_values_are_the_sum_of_their_scope",
     "update marts.claim_reconciliation set official_value = 680.99999999", "official_value", "680.99999999"),
    ("claim_reconciliation", "official_values_are_the_sum_of_their_scope",
     "update marts.claim_reconciliation set scope = replace(scope, 'OFO and USBP', 'USBP')",
     "official_value", "681.00000000"),
    ("claim_reconciliation", "official_values_are_the_sum_of_their_scope",
     "update marts.claim_reconciliation set scope = replace(scope, 'nationwide', 'Northern Border')",
     "official_value", "681.00000000"),
    ("claim_reconciliation", "official_values_are_the_sum_of_their_scope",
     "update marts.claim_reconciliation set scope = replace(scope, 'heroin', 'heroin seizures')",
     "official_value", "681.00000000"),
    ("claim_reconciliation", "official_values_are_the_sum_of_their_scope",
     "update marts.claim_reconciliation set last_month_on = '2022-12-01'", "official_value", "681.00000000"),
    ("claim_reconciliation", "verdicts_are_on_their_side",
     "update marts.claim_reconciliation set verdict = 'below_official'", "verdict",
     "below_official 226.79618500 to 170.25000000 as 1.3321"),
    ("claim_reconciliation", "verdicts_are_on_their_side",
     "update marts.claim_reconciliation set ratio = 0.9999", "verdict",
     "exceeds_official 226.79618500 to 170.25000000 as 0.9999"),
    ("claim_reconciliation", "verdicts_are_on_their_side",
     "update marts.claim_reconciliation set ratio = null", "verdict",
     "exceeds_official 226.79618500 to 170.25000000"),
    ("claim_reconciliation", "verdicts_are_on_their_side",
     "update marts.claim_reconciliation set official_value = null", "verdict",
     "exceeds_official 226.79618500 to 170.25000000 as 1.3321"),
    ("claim_reconciliation", "verdicts_are_on_their_side",
     "update marts.claim_reconciliation set verdict = 'not_comparable'", "verdict",
     "not_comparable 226.79618500 to 170.25000000 as 1.3321"),
]  # fmt: skip


def marts_rule(marts: Raw, table: str, name: str) -> ExpectationResult:
    (result,) = validate("marts", marts.database, only=[table])
    return next(rule for rule in result.expectations if rule.name == name)


@pytest.mark.parametrize(
    ("table", "rule", "statement", "file", "row", "column", "value", "remedy"),
    BROKEN_RAW,
    ids=[f"{broken[1]}-{number}" for number, broken in enumerate(BROKEN_RAW)],
)
def test_files_that_do_not_agree_with_the_seed_tables_are_named(
    raw: Raw, table: str, rule: str, statement: str, file: str, row: str, column: str, value: str, remedy: str
) -> None:
    raw.change(statement)
    broken = raw.rule(table, rule)
    assert not broken.success and broken.severity == "critical"
    found = broken.failing_rows[0]
    assert (found["_source_file"], found["_source_row"], found["column_name"], found["value"]) == (
        file, row, column, value
    )  # fmt: skip
    assert remedy in found["remedy"]


@pytest.mark.parametrize(
    ("table", "rule", "statement", "column", "value"),
    BROKEN_MARTS,
    ids=[f"{broken[1]}-{number}" for number, broken in enumerate(BROKEN_MARTS)],
)
def test_marts_that_do_not_hold_the_statistics_are_named(
    marts: Raw, table: str, rule: str, statement: str, column: str, value: str
) -> None:
    marts.change(statement)
    broken = marts_rule(marts, table, rule)
    assert not broken.success and broken.severity == "critical", broken
    found = broken.failing_rows[0]
    assert (found["column_name"], found["value"]) == (column, value)
    assert found["remedy"]


# Which files are at hand


def test_no_files_break_no_rule(raw: Raw) -> None:
    raw.change(f"delete from {LOADED}")
    assert [name for name, result in raw.validate().items() if not result.success] == []


def test_an_event_that_stands_in_several_rows_is_one(raw: Raw) -> None:
    raw.change(
        f"update {LOADED} set event_id = concat(component, month_starts_on), event_count = 1",
        f"insert into {LOADED} select * replace (_source_row + 4 as _source_row, 0 as quantity) from {LOADED}",
        "update raw.official_totals set event_count = 1 where vintage_id = 'old'",
        "update raw.official_year_totals set event_count = 2 where vintage_id = 'old'",
        "update raw.official_vintages set row_count = 8 where vintage_id = 'old'",
    )
    assert [rule.name for rule in raw.validate("official_seizures")["official_seizures"].failures] == []


def test_an_event_of_weapons_in_two_months_is_one_of_the_year(raw: Raw) -> None:
    raw.change("update raw.official_year_totals set event_count = event_count - 1 where vintage_id = 'new'")
    assert not raw.rule("official_year_totals", "is_the_sum_of_the_months").success
    raw.change("update raw.official_vintages set dataset = 'weapons_and_ammunition' where vintage_id = 'new'")
    assert raw.rule("official_year_totals", "is_the_sum_of_the_months").success


def cut(raw: Raw, *statements: str) -> ExpectationResult:
    """The rule on files cut short, of the file `old` with another content than the registered one."""
    raw.change(UNREGISTERED, *statements)
    return raw.rule("official_seizures", "is_not_a_registered_file_cut_short")


@pytest.mark.parametrize(
    "statement",
    [
        f"delete from {LOADED} where {USBP_NOVEMBER}",
        f"update {LOADED} set quantity = 40.4 where {USBP_NOVEMBER}",
        f"update {LOADED} set event_count = 1 where {USBP_NOVEMBER}",
    ],
    ids=["row", "amount", "events"],
)
def test_a_file_that_only_tells_less_than_the_registered_ones_looks_cut(raw: Raw, statement: str) -> None:
    broken = cut(raw, statement)
    assert [row["value"] for row in broken.failing_rows] == [
        "1 of 4 monthly figures lower than in old, the first 2022-11-01 usbp southwest-border heroin; none higher"
    ]
    assert {row["_source_file"] for row in broken.failing_rows} == {FILE}
    assert all(row["remedy"].startswith(CUT) and "make statistics" in row["remedy"] for row in broken.failing_rows)
    assert broken.severity == "critical"


def test_few_figures_that_a_later_edition_takes_back_warn(raw: Raw) -> None:
    earlier = "* exclude (number) replace (month_starts_on - to_months(cast(number as integer)) as month_starts_on)"
    raw.change(
        UNREGISTERED,
        *(
            f"insert into {table} by name select {earlier} from {table}, range(2, 102) as earlier (number) "
            f"where {condition} and month_starts_on = '2022-11-01'"
            for table, condition in ((LOADED, "true"), ("raw.official_totals", "vintage_id = 'old'"))
        ),
        "update raw.official_vintages set first_month_on = '2014-01-01' where vintage_id = 'old'",
        f"update {LOADED} set quantity = 40.4 where {USBP_NOVEMBER}",
    )
    assert not raw.rule("official_seizures", "is_not_a_registered_file_cut_short").success  # the same edition
    raw.change(
        f"insert into {LOADED} by name select * replace (date '2023-01-01' as month_starts_on) from {LOADED} "
        "where month_starts_on = '2022-11-01'",
        "delete from raw.official_vintages where vintage_id = 'new'",
    )
    assert raw.rule("official_seizures", "is_not_a_registered_file_cut_short").success
    warned = raw.rule("official_seizures", "takes_no_figure_back")
    assert warned.severity == "warning"
    assert [row["value"].split(",")[0] for row in warned.failing_rows] == ["1 of 204 monthly figures lower than in old"]


def test_a_later_edition_that_lost_much_of_a_month_is_cut_though_it_raised_a_figure(raw: Raw) -> None:
    drugs = ", ".join(f"('{name}')" for name in ("cocaine", "fentanyl", "heroin", "methamphetamine"))
    raw.change(
        UNREGISTERED,
        "insert into raw.official_totals by name select * exclude (drug) replace (drug as commodity_id) "
        f"from raw.official_totals, (values {drugs}) as drugs (drug) where vintage_id = 'old' and drug <> 'heroin'",
        f"insert into {LOADED} by name select * replace (date '2023-01-01' as month_starts_on) from {LOADED} "
        "where month_starts_on = '2022-11-01'",
        f"update {LOADED} set quantity = 1000 where {USBP_NOVEMBER}",
    )
    broken = raw.rule("official_seizures", "is_not_a_registered_file_cut_short")
    assert not broken.success and broken.severity == "critical"
    assert "none higher" not in broken.failing_rows[0]["value"]


def test_two_vintages_that_end_together_warn_until_both_are_dated(marts: Raw) -> None:
    marts.change("update marts.dim_vintage set last_month_on = '2022-12-01'")
    found = marts_rule(marts, "dim_vintage", "is_known_to_be_newer_or_older")
    assert not found.success and found.severity == "warning"
    marts.change("update marts.dim_vintage set published_on = date '2023-02-01' + cast(vintage_rank as integer)")
    assert marts_rule(marts, "dim_vintage", "is_known_to_be_newer_or_older").success


def test_a_file_that_ends_before_a_registered_one_takes_nothing_from_it(raw: Raw) -> None:
    statements = [f"delete from {LOADED} where month_starts_on = '2022-11-01'", f"update {LOADED} set quantity = 1"]
    assert cut(raw, *statements).success


def test_a_file_that_is_registered_anew_is_not_cut(raw: Raw) -> None:
    found = cut(
        raw,
        f"delete from {LOADED} where {USBP_NOVEMBER}",
        "insert into raw.official_vintages by name select * replace ('old-cccccccc' as vintage_id, "
        "repeat('c', 64) as sha256, 4 as _source_row) from raw.official_vintages where vintage_id = 'old'",
    )
    assert found.success


@pytest.mark.parametrize(
    "statement",
    [
        f"update {LOADED} set quantity = quantity - 0.0000001",
        f"update {LOADED} set quantity = if(component = 'U.S. Border Patrol', 40, 301)",
        f"update {LOADED} set dataset = 'amo_drugs', quantity = 1",
        f"update {LOADED} set month_starts_on = month_starts_on + interval 1 year, quantity = 1",
        f"delete from {LOADED} where month_starts_on = '2022-10-01'",
    ],
    ids=["noise", "up and down", "other statistics", "other months", "fewer months"],
)
def test_revisions_and_other_windows_are_not_taken_for_cuts(raw: Raw, statement: str) -> None:
    assert cut(raw, statement).success


# Extremes


def insert_extreme(area: str, pounds: str) -> str:
    return (
        "insert into marts.official_seizures_current by name select * replace ("
        "date '2021-06-01' as month_starts_on, 'amo' as component_id, 'marijuana' as commodity_id, "
        f"'{area}' as area_id, {pounds} as quantity, 1 as event_count) from marts.official_seizures_current limit 1"
    )


def test_an_extreme_that_is_explained_is_none(marts: Raw) -> None:
    marts.change(insert_extreme("bellingham-air-branch", "403547.62"))
    assert marts_rule(marts, "official_seizures_current", "extremes_are_explained").success


@pytest.mark.parametrize(
    ("area", "pounds", "values"),
    [
        ("elsewhere", "40000.01", ["not there", "40000.01000000 lb in 1 events"]),
        ("bellingham-air-branch", "403547.63", ["403547.63000000 lb in 1 events"]),
        ("bellingham-air-branch", "4035.48", ["not there"]),
    ],
    ids=["not explained", "revised", "gone"],
)
def test_an_extreme_that_is_not_the_one_explained_warns(marts: Raw, area: str, pounds: str, values: list[str]) -> None:
    marts.change(insert_extreme(area, pounds))
    found = marts_rule(marts, "official_seizures_current", "extremes_are_explained")
    assert not found.success and found.severity == "warning"
    assert sorted(row["value"] for row in found.failing_rows) == sorted(values)


def test_totals_of_a_region_are_no_extremes(marts: Raw) -> None:
    marts.change(insert_extreme("all-areas", "403547.62"))
    assert marts_rule(marts, "official_seizures_current", "extremes_are_explained").success


def test_every_drug_of_the_statistics_has_a_bound_and_every_extreme_is_above_it() -> None:
    terms = Path(__file__).parents[2] / "seeds" / "official_terms.csv"
    with terms.open(encoding="utf-8", newline="") as file:
        drugs = {row["commodity_id"] for row in csv.DictReader(file) if row["unit_id"] == "lb"}
    assert set(BOUNDS) == drugs
    assert [extreme for extreme in EXTREMES if extreme.quantity <= BOUNDS[extreme.commodity_id]] == []


# Verdicts


@pytest.mark.parametrize(
    ("verdict", "value", "ratio"),
    [("below_official", 100, 0.5874), ("exceeds_official", 170.25, 1), ("reproduces", 171, 1.0044)],
)
def test_verdicts_on_their_side_stand(marts: Raw, verdict: str, value: float, ratio: float) -> None:
    marts.change(
        f"update marts.claim_reconciliation set verdict = '{verdict}', canonical_value = {value}, ratio = {ratio}"
    )
    assert marts_rule(marts, "claim_reconciliation", "verdicts_are_on_their_side").success


def test_a_claim_that_cannot_be_compared_has_no_figure(marts: Raw) -> None:
    marts.change(
        "update marts.claim_reconciliation set verdict = 'not_comparable', official_value = null, "
        "official_canonical_value = null, ratio = null, scope = null, vintage_id = null, vintage_ids = null"
    )
    (result,) = validate("marts", marts.database, only=["claim_reconciliation"])
    assert result.success


def test_events_are_added_up_where_the_scope_says_seizures(marts: Raw) -> None:
    marts.change(
        "update marts.claim_reconciliation set scope = replace(scope, 'heroin', 'heroin seizures'), official_value = 10"
    )
    assert marts_rule(marts, "claim_reconciliation", "official_values_are_the_sum_of_their_scope").success


@pytest.mark.parametrize(("vintages", "is_sum"), [("old", True), ("new|old", False)])
def test_a_vintage_that_was_known_is_added_up_as_it_was(marts: Raw, vintages: str, is_sum: bool) -> None:
    marts.change(
        "update marts.fct_official_seizures set quantity = quantity + 1 where vintage_id = 'new'",
        f"update marts.claim_reconciliation set vintage_ids = '{vintages}'",
    )
    assert marts_rule(marts, "claim_reconciliation", "official_values_are_the_sum_of_their_scope").success is is_sum


def test_a_region_is_added_up_alone(marts: Raw) -> None:
    marts.change(
        "update marts.fct_official_seizures set region = 'Northern Border' where component_id = 'usbp'",
        "update marts.claim_reconciliation set scope = replace(scope, 'nationwide', 'Southwest Border'), "
        "official_value = 600",
    )
    assert marts_rule(marts, "claim_reconciliation", "official_values_are_the_sum_of_their_scope").success
