"""The sections of official statistics: months added and revised, and verdicts on figures that changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bicentennial.changes.words import Writer, escape, months, number, plural, spell
from bicentennial.diff import RowDiff
from bicentennial.diff_sums import MonthDiff


def describe_official(found: Sequence[MonthDiff], vintages: Sequence[RowDiff], writer: Writer) -> Iterator[str]:
    """Files, months that are new or gone, and revisions of months that both releases have."""
    files = [f"- {row.change}: file `{row.row['file_name']}`" for row in vintages if row.change != "changed"]
    if files:
        yield from (*writer.limited(files), "")
    for title, side in (
        ("Months added", [month for month in found if month.is_new]),
        ("Months gone", [month for month in found if month.is_gone]),
    ):
        if side:
            header = ["component", "commodity", "months", "seized", "unit", "events"]
            yield from (f"**{title}**", "", *writer.table(header, _by_commodity(side, writer)), "")
    revised = [month for month in found if not month.is_new and not month.is_gone]
    if revised:
        yield from (f"**Revised: {plural(len(revised), 'figure')}**, the greatest revisions first", "")
        header = ["month", "component", "commodity", "unit", "seized before", "now", "events before", "now"]
        yield from writer.table(header, [_revision(month, writer) for month in _greatest_first(revised)])


def _by_commodity(found: Iterable[MonthDiff], writer: Writer) -> Iterator[list[str]]:
    """One row for each component and commodity, over all its months."""
    groups = defaultdict(list)
    for month in found:
        groups[month.component_id, month.commodity_id, month.unit_id].append(month)
    for (component, commodity, unit), group in sorted(groups.items()):
        counted = [side for month in group if (side := month.now or month.before)]
        yield [
            component.upper(),
            writer.cell("commodity_id", commodity),
            months(group[0].month_starts_on, group[-1].month_starts_on),
            number(round(sum((side.quantity for side in counted), Decimal()), 2)),
            writer.cell("unit_id", unit),
            number(sum(side.event_count or 0 for side in counted)),
        ]


def _revision(month: MonthDiff, writer: Writer) -> list[str]:
    return [
        f"{month.month_starts_on:%Y-%m}",
        month.component_id.upper(),
        writer.cell("commodity_id", month.commodity_id),
        writer.cell("unit_id", month.unit_id),
        *(number(side.quantity if side else None) for side in (month.before, month.now)),
        *(number(side.event_count if side else None) for side in (month.before, month.now)),
    ]


def _greatest_first(revised: Sequence[MonthDiff]) -> list[MonthDiff]:
    """By how much was revised, the units in turn, since pounds and pieces cannot be compared."""
    ranks = Counter[str]()
    ranked = []
    for month in sorted(revised, key=_revised_by, reverse=True):
        ranks[month.unit_id] += 1
        ranked.append((ranks[month.unit_id], month.unit_id, month))
    return [month for _, _, month in sorted(ranked, key=lambda entry: entry[:2])]


def _revised_by(month: MonthDiff) -> Decimal:
    before, now = (side.quantity if side else Decimal() for side in (month.before, month.now))
    return abs(now - before)


def describe_verdicts(rows: Sequence[RowDiff], writer: Writer) -> Iterator[str]:
    """Verdicts that changed; new ones and gone ones where something could be compared; the rest in numbers."""
    told, rest = [], Counter[str]()
    for found in rows:
        verdict = found.cells.get("verdict")
        if verdict or (found.change != "changed" and found.row["verdict"] != "not_comparable"):
            told.append(_verdict(found))
        else:
            rest[found.change] += 1
    yield from writer.limited(told)
    words = {
        "added": "new, not comparable",
        "changed": "with the same verdict, and other numbers or words for it",
        "gone": "gone, were not comparable",
    }
    if rest:
        counted = "; ".join(f"{number(rest[change])} {words[change]}" for change in words if rest[change])
        yield from (*([""] if told else []), f"{'Others' if told else 'Figures'}: {counted}.")


def _verdict(found: RowDiff) -> str:
    row = found.row
    line = f"- “{escape(row['as_stated'])}” (`{row['claim_id']}`): "
    if found.change == "changed":
        before, now = found.cells["verdict"]
        line += f"{spell(before)} → {spell(now)}. "
    else:
        line += f"{'new' if found.change == 'added' else 'gone'}, {spell(row['verdict'])}. "
    return line + (escape(row["explanation"]) if found.change != "gone" else "")
