"""Validate a border of a DuckDB file: every suite on its table, and what was found as plain results.

Great Expectations takes seconds to import, so the functions here import it when they are called and not before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.borders import Border
from expectations.counts import COMMITTED_COUNTS, read_counts
from expectations.data_docs import build_data_docs
from expectations.results import ExpectationResult, TableResult, read_results, write_results

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
    from great_expectations.expectations.expectation import Expectation

__all__ = ["ExpectationResult", "TableResult", "build_data_docs", "read_results", "validate", "write_results"]


def validate(
    border: Border,
    database: Path,
    committed_counts: Path = COMMITTED_COUNTS,
    only: Collection[str] | None = None,
) -> list[TableResult]:
    """Validate every table of a border inside DuckDB, over one connection that can only read.

    A table that is missing, or has not the columns that a rule reads, is a result that failed, not an error.
    A published table that no suite knows has to have rows, like the others.

    Args:
        border: `raw`, as loaded, or `marts`, as it will be published.
        database: the DuckDB file; nothing in this process may have it open for writing.
        committed_counts: the row counts that the raw tables have to have.
        only: names of the tables to validate; all of the border's where it is not given.

    Raises:
        FileNotFoundError: there is no such database.
        ValueError: the committed counts are malformed; names file, row, column and remedy.
    """
    from expectations.engine import connect, open_datasource, quiet

    with quiet(), connect(database) as connection, open_datasource(connection) as datasource:
        return [
            _validate_table(border, name, expectations, datasource)
            for name, expectations in _rules(border, connection, committed_counts).items()
            if only is None or name in only
        ]


def _rules(border: Border, connection: DuckDBPyConnection, committed_counts: Path) -> Mapping[str, list[Expectation]]:
    """The expectations of each table; of what will be published, also of tables that no suite declares."""
    if border == "raw":
        from expectations.suites import raw

        return raw.rules(read_counts(committed_counts))
    from expectations.suites import marts

    found = connection.execute(
        "select table_name from information_schema.tables "
        "where table_catalog = current_database() and table_schema = 'marts' order by table_name"
    ).fetchall()
    return marts.rules([name for (name,) in found])


def _validate_table(
    border: Border, table: str, expectations: list[Expectation], datasource: SQLDatasource
) -> TableResult:
    import great_expectations as gx

    suite = gx.ExpectationSuite(name=f"{border}.{table}", expectations=expectations)
    asset = datasource.add_query_asset(suite.name, query=f"select * from {border}.{table}")
    batch = asset.add_batch_definition_whole_table("whole_table").get_batch()
    found = batch.validate(suite, result_format="BASIC")
    results = [_result(result) for result in found.results]
    blocked = any(not result.success and result.severity == "critical" for result in results)
    return TableResult(border, table, not blocked, results, _document(border, found))


def _result(found: ExpectationValidationResult) -> ExpectationResult:
    config = found.expectation_config
    assert config is not None and config.meta is not None and config.severity is not None
    details = found.result or {}
    error = _error(found.exception_info)
    rows = details.get("details", {}).get("unexpected_rows", [])
    count = details.get("unexpected_count") or (details["observed_value"] if rows else 0)
    return ExpectationResult(
        name=config.meta["name"],
        success=bool(found.success),
        severity="critical" if error else config.severity.value,  # what could not be evaluated may hide anything
        reason=config.meta["reason"],
        observed=error or _observed(details),
        unexpected_count=int(count),
        failing_rows=rows,
    )


def _observed(details: Mapping[str, Any]) -> str:
    if "unexpected_percent" in details:
        percent = details["unexpected_percent"]
        return f"{details['unexpected_count']} of {details['element_count']} values unexpected ({percent or 0:.1f} %)"
    value = details.get("observed_value")
    if "unexpected_rows" in details.get("details", {}):
        return f"{value} failing row{'' if value == 1 else 's'}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _error(exception_info: Mapping[str, Any]) -> str:
    """What the database said when a rule could not be evaluated; GX keys it by metric, or not at all."""
    infos = [info for info in exception_info.values() if isinstance(info, dict)] or [dict(exception_info)]
    message = next((str(info["exception_message"]) for info in infos if info.get("raised_exception")), "")
    said = re.sub(r"^\(\w+\.\w+\) ", "", message)
    return said.partition("\n")[0]


def _document(border: Border, found: ExpectationSuiteValidationResult) -> dict[str, Any]:
    """GX's own result as JSON, without tracebacks, which name paths of this machine."""
    document: dict[str, Any] = found.to_json_dict()  # type: ignore[no-untyped-call]
    document["meta"]["run_id"] = {"run_name": border, "run_time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    for result in document["results"]:
        message = _error(result["exception_info"])
        result["exception_info"] = {
            "raised_exception": bool(message), "exception_message": message, "exception_traceback": ""
        }  # fmt: skip
    return document
