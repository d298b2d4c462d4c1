"""The documentation site is whole, tells of the published release, and needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from bicentennial.docs.lineage import render_lineage
from bicentennial.docs.pages import (
    CHAPTERS,
    DIAGRAM,
    DIAGRAMS,
    name_diagram,
    render_front_page,
    render_page,
    source_pages,
)
from bicentennial.docs.site import build_site
from bicentennial.settings import Home

from .support import PROJECT, Built, copied_home, environment, file_hashes

CHROMIUM = Path("/usr/bin/chromium")
LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


def make_docs(home: Home) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bicentennial.docs"], env=environment(home.root), cwd=PROJECT, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site of a copy of the built release, which itself has to stay as it was published."""
    with copied_home(built.home, tmp_path_factory.mktemp("docs") / "home") as home:
        before = file_hashes(home.published.resolve())
        done = make_docs(home)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"{home.published / 'docs' / 'index.html'}" in done.stdout.replace("\n", "")
        after = file_hashes(home.published.resolve())
        assert {name: digest for name, digest in after.items() if not name.startswith("docs/")} == before
        assert not list(home.build.glob("docs-*"))
        yield home.published.resolve() / "docs"


class Page(HTMLParser):
    """What a page loads, where it links to, and the anchors that it has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.anchors |= {value for name in ("id", "name") if (value := values.get(name))}
        if target := values.get(LOADED.get(tag, "")):
            self.loaded.append(target)
        if tag == "a" and (target := values.get("href")):
            self.links.append(target)


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[Path, Page]:
    return {path.resolve(): Page(path) for path in site.rglob("*.html") if path.parent.name != "dbt"}


def test_every_page_of_the_repository_is_in_the_site_and_its_tree(parsed: dict[Path, Page], site: Path) -> None:
    listed = {(site / urlsplit(link).path).resolve() for link in parsed[site / "index.html"].links}
    for page in source_pages():
        target = (site / page.relative_to(PROJECT)).with_suffix(".html")
        assert target in parsed, page
        assert target in listed, page


def test_no_link_leads_nowhere(parsed: dict[Path, Page], site: Path) -> None:
    broken, checked = [], 0
    for path, page in parsed.items():
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            checked += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchors = parsed[target].anchors if target in parsed and parts.fragment else {parts.fragment}
            if not target.exists() or unquote(parts.fragment) not in anchors:
                broken.append(f"{path.name}: {link}")
    assert broken == []
    assert checked > 1000


def test_nothing_is_loaded_from_elsewhere(parsed: dict[Path, Page], site: Path) -> None:
    loaded = {target for page in parsed.values() for target in page.loaded}
    assert loaded
    assert {target for target in loaded if urlsplit(target).scheme not in ("", "data") or target[:2] == "//"} == set()
    styles = "".join(path.read_text(encoding="utf-8") for path in [*site.rglob("*.css"), *site.rglob("*.svg")])
    assert not re.findall(r"@import[^;]*//|url\(\s*['\"]?(?:https?:)?//", styles)
    dbt = (site / "dbt" / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=['\"]?(?:https?:)?//", dbt)
    assert not re.findall(r"\.src\s*=\s*['\"](?:https?:)?//\w|@import[^;]*//|url\(['\"]?(?:https?:)?//\w", dbt)


def test_the_front_page_names_the_release_and_what_lies_beside_it(parsed: dict[Path, Page], site: Path) -> None:
    front = site / "index.html"
    assert site.parent.name in front.read_text(encoding="utf-8")
    assert {"dbt/index.html", "../data_docs/index.html", "lineage.html", "changes.html"} <= set(parsed[front].links)


def test_dbt_docs_describe_what_is_published(site: Path, built: Built) -> None:
    text = (site / "dbt" / "index.html").read_text(encoding="utf-8")
    assert "warehouse.marts.fct_claims" in text or '"name": "fct_claims"' in text or '"name":"fct_claims"' in text
    assert "model.bicentennial.seizures_by_agency_operation_year" in text
    assert str(PROJECT) not in text
    assert str(built.home.root.parent) not in text


def test_no_page_names_a_folder_of_this_machine(site: Path) -> None:
    for path in [*site.rglob("*.html"), *site.rglob("*.js")]:
        assert str(PROJECT) not in path.read_text(encoding="utf-8"), path.name


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def test_search_finds_a_column_from_the_disk(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.fill(".sidebar-search", "canonical_value")
    page.press(".sidebar-search", "Enter")
    page.wait_for_selector("#search-results li a", timeout=30_000)
    assert page.wait_for_selector("#search-results >> text=Data dictionary", timeout=30_000)
    assert asked
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()


@pytest.mark.parametrize("width", [360, 1300])
@pytest.mark.parametrize("name", ["index", "README", "lineage", "changes", "docs/data-dictionary"])
def test_a_wide_table_scrolls_within_itself(site: Path, browser: Browser, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_diagrams_are_drawn_and_described(site: Path, browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((site / "README.html").as_uri())
    images = [image for image in page.query_selector_all(".diagram img") if image.is_visible()]
    assert len(images) == 2
    for image in images:
        assert image.evaluate("image => image.naturalWidth") > 100
        assert len(image.get_attribute("alt") or "") > 40
        assert ("-dark" in (image.get_attribute("src") or "")) == (scheme == "dark")
    context.close()


# Pages and diagrams


def test_drawings_are_those_of_the_diagrams() -> None:
    texts = [match["text"] for page in source_pages() for match in DIAGRAM.finditer(page.read_text(encoding="utf-8"))]
    names = {name_diagram(text, dark=dark) for text in texts for dark in (False, True)}
    assert {path.name for path in DIAGRAMS.glob("*")} == names, "run docs/diagrams.py"


def test_a_diagram_that_was_changed_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    text = next(DIAGRAM.finditer((PROJECT / "README.md").read_text(encoding="utf-8")))[0]
    page.write_text(text.replace("curator", "reader"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"README.md: the diagram “.*” was changed: run docs/diagrams.py"):
        render_page(page)
    page.write_text("```mermaid\nflowchart LR\n    a --> b\n```\n", encoding="utf-8")
    with pytest.raises(ValueError, match="without accTitle"):
        render_page(page)


def test_a_new_page_comes_last_and_is_not_missing(built: Built) -> None:
    manifest = json.loads((built.home.published / "manifest.json").read_text(encoding="utf-8"))
    told = render_front_page({"README", "docs/design", "docs/brand-new"}, manifest, None)
    places = [told.index(words) for words in ("<README>", "docs/design", ":caption: More", "docs/brand-new")]
    assert places == sorted(places)


def test_every_guide_of_the_repository_has_its_chapter() -> None:
    named = {name for chapter in CHAPTERS.values() for name in chapter}
    assert {page.relative_to(PROJECT).with_suffix("").as_posix() for page in source_pages()} <= named


def test_guides_of_other_code_than_the_release_say_so(built: Built) -> None:
    manifest = json.loads((built.home.published / "manifest.json").read_text(encoding="utf-8")) | {
        "git_commit": "a" * 40
    }
    assert "**Guides" not in render_front_page({"README"}, manifest, "a" * 40)
    told = render_front_page({"README"}, manifest, "b" * 40 + "+changes")
    assert "**Guides, lineage and dbt docs are of commit bbbbbbbbbbbb+changes**" in told


def test_a_site_tells_of_the_release_that_it_lies_in(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest is that of the folder, also when the link moves on after it was followed."""
    read = []
    monkeypatch.setattr("bicentennial.docs.site.read_manifest", read.append)
    home = Home(tmp_path / "home")
    (home.releases / "one").mkdir(parents=True)
    home.published.symlink_to(Path("releases") / "one", target_is_directory=True)
    with pytest.raises(FileNotFoundError):
        build_site(home)
    assert read == [(home.releases / "one").resolve()]


def test_lineage_goes_through_models_to_the_tables_that_were_loaded() -> None:
    def model(name: str, schema: str, *above: str) -> dict[str, object]:
        return {"resource_type": "model", "name": name, "schema": schema, "description": "One | row.",
                "depends_on": {"nodes": list(above)}}  # fmt: skip

    told = render_lineage(
        {
            "sources": {"source.claims": {"name": "claims"}, "source.units": {"name": "units"}},
            "nodes": {
                "stg": model("stg_claims", "staging", "source.claims"),
                "fct": model("fct_claims", "marts", "stg"),
                "report": model("totals", "marts", "fct", "source.units"),
                "test.x": {"resource_type": "test"},
            },
        }
    )
    assert "| [`totals`](docs/data-dictionary.md#totals) | `fct_claims`, `units` | `claims`, `units` |" in told
    assert "| `claims` | `fct_claims`, `totals` |" in told
    assert "| `stg_claims` | One \\| row. | `claims` |" in told


# Refusals


def test_nothing_published_is_told(home: Home) -> None:
    done = make_docs(home)
    assert done.returncode == 2
    assert "run `bicentennial build`, then `make docs`" in done.stderr


def test_a_second_site_replaces_the_first(site: Path) -> None:
    home = Home(site.parents[2])
    shutil.copyfile(site / "index.html", site / "left-over.html")
    assert make_docs(home).returncode == 0
    assert not (site / "left-over.html").exists()
    assert (site / "index.html").exists()
