"""Official statistics: the numbers are the warehouse's, AMO stays apart, and each statement has its verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bicentennial.explorer.reconciliation import RULES, VERDICTS

from ..support import PROJECT, Built
from .conftest import Server, running
from .pages import get, other_release

REVISED = """
insert into official_revisions
select
    'nationwide-drugs-fy23-fy26-dec', 'nationwide-drugs-fy19-fy22', date '2022-09-01', 'FY2022', 'ofo',
    'southwest-border', 'all-areas', 'fentanyl', 'lb', 'raised', 1000, 1250.5, 250.5, 10, 11
"""


@pytest.mark.parametrize("commodity", ["fentanyl", "marijuana", "khat"])
def test_the_table_is_the_warehouse(server: Server, built: Built, commodity: str) -> None:
    with built.connect() as connection:
        expected = connection.execute(
            """select fiscal_year_id, sum(mass_lb) filter (where component_id in ('ofo', 'usbp'))::decimal(18, 2),
                   sum(mass_lb) filter (where component_id = 'amo')::decimal(18, 2)
               from official_seizures_current where commodity_id = ? group by all order by all""", [commodity]
        ).fetchall()  # fmt: skip
    rows = get(server.url(f"/official.csv?commodity={commodity}")).csv()
    assert len(rows) == len(expected) > 2
    for row, (year, nationwide, amo) in zip(rows, expected, strict=True):
        assert row["period"] == year
        assert float(row["nationwide_lb"]) == float(nationwide)
        assert row["amo_lb"] == "" if amo is None else float(row["amo_lb"]) == float(amo)
    page = get(server.url(f"/official?commodity={commodity}"))
    assert len(page.soup.select(".numbers tbody tr")) >= len(rows)


def test_columns_are_as_high_as_their_numbers(server: Server) -> None:
    """OFO and USBP stand on each other and are the number above; AMO is in none of them."""
    tree = get(server.url("/official?commodity=fentanyl")).soup
    rows = get(server.url("/official.csv?commodity=fentanyl")).csv()
    columns = tree.select(".plot g")
    assert len(columns) == len(rows)
    most = max(float(row["nationwide_lb"]) for row in rows)
    heights = [
        sum(float(bar.get("height").rstrip("%")) for bar in column.select("rect.ofo, rect.usbp")) for column in columns
    ]
    scale = max(heights) / most
    for height, row in zip(heights, rows, strict=True):
        assert height == pytest.approx(float(row["nationwide_lb"]) * scale, abs=0.01)
    assert not tree.select(".plot rect.amo")
    assert get(server.url("/official?commodity=fentanyl&counted=amo")).soup.select(".plot rect.amo")


def test_a_year_that_is_not_whole_is_marked(server: Server) -> None:
    answer = get(server.url("/official"))
    assert "FY2026 is not whole: 3 months so far" in answer.text
    assert len(answer.soup.select(".plot g.partial")) == 1


def test_months_are_all_there(server: Server, built: Built) -> None:
    with built.connect() as connection:
        ((months,),) = connection.execute(
            "select count(distinct month_starts_on) from official_seizures_current where commodity_id = 'fentanyl'"
        ).fetchall()
    tree = get(server.url("/official?period=month&commodity=fentanyl")).soup
    assert len(tree.select(".plot g")) == months


def test_another_commodity_is_chosen_without_a_new_page(server: Server, page: Page) -> None:
    page.goto(server.url("/official"))
    page.get_by_label("Commodity").select_option("cocaine")
    expect(page.locator("#results h2")).to_contain_text("Cocaine")
    expect(page).to_have_url(server.url("/official?commodity=cocaine&counted=nationwide&period=fiscal_year"))
    expect(page.get_by_role("link", name="Download this series as CSV")).to_have_attribute(
        "href", "/official.csv?commodity=cocaine&counted=nationwide&period=fiscal_year"
    )


def test_unknown_choices_fall_back(server: Server) -> None:
    answer = get(server.url("/official?commodity=%27%3B--&counted=everything&period=day"))
    assert answer.status == 200
    assert "Fentanyl, pounds" in answer.text


def test_every_statement_has_its_verdict(server: Server, built: Built) -> None:
    with built.connect() as connection:
        rows = connection.execute("select claim_id, verdict, explanation from claim_reconciliation").fetchall()
    answer = get(server.url("/official"))
    section = answer.soup.select("#statements")[0]
    text = " ".join(section.get_text().split())
    compared = {link.get("href") for link in section.select(".pair h3 > a:first-child")}
    others = {link.get("href") for link in section.select(".reason a")}
    assert compared == {f"/figures/{claim}" for claim, verdict, _ in rows if verdict != "not_comparable"}
    assert others == {f"/figures/{claim}" for claim, verdict, _ in rows if verdict == "not_comparable"}
    for _, _, explanation in rows:
        assert " ".join(explanation.split()) in text
    for _, meaning in VERDICTS.values():
        assert meaning in text


def test_every_rule_that_compares_nothing_has_words() -> None:
    """Rules are named in the guide's table; a new one needs its words here."""
    guide = (PROJECT / "docs" / "official-statistics.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in guide.splitlines() if line.startswith("| ") and "`not_comparable`" in line]
    assert {row[2].strip(" `") for row in rows if row[1].strip().isdigit()} == set(RULES)


def test_files_have_their_citation(server: Server, built: Built) -> None:
    with built.connect() as connection:
        citations = [row[0] for row in connection.execute("select citation from dim_vintage").fetchall()]
    text = get(server.url("/official")).text
    assert citations
    assert all(citation in text for citation in citations)


def test_revisions_are_shown_when_there_are_any(server: Server, built: Built, tmp_path: Path) -> None:
    assert "nothing is known of what CBP corrected" in get(server.url("/official")).text
    home, _ = other_release(built, tmp_path, REVISED)
    with running(home) as other:
        (row,) = get(other.url("/official")).soup.select("#revisions tbody tr")
        cells = [cell.get_text() for cell in row.select("th, td")]
        assert cells[:2] == ["2022-09", "Fentanyl"]
        assert cells[3:6] == ["raised", "1,000", "1,250"]
