"""Suites of the published tables: coverage, provenance and the rules of adding, claim by claim.

What belongs here: what holds between the marts, and between them and the raw tables they were made of. What does
not: shape (contracts), keys and arithmetic of single columns (dbt tests); years (`marts_years.py`); sums of
reports (`marts_reports.py`); what is not decided (`marts_proposals.py`); official statistics (`marts_official.py`) and
what they say of claims (`marts_reconciliation.py`).
"""

from __future__ import annotations

from collections.abc import Collection

from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_not_be_in_set import ExpectColumnValuesToNotBeInSet
from great_expectations.expectations.core.expect_table_row_count_to_be_between import ExpectTableRowCountToBeBetween
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.borders import MAY_BE_EMPTY, tables
from expectations.rules import holds, no_rows
from expectations.suites import marts_official, marts_proposals, marts_reconciliation, marts_reports, marts_years

MEMBERS = {
    "dim_agency": ("agencies", "agency_id"),
    "dim_operation": ("operations", "operation_id"),
    "dim_commodity": ("commodities", "commodity_id"),
    "dim_subject": ("subjects", "subject_id"),
    "dim_unit": ("units", "unit_id"),
    "dim_place": ("places", "place_id"),
    "dim_framework_area": ("framework_areas", "framework_area_id"),
    "dim_document": ("documents", "document_id"),
    "dim_vintage": ("official_vintages", "vintage_id"),
}
"""Dimension → the raw table whose members it has to hold, and their key."""

TIES = {
    "bridge_claim_agency": ("claim_agencies", ("claim_id", "agency_id", "role")),
    "bridge_claim_operation": ("claim_operations", ("claim_id", "operation_id")),
}
"""Bridge → the raw table that it is made of, and the key of both."""


def rules(built: Collection[str] = ()) -> dict[str, list[Expectation]]:
    """The expectations of published tables: of those that have to be there and of others that were built.

    Each has at least that of having rows, so that no table is published unseen.
    """
    found: dict[str, list[Expectation]] = {name: [is_filled(name)] for name in (*tables("marts"), *built)}
    for name in MEMBERS:
        found[name].append(holds_the_members_of_raw(name))
    for name in TIES:
        found[name].append(holds_the_ties_of_raw(name))
    for by_table in (
        RULES, marts_years.RULES, marts_reports.rules(), marts_proposals.RULES, marts_official.RULES,
        marts_reconciliation.RULES,
    ):  # fmt: skip
        for name, expectations in by_table.items():
            found[name] += expectations
    return found


def is_filled(table: str) -> Expectation:
    """The table has rows, unless it is one of those that need not."""
    if reason := MAY_BE_EMPTY.get(table):
        return holds(ExpectTableRowCountToBeBetween, "may_be_empty", reason=reason, min_value=0)
    return holds(
        ExpectTableRowCountToBeBetween,
        "is_filled",
        reason="A join that matches nothing leaves a well-formed table without rows.",
        min_value=1,
    )


def holds_the_members_of_raw(table: str) -> Expectation:
    """Every member that was loaded is published, whether a claim refers to it or not."""
    source, key = MEMBERS[table]
    return no_rows(
        "holds_the_members_of_raw",
        f"""
        select {key}, '{key}' as column_name, {key} as value,
            concat('loaded from ', _source_file, ', row ', _source_row, ', and not published: mend {table}') as remedy
        from raw.{source} anti join checked using ({key})
        """,
        reason="That something was looked for and not found is knowledge too: a document without figures, "
        "an operation without a seizure.",
    )


def holds_the_ties_of_raw(table: str) -> Expectation:
    """Every tie of an accepted claim is published, and no other."""
    source, key = TIES[table]
    columns = ", ".join(key)
    return no_rows(
        "holds_the_ties_of_accepted_claims",
        f"""
        with accepted as (
            select {columns} from raw.{source}
            semi join (select claim_id from raw.claims where review_status = 'accepted') using (claim_id)
        )
        select {columns}, '{key[1]}' as column_name, {key[1]} as value, remedy
        from (
            select *, 'loaded and not published: mend {table}' as remedy
            from accepted anti join checked using ({columns})
            union all by name
            select {columns}, 'published and not loaded for an accepted claim: mend {table}' as remedy
            from checked anti join accepted using ({columns})
        )
        """,
        reason="Totals by agency and operation rest on these rows; one that is lost moves a figure silently.",
    )


CLAIMS: list[Expectation] = [
    no_rows(
        "holds_every_accepted_claim_as_read",
        """
        select claim_id, column_name, value, remedy
        from (
            select claim_id, 'claim_id' as column_name, claim_id as value,
                concat('accepted in ', _source_file, ', row ', _source_row, ', and not published') as remedy
            from raw.claims anti join checked using (claim_id) where review_status = 'accepted'
            union all
            select claim_id, 'claim_id', claim_id, 'published and not accepted: only accepted claims are facts'
            from checked
            anti join (select claim_id from raw.claims where review_status = 'accepted') using (claim_id)
            union all
            select claim_id, 'value', concat_ws(' ', checked.value, checked.unit_id, checked.verbatim),
                concat('loaded as ', raw_claims.value, ' ', raw_claims.unit_id, ' ', raw_claims.verbatim,
                    ' from ', _source_file, ', row ', _source_row)
            from checked join raw.claims as raw_claims using (claim_id)
            where (checked.value, checked.unit_id, checked.verbatim)
                is distinct from (raw_claims.value, raw_claims.unit_id, raw_claims.verbatim)
            union all
            select claim_id, 'document_id', concat_ws(' ', checked.document_id, checked.char_start, checked.char_end),
                concat('loaded as ', raw_claims.document_id, ' ', raw_claims.char_start, ' ', raw_claims.char_end,
                    ' from ', _source_file, ', row ', _source_row)
            from checked join raw.claims as raw_claims using (claim_id)
            where (checked.document_id, checked.char_start, checked.char_end)
                is distinct from (raw_claims.document_id, raw_claims.char_start, raw_claims.char_end)
        )
        """,
        reason="A published figure is one that somebody accepted, in the words and at the place that were accepted.",
    ),
    no_rows(
        "is_cited",
        """
        select claim_id, 'verbatim' as column_name, claim_citations.verbatim as value,
            concat('cite the claim with “', checked.verbatim, '” in claim_citations') as remedy
        from checked left join marts.claim_citations using (claim_id)
        where claim_citations.verbatim is distinct from checked.verbatim
            or not contains(claim_citations.citation, checked.verbatim)
        """,
        reason="Every number has an address; one without is hearsay.",
    ),
    no_rows(
        "spans_lie_inside_their_document",
        """
        select claim_id, 'char_end' as column_name, char_end as value,
            concat('the document has ', coalesce(cast(char_count as varchar), 'no'), ' characters') as remedy
        from checked left join marts.dim_document using (document_id)
        where char_end <= char_start or char_end > char_count or char_count is null
        """,
        reason="A span outside the text proves nothing.",
    ),
    no_rows(
        "bounds_are_in_order",
        """
        select claim_id, 'value' as column_name,
            concat_ws(' ', value_low, value, value_high, 'or', canonical_low, canonical_value, canonical_high)
                as value,
            concat('low, value and high of “', qualifier, '” are not in order: mend the rule of bounds') as remedy
        from checked
        where value < value_low or value > value_high
            or canonical_value < canonical_low or canonical_value > canonical_high
            or canonical_value is null
        """,
        reason="The word before a figure bounds it; a figure outside its bounds is told more exactly than it was.",
    ),
    no_rows(
        "excluded_claims_have_a_reason",
        """
        select claim_id, 'total_exclusion_reason' as column_name, total_exclusion_reason as value,
            if(is_in_total, 'the claim is in the total: it has no reason to be left out',
                'say why the claim is left out of totals') as remedy
        from checked where is_in_total is null or is_in_total = (total_exclusion_reason is not null)
        """,
        reason="What a total left out is part of the total: whoever reads it has to be able to see it.",
    ),
    no_rows(
        "nothing_is_added_that_may_not_be",
        """
        select claim_id, 'is_in_total' as column_name, is_in_total as value,
            concat(why, ': leave the claim out of totals') as remedy
        from (
            select checked.*, concat_ws(', ',
                if(qualifier = 'magnitude', 'an order of magnitude has no value to add', null),
                if(rate_per is not null or contains(unit_dimension, '_rate'), 'a rate is no amount', null),
                if(claim_type = 'change_rate', 'a change is no amount', null),
                if(unit_dimension in ('ratio', 'duration'), 'a share or a length is no amount', null),
                if(ties.claim_id is not null, 'it is inside, repeats or contradicts another claim', null)
            ) as why
            from checked join marts.dim_unit using (unit_id)
            left join (
                select distinct claim_id from marts.bridge_claim_relation
                where relation in ('subset_of', 'restates', 'contradicts')
            ) as ties using (claim_id)
        )
        where is_in_total and why <> ''
        """,
        reason="Parts, rates, changes and orders of magnitude make a sum look right and be wrong.",
    ),
    holds(
        ExpectColumnValuesToNotBeInSet,
        "leads_are_stated",
        reason="Nine in ten figures of the first five documents have an agency that leads; when fewer than half do, "
        "roles were lost on the way.",
        column="lead_agency_id",
        value_set=["not-stated"],
        mostly=0.5,
        severity=FailureSeverity.WARNING,
    ),
    holds(
        ExpectColumnValuesToNotBeInSet,
        "periods_are_stated",
        reason="Three fifths of the figures of the first five documents have a period; when fewer than a third do, "
        "times were lost on the way.",
        column="fiscal_year_id",
        value_set=["not-stated"],
        mostly=0.33,
        severity=FailureSeverity.WARNING,
    ),
    holds(
        ExpectColumnValuesToBeInSet,
        "most_claims_are_in_totals",
        reason="Three quarters of the claims of the first five documents may be added; when fewer than half may, one "
        "wide claim has swallowed the rest.",
        column="is_in_total",
        value_set=[True],
        mostly=0.5,
        severity=FailureSeverity.WARNING,
    ),
]

RELATIONS: list[Expectation] = [
    no_rows(
        "holds_the_ties_of_accepted_claims",
        """
        with accepted as (select claim_id from raw.claims where review_status = 'accepted')
        select claim_id, related_claim_id, relation, 'relation' as column_name, relation as value,
            concat('loaded from ', _source_file, ', row ', _source_row, ', and not published') as remedy
        from raw.claim_relations
        semi join accepted using (claim_id)
        semi join (select claim_id as related_claim_id from accepted) using (related_claim_id)
        anti join checked using (claim_id, related_claim_id, relation)
        """,
        reason="A tie that is lost puts a part beside its whole in a total.",
    ),
]

DOCUMENTS: list[Expectation] = [
    no_rows(
        "counts_its_claims",
        """
        select document_id, 'claim_count' as column_name, claim_count as value,
            concat('facts hold ', count(fct_claims.claim_id), ' claims of the document') as remedy
        from checked left join marts.fct_claims using (document_id)
        group by document_id, claim_count having claim_count <> count(fct_claims.claim_id)
        """,
        reason="The count tells a document without figures from one whose figures were lost.",
    ),
]

RULES = {
    "fct_claims": CLAIMS,
    "dim_document": DOCUMENTS,
    "bridge_claim_relation": RELATIONS,
}
