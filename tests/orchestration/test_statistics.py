"""Files of official statistics are partitions: one more costs only itself, and the same again changes nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from bicentennial.settings import Home
from orchestration.automation import changed_inputs_sensor, statistics_sensor
from orchestration.partitions import partition_tags
from orchestration.raw import raw_key
from orchestration.statistics import STATISTICS_KEY

from ..ingest.statistics.makers import row, write
from ..support import SeedFolder
from .watched import Watched

NAMES = ["drugs-fy23.csv", "drugs-fy24.csv", "lagoon.csv"]


@dataclass
class Folder(Watched):
    """Three files of statistics, a home, seed tables."""

    files: Path
    home: Home
    seeds: SeedFolder

    def kept(self) -> dict[str, int]:
        """When each file of the store was written."""
        return {path.name: path.stat().st_mtime_ns for path in sorted(self.home.statistics.glob("*"))}

    def read_all(self) -> None:
        self.run_all(self.look())


@pytest.fixture
def folder(
    tmp_path: Path, seeds_copy: SeedFolder, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Folder]:
    home, files = Home(tmp_path / "home"), tmp_path / "files"
    monkeypatch.setenv("BICENTENNIAL_HOME", str(home.root))
    monkeypatch.setenv("BICENTENNIAL_SEEDS", str(seeds_copy.path))
    monkeypatch.setenv("BICENTENNIAL_STATISTICS", str(files))
    write(files / NAMES[0], row(fiscal_year="2023"))
    write(files / NAMES[1], row(), row(month="OCT"))
    write(files / NAMES[2], dataset="amo_drugs")
    (files / "README.md").write_text("Where they are from.\n", encoding="utf-8")
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        yield Folder(instance, definitions, "statistics", statistics_sensor, files, home, seeds_copy)


# What is read


def test_each_file_becomes_a_partition_and_a_run(folder: Folder) -> None:
    asked = folder.look()
    assert asked == folder.partitions() == NAMES
    folder.run_all(asked)
    assert folder.instance.get_materialized_partitions(STATISTICS_KEY) == set(NAMES)
    assert list(folder.kept()) == [f"{name}.parquet" for name in NAMES]
    assert folder.look() == []


def test_a_partition_says_what_was_read(folder: Folder) -> None:
    folder.look()
    result = folder.run({"dagster/partition": NAMES[1]})
    (event,) = result.get_asset_materialization_events()
    metadata = {name: value.value for name, value in event.materialization.metadata.items()}
    assert len(metadata.pop("sha256")) == 64
    assert metadata == {
        "dataset": "nationwide_drugs",
        "dagster/partition_row_count": 2,
        "first_month": "2023-10-01",
        "last_month": "2024-03-01",
        "path": str(folder.files / NAMES[1]),
        "kept_as": str(folder.home.statistics / f"{NAMES[1]}.parquet"),
    }
    assert list(folder.kept()) == [f"{NAMES[1]}.parquet"]


def test_one_more_file_costs_only_itself(folder: Folder) -> None:
    folder.read_all()
    before = folder.kept()
    write(folder.files / "prairie.csv", dataset="currency")
    assert folder.look() == ["prairie.csv"]
    result = folder.run({"dagster/partition": "prairie.csv"})
    assert folder.materialized(result, STATISTICS_KEY) == ["prairie.csv"]
    assert before.items() <= folder.kept().items()
    assert folder.kept().keys() - before.keys() == {"prairie.csv.parquet"}
    assert folder.look() == []


def test_a_changed_file_costs_only_itself_also_when_it_is_changed_back(folder: Folder) -> None:
    folder.read_all()
    before = folder.kept()
    for amount in ("1", "2", "1"):
        write(folder.files / NAMES[0], row(fiscal_year="2023", quantity=amount))
        asked = folder.look()
        assert asked == [NAMES[0]]
        folder.run_all(asked)
        with duckdb.connect() as connection:
            kept = connection.execute(f"select quantity from '{folder.home.statistics}/{NAMES[0]}.parquet'").fetchall()
        assert kept == [(int(amount),)]
    changed = {name for name, time in folder.kept().items() if before[name] != time}
    assert changed == {f"{NAMES[0]}.parquet"}


def test_the_same_file_again_changes_nothing(folder: Folder) -> None:
    folder.read_all()
    before = folder.kept()
    shutil.copyfile(folder.files / NAMES[0], folder.files / "copy")
    (folder.files / "copy").replace(folder.files / NAMES[0])
    assert folder.look() == []
    assert folder.run({"dagster/partition": NAMES[0]}).success
    assert folder.kept() == before


def test_the_same_content_under_another_name_adds_no_row(folder: Folder) -> None:
    folder.read_all()
    shutil.copyfile(folder.files / NAMES[1], folder.files / "again.csv")
    folder.run_all(folder.look())
    asset = raw_key("official_seizures")
    result = folder.definitions.resolve_implicit_global_asset_job_def().execute_in_process(
        instance=folder.instance,
        asset_selection=[asset],
        raise_on_error=False,  # so small a file looks cut short to the check behind it
    )
    (event,) = (event for event in result.get_asset_materialization_events() if event.asset_key == asset)
    assert event.materialization.metadata["dagster/row_count"].value == 4


def test_a_look_at_an_unchanged_folder_opens_no_file(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.read_all()
    assert folder.look() == []  # what was asked for is compared by its content once
    opened: list[str] = []
    open_path = Path.open

    def note(path: Path, *arguments: object, **named: object) -> object:
        opened.append(path.name)
        return open_path(path, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", note)
    assert folder.look() == []
    assert not set(opened) & set(NAMES)
    os.utime(folder.files / NAMES[1], (0, 0))
    assert folder.look() == []  # touched, not changed
    assert set(opened) & set(NAMES) == {NAMES[1]}


def test_a_new_word_reads_all_files_again(folder: Folder) -> None:
    folder.read_all()
    sugar = {"term_kind": "category", "term": "SUGAR", "term_id": "cocaine", "commodity_id": "cocaine", "unit_id": "lb"}
    folder.seeds.append("official_terms", **sugar)
    assert folder.look() == NAMES


def test_a_run_that_was_lost_is_asked_for_again(folder: Folder) -> None:
    assert folder.look() == folder.look() == NAMES


def test_while_files_are_read_nothing_is_asked_for(folder: Folder) -> None:
    folder.look()
    folder.instance.create_run_for_job(
        folder.definitions.resolve_job_def("statistics"), status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/partition": NAMES[0]},
    )  # fmt: skip
    assert folder.look() == []


# What is gone


def test_a_gone_file_loses_its_partition_and_what_was_kept(folder: Folder) -> None:
    folder.read_all()
    (folder.files / NAMES[2]).unlink()
    assert folder.look() == []
    assert folder.partitions() == NAMES[:2]
    assert list(folder.kept()) == [f"{name}.parquet" for name in NAMES[:2]]


def test_a_folder_that_lost_everything_at_once_is_no_reason_to_forget(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.read_all()
    before = folder.kept()
    for name in NAMES:
        (folder.files / name).unlink()
    assert "is it mounted?" in folder.tick().skip_message
    monkeypatch.setenv("BICENTENNIAL_STATISTICS", str(folder.files / "unmounted"))
    assert "no such folder" in folder.tick().skip_message
    monkeypatch.delenv("BICENTENNIAL_STATISTICS")
    assert folder.tick().skip_message == "BICENTENNIAL_STATISTICS names no folder"
    assert (folder.partitions(), folder.kept()) == (NAMES, before)


# What is broken


def test_a_broken_file_fails_its_partition_with_every_problem(folder: Folder) -> None:
    write(folder.files / NAMES[1], row(month="Mai"), row(quantity="n/a"))
    first, *_, last = folder.look()
    result = folder.run(partition_tags(str(first), str(last)))
    assert not result.success
    assert folder.materialized(result, STATISTICS_KEY) == [NAMES[0], NAMES[2]]
    failure = result.failure_data_for_node("read_statistics")
    assert failure is not None and failure.user_failure_data is not None
    assert str(failure.user_failure_data.description).startswith("2 problems in official statistics; nothing of these")
    table = failure.user_failure_data.metadata["problems"]
    assert isinstance(table, dg.TableMetadataValue)
    told = [{name: record.data[name] for name in ("file", "row", "column", "value")} for record in table.records]
    assert told == [
        {"file": NAMES[1], "row": 2, "column": "Month (abbv)", "value": "Mai"},
        {"file": NAMES[1], "row": 3, "column": "Sum Qty (lbs)", "value": "n/a"},
    ]
    assert all(record.data["remedy"] for record in table.records)


def test_a_broken_file_is_tried_again_once_it_has_changed(folder: Folder) -> None:
    write(folder.files / NAMES[1], row(month="Mai"))
    folder.read_all()
    assert folder.look() == []
    assert folder.look() == []
    write(folder.files / NAMES[1], row(month="May"))
    assert folder.look() == [NAMES[1]]
    folder.read_all()
    assert folder.instance.get_materialized_partitions(STATISTICS_KEY) == set(NAMES)


def test_broken_seed_tables_are_a_reason_to_wait(folder: Folder) -> None:
    folder.seeds.change("official_terms", 2, term="small letters")
    assert "official_terms.csv, row 2, column term" in folder.tick().skip_message


# The published files


def test_the_published_files_are_read_one_by_one(folder: Folder, official_files: Path) -> None:
    """The last of them is added later, as it would be when it is published."""
    for name in NAMES:
        (folder.files / name).unlink()
    *first, last = sorted(official_files.glob("*.csv"))
    for path in first:
        shutil.copyfile(path, folder.files / path.name)
    folder.read_all()
    before = folder.kept()
    assert len(before) == len(first)
    shutil.copyfile(last, folder.files / last.name)
    assert folder.look() == [last.name]
    result = folder.run({"dagster/partition": last.name})
    (event,) = result.get_asset_materialization_events()
    rows = last.read_bytes().count(b"\n") - 1
    assert event.materialization.metadata["dagster/partition_row_count"].value == rows
    assert before.items() <= folder.kept().items()
    assert folder.kept().keys() - before.keys() == {f"{last.name}.parquet"}
    assert folder.look() == []


# The warehouse


def test_a_build_is_asked_for_once_what_has_changed_is_read(folder: Folder) -> None:
    folder.read_all()
    assert folder.look(changed_inputs_sensor) == [None]
    assert folder.look(changed_inputs_sensor) == []
    write(folder.files / "prairie.csv", dataset="currency")
    reading = folder.instance.create_run_for_job(
        folder.definitions.resolve_job_def("statistics"), status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/partition": "prairie.csv"},
    )  # fmt: skip
    assert folder.look(changed_inputs_sensor) == []
    folder.instance.delete_run(reading.run_id)
    assert folder.look(changed_inputs_sensor) == [None]
    (folder.files / "README.md").write_text("Another word.\n", encoding="utf-8")
    assert folder.look(changed_inputs_sensor) == []


def test_the_raw_table_is_made_of_the_files(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    assert graph.get(raw_key("official_seizures")).parent_keys == {STATISTICS_KEY}
