"""A build with a folder of official statistics: they are read first, and what is broken among them stops it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from bicentennial.publish import read_manifest
from bicentennial.settings import Home
from orchestration.run import Progress, update_statistics

from .ingest.statistics.makers import row, text, write
from .later import Later
from .support import Built, copied_home, file_hashes, run_cli


@pytest.fixture(scope="module")
def home(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with one release, made without any file of statistics."""
    with copied_home(built.home, tmp_path_factory.mktemp("statistics") / "home") as home:
        yield home


def stopped(home: Home, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build, which has to end with exit code 2 and change nothing; return what it said."""
    version, before = (read_manifest(home.published) or {})["version"], file_hashes(home.releases)
    database = home.build_database.read_bytes()
    done = run_cli("build", home=home.root, env={"BICENTENNIAL_STATISTICS": str(folder)})
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "nothing was published" in done.stderr
    assert (read_manifest(home.published) or {})["version"] == version
    assert file_hashes(home.releases) == before
    assert home.build_database.read_bytes() == database
    return done


def test_without_a_folder_a_build_says_so(built: Built) -> None:
    assert re.search(r"– read statistics +skipped: BICENTENNIAL_STATISTICS names no folder", built.stdout)


def test_all_broken_files_are_told_at_once(home: Home, tmp_path: Path) -> None:
    good, lines = text(row(), row(month="APR")), text(row(), row(month="APR")).splitlines(keepends=True)
    broken = {
        "header.csv": good.replace("(lbs)", "(kg)"),
        "word.csv": good.replace("Fentanyl", "Sugar"),
        "cut.csv": good[:-9],
        "latin.csv": good.replace("HARBOUR", "BAHÍA"),
        "twice.csv": good + lines[1],
        "number.csv": good.replace("12.5", "a dozen"),
        "empty.csv": "",
        "quote.csv": good.replace("HARBOUR", '"HARBOUR', 1),
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content.encode("latin-1"))
    write(tmp_path / "good.csv")
    (tmp_path / "README.md").write_text("Where they are from.\n", encoding="utf-8")
    done = stopped(home, tmp_path)
    assert re.search(r"✗ read statistics +9 files, 1 new or changed, 8 BROKEN", done.stdout)
    assert "load seed tables" not in done.stdout
    assert "9 problems in the official statistics" in done.stderr
    for beginning in (
        "cut.csv, row 3: “2024,APR,Office of Field Operations,Southwest Border,Land On”: ends in the middle of a line",
        "empty.csv: the file is empty",
        "header.csv, row 1, column Sum Qty (kg): “Sum Qty (kg)”: not a column of a file of nationwide drugs",
        "header.csv, row 1, column Sum Qty (lbs): the column is missing",
        "latin.csv, row 2: “2024,MAR,",
        "number.csv, row 2, column Sum Qty (lbs): “a dozen”: not an amount",
        "quote.csv, row 2: “2024,MAR,",
        "twice.csv, row 4: “2024-03-01 · Office of Field Operations · ",
        "word.csv, row 2, column Drug Type: “Sugar”: not a word that is known",
    ):
        assert f"\n{beginning}" in done.stderr
    again = stopped(home, tmp_path)
    assert again.stderr == done.stderr
    assert re.search(r"✗ read statistics +9 files, 0 new or changed, 8 BROKEN", again.stdout)


def test_two_files_that_would_be_one_vintage_are_bad_input(home: Home, tmp_path: Path) -> None:
    write(tmp_path / "drugs 1.csv")
    write(tmp_path / "drugs-1.csv", row(month="JAN"))
    assert "drugs-1.csv: would be the vintage drugs-1, as drugs 1.csv is: rename" in stopped(home, tmp_path).stderr


def test_a_folder_that_is_not_there_is_bad_input(home: Home, tmp_path: Path) -> None:
    done = stopped(home, tmp_path / "nowhere")
    assert f"{tmp_path}/nowhere: no such folder: let BICENTENNIAL_STATISTICS name the folder that holds" in done.stderr
    assert done.stdout == ""


def test_a_folder_without_files_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("Put them here.\n", encoding="utf-8")
    monkeypatch.setenv("BICENTENNIAL_STATISTICS", str(tmp_path))
    told: list[Progress] = []
    update_statistics(Home(tmp_path / "home"), told.append)
    (progress,) = told
    assert (progress.skipped, progress.is_finished) == ("BICENTENNIAL_STATISTICS holds no CSV file", True)


def test_files_are_loaded_and_are_inputs_of_the_release(later: Later) -> None:
    """One is registered with its totals, and has an event in two months and areas; the other is not registered."""
    assert re.search(r"✓ read statistics +2 files, 2 new or changed", later.stdout)
    with duckdb.connect(later.home.build_database, read_only=True) as connection:
        found = connection.execute(
            "select vintage_id, count(*) from raw.official_seizures group by all order by all"
        ).fetchall()
    assert found == [("lagoon", 30), ("prairie", 1)]
    inputs = (read_manifest(later.home.published) or {})["inputs"]
    assert [name for name in inputs if name.startswith("statistics/")] == [
        "statistics/lagoon.csv", "statistics/prairie.csv",
    ]  # fmt: skip
