"""Official statistics small enough to add up in one's head: a file that is at hand, and a newer one of which only the
totals are.

`old` covers October and November 2022, `new` November and December; in November the two agree.
"""

from __future__ import annotations

VINTAGES = {"old": ("2022-10-01", "2022-11-01", 4), "new": ("2022-11-01", "2022-12-01", 4)}
AMOUNTS = {"ofo": ("300", 3), "usbp": ("40.5", 2)}
"""Component → pounds of heroin and events of every month."""


def _months(vintage_id: str) -> tuple[str, ...]:
    first, last, _ = VINTAGES[vintage_id]
    return first, last


def _total(vintage_id: str, component_id: str, months: int, **period: object) -> dict[str, object]:
    pounds, events = AMOUNTS[component_id]
    return {
        "vintage_id": vintage_id, **period, "component_id": component_id, "region_id": "southwest-border",
        "commodity_id": "heroin", "unit_id": "lb", "quantity": str(float(pounds) * months),
        "event_count": events * months,
    }  # fmt: skip


ROWS: dict[str, list[dict[str, object]]] = {
    "official_terms": [
        {"term_kind": "component", "term": "OFFICE OF FIELD OPERATIONS", "term_id": "ofo", "agency_id": "dea"},
        {"term_kind": "component", "term": "U.S. BORDER PATROL", "term_id": "usbp", "agency_id": "dea"},
        {"term_kind": "region", "term": "SOUTHWEST BORDER", "term_id": "southwest-border", "place_id": "mexico"},
        {"term_kind": "category", "term": "HEROIN", "term_id": "heroin", "commodity_id": "heroin", "unit_id": "lb"},
    ],
    "official_vintages": [
        {"vintage_id": vintage_id, "file_name": f"{vintage_id}.csv", "dataset": "nationwide_drugs",
         "sha256": vintage_id[0] * 64, "first_month_on": first, "last_month_on": last, "row_count": rows}
        for vintage_id, (first, last, rows) in VINTAGES.items()
    ],
    "official_totals": [
        _total(vintage_id, component_id, 1, month_starts_on=month)
        for vintage_id in VINTAGES for month in _months(vintage_id) for component_id in AMOUNTS
    ],
    "official_year_totals": [
        _total(vintage_id, component_id, 2, fiscal_year=2023) for vintage_id in VINTAGES for component_id in AMOUNTS
    ],
    "official_seizures": [
        {"vintage_id": "old", "dataset": "nationwide_drugs", "fiscal_year": 2023, "is_year_to_date": False,
         "month_starts_on": month, "component": component, "region": "Southwest Border", "land_filter": "Land",
         "area": area, "category": "Heroin", "event_count": AMOUNTS[key][1], "quantity": AMOUNTS[key][0],
         "_source_file": "statistics/old.csv", "_source_sha256": "o" * 64}
        for month in _months("old")
        for key, component, area in (
            ("ofo", "Office of Field Operations", "SOUTH OFFICE"), ("usbp", "U.S. Border Patrol", "SOUTH SECTOR")
        )
    ],
}  # fmt: skip
