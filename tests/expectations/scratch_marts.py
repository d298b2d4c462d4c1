"""Published tables made by hand of the scratch raw tables: only the columns that rules read, and no rule broken."""

from __future__ import annotations

from pathlib import Path

from scratch_tables import Raw, build_raw

from expectations.suites.marts import MEMBERS

GRAIN = "lead_agency_id as agency_id, operation_id, fiscal_year_id, calendar_year_id, claim_type, canonical_unit_id"

STATEMENTS = [
    "create schema marts",
    """create table marts.bridge_claim_relation as
        select claim_id, related_claim_id, relation, basis, note from raw.claim_relations""",
    """create table marts.fct_claims as
        select
            claim_id, document_id, char_start, char_end, verbatim, claim_type, commodity_id, subject_id,
            coalesce(operation_id, 'none') as operation_id,
            if(claim_type = 'migration_flow', 'not-stated', 'dea') as lead_agency_id,
            value, if(qualifier = 'exact', value, null) as value_low, value as value_high, qualifier, unit_id,
            cast(value * canonical_factor as decimal(28, 8)) as canonical_value,
            cast(if(qualifier = 'exact', value * canonical_factor, null) as decimal(28, 8)) as canonical_low,
            cast(value * canonical_factor as decimal(28, 8)) as canonical_high,
            canonical_unit_id, rate_per, period_basis, as_of, verbatim as as_stated,
            if(period_start is null, 'not-stated', 'spans') as fiscal_year_id,
            if(period_start is null, 'not-stated', 'spans') as calendar_year_id,
            case when rate_per is not null then 'rate' when claim_id = 'sheet:30' then 'part_of_another_claim' end
                as total_exclusion_reason,
            total_exclusion_reason is null as is_in_total
        from raw.claims join raw.units using (unit_id) left join raw.claim_operations using (claim_id)""",
    "create table marts.bridge_claim_agency as select claim_id, agency_id, role from raw.claim_agencies",
    "create table marts.bridge_claim_operation as select claim_id, operation_id from raw.claim_operations",
    """create table marts.bridge_claim_year as
        select claim_id, year_id, year_basis, 'spans' as coverage, cast(0.5 as decimal(9, 8)) as day_share
        from marts.fct_claims cross join (
            values ('FY2022', 'fiscal_year'), ('FY2023', 'fiscal_year'), ('CY2022', 'calendar_year'),
                ('CY2023', 'calendar_year')
        ) as years (year_id, year_basis) where fiscal_year_id = 'spans'
        union all select claim_id, 'not-stated', 'none', 'not_stated', null from marts.fct_claims
        where fiscal_year_id = 'not-stated'""",
    """create table marts.dim_year as
        select * from (values
            ('FY2022', 'fiscal_year', 2022), ('FY2023', 'fiscal_year', 2023), ('CY2022', 'calendar_year', 2022),
            ('CY2023', 'calendar_year', 2023), ('spans', 'none', null), ('not-stated', 'none', null)
        ) as years (year_id, year_basis, year_number)""",
    *(f"create table marts.{table} as select * from raw.{source}" for table, (source, _) in MEMBERS.items()),
    """alter table marts.dim_document add column claim_count integer""",
    """update marts.dim_document set claim_count = (
        select count(*) from marts.fct_claims where fct_claims.document_id = dim_document.document_id)""",
    "create table marts.bridge_agency_member as select agency_id, agency_id as member_agency_id from marts.dim_agency",
    "create table marts.bridge_operation_member as select operation_id, 'dea' as x from marts.dim_operation",
    *(
        f"create table marts.{fact} as select * from marts.fct_claims where claim_type = '{claim_type}'"
        for fact, claim_type in {
            "fct_seizures": "seizure", "fct_arrests": "arrest", "fct_case_outcomes": "arrest",
            "fct_trainings": "arrest", "fct_funding": "seizure", "fct_other_measures": "migration_flow",
        }.items()
    ),
    *(
        f"""create table marts.{report}_by_agency_operation_year as
        select
            {GRAIN}, sum(canonical_value) filter (where total_exclusion_reason is distinct from 'rate') as total_value,
            null::decimal(28, 8) as total_low, null::decimal(28, 8) as total_high,
            sum(canonical_value) filter (where is_in_total) as additive_value,
            null::decimal(28, 8) as additive_low, null::decimal(28, 8) as additive_high,
            count(*) as claim_count, count(*) filter (where not is_in_total) as excluded_claim_count
        from marts.fct_{report} group by all"""
        for report in ("seizures", "arrests", "trainings", "funding")
    ),
    """create table marts.claim_citations as
        select claim_id, document_id, sha256, char_start, char_end, verbatim,
            concat_ws(' ', title, source_url, file_name, concat(char_start, '–', char_end), verbatim, sha256)
                as citation
        from marts.fct_claims join marts.dim_document using (document_id)""",
    """create table marts.claim_disagreements as
        select claim_id, claim_id as related_claim_id, '' as kind from marts.fct_claims where false""",
    """create table marts.claim_series as
        select
            'since-2022-10-01' as series_id, 'point' as point_role, claim_id, claim_id as previous_claim_id, as_of,
            as_stated, canonical_low, canonical_high, canonical_low as flow_low, canonical_high as flow_high,
            false as is_fall, false as is_jump, 'In words.' as explanation
        from marts.fct_claims where false""",
    """create table marts.review_queue as
        select claim_id, document_id, sha256, char_start, char_end, verbatim, value, unit_id, 'extraction' as queued_by
        from raw.proposals join raw.read_documents using (document_id) where claim_id <> 'sheet:10'""",
    """create table marts.document_coverage as
        select document_id, sha256, coalesce(read_status, 'not_read') as read_status,
            if(read_status = 'read', 7, null) as figures_found,
            if(document_id = 'sheet', 4, 0) as accepted_count, 0 as rejected_count
        from raw.documents full join raw.read_documents using (document_id, sha256)""",
]  # fmt: skip


OFFICIAL = [
    "alter table marts.dim_vintage add column vintage_rank integer",
    "update marts.dim_vintage set vintage_rank = if(vintage_id = 'new', 2, 1)",
    "alter table marts.dim_vintage add column has_areas boolean",
    "update marts.dim_vintage set has_areas = vintage_id = 'old'",
    "alter table marts.dim_vintage add column covers_through_on date",
    "update marts.dim_vintage set covers_through_on = last_day(last_month_on)",
    """create table marts.fct_official_seizures as
        select vintage_id, 'nationwide_drugs' as dataset, month_starts_on,
            if(component = 'U.S. Border Patrol', 'usbp', 'ofo') as component_id, region, area as area_id,
            'heroin' as commodity_id, quantity, 'lb' as unit_id, event_count
        from raw.official_seizures
        union all by name
        select vintage_id, 'nationwide_drugs' as dataset, month_starts_on, component_id, 'Southwest Border' as region,
            'all-areas' as area_id, commodity_id, quantity, unit_id, event_count
        from raw.official_totals where vintage_id = 'new'""",
    """create table marts.official_seizures_current as
        from marts.fct_official_seizures
        where (vintage_id = 'new') = (month_starts_on >= date '2022-11-01')""",
    "create table marts.official_revisions as select vintage_id from marts.dim_vintage where false",
    # of DEA's 500 lb, as if it were a component
    """create table marts.claim_reconciliation as
        select claim_id, 'exceeds_official' as verdict, 'OFO and USBP, nationwide, heroin, 2022-10 to 2022-11' as scope,
            date '2022-10-01' as first_month_on, date '2022-11-01' as last_month_on,
            cast(681 as decimal(28, 8)) as official_value, canonical_value, canonical_unit_id,
            cast(681 * 0.25 as decimal(28, 8)) as official_canonical_value,
            cast(canonical_value / (681 * 0.25) as decimal(18, 4)) as ratio, 'new' as vintage_id,
            'new|old' as vintage_ids
        from marts.fct_seizures""",
]


def build_marts(database: Path) -> Raw:
    """Raw tables and marts of one database."""
    raw = build_raw(database)
    raw.change(
        "update raw.documents set title = document_id, file_name = document_id || '.txt'", *STATEMENTS, *OFFICIAL
    )
    return raw
