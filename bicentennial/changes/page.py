"""The page as a whole, and its short sections: documents, totals, disagreements, tables and rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from bicentennial.changes.figures import describe_figures
from bicentennial.changes.official import describe_official, describe_verdicts
from bicentennial.changes.words import Writer, bounded, escape, months, number, plural, read_names, spell, table
from bicentennial.diff import ReleaseDiff, RowDiff, TableDiff, diff_releases, scan
from bicentennial.diff_sums import TotalDiff

LIMIT = 25
"""Lines of a list before the rest is only counted."""


def describe_changes(old: Path | None, new: Path, limit: int | None = LIMIT) -> str:
    """What differs between two releases, as Markdown.

    Args:
        old: folder of the earlier release; nothing before the first.
        new: folder of the later one, with its Parquet files and data package.
        limit: lines of each list before the rest is only counted; nothing for all of them.

    Raises:
        FileNotFoundError: when a folder holds no release.
    """
    package = _read_package(new)
    version = package["version"]
    if old is None:
        return _page(f"Release {version}", _describe_first(new, package))
    before = _read_package(old)
    writer = Writer(read_names(old, new), limit, f"bicentennial diff {before['version']} {version} --format markdown")
    since = f"Since release {before['version']}, built on {before['created'][:10]}."
    return _page(f"What changed in release {version}", [since, "", *_describe(diff_releases(old, new), writer)])


def _page(title: str, lines: Iterable[str]) -> str:
    text = "\n".join([f"# {title}", "", *lines]).rstrip() + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _read_package(release: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    return package


def _describe_first(release: Path, package: dict[str, Any]) -> Iterator[str]:
    claims, official = scan(release, "fct_claims"), scan(release, "official_seizures_current")
    with duckdb.connect() as connection:
        ((figures, in_totals),) = connection.execute(
            f"select count(*), count(*) filter (is_in_total) from {claims}"
        ).fetchall()
        kinds = connection.execute(
            f"select claim_type, count(*) from {claims} group by 1 order by 2 desc, 1"
        ).fetchall()
        ((first, last),) = connection.execute(
            f"select min(month_starts_on), max(month_starts_on) from {official}"
        ).fetchall()
    rows = {resource["title"]: resource["rowCount"] for resource in package["resources"]}
    yield "No release before it to compare it with. It holds:"
    yield ""
    documents = plural(rows["dim_document"], "document")
    yield f"- {plural(figures, 'figure')} of {documents}; {number(in_totals)} count in totals"
    yield f"- by kind: {', '.join(f'{spell(kind)} {number(count)}' for kind, count in kinds)}"
    yield "- official statistics: " + (f"months {months(first, last)}" if first else "none")
    yield ""
    yield from table(["table", "rows"], [[f"`{name}`", number(count)] for name, count in sorted(rows.items())])


def _describe(found: ReleaseDiff, writer: Writer) -> Iterator[str]:
    if found.is_empty:
        yield "No figure, row, table or column differs: only code, checks or descriptions changed."
        return
    sections = {
        "Documents": _documents(found.rows["dim_document"], writer),
        "Figures": describe_figures(found.rows["fct_claims"], writer),
        "Totals": _totals(found.totals, writer),
        "Disagreements": _disagreements(found.rows["claim_disagreements"], writer),
        "Official statistics": describe_official(found.official, found.rows["dim_vintage"], writer),
        "Figures held against official statistics": describe_verdicts(found.rows["claim_reconciliation"], writer),
        "Tables and columns": _contract(found.tables),
        "Rows": _rows(found.tables),
    }
    written = {title: lines for title, section in sections.items() if (lines := list(section))}
    unchanged = [title.lower() for title in sections if title not in written]
    if unchanged:
        yield f"No change in: {', '.join(unchanged)}."
        yield ""
    for title, lines in written.items():
        yield from (f"## {title}", "", *lines, "")


def _documents(rows: Sequence[RowDiff], writer: Writer) -> Iterator[str]:
    yield from writer.limited(f"- {found.change}: {_document(found)}" for found in rows)


def _document(found: RowDiff) -> str:
    row, cells = found.row, dict(found.cells)
    publisher = f" ({escape(row['publisher'])})" if row["publisher"] else ""
    parts = [f"`{row['document_id']}`, {escape(row['title'])}{publisher}, file `{row['file_name']}`"]
    if "sha256" in cells:
        parts.append("its text is another")
    before, now = cells.get("claim_count", (None, row["claim_count"]))
    parts.append(plural(now, "figure") if before is None else f"figures {number(before)} → {number(now)}")
    if row.get("supersedes_document_id") and (found.change == "added" or "supersedes_document_id" in cells):
        parts.append(f"supersedes `{row['supersedes_document_id']}`")
    others = sorted(cells.keys() - {"sha256", "char_count", "claim_count", "supersedes_document_id"})
    if others:
        parts.append(f"changed in {', '.join(f'`{name}`' for name in others)}")
    return "; ".join(parts)


def _totals(totals: Sequence[TotalDiff] | None, writer: Writer) -> Iterator[str]:
    if totals is None:
        yield "Not compared: one of the releases lacks the columns for it."
    elif totals:
        yield "Sums of the figures that may be added up."
        yield ""
        header = ["kind", "of", "unit", "before", "now", "figures"]
        yield from writer.table(header, [_total(moved, writer) for moved in totals])


def _total(moved: TotalDiff, writer: Writer) -> list[str]:
    return [
        spell(moved.claim_type) + (f", {spell(moved.funding_stage)}" if moved.funding_stage else ""),
        writer.subject(moved.commodity_id, moved.subject_id),
        writer.cell("unit_id", moved.unit_id),
        bounded(moved.before),
        bounded(moved.now),
        " → ".join(number(side.claim_count if side else 0) for side in (moved.before, moved.now)),
    ]


def _disagreements(rows: Sequence[RowDiff], writer: Writer) -> Iterator[str]:
    titles = {"added": "new", "gone": "gone", "changed": "told otherwise"}
    yield from writer.limited(
        f"- {titles[found.change]}: {spell(row['kind'])}, “{escape(row['verbatim'])}” (`{row['claim_id']}`) and "
        f"“{escape(row['related_verbatim'])}” (`{row['related_claim_id']}`)"
        + (f": {escape(row['explanation'])}" if found.change != "gone" else "")
        for found in rows
        for row in [found.row]
    )


def _contract(tables: Sequence[TableDiff]) -> Iterator[str]:
    for found in tables:
        if found.is_new:
            yield f"- new table `{found.table}`"
        if found.is_gone:
            yield f"- table `{found.table}` is gone"
        for what, columns in (("new", found.columns_added), ("gone", found.columns_gone)):
            if columns:
                yield f"- `{found.table}`, {what}: {', '.join(f'`{column}`' for column in columns)}"
        for column, before, now in found.retyped:
            yield f"- `{found.table}.{column}` is of another type: {before.lower()} → {now.lower()}"


def _rows(tables: Sequence[TableDiff]) -> Iterator[str]:
    counted = [found for found in tables if found.added or found.changed or found.gone]
    if counted:
        header = ["table", "before", "now", "added", "changed", "gone"]
        yield from table(
            header,
            [
                [f"`{found.table}`", *map(number, (*found.rows, found.added, found.changed, found.gone))]
                for found in counted
            ],
        )
