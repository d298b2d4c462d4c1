"""What a release brings along: what changed since the last one, the guides, and the validation site."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from bicentennial.explorer.release import Release
from bicentennial.explorer.site import SECURITY, Site

CHANGES = "CHANGES.md"
SITES = ("docs", "data_docs")
"""Folders of the release that hold a site of their own, at the address of the same name, as their links want it."""

POLICY = "default-src 'self' data: 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
OWN_SITE = {
    "docs": SECURITY | {"content-security-policy": POLICY},
    "data_docs": SECURITY | {"content-security-policy": f"{POLICY}; sandbox allow-scripts"},
}
"""Sphinx and Great Expectations write scripts and styles into their pages. From elsewhere they still get nothing.

Pages of checks show values of the data: what runs there has no part in the explorer's origin, and cannot read its
pages. The guides are made of this repository alone, and remember the reader's colours in the origin's storage.
"""

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
"""Tags in a document's title stay text, also where the page was written by hand."""
MARKDOWN.add_render_rule(
    "table_open", lambda *_: '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
)
MARKDOWN.add_render_rule("table_close", lambda *_: "</table></div>\n")
MARKDOWN.add_render_rule("th_open", lambda *_: '<th scope="col">')


def render(text: str) -> Markup:
    """Markdown as a page shows it: its first heading is the page's, and a wide table scrolls by itself."""
    return Markup(MARKDOWN.render(text))


def file_of(folder: Path, path: str) -> Path | None:
    """A file of a site, or the front page of a folder of it; nothing where there is none, or it is not a path."""
    try:
        file = (folder / path).resolve()
        if file.is_dir():
            file /= "index.html"
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):  # too long for the file system; a byte that no name has
        return None


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
        return site.page(request, "changes.html", release, text=render(text))

    def own_site(request: Request) -> Response:
        address, _, rest = request.url.path.strip("/").partition("/")
        folder = site.release().path / address
        if not rest and not request.url.path.endswith("/"):
            return RedirectResponse(f"/{address}/")
        file = file_of(folder, request.path_params.get("path", ""))
        if file is None:
            raise HTTPException(404, "There is no such file in this release.")
        return FileResponse(file, headers=OWN_SITE[address])

    return [
        Route("/changes", changes),
        *(Route(f"/{address}", own_site) for address in SITES),
        *(Route(f"/{address}/{{path:path}}", own_site) for address in SITES),
    ]
