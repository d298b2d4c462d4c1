"""Documents are partitions: what is new or changed costs only itself, and one that fails takes no other with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from bicentennial.settings import Home
from orchestration.automation import changed_inputs_sensor, documents_sensor
from orchestration.documents import DOCUMENTS_KEY, PROPOSALS_KEY, DocumentsFolder, keep_partitions
from orchestration.partitions import FEW, partition_tags

from ..support import SeedFolder
from .watched import Watched

NAMES = [f"report-{number}.md" for number in range(1, 6)]
TEXT = "# Report {name}\n\nIn May 2024 officers seized {count} rifles and arrested 4 people in Mexico.\n"


@dataclass
class Folder(Watched):
    """Five documents, a home, an instance, and the events that a look or a run adds to it."""

    texts: Path
    home: Home
    seeds: SeedFolder

    def write(self, name: str, count: int = 12) -> Path:
        path = self.texts / name
        path.write_text(TEXT.format(name=name, count=count), encoding="utf-8")
        return path

    def read_all(self) -> None:
        """What the sensor asks for first, in one run."""
        first, *_, last = self.look()
        self.run(partition_tags(str(first), str(last)))


@pytest.fixture
def folder(
    tmp_path: Path, seeds_copy: SeedFolder, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Folder]:
    home = Home(tmp_path / "home")
    monkeypatch.setenv("BICENTENNIAL_HOME", str(home.root))
    monkeypatch.setenv("BICENTENNIAL_SEEDS", str(seeds_copy.path))
    monkeypatch.setenv("BICENTENNIAL_DOCUMENTS", str(tmp_path / "texts"))
    (tmp_path / "texts").mkdir()
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        found = Folder(instance, definitions, "documents", documents_sensor, tmp_path / "texts", home, seeds_copy)
        for name in NAMES:
            found.write(name)
        yield found


# The sensor on the folder


def test_each_new_document_becomes_a_partition_and_a_run(folder: Folder) -> None:
    asked = folder.look()
    assert asked == NAMES
    assert folder.partitions() == NAMES
    folder.run_all(asked)
    assert folder.instance.get_materialized_partitions(PROPOSALS_KEY) == set(NAMES)
    assert folder.look() == []


def test_a_changed_document_costs_only_itself(folder: Folder) -> None:
    folder.read_all()
    others = {name: (folder.home.proposals / f"{Path(name).stem}.csv").stat().st_mtime_ns for name in NAMES}
    folder.write(NAMES[2], count=4800)

    assert folder.look() == [NAMES[2]]
    result = folder.run({"dagster/partition": NAMES[2]})

    assert folder.materialized(result, DOCUMENTS_KEY) == folder.materialized(result, PROPOSALS_KEY) == [NAMES[2]]
    for name, before in others.items():
        path = folder.home.proposals / f"{Path(name).stem}.csv"
        assert (path.stat().st_mtime_ns != before) == (name == NAMES[2])
    assert "4800" in (folder.home.proposals / "report-3.csv").read_text(encoding="utf-8")
    assert folder.look() == []


def test_a_document_that_is_changed_back_is_read_again(folder: Folder) -> None:
    folder.read_all()
    for count in (13, 12, 13):
        folder.write(NAMES[0], count)
        asked = folder.look()
        assert asked == [NAMES[0]]
        folder.run_all(asked)
        assert f"seized {count} rifles" in (folder.home.proposals / "report-1.csv").read_text(encoding="utf-8")


def test_a_document_that_was_only_touched_asks_for_nothing(folder: Folder) -> None:
    folder.read_all()
    os.utime(folder.texts / NAMES[1], (0, 0))
    assert folder.look() == []


def test_a_look_at_an_unchanged_folder_opens_no_document(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.read_all()
    assert folder.look() == []  # what was asked for is compared by its content once
    opened: list[Path] = []
    read_bytes = Path.read_bytes

    def note(path: Path) -> bytes:
        opened.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", note)
    assert folder.look() == []
    assert [path for path in opened if path.parent == folder.texts] == []
    folder.write(NAMES[3], count=5)
    assert folder.look() == [NAMES[3]]
    assert [path.name for path in opened if path.parent == folder.texts] == [NAMES[3]]


def test_a_new_name_in_the_reference_tables_reads_all_documents_again(folder: Folder) -> None:
    folder.read_all()
    folder.seeds.append("places", place_id="tijuana", place_name="Tijuana", place_kind="city")
    assert folder.look() == NAMES


def test_a_gone_document_loses_its_partition_and_its_proposals(folder: Folder) -> None:
    folder.read_all()
    (folder.texts / NAMES[4]).unlink()
    assert folder.look() == []
    assert folder.partitions() == NAMES[:4]
    assert not (folder.home.proposals / "report-5.csv").exists()


def test_what_a_person_changed_is_kept_when_the_document_goes(folder: Folder) -> None:
    folder.read_all()
    path = folder.home.proposals / "report-5.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",proposed,", ",rejected,"), encoding="utf-8")
    before = path.read_bytes()
    (folder.texts / NAMES[4]).unlink()
    folder.look()
    assert folder.partitions() == NAMES[:4]
    assert path.read_bytes() == before


def test_without_a_folder_nothing_happens(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.read_all()
    monkeypatch.setenv("BICENTENNIAL_DOCUMENTS", str(folder.texts / "unmounted"))
    assert folder.look() == []
    assert folder.partitions() == NAMES
    assert (folder.home.proposals / "report-1.csv").exists()


def test_many_documents_share_a_run_in_which_each_is_its_own(folder: Folder) -> None:
    folder.read_all()
    more = [f"more-{number:03}.md" for number in range(FEW + 1)]
    for name in more:
        folder.write(name)
    folder.write(NAMES[1], count=8)
    (folder.texts / more[3]).write_bytes(b"")
    tick = folder.tick()
    requests = tick.run_requests or []
    assert [request.partition_key for request in requests] == [NAMES[1], None]
    result = folder.run(requests[1].tags)
    assert folder.materialized(result, PROPOSALS_KEY) == [name for name in more if name != more[3]]
    assert not result.success
    assert folder.look() == [NAMES[1]]  # its own run never took place


def test_a_run_that_was_lost_is_asked_for_again(folder: Folder) -> None:
    folder.read_all()
    folder.write(NAMES[1], count=8)
    assert folder.look() == [NAMES[1]]
    assert folder.look() == [NAMES[1]]
    folder.run_all([NAMES[1]])
    assert folder.look() == []


def test_a_folder_that_lost_everything_at_once_is_no_reason_to_forget(folder: Folder) -> None:
    folder.read_all()
    for name in NAMES:
        (folder.texts / name).unlink()
    assert "is it mounted?" in folder.tick().skip_message
    assert folder.partitions() == NAMES
    assert (folder.home.proposals / "report-1.csv").exists()


# Documents that cannot be read


def test_proposals_that_were_broken_by_hand_are_left_until_somebody_mends_them(folder: Folder) -> None:
    folder.read_all()
    path = folder.home.proposals / "report-2.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text('"' + whole, encoding="utf-8")
    folder.write(NAMES[1], count=8)
    folder.run_all(folder.look())
    assert folder.look() == []
    path.write_text(whole, encoding="utf-8")
    assert folder.look() == [NAMES[1]]


def test_a_document_that_cannot_be_read_fails_its_own_partition(folder: Folder) -> None:
    (folder.texts / NAMES[1]).write_bytes(b"rifles\0rifles")
    assert folder.look() == NAMES

    result = folder.run(partition_tags(NAMES[0], NAMES[-1]))

    assert not result.success
    failure = result.failure_data_for_node("read_documents")
    assert failure is not None and failure.user_failure_data is not None
    assert str(failure.user_failure_data.description) == (
        "report-2.md: it is binary (a NUL at byte offset 6). Save its text as UTF-8"
    )
    assert folder.materialized(result, PROPOSALS_KEY) == [name for name in NAMES if name != NAMES[1]]
    assert not (folder.home.proposals / "report-2.csv").exists()


def test_a_document_that_cannot_be_read_is_not_tried_again_until_it_changes(folder: Folder) -> None:
    (folder.texts / NAMES[1]).write_bytes(b"")
    folder.read_all()
    documents = DocumentsFolder.named()
    assert documents is not None
    assert documents.due(folder.instance) == []
    assert documents.list_unreadable() == [
        "report-2.md: it is empty. Save the document again, or take it out of the folder"
    ]

    folder.write("new.md")
    folder.seeds.append("claims", **folder.seeds.rows("claims")[2] | {"claim_id": "x:1", "review_status": "rejected"})
    assert folder.look() == ["new.md"]
    folder.run_all(["new.md"])

    folder.write(NAMES[1])
    assert folder.look() == [NAMES[1]]
    assert folder.run({"dagster/partition": NAMES[1]}).success
    documents = DocumentsFolder.named()
    assert documents is not None
    assert documents.list_unreadable() == []


def test_two_documents_of_one_id_are_told_until_one_is_gone(folder: Folder) -> None:
    folder.read_all()
    folder.write("report-1.txt", count=77)
    asked = folder.look()
    folder.run_all(asked)
    documents = DocumentsFolder.named()
    assert documents is not None
    assert asked == ["report-1.txt"]
    assert [line.partition(" is that of")[0] for line in documents.list_unreadable()] == [
        "report-1.txt: its id would be “report-1”, which"
    ]
    (folder.texts / "report-1.md").unlink()
    assert folder.look() == ["report-1.txt"]
    assert folder.run({"dagster/partition": "report-1.txt"}).success


# Partitions


def test_partitions_follow_the_folder(folder: Folder) -> None:
    documents = DocumentsFolder.named()
    assert documents is not None
    assert list(keep_partitions(folder.instance, documents)) == NAMES
    (folder.texts / NAMES[0]).unlink()
    folder.write("new.md")
    documents = DocumentsFolder.named()
    assert documents is not None
    assert list(keep_partitions(folder.instance, documents)) == [*NAMES[1:], "new.md"]


# The warehouse


def test_a_new_proposal_asks_for_a_build_once_no_document_is_being_read(folder: Folder) -> None:
    folder.look(changed_inputs_sensor)
    asked = folder.look()
    reading = folder.instance.create_run_for_job(
        folder.definitions.resolve_job_def("documents"), status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/partition": NAMES[0]},
    )  # fmt: skip
    folder.run_all(asked)
    assert folder.look(changed_inputs_sensor) == []
    folder.instance.delete_run(reading.run_id)
    assert folder.look(changed_inputs_sensor) == [None]


def test_no_fact_is_made_of_a_proposal(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    reached, waiting = set(), [PROPOSALS_KEY, DOCUMENTS_KEY]
    while waiting:
        key = waiting.pop()
        reached.add(key)
        waiting += graph.get(key).child_keys - reached
    marts = {key.path[-1] for key in reached if key.path[0] == "marts"}
    assert marts == {"review_queue", "document_coverage"}
