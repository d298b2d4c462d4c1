"""What a release brings along: what changed since the last one, the guides, and the validation site."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from bicentennial.explorer.release import Release
from bicentennial.explorer.site import SECURITY, Site

CHANGES = "CHANGES.md"
SITES = ("docs", "data_docs")
"""Folders of the release that hold a site of their own, at the address of the same name, as their links want it."""

# Sphinx and Great Expectations write scripts and styles into their pages. From elsewhere they still get nothing.
OWN_SITE = SECURITY | {
    "content-security-policy": "default-src 'self' data: 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
}


def there(release: Release) -> dict[str, bool]:
    """Which of them this release has."""
    return {"changes": (release.path / CHANGES).is_file()} | {
        name: (release.path / name / "index.html").is_file() for name in SITES
    }


def routes(site: Site) -> list[Route]:
    def changes(request: Request) -> Response:
        release = site.release()
        if not there(release)["changes"]:
            raise HTTPException(404, "This release does not say what changed.")
        text = (release.path / CHANGES).read_text(encoding="utf-8")
        return site.page(request, "changes.html", release, text=text)

    def own_site(request: Request) -> Response:
        address, _, rest = request.url.path.strip("/").partition("/")
        folder = site.release().path / address
        if not rest and not request.url.path.endswith("/"):
            return RedirectResponse(f"/{address}/")
        file = (folder / request.path_params["path"]).resolve()
        if file.is_dir():
            file /= "index.html"
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            raise HTTPException(404, "There is no such file in this release.")
        return FileResponse(file, headers=OWN_SITE)

    return [
        Route("/changes", changes),
        *(Route(f"/{address}", own_site) for address in SITES),
        *(Route(f"/{address}/{{path:path}}", own_site) for address in SITES),
    ]
