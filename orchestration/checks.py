"""Asset checks at the two borders: Great Expectations on raw and marts, and every claim against its document.

All are blocking: where one fails, nothing downstream is built or published.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import dagster as dg

from bicentennial import settings
from expectations.borders import Border
from expectations.results import ExpectationResult, TableResult
from ingest.verify import verify
from orchestration.evidence import record_results, record_verification
from orchestration.instance import WRITER_POOL, WriterBusyError, writer
from orchestration.raw import raw_key

CHECK_NAME = "expectations"


def build_border_check(border: Border, assets: Iterable[dg.AssetKey]) -> dg.AssetChecksDefinition:
    """One check for each asset of a border, evaluated together in one step."""
    keys = {key.path[-1]: key for key in assets}
    specs = [
        dg.AssetCheckSpec(CHECK_NAME, asset=key, blocking=True, description=f"Great Expectations on {border}.{name}")
        for name, key in keys.items()
    ]

    @dg.multi_asset_check(name=f"{border}_{CHECK_NAME}", specs=specs, can_subset=True, pool=WRITER_POOL)
    def check_border(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        from expectations.validate import validate

        home = settings.home()
        try:
            with writer(home):  # nobody may write the file while it is read
                results = validate(border, home.build_database, settings.committed_counts())
                record_results(home, border, results)
        except WriterBusyError as error:
            raise dg.RetryRequested(max_retries=5, seconds_to_wait=30) from error
        selected = {key.asset_key for key in context.selected_asset_check_keys}
        for result in results:
            key = keys.get(result.table)  # a table without an asset has no check; publication counts its results
            if key and key in selected:
                yield _check_result(key, result)

    return check_border


def _check_result(key: dg.AssetKey, result: TableResult) -> dg.AssetCheckResult:
    warned = result.success and bool(result.warnings)
    metadata: dict[str, Any] = {"rules": len(result.expectations)}
    for rule in (*result.failures, *result.warnings):
        metadata[rule.name] = dg.MetadataValue.md(_describe(rule))
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK_NAME,
        passed=result.success and not warned,
        severity=dg.AssetCheckSeverity.WARN if warned else dg.AssetCheckSeverity.ERROR,
        metadata=metadata,
    )


def _describe(rule: ExpectationResult) -> str:
    """The rule, why it is there, and the rows that break it, as Markdown."""
    lines = [f"{rule.name}: {rule.reason}", f"observed: {rule.observed}; {rule.unexpected_count} rows"]
    if rule.failing_rows:
        columns = list(rule.failing_rows[0])
        lines += ["", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
        lines += ["| " + " | ".join(row[column] for column in columns) + " |" for row in rule.failing_rows]
    return "\n".join(lines)


@dg.asset_check(asset=raw_key("claims"), name="stands_in_document", blocking=True)
def claims_stand_in_documents() -> dg.AssetCheckResult:
    """Every claim's span of its document is its verbatim; documents that nobody has registered are named."""
    folder = settings.documents()
    if folder is None:
        return dg.AssetCheckResult(passed=True, metadata={"skipped": "BICENTENNIAL_DOCUMENTS names no folder"})
    verification = verify(settings.seeds(), folder)
    record_verification(settings.home(), verification.failures)
    metadata: dict[str, Any] = {"documents": len(verification.documents), "failures": verification.failures}
    metadata["unregistered"] = list(verification.unregistered)
    return dg.AssetCheckResult(passed=not verification.failures, metadata=metadata)
