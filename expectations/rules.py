"""How a rule is written: a name, a reason, and either one query for the rows that break it or a GX expectation.

What belongs here: the two kinds of rule and how GX shows them. What does not: any rule of a table (`suites/`).
"""

from __future__ import annotations

import html
from typing import Any, ClassVar

from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.render.components import LegacyDiagnosticRendererType, RenderedTableContent
from great_expectations.render.renderer.renderer import renderer

MAX_FAILING_ROWS = 20
"""Rows of one rule that are reported: enough to see what is wrong, few enough to read."""

ROW_COUNT = "_row_count"


class NoRowsExpectation(UnexpectedRowsExpectation):
    """Fails with the rows that its query returns, of which it keeps the first few as text.

    GX asks for rows and count in two queries, and drops the rows unless every result is asked for completely.
    Here one query gives both, and the rows stay with the result.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        found: list[dict[str, Any]] = metrics["unexpected_rows_query.table"]
        rows = [{name: value or "" for name, value in row.items() if name != ROW_COUNT} for row in found]
        count = int(found[0][ROW_COUNT]) if found else 0
        return {"success": not count, "result": {"observed_value": count, "details": {"unexpected_rows": rows}}}

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls,
        configuration: Any = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: Any = None,
    ) -> Any:
        """The failing rows as a table in Data Docs, which GX has only for expectations on one column."""
        rows = result.result.get("details", {}).get("unexpected_rows") if result else None
        if not rows:
            return None
        table = [[html.escape(value) for value in row.values()] for row in rows]
        return [RenderedTableContent(table=table, header_row=list(rows[0]), styling={"body": {"classes": ["rows"]}})]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls,
        configuration: Any = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: Any = None,
    ) -> str:
        count = result.result.get("observed_value") if result else None
        return "--" if count is None else f"{count} failing row{'' if count == 1 else 's'}"


def no_rows(
    name: str, query: str, *, reason: str, severity: FailureSeverity = FailureSeverity.CRITICAL
) -> NoRowsExpectation:
    """A rule that a query's rows break.

    `query` selects the failing rows from `checked`, the rows of the suite's table, and from any other table of
    the database. It gives what locates the row (`_source_file` and `_source_row`, or the keys) and `column_name`,
    `value` and `remedy`. A `{`, or a `:` before a letter, would be read as a placeholder: write neither.
    """
    wrapped = (
        f"with checked as (select * from {{batch}}), failing as ({query.strip()})\n"
        f"select cast(columns(*) as varchar), (select count(*) from failing) as {ROW_COUNT}\n"
        f"from (from failing order by all limit {MAX_FAILING_ROWS})"
    )
    return NoRowsExpectation(unexpected_rows_query=wrapped, severity=severity, **_words(name, reason))


def holds(expectation: type[Expectation], name: str, *, reason: str, **arguments: Any) -> Expectation:
    """One of GX's own expectations, with its name and reason."""
    return expectation(**arguments, **_words(name, reason))


def _words(name: str, reason: str) -> dict[str, Any]:
    title = name.replace("_", " ").capitalize()
    return {"description": f"{title}. {reason}", "meta": {"name": name, "reason": reason}}
