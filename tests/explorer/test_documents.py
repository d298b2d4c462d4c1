"""Documents: what was read, also where nothing was found; figures in the order of the text."""

from __future__ import annotations

from pathlib import Path

from ..support import Built
from .conftest import Server, running
from .pages import get, other_release

ODD = (
    "update dim_document set published_on = null, event_on = null where document_id = 'oan-hlsd-2021'",
    "update dim_document set supersedes_document_id = 'hlsd-fact-sheet-2021'"
    " where document_id = 'hlsd-fact-sheet-2023'",
    "insert into document_coverage by name select 'new-text' as document_id, 'new.pdf' as file_name,"
    " 'ab' as sha256, false as is_registered, 'unreadable' as read_status, 'It is empty.' as read_problem,"
    " 0 as accepted_count, 0 as rejected_count, 0 as proposed_count",
    "insert into review_queue by name select 'new-text:5' as claim_id, 'new-text' as document_id,"
    " 'new.pdf' as file_name, 'ab' as sha256, false as is_registered, 5 as char_start, 9 as char_end,"
    " '1,000' as verbatim, 1000 as value, 'exact' as qualifier, 'unspecified' as period_basis,"
    " 'proposed' as review_status, 'extraction' as queued_by",
)


def test_the_list_is_the_coverage(server: Server, built: Built) -> None:
    with built.connect() as connection:
        expected = connection.execute("select document_id, accepted_count from document_coverage").fetchall()
    rows = get(server.url("/documents.csv")).csv()
    assert {(row["document_id"], int(row["accepted_count"])) for row in rows} == set(expected)
    tree = get(server.url("/documents")).soup
    assert {link.get("href") for link in tree.select("tbody th a")} == {f"/documents/{name}" for name, _ in expected}


def test_a_document_without_a_figure_says_so(server: Server) -> None:
    assert "0: no figure" in get(server.url("/documents")).text
    assert "This document was read and holds no figure" in get(server.url("/documents/hlsd-fact-sheet-2021")).text


def test_figures_stand_in_the_order_of_the_text(server: Server, built: Built) -> None:
    with built.connect() as connection:
        expected = connection.execute(
            "select claim_id, as_stated, char_start from fct_claims where document_id = 'hlsd-fact-sheet-2023'"
            " order by char_start"
        ).fetchall()
    rows = get(server.url("/documents/hlsd-fact-sheet-2023")).soup.select("tbody tr")
    assert len(rows) == len(expected)
    for row, (claim_id, as_stated, char_start) in zip(rows, expected, strict=True):
        link = row.select("th a")[0]
        assert (link.get("href"), link.get_text()) == (f"/figures/{claim_id}", as_stated)
        assert f"characters {char_start}–" in row.get_text()


def test_how_a_date_is_known_is_said(server: Server) -> None:
    rows = {row.select("th a")[0].get("href"): row.get_text()
            for row in get(server.url("/documents")).soup.select("tbody tr")}  # fmt: skip
    assert "5 Oct 2023, inferred" in rows["/documents/hlsd-fact-sheet-2023"]
    assert "8 Oct 2021, stated" in rows["/documents/hlsd-fact-sheet-2021"]
    assert "undated; of an event of 8 Jun 2021" in rows["/documents/harris-visit-2021"]
    assert "undated" in rows["/documents/examiner-hlsd-2023"]
    assert "a copy of" in rows["/documents/hlsd-fact-sheet-2023"]


def test_odd_documents_have_their_place(built: Built, tmp_path: Path) -> None:
    home, _ = other_release(built, tmp_path, *ODD)
    with running(home) as server:
        answer = get(server.url("/documents"))
        assert "1 proposed figure waits for a decision, in 1 text" in answer.text
        assert "could not be read: It is empty." in answer.text
        assert "not known" in answer.text
        assert "/documents/new-text" not in answer.tree.xpath("//a/@href")
        assert "/documents/hlsd-fact-sheet-2021" in get(server.url("/documents/hlsd-fact-sheet-2023")).tree.xpath(
            "//dl//a/@href"
        )
        older = get(server.url("/documents/hlsd-fact-sheet-2021"))
        assert "Replaced by" in older.text
        assert "Date of issuenot known" in get(server.url("/documents/oan-hlsd-2021")).text
