"""What is asked of the warehouse about agencies, and their hierarchy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bicentennial.explorer.release import Row

MEANINGS = {
    "lead": "led", "partner": "took part", "support": "supported", "funder": "paid", "donor": "donated",
    "trainer": "trained", "recipient": "received", "reported_by": "reported it",
}  # fmt: skip
"""Roles as what the agency did."""

AGENCIES = """
with recursive

parts as (
    select claim_id, agency_id, role from marts.bridge_claim_agency
    union
    select claim_id, member_agency_id, 'lead'
    from marts.fct_claims join marts.bridge_agency_member as members on members.agency_id = fct_claims.lead_agency_id
    union
    -- of a joint group its own
    select claim_id, lead_agency_id, 'lead' from marts.fct_claims
),

above as (
    select agency_id, parent_agency_id as above_id from marts.dim_agency where parent_agency_id is not null
    union
    select above.agency_id, parents.parent_agency_id
    from above join marts.dim_agency as parents on parents.agency_id = above.above_id
    where parents.parent_agency_id is not null
),

below as (
    select above_id as agency_id, count(distinct claim_id) as figures
    from above join parts using (agency_id)
    group by above_id
),

others as (
    select agency_id, string_agg(replace(role, '_', ' ') || ' ' || figures, ', ' order by figures desc, role) as roles
    from (select agency_id, role, count(distinct claim_id) as figures from parts where role <> 'lead' group by all)
    group by agency_id
)

select
    one.agency_id, one.agency_name, one.acronym, one.parent_agency_id, one.department_id, one.country_code,
    one.agency_kind, one.is_joint,
    count(distinct claim_id) as figures,
    count(distinct claim_id) filter (where role = 'lead') as led,
    count(distinct claim_id) filter (where role <> 'lead') as otherwise,
    any_value(others.roles) as other_roles,
    coalesce(any_value(below.figures), 0) as figures_below
from marts.dim_agency as one
left join parts using (agency_id)
left join below using (agency_id)
left join others using (agency_id)
where one.agency_id <> 'not-stated'
group by all
order by figures desc, agency_name
"""

ONE = """
select one.*, departments.agency_name as department_name
from marts.dim_agency as one
left join marts.dim_agency as departments on departments.agency_id = one.department_id
where one.agency_id = $agency
"""

ABOVE = """
with recursive above as (
    select parent_agency_id as agency_id, 1 as steps from marts.dim_agency where agency_id = $agency
    union
    select dim_agency.parent_agency_id, steps + 1 from above join marts.dim_agency using (agency_id)
)
select agency_id, agency_name, acronym from above join marts.dim_agency using (agency_id) order by steps desc
"""

BELOW = """
select agency_id, agency_name, acronym from marts.dim_agency
where parent_agency_id = $agency and not is_joint
order by agency_name
"""

MEMBERS = """
select member_agency_id as agency_id, agency_name, acronym
from marts.bridge_agency_member as members join marts.dim_agency on dim_agency.agency_id = members.member_agency_id
where members.agency_id = $agency and member_agency_id <> $agency
order by agency_name
"""

GROUPS = "select agency_id, agency_name from marts.dim_agency where is_joint"

LED = """claims.lead_agency_id = $agency or claims.lead_agency_id in (
    select agency_id from marts.bridge_agency_member where member_agency_id = $agency
)"""

ROLES = """
select role, count(distinct claim_id) as figures
from marts.bridge_claim_agency where agency_id = $agency
group by role order by figures desc, role
"""

OTHER_PARTS = """
select
    claims.claim_id, claims.as_stated, replace(upper(claims.claim_type[1]) || claims.claim_type[2:], '_', ' ')
        as claim_type_name,
    coalesce(commodity_name, subject_name) as thing_name, string_agg(role, ', ' order by role) as roles,
    claims.operation_id, operation_name, claims.lead_agency_id, agency_name, acronym,
    claims.period_basis, claims.period_start, claims.period_end, claims.as_of,
    citations.publisher, citations.date_text, citations.characters
from marts.bridge_claim_agency as parts
join marts.fct_claims as claims using (claim_id)
join marts.claim_citations as citations using (claim_id)
join marts.dim_operation using (operation_id)
join marts.dim_agency on dim_agency.agency_id = claims.lead_agency_id
left join marts.dim_commodity using (commodity_id)
left join marts.dim_subject using (subject_id)
where parts.agency_id = $agency and role <> 'lead'
group by all
order by claims.claim_id
"""

COMPONENT = """
select
    component_id, count(distinct commodity_id) as commodities,
    min(month_starts_on) as first, max(month_starts_on) as last
from marts.official_seizures_current where agency_id = $agency
group by component_id
"""


def tree(rows: Sequence[Row]) -> list[Row]:
    """Agencies that have a figure, or a part of which has one, each under what it is part of, with its `depth`."""
    kept = {row["agency_id"]: row for row in rows if row["figures"] or row["figures_below"]}

    def under(parent: str | None, depth: int) -> Iterator[Row]:
        for row in kept.values():
            above = row["parent_agency_id"]
            if (above if above in kept else None) == parent:
                yield dict(row, depth=depth)
                yield from under(row["agency_id"], depth + 1)

    return list(under(None, 0))
