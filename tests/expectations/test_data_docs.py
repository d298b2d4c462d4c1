"""Data Docs: a page per table and an index, which need nothing from anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

from scratch_tables import Raw

from expectations.borders import tables
from expectations.validate import build_data_docs, read_results, validate, write_results


def test_every_table_has_a_page_that_the_index_links(raw: Raw, tmp_path: Path) -> None:
    site = tmp_path / "site"
    results = [*raw.validate().values(), *validate("marts", raw.database)]
    index = build_data_docs(results, site)
    assert index == site / "index.html"
    linked = re.findall(r'href="([^"]+)"', index.read_text(encoding="utf-8"))
    expected = [f"{border}/{table}.html" for border in ("raw", "marts") for table in tables(border)]
    assert sorted(linked) == sorted([*expected, "index.html"])
    assert all((site / page).is_file() for page in linked)


def test_a_failing_table_is_named_first_and_its_page_shows_the_rows(raw: Raw, tmp_path: Path) -> None:
    raw.change("update raw.claims set char_end = 5000, note = '<script>' where claim_id = 'sheet:50'")
    index = build_data_docs(raw.validate().values(), tmp_path / "site")
    text = index.read_text(encoding="utf-8")
    assert f"{len(tables('raw'))} tables" in text and "1 failed" in text
    assert text.index("raw/claims.html") < text.index("raw/agencies.html")
    page = (tmp_path / "site" / "raw" / "claims.html").read_text(encoding="utf-8")
    assert 'class="failed"' in page and "Spans lie inside their document" in page
    assert all(cell in page for cell in ("seeds/claims.csv", "char_end", "5000", "the document has 1000 characters"))


def test_cells_are_text_and_no_markup(raw: Raw, tmp_path: Path) -> None:
    raw.change("update raw.documents set language = '<script>alert(1)</script>'")
    build_data_docs(raw.validate("documents").values(), tmp_path / "site")
    page = (tmp_path / "site" / "raw" / "documents.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page


def test_pages_refer_to_nothing_outside(raw: Raw, tmp_path: Path) -> None:
    raw.change("drop table raw.places", "update raw.claims set char_end = 5000")
    build_data_docs(raw.validate().values(), tmp_path / "site")
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", text), page
        assert "<script" not in text and "@import" not in text and "Traceback" not in text, page


def test_earlier_pages_give_way_and_results_may_come_from_a_file(raw: Raw, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_data_docs(raw.validate().values(), site)
    path = write_results(raw.validate("units").values(), tmp_path / "units.json")
    build_data_docs(read_results(path), site)
    assert [page.name for page in site.rglob("*.html")] == ["index.html", "units.html"]
