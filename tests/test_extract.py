"""`bicentennial extract`, run as a person runs it: what it writes and says, and what no document can do to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .curation import FIGURES, IS_ROOT, NOTE, Desk, new_desk
from .ingest.reading.makers import Put, pdf_bytes
from .support import file_hashes


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_documents_become_proposals_and_the_second_run_costs_nothing(desk: Desk) -> None:
    desk.write("Port note – ñandú.md", NOTE)
    page = "<html><body><article><h1>Note</h1><p>DEA made 12 arrests.</p></article></body></html>"
    desk.write("page.html", page)
    desk.write("list.docx", "no document")
    done = desk.run("extract", str(desk.texts))
    assert (done.returncode, done.stderr) == (0, "")
    assert "list.docx: passed over" in done.stdout
    assert "2 documents read" in done.stdout
    assert "6 claims proposed, 6 to decide" in done.stdout
    assert [row["verbatim"] for row in desk.rows("port-note-nandu")] == FIGURES
    first = file_hashes(desk.proposals)
    again = desk.run("extract", str(desk.texts))
    assert "0 documents read, 2 unchanged since the last time" in again.stdout
    assert file_hashes(desk.proposals) == first


def test_a_document_outside_any_folder_goes_where_it_is_told(desk: Desk, tmp_path: Path) -> None:
    path = desk.write("deep/er/note.txt", NOTE)
    out = tmp_path / "my proposals"
    done = desk.run("extract", str(path.resolve()), "--out", str(out))
    assert done.returncode == 0
    assert sorted(file_hashes(out)) == ["documents/note.json", "left-out/note.csv", "note.csv"]
    assert "bicentennial review --proposals" in done.stdout
    assert not desk.proposals.exists()


HEX = f"/O <{'ab' * 32}> /U <{'cd' * 32}> /P -4 >> /ID [<{'11' * 16}> <{'11' * 16}>]"
LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 {HEX}"
LINE = [[Put("17 arrests", 700)]]
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "it is empty"),
    "blank.txt": (b" \n\t\n", "nothing but white space"),
    "binary.txt": (os.urandom(64) + b"\0" * 200, "it is binary"),
    "utf16.txt": (NOTE.encode("utf-16"), "UTF-16"),
    "latin1.txt": ("Operación en Cancún: 17 arrests".encode("latin-1"), "not UTF-8"),
    "zip.txt": (b"PK\x03\x04" + b"\0" * 50, "zip archive"),
    "broken.pdf": (pdf_bytes(LINE)[:300], "a broken PDF"),
    "locked.pdf": (pdf_bytes(LINE, extra=LOCK), "it is encrypted"),
    "deep.html": (b"<div>" * 50_000 + b"17 arrests" + b"</div>" * 50_000, "nested deeper"),
    "line.txt": (b"x" * 17_000_000, "a line of more than"),
}
READABLE = {
    "long-line.txt": ("lorem ipsum dolor, " * 520_000 + "and DEA made 17 arrests.").encode(),
    "rtl.txt": "DEA made \u202e17\u202c arrests\u200f in \u2067Sampleton\u2069.\n".encode(),
    "note.txt": NOTE.encode(),
}


def test_hostile_documents_are_told_and_the_others_go_on(desk: Desk) -> None:
    hostile = HOSTILE | {"bomb.pdf": (pdf_bytes(LINE, padding=600_000_000), "expand")}
    for name, (data, _) in hostile.items():
        (desk.texts / name).write_bytes(data)
    for name, data in READABLE.items():
        (desk.texts / name).write_bytes(data)
    (desk.texts / "gone.txt").symlink_to(desk.texts / "nowhere")
    os.mkfifo(desk.texts / "pipe.txt")
    (desk.texts / "folder.txt").mkdir()
    paths = [str(desk.texts), str(desk.write("../table.xlsx", "17")), str(desk.texts / "never\nwas.txt")]
    done = desk.run("extract", *paths)
    assert done.returncode == 2
    told = done.stderr.splitlines()
    for name, (_, what) in hostile.items():
        (line,) = [line for line in told if f"/{name}:" in line]
        assert what in line
    assert any("gone.txt: it is a link to a file that is not there. Mend or remove the link" in line for line in told)
    assert any("pipe.txt: it is no regular file" in line for line in told)
    assert any(r"never\nwas.txt: there is no such file" in line for line in told)
    assert any("table.xlsx: its kind '.xlsx' is not known" in line for line in told)
    assert len(told) == len(hostile) + 4
    assert "Traceback" not in done.stderr
    assert "folder.txt: passed over, a folder" in done.stdout
    assert f"{len(READABLE)} documents read" in done.stdout
    assert f"{len(told)} not readable" in done.stdout
    assert [row["verbatim"] for row in desk.rows("long-line")] == ["17"]
    assert [row["verbatim"] for row in desk.rows("note")] == FIGURES
    for row in desk.rows("rtl"):
        text = READABLE["rtl.txt"].decode()
        assert text[int(row["char_start"]) : int(row["char_end"])] == row["verbatim"]
    assert sorted(path.stem for path in desk.proposals.glob("*.csv")) == ["long-line", "note", "rtl"]


@pytest.mark.skipif(IS_ROOT, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_told(desk: Desk) -> None:
    desk.write("secret.txt", NOTE).chmod(0)
    done = desk.run("extract", str(desk.texts))
    assert done.returncode == 2
    assert "secret.txt: it cannot be opened" in done.stderr


def test_two_documents_of_one_name_do_not_overwrite_each_other(desk: Desk) -> None:
    desk.write("note.txt", NOTE)
    desk.write("note.md", "DEA made 12 arrests.\n")
    done = desk.run("extract", str(desk.texts))
    assert done.returncode == 2
    assert "its id would be “note”, which is that of" in done.stderr
    assert [row["verbatim"] for row in desk.rows("note")] == ["12"]


def test_no_path_and_no_folder_is_bad_usage(desk: Desk) -> None:
    done = desk.run("extract")
    assert done.returncode == 2
    assert "PATH…, or BICENTENNIAL_DOCUMENTS" in done.stderr
    empty = desk.run("extract", str(desk.texts))
    assert (empty.returncode, "No document in" in empty.stderr) == (2, True)


def test_a_missing_or_broken_reference_table_is_told_before_anything_is_read(desk: Desk) -> None:
    path = desk.write("note.txt", NOTE)
    header, *records = desk.seeds.records("agencies")
    desk.seeds.write("agencies", [["agency", *header[1:]], *records])
    broken = desk.run("extract", str(path))
    assert broken.returncode == 2
    assert "seeds/agencies.csv, row 1, column agency_id: the column is missing" in broken.stderr
    desk.seeds.file("agencies").unlink()
    missing = desk.run("extract", str(path))
    assert missing.returncode == 2
    assert "agencies.csv is missing; restore it" in missing.stderr
    assert not desk.proposals.exists()


def test_a_folder_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    path = desk.write("note.txt", NOTE)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = desk.run("extract", str(path), "--out", str(tmp_path / "file"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_decision_in_the_file_outlives_a_new_extraction(desk: Desk) -> None:
    path = desk.write("note.md", NOTE)
    desk.run("extract", str(path))
    desk.decide("note", "accepted", "rejected")
    first = (desk.proposals / "note.csv").read_bytes()
    done = desk.run("extract", str(path), "--force")
    assert "2 changed by hand, kept" in done.stdout
    assert (desk.proposals / "note.csv").read_bytes() == first
