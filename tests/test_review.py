"""`bicentennial review`, driven as a person drives it: what is shown, what is written, and what is never lost."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from pathlib import Path

import pytest
from rich.console import Console

from bicentennial.review.answers import Answers
from bicentennial.review.cells import CLAIM_FIELDS
from bicentennial.review.screen import show_proposal
from bicentennial.review.session import Session
from ingest.proposal_files import write_rows
from ingest.proposal_rows import COLUMNS

from .curation import FIGURES, NOTE, REGISTER_NOTE, Desk, added_lines, new_desk
from .support import CLI, SEEDS, environment, file_hashes


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the note extracted."""
    found = new_desk(tmp_path)
    found.write("note.md", NOTE)
    found.extract("note.md")
    return found


def test_accepted_claims_are_merged_with_all_that_belongs_to_them(desk: Desk) -> None:
    done = desk.run("review", "note", answers=[*REGISTER_NOTE, *"aaaaa"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "CBP seized >>1,250 pounds<< of cocaine." in done.stdout
    assert "5 accepted, 0 rejected, 1 tie between claims" in done.stdout
    claims = desk.claims("note")
    assert list(claims) == FIGURES
    assert {row["review_status"] for row in claims.values()} == {"accepted"}
    assert "Counted" not in "".join(row["note"] for row in claims.values())
    part, whole = claims["28"]["claim_id"], claims["230"]["claim_id"]
    added = {table: added_lines(SEEDS / f"{table}.csv", desk.seeds.file(table)) for table in (
        "documents", "claims", "claim_agencies", "claim_operations", "claim_relations")}  # fmt: skip
    assert added["claim_relations"] == [f"{part},{whole},subset_of,stated,"]
    assert f"{claims['17']['claim_id']},operation-overdrive" in added["claim_operations"]
    assert f"{claims['17']['claim_id']},dea,lead" in added["claim_agencies"]
    (document,) = added["documents"]
    assert document.startswith("note,note.md,Note on the port of Sampleton,U.S. Department of State,2024-03-12,stated,")
    assert desk.run("verify", "--documents", str(desk.texts), "--present").returncode == 0
    assert {row["decision"] for row in desk.rows("note")} == {"accepted"}


def test_every_command_again_changes_nothing(desk: Desk) -> None:
    desk.run("review", "note", answers=[*REGISTER_NOTE, *"araas"])
    first = file_hashes(desk.seeds.path)
    assert list(desk.claims("note")) == FIGURES[:4]
    for command in (["extract", str(desk.texts)], ["extract", "--force", str(desk.texts)], ["review", "--merge"]):
        assert desk.run(*command).returncode == 0
    again = desk.run("review", answers=["q"])
    assert "note · 1 of 1" in again.stdout
    assert ">>28<<" in again.stdout
    assert file_hashes(desk.seeds.path) == first


def test_a_rejected_figure_stays_rejected_and_claims_nothing(desk: Desk) -> None:
    done = desk.run("review", answers=[*REGISTER_NOTE, *"aaara"])
    claims = desk.claims("note")
    rejected = claims["230"]
    assert (rejected["review_status"], rejected["value"], rejected["claim_type"]) == ("rejected", "230", "")
    assert "was rejected: it will stand alone" in done.stdout
    assert "tied to note:" in done.stdout
    assert added_lines(SEEDS / "claim_relations.csv", desk.seeds.file("claim_relations")) == []


def test_a_tie_is_written_when_the_second_side_is_accepted(desk: Desk) -> None:
    desk.run("review", answers=[*REGISTER_NOTE, *"aaasa"])
    assert added_lines(SEEDS / "claim_relations.csv", desk.seeds.file("claim_relations")) == []
    desk.run("review", answers=["a"])
    assert len(added_lines(SEEDS / "claim_relations.csv", desk.seeds.file("claim_relations"))) == 1


def test_undo_and_quit_lose_nothing(desk: Desk) -> None:
    done = desk.run("review", answers=[*REGISTER_NOTE, "?", "x", "", "a", "r", "u", "a", "q"])
    assert "Undone: “17”" in done.stdout
    assert "“x” is no key here" in done.stdout
    assert {v: row["review_status"] for v, row in desk.claims("note").items()} == {
        "1,250 pounds": "accepted",
        "17": "accepted",
    }
    assert [row["review_status"] for row in desk.rows("note")][2:] == ["proposed"] * 3


def test_the_end_of_the_input_quits(desk: Desk) -> None:
    done = desk.run("review", answers=[*REGISTER_NOTE, "a"])
    assert done.returncode == 0
    assert list(desk.claims("note")) == ["1,250 pounds"]


def test_a_correction_is_checked_at_once_and_written(desk: Desk) -> None:
    answers = [*REGISTER_NOTE, "c", "type=theft", "commodity=?coca", "commodity=gold", "unit=kg",
               "unit=lb agencies=Customs:lead", "agencies=CBP:lead; HSI:boss",
               "agencies=CBP:lead; hsi:support audience=",
               "commodity=heroin type=seizure", "qualifier=over note=Read twice", "", "a", "q"]  # fmt: skip
    done = desk.run("review", answers=answers)
    assert "claim_type: “theft”: not in the vocabulary: use one of seizure, arrest" in done.stdout
    assert "cocaine · Cocaine" in done.stdout
    assert "no such commodity_id in commodities.csv: correct it or add it there" in done.stdout
    assert "commodity_id=? lists what it may hold" in done.stdout
    assert "verbatim “1,250 pounds” is in pounds" in done.stdout
    assert "agencies: “Customs”: no such agency: write its id or acronym" in done.stdout
    assert "a role is one of lead, partner" in done.stdout
    row = desk.claims("note")["1,250 pounds"]
    assert (row["commodity_id"], row["subject_id"], row["qualifier"]) == ("heroin", "", "over")
    assert row["note"] == "Read twice"
    agencies = added_lines(SEEDS / "claim_agencies.csv", desk.seeds.file("claim_agencies"))
    assert agencies == [f"{row['claim_id']},cbp,lead", f"{row['claim_id']},hsi,support"]


def test_a_wider_figure_takes_another_place_in_the_text(desk: Desk) -> None:
    answers = [*REGISTER_NOTE, "s", "c", "verbatim=many", "verbatim=18", "verbatim=1", "verbatim=17 arrests", "", "a",
               "c", "verbatim=17", "", "q"]  # fmt: skip
    done = desk.run("review", answers=answers)
    assert "give the numeric expression as it stands" in done.stdout
    assert "verbatim: “18” stands 0 times near the figure" in done.stdout
    assert "verbatim: “1” stands 0 times near the figure" in done.stdout
    assert "verbatim “17 arrests” is in arrests" in done.stdout
    assert desk.claims("note") == {}
    row = desk.rows("note")[1]
    assert NOTE[int(row["char_start"]) : int(row["char_end"])] == row["verbatim"] == "17"


def test_what_lacks_something_cannot_be_accepted_until_it_is_filled(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.write("odd.txt", "DEA counted 12 zorbles in Sampleton, as it said in its note of the year before.\n")
    desk.extract("odd.txt")
    register = ["a", "[A note]", "news", "1"]
    refused = desk.run("review", answers=[*register, "a", "q"])
    assert "! subject_id: give exactly one of commodity_id and subject_id" in refused.stdout
    assert "Not accepted" in refused.stdout
    assert desk.claims("odd") == {}
    added = ["c", "subject=zorbles", "y", "", "wildlife", "", "a"]
    done = desk.run("review", answers=added)
    assert "1 accepted" in done.stdout
    assert desk.claims("odd")["12"]["subject_id"] == "zorbles"
    assert added_lines(SEEDS / "subjects.csv", desk.seeds.file("subjects")) == ["zorbles,Zorbles,wildlife,,,"]


def test_an_unknown_operation_is_offered_to_be_added(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.write("note.txt", "DEA's Operation Pale Moon led to 12 arrests.\n")
    desk.extract("note.txt")
    done = desk.run("review", answers=["a", "[A note]", "news", "1", "a", "y", "", ""])
    assert "operations.csv does not know “Operation Pale Moon”" in done.stdout
    row = "operation-pale-moon,Operation Pale Moon,operation,,,,,,,"
    assert added_lines(SEEDS / "operations.csv", desk.seeds.file("operations")) == [row]
    assert added_lines(SEEDS / "claim_operations.csv", desk.seeds.file("claim_operations")) == [
        f"{desk.claims('note')['12']['claim_id']},operation-pale-moon"
    ]


def test_a_document_without_a_figure_is_registered_as_read(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.write("plain.txt", "The ministers met in Sampleton and agreed on everything.\n")
    desk.extract("plain.txt")
    done = desk.run("review", answers=["a", "[A meeting]", "news", "1"])
    assert "that it was read is knowledge" in done.stdout
    assert desk.seeds.find("documents", document_id="plain", char_count="57")
    assert "plain" not in desk.run("review", answers=[]).stdout


def test_the_row_of_a_document_is_asked_corrected_and_refused_where_it_is_wrong(desk: Desk) -> None:
    answers = ["a", "leaflet", "?", "press_release", "", "c", "kind=?", "kind=statement published=2024-03-11 id",
               "licence=?", "licence=9", "url=www.x.org", "title=", "", "q"]  # fmt: skip
    done = desk.run("review", answers=answers)
    assert "! document_kind: “leaflet”: not in the vocabulary: use one of fact_sheet, news" in done.stdout
    assert "! published_on: “2024-03-11 id”: not a date" in done.stdout
    assert "! licence: “9” is no licence" in done.stdout
    assert "! source_url: “www.x.org”: not of the right form: an address begins with https://" in done.stdout
    assert "document_kind: – → press_release" in done.stdout
    assert "document_kind: press_release → statement" not in done.stdout  # the line had a fault
    assert desk.seeds.rows("documents").keys() == dict.fromkeys(range(2, 7)).keys()  # an empty line went back
    fixed = ["c", "published=2024-03-11 kind=statement document_id=port-note-2024 licence=Public domain", "", "a", "a"]
    again = desk.run("review", answers=fixed)
    assert "read again, with that id and date" in again.stdout
    assert list(desk.claims("port-note-2024")) == ["1,250 pounds"]
    assert not (desk.proposals / "note.csv").exists()


# Decided by editing the file


def test_rows_decided_by_hand_are_merged_without_a_question(desk: Desk) -> None:
    desk.register("note", "note.md")
    desk.decide("note", "accepted", "rejected", "accepted")
    done = desk.run("review", "--merge")
    assert done.returncode == 0
    assert {v: row["review_status"] for v, row in desk.claims("note").items()} == {
        "1,250 pounds": "accepted",
        "17": "rejected",
        "44 pounds": "accepted",
    }


def test_an_unregistered_document_is_told_with_what_is_missing(desk: Desk) -> None:
    first = file_hashes(desk.seeds.path)
    desk.decide("note", "accepted")
    done = desk.run("review", "--merge")
    assert done.returncode == 2
    for told in ("proposals/note.csv", "“note”: not in documents.csv", "sha256", f"char_count {len(NOTE)}", "licence"):
        assert told in done.stderr
    assert file_hashes(desk.seeds.path) == first


SLIPS = [
    ({"claim_type": "theft"}, "row 2, column claim_type: “theft”: not in the vocabulary"),
    ({"subject_id": "arrests"}, "row 2, column subject_id: “arrests”: give exactly one"),
    ({"agencies": "XYZ:lead"}, "row 2, column agencies: “XYZ”: no such agency"),
    ({"agencies": "DEA"}, "row 2, column agencies: “DEA”: write NAME:role"),
    ({"operation_name": "Operation Nowhere"}, "row 2, column operation_name: “Operation Nowhere”: no such operation"),
    ({"value": "1251"}, "row 2, column value: “1251”: verbatim “1,250 pounds” reads 1250"),
    ({"place_id": "atlantis"}, "row 2, column place_id: “atlantis”: no such place_id in places.csv"),
    ({"unit_id": "kg"}, "row 2, column unit_id: “kg”: verbatim “1,250 pounds” is in pounds"),
    ({"verbatim": "1,350 pounds", "value": "1350"}, "row 2, column verbatim: “1,350 pounds”: characters"),
    ({"review_status": "yes"}, "row 2, column review_status: “yes”: not in the vocabulary"),
]


def test_a_bad_row_is_refused_and_stays_and_the_others_go_on(desk: Desk) -> None:
    desk.register("note", "note.md")
    original = desk.rows("note")[0]
    path = desk.proposals / "note.csv"
    for cells, message in SLIPS[:-1]:
        rows = desk.rows("note")
        rows[0] = {**original, "review_status": "accepted", **cells}
        write_rows(path, COLUMNS, rows)
        before = path.read_bytes()
        done = desk.run("review", "--merge") if cells == SLIPS[0][0] else None
        from ingest.merge import merge

        refused = [str(problem) for problem in merge(desk.proposals, desk.seeds.path).refused]
        assert any(f"proposals/note.csv, {message}" in told for told in refused), (message, refused)
        if done:
            assert done.returncode == 2
            assert f"proposals/note.csv, {message}" in done.stderr
        assert path.read_bytes() == before
    desk.decide("note", "yes", "accepted")
    done = desk.run("review", "--merge")
    assert SLIPS[-1][1] in done.stderr
    assert list(desk.claims("note")) == ["17"]


def test_a_change_of_mind_about_a_merged_claim_is_told(desk: Desk) -> None:
    desk.register("note", "note.md")
    desk.decide("note", "accepted")
    desk.run("review", "--merge")
    desk.decide("note", "rejected")
    done = desk.run("review", "--merge")
    assert "rejected here, accepted in claims.csv, which stays" in done.stdout
    assert desk.claims("note")["1,250 pounds"]["review_status"] == "accepted"


def test_broken_seed_tables_stop_a_merge_before_anything_changes(desk: Desk) -> None:
    desk.register("note", "note.md")
    desk.decide("note", "accepted")
    desk.seeds.change("claim_agencies", 2, agency_id="nobody")
    first = file_hashes(desk.seeds.path)
    done = desk.run("review", "--merge")
    assert done.returncode == 2
    assert "seeds/claim_agencies.csv, row 2, column agency_id: “nobody”" in done.stderr
    assert file_hashes(desk.seeds.path) == first


def test_a_merge_that_was_cut_off_is_made_good(desk: Desk) -> None:
    desk.register("note", "note.md")
    desk.decide("note", *["accepted"] * 5)
    before = (desk.seeds.file("claims")).read_bytes()
    desk.run("review", "--merge")
    whole = file_hashes(desk.seeds.path)
    desk.seeds.file("claims").write_bytes(before)  # what stands there where the last file was not replaced
    desk.run("review", "--merge")
    assert file_hashes(desk.seeds.path) == whole


def test_no_proposals_and_an_unknown_document_are_bad_usage(desk: Desk, tmp_path: Path) -> None:
    nothing = desk.run("review", "--proposals", str(tmp_path / "nowhere"))
    assert (nothing.returncode, "run `bicentennial extract` first" in nothing.stderr) == (2, True)
    unknown = desk.run("review", "nota")
    assert unknown.returncode == 2
    assert unknown.stderr.splitlines()[1:] == ["  note"]


def own_terminal() -> None:
    """Make standard input the terminal of a new process and Ctrl-C its end, which jobs in the background ignore."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_single_keys_at_a_terminal(desk: Desk) -> None:
    """A real terminal: keys without Enter, lines with it, marks that need no colour, and Ctrl-C."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*CLI, "review"],
        env=environment(desk.root / "home", desk.seeds.path, TERM="xterm", COLUMNS="100"),
        stdin=follower, stdout=follower, stderr=follower, close_fds=True, start_new_session=True,
        preexec_fn=own_terminal,
    )  # fmt: skip
    os.close(follower)
    shown, ahead = "", ""

    def until(text: str) -> None:
        """Wait for a text; what came behind it in the same breath stays for the next call."""
        nonlocal shown, ahead
        deadline = time.monotonic() + 120
        while text not in (plain := re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", ahead)):
            assert time.monotonic() < deadline, ahead
            if select.select([leader], [], [], 0.2)[0]:
                read = os.read(leader, 65536).decode("utf-8", "replace")
                shown, ahead = shown + read, ahead + read
        ahead = plain.partition(text)[2]

    try:
        for text, keys in [("[q]uit", "a"), ("document_kind", "press_release\n"), ("licence: ", "3\n"),
                           ("[?]", "a"), ("17<<", ""), ("[?]", "c"), ("correct>", "note=Seen\n"), ("correct>", "\n"),
                           ("[?]", "a"), ("44 pounds<<", ""), ("[?]", "\x03")]:  # fmt: skip
            until(text)
            os.write(leader, keys.encode())
        until("review --merge")
        assert process.wait(timeout=120) == 2
    finally:
        process.kill()
        os.close(leader)
    assert "\x1b[" in shown
    assert ">>" in shown
    assert [row["review_status"] for row in desk.rows("note")] == ["accepted", "accepted"] + ["proposed"] * 3
    assert desk.rows("note")[1]["note"] == "Seen"
    assert desk.claims("note") == {}
    assert "2 accepted" in desk.run("review", "--merge").stdout


# What a reviewer may ask and choose

WHOLE = NOTE.index("230 arrests")


def test_every_field_says_what_it_may_hold(desk: Desk) -> None:
    questions = [f"{name}=?" for name in CLAIM_FIELDS]
    done = desk.run("review", answers=[*REGISTER_NOTE, "c", *questions, "parent=?28", "type=?ban", "", "q"])
    assert (done.returncode, done.stderr) == (0, "")
    for told in (f"note:{WHOLE} · 230 (arrests)", "subset_of, may_overlap", "verbatim: free text", "cbp · U.S. Customs",
                 "claim_type: nothing like that", "seizure, arrest, warrant"):  # fmt: skip
        assert told in done.stdout, told


def test_a_line_with_a_fault_changes_nothing_and_a_correction_is_said_to_be_one(desk: Desk) -> None:
    answers = [*REGISTER_NOTE, "c", "unit=kg qualifier=over", "value=3", "place=atlantis", "qualifier=nearly", "", "u",
               "c", "agencies==", "", "a", "c", "agencies==", "agencies=", "", "q"]  # fmt: skip
    done = desk.run("review", answers=answers)
    assert done.stdout.count("Nothing was changed by this line.") == 2
    assert "value follows verbatim" in done.stdout
    assert "place_id: “atlantis”: no such place_id in places.csv" in done.stdout
    assert "qualifier: exact → nearly" in done.stdout
    assert "Undone: “1,250 pounds” of note: qualifier nearly → exact" in done.stdout
    assert "no claim with an agency was accepted in this session yet" in done.stdout
    first, second = desk.rows("note")[:2]
    assert (first["unit_id"], first["qualifier"]) == ("lb", "exact")
    assert second["agencies"] == ""
    assert "agencies=corrected(1.00)" in second["reason"]
    assert "agencies: DEA:lead → CBP:lead" in done.stdout
    assert "its note will say: No agency is named." in done.stdout
    assert "4 proposals still wait in these documents." in done.stdout


def test_the_relation_to_the_whole_is_shown_and_chosen(desk: Desk) -> None:
    corrections = ["c", "relation=inside", "parent=99999", "parent=foo", "relation=may_overlap:inferred",
                   "relation=may_overlap:inferred:Both were told of one night.", "", "a"]  # fmt: skip
    done = desk.run("review", answers=[*REGISTER_NOTE, *"aaaa", *corrections])
    assert "part of 230 (arrests)" in done.stdout
    assert "may overlap 230 (arrests)" not in done.stdout  # shown again only after an empty line
    assert "“inside” is no relation" in done.stdout
    assert "parent_claim_id: “note:99999”: no such claim or proposal" in done.stdout
    assert "parent_claim_id: “foo”: no such claim or proposal" in done.stdout
    assert "an inferred tie says from what" in done.stdout
    part, whole = (desk.claims("note")[figure]["claim_id"] for figure in ("28", "230"))
    tie = f"{part},{whole},may_overlap,inferred,Both were told of one night."
    assert added_lines(SEEDS / "claim_relations.csv", desk.seeds.file("claim_relations")) == [tie]


def test_an_outcome_of_another_kind_is_a_stage_and_an_impossible_whole_is_marked(desk: Desk) -> None:
    answers = [*REGISTER_NOTE, *"ssc", f"parent={WHOLE}", "", *"ssc", "type=conviction subject=convictions",
               "", "a", "q"]  # fmt: skip
    done = desk.run("review", answers=answers)
    assert re.search(r"\? whole +part of 230 \(arrests\) .*can one be in the other\?", done.stdout)
    assert "a stage of 230 (arrests)" in done.stdout
    assert desk.rows("note")[4]["parent_relation"] == "stage_of"


def test_a_row_that_the_file_decides_wrongly_is_offered_with_its_problem(desk: Desk) -> None:
    desk.decide("note", "yes", "accepted", "accepted", "accepted", "accepted")
    rows = desk.rows("note")
    rows[1]["parent_claim_id"] = "note:7"
    write_rows(desk.proposals / "note.csv", COLUMNS, rows)
    merged = desk.run("review", "--merge")
    assert "row 3, column parent_claim_id: “note:7”: no such claim or proposal" in merged.stderr
    assert "“note”: not in documents.csv" in merged.stderr
    assert merged.stderr.splitlines()[-1].startswith("3 problems")
    done = desk.run("review", answers=[*REGISTER_NOTE, "a", "c", "parent=", "", "a"])
    assert "note · 1 of 2" in done.stdout
    assert "review_status: “yes”: no such status" in done.stdout
    assert "decided in the file, and cannot be merged as it is" in done.stdout
    assert list(desk.claims("note")) == FIGURES
    assert "still wait" not in done.stdout


def test_a_member_added_in_another_window_is_seen(desk: Desk) -> None:
    desk.register("note", "note.md")
    console = Console(file=io.StringIO(), width=100)
    session = Session(console, Answers(console), desk.proposals, desk.seeds.path)
    desk.seeds.append("agencies", agency_id="sampleton-port-police", agency_name="Sampleton Port Police",
                      acronym="SPP", agency_kind="agency")  # fmt: skip
    rows = desk.rows("note")
    rows[0]["agencies"] = "SPP:lead"
    assert session._problems(desk.proposals / "note.csv", rows, 0, NOTE) == []


def test_an_operation_is_asked_until_its_row_is_sound(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.write("note.txt", "DEA's Operation Pale Moon led to 12 arrests.\n")
    desk.extract("note.txt")
    asked = ["", "?", "raid", "task_force", "XYZ", "DEA; cbp", "January", "2024-01-08"]
    done = desk.run("review", answers=["a", "[A note]", "news", "1", "a", "y", *asked])
    assert "one of operation, task_force" in done.stdout
    assert "lead_agency_ids: “xyz”" in done.stdout.lower()
    row = "operation-pale-moon,Operation Pale Moon,task_force,,,dea|cbp,2024-01-08,,,"
    assert added_lines(SEEDS / "operations.csv", desk.seeds.file("operations")) == [row]
    assert "1 accepted" in done.stdout


def test_attributes_keep_their_column_on_a_narrow_terminal(desk: Desk) -> None:
    out = io.StringIO()
    rows = desk.rows("note")
    row = {**rows[1], "note": "A note of several words " * 6}
    show_proposal(Console(file=out, width=80), row, rows, NOTE, "note", [], None, False)
    shown = out.getvalue().splitlines()
    assert max(map(len, shown)) <= 80
    at = next(n for n, line in enumerate(shown) if line.startswith("  note "))
    assert shown[at + 1].startswith(" " * 25) and shown[at + 1][25] != " "
