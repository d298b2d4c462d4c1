"""A document that was revised: its claims are mapped to the new text, and what changed is told and decided again."""

from __future__ import annotations

from pathlib import Path

import pytest

from .curation import NOTE, Desk, new_desk
from .support import file_hashes

NEW = (
    NOTE.replace("CBP seized", "The port told its figures anew.\n\nCBP seized")
    .replace("230 arrests", "231 arrests")
    .replace(" DEA seized 44 pounds of heroin.", "")
    .replace("DEA seized 44 pounds of heroin. ", "")
    + "\nUSBP seized 12 firearms.\n"
)
"""Moved: 1,250 pounds, 17, 28. Changed: 230. Gone: 44 pounds. New: 12."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with every claim of the note accepted, one with people's own reading, and the note revised."""
    found = new_desk(tmp_path)
    found.write("note.md", NOTE)
    found.register("note", "note.md")
    found.extract("note.md")
    found.decide("note", *["accepted"] * 5)
    rows = found.rows("note")
    found.merge()
    number = found.seeds.find("claims", claim_id=rows[1]["claim_id"])
    found.seeds.change("claims", number, note="What people made of it.", unit_id="person")
    found.seeds.append("claim_relations", claim_id=rows[3]["claim_id"], related_claim_id=rows[1]["claim_id"],
                       relation="may_overlap", basis="inferred", note="Both may count one arrest.")  # fmt: skip
    found.write("note.md", NEW)
    return found


def test_extract_says_that_a_document_is_revised(desk: Desk) -> None:
    done = desk.run("extract", str(desk.texts))
    assert "revised: documents.csv knows note.md with another content" in done.stdout
    assert "Revised documents are mapped to their new text by the review." in done.stdout


def test_nothing_is_written_without_consent(desk: Desk) -> None:
    desk.extract("note.md")
    first = file_hashes(desk.seeds.path)
    done = desk.run("review", "--merge")
    assert done.returncode == 2
    assert "note is revised: map it with `bicentennial review note --yes`" in done.stderr
    refused = desk.run("review", answers=["n"])
    for answered in (done, refused):
        assert "   3 claims stand in the new text unchanged, 3 of them at another place" in answered.stdout
        assert "“230” (note:" in answered.stdout
        assert "→ “231”" in answered.stdout
        assert "   1 gone: taken out" in answered.stdout
    assert file_hashes(desk.seeds.path) == first


def test_claims_move_with_all_that_belongs_to_them(desk: Desk) -> None:
    before = desk.claims("note")
    desk.extract("note.md")
    done = desk.run("review", "--merge", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    after = desk.claims("note")
    assert list(after) == ["1,250 pounds", "17", "28"]
    for verbatim, row in after.items():
        start = NEW.index("including 28") + 10 if verbatim == "28" else NEW.index(verbatim)
        assert row["claim_id"] == f"note:{start}"
        same = set(row) - {"claim_id", "char_start", "char_end"}
        assert {name: row[name] for name in same} == {name: before[verbatim][name] for name in same}
    assert after["17"]["note"] == "What people made of it."
    ids = {row["claim_id"] for row in after.values()}
    for table in ("claim_agencies", "claim_operations", "claim_relations"):
        named = {row["claim_id"] for row in desk.seeds.rows(table).values() if row["claim_id"].startswith("note:")}
        assert named <= ids
    assert desk.run("verify", "--documents", str(desk.texts), "--present").returncode == 0
    assert desk.seeds.find("documents", document_id="note", char_count=str(len(NEW)))


def test_a_changed_figure_is_proposed_with_what_people_knew_and_its_ties_come_back(desk: Desk) -> None:
    desk.extract("note.md")
    desk.run("review", "--merge", "--yes")
    waiting = [row for row in desk.rows("note") if not row["decision"]]
    assert [(row["verbatim"], row["review_status"]) for row in waiting] == [("231", "proposed"), ("12", "proposed")]
    assert "earlier-version=230" in waiting[0]["reason"]
    assert waiting[0]["agencies"] == "hsi:lead"
    desk.run("extract", "--force", str(desk.texts))
    done = desk.run("review", answers=["a", "a"])
    assert "2 accepted, 0 rejected, 2 ties" in done.stdout
    claims = desk.claims("note")
    ties = {(r["claim_id"], r["related_claim_id"], r["relation"]) for r in desk.seeds.rows("claim_relations").values()}
    assert (claims["28"]["claim_id"], claims["231"]["claim_id"], "subset_of") in ties
    assert (claims["231"]["claim_id"], claims["17"]["claim_id"], "may_overlap") in ties
    assert desk.run("verify", "--documents", str(desk.texts), "--present").returncode == 0


def test_mapping_twice_is_mapping_once(desk: Desk) -> None:
    desk.extract("note.md")
    desk.run("review", "--merge", "--yes")
    first = file_hashes(desk.seeds.path)
    again = desk.run("review", "--merge", "--yes")
    assert again.returncode == 0
    assert "is revised" not in again.stdout
    assert file_hashes(desk.seeds.path) == first


def test_a_claim_that_nothing_proposes_moves_by_its_distance(desk: Desk) -> None:
    desk.write("note.md", NOTE)
    start = NOTE.index("2024-03-12")
    desk.seeds.append("claims", claim_id=f"note:{start}", document_id="note", char_start=str(start),
                      char_end=str(start + 4), verbatim="2024", value="2024", qualifier="exact",
                      period_basis="unspecified", review_status="rejected")  # fmt: skip
    desk.write("note.md", NOTE.replace("title: Note", "title: The note"))
    desk.extract("note.md")
    done = desk.run("review", "--merge", "--yes")
    assert "   6 claims stand in the new text unchanged" in done.stdout
    assert desk.claims("note")["2024"]["char_start"] == str(start + 4)


def test_a_version_under_a_new_name_supersedes_the_old_figures(desk: Desk) -> None:
    desk.write("note.md", NOTE)
    desk.write("note-2.md", NEW)
    desk.register("note-2", "note-2.md", supersedes_document_id="note")
    desk.extract("note-2.md")
    desk.decide("note-2", *["accepted"] * 5)
    assert desk.run("review", "--merge").returncode == 0
    old, new = desk.claims("note"), desk.claims("note-2")
    ties = {
        (row["claim_id"], row["related_claim_id"])
        for row in desk.seeds.rows("claim_relations").values()
        if row["relation"] == "supersedes"
    }
    pairs = [("1,250 pounds", "1,250 pounds"), ("17", "17"), ("231", "230"), ("28", "28")]
    assert ties == {(new[a]["claim_id"], old[b]["claim_id"]) for a, b in pairs}
