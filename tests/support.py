"""What several tests share: seed tables that can be broken cell by cell, homes, and the command line as a process.

What belongs here: means. What does not: any rule that is tested.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from bicentennial.settings import Home

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "seeds"
CLI = (sys.executable, "-m", "bicentennial.cli")
OWN_VARIABLES = ("BICENTENNIAL_", "DBT_", "DAGSTER_")
"""Beginnings of the environment variables that a build reads; no process of a test inherits any."""


@dataclass(frozen=True)
class SeedFolder:
    """A folder of seed tables. Rows are counted as messages count them: from 1, the header."""

    path: Path

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def records(self, table: str) -> list[list[str]]:
        """Every row of a file, its header first."""
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def rows(self, table: str) -> dict[int, dict[str, str]]:
        """The cells of every row after the header, by the row's number."""
        header, *records = self.records(table)
        return {number: dict(zip(header, record, strict=True)) for number, record in enumerate(records, start=2)}

    def write(self, table: str, records: Iterable[Iterable[str]]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(records)

    def find(self, table: str, **cells: str) -> int:
        """The number of the one row that holds these cells."""
        (number,) = [n for n, row in self.rows(table).items() if cells.items() <= row.items()]
        return number

    def change(self, table: str, row: int, **cells: str) -> None:
        """Put other values into cells of one row."""
        records = self.records(table)
        for column, value in cells.items():
            records[row - 1][records[0].index(column)] = value
        self.write(table, records)

    def append(self, table: str, **cells: str) -> int:
        """Add a row at the end; return its number."""
        records = self.records(table)
        self.write(table, [*records, [cells.get(column, "") for column in records[0]]])
        return len(records) + 1

    def remove(self, table: str, **cells: str) -> None:
        """Take out every row that holds these cells."""
        gone = {n for n, row in self.rows(table).items() if cells.items() <= row.items()}
        assert gone, f"no row of {table} holds {cells}"
        self.write(table, [record for n, record in enumerate(self.records(table), start=1) if n not in gone])


def write_statistics(seeds: SeedFolder, vintage_id: str, folder: Path) -> Path:
    """Write a file of drug seizures that tells what a registered vintage's monthly totals tell, in one area for all.

    It has the vintage's name and figures, and another content.
    """
    words = {(term["term_kind"], term["term_id"]): term["term"] for term in seeds.rows("official_terms").values()}
    totals = [total for total in seeds.rows("official_totals").values() if total["vintage_id"] == vintage_id]
    assert totals, f"no totals of {vintage_id}"
    path = folder / f"{vintage_id}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["FY", "Month (abbv)", "Component", "Region", "Land Filter", "Branch", "Drug Type",
                         "Count of Event", "Sum Qty (lbs)"])  # fmt: skip
        for total in totals:
            month = dt.date.fromisoformat(total["month_starts_on"])
            writer.writerow(
                [month.year + (month.month >= 10), f"{month:%b}".upper(), words["component", total["component_id"]],
                 words["region", total["region_id"]], "Other", "Everywhere", words["category", total["commodity_id"]],
                 total["event_count"], total["quantity"]]
            )  # fmt: skip
    return path


@dataclass(frozen=True)
class Built:
    """A home in which the command line has built and published a release, and what it said."""

    home: Home
    stdout: str

    def connect(self) -> duckdb.DuckDBPyConnection:
        """The published warehouse, read-only, names without a schema being those of the marts."""
        connection = duckdb.connect(self.home.warehouse, read_only=True)
        connection.execute("set search_path = 'marts'")
        return connection


def environment(home: Path, seeds: Path | None = None, **more: str) -> dict[str, str]:
    """The environment of a process that works in `home`: none of the variables of this one that a build reads."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OWN_VARIABLES)}
    own = {"BICENTENNIAL_HOME": str(home)} | ({"BICENTENNIAL_SEEDS": str(seeds)} if seeds else {})
    return inherited | own | more


def run_cli(
    *arguments: str,
    home: Path,
    seeds: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path = PROJECT,
    stdout: IO[str] | int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """Run `bicentennial` in a process of its own, as a person would."""
    return subprocess.run(
        [*CLI, *arguments],
        env=environment(home, seeds, **(env or {})),
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def copy_home(home: Home, target: Path) -> Home:
    """Copy a home, links as links, without what Dagster and dbt only keep for a look."""
    shutil.copytree(home.root, target, symlinks=True, ignore=shutil.ignore_patterns("dagster", "compiled", "run"))
    return Home(target)


@contextmanager
def copied_home(home: Home, target: Path) -> Iterator[Home]:
    """A copy of a home in which a test may do as it likes; removed afterwards, as it is large."""
    yield copy_home(home, target)
    shutil.rmtree(target)


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
