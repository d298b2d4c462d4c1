"""The pages of documents: what was read, what was found in it, and where, also where nothing was."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer.facts import FIGURES
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import known
from bicentennial.explorer.site import Site

DOCUMENTS = """
select
    coverage.document_id, coverage.file_name, coverage.sha256, coverage.char_count, is_registered, read_status,
    read_problem, figures_found, accepted_count, rejected_count, open_count, no_claim_count,
    title, publisher, document_kind, published_on, published_on_basis, event_on, source_url, mirror_of_url,
    supersedes_document_id, licence, note, dim_document.document_id is not null as has_page
from marts.document_coverage as coverage
left join marts.dim_document using (document_id)
order by coalesce(published_on, event_on) desc nulls last, coverage.document_id
"""
WAITING = "select count(*) as figures, count(distinct file_name) as documents from marts.review_queue"

ONE = "select * from marts.dim_document where document_id = $document"
IN_ORDER = f"""{FIGURES.format(table="marts.fct_claims").strip()}
where claims.document_id = $document
order by claims.char_start"""
VERSIONS = """
select document_id, title from marts.dim_document
where supersedes_document_id = $document or document_id = (
    select supersedes_document_id from marts.dim_document where document_id = $document
)
order by document_id
"""

KINDS = {
    "fact_sheet": "fact sheet", "news": "news article", "article": "article", "statement": "statement",
    "press_release": "press release",
}  # fmt: skip
READ = {
    "read": "text read",
    "not_read": "entered by curators; text not at hand in this build",
    "unreadable": "could not be read",
}


def is_web(url: str | None) -> bool:
    """Whether it is an address that a browser may safely follow."""
    return bool(url and url.startswith(("https://", "http://")))


def routes(site: Site) -> list[Route]:
    def documents(request: Request) -> Response:
        release = site.release()
        question = Question(DOCUMENTS)
        rows = question.rows(release)
        return site.page(
            request, "documents.html", release, rows=rows, question=question, waiting=release.rows(WAITING)[0],
            kinds=KINDS, read=READ, is_web=is_web,
        )  # fmt: skip

    def documents_csv(request: Request) -> Response:
        return site.csv(site.release(), "documents", DOCUMENTS)

    def document(request: Request) -> Response:
        release = site.release()
        chosen = {"document": request.path_params["document_id"]}
        found = known(release, ONE, chosen)
        question = Question(IN_ORDER, chosen)
        versions = release.rows(VERSIONS, chosen)
        return site.page(
            request, "document.html", release, document=found, rows=question.rows(release), question=question,
            versions=versions, kinds=KINDS, is_web=is_web,
        )  # fmt: skip

    def document_csv(request: Request) -> Response:
        release, chosen = site.release(), {"document": request.path_params["document_id"]}
        known(release, ONE, chosen)
        return site.csv(release, f"document-{chosen['document']}", IN_ORDER, chosen)

    return [
        Route("/documents", documents),
        Route("/documents.csv", documents_csv),
        Route("/documents/{document_id}.csv", document_csv),
        Route("/documents/{document_id}", document),
    ]
