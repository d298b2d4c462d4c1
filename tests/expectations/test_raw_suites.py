"""Each rule on the raw tables: what breaks it is reported with file, row, column, value and remedy."""

from __future__ import annotations

import pytest
from scratch_tables import Raw

from expectations.borders import tables
from expectations.suites import raw as raw_suites
from expectations.suites.raw_claims import DIMENSIONS_OF_TYPE, VALUE_LIMITS
from ingest.tables import TABLES

SHIFTED = "insert into raw.{table} by name select * replace ({cells}) from raw.{table} where {where}"

BROKEN = [
    # table, rule, statement that breaks it, row, column, value
    ("documents", "is_in_english", "update raw.documents set language = 'es' where document_id = 'control'",
     3, "language", "es"),
    ("documents", "has_an_address_or_a_note", "update raw.documents set note = null where document_id = 'control'",
     3, "source_url", ""),
    ("documents", "copies_cite_their_original",
     "update raw.documents set source_url = 'https://mirror.example/x' where document_id = 'sheet'",
     2, "source_url", "https://mirror.example/x"),
    ("documents", "mirrors_name_their_original",
     "update raw.documents set note = 'Read from a mirror.' where document_id = 'control'", 3, "mirror_of_url", ""),
    ("documents", "inferred_dates_are_explained",
     "update raw.documents set published_on_basis = 'inferred' where document_id = 'sheet'",
     2, "note", "2023-10-05"),
    ("documents", "is_dated_in_plausible_years",
     "update raw.documents set published_on = date '2203-10-05' where document_id = 'sheet'",
     2, "published_on", "2203-10-05"),
    ("documents", "has_the_length_of_a_text", "update raw.documents set char_count = 49 where document_id = 'sheet'",
     2, "char_count", "49"),
    ("documents", "was_read_once", f"update raw.documents set sha256 = '{'a' * 64}'", 2, "sha256", "a" * 64),
    ("operations", "runs_forward_in_plausible_years", "update raw.operations set ended_on = date '2022-04-30'",
     2, "ended_on", "2022-05-01 to 2022-04-30"),
    ("claims", "spans_lie_inside_their_document",
     "update raw.claims set char_end = 1001 where claim_id = 'sheet:50'", 5, "char_end", "1001"),
    ("claims", "spans_do_not_overlap", "update raw.claims set char_end = 31 where claim_id = 'sheet:10'",
     3, "char_start", "30"),
    ("claims", "values_are_plausible_for_their_unit",
     "update raw.claims set value = 23000000, verbatim = '23 million' where claim_id = 'sheet:10'",
     2, "value", "23 million as 23000000.0000 lb"),
    ("claims", "units_fit_their_claim_type", "update raw.claims set unit_id = 'lb' where claim_id = 'sheet:30'",
     3, "unit_id", "lb"),
    ("claims", "rates_are_counted_over_time", "update raw.claims set rate_per = null where claim_id = 'sheet:50'",
     5, "rate_per", ""),
    ("claims", "has_an_agency_or_a_note", "delete from raw.claim_agencies where claim_id = 'sheet:30'",
     3, "note", ""),
    ("claims", "periods_lie_in_plausible_years",
     "update raw.claims set period_start = date '1922-05-01' where claim_id = 'sheet:10'",
     2, "period_start", "1922-05-01"),
    ("claims", "cut_offs_are_not_after_the_document",
     "update raw.claims set as_of = date '2023-11-29' where claim_id = 'sheet:30'", 3, "as_of", "2023-11-29"),
    ("claims", "open_periods_have_a_cut_off", "update raw.claims set as_of = null where claim_id = 'sheet:30'",
     3, "as_of", ""),
    ("claim_agencies", "leads_have_no_lesser_part",
     "update raw.claim_agencies set agency_id = 'dea' where role = 'support'", 3, "role", "support"),
    ("claim_operations", "figures_lie_in_the_time_of_their_operation",
     "update raw.operations set started_on = date '2023-05-02'", 2, "operation_id", "last-mile"),
    ("claim_relations", "does_not_tie_a_claim_to_itself",
     "update raw.claim_relations set related_claim_id = claim_id", 2, "related_claim_id", "sheet:30"),
    ("claim_relations", "is_told_in_one_direction",
     SHIFTED.format(table="claim_relations", where="true",
                    cells="related_claim_id as claim_id, claim_id as related_claim_id, 3 as _source_row"),
     2, "relation", "subset_of"),
    ("claim_relations", "chains_form_no_loop",
     """insert into raw.claim_relations by name
        select * replace (related_claim_id as claim_id, 'sheet:50' as related_claim_id, 3 as _source_row)
        from raw.claim_relations
        union all by name select * replace ('sheet:50' as claim_id, claim_id as related_claim_id, 4 as _source_row)
        from raw.claim_relations""", 2, "related_claim_id", "sheet:40"),
    ("claim_relations", "parts_lie_in_the_document_of_their_whole",
     "update raw.claims set document_id = 'control' where claim_id = 'sheet:30'", 2, "related_claim_id", "sheet:40"),
    ("claim_relations", "parts_do_not_exceed_their_whole",
     "update raw.claims set value = 860 where claim_id = 'sheet:30'", 2, "related_claim_id", "sheet:40"),
    ("claim_relations", "inferred_ties_are_explained", "update raw.claim_relations set basis = 'inferred'",
     2, "note", ""),
    ("proposals", "spans_lie_in_a_text_that_was_read",
     "update raw.proposals set char_end = 1001 where char_start = 70", 4, "char_end", "70 to 1001"),
    ("proposals", "spans_lie_in_a_text_that_was_read",
     "update raw.proposals set char_end = 70 where char_start = 70", 4, "char_end", "70 to 70"),
    ("proposals", "spans_lie_in_a_text_that_was_read",
     "update raw.read_documents set read_status = 'not_read'", 2, "char_end", "10 to 20"),
    ("proposals", "confidence_has_its_reason", "update raw.proposals set reason = null where char_start = 60",
     3, "reason", "0.40"),
    ("proposals", "spans_do_not_overlap", "update raw.proposals set char_end = 71 where char_start = 60",
     4, "char_start", "70"),
    ("figures_left_out", "spans_lie_in_a_text_that_was_read",
     "update raw.figures_left_out set document_id = 'broken' where char_start = 90", 3, "char_end", "90 to 92"),
    ("figures_left_out", "is_not_proposed_as_well",
     "update raw.figures_left_out set char_start = 61, char_end = 63 where char_start = 90", 3, "char_start", "61"),
    ("read_documents", "says_what_became_of_it",
     "update raw.read_documents set read_problem = null where document_id = 'broken'", 3, "read_status", "unreadable"),
    ("read_documents", "says_what_became_of_it",
     "update raw.read_documents set char_count = null where document_id = 'sheet'", 2, "read_status", "read"),
    ("read_documents", "is_read_in_one_version",
     "insert into raw.read_documents by name select * replace ('e' as sha256, 4 as _source_row) "
     "from raw.read_documents where read_status = 'read'", 2, "document_id", "sheet"),
    ("read_documents", "texts_of_a_registered_file_keep_their_length",
     "update raw.read_documents set char_count = 999 where document_id = 'sheet'", 2, "char_count", "999"),
]  # fmt: skip


PROPOSAL_FILES = ("proposals/sheet.csv", "documents/sheet.json", "unreadable/0f12.json")


def test_sound_tables_break_no_rule(raw: Raw) -> None:
    found = raw.validate()
    assert list(found) == list(tables("raw"))
    assert [rule for result in found.values() for rule in result.expectations if not rule.success] == []
    assert all(result.success for result in found.values())


@pytest.mark.parametrize(("table", "rule", "statement", "row", "column", "value"), BROKEN, ids=[b[1] for b in BROKEN])
def test_broken_rule_names_the_cell(
    raw: Raw, table: str, rule: str, statement: str, row: int, column: str, value: str
) -> None:
    raw.change(statement)
    found = raw.validate(table)[table]
    broken = next(result for result in found.expectations if result.name == rule)
    assert not found.success and not broken.success and broken.unexpected_count == len(broken.failing_rows)
    cell = broken.failing_rows[0]
    assert list(cell) == ["_source_file", "_source_row", "column_name", "value", "remedy"]
    assert cell["_source_file"] in (f"seeds/{table}.csv", *PROPOSAL_FILES)
    assert (cell["_source_row"], cell["column_name"], cell["value"]) == (str(row), column, value)
    assert cell["remedy"]


@pytest.mark.parametrize("table", raw_suites.HIERARCHIES)
def test_parents_that_lead_back_are_reported(raw: Raw, table: str) -> None:
    key, parent = raw_suites.HIERARCHIES[table]
    raw.change(f"update raw.{table} set {parent} = {key}")
    assert raw.rule(table, "parents_form_no_loop").failing_rows[0]["column_name"] == parent


def test_parents_of_parents_that_lead_back_are_reported(raw: Raw) -> None:
    raw.change("update raw.agencies set parent_agency_id = 'dea' where agency_id = 'doj'")
    assert [row["value"] for row in raw.rule("agencies", "parents_form_no_loop").failing_rows] == ["dea", "doj"]


@pytest.mark.parametrize("table", raw_suites.NAMED_MEMBERS)
def test_aliases_of_two_members_are_reported(raw: Raw, table: str) -> None:
    key, _ = raw_suites.NAMED_MEMBERS[table]
    raw.change(
        f"insert into raw.{table} by name select * replace ('other' as {key}) from raw.{table} limit 1",
        f"update raw.{table} set aliases = case {key} when 'other' then 'x|THE NAME' else 'y|the name' end",
    )
    rows = raw.rule(table, "aliases_mean_one_member").failing_rows
    assert {row["value"] for row in rows} >= {"the name"} and "other" in rows[0]["remedy"]


@pytest.mark.parametrize("table", tables("raw"))
def test_rows_without_their_source_are_reported(raw: Raw, table: str) -> None:
    raw.change(f"update raw.{table} set _source_file = 'elsewhere.csv'")
    assert raw.rule(table, "names_its_source").failing_rows[0]["value"] == "elsewhere.csv 2"


@pytest.mark.parametrize("confidence", ["1.01", "-0.5"])
def test_a_confidence_that_is_no_share_is_reported(raw: Raw, confidence: str) -> None:
    raw.change(f"update raw.proposals set confidence = {confidence} where char_start = 60")
    assert raw.rule("proposals", "confidence_is_a_share").unexpected_count == 1


@pytest.mark.parametrize("status", ["rejected", "proposed"])
def test_what_is_not_accepted_has_a_place_and_need_not_mean_anything(raw: Raw, status: str) -> None:
    raw.change(
        "update raw.claims set unit_id = 'lb', value = 1e12, period_start = date '1822-05-01', as_of = '2223-01-01', "
        f"review_status = '{status}' where claim_id = 'sheet:30'",
        "delete from raw.claim_agencies where claim_id = 'sheet:30'",
        "update raw.claim_relations set relation = 'may_overlap'",
    )
    raw.commit_counts()
    assert [rule.name for rule in raw.validate("claims")["claims"].failures] == []


@pytest.mark.parametrize(
    ("table", "rule", "statement"),
    [
        ("claims", "most_figures_have_a_period", "update raw.claims set period_start = null"),
        ("claims", "exact_figures_are_common", "update raw.claims set qualifier = 'over'"),
        ("claims", "bounded_figures_are_common", "update raw.claims set qualifier = 'exact'"),
        ("claim_agencies", "leads_are_common", "update raw.claim_agencies set role = 'partner'"),
    ],
)
def test_odd_distributions_warn_and_do_not_stop(raw: Raw, table: str, rule: str, statement: str) -> None:
    raw.change(statement)
    found = raw.validate(table)[table]
    assert found.success and [warning.name for warning in found.warnings] == [rule]
    assert found.warnings[0].observed and found.warnings[0].severity == "warning"


def test_every_dimension_has_a_limit_and_every_type_is_known() -> None:
    declared = {table.name: table for table in TABLES}
    assert set(VALUE_LIMITS) == set(declared["units"].vocabulary("unit_dimension"))
    assert set(DIMENSIONS_OF_TYPE) == set(declared["claims"].vocabulary("claim_type")) - {"other"}
    assert {name for names in DIMENSIONS_OF_TYPE.values() for name in names} <= set(VALUE_LIMITS)
