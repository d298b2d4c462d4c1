"""What a validation found: results that outlive Great Expectations, as plain values that JSON can hold.

What belongs here: the shape of results and their file. What does not: how they come about (`validate.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from expectations.borders import Border

Severity = Literal["critical", "warning", "info"]


@dataclass(frozen=True)
class ExpectationResult:
    """One rule on one table. `failing_rows` are the first of `unexpected_count`, each cell as text."""

    name: str
    success: bool
    severity: Severity
    reason: str
    observed: str
    unexpected_count: int
    failing_rows: list[dict[str, str]]


@dataclass(frozen=True)
class TableResult:
    """All rules on one table. `success` means that nothing critical failed, so that the data may go on.

    `document` is the result as GX describes it in JSON, from which Data Docs are rendered.
    """

    border: Border
    table: str
    success: bool
    expectations: list[ExpectationResult]
    document: dict[str, Any] = field(repr=False, compare=False)

    @property
    def failures(self) -> list[ExpectationResult]:
        """The critical rules that failed: they stop the build."""
        return [found for found in self.expectations if not found.success and found.severity == "critical"]

    @property
    def warnings(self) -> list[ExpectationResult]:
        """The other rules that failed: work for somebody, and no reason to stop."""
        return [found for found in self.expectations if not found.success and found.severity != "critical"]


def write_results(results: Iterable[TableResult], path: Path) -> Path:
    """Write results as JSON, for another process to read; return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(result) for result in results], ensure_ascii=False), encoding="utf-8")
    return path


def read_results(path: Path) -> list[TableResult]:
    """Read what `write_results` wrote."""
    return [
        TableResult(**{**found, "expectations": [ExpectationResult(**rule) for rule in found["expectations"]]})
        for found in json.loads(path.read_text(encoding="utf-8"))
    ]
