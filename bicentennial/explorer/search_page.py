"""Search: every figure whose wording, thing, operation, agency, place or document has all of the words."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer.site import Site

MOST = 200

SEARCH = """
with searched as (
    select
        claims.claim_id, claims.as_stated, claims.claim_type, claims.operation_id, operation_name,
        claims.lead_agency_id, agency_name, citations.publisher, citations.date_text,
        coalesce(commodity_name, subject_name) as thing_name,
        strip_accents(lower(concat_ws(
            ' ', as_stated, replace(as_stated, ',', ''), claims.claim_id, claim_type, commodity_name, commodity_group,
            subject_name, operation_name, agency_name, acronym, place_name, publisher, title,
            (
                select string_agg(concat_ws(' ', member.agency_name, member.acronym), ' ')
                from marts.bridge_claim_agency as bridge join marts.dim_agency as member using (agency_id)
                where bridge.claim_id = claims.claim_id
            )
        ))) as words
    from marts.fct_claims as claims
    join marts.claim_citations as citations using (claim_id)
    join marts.dim_operation using (operation_id)
    join marts.dim_agency on dim_agency.agency_id = claims.lead_agency_id
    left join marts.dim_commodity using (commodity_id)
    left join marts.dim_subject using (subject_id)
    left join marts.dim_place on dim_place.place_id = claims.place_id
)
select * from searched
where list_aggregate(
    list_transform(string_split($asked, ' '), lambda word: contains(words, strip_accents(lower(word)))), 'bool_and'
)
order by claim_id limit $most
"""


def routes(site: Site) -> list[Route]:
    def search(request: Request) -> Response:
        release = site.release()
        asked = " ".join(request.query_params.get("q", "")[:200].split())
        rows = release.rows(SEARCH, {"asked": asked, "most": MOST}) if asked else []
        return site.page(request, "search.html", release, asked=asked, rows=rows, is_cut=len(rows) == MOST)

    return [Route("/search", search)]
