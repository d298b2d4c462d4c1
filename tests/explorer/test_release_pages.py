"""What a release brings along is shown as it was meant, whatever the address or the text says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bicentennial.explorer.release import ANSWERS_KEPT, Releases
from bicentennial.explorer.release_pages import render

from ..support import Built
from .conftest import OpenPage, Server, get, running
from .pages import other_release

CHANGES = """# What changed in release 2

## Documents

- added: `a-2024`, A \\[later\\] \\| sheet <script>alert(1)</script>

| kind | before |
| --- | --- |
| seizure \\| other | more than 5 |

[go](javascript:alert(1)) ![see](https://elsewhere.example/x.png)
"""


def test_changes_are_shown_as_a_page(built: Built, tmp_path: Path, open_page: OpenPage) -> None:
    home, release = other_release(built, tmp_path)
    (release / "CHANGES.md").write_text(CHANGES, encoding="utf-8")
    with running(home) as server, open_page() as page:
        page.goto(server.url("/changes"))
        assert page.locator("main h1").all_inner_texts() == ["What changed in release 2"]
        assert page.locator("main h2").all_inner_texts() == ["Documents"]
        assert page.locator("main td").all_inner_texts() == ["seizure | other", "more than 5"]
        assert page.locator("main li").inner_text() == "added: a-2024, A [later] | sheet <script>alert(1)</script>"
        assert page.locator("main code").all_inner_texts() == ["a-2024"]
        assert page.locator("main a[href^=javascript], main img, main pre").count() == 0


def test_no_tag_of_a_text_becomes_one_of_the_page() -> None:
    assert "<b" not in render("a <b>title</b>\n\n<b onclick=x>\nblock\n</b>\n")


@pytest.mark.parametrize(
    "path", ["/docs/%00", "/data_docs/%00", "/data_docs/" + "x" * 5000, "/data_docs/" + "x/" * 3000]
)
def test_a_path_that_is_no_path_is_not_found(server: Server, path: str) -> None:
    assert get(server.url(path)).status == 404


@pytest.mark.parametrize("kind", ["operations", "agencies", "documents"])
@pytest.mark.parametrize("name", ["x", "%e2%82%ac", "a%0d%0aset-cookie:%20b=c"])
def test_there_is_no_file_of_what_is_not_there(server: Server, kind: str, name: str) -> None:
    assert get(server.url(f"/{kind}/{name}.csv")).status == 404


def test_pages_of_checks_work_and_are_strangers_to_the_explorer(server: Server, open_page: OpenPage) -> None:
    policy = get(server.url("/data_docs/")).headers["content-security-policy"]
    assert policy.endswith("sandbox allow-scripts")
    with open_page() as page:
        page.goto(server.url("/data_docs/"))
        assert page.evaluate("self.origin") == "null"
        page.locator("a[href^='marts/']").first.click()
        page.wait_for_url("**/data_docs/marts/**")
        assert page.locator("body").inner_text().strip()


def test_what_is_asked_often_is_kept(built: Built) -> None:
    release = Releases(built.home).current()
    often = release.table("select 'often'")
    for number in range(ANSWERS_KEPT + 1):
        release.table("select ?", [number])
        assert release.table("select 'often'") is often
    assert len(release._answers) == ANSWERS_KEPT
