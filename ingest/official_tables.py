"""The declared schema of official statistics: seed tables with what is known of them, and the rows of their files.

Official statistics are CSV files that an agency publishes again every month, each with all fiscal years of a window.
A file is a *vintage*. What is small enough for the repository is derived from the files: a row for each vintage, its
totals by month, and control totals by year. The files themselves stay outside, in the folder that
`BICENTENNIAL_STATISTICS` names, and are read by `ingest.statistics`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ingest.schema import Date, FileName, Quantity, Row, Sha256, Slug, Table, Text, UnitId, Url, Whole, problem

Dataset = Literal["nationwide_drugs", "amo_drugs", "weapons_and_ammunition", "currency"]
Component = Literal["ofo", "usbp", "amo"]
Region = Literal["coastal-interior", "northern-border", "southwest-border"]
TermKind = Literal["component", "region", "land_filter", "category", "direction"]
FiscalYear = Annotated[Whole, Field(ge=1990, le=2100)]


class OfficialTerm(Row):
    term_kind: TermKind = Field(description="Which column of a file the word stands in; category is a drug or weapon.")
    term: Annotated[Text, Field(pattern=r"^[^a-z]+$")] = Field(
        description="The word in capitals, without white space around it; files write it in capitals or not."
    )
    term_id: Slug = Field(description="Key that it stands for: ofo, southwest-border, land, fentanyl, outbound.")
    agency_id: Slug | None = Field(description="The agency that a component is; only for components.")
    place_id: Slug | None = Field(description="The place that a region is; only for regions.")
    commodity_id: Slug | None = Field(description="What a category is; only for categories.")
    unit_id: UnitId | None = Field(description="Unit of quantities of a category; only for categories.")
    note: Text | None = Field(description="What the publisher means by the word, where that is not plain.")

    @model_validator(mode="after")
    def check_meaning(self) -> Self:
        """A word has the member of its kind, and no other."""
        wanted = {"component": ("agency_id",), "region": ("place_id",), "category": ("commodity_id", "unit_id")}
        for column in ("agency_id", "place_id", "commodity_id", "unit_id"):
            if (column in wanted.get(self.term_kind, ())) != (getattr(self, column) is not None):
                has = " and ".join(wanted.get(self.term_kind, ("none",)))
                raise problem(column, f"of agency_id, place_id, commodity_id and unit_id a {self.term_kind} has {has}")
        if self.term_kind == "category" and self.term_id != self.commodity_id:
            raise problem("term_id", f"the key of a category is its commodity: write {self.commodity_id}")
        return self


class OfficialVintage(Row):
    vintage_id: Slug = Field(description="Key of the vintage: its file's name without suffix.")
    file_name: FileName = Field(description="Name of the file as published.")
    dataset: Dataset = Field(description="Which statistics they are.")
    sha256: Sha256 = Field(description="SHA-256 of the file's bytes.")
    first_month_on: Date = Field(description="First day of the first month in the file.")
    last_month_on: Date = Field(description="First day of the last month in the file.")
    row_count: Whole = Field(gt=0, description="Rows of the file without its header.")
    published_on: Date | None = Field(description="Day on which the file was published; null where it is not known.")
    publisher: Text = Field(description="Who published it.")
    source_url: Url = Field(description="Page on which the publisher offers it.")
    note: Text | None = Field(description="Remark on the vintage.")


class OfficialTotal(Row):
    vintage_id: Slug = Field(description="The vintage whose rows are added up here.")
    month_starts_on: Date = Field(description="First day of the month.")
    component_id: Component = Field(description="Part of the publisher that seized: ofo, usbp or amo.")
    region_id: Region = Field(description="Region of the seizure.")
    commodity_id: Slug = Field(description="What was seized.")
    unit_id: UnitId = Field(description="Unit of the quantities.")
    quantity: Quantity = Field(description="Amount seized.")
    event_count: Whole = Field(ge=0, description="Seizures in which it was found.")
    land_quantity: Quantity | None = Field(
        description="The part of quantity that the file counts as land border; null where it does not say."
    )
    outbound_quantity: Quantity | None = Field(
        description="The part of quantity that was leaving the country; null where the file does not say."
    )


class OfficialYearTotal(Row):
    vintage_id: Slug = Field(description="The vintage.")
    fiscal_year: FiscalYear = Field(description="Fiscal year, as far as the vintage covers it.")
    component_id: Component = Field(description="Part of the publisher that seized: ofo, usbp or amo.")
    region_id: Region = Field(description="Region of the seizure.")
    commodity_id: Slug = Field(description="What was seized.")
    unit_id: UnitId = Field(description="Unit of the quantity.")
    quantity: Quantity = Field(description="Amount seized in the year, added up from the file itself.")
    event_count: Whole = Field(ge=0, description="Seizures in which it was found.")


class OfficialSeizure(Row):
    vintage_id: Slug = Field(description="The vintage that the row is of.")
    dataset: Dataset = Field(description="Which statistics they are.")
    fiscal_year: Whole = Field(description="Fiscal year.")
    is_year_to_date: bool = Field(description="Whether the file marks the year as to date (FYTD).")
    month_starts_on: Date = Field(description="First day of the month; October to December lie in the year before.")
    component: Text = Field(description="Component as written.")
    region: Text = Field(description="Region as written.")
    land_filter: Text | None = Field(description="Land filter as written; null where the file has none.")
    area: Text = Field(description="Field office, sector or branch as written.")
    category: Text = Field(description="Drug type, category of weapon, or currency.")
    direction: Text | None = Field(description="Inbound, outbound or other as written; null where the file has none.")
    transport_mode: Text | None = Field(description="Mode of transportation as written; null where the file has none.")
    seizure_type: Text | None = Field(description="Type of seizure as written; null where the file has none.")
    event_id: Text | None = Field(description="The publisher's key of the event; null where rows are of many events.")
    event_count: Whole = Field(description="Seizures that the row is about.")
    quantity: Quantity = Field(description="Amount, in the unit of the category, rounded to eight decimals.")


OFFICIAL_TERMS = Table(
    "official_terms", OfficialTerm, "Words of official statistics and what they stand for.",
    ("term_kind", "term"), {"agency_id": "agencies.agency_id", "place_id": "places.place_id",
                            "commodity_id": "commodities.commodity_id", "unit_id": "units.unit_id"},
)  # fmt: skip

OFFICIAL_TABLES: tuple[Table, ...] = (
    OFFICIAL_TERMS,
    Table("official_vintages", OfficialVintage, "Files of official statistics that totals were derived from.",
          ("vintage_id",), {}),
    Table("official_totals", OfficialTotal, "Official statistics by month, component, region and commodity.",
          ("vintage_id", "month_starts_on", "component_id", "region_id", "commodity_id"),
          {"vintage_id": "official_vintages.vintage_id", "commodity_id": "commodities.commodity_id",
           "unit_id": "units.unit_id"}),
    Table("official_year_totals", OfficialYearTotal, "Control totals by fiscal year, added up from the files.",
          ("vintage_id", "fiscal_year", "component_id", "region_id", "commodity_id"),
          {"vintage_id": "official_vintages.vintage_id", "commodity_id": "commodities.commodity_id",
           "unit_id": "units.unit_id"}),
)  # fmt: skip
"""Seed tables about official statistics."""

OFFICIAL_SEIZURES = Table(
    "official_seizures", OfficialSeizure, "Rows of the files of official statistics, as published.", (), {}
)
"""Loaded from the files themselves; empty where no folder of them is named."""
