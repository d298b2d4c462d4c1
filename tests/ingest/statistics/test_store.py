"""What was read of a file is kept until the file, the rules or the words change; each content is one vintage."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from ingest.check import SeedTable, read_seeds
from ingest.load import load_raw
from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.schema import LINEAGE_COLUMNS
from ingest.statistics import store as store_module
from ingest.statistics.lines import StatisticsError
from ingest.statistics.store import (
    StatisticsFile,
    StatisticsFolder,
    Vintage,
    is_current,
    is_refused,
    keep,
    statistics_files,
    vintages,
)

from ...support import SEEDS, SeedFolder
from .makers import TERMS, months, row, write


@pytest.fixture(scope="module")
def seeds() -> dict[str, SeedTable]:
    return read_seeds(SEEDS)


@pytest.fixture
def folder(tmp_path: Path) -> StatisticsFolder:
    """Two files, of which nothing has been read yet."""
    write(tmp_path / "files" / "harbour-fy24.csv", row(), row(month="APR"))
    write(tmp_path / "files" / "lagoon.csv", dataset="amo_drugs")
    return StatisticsFolder(tmp_path / "files", tmp_path / "store")


def kept_times(folder: StatisticsFolder) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in sorted(folder.store.iterdir())}


def ids(found: list[Vintage]) -> dict[str, str]:
    return {vintage.file.file_name: vintage.vintage_id for vintage in found}


# Keeping


def test_what_is_known_of_a_file(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    path = write(folder.folder / "long.csv", *months(14))
    file = keep(path, folder.store, TERMS)
    assert (file.dataset, file.row_count, file.first_month_on, file.last_month_on) == (
        "nationwide_drugs", 14, "2019-10-01", "2020-11-01",
    )  # fmt: skip
    with duckdb.connect() as connection:
        rows = connection.execute(f"select count(*), max(_source_row) from '{file.parquet}'").fetchall()
    assert rows == [(14, 15)]


def test_the_same_files_again_change_nothing(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    first = folder.keep_all(seeds)
    before = kept_times(folder)
    assert folder.keep_all(seeds) == first
    os.utime(folder.folder / "lagoon.csv", (0, 0))  # touched, not changed
    assert folder.keep_all(seeds) == first
    assert kept_times(folder) == before


def test_one_more_file_reads_only_that_file(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    folder.keep_all(seeds)
    before = kept_times(folder)
    write(folder.folder / "prairie.csv", dataset="currency")
    assert len(folder.keep_all(seeds)) == 3
    after = kept_times(folder)
    assert after.keys() - before.keys() == {"prairie.csv.parquet"}
    assert before.items() <= after.items()


def test_a_changed_file_is_read_again_and_back(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    path = folder.folder / "lagoon.csv"
    for amount in ("1", "2", "1"):
        write(path, row("amo_drugs", quantity=amount), dataset="amo_drugs")
        folder.keep_all(seeds)
        with duckdb.connect() as connection:
            kept = connection.execute(f"select quantity from '{folder.store}/lagoon.csv.parquet'").fetchall()
        assert kept == [(int(amount),)]


def test_a_file_that_is_gone_leaves_nothing(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    folder.keep_all(seeds)
    (folder.folder / "lagoon.csv").unlink()
    assert [file.file_name for file in folder.keep_all(seeds)] == ["harbour-fy24.csv"]
    assert list(kept_times(folder)) == ["harbour-fy24.csv.parquet"]


@pytest.mark.parametrize("damage", [b"", b"PAR1 nonsense PAR1", None], ids=["empty", "not Parquet", "cut"])
def test_a_kept_file_that_is_damaged_is_read_again(
    folder: StatisticsFolder, seeds: dict[str, SeedTable], damage: bytes | None
) -> None:
    (first, _) = folder.keep_all(seeds)
    whole = first.parquet.read_bytes()
    first.parquet.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert not is_current(folder.folder / first.file_name, folder.store, TERMS)
    assert folder.keep_all(seeds)[0] == first
    with duckdb.connect() as connection:
        assert connection.execute(f"select count(*) from '{first.parquet}'").fetchall() == [(2,)]


def test_other_words_read_all_files_again(folder: StatisticsFolder) -> None:
    path = folder.folder / "lagoon.csv"
    keep(path, folder.store, TERMS)
    assert is_current(path, folder.store, TERMS)
    assert is_current(path, folder.store, list(reversed(TERMS)))
    assert not is_current(path, folder.store, [*TERMS, ("category", "SUGAR")])


def test_other_rules_read_all_files_again(folder: StatisticsFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder.folder / "lagoon.csv"
    keep(path, folder.store, TERMS)
    rules = write(folder.store.parent / "rules.py")
    monkeypatch.setattr(store_module, "RULES", (*store_module.RULES, rules))
    store_module._code_hash.cache_clear()
    try:
        assert not is_current(path, folder.store, TERMS)
    finally:
        monkeypatch.undo()
        store_module._code_hash.cache_clear()
    assert is_current(path, folder.store, TERMS)


def test_the_rules_are_all_modules_that_reading_goes_through() -> None:
    assert {path.name for path in store_module.RULES} >= {"layouts.py", "lines.py", "read.py", "official_tables.py"}


# Refusing


def test_all_broken_files_are_told_and_the_others_kept(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    write(folder.folder / "a.csv", row(month="Mai"))
    write(folder.folder / "z.csv", row(quantity="x"))
    with pytest.raises(StatisticsError) as raised:
        folder.keep_all(seeds)
    assert [problem.file for problem in raised.value.problems] == ["a.csv", "z.csv"]
    assert list(kept_times(folder)) == [
        "a.csv.refused.json", "harbour-fy24.csv.parquet", "lagoon.csv.parquet", "z.csv.refused.json",
    ]  # fmt: skip


def test_a_broken_file_is_refused_until_it_changes(folder: StatisticsFolder) -> None:
    path = write(folder.folder / "a.csv", row(month="Mai"))
    assert not is_refused(path, folder.store, TERMS)
    messages = []
    for _ in range(2):
        with pytest.raises(StatisticsError) as raised:
            keep(path, folder.store, TERMS)
        messages.append(str(raised.value))
    assert messages[0] == messages[1]
    assert is_refused(path, folder.store, TERMS)
    assert not is_refused(path, folder.store, [*TERMS, ("category", "SUGAR")])
    write(path, row(month="May"))
    assert not is_refused(path, folder.store, TERMS)
    keep(path, folder.store, TERMS)
    assert list(kept_times(folder)) == ["a.csv.parquet"]


def test_a_file_that_breaks_loses_what_was_kept_of_it(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    folder.keep_all(seeds)
    write(folder.folder / "lagoon.csv", row("amo_drugs", quantity="x"), dataset="amo_drugs")
    with pytest.raises(StatisticsError):
        folder.keep_all(seeds)
    assert not (folder.store / "lagoon.csv.parquet").exists()


@pytest.mark.parametrize("note", ["", "{", '{"sha256": 1}', "[]", '{"sha256": "", "rules": "", "problems": [1]}'])
def test_a_note_that_is_damaged_counts_as_none(folder: StatisticsFolder, note: str) -> None:
    path = write(folder.folder / "a.csv", row(month="Mai"))
    folder.store.mkdir()
    (folder.store / "a.csv.refused.json").write_text(note, encoding="utf-8")
    with pytest.raises(StatisticsError, match="Mai"):
        keep(path, folder.store, TERMS)
    assert is_refused(path, folder.store, TERMS)


def test_files_that_cannot_be_opened_are_told(folder: StatisticsFolder, seeds: dict[str, SeedTable]) -> None:
    (folder.folder / "away.csv").symlink_to(folder.folder / "nowhere")
    (folder.folder / "folder.csv").mkdir()
    (folder.folder / os.fsdecode(b"caf\xe9.csv")).write_bytes(b"")
    with pytest.raises(StatisticsError) as raised:
        folder.keep_all(seeds)
    assert [str(problem) for problem in raised.value.problems] == [
        "away.csv: cannot be read (No such file or directory): restore it, or take it out of the folder",
        r"caf\xe9.csv: its name is not UTF-8: rename the file",
        "folder.csv: cannot be read (Is a directory): restore it, or take it out of the folder",
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    for missing in (tmp_path / "nowhere", write(tmp_path / "file.csv")):
        with pytest.raises(StatisticsError, match="no such folder: let BICENTENNIAL_STATISTICS name the folder"):
            statistics_files(missing)


def test_only_csv_files_are_statistics(tmp_path: Path) -> None:
    for name in ("b.CSV", "a.csv", "README.md", "notes.txt", ".hidden.csv", "csv"):
        write(tmp_path / name)
    assert [path.name for path in statistics_files(tmp_path)] == ["a.csv", "b.CSV"]


# Vintages


def file(name: str, sha256: str) -> StatisticsFile:
    return StatisticsFile(name, sha256 * 8, "", "nationwide_drugs", 1, "2024-03-01", "2024-03-01", Path(name))


@pytest.fixture
def registered(seeds: dict[str, SeedTable]) -> dict[str, SeedTable]:
    """One vintage, `harbour`, with a content of its own."""
    table = seeds["official_vintages"]
    rows = {2: table.rows[2] | {"vintage_id": "harbour", "sha256": "aaaaaaaa" * 8}}
    return {"official_vintages": SeedTable(table.table, table.path, table.sha256, rows)}


def test_a_vintage_is_named_like_its_file(registered: dict[str, SeedTable]) -> None:
    assert ids(vintages([file("Lagoon (FY24) Dec.csv", "bbbbbbbb")], registered)) == {
        "Lagoon (FY24) Dec.csv": "lagoon-fy24-dec"
    }


def test_the_same_content_twice_is_one_vintage(registered: dict[str, SeedTable]) -> None:
    files = [file("copy.csv", "bbbbbbbb"), file("lagoon.csv", "bbbbbbbb")]
    assert ids(vintages(files, registered)) == {"copy.csv": "copy"}


def test_a_registered_content_has_its_vintage_whatever_it_is_called(registered: dict[str, SeedTable]) -> None:
    assert ids(vintages([file("renamed.csv", "aaaaaaaa")], registered)) == {"renamed.csv": "harbour"}


def test_another_content_under_a_registered_name_is_another_vintage(registered: dict[str, SeedTable]) -> None:
    files = [file("harbour.csv", "bbbbbbbb"), file("renamed.csv", "aaaaaaaa")]
    assert ids(vintages(files, registered)) == {"harbour.csv": "harbour-bbbbbbbb", "renamed.csv": "harbour"}


def test_a_name_that_makes_no_key_is_named_by_its_content(registered: dict[str, SeedTable]) -> None:
    files = [file("统计.csv", "bbbbbbbb"), file("海关.csv", "cccccccc")]
    assert ids(vintages(files, registered)) == {"统计.csv": "vintage-bbbbbbbb", "海关.csv": "vintage-cccccccc"}


def test_two_files_that_would_be_one_vintage_are_refused(registered: dict[str, SeedTable]) -> None:
    with pytest.raises(StatisticsError) as raised:
        vintages([file("a b.csv", "bbbbbbbb"), file("a-b.csv", "cccccccc"), file("a_b.csv", "dddddddd")], registered)
    assert str(raised.value) == (
        "a-b.csv: would be the vintage a-b, as a b.csv is: rename one of them\n"
        "a_b.csv: would be the vintage a-b, as a b.csv is: rename one of them"
    )


# Loading


def test_files_are_loaded_row_by_row_with_their_vintage(folder: StatisticsFolder, tmp_path: Path) -> None:
    shutil.copy(folder.folder / "lagoon.csv", folder.folder / "lagoon-again.csv")
    database = tmp_path / "x.duckdb"
    counts = load_raw(SEEDS, database, statistics=folder, only=["official_seizures"])
    assert counts == {"official_seizures": 3}
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute(
            "select vintage_id, _source_file, _source_row, month_starts_on::varchar from raw.official_seizures"
        ).fetchall()
        ((hashes,),) = connection.execute(
            "select count(*) from raw.official_seizures where length(_source_sha256) = 64 and _loaded_at is not null"
        ).fetchall()
        ((comments,),) = connection.execute(
            "select count(comment) from duckdb_columns() where table_name = 'official_seizures'"
        ).fetchall()
    assert found == [
        ("harbour-fy24", "statistics/harbour-fy24.csv", 2, "2024-03-01"),
        ("harbour-fy24", "statistics/harbour-fy24.csv", 3, "2024-04-01"),
        ("lagoon-again", "statistics/lagoon-again.csv", 2, "2024-03-01"),
    ]
    assert hashes == 3
    assert comments == len(OFFICIAL_SEIZURES.columns) + len(LINEAGE_COLUMNS)


def test_without_a_folder_the_table_is_empty(tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    assert load_raw(SEEDS, database, only=["official_seizures"]) == {"official_seizures": 0}
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.execute("select count(*) from raw.official_seizures").fetchall() == [(0,)]


def test_a_broken_file_changes_no_database(folder: StatisticsFolder, seeds_copy: SeedFolder, tmp_path: Path) -> None:
    database = tmp_path / "build" / "x.duckdb"
    write(folder.folder / "broken.csv", row(quantity="x"))
    with pytest.raises(StatisticsError):
        load_raw(seeds_copy.path, database, statistics=folder)
    assert not database.parent.exists()


def test_files_that_clash_load_nothing(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    write(files / "a b.csv", row())
    write(files / "a-b.csv", row(event_count="9"))
    database = tmp_path / "warehouse.duckdb"
    with pytest.raises(StatisticsError):
        load_raw(SEEDS, database, statistics=StatisticsFolder(files, tmp_path / "store"))
    assert not database.exists()
