"""The two borders at which data is validated, and the tables that have to be there.

`raw` is what was loaded, before dbt reads it; `marts` is what dbt built, before it is published.
"""

from __future__ import annotations

from typing import Literal

from ingest.proposal_tables import RAW_TABLES

Border = Literal["raw", "marts"]

FACTS = (
    "fct_claims", "fct_seizures", "fct_arrests", "fct_case_outcomes", "fct_trainings", "fct_funding",
    "fct_other_measures", "fct_official_seizures",
)  # fmt: skip
DIMENSIONS = (
    "dim_agency", "dim_operation", "dim_year", "dim_commodity", "dim_subject", "dim_unit", "dim_place",
    "dim_framework_area", "dim_document", "dim_vintage",
)  # fmt: skip
BRIDGES = (
    "bridge_claim_agency", "bridge_claim_operation", "bridge_claim_year", "bridge_claim_relation",
    "bridge_agency_member", "bridge_operation_member",
)  # fmt: skip
REPORTS = (
    "seizures_by_agency_operation_year", "arrests_by_agency_operation_year", "trainings_by_agency_operation_year",
    "funding_by_agency_operation_year",
)  # fmt: skip
OFFICIAL = ("official_seizures_current", "official_revisions", "claim_reconciliation")
OTHERS = ("claim_citations", "claim_disagreements", "claim_series", "review_queue", "document_coverage")
MAY_BE_EMPTY = {
    "claim_disagreements": "Documents that agree are no fault of the build.",
    "claim_series": "No figure has to be told at two cut-offs; in the first five documents none is.",
    "official_revisions": "Vintages that agree, or have no month in common, have nothing to revise.",
    "review_queue": "Nothing waits where all that was found is decided, or where no text is at hand.",
}
"""Published tables in which no row is no failure, and why."""


def tables(border: Border) -> tuple[str, ...]:
    """Names of the tables that have to be there at a border, without their schema."""
    if border == "raw":
        return tuple(table.name for table in RAW_TABLES)
    return (*FACTS, *DIMENSIONS, *BRIDGES, *REPORTS, *OFFICIAL, *OTHERS)
