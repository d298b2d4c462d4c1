"""The declared schema of every curated seed table: columns, types, vocabularies, keys and what they mean.

This is the one place that says what a row of `seeds/*.csv` may hold. The loader checks files against it,
`dbt_project/models/staging/_sources.yml` is generated from it, and the curator's guide links to it.
Rules that need a second row or table (keys, references) are declared here and checked in `ingest.check`;
coverage and spans against the documents belong to `expectations/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ingest.numbers import NotANumberError, parse_quantity
from ingest.official_tables import OFFICIAL_TABLES
from ingest.schema import (
    CountryCode,
    Date,
    Expression,
    Factor,
    FileName,
    Row,
    Sha256,
    Slug,
    SlugList,
    Table,
    Text,
    UnitId,
    Url,
    Value,
    Whole,
    problem,
)

ClaimType = Literal[
    "seizure", "arrest", "warrant", "charge", "conviction", "sentence", "extradition", "removal", "designation",
    "training", "certification", "event_attendance", "funding", "award", "investigation", "lead", "target",
    "trace", "case_support", "donation", "beneficiary", "deployment", "migration_flow", "repatriation",
    "change_rate", "coverage", "outreach", "other",
]  # fmt: skip
Qualifier = Literal["exact", "over", "at_least", "nearly", "up_to", "approximately", "magnitude"]
PeriodBasis = Literal[
    "fiscal_year", "calendar_year", "year_to_date", "since_date", "since_inception", "range", "point_in_time",
    "unspecified",
]  # fmt: skip
Role = Literal["lead", "partner", "support", "funder", "donor", "trainer", "recipient", "reported_by"]
Relation = Literal["subset_of", "may_overlap", "restates", "supersedes", "contradicts", "stage_of", "same_event"]
FundingStage = Literal["requested", "appropriated", "obligated", "awarded", "announced", "expended"]
ReviewStatus = Literal["accepted", "proposed", "rejected"]
Basis = Literal["stated", "inferred"]
AgencyKind = Literal[
    "government", "department", "agency", "bureau", "office", "unit", "authorities", "international", "association"
]
UnitDimension = Literal[
    "mass",
    "tablets",
    "doses",
    "liquid_doses",
    "dosage_units",
    "rounds",
    "count",
    "persons",
    "person_rate",
    "person_rate_by_year",
    "count_rate",
    "count_rate_by_year",
    "money_rate_by_year",
    "mass_rate_by_month",
    "money",
    "ratio",
    "duration",
    "volume",
    "area",
    "length",
    "time",
    "pesos",
    "canadian_dollars",
    "euros",
]
DocumentKind = Literal["fact_sheet", "news", "article", "statement", "press_release"]

TRAINING_TYPES: tuple[ClaimType, ...] = ("training", "certification", "event_attendance")
FUNDING_TYPES: tuple[ClaimType, ...] = ("funding", "award", "change_rate")
OPEN_PERIODS: tuple[PeriodBasis, ...] = ("year_to_date", "since_date", "since_inception")


class Document(Row):
    document_id: Slug = Field(description="Readable key of the document.")
    file_name: FileName = Field(description="Name of the text file inside the documents folder.")
    title: Text = Field(
        description="Title as the document gives it; in [square brackets] where it has none and the curator "
        "supplied one."
    )
    publisher: Text | None = Field(description="Who issued the text; null where the text does not say.")
    published_on: Date | None = Field(
        description="Date of issue of the document itself, never of a mirror; null where it is not known."
    )
    published_on_basis: Basis | None = Field(
        description="Whether the date of issue is stated or inferred; null where there is no date."
    )
    event_on: Date | None = Field(description="Date of the event that the document is about, if stated.")
    document_kind: DocumentKind = Field(description="Kind of document.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = Field(
        description="ISO 639-1 code of the language of the text."
    )
    source_url: Url | None = Field(description="Address to cite; null where the text gives none.")
    mirror_of_url: Url | None = Field(
        description="Address of the original, where the text that was read is a copy of it at another place."
    )
    sha256: Sha256 = Field(description="SHA-256 of the file's bytes, in hexadecimal.")
    char_count: Whole = Field(gt=0, description="Length of the text in Unicode code points.")
    supersedes_document_id: Slug | None = Field(description="The earlier version that this one replaces.")
    licence: Text = Field(description="Terms under which the text is public.")
    note: Text | None = Field(description="What was decided on this document's metadata, and why.")

    @model_validator(mode="after")
    def check_date_basis(self) -> Self:
        if (self.published_on is None) != (self.published_on_basis is None):
            raise problem("published_on_basis", "a date and its basis go together: fill both or neither")
        return self


class Claim(Row):
    claim_id: Text = Field(description="Key of the claim: document_id:char_start.")
    document_id: Slug = Field(description="The document that states the figure.")
    char_start: Whole = Field(ge=0, description="First code point of the numeric expression, 0-based.")
    char_end: Whole = Field(gt=0, description="Code point after the last one of the numeric expression.")
    verbatim: Expression = Field(description="The numeric expression, exactly as it stands at that span.")
    claim_type: ClaimType | None = Field(
        description="What was counted or measured; may be empty only where the claim is not accepted."
    )
    commodity_id: Slug | None = Field(description="What was seized or measured, where it is a commodity.")
    subject_id: Slug | None = Field(description="What the figure is about, where it is not a commodity.")
    value: Value = Field(description="The figure as stated, in unit_id; for a magnitude, its floor.")
    qualifier: Qualifier = Field(description="The word that bounds the figure (over, nearly, up to …).")
    unit_id: UnitId | None = Field(description="Unit as stated; may be empty only where the claim is not accepted.")
    rate_per: Literal["day", "month", "year"] | None = Field(description="The time a rate is counted over.")
    direction: Literal["increase", "decrease"] | None = Field(description="Sense of a change.")
    period_start: Date | None = Field(description="First day that the figure covers, if stated.")
    period_end: Date | None = Field(description="Last day that the figure covers; null where open.")
    period_basis: PeriodBasis = Field(description="How the text gives the period.")
    as_of: Date | None = Field(description="Cut-off of an open period or of a state of affairs.")
    place_id: Slug | None = Field(description="Where, if the text says so.")
    framework_area_id: Slug | None = Field(
        description="Area of the Bicentennial Framework under whose heading the figure stands."
    )
    funding_stage: FundingStage | None = Field(description="Stage of the money, for funding.")
    audience: Text | None = Field(description="Who was trained, certified or attended.")
    review_status: ReviewStatus = Field(
        description="Only accepted claims reach facts. A rejected one records that its characters are no claim: it has "
        "its place and its number, the rest may be empty."
    )
    note: Text | None = Field(description="The reading that was chosen, and the other one.")

    @model_validator(mode="after")
    def check_rules(self) -> Self:
        for broken in self._broken_rules():
            raise broken
        return self

    def _broken_rules(self) -> Iterator[PydanticCustomError]:
        yield from self._broken_place()
        try:
            quantity = parse_quantity(self.verbatim)
        except NotANumberError as error:
            yield problem("verbatim", f"{error}; keep the numeric expression only")
        else:
            if quantity.value != self.value:
                yield problem("value", f"verbatim “{self.verbatim}” reads {quantity.value:f}: correct one of the two")
            if quantity.is_magnitude != (self.qualifier == "magnitude"):
                yield problem("qualifier", "magnitude is for amounts without a number, and for those alone")
        if self.review_status == "accepted":
            yield from self._broken_meaning()
            yield from self._broken_period()

    def _broken_place(self) -> Iterator[PydanticCustomError]:
        """What must hold of any figure: its key and its span are those of its words."""
        if self.claim_id != f"{self.document_id}:{self.char_start}":
            yield problem("claim_id", f"write {self.document_id}:{self.char_start} (document_id:char_start)")
        if self.char_end - self.char_start != len(self.verbatim):
            yield problem(
                "char_end",
                f"the span is {self.char_end - self.char_start} code points long, verbatim {len(self.verbatim)}: "
                "take both from the document again",
            )

    def _broken_meaning(self) -> Iterator[PydanticCustomError]:
        """What must be understood before a claim is accepted."""
        for column in ("claim_type", "unit_id"):
            if getattr(self, column) is None:
                yield problem(column, "empty: this column must be filled where the claim is accepted")
        if (self.commodity_id is None) == (self.subject_id is None):
            yield problem("subject_id", "give exactly one of commodity_id and subject_id")
        if self.claim_type == "seizure" and self.commodity_id is None:
            yield problem("commodity_id", "a seizure names its commodity")
        if (self.direction is not None) != (self.claim_type == "change_rate"):
            yield problem("direction", "a change_rate has a direction, nothing else has")
        if (self.audience is not None) != (self.claim_type in TRAINING_TYPES):
            yield problem("audience", "trainings, certifications and attendances have an audience, nothing else has")
        if self.funding_stage is not None and self.claim_type not in FUNDING_TYPES:
            yield problem("funding_stage", "only money given or asked for has a stage: leave it empty")

    def _broken_period(self) -> Iterator[PydanticCustomError]:
        start, end, basis = self.period_start, self.period_end, self.period_basis
        if start is not None and end is not None and end < start:
            yield problem("period_end", f"ends before it starts ({start}): correct one of the two")
        if basis in OPEN_PERIODS and end is not None:
            yield problem("period_end", f"a {basis} period is open: leave it empty and put its cut-off in as_of")
        if basis in ("fiscal_year", "calendar_year", "range", "point_in_time") and (start is None or end is None):
            yield problem("period_start", f"a {basis} period has a first and a last day")
        if basis == "unspecified" and (start or end):
            yield problem("period_basis", "a period with a date is not unspecified: name its basis")
        if (
            basis == "fiscal_year"
            and start
            and end
            and ((start.month, start.day, end.month, end.day) != (10, 1, 9, 30))
        ):
            yield problem("period_start", "a U.S. fiscal year runs from 1 October to 30 September")
        if basis in ("year_to_date", "since_date") and start is None:
            yield problem("period_start", f"a {basis} period has a first day")
        if start and self.as_of and self.as_of < start:
            yield problem("as_of", f"lies before the period starts ({start}): correct one of the two")


class ClaimAgency(Row):
    claim_id: Text = Field(description="The claim.")
    agency_id: Slug = Field(description="The agency that has a part in it.")
    role: Role = Field(description="Its part; several leads are a joint claim.")


class ClaimOperation(Row):
    claim_id: Text = Field(description="The claim.")
    operation_id: Slug = Field(description="An operation that the figure is of; several share it.")


class ClaimRelation(Row):
    claim_id: Text = Field(description="The part, the narrower, the later or the restating claim.")
    related_claim_id: Text = Field(description="The whole, the wider, the earlier or the restated claim.")
    relation: Relation = Field(description="How the first claim stands to the second.")
    basis: Basis = Field(description="Whether the text states the tie or the curator infers it.")
    note: Text | None = Field(description="Why the tie was inferred.")


class Agency(Row):
    agency_id: Slug = Field(description="Readable key of the agency.")
    agency_name: Text = Field(description="Full name.")
    acronym: Text | None = Field(description="Usual acronym.")
    parent_agency_id: Slug | None = Field(description="The body that it is part of.")
    country_code: CountryCode | None = Field(description="ISO 3166-1 code; null for international bodies.")
    agency_kind: AgencyKind = Field(
        description="Level in the hierarchy; `authorities` where a text names a country's bodies at large."
    )
    aliases: Text | None = Field(description="Other names found in texts, separated by |.")
    note: Text | None = Field(description="Remark on the member.")


class Operation(Row):
    operation_id: Slug = Field(description="Readable key of the operation.")
    operation_name: Text = Field(description="Name as documents give it.")
    operation_kind: Literal["operation", "task_force", "programme", "campaign"] = Field(description="Its kind.")
    parent_operation_id: Slug | None = Field(description="The operation that it is part of.")
    owner_agency_id: Slug | None = Field(description="The body whose operation it is said to be.")
    lead_agency_ids: SlugList | None = Field(description="The bodies that lead it, separated by |.")
    started_on: Date | None = Field(description="First day, if stated.")
    ended_on: Date | None = Field(description="Last day, if stated.")
    aliases: Text | None = Field(description="Other names found in texts, separated by |.")
    note: Text | None = Field(description="Remark on the member.")


class Commodity(Row):
    commodity_id: Slug = Field(description="Readable key of the commodity and its form.")
    commodity_name: Text = Field(description="Name.")
    commodity_group: Slug = Field(description="What may be looked at together (fentanyl, firearms, money).")
    commodity_kind: Literal["drug", "precursor", "weapon", "money", "equipment", "vehicle"] = Field(
        description="Broad kind."
    )
    commodity_form: Literal["unspecified", "powder", "pills", "pills_and_powder", "liquid", "mixed"] = Field(
        description="Form in which it was counted; unspecified where the text does not say."
    )
    parent_commodity_id: Slug | None = Field(description="The commodity that it is a form or kind of.")
    aliases: Text | None = Field(description="Other names found in texts, separated by |.")
    note: Text | None = Field(description="Remark on the member.")


class Subject(Row):
    subject_id: Slug = Field(description="Readable key of the subject.")
    subject_name: Text = Field(description="What was counted, where it is not a commodity.")
    subject_group: Slug = Field(description="What may be looked at together.")
    parent_subject_id: Slug | None = Field(description="The wider subject.")
    aliases: Text | None = Field(description="Other names found in texts, separated by |.")
    note: Text | None = Field(description="Remark on the member.")


class Unit(Row):
    unit_id: UnitId = Field(description="Readable key of the unit.")
    unit_name: Text = Field(description="Name.")
    unit_dimension: UnitDimension = Field(
        description="What it measures; only units of one dimension convert into each other."
    )
    canonical_unit_id: UnitId = Field(description="The unit of the dimension that values are converted to.")
    canonical_factor: Factor = Field(description="Exact number of canonical units in one of this unit.")
    factor_source: Text = Field(description="Where the factor comes from.")
    aliases: Text | None = Field(description="Unit words found in texts, separated by |.")


class Place(Row):
    place_id: Slug = Field(description="Readable key of the place.")
    place_name: Text = Field(description="Name.")
    place_kind: Literal["country", "region", "border", "city", "port"] = Field(description="Its kind.")
    parent_place_id: Slug | None = Field(description="The place that it lies in.")
    country_code: CountryCode | None = Field(description="ISO 3166-1 code; null where it is in no one country.")
    aliases: Text | None = Field(description="Other names found in texts, separated by |.")
    note: Text | None = Field(description="Remark on the member.")


class FrameworkArea(Row):
    framework_area_id: Slug = Field(description="Readable key of the area.")
    framework_area_name: Text = Field(description="Name.")
    framework_area_kind: Literal["goal", "area"] = Field(description="A goal of the framework or an area of one.")
    parent_framework_area_id: Slug | None = Field(description="Goal or area that it is part of, where stated.")
    aliases: Text | None = Field(description="Headings found in texts, separated by |.")
    note: Text | None = Field(description="Remark on the member.")


TABLES: tuple[Table, ...] = (
    Table("agencies", Agency, "Bodies of government and others, with their hierarchy.",
          ("agency_id",), {"parent_agency_id": "agencies.agency_id"}),
    Table("commodities", Commodity, "What is seized: drugs, precursors, weapons, money, equipment.",
          ("commodity_id",), {"parent_commodity_id": "commodities.commodity_id"}),
    Table("framework_areas", FrameworkArea, "Goals and areas of the Bicentennial Framework.",
          ("framework_area_id",), {"parent_framework_area_id": "framework_areas.framework_area_id"}),
    Table("operations", Operation, "Operations, task forces, programmes and campaigns.",
          ("operation_id",), {"parent_operation_id": "operations.operation_id",
                              "owner_agency_id": "agencies.agency_id", "lead_agency_ids": "agencies.agency_id"}),
    Table("places", Place, "Places at the grain in which texts name them.",
          ("place_id",), {"parent_place_id": "places.place_id"}),
    Table("subjects", Subject, "What is counted where it is not a commodity.",
          ("subject_id",), {"parent_subject_id": "subjects.subject_id"}),
    Table("units", Unit, "Units, and the exact factors between them.",
          ("unit_id",), {"canonical_unit_id": "units.unit_id"}),
    Table("documents", Document, "Documents that were read, with or without figures.",
          ("document_id",), {"supersedes_document_id": "documents.document_id"}),
    Table("claims", Claim, "One figure of one document, tied to its characters.",
          ("claim_id",), {"document_id": "documents.document_id", "commodity_id": "commodities.commodity_id",
                          "subject_id": "subjects.subject_id", "unit_id": "units.unit_id",
                          "place_id": "places.place_id",
                          "framework_area_id": "framework_areas.framework_area_id"}),
    Table("claim_agencies", ClaimAgency, "The part that an agency has in a claim.",
          ("claim_id", "agency_id", "role"), {"claim_id": "claims.claim_id", "agency_id": "agencies.agency_id"}),
    Table("claim_operations", ClaimOperation, "The operations that a claim is of.",
          ("claim_id", "operation_id"), {"claim_id": "claims.claim_id", "operation_id": "operations.operation_id"}),
    Table("claim_relations", ClaimRelation, "Ties between two claims: parts, possible overlaps, stages, one event.",
          ("claim_id", "related_claim_id", "relation"),
          {"claim_id": "claims.claim_id", "related_claim_id": "claims.claim_id"}),
    *OFFICIAL_TABLES,
)  # fmt: skip
"""Every seed table, each after those that it refers to."""
