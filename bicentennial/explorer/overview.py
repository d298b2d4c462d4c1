"""The first page: what is known, by fact and year, and the first chart."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer import headlines, operations, reconciliation, release_pages
from bicentennial.explorer.figures import FACTS, Group, Selection, figures, groups
from bicentennial.explorer.members import FACT_OF
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Release, Row
from bicentennial.explorer.site import Site

MATRIX = f"""
with fact_of as (
{FACT_OF}
)
select fact, fiscal_year_id, count(*) as figures
from fact_of join marts.fct_claims using (claim_id)
group by all
order by all
"""
LAST_YEARS = ("spans", "not-stated")

DOCUMENTS = """
select document_id, title, publisher, coalesce(published_on, event_on) as dated_on, claim_count
from marts.dim_document
order by claim_count desc, document_id
"""

OPERATIONS_SHOWN = 8


def routes(site: Site) -> list[Route]:
    def overview(request: Request) -> Response:
        release = site.release()
        matrix = Question(MATRIX)
        counts = {(row["fact"], row["fiscal_year_id"]): row["figures"] for row in matrix.rows(release)}
        years = sorted({year for _, year in counts if year not in LAST_YEARS}) + [
            year for year in LAST_YEARS if any(year == other for _, other in counts)
        ]
        verdicts = reconciliation.reconciliation(reconciliation.question().rows(release))
        of_operations = [row for row in Question(operations.OPERATIONS).rows(release) if not row["is_joint"]]
        fentanyl = Selection(FACTS["seizures"], {"thing": "fentanyl"})
        return site.page(
            request, "overview.html", release, facts=list(FACTS.values()), years=years, counts=counts,
            figures=sum(counts.values()), most=max(counts.values(), default=1), matrix=matrix,
            totals=headlines.totals(release), chart=_weights(figures(release, fentanyl)),
            chart_question=fentanyl.question(), documents=release.rows(DOCUMENTS),
            operations=of_operations[:OPERATIONS_SHOWN], found=verdicts, there=release_pages.there(release),
            disagreements=_count(release, "claim_disagreements"), revisions=_count(release, "official_revisions"),
        )  # fmt: skip

    return [Route("/", overview), Route("/overview.csv", lambda _: site.csv(site.release(), "overview", MATRIX))]


def _count(release: Release, table: str) -> int:
    return int(release.rows(f"select count(*) as rows from {table}")[0]["rows"])


def _weights(rows: list[Row]) -> Group | None:
    """Those that are weights, most first; nothing where there are none."""
    weights = sorted(
        (row for row in rows if row["unit_id"] == "lb"), key=lambda row: (-row["interval"].value, row["claim_id"])
    )
    return next(groups(weights, FACTS["seizures"]), None)
