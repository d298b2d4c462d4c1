"""The explorer as an application: every page's routes, and to whom it answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bicentennial.explorer import (
    disagreements,
    document_pages,
    errors,
    fact_pages,
    figure_page,
    members,
    official,
    overview,
    release_pages,
    search_page,
)
from bicentennial.explorer.net import KnownNames
from bicentennial.explorer.site import Site
from bicentennial.settings import Home


def explorer(home: Home, documents: Path | None, names: Iterable[str]) -> Starlette:
    """The application. Beside addresses and `localhost` it answers to `names` only."""
    site = Site(home, documents)
    return Starlette(
        routes=[
            *overview.routes(site),
            *fact_pages.routes(site),
            *figure_page.routes(site),
            *search_page.routes(site),
            *members.routes(site),
            *official.routes(site),
            *disagreements.routes(site),
            *document_pages.routes(site),
            *release_pages.routes(site),
            Mount("/static", StaticFiles(packages=[("bicentennial.explorer", "static")])),
        ],
        middleware=[
            Middleware(KnownNames, names=names),
            Middleware(GZipMiddleware),
            Middleware(errors.Unchanged, site=site),
        ],
        exception_handlers=errors.handlers(site),
    )
