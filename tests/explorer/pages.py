"""What tests of pages share: a page as it was answered, and releases that are not as the project's own."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
from bs4 import BeautifulSoup
from lxml import html

from bicentennial.settings import Home

from ..support import Built
from . import conftest


@dataclass(frozen=True)
class Answer:
    """One answer of the explorer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.body.decode())

    @property
    def soup(self) -> BeautifulSoup:
        """The page for CSS selectors."""
        return BeautifulSoup(self.body, "lxml")

    @property
    def text(self) -> str:
        """What a reader sees, white space made one space."""
        return " ".join(self.tree.find(".//main").text_content().split())

    def queries(self) -> list[str]:
        """The queries that the page shows, as they are pasted."""
        return [code.get_text() for code in self.soup.select("details.query pre code")]

    def csv(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.body.decode("utf-8-sig"))))


def get(address: str) -> Answer:
    found = conftest.get(address)
    return Answer(found.status, found.headers, found.text.encode())


def other_release(built: Built, root: Path, *statements: str) -> tuple[Home, Path]:
    """A home whose published release is a copy of the project's, changed by statements; and the release's folder."""
    home = Home(root / "home")
    release = home.releases / "20260101T000000Z-0ther000"
    shutil.copytree(built.home.published.resolve(), release)
    home.published.symlink_to(release.relative_to(home.root), target_is_directory=True)
    with duckdb.connect(release / "warehouse.duckdb") as connection:
        connection.execute("use marts")
        for statement in statements:
            connection.execute(statement)
    return home, release
