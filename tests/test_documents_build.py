"""A build with a folder of documents: what is new is read first, waits in the queue, and reaches no fact."""

from __future__ import annotations

import re

from bicentennial.publish import read_manifest

from .later import NONSENSE, Later


def test_a_build_reads_what_is_new_first_and_says_what_waits(later: Later) -> None:
    assert re.search(r"read documents +8 new or changed, 1 cannot be read", later.stdout)
    assert "cannot be read: broken.txt: it is binary (a NUL at byte offset 6). Save its text as UTF-8" in later.stdout
    ((figures, documents),) = later.ask("select count(*), count(distinct document_id) from review_queue")
    assert f"{figures} figures of {documents} document" in later.stdout
    assert "bicentennial review" in later.stdout


def test_what_is_proposed_is_in_the_queue_and_in_no_fact(later: Later) -> None:
    """Also where a person has written nonsense into the file, and called it accepted."""
    accepted = sum(row["review_status"] == "accepted" for row in later.seeds.rows("claims").values())
    assert later.ask("select count(*) from fct_claims") == [(accepted,)]
    queued = later.ask(
        "select claim_id, value, review_status, is_registered from review_queue where document_id = 'harbour' "
        "order by char_start"
    )
    assert len(queued) >= 3
    assert queued[0][1:3] == (int(NONSENSE["value"]), "accepted")
    assert not any(row[3] for row in queued)
    tables = later.ask(
        "select table_name from duckdb_columns() where schema_name = 'marts' and column_name = 'claim_id'"
    )
    for (table,) in tables:
        found = later.ask(f"select count(*) from {table} where claim_id ^@ 'harbour:'")
        assert found == [(len(queued) if table == "review_queue" else 0,)], table


def test_coverage_tells_nothing_found_from_nothing_read(later: Later) -> None:
    found = {
        row[0]: row[1:]
        for row in later.ask(
            "select document_id, is_registered, read_status, figures_found, accepted_count, open_count "
            "from document_coverage"
        )
    }
    assert found["calm"] == (False, "read", 0, 0, 0)
    assert found["broken"] == (False, "unreadable", None, 0, None)
    harbour = found["harbour"]
    assert harbour[:2] == (False, "read") and harbour[2] == harbour[4] >= 3
    counted = {key: sum(row["document_id"] == key for row in later.seeds.rows("claims").values()) for key in found}
    for row in later.seeds.rows("documents").values():
        is_registered, status, figures, accepted, waiting = found[row["document_id"]]
        assert (is_registered, status, accepted) == (True, "read", counted[row["document_id"]])
        assert figures == accepted + waiting


def test_no_sentence_of_a_document_is_published(later: Later) -> None:
    for path in later.home.published.resolve().rglob("*"):
        if path.is_file():
            assert b"as the harbour master said" not in path.read_bytes(), path
            assert b"officers of the DEA seized" not in path.read_bytes(), path


def test_the_reading_is_a_run_of_dagster_with_a_partition_for_each_document(later: Later) -> None:
    import dagster as dg

    from orchestration.documents import PROPOSALS_KEY
    from orchestration.instance import prepare_instance

    with dg.DagsterInstance.from_config(str(prepare_instance(later.home))) as instance:
        readable = {path.name for path in later.texts.iterdir()} - {"broken.txt"}
        assert instance.get_materialized_partitions(PROPOSALS_KEY) == readable
        assert len(instance.get_runs(dg.RunsFilter(job_name="documents"))) == 1


def test_a_build_without_a_change_reads_nothing_again(later: Later) -> None:
    done = later.build()
    assert done.returncode == 0, done.stderr
    assert "Nothing has changed since release" in done.stdout
    assert "wait for a decision (review_queue): bicentennial review" in done.stdout


def test_a_file_of_proposals_that_was_broken_by_hand_stops_the_build(later: Later) -> None:
    path = later.home.proposals / "harbour.csv"
    before, release = path.read_bytes(), read_manifest(later.home.published)
    path.write_bytes(before.replace(b",kg,", b",stone,"))
    try:
        done = later.build()
    finally:
        path.write_bytes(before)
    assert done.returncode == 2
    assert "1 problem in the proposals; nothing was published." in done.stderr
    assert "proposals/harbour.csv, row 2, column unit_id: “stone”: no such unit_id in units.csv" in done.stderr
    assert read_manifest(later.home.published) == release
