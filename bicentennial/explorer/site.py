"""What all pages share: the release they are made from, templates, navigation, headers."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bicentennial.explorer import words
from bicentennial.explorer.figures import FACTS
from bicentennial.explorer.intervals import LEGEND, LEGEND_AXIS, number, short
from bicentennial.explorer.release import Release, Releases
from bicentennial.exports import FORMULA_SIGNS
from bicentennial.query import show_value
from bicentennial.settings import Home

SECURITY = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}
"""Nothing is loaded from elsewhere, and nothing that a document says can become a script."""

FORMULA = re.compile(f"[{FORMULA_SIGNS}]")

NAVIGATION = (
    ("/", "Overview"),
    *((f"/{fact.slug}", fact.title) for fact in FACTS.values()),
    ("/operations", "Operations"),
    ("/agencies", "Agencies"),
    ("/official", "Official statistics"),
    ("/disagreements", "Disagreements"),
    ("/documents", "Documents"),
)


class Site:
    """Gives page functions their release and renders what they found. `documents` is the folder of the texts."""

    def __init__(self, home: Home, documents: Path | None) -> None:
        self.documents = documents
        self._releases = Releases(home)
        self._started = time.time_ns()
        self._templates = Environment(
            loader=PackageLoader("bicentennial.explorer"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "NAVIGATION": NAVIGATION, "words": words, "number": number, "short": short,
            "LEGEND": LEGEND, "LEGEND_AXIS": LEGEND_AXIS,
        }  # fmt: skip

    def release(self) -> Release:
        """The release that is published now. A page asks for it once, and is made from that one."""
        return self._releases.current()

    def is_published(self) -> bool:
        """Whether there is a release at all."""
        try:
            self.release()
        except FileNotFoundError:
            return False
        return True

    def tag(self, request: Request, release: Release) -> str | None:
        """What a page of this address is known by: its release, this process (its templates), and its address.

        None where the page depends on more: a figure's sentence is in a file that may change.
        """
        if self.documents and request.url.path.startswith("/figures/"):
            return None
        name = f"{self._started} {release.version} {request.url.path}?{request.url.query}"
        return f'W/"{hashlib.sha256(name.encode()).hexdigest()[:24]}"'

    def page(self, request: Request, template: str, release: Release | None, **content: Any) -> HTMLResponse:
        html = self._templates.get_template(template).render(
            path=request.url.path, release=release, query=urlencode(list(request.query_params.multi_items())), **content
        )
        tag = self.tag(request, release) if release else None
        return HTMLResponse(html, headers=SECURITY | ({"etag": tag} if tag else {}))

    def csv(self, release: Release, name: str, sql: str, parameters: Mapping[str, Any] | None = None) -> Response:
        """The rows of a query as a file that spreadsheets open, as the `csv/` of a release: UTF-8 with its mark."""
        header, rows = release.table(sql, parameters or {})
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows(map(csv_cell, row) for row in rows)
        file_name = f"bicentennial-{name}-{release.version}.csv"
        return Response(
            text.getvalue().encode("utf-8-sig"),
            media_type="text/csv; charset=utf-8",
            headers=SECURITY | {"content-disposition": f'attachment; filename="{file_name}"'},
        )


def csv_cell(value: Any) -> str:
    """A cell for a spreadsheet: nothing for null, true and false in small letters, no text that runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "'" + value if isinstance(value, str) and FORMULA.match(value) else show_value(value)
