"""The explorer as a process of its own over the one whole build, and a real browser that looks at it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bicentennial.settings import Home

from ..support import CLI, PROJECT, Built, environment

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip

OpenPage = Callable[..., AbstractContextManager[Page]]


@dataclass(frozen=True)
class Server:
    """A running `bicentennial explore`; `address` ends with a slash."""

    address: str
    home: Home
    process: subprocess.Popen[str]

    def url(self, path: str) -> str:
        return self.address.rstrip("/") + path


@contextmanager
def running(home: Home, *arguments: str, **env: str) -> Iterator[Server]:
    """The explorer over a home, on a free port; ended as Ctrl-C ends it."""
    process = subprocess.Popen(
        [*CLI, "explore", "--no-browser", "--port", "0", *arguments], env=environment(home.root, **env), cwd=PROJECT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout and process.stderr
        line = process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        if not found:
            process.kill()
            pytest.fail(f"the explorer did not start: {line}{process.stderr.read()}")
        yield Server(found.group(), home, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="package")
def server(built: Built) -> Iterator[Server]:
    """The explorer over the project's own data, without the texts of the documents."""
    with running(built.home) as server:
        yield server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Not for the whole session: while it runs, its event loop is in the way of other tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"needs a browser: {CHROMIUM} is not there (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> OpenPage:
    """Opens a page with options of a browser context (`color_scheme`, `viewport`, `java_script_enabled`, …).

    At its end it fails when the browser complained of anything, or asked for anything from elsewhere.
    """

    @contextmanager
    def open_it(**options: object) -> Iterator[Page]:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))  # type: ignore[arg-type]
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if is_elsewhere(request.url) else None)
        try:
            yield page
            assert complaints == []
        finally:
            context.close()

    return open_it


def is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("localhost", "127.0.0.1")


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Page]:
    """A page of a screen's width."""
    with open_page() as page:
        yield page


@dataclass(frozen=True)
class Answer:
    """What a server answered: status, headers with small names, and the body as text."""

    status: int
    headers: dict[str, str]
    text: str

    def figures(self) -> list[str]:
        """The figures whose rows stand on the page, from top to bottom."""
        return re.findall(r'<th role="rowheader" scope="row" class="stated"><a href="/figures/([^"]+)"', self.text)


def get(url: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for an address, without a browser."""
    request = Request(url, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request, timeout=30) as answer:
            found = answer.status, answer.headers, answer.read()
    except HTTPError as error:
        found = error.code, error.headers, error.read()
    status, named, body = found
    return Answer(status, {name.lower(): value for name, value in named.items()}, body.decode("utf-8"))
