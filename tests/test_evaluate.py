"""`bicentennial evaluate`: what people accepted against what is proposed, in figures and in differences."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .curation import NOTE, Desk, new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with every claim of the note accepted."""
    found = new_desk(tmp_path)
    found.write("note.md", NOTE)
    found.register("note", "note.md")
    found.extract("note.md")
    found.decide("note", *["accepted"] * 5)
    found.merge()
    return found


def test_what_is_proposed_as_accepted_has_no_difference(desk: Desk) -> None:
    done = desk.run("evaluate", "--documents", str(desk.texts), "--check")
    assert done.returncode == 0
    assert "No difference." in done.stdout
    assert "not in the folder, and not compared: examiner-hlsd-2023" in done.stderr
    assert "   1  note" in done.stdout


def test_a_document_of_which_nothing_is_decided_is_not_compared(desk: Desk) -> None:
    desk.write("new.md", NOTE)
    desk.register("new", "new.md")
    done = desk.run("evaluate", "--documents", str(desk.texts), "--check")
    assert (done.returncode, "no figure decided yet, and not compared: new" in done.stderr) == (0, True)
    (desk.texts / "note.md").unlink()
    alone = desk.run("evaluate", "--documents", str(desk.texts))
    assert (alone.returncode, "Nobody has decided a figure of new yet" in alone.stderr) == (2, True)


def test_figures_and_differences_by_document(desk: Desk, tmp_path: Path) -> None:
    labelled = tmp_path / "labelled"
    shutil.copytree(desk.seeds.path, labelled)
    number = desk.seeds.find("claims", document_id="note", verbatim="17")
    desk.seeds.change("claims", number, claim_type="charge")
    desk.seeds.change("claims", desk.seeds.find("claims", document_id="note", verbatim="28"), review_status="rejected")
    done = desk.run("evaluate", "--documents", str(desk.texts), "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(report["documents"]) == ["note"]
    overall = report["overall"]
    assert (overall["accepted"], overall["proposed"], overall["matched"]) == (4, 5, 4)
    assert (overall["ratios"]["recall"], overall["ratios"]["precision"]) == (1.0, 0.8)
    assert overall["ratios"]["claim_type"] == 0.75
    assert {"precision", "claim_type"} <= set(report["below_target"])
    told = {(d["verbatim"], d["attribute"], d["expected"], d["found"]) for d in report["differences"]}
    assert {("17", "claim_type", "charge", "arrest"), ("28", "extra", "", "arrest")} <= told
    checked = desk.run("evaluate", "--documents", str(desk.texts), "--check", "--no-differences")
    assert checked.returncode == 1
    assert "Below its target: figures right, claim type" in checked.stderr
    assert "charge → arrest" not in checked.stdout
    other = desk.run("evaluate", "--documents", str(desk.texts), "--claims", str(labelled), "--check")
    assert other.returncode == 0


def test_bad_input_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments, message in [
        ([], "--documents DIR, or BICENTENNIAL_DOCUMENTS"),
        (["--documents", str(tmp_path / "empty")], "holds none of the 6 documents"),
        (["--documents", str(desk.texts), "--claims", str(tmp_path / "empty")], "is missing"),
    ]:
        done = desk.run("evaluate", *arguments)
        assert (done.returncode, message in done.stderr) == (2, True), done.stderr
    desk.write("note.md", "\0\0\0")
    assert "it is binary" in desk.run("evaluate", "--documents", str(desk.texts)).stderr
