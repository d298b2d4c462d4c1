"""Measure what the pipeline costs beyond dbt: whole builds against bare `dbt build`s of the same project, in pairs.

Each pair is run back to back as whole processes, so that the ratio holds on a machine whose speed drifts.
"""

from __future__ import annotations

import os
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
    """Wall-clock seconds of one `bicentennial build` and of the bare `dbt build` run next to it."""

    build: float
    dbt: float

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
        environment = os.environ | {
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

        _time(build, environment)
        run_bare()  # parses the project for the first time
        for _ in range(count):
            yield Pair(build=_time(build, environment), dbt=run_bare())


def _time(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return time.perf_counter() - started


def summarize(pairs: list[Pair]) -> str:
    """The pairs and their medians as a Markdown table."""
    rows = [f"| {n} | {p.build:.1f} | {p.dbt:.1f} | {p.ratio:.2f} |" for n, p in enumerate(pairs, start=1)]
    median = [statistics.median(values) for values in zip(*((p.build, p.dbt, p.ratio) for p in pairs), strict=True)]
    rows.append(f"| median | {median[0]:.1f} | {median[1]:.1f} | {median[2]:.2f} |")
    header = ["| pair | bicentennial build (s) | dbt build (s) | ratio |", "| --- | ---: | ---: | ---: |"]
    return "\n".join([*header, *rows])
