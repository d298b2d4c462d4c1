"""The page of a figure: whoever quotes it finds its sentence, its citation and what else is said of it."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

from bicentennial.explorer.sentences import sentence_of

from ..support import Built
from .conftest import OpenPage, Server, get, running

ROLLING_WAVE = "/figures/hlsd-fact-sheet-2023:9330"


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_figure_has_its_page_with_its_citation(server: Server, built: Built) -> None:
    with built.connect() as warehouse:
        claims = warehouse.sql("select claim_id, citation from claim_citations").fetchall()
    assert len(claims) > 100
    for claim_id, citation in claims:
        answer = get(server.url(f"/figures/{claim_id}"))
        assert answer.status == 200
        found = re.search(r'<p id="citation">(.*?)</p>', answer.text)
        assert found
        assert html.unescape(found[1]) == citation


def test_a_figure_says_what_its_words_allow_and_what_statistics_say(server: Server) -> None:
    text = text_of(get(server.url(ROLLING_WAVE)).text)
    assert "more than 3,130 pounds (over)" in text
    assert "1 pound is 0.45359237 kilogram" in text
    assert "U.S. Border Patrol (lead)" in text
    assert "USBP, nationwide, fentanyl, 2022-10 to 2023-09" in text
    assert "2,841 pounds" in text


def test_ties_lead_to_and_fro(server: Server) -> None:
    inner = get(server.url("/figures/hlsd-fact-sheet-2023:12595"))
    assert "It is part of 859 " in text_of(inner.text)
    assert 'href="/figures/hlsd-fact-sheet-2023:12580"' in inner.text
    assert "no: part of another figure" in text_of(inner.text)
    wider = get(server.url("/figures/hlsd-fact-sheet-2023:12580"))
    assert "770 (firearms and explosives identification) is part of it" in text_of(wider.text)


def test_joint_work_is_one_figure_of_both(server: Server) -> None:
    text = text_of(get(server.url("/figures/hlsd-fact-sheet-2023:8619")).text)
    assert "Operation Blue Lotus and Operation Four Horsemen : one figure of both" in text.replace(
        "Horsemen:", "Horsemen :"
    )


def test_without_the_texts_it_says_how_to_get_the_sentence(server: Server) -> None:
    answer = get(server.url(ROLLING_WAVE))
    assert "<blockquote" not in answer.text
    assert "BICENTENNIAL_DOCUMENTS" in answer.text
    assert re.search(r'<a href="https://[^"]+" rel="noopener noreferrer">', answer.text)


def test_with_the_texts_every_figure_stands_in_its_sentence(built: Built, documents: Path) -> None:
    with built.connect() as warehouse:
        relation = warehouse.sql("select * from claim_citations")
        claims = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    for claim in claims:
        sentence = sentence_of(documents, claim)
        assert not sentence.missing, claim["claim_id"]
        assert sentence.told == " ".join(claim["verbatim"].split("\n"))
        assert len(sentence.before + sentence.after) < 1500
    with running(built.home, BICENTENNIAL_DOCUMENTS=str(documents)) as server:
        answer = get(server.url(ROLLING_WAVE))
    quote = re.search(r"<blockquote.*?</blockquote>", answer.text, flags=re.DOTALL)
    assert quote
    assert "<mark>3,130 pounds</mark>" in quote[0]
    assert "etag" not in answer.headers  # the file may change


def test_a_text_that_is_another_fails_no_page(built: Built, tmp_path: Path) -> None:
    with built.connect() as warehouse:
        found = warehouse.sql(
            "select file_name from dim_document where document_id = 'hlsd-fact-sheet-2023'"
        ).fetchone()
    assert found
    text = tmp_path / found[0]
    with running(built.home, BICENTENNIAL_DOCUMENTS=str(tmp_path)) as server:
        assert "the folder of texts has no file" in get(server.url(ROLLING_WAVE)).text
        text.write_text("Another text, with 3,130 pounds.", encoding="utf-8")
        assert "is not the text that was read" in get(server.url(ROLLING_WAVE)).text
        text.unlink()
        text.mkdir()
        assert "cannot be read" in get(server.url(ROLLING_WAVE)).text
        shutil.rmtree(text)


@pytest.mark.parametrize(
    ("asked", "claim_id"),
    [
        ("12,500", "hlsd-fact-sheet-2023:8619"),
        ("12500", "hlsd-fact-sheet-2023:8619"),
        ("FENTANYL artemis", "hlsd-fact-sheet-2023:9004"),
        ("dea firearms", "hlsd-fact-sheet-2023:6658"),
        ("rolling heroin", "hlsd-fact-sheet-2023:9400"),
    ],
)
def test_search_finds_by_number_thing_operation_and_agency(server: Server, asked: str, claim_id: str) -> None:
    answer = get(server.url("/search?q=" + asked.replace(" ", "+")))
    found = re.findall(r'href="/figures/([^"]+)"', answer.text)
    assert claim_id in found
    assert len(found) < 20


def test_search_for_what_is_not_there(server: Server) -> None:
    assert "No figure has “unicorns”" in get(server.url("/search?q=unicorns")).text


def test_a_citation_is_copied_with_the_keyboard_and_said(open_page: OpenPage, server: Server) -> None:
    with open_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(server.url(ROLLING_WAVE))
        page.get_by_role("button", name="Copy the citation").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_without_a_clipboard_the_citation_is_selected(open_page: OpenPage, server: Server) -> None:
    with open_page() as page:
        page.add_init_script("delete Navigator.prototype.clipboard")
        page.goto(server.url(ROLLING_WAVE))
        page.get_by_role("button", name="Copy the citation").click()
        page.get_by_text("Selected: copy it with Ctrl+C.").wait_for()
        assert page.evaluate("getSelection().toString()").startswith("U.S. Department of State")
