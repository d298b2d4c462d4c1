"""The layouts of the files that are understood: which header names which of our columns.

Source: the CSV files that U.S. Customs and Border Protection offers under "Stats and Summaries". A header that is none
of these stops the file: a column that was renamed may have changed its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.official_tables import Dataset


@dataclass(frozen=True)
class Layout:
    """One kind of file. `columns` maps our names to its header; what it does not have is null in every row.

    `category` is what all of its rows are about, where no column says so. Where rows carry the event that they are
    of, each is one seizure; elsewhere a row adds up many, and no two rows may have the same key.
    """

    dataset: Dataset
    columns: Mapping[str, str]
    category: str | None = None

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(self.columns.values())

    @property
    def is_by_event(self) -> bool:
        return "event_id" in self.columns


LAYOUTS = (
    Layout(
        "nationwide_drugs",
        {
            "fiscal_year": "FY",
            "month": "Month (abbv)",
            "component": "Component",
            "region": "Region",
            "land_filter": "Land Filter",
            "area": "Area of Responsibility",
            "category": "Drug Type",
            "event_count": "Count of Event",
            "quantity": "Sum Qty (lbs)",
        },
    ),
    Layout(
        "amo_drugs",
        {
            "fiscal_year": "FY",
            "month": "Month (abbv)",
            "component": "Component",
            "region": "Region",
            "land_filter": "Land Filter",
            "area": "Branch",
            "category": "Drug Type",
            "event_count": "Count of Event",
            "quantity": "Sum Qty (lbs)",
        },
    ),
    Layout(
        "weapons_and_ammunition",
        {
            "fiscal_year": "Fiscal Year",
            "month": "Month (abbv)",
            "component": "Component",
            "region": "Region",
            "area": "Area of Responsibility",
            "direction": "Inbound/Outbound",
            "transport_mode": "Mode of Transportation",
            "seizure_type": "Seizure Type",
            "category": "Category",
            "event_id": "Event ID",
            "quantity": "Quantity Seized",
        },
    ),
    Layout(
        "currency",
        {
            "fiscal_year": "Fiscal Year",
            "month": "Month (abbv)",
            "component": "Component",
            "region": "Region",
            "land_filter": "Land Filter",
            "area": "Area of Responsibility",
            "direction": "Inbound/Outbound",
            "event_count": "Count of Seizure Events",
            "quantity": "Currency Seizures Amount (USD)",
        },
        category="Currency",
    ),
)


def layout_of(header: Sequence[str]) -> Layout | None:
    """The layout whose header this is, exactly."""
    return next((layout for layout in LAYOUTS if layout.header == tuple(header)), None)


def nearest_layout(header: Sequence[str]) -> Layout:
    """The layout that shares most columns with a header, to say what differs."""
    return max(LAYOUTS, key=lambda layout: len(set(layout.header) & set(header)))
