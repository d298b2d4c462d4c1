"""Identifiers, numbers and months of the marts as a person writes them, in Markdown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from bicentennial.diff import scan
from bicentennial.diff_sums import Total
from bicentennial.query import show_value

DIMENSIONS = {
    "commodity_id": ("dim_commodity", "commodity_id", "commodity_name"),
    "subject_id": ("dim_subject", "subject_id", "subject_name"),
    "operation_id": ("dim_operation", "operation_id", "operation_name"),
    "lead_agency_id": ("dim_agency", "agency_id", "agency_name"),
    "place_id": ("dim_place", "place_id", "place_name"),
    "framework_area_id": ("dim_framework_area", "framework_area_id", "framework_area_name"),
    "unit_id": ("dim_unit", "unit_id", "unit_name"),
}
"""Column of a fact → its dimension, and there the key and the name."""


@dataclass(frozen=True)
class Writer:
    """Writes cells, lists and tables.

    `names` are those of members of dimensions, by column of a fact and id. Of a list `limit` lines are written, all
    where it is nothing; `command` shows the rest.
    """

    names: Mapping[str, Mapping[str, str]]
    limit: int | None
    command: str

    def cell(self, column: str, value: Any) -> str:
        """A cell of a fact in words: the name of a member, a number, a word of a vocabulary."""
        if value is not None and column in self.names:
            return escape(self.names[column].get(value, value))
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return number(value)
        is_word = isinstance(value, str) and re.fullmatch(r"[a-z_]+", value)
        return spell(value) if is_word else escape(show_value(value))

    def subject(self, commodity_id: str | None, subject_id: str | None) -> str:
        """What a claim or a total counts: a commodity, else a subject."""
        return self.cell("commodity_id", commodity_id) if commodity_id else self.cell("subject_id", subject_id)

    def limited(self, lines: Iterable[str]) -> Iterator[str]:
        found = list(lines)
        yield from found[: self.limit]
        if self.limit is not None and len(found) > self.limit:
            yield from ("", f"… and {number(len(found) - self.limit)} more: `{self.command}`")

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        head, ruler, *body = table(header, rows)
        yield from (head, ruler, *self.limited(body))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)]


def read_names(*releases: Path) -> dict[str, dict[str, str]]:
    """The names in releases, those of the last one first. What one of them has no column for keeps its id."""
    found: dict[str, dict[str, str]] = {column: {} for column in DIMENSIONS}
    with duckdb.connect() as connection:
        for release in releases:
            for column, (table, key, name) in DIMENSIONS.items():
                source = scan(release, table)
                if source and {key, name} <= set(connection.sql(f"from {source}").columns):
                    found[column].update(connection.execute(f"select {key}, {name} from {source}").fetchall())
    return found


def escape(text: Any) -> str:
    """Text as Markdown shows it, also in a cell of a table: on one line, nothing in it a mark."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(str(text).split()))


def spell(word: str | None) -> str:
    """A word of a vocabulary: part_of_another_claim → part of another claim."""
    return "–" if word is None else word.replace("_", " ")


def plural(count: int, noun: str) -> str:
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def number(value: Decimal | int | None) -> str:
    """12500.0000 → 12,500; nothing → –."""
    if value is None:
        return "–"
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bounded(total: Total | None) -> str:
    """A total with what its bounds say of it: 12,500 or more; more than 12,500, where it cannot be 12,500 itself."""
    if total is None:
        return "–"
    value = number(total.value)
    if total.low is not None and total.low == total.high:
        return value
    is_least, is_most = total.low == total.value, total.high == total.value
    if total.high is None and is_least:
        return f"{value} or more" if total.is_low_inclusive else f"more than {value}"
    if total.low is None and is_most:
        return f"{value} or less" if total.is_high_inclusive else f"less than {value}"
    low = f"{'at least' if total.is_low_inclusive else 'more than'} {number(total.low)}"
    high = f"{'at most' if total.is_high_inclusive else 'less than'} {number(total.high)}"
    match total.low, total.high:
        case None, None:
            return f"about {value}"
        case _, None:
            return f"about {value}, {low}"
        case None, _:
            return f"about {value}, {high}"
    if total.is_low_inclusive and total.is_high_inclusive:
        return f"{value} ({number(total.low)} to {number(total.high)})"
    return f"{value} ({low}, {high})"


def months(first: dt.date, last: dt.date) -> str:
    """2018-10 to 2025-12, of the first days of the first and the last month."""
    return f"{first:%Y-%m}" if first == last else f"{first:%Y-%m} to {last:%Y-%m}"
