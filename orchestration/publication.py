"""The last asset: the release that readers see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

import dagster as dg

from bicentennial import settings
from bicentennial.publish import publish
from bicentennial.settings import Home
from expectations.borders import Border
from expectations.results import read_results
from orchestration.checks import validation_file
from orchestration.instance import WRITER_POOL, WriterBusyError, writer

BORDERS: tuple[Border, ...] = ("raw", "marts")
PUBLISHED_KEY = dg.AssetKey(["published", "warehouse"])


def build_published_asset(marts: Iterable[dg.AssetKey]) -> dg.AssetsDefinition:
    """The published release, downstream of all marts and so of all their blocking checks."""

    @dg.asset(key=PUBLISHED_KEY, deps=list(marts), group_name="published", kinds={"duckdb", "parquet"},
              pool=WRITER_POOL)  # fmt: skip
    def published_warehouse() -> dg.MaterializeResult[None]:
        """The checked build as a release, swapped in in one step: DuckDB file, Parquet, descriptions, Data Docs."""
        from expectations.validate import build_data_docs

        home = settings.home()
        results = [result for border in BORDERS for result in read_results(validation_file(home, border))]
        try:
            with writer(home):
                build_data_docs(results, home.data_docs)
                release = publish(home, settings.input_hashes(), count_checks(home))
        except WriterBusyError as error:
            raise dg.RetryRequested(max_retries=5, seconds_to_wait=30) from error
        return dg.MaterializeResult(
            metadata={
                "version": release.version,
                "path": dg.MetadataValue.path(str(release.path)),
                "is_new": release.is_new,
            }
        )

    return published_warehouse


def count_checks(home: Home) -> dict[str, dict[str, int]]:
    """How many checks passed, warned and failed, for each border and for dbt."""
    counts: dict[str, dict[str, int]] = {}
    for border in BORDERS:
        results = read_results(validation_file(home, border))
        rules = [rule for result in results for rule in result.expectations]
        failed = sum(len(result.failures) for result in results)
        warned = sum(len(result.warnings) for result in results)
        counts[f"expectations_{border}"] = {
            "passed": len(rules) - failed - warned, "warned": warned, "failed": failed
        }  # fmt: skip
    outcomes = json.loads((home.dbt_target / "run_results.json").read_text(encoding="utf-8"))["results"]
    tests = Counter(result["status"] for result in outcomes if result["unique_id"].startswith(("test.", "unit_test.")))
    counts["dbt_tests"] = {
        "passed": tests["pass"], "warned": tests["warn"], "failed": tests["fail"] + tests["error"]
    }  # fmt: skip
    return counts
