"""The overview: its numbers are those of the warehouse, and each leads to the figures that it counts."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..support import Built
from .conftest import Server, running
from .pages import get, other_release


def test_each_cell_leads_to_as_many_figures(server: Server, built: Built) -> None:
    tree = get(server.url("/")).soup
    cells = tree.select(".matrix tbody td a")
    assert cells
    for cell in cells:
        listed = get(server.url(cell.get("href"))).soup.select(".figures tbody tr")
        assert len(listed) == int(cell.get_text()), cell.get("href")
    with built.connect() as connection:
        (claims,) = connection.execute("select count(*) from fct_claims").fetchone() or (0,)
    assert sum(int(cell.get_text()) for cell in tree.select(".matrix tbody td:last-child a")) == claims


def test_a_row_of_the_matrix_adds_up(server: Server) -> None:
    for row in get(server.url("/")).soup.select(".matrix tbody tr"):
        *years, everything = [int(cell.get_text()) for cell in row.select("td")]
        assert sum(years) == everything


KILOGRAMS_IN_A_POUND = Decimal("0.45359237")


@pytest.mark.parametrize(
    ("title", "unit", "report", "where", "divisor"),
    [
        ("Fentanyl", "pounds", "seizures", "commodity_group = 'fentanyl' and canonical_unit_id = 'kg'",
         KILOGRAMS_IN_A_POUND),
        ("Fentanyl", "pills", "seizures", "commodity_group = 'fentanyl' and canonical_unit_id = 'pill'", 1),
        ("Firearms", "seized", "seizures", "commodity_group = 'firearms'", 1),
        ("Cash", "dollars seized", "seizures", "commodity_id = 'cash'", 1),
        ("Arrests", "arrests", "arrests", "canonical_unit_id = 'count'", 1),
        ("Training", "people trained", "trainings", "claim_type = 'training' and canonical_unit_id = 'person'", 1),
        ("Money asked for", "dollars requested", "funding", "funding_stage = 'requested'", 1),
    ],
)  # fmt: skip
def test_a_headline_is_the_sum_of_its_report(
    server: Server, built: Built, title: str, unit: str, report: str, where: str, divisor: Decimal
) -> None:
    with built.connect() as connection:
        ((value, low, high),) = connection.execute(f"""
            select
                sum(additive_value),
                if(bool_and(additive_low is not null), sum(additive_low), null),
                if(bool_and(additive_high is not null), sum(additive_high), null)
            from {report}_by_agency_operation_year where {where} and additive_value is not null
        """).fetchall()
    (card,) = [
        card for card in get(server.url("/")).soup.select(".cards a")
        if card.select(".what")[0].get_text() == title and card.select("strong + span")[0].get_text() == unit
    ]  # fmt: skip
    said = card.select("strong")[0].get_text()
    number = Decimal(re.sub(r"[^\d.]", "", said))
    expected = value if low is None and high is None else low if high is None else high
    assert number == int(Decimal(expected) / divisor + Decimal("0.000001"))
    exact, above, open_ended = low == high is not None, high is None and low is not None, low is None and high is None
    assert said.startswith({exact: "", above: "more than", open_ended: "about"}[True])
    assert get(server.url(card.get("href"))).status == 200


def test_a_figure_of_the_first_chart_leads_to_its_citation(server: Server, page: Page) -> None:
    page.goto(server.address)
    figure = page.get_by_role("link", name="over 6,500 pounds")
    address = figure.get_attribute("href")
    figure.click()
    expect(page).to_have_url(server.url(str(address)))
    expect(page.get_by_role("main")).to_contain_text("characters 6581–6593")


@pytest.mark.parametrize("path", ["/", "/operations", "/agencies", "/official", "/disagreements", "/documents",
                                  "/operations/operation-artemis", "/agencies/hsi"])  # fmt: skip
def test_no_page_is_wider_than_a_phone(server: Server, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(server.url(path))
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    hidden = page.locator(".scroll, pre").evaluate_all(
        "boxes => boxes.filter(b => b.scrollWidth > b.clientWidth && (b.tabIndex < 0 || !b.ariaLabel)).length"
    )
    assert hidden == 0, "what scrolls has a name and can be reached with the keyboard"


@pytest.mark.parametrize("path", ["/", "/operations/operation-artemis", "/official", "/disagreements", "/documents"])
def test_queries_run_as_pasted(server: Server, built: Built, path: str) -> None:
    queries = get(server.url(path)).queries()
    assert queries
    with built.connect() as connection:
        connection.execute("set search_path = 'main'")
        for query in queries:
            connection.execute(query).fetchall()


def test_a_release_brings_its_changes_and_guides(built: Built, tmp_path: Path, server: Server) -> None:
    assert get(server.url("/changes")).status == (200 if (server.home.published / "CHANGES.md").exists() else 404)
    home, release = other_release(built, tmp_path)
    (release / "CHANGES.md").write_text("3 figures came & <b>none</b> went", encoding="utf-8")
    (release / "docs" / "deep").mkdir(parents=True, exist_ok=True)
    (release / "docs" / "index.html").write_text("<title>Guide</title><style>p{}</style>", encoding="utf-8")
    (release / "docs" / "deep" / "index.html").write_text("<title>Deep</title>", encoding="utf-8")
    (release / "docs" / "out.json").symlink_to(release / "manifest.json")
    with running(home) as other:
        first = get(other.url("/")).tree
        assert {"/changes", "/docs/", "/data_docs/"} <= set(first.xpath("//main//a/@href"))
        assert "3 figures came & <b>none</b> went" in get(other.url("/changes")).text
        guide = get(other.url("/docs"))
        assert b"<title>Guide</title>" in guide.body
        assert "https:" not in guide.headers["content-security-policy"]
        assert b"Deep" in get(other.url("/docs/deep/")).body
        for outside in (
            "/docs/../manifest.json",
            "/docs/%2e%2e/manifest.json",
            "/docs/out.json",
            "/docs//etc/passwd",
        ):
            assert get(other.url(outside)).status == 404
