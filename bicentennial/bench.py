"""Measure what the pipeline costs beyond dbt: whole builds against bare `dbt build`s of the same project, in pairs.

Each pair is run back to back as whole processes, so that the ratio holds on a machine whose speed drifts. Where
`BICENTENNIAL_STATISTICS` names files, a build that reads all of them anew is run beside each pair.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bicentennial.settings import DBT_PROJECT, Home, seeds


@dataclass(frozen=True)
class Pair:
    """Wall-clock seconds of one `bicentennial build` and of the bare `dbt build` run next to it.

    `with_statistics` is a build that reads all files of official statistics, if there are any.
    """

    build: float
    dbt: float
    with_statistics: float | None = None

    @property
    def ratio(self) -> float:
        return self.build / self.dbt


def measure_pairs(count: int) -> Iterator[Pair]:
    """Run `count` pairs in a scratch home, after one build that is not counted.

    Raises:
        subprocess.CalledProcessError: when a build fails; its output is on the error.
    """
    from ingest.load import load_raw

    with tempfile.TemporaryDirectory(prefix="bicentennial-bench-") as folder:
        home = Home(Path(folder).resolve())
        build = [sys.executable, "-m", "bicentennial.cli", "build", "--force"]
        dbt = [str(Path(sys.executable).with_name("dbt")), "build", "--project-dir", str(DBT_PROJECT)]
        database = home.root / "bare.duckdb"
        folder_of_statistics = os.environ.get("BICENTENNIAL_STATISTICS", "")
        environment = os.environ | {
            "BICENTENNIAL_STATISTICS": "",
            "BICENTENNIAL_HOME": str(home.root),
            "BICENTENNIAL_BUILD_DATABASE": str(database),
            "DBT_PROFILES_DIR": str(DBT_PROJECT),
            "DBT_TARGET_PATH": str(home.root / "bare"),
            "DBT_LOG_PATH": str(home.root / "bare"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }

        def run_bare() -> float:
            database.unlink(missing_ok=True)
            load_raw(seeds(), database)
            return _time(dbt, environment)

        def run_with_statistics() -> float | None:
            if not folder_of_statistics:
                return None
            shutil.rmtree(home.statistics, ignore_errors=True)
            return _time(build, environment | {"BICENTENNIAL_STATISTICS": folder_of_statistics})

        _time(build, environment)
        run_bare()  # parses the project for the first time
        for _ in range(count):
            yield Pair(_time(build, environment), run_bare(), run_with_statistics())


def _time(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return time.perf_counter() - started


def summarize(pairs: list[Pair]) -> str:
    """The pairs and their medians as a Markdown table."""
    header = ["pair", "bicentennial build (s)", "dbt build (s)", "ratio"]
    rows = [[pair.build, pair.dbt, pair.ratio] for pair in pairs]
    if all(pair.with_statistics for pair in pairs):
        header += ["build with official statistics (s)", "more (s)"]
        rows = [[*row, with_files, with_files - pair.build] for row, pair in zip(rows, pairs, strict=True)
                if (with_files := pair.with_statistics)]  # fmt: skip
    rows.append([statistics.median(column) for column in zip(*rows, strict=True)])
    names = [*map(str, range(1, len(pairs) + 1)), "median"]
    lines = [f"| {name} | {_show(row)} |" for name, row in zip(names, rows, strict=True)]
    return "\n".join([f"| {' | '.join(header)} |", f"| --- {'| ---: ' * (len(header) - 1)}|", *lines])


def _show(row: list[float]) -> str:
    """Seconds with one decimal, the ratio with two."""
    return " | ".join(f"{value:.2f}" if place == 2 else f"{value:.1f}" for place, value in enumerate(row))
