"""Operations and agencies: all that is known of each, and what they share stays shared."""

from __future__ import annotations

import pytest

from ..support import Built
from .conftest import Server
from .pages import get

SHARED = "operation-blue-lotus--operation-four-horsemen"


def figures(server: Server, path: str) -> list[str]:
    """The claims of the tables with marks, in the order of the page."""
    links = get(server.url(path)).soup.select("main .figures:not(.list) tbody th a")
    return [str(link.get("href")).removeprefix("/figures/") for link in links]


@pytest.mark.parametrize("operation", ["operation-artemis", "operation-without-a-trace", "operation-desert-lightning"])
def test_an_operation_has_all_its_figures_once(server: Server, built: Built, operation: str) -> None:
    with built.connect() as connection:
        claims = connection.execute("select claim_id from fct_claims where operation_id = ?", [operation]).fetchall()
    assert sorted(figures(server, f"/operations/{operation}")) == sorted(claim for (claim,) in claims)


def test_shared_figures_stand_with_each_member_and_with_the_group(server: Server, built: Built) -> None:
    with built.connect() as connection:
        claims = connection.execute("select claim_id from fct_claims where operation_id = ?", [SHARED]).fetchall()
    expected = sorted(claim for (claim,) in claims)
    assert expected
    for operation, other in (("operation-blue-lotus", "Operation Four Horsemen"),
                             ("operation-four-horsemen", "Operation Blue Lotus")):  # fmt: skip
        assert sorted(figures(server, f"/operations/{operation}")) == expected
        assert f"Shared with {other}" in get(server.url(f"/operations/{operation}")).text
    group = get(server.url(f"/operations/{SHARED}"))
    assert sorted(figures(server, f"/operations/{SHARED}")) == expected
    assert {"/operations/operation-blue-lotus", "/operations/operation-four-horsemen"} <= set(
        group.tree.xpath("//main//a/@href")
    )


def test_parent_and_child_are_linked_both_ways(server: Server) -> None:
    parent, child = "/operations/operation-without-a-trace", "/operations/operation-desert-lightning"
    assert child in get(server.url(parent)).tree.xpath("//main//dd//a/@href")
    assert parent in get(server.url(child)).tree.xpath("//main//dd//a/@href")


def test_ties_of_an_operation_have_their_basis(server: Server) -> None:
    text = get(server.url("/operations/operation-desert-lightning")).text
    assert "may overlap" in text
    assert "inferred by a curator" in text


def test_an_operation_has_its_verdicts(server: Server) -> None:
    text = get(server.url("/operations/operation-rolling-wave")).text
    assert "Above" in text
    assert "2,840.79 lb" in text


def test_the_list_counts_what_the_pages_have(server: Server) -> None:
    rows = get(server.url("/operations.csv")).csv()
    assert {"figures", "shared_figures", "operation_id"} <= set(rows[0])
    for row in rows[:6]:
        assert len(figures(server, f"/operations/{row['operation_id']}")) == int(row["figures"])


@pytest.mark.parametrize("agency", ["cbp", "hsi", "dea", "inl", "cbp--hsi"])
def test_an_agency_has_what_it_led_alone_and_together(server: Server, built: Built, agency: str) -> None:
    with built.connect() as connection:
        claims = connection.execute(
            """select claim_id from fct_claims where lead_agency_id = $agency or lead_agency_id in
               (select agency_id from bridge_agency_member where member_agency_id = $agency)""", {"agency": agency}
        ).fetchall()  # fmt: skip
        parts = connection.execute(
            "select distinct claim_id from bridge_claim_agency where agency_id = ? and role <> 'lead'", [agency]
        ).fetchall()
    assert sorted(figures(server, f"/agencies/{agency}")) == sorted(claim for (claim,) in claims)
    tree = get(server.url(f"/agencies/{agency}")).soup
    other = [link.get("href").removeprefix("/figures/") for link in tree.select("main .list tbody th a")]
    assert sorted(other) == sorted(claim for (claim,) in parts)


def test_a_donor_is_not_credited(server: Server) -> None:
    """Canines that the Department of State gave took part in seizures that others made."""
    text = get(server.url("/agencies/state")).text
    led, _, others = text.partition("In another part")
    assert "over 213 kilos" not in led
    assert "over 213 kilos" in others
    assert "donor" in others


def test_agencies_stand_under_what_they_are_part_of(server: Server) -> None:
    rows = get(server.url("/agencies")).soup.select(".figures tbody th")
    depth = {row.select("a")[0].get("href"): row.get("class") for row in rows}
    order = list(depth)
    assert order.index("/agencies/dhs") < order.index("/agencies/cbp") < order.index("/agencies/usbp")
    assert depth["/agencies/dhs"] < depth["/agencies/cbp"] < depth["/agencies/usbp"]


def test_a_component_leads_to_its_statistics(server: Server) -> None:
    assert "/official?counted=usbp" in get(server.url("/agencies/usbp")).tree.xpath("//main//a/@href")


def test_csv_has_the_figures_of_the_page(server: Server) -> None:
    rows = get(server.url("/operations/operation-artemis.csv")).csv()
    assert sorted(row["claim_id"] for row in rows) == sorted(figures(server, "/operations/operation-artemis"))


def test_the_list_of_agencies_counts_each_part(server: Server, built: Built) -> None:
    with built.connect() as connection:
        expected = connection.execute(
            "select agency_id, role, count(distinct claim_id) from bridge_claim_agency where role <> 'lead'"
            " group by all"
        ).fetchall()
    listed = {row["agency_id"]: row["other_roles"].split(", ") for row in get(server.url("/agencies.csv")).csv()}
    assert expected
    for agency, role, count in expected:
        assert f"{role.replace('_', ' ')} {count}" in listed[agency]
