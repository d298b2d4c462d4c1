"""What a reader sees when there is no page, and when a page is unchanged. What went wrong is told in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bicentennial.explorer.site import SECURITY, Site

Handler = Callable[[Request, Exception], Response]


class Unchanged:
    """Answers 304 where the reader's copy is that of the release which is published now: nothing is asked or drawn."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = Headers(scope=scope).get("if-none-match") if scope["type"] == "http" else None
        if known and scope["method"] in ("GET", "HEAD") and not scope["path"].startswith("/static/"):
            try:
                tag = self._site.tag(Request(scope), self._site.release())
            except FileNotFoundError:
                tag = None
            if tag and tag in {one.strip() for one in known.split(",")}:
                await Response(status_code=304, headers=SECURITY | {"etag": tag})(scope, receive, send)
                return
        await self._app(scope, receive, send)


def handlers(site: Site) -> dict[int | type[Exception], Handler]:
    """Plain pages for what goes wrong."""

    def page(request: Request, status: int, title: str, text: str) -> Response:
        try:
            release = site.release()
        except Exception:  # the page of an error must not fail for the same reason
            release = None
        answer = site.page(request, "message.html", release, title=title, text=text)
        answer.status_code = status
        if "etag" in answer.headers:
            del answer.headers["etag"]  # the page may be there the next time
        return answer

    def not_there(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 405:
            return page(request, 405, "Pages are for reading", "Nothing can be sent to this address.")
        text = error.detail if error.detail and error.detail != "Not Found" else f"There is no page {request.url.path}."
        return page(request, error.status_code, "Not here", text[:1].upper() + text[1:])

    def nothing_published(request: Request, error: Exception) -> Response:
        if site.is_published():  # another file is missing: that is an error
            raise error
        return page(
            request, 503, "Nothing is published",
            "Run `make warehouse` (or `bicentennial build`): this page then shows what it has published.",
        )  # fmt: skip

    def broken(request: Request, error: Exception) -> Response:
        headline = (str(error).splitlines() or [""])[0]
        print(f"{request.method} {request.url.path}: {type(error).__name__}: {headline}", file=sys.stderr)
        return page(request, 500, "Something went wrong", "This page could not be made. The terminal says why.")

    return {HTTPException: not_there, FileNotFoundError: nothing_published, Exception: broken}
