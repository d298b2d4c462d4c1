"""The pages of facts: figures side by side, with filters in the address, and as CSV."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bicentennial.explorer import figures
from bicentennial.explorer.figures import FACTS, MASSES, Selection
from bicentennial.explorer.site import Site


def routes(site: Site) -> list[Route]:
    def facts(request: Request) -> Response:
        given = request.query_params.multi_items()
        if any(not value for _, value in given):  # a form sends its empty fields too; addresses are kept short
            kept = urlencode([(name, value) for name, value in given if value])
            return RedirectResponse(request.url.path + ("?" + kept if kept else ""), 303)
        release = site.release()
        selection = _selection(request)
        fact = selection.fact
        options = figures.options(release, selection)
        unknown = selection.unknown(options)
        rows = [] if unknown else figures.figures(release, selection)
        page = site.page(
            request, "figures.html", release, fact=fact, chosen=selection.chosen, mass=selection.mass, MASSES=MASSES,
            rows=rows, groups=list(figures.groups(rows, fact)), options=options, unknown=unknown,
            sql=selection.question().pasted(), other_parts=figures.other_parts(release, selection),
        )  # fmt: skip
        page.status_code = 404 if unknown else 200
        return page

    def facts_csv(request: Request) -> Response:
        selection = _selection(request)
        release = site.release()
        if unknown := selection.unknown(figures.options(release, selection)):
            raise HTTPException(404, f"no figure has this {', '.join(map(selection.fact.label, unknown)).lower()}")
        return site.csv(
            release, selection.fact.slug,
            f"select claims.*, citation from {selection.fact.table} as claims"
            f" join marts.claim_citations using (claim_id) where {selection.where()} order by claim_id",
            selection.chosen,
        )  # fmt: skip

    return [*(Route(f"/{slug}", facts) for slug in FACTS), *(Route(f"/{slug}.csv", facts_csv) for slug in FACTS)]


def _selection(request: Request) -> Selection:
    fact = FACTS[request.url.path.strip("/").removesuffix(".csv")]
    asked = request.query_params
    mass = asked.get("mass", "lb")
    if mass not in MASSES:
        raise HTTPException(404, f"masses are shown in {' or '.join(MASSES)}")
    return Selection(fact, {name: value for name in fact.filters if (value := asked.get(name))}, mass)
