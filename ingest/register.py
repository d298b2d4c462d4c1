"""What the seed tables already say of documents and their figures, as extraction and review need it.

Belongs here: reading the register. Not here: changing it (`ingest.merge`, `ingest.revise`).
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, order=True)
class DecidedSpan:
    """The characters of a claim in `claims.csv`, and its review status."""

    start: int
    end: int
    status: str


@dataclass(frozen=True)
class Register:
    """Registered documents by id, and their claims as spans in the order of the text.

    A decision is about characters, so it holds only for the version of the document that is registered.
    """

    hashes: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[DecidedSpan, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, seeds_folder: Path) -> Register:
        """Read `documents.csv` and `claims.csv` of a folder of seed tables.

        Raises:
            FileNotFoundError: when one of the two is missing.
        """
        spans: dict[str, list[DecidedSpan]] = defaultdict(list)
        for row in _rows(seeds_folder / "claims.csv"):
            if row["review_status"] in ("accepted", "rejected"):
                decided = DecidedSpan(int(row["char_start"]), int(row["char_end"]), row["review_status"])
                spans[row["document_id"]].append(decided)
        hashes = {row["document_id"]: row["sha256"] for row in _rows(seeds_folder / "documents.csv")}
        return cls(hashes, {key: tuple(sorted(found)) for key, found in spans.items()})

    def decision(self, document_id: str, sha256: str, start: int, end: int) -> str:
        """`accepted` or `rejected` where a claim of the register shares characters with this span, else nothing."""
        if self.hashes.get(document_id) != sha256:
            return ""
        spans = self.spans.get(document_id, ())
        at = bisect_right(spans, start, key=lambda decided: decided.start)
        for decided in spans[max(at - 1, 0) : at + 1]:
            if decided.start < end and start < decided.end:
                return decided.status
        return ""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
