"""The facts as pages, and the SQL that they are asked with: the figures, and for each filter who or what they have."""

from __future__ import annotations

from dataclasses import dataclass

FILTERS = ("agency", "operation", "thing", "year", "stage", "bound")


@dataclass(frozen=True)
class Fact:
    """A fact table as a page: its figures side by side where they count the same thing in the same unit."""

    slug: str
    table: str
    title: str
    thing: str
    """What the third filter is called: what the figures are of."""
    group: str
    """The column of `FIGURES` with what stands under one heading, beside the unit."""
    lead: str
    counted: str | None = None
    """What is counted where the unit is `count`; without it, the thing itself."""
    has_total: bool = True
    """Whether a report adds this fact up. What is of many kinds (counties, states, cases) has no sum."""
    has_mass: bool = False

    @property
    def filters(self) -> tuple[str, ...]:
        return tuple(name for name in FILTERS if name != "stage" or self.slug == "funding")

    def label(self, name: str) -> str:
        """What a filter is called."""
        return {"agency": "Lead agency", "operation": "Operation", "thing": self.thing, "year": "Year",
                "stage": "Stage", "bound": "Words"}[name]  # fmt: skip


FACTS = {
    fact.slug: fact
    for fact in (
        Fact("seizures", "marts.fct_seizures", "Seizures", "Commodity", "thing_group",
             "What was seized, as it was stated. One event may stand here in several measures; "
             "different units are never added to each other.", has_mass=True),
        Fact("arrests", "marts.fct_arrests", "Arrests", "Subject", "claim_type_name",
             "Arrests, as they were stated: counted as acts, or as people.", counted="arrests"),
        Fact("outcomes", "marts.fct_case_outcomes", "Case outcomes", "Subject", "claim_type_name",
             "Warrants, charges, convictions, sentences, removals, designations: stages, in which the same people "
             "may stand twice.", has_total=False),
        Fact("trainings", "marts.fct_trainings", "Trainings", "Topic", "claim_type_name",
             "Who was trained, certified or attended. Sessions are not trainees, and attendance is not training.",
             counted="sessions"),
        Fact("funding", "marts.fct_funding", "Funding", "Purpose", "stage_name",
             "Money asked for or given, and awards made. Stages of money are never added to each other.",
             counted="awards"),
        Fact("measures", "marts.fct_other_measures", "Other measures", "Subject", "claim_type_name",
             "Everything else that was counted, and rates and changes, which have no sum.", has_total=False),
    )
}  # fmt: skip

FIGURES = """
select
    claims.claim_id, claims.document_id, claims.as_stated, claims.verbatim, claims.qualifier, claims.claim_type,
    replace(upper(claims.claim_type[1]) || claims.claim_type[2:], '_', ' ') as claim_type_name,
    coalesce(upper(claims.funding_stage[1]) || claims.funding_stage[2:], 'Stage not stated') as stage_name,
    coalesce(commodity_id, subject_id) as thing_id,
    coalesce(commodity_name, subject_name) as thing_name,
    commodity_kind as thing_kind,
    -- cash, proceeds and money of a kind not stated are never one sum
    case
        when dim_commodity.commodity_group = 'money' then commodity_name
        else coalesce(
            upper(dim_commodity.commodity_group[1]) || replace(dim_commodity.commodity_group[2:], '-', ' '),
            subject_name
        )
    end as thing_group,
    claims.operation_id, operation_name, claims.lead_agency_id, agency_name, acronym,
    claims.canonical_value as value, claims.canonical_low as low, claims.canonical_high as high,
    claims.is_low_inclusive, claims.is_high_inclusive, claims.canonical_unit_id as unit_id, unit_name,
    claims.period_basis, claims.period_start, claims.period_end, claims.as_of,
    claims.fiscal_year_id, claims.calendar_year_id, claims.rate_per, claims.direction,
    claims.is_in_total, claims.total_exclusion_reason,
    citations.publisher, citations.date_text, citations.characters
from {table} as claims
join marts.claim_citations as citations using (claim_id)
join marts.dim_operation using (operation_id)
join marts.dim_agency on dim_agency.agency_id = claims.lead_agency_id
join marts.dim_unit on dim_unit.unit_id = claims.canonical_unit_id
left join marts.dim_commodity using (commodity_id)
left join marts.dim_subject using (subject_id)
"""

MEMBERS = {
    # Joint work is found from each of its members and from the joint group itself, and stays one figure. An agency
    # that gave, supported or reported has not done it: such figures are on the agency's own page.
    "agency": "select claim_id, lead_agency_id as member_id from {table}"
              " union select claim_id, agency_id from marts.bridge_claim_agency where role = 'lead'",
    "operation": "select claim_id, operation_id as member_id from {table}"
                 " union select claim_id, operation_id from marts.bridge_claim_operation",
    "thing": "select claim_id, coalesce(dim_commodity.commodity_group, subject_id) as member_id"
             " from {table} left join marts.dim_commodity using (commodity_id)"
             " union select claim_id, commodity_id from {table} where commodity_id is not null",
    # FY2023 is touched, wholly-FY2023 holds the whole period; `spans` is more than one fiscal year
    "year": "select claim_id, year_id as member_id from marts.bridge_claim_year"
            " union select claim_id, if(fiscal_year_id = 'spans', fiscal_year_id, 'wholly-' || fiscal_year_id)"
            " from {table} where fiscal_year_id <> 'not-stated'",
    "stage": "select claim_id, coalesce(funding_stage, 'not-stated') as member_id from {table}",
    "bound": "select claim_id, qualifier as member_id from {table}",
}  # fmt: skip
"""For each filter, which members a figure has: `claim_id`, `member_id`."""

OTHER_PARTS = """
select count(distinct claims.claim_id) as figures
from {table} as claims join marts.bridge_claim_agency as parts using (claim_id)
where parts.agency_id = $agency and parts.role <> 'lead' and not ({led}) and {others}
"""
"""How many figures an agency did not lead but had another part in."""


@dataclass(frozen=True)
class Names:
    """How the members of a filter are called, and in which order they stand."""

    label: str = "member_id"
    join: str = ""
    is_joint: str = "false"
    order: str = "name"


NAMES = {
    "agency": Names(
        "coalesce(acronym || ' – ', '') || agency_name",
        "join marts.dim_agency on dim_agency.agency_id = member_id", "dim_agency.is_joint",
        "id = 'not-stated', name",
    ),
    "operation": Names(
        "operation_name", "join marts.dim_operation on dim_operation.operation_id = member_id",
        "dim_operation.is_joint", "id = 'none', name",
    ),
    "thing": Names(
        # a group is called by its own name, not by that of its member of a kind not stated
        "coalesce(subject_name, case when groups.commodity_group is null then commodity_name end,"
        " upper(member_id[1]) || replace(member_id[2:], '-', ' '))",
        "left join marts.dim_subject on dim_subject.subject_id = member_id"
        " left join marts.dim_commodity as named on named.commodity_id = member_id"
        " left join (select distinct commodity_group from marts.dim_commodity) as groups"
        " on groups.commodity_group = member_id",
    ),
    "year": Names(
        "if(starts_with(member_id, 'wholly-'), 'Wholly in f', if(year_basis = 'fiscal_year', 'F', ''))"
        " || replace(year_name, 'U.S. f', '')",
        "join marts.dim_year on dim_year.year_id = replace(member_id, 'wholly-', '')",
        order="id = 'not-stated', id = 'spans', starts_with(id, 'wholly-'), id[:2] desc, id desc",
    ),
    "stage": Names("upper(member_id[1]) || replace(member_id[2:], '-', ' ')"),
    "bound": Names(order="figures desc, name"),
}  # fmt: skip
