"""The page of one figure: its sentence and citation, what its words allow, whose it is, and what else says about it."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer.document_pages import is_web
from bicentennial.explorer.figures import FACTS, interval_of
from bicentennial.explorer.intervals import Axis
from bicentennial.explorer.reconciliation import VERDICTS
from bicentennial.explorer.release import Release, Row
from bicentennial.explorer.sentences import sentence_of
from bicentennial.explorer.site import Site

FIGURE = """
select
    claims.*, citations.publisher, citations.title, citations.date_text, citations.date_basis, citations.sha256,
    citations.characters, citations.citation, citations.mirror_of_url,
    coalesce(commodity_name, subject_name) as thing_name, operation_name, place_name, framework_area_name,
    said.unit_name, said.canonical_factor, said.factor_source, canonical.unit_name as canonical_unit_name
from marts.fct_claims as claims
join marts.claim_citations as citations using (claim_id)
join marts.dim_operation using (operation_id)
join marts.dim_unit as said using (unit_id)
join marts.dim_unit as canonical on canonical.unit_id = claims.canonical_unit_id
left join marts.dim_commodity using (commodity_id)
left join marts.dim_subject using (subject_id)
left join marts.dim_place on dim_place.place_id = claims.place_id
left join marts.dim_framework_area on dim_framework_area.framework_area_id = claims.framework_area_id
where claims.claim_id = $claim_id
"""

AGENCIES = """
select agency_id, agency_name, acronym, role
from marts.bridge_claim_agency join marts.dim_agency using (agency_id)
where claim_id = $claim_id order by role <> 'lead', role, agency_name
"""

OPERATIONS = """
select operation_id, operation_name, bridge.is_joint
from marts.bridge_claim_operation as bridge join marts.dim_operation using (operation_id)
where claim_id = $claim_id and operation_id <> 'none' order by operation_name
"""

YEARS = """
select year_id, year_name, coverage, day_count from marts.bridge_claim_year join marts.dim_year using (year_id)
where claim_id = $claim_id and dim_year.year_basis <> 'none' order by year_id
"""

TIES = """
select relation, basis, ties.note, true as is_from, other.claim_id, other.as_stated,
    coalesce(commodity_name, subject_name) as thing_name, other.claim_type
from marts.bridge_claim_relation as ties
join marts.fct_claims as other on other.claim_id = ties.related_claim_id
left join marts.dim_commodity using (commodity_id)
left join marts.dim_subject using (subject_id)
where ties.claim_id = $claim_id
union all
select relation, basis, ties.note, false, other.claim_id, other.as_stated,
    coalesce(commodity_name, subject_name), other.claim_type
from marts.bridge_claim_relation as ties
join marts.fct_claims as other on other.claim_id = ties.claim_id
left join marts.dim_commodity using (commodity_id)
left join marts.dim_subject using (subject_id)
where ties.related_claim_id = $claim_id
order by is_from desc, relation, claim_id
"""

DISAGREEMENTS = """
select
    kind, explanation,
    case when claim_id = $claim_id then related_claim_id else claim_id end as claim_id,
    case when claim_id = $claim_id then related_verbatim else verbatim end as verbatim
from marts.claim_disagreements where $claim_id in (claim_id, related_claim_id) order by kind, claim_id
"""

FACT_OF = "\nunion all\n".join(
    f"select '{slug}' as slug from {fact.table} where claim_id = $claim_id" for slug, fact in FACTS.items()
)


def routes(site: Site) -> list[Route]:
    def figure(request: Request) -> Response:
        release = site.release()
        return site.page(request, "figure.html", release, **_content(site, release, request.path_params["claim_id"]))

    return [Route("/figures/{claim_id}", figure)]


def _content(site: Site, release: Release, claim_id: str) -> dict[str, Any]:
    key = {"claim_id": claim_id}
    found = release.rows(FIGURE, key)
    if not found:
        raise HTTPException(404, f"There is no figure “{claim_id}” in this release.")
    claim = found[0]
    stated = interval_of(dict(claim, low=claim["value_low"], high=claim["value_high"]))
    canonical = interval_of(
        dict(claim, value=claim["canonical_value"], low=claim["canonical_low"], high=claim["canonical_high"])
    )
    (fact,) = release.rows(FACT_OF, key)
    official = release.rows(
        "select * from marts.claim_reconciliation where claim_id = $claim_id", key
    )  # seizures only: no other fact is counted by the statistics
    return {
        "claim": claim,
        "fact": FACTS[fact["slug"]],
        "sentence": sentence_of(site.documents, claim),
        "stated": stated,
        "canonical": canonical,
        "axis": Axis.of([stated]),
        "agencies": release.rows(AGENCIES, key),
        "operations": release.rows(OPERATIONS, key),
        "years": release.rows(YEARS, key),
        "ties": release.rows(TIES, key),
        "official": official[0] if official else None,
        "verdict": VERDICTS[official[0]["verdict"]][0] if official else "",
        "disagreements": release.rows(DISAGREEMENTS, key),
        "address": web_address(claim),
    }


def web_address(claim: Row) -> str | None:
    """Where the document is on the web: only what a browser may safely follow."""
    url = claim["source_url"] or claim["mirror_of_url"]
    return url if is_web(url) else None
