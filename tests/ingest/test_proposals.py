"""Proposals as files: what they hold, what is kept when they are made again, what must never happen to them."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from ingest.extract import Reference
from ingest.proposal_files import ProposalError, read_rows, read_state, write_rows
from ingest.proposal_rows import CLAIM_COLUMNS, COLUMNS, row_hash
from ingest.proposals import (
    EARLIER_FOLDER,
    LEFT_OUT_FOLDER,
    document_files,
    is_current,
    propose,
    skipped_files,
)
from ingest.reading import ReadingError
from ingest.register import Register
from ingest.tables import Claim
from tests.support import SEEDS, SeedFolder, file_hashes

TEXT = """Note of the day

On October 5, DEA’s Operation Pale Moon led to over 1,200 arrests and the seizure of 44 pounds of heroin.

INL trained 850 officials (700 since March 2021) on cybercrime.
"""


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load(SEEDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "proposals"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "Note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(path: Path, at: int, **cells: str) -> None:
    rows = csv_rows(path)
    rows[at] |= cells
    write_rows(path, COLUMNS, rows)


def test_a_proposal_is_a_row_of_claims_with_its_review(note: Path, folder: Path, reference: Reference) -> None:
    done = propose(note, reference, folder)
    assert (done.document_id, done.file_name, done.claim_count, done.open_count) == ("note", "Note.txt", 4, 4)
    assert done.path == folder / "note.csv"
    found = csv_rows(done.path)
    assert tuple(found[0]) == COLUMNS
    assert COLUMNS[: len(CLAIM_COLUMNS)] == tuple(Claim.model_fields)
    arrests, heroin, trained, since = found
    assert arrests["claim_id"] == f"note:{arrests['char_start']}"
    assert (arrests["operation_name"], arrests["agencies"]) == ("Operation Pale Moon", "DEA:lead")
    assert (heroin["commodity_id"], heroin["value"], heroin["review_status"]) == ("heroin", "44", "proposed")
    assert since["parent_claim_id"] == trained["claim_id"]
    assert all(0 <= float(row["confidence"]) <= 1 and row["reason"] and row["sentence"] for row in found)
    assert all(TEXT[int(row["char_start"]) : int(row["char_end"])] == row["verbatim"] for row in found)


def test_what_is_no_claim_is_kept_apart_and_nothing_changes_on_the_second_run(
    note: Path, folder: Path, reference: Reference
) -> None:
    done = propose(note, reference, folder)
    left = csv_rows(folder / LEFT_OUT_FOLDER / "note.csv")
    assert [(row["verbatim"], row["reason"]) for row in left] == [("5", "date"), ("2021", "date")]
    assert (done.no_claim_count, done.not_understood_count) == (2, 0)
    first = file_hashes(folder)
    assert propose(note, reference, folder) == done
    assert file_hashes(folder) == first


def test_the_state_holds_document_and_evidence(note: Path, folder: Path, reference: Reference) -> None:
    done = propose(note, reference, folder)
    state = read_state(folder, "note")
    assert state is not None
    assert (state.sha256, state.char_count, state.file_name) == (done.sha256, len(TEXT), "Note.txt")
    (title,) = [found for found in state.metadata if found["name"] == "title"]
    assert title["value"] == "Note of the day" == TEXT[title["char_start"] : title["char_end"]]  # type: ignore[misc]


def test_current_until_content_rules_or_decisions_change(
    note: Path, folder: Path, reference: Reference, seeds_copy: SeedFolder
) -> None:
    assert not is_current(note, reference, folder)
    propose(note, reference, folder)
    assert is_current(note, reference, folder)
    seeds_copy.append("operations", operation_id="operation-pale-moon", operation_name="Operation Pale Moon",
                      operation_kind="operation")  # fmt: skip
    assert not is_current(note, Reference.load(seeds_copy.path), folder)
    sha256 = read_state(folder, "note").sha256  # type: ignore[union-attr]
    seeds_copy.append("documents", document_id="note", file_name="Note.txt", title="Note", document_kind="news",
                      language="en", sha256=sha256, char_count=str(len(TEXT)), licence="free")  # fmt: skip
    row = csv_rows(folder / "note.csv")[1]
    seeds_copy.append("claims", **{c: row[c] for c in CLAIM_COLUMNS} | {"review_status": "rejected"})
    register = Register.load(seeds_copy.path)
    assert not is_current(note, reference, folder, register)
    assert propose(note, reference, folder, register).open_count == 3
    assert [row["decision"] for row in csv_rows(folder / "note.csv")] == ["", "rejected", "", ""]
    assert is_current(note, reference, folder, register)
    note.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    assert not is_current(note, reference, folder, register)


def test_what_a_person_changed_is_kept(note: Path, folder: Path, reference: Reference) -> None:
    path = propose(note, reference, folder).path
    change(path, 0, review_status="accepted")
    change(path, 1, value="45")
    wider = csv_rows(path)[2]
    start, end = int(wider["char_start"]), int(wider["char_end"]) + len(" officials")
    change(path, 2, char_end=str(end), verbatim=TEXT[start:end])
    first = path.read_bytes()
    assert propose(note, reference, folder).kept_count == 3
    assert path.read_bytes() == first


def test_what_a_person_changed_is_put_aside_when_the_document_changes(
    note: Path, folder: Path, reference: Reference
) -> None:
    path = propose(note, reference, folder).path
    change(path, 0, review_status="accepted")
    note.write_text("A new line.\n\n" + TEXT, encoding="utf-8")
    done = propose(note, reference, folder)
    assert done.kept_count == 0
    assert {row["review_status"] for row in csv_rows(path)} == {"proposed"}
    assert done.earlier is not None and done.earlier.parent == folder / EARLIER_FOLDER
    assert [row["review_status"] for row in csv_rows(done.earlier)] == ["accepted"]


def test_an_interruption_makes_no_row_a_persons(note: Path, folder: Path, reference: Reference) -> None:
    path = propose(note, reference, folder).path
    old = path.read_bytes()
    state = folder / "documents" / "note.json"
    cells = json.loads(state.read_text(encoding="utf-8"))
    change(path, 0, note="As an older rule wrote it")  # what stands there before the new rows are written
    cells["row_hashes"] += [row_hash(read_rows(path)[0])]
    cells["fingerprint"] = ""
    state.write_text(json.dumps(cells), encoding="utf-8")
    assert not is_current(note, reference, folder)
    assert propose(note, reference, folder).kept_count == 0
    assert path.read_bytes() == old


@pytest.mark.parametrize("name", ["Note.md", "other/Note.txt", "other/note.txt"])
def test_two_documents_never_share_an_id(note: Path, folder: Path, reference: Reference, name: str) -> None:
    propose(note, reference, folder)
    first = file_hashes(folder)
    other = note.parent / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("Another 12 arrests were made.\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"its id would be “note”, which is that of .*Note\.txt"):
        propose(other, reference, folder)
    assert file_hashes(folder) == first


def test_an_id_of_the_register_is_not_taken_either(tmp_path: Path, folder: Path, reference: Reference) -> None:
    path = tmp_path / "hlsd-fact-sheet-2023.txt"
    path.write_text("Another 12 arrests were made.\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"another document in documents\.csv"):
        propose(path, reference, folder)
    assert not folder.exists()


def test_an_error_leaves_the_folder_as_it_was(note: Path, folder: Path, reference: Reference) -> None:
    propose(note, reference, folder)
    first = file_hashes(folder)
    note.write_bytes(b"\xff\xfe" + TEXT.encode("utf-16-le"))
    assert not is_current(note, reference, folder)
    with pytest.raises(ReadingError, match="UTF-16"):
        propose(note, reference, folder)
    assert file_hashes(folder) == first


def test_a_broken_file_of_proposals_is_told_and_not_overwritten(note: Path, folder: Path, reference: Reference) -> None:
    path = propose(note, reference, folder).path
    path.write_text(path.read_text(encoding="utf-8").replace("claim_type", "type", 1), encoding="utf-8")
    first = file_hashes(folder)
    with pytest.raises(ProposalError, match=r"note\.csv: its header is not that of proposals \(lacking: claim_type\)"):
        propose(note, reference, folder)
    assert file_hashes(folder) == first


def test_documents_of_a_folder(tmp_path: Path) -> None:
    for name in ["b.TXT", "a.html", ".hidden.txt", "c.docx", "ñandú 1.md"]:
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "d.txt").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    found = document_files([tmp_path, tmp_path / "b.TXT", tmp_path / "c.docx"])
    assert [path.name for path in found] == ["a.html", "b.TXT", "gone.txt", "pipe.txt", "ñandú 1.md", "c.docx"]
    assert [path.name for path in skipped_files([tmp_path])] == ["c.docx", "d.txt"]


@pytest.mark.parametrize(("name", "what"), [("gone.txt", "link to a file"), ("pipe.txt", "no regular file")])
def test_what_is_no_file_is_refused_before_it_is_opened(
    tmp_path: Path, folder: Path, reference: Reference, name: str, what: str
) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadingError, match=what):
        propose(tmp_path / name, reference, folder)
    assert not is_current(tmp_path / name, reference, folder)
