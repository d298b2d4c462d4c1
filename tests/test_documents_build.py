"""A build with a folder of documents: what is new is read first, waits in the queue, and reaches no fact.

The registered texts are not part of the project. Stand-ins hold every figure at its place, and filler between.
"""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bicentennial.publish import read_manifest
from bicentennial.settings import Home
from ingest.extract import Reference
from ingest.proposal_rows import COLUMNS
from ingest.proposals import propose
from ingest.register import Register

from .support import SEEDS, Built, SeedFolder, copied_home, run_cli

HARBOUR = (
    "# Harbour report\n\nIn March 2024, officers of the DEA seized 12 rifles and over 300 pounds of cocaine in Mexico. "
    "They arrested 5 people.\n"
)
CALM = "# A calm week\n\nNothing was seized, and nobody was arrested, as the harbour master said.\n"
NONSENSE = {
    "claim_type": "seizure", "commodity_id": "cocaine", "subject_id": "", "value": "987654321987",
    "qualifier": "exact", "unit_id": "kg", "review_status": "accepted", "period_basis": "fiscal_year",
    "period_start": "2022-10-01", "period_end": "2023-09-30", "note": "By hand.",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A home in which a build has read documents, its inputs, and what it said."""

    home: Home
    seeds: SeedFolder
    texts: Path
    stdout: str

    def build(self, *arguments: str) -> Any:
        return run_cli(
            "build", *arguments, home=self.home.root, seeds=self.seeds.path,
            env={"BICENTENNIAL_DOCUMENTS": str(self.texts)},
        )  # fmt: skip

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.home.warehouse, read_only=True) as connection:
            connection.execute("set search_path = 'marts'")
            return connection.execute(sql).fetchall()


def write_stand_ins(seeds: SeedFolder, folder: Path) -> None:
    """Write a text for each registered document, its figures in their places, and register its hash."""
    claims = seeds.rows("claims").values()
    for number, document in seeds.rows("documents").items():
        text = list(("filler text " * (int(document["char_count"]) // 12 + 1))[: int(document["char_count"])])
        for claim in (claim for claim in claims if claim["document_id"] == document["document_id"]):
            start, end = int(claim["char_start"]), int(claim["char_end"])
            text[start:end] = claim["verbatim"]
            for beside in (start - 1, end):
                text[beside : beside + 1] = " "
        data = "".join(text)[: int(document["char_count"])].encode()
        (folder / document["file_name"]).write_bytes(data)
        seeds.change("documents", number, sha256=hashlib.sha256(data).hexdigest())


def make_nonsense(path: Path) -> str:
    """Overwrite the first row of a file of proposals by hand; return its claim."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= NONSENSE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows[0]["claim_id"]


@pytest.fixture(scope="module")
def reading(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """One build: five registered stand-ins, one document with figures, one without, one that cannot be read."""
    root = tmp_path_factory.mktemp("reading")
    seeds = SeedFolder(Path(shutil.copytree(SEEDS, root / "seeds")))
    texts = root / "texts"
    texts.mkdir()
    write_stand_ins(seeds, texts)
    (texts / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (texts / "calm.md").write_text(CALM, encoding="utf-8")
    (texts / "broken.txt").write_bytes(b"rifles\0rifles")
    with copied_home(built.home, root / "home") as home:
        reference, register = Reference.load(seeds.path), Register.load(seeds.path)
        make_nonsense(propose(texts / "harbour.md", reference, home.proposals, register).path)
        done = Reading(home, seeds, texts, "").build()
        assert done.returncode == 0, done.stdout + done.stderr
        yield Reading(home, seeds, texts, done.stdout)


def test_a_build_reads_what_is_new_first_and_says_what_waits(reading: Reading) -> None:
    assert re.search(r"read documents +7 new or changed, 1 cannot be read", reading.stdout)
    assert "cannot be read: broken.txt: it is binary (a NUL at byte offset 6). Save its text as UTF-8" in reading.stdout
    ((figures, documents),) = reading.ask("select count(*), count(distinct document_id) from review_queue")
    assert f"{figures} figures of {documents} document" in reading.stdout
    assert "bicentennial review" in reading.stdout


def test_what_is_proposed_is_in_the_queue_and_in_no_fact(reading: Reading) -> None:
    """Also where a person has written nonsense into the file, and called it accepted."""
    accepted = sum(row["review_status"] == "accepted" for row in reading.seeds.rows("claims").values())
    assert reading.ask("select count(*) from fct_claims") == [(accepted,)]
    queued = reading.ask(
        "select claim_id, value, review_status, is_registered from review_queue where document_id = 'harbour' "
        "order by char_start"
    )
    assert len(queued) >= 3
    assert queued[0][1:3] == (int(NONSENSE["value"]), "accepted")
    assert not any(row[3] for row in queued)
    tables = reading.ask(
        "select table_name from duckdb_columns() where schema_name = 'marts' and column_name = 'claim_id'"
    )
    for (table,) in tables:
        found = reading.ask(f"select count(*) from {table} where claim_id ^@ 'harbour:'")
        assert found == [(len(queued) if table == "review_queue" else 0,)], table


def test_coverage_tells_nothing_found_from_nothing_read(reading: Reading) -> None:
    found = {
        row[0]: row[1:]
        for row in reading.ask(
            "select document_id, is_registered, read_status, figures_found, accepted_count, open_count "
            "from document_coverage"
        )
    }
    assert found["calm"] == (False, "read", 0, 0, 0)
    assert found["broken"] == (False, "unreadable", None, 0, None)
    harbour = found["harbour"]
    assert harbour[:2] == (False, "read") and harbour[2] == harbour[4] >= 3
    counted = {key: sum(row["document_id"] == key for row in reading.seeds.rows("claims").values()) for key in found}
    for row in reading.seeds.rows("documents").values():
        is_registered, status, figures, accepted, waiting = found[row["document_id"]]
        assert (is_registered, status, accepted) == (True, "read", counted[row["document_id"]])
        assert figures == accepted + waiting


def test_no_sentence_of_a_document_is_published(reading: Reading) -> None:
    for path in reading.home.published.resolve().rglob("*"):
        if path.is_file():
            assert b"as the harbour master said" not in path.read_bytes(), path
            assert b"officers of the DEA seized" not in path.read_bytes(), path


def test_the_reading_is_a_run_of_dagster_with_a_partition_for_each_document(reading: Reading) -> None:
    import dagster as dg

    from orchestration.documents import PROPOSALS_KEY
    from orchestration.instance import prepare_instance

    with dg.DagsterInstance.from_config(str(prepare_instance(reading.home))) as instance:
        readable = {path.name for path in reading.texts.iterdir()} - {"broken.txt"}
        assert instance.get_materialized_partitions(PROPOSALS_KEY) == readable
        assert len(instance.get_runs(dg.RunsFilter(job_name="documents"))) == 1


def test_a_build_without_a_change_reads_nothing_again(reading: Reading) -> None:
    done = reading.build()
    assert done.returncode == 0, done.stderr
    assert "Nothing has changed since release" in done.stdout
    assert "wait for a decision (review_queue): bicentennial review" in done.stdout


def test_a_file_of_proposals_that_was_broken_by_hand_stops_the_build(reading: Reading) -> None:
    path = reading.home.proposals / "harbour.csv"
    before, release = path.read_bytes(), read_manifest(reading.home.published)
    path.write_bytes(before.replace(b",kg,", b",stone,"))
    try:
        done = reading.build()
    finally:
        path.write_bytes(before)
    assert done.returncode == 2
    assert "1 problem in the proposals; nothing was published." in done.stderr
    assert "proposals/harbour.csv, row 2, column unit_id: “stone”: no such unit_id in units.csv" in done.stderr
    assert read_manifest(reading.home.published) == release
