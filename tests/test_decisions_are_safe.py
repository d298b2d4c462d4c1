"""What a person decided is neither lost nor written to other characters, whoever writes at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from bicentennial.review.answers import Answers
from bicentennial.review.session import ChangedMeanwhileError, Session
from ingest.atomic import PENDING
from ingest.check import SeedError
from ingest.merge import merge
from ingest.proposal_files import write_rows
from ingest.proposal_rows import COLUMNS
from ingest.revision import find_revision

from .curation import NOTE, Desk, new_desk
from .support import file_hashes

OTHER = "The port told its figures anew.\n\n" + NOTE


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = new_desk(tmp_path)
    found.write("note.md", NOTE)
    found.extract("note.md")
    return found


def statuses(desk: Desk, key: str = "note") -> list[str]:
    return [row["review_status"] for row in desk.rows(key)]


def session_on(desk: Desk) -> Session:
    console = Console(quiet=True)
    return Session(console, Answers(console), desk.proposals, desk.seeds.path)


def test_two_reviewers_do_not_undo_each_other(desk: Desk) -> None:
    ours, theirs = desk.rows("note"), desk.rows("note")
    session_on(desk)._decide("note", ours, 0, {"review_status": "rejected"})
    session_on(desk)._decide("note", theirs, 1, {"review_status": "rejected"})
    assert statuses(desk) == ["rejected", "rejected", "proposed", "proposed", "proposed"]


def test_a_row_that_was_decided_elsewhere_is_not_decided_again(desk: Desk) -> None:
    ours = desk.rows("note")
    desk.decide("note", "accepted")
    with pytest.raises(ChangedMeanwhileError):
        session_on(desk)._decide("note", ours, 0, {"review_status": "rejected"})
    assert statuses(desk)[0] == "accepted"


def test_a_decision_on_a_text_that_has_changed_is_not_one_on_the_new_text(desk: Desk) -> None:
    ours = desk.rows("note")
    desk.write("note.md", OTHER)
    desk.extract("note.md")
    with pytest.raises(ChangedMeanwhileError):
        session_on(desk)._decide("note", ours, 0, {"review_status": "rejected"})
    assert set(statuses(desk)) == {"proposed"}


def test_a_stale_file_of_proposals_moves_no_claim(desk: Desk) -> None:
    """A spreadsheet that was open while the document changed is saved over the new proposals."""
    desk.register("note", "note.md")
    desk.decide("note", *["accepted"] * 5)
    stale = desk.rows("note")
    desk.merge()
    desk.write("note.md", OTHER)
    desk.extract("note.md")
    write_rows(desk.proposals / "note.csv", COLUMNS, stale)
    before = file_hashes(desk.seeds.path)
    with pytest.raises(SeedError, match=r"row 2, column verbatim: “1,250 pounds”.*not at these characters"):
        find_revision(desk.proposals, desk.seeds.path, "note")
    done = desk.run("review", "--merge", "--yes")
    assert done.returncode == 2
    assert "is not at these characters of the text" in done.stderr
    assert file_hashes(desk.seeds.path) == before


def test_decisions_wait_for_the_text_that_they_were_on(desk: Desk) -> None:
    desk.decide("note", "accepted")
    desk.write("note.md", OTHER)
    desk.extract("note.md")
    assert set(statuses(desk)) == {"proposed"}
    desk.write("note.md", NOTE)
    desk.extract("note.md")
    desk.decide("note", "accepted", "rejected")
    desk.write("note.md", OTHER)
    desk.extract("note.md")
    desk.write("note.md", NOTE)
    desk.extract("note.md")
    assert statuses(desk)[:3] == ["accepted", "rejected", "proposed"]


def test_the_review_ends_a_writing_that_was_cut_off(desk: Desk) -> None:
    pending = desk.seeds.path / PENDING
    pending.mkdir()
    units = desk.seeds.file("units")
    whole = units.read_bytes().replace(b"euro, nominal", b"euro")
    (pending / "units.csv").write_bytes(whole)
    done = desk.run("review", "--merge")
    assert done.returncode == 0, done.stderr
    assert not pending.exists()
    assert units.read_bytes() == whole


def test_a_row_of_another_document_is_not_merged_from_this_one(desk: Desk) -> None:
    desk.register("note", "note.md")
    desk.decide("note", "rejected")
    rows = desk.rows("note")
    rows[0] |= {"document_id": "hlsd-fact-sheet-2023", "claim_id": f"hlsd-fact-sheet-2023:{rows[0]['char_start']}"}
    write_rows(desk.proposals / "note.csv", COLUMNS, rows)
    before = file_hashes(desk.seeds.path)
    refused = merge(desk.proposals, desk.seeds.path).refused
    assert any("this is the file of note: restore the row" in str(problem) for problem in refused)
    assert file_hashes(desk.seeds.path) == before


def test_the_same_text_is_registered_once(desk: Desk) -> None:
    desk.write("copy.md", NOTE)
    desk.register("note", "note.md")
    desk.extract("copy.md")
    assert sorted(path.name for path in desk.proposals.glob("*.csv")) == ["note.csv"]
