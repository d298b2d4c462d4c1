"""The page of official statistics: what CBP counts, which files say so, and statements held against them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer import official_series, reconciliation
from bicentennial.explorer.official_series import COUNTED, PERIODS, Choice
from bicentennial.explorer.questions import Question
from bicentennial.explorer.site import Site

VINTAGES = """
select
    vintage_id, dataset, file_name, publisher, source_url, published_on, first_month_on, last_month_on,
    is_last_year_partial, row_count, has_areas, newest_month_count, citation
from marts.dim_vintage
order by dataset, vintage_rank desc
"""
REVISIONS = """
select
    month_starts_on, component_id, region_id, area_id, commodity_name, kind, previous_quantity, quantity, change,
    unit_id, previous_event_count, event_count, vintage_id, previous_vintage_id
from marts.official_revisions join marts.dim_commodity using (commodity_id)
order by abs(change) desc, month_starts_on, component_id, region_id, area_id, commodity_name
"""
REVISIONS_SHOWN = 50


def routes(site: Site) -> list[Route]:
    def official(request: Request) -> Response:
        release = site.release()
        commodities = official_series.commodities(release)
        choice = Choice.of(request.query_params, commodities)
        series, vintages, revisions = choice.question(), Question(VINTAGES), Question(REVISIONS)
        statements = reconciliation.question()
        rows = series.rows(release)
        revised = revisions.rows(release)
        return site.page(
            request, "official.html", release, choice=choice, commodities=commodities, counted=COUNTED,
            periods=PERIODS, rows=rows, chart=official_series.chart(rows, choice), vintages=vintages.rows(release),
            commodity=next((row["name"] for row in commodities if row["id"] == choice.commodity), ""),
            revisions=revised[:REVISIONS_SHOWN], revision_count=len(revised),
            found=reconciliation.reconciliation(statements.rows(release)), verdicts=reconciliation.VERDICTS,
            questions={"series": series, "vintages": vintages, "revisions": revisions, "statements": statements},
        )  # fmt: skip

    def series_csv(request: Request) -> Response:
        release = site.release()
        choice = Choice.of(request.query_params, official_series.commodities(release))
        question = choice.question()
        name = f"official-{choice.commodity}-by-{choice.period}".replace("_", "-")
        return site.csv(release, name, question.sql, question.parameters)

    return [
        Route("/official", official),
        Route("/official.csv", series_csv),
        Route("/vintages.csv", lambda _: site.csv(site.release(), "vintages", VINTAGES)),
        Route("/revisions.csv", lambda _: site.csv(site.release(), "revisions", REVISIONS)),
        Route(
            "/reconciliation.csv",
            lambda _: site.csv(site.release(), "reconciliation", reconciliation.question().sql),
        ),
    ]
