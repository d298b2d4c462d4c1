"""What is asked of the warehouse about operations."""

from __future__ import annotations

KINDS = {
    "operation": "operation", "task_force": "task force", "programme": "programme", "campaign": "campaign",
    "joint": "joint group", "none": "no operation",
}  # fmt: skip

OPERATIONS = """
select
    one.operation_id, one.operation_name, one.operation_kind, one.is_joint, one.started_on, one.ended_on,
    one.parent_operation_id, parents.operation_name as parent_name,
    one.lead_agency_id, leads.agency_name, leads.acronym,
    -- those of joint groups too, which are the whole group's
    count(distinct claims.claim_id) as figures,
    count(distinct claims.claim_id) filter (where claims.operation_id <> one.operation_id) as shared_figures
from marts.dim_operation as one
left join marts.dim_operation as parents on parents.operation_id = one.parent_operation_id
left join marts.dim_agency as leads on leads.agency_id = one.lead_agency_id
left join marts.bridge_operation_member as members on members.member_operation_id = one.operation_id
left join marts.fct_claims as claims on claims.operation_id = coalesce(members.operation_id, one.operation_id)
where one.operation_id <> 'none'
group by all
order by figures desc, one.operation_name
"""

ONE = """
select
    one.*, parents.operation_name as parent_name,
    leads.agency_name as lead_name, leads.acronym as lead_acronym, leads.is_joint as is_joint_lead,
    owners.agency_name as owner_name, owners.acronym as owner_acronym
from marts.dim_operation as one
left join marts.dim_operation as parents on parents.operation_id = one.parent_operation_id
left join marts.dim_agency as leads on leads.agency_id = one.lead_agency_id
left join marts.dim_agency as owners on owners.agency_id = one.owner_agency_id
where one.operation_id = $operation
"""

WHERE = """claims.operation_id = $operation or claims.operation_id in (
    select operation_id from marts.bridge_operation_member where member_operation_id = $operation
)"""

OTHERS = """
select groups.operation_id as group_id, members.member_operation_id as operation_id, operation_name
from marts.bridge_operation_member as groups
join marts.bridge_operation_member as members on members.operation_id = groups.operation_id
join marts.dim_operation on dim_operation.operation_id = members.member_operation_id
where groups.member_operation_id = $operation and members.member_operation_id <> $operation
order by group_id, operation_name
"""
"""With whom its figures are shared."""

MEMBERS = """
select member_operation_id as operation_id, operation_name, 'member' as part
from marts.bridge_operation_member as members
join marts.dim_operation on dim_operation.operation_id = member_operation_id
where members.operation_id = $operation and member_operation_id <> $operation
union all
select operation_id, operation_name, 'child' from marts.dim_operation where parent_operation_id = $operation
order by part, operation_name
"""

LEADS = """
select member_agency_id as agency_id, agency_name, acronym
from marts.dim_operation
join marts.bridge_agency_member as members on members.agency_id = dim_operation.lead_agency_id
join marts.dim_agency on dim_agency.agency_id = member_agency_id
where dim_operation.operation_id = $operation and member_agency_id <> 'not-stated'
order by agency_name
"""

TIES = """
select
    ties.claim_id, ones.as_stated, ones.operation_id, ties.relation, ties.basis, ties.note,
    ties.related_claim_id, others.as_stated as related_as_stated, others.operation_id as related_operation_id,
    dim_operation.operation_name as related_operation_name, here.operation_name,
    coalesce(one_commodity.commodity_name, one_subject.subject_name) as thing_name,
    coalesce(other_commodity.commodity_name, other_subject.subject_name) as related_thing_name
from marts.bridge_claim_relation as ties
join marts.fct_claims as ones on ones.claim_id = ties.claim_id
join marts.fct_claims as others on others.claim_id = ties.related_claim_id
join marts.dim_operation as here on here.operation_id = ones.operation_id
join marts.dim_operation on dim_operation.operation_id = others.operation_id
left join marts.dim_commodity as one_commodity on one_commodity.commodity_id = ones.commodity_id
left join marts.dim_subject as one_subject on one_subject.subject_id = ones.subject_id
left join marts.dim_commodity as other_commodity on other_commodity.commodity_id = others.commodity_id
left join marts.dim_subject as other_subject on other_subject.subject_id = others.subject_id
where $operation in (ones.operation_id, others.operation_id) or exists (
    select 1 from marts.bridge_operation_member as members
    where members.member_operation_id = $operation
        and members.operation_id in (ones.operation_id, others.operation_id)
)
order by ones.document_id, ones.char_start, ties.related_claim_id, ties.relation
"""
