"""The declared schema of what was read but not decided: proposed claims, figures left out, documents and their state.

They come from the folder of proposals, not from seed tables, and never reach a fact. Belongs here: columns and rules
within a row. Not here: the files themselves (`ingest.proposal_files`) and reading them into tables
(`ingest.proposal_load`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.schema import Expression, Row, Sha256, Slug, Table, Text, Whole, written
from ingest.tables import TABLES, Claim

DocumentFile = Annotated[str, StringConstraints(min_length=1)]
"""Whatever a file in the folder of documents is called: an odd name is no reason not to publish."""
Confidence = Annotated[Decimal, Field(max_digits=3, decimal_places=2), written(r"[0-9](\.[0-9]+)?")]


class Proposal(Claim):
    """A row of claims that is in no seed table: rules of meaning wait until it is merged."""

    file_name: DocumentFile = Field(description="Name of the document's file.")
    operation_name: Text | None = Field(description="Operations as the text names them, separated by a semicolon.")
    agencies: Text | None = Field(description="Agencies and their parts, as acronym:role, separated by a semicolon.")
    parent_claim_id: Text | None = Field(description="The figure that this one is said to be inside of.")
    confidence: Confidence | None = Field(
        description="How sure its weakest part is (figure, type, what was counted, unit), from 0 to 1; null for a row "
        "that a person wrote."
    )
    reason: Text | None = Field(description="The rule behind each attribute, with its confidence.")

    def _broken_rules(self) -> Iterator[PydanticCustomError]:
        yield from self._broken_place()


class FigureLeftOut(Row):
    document_id: Slug = Field(description="The document that the number stands in.")
    file_name: DocumentFile = Field(description="Name of the document's file.")
    char_start: Whole = Field(ge=0, description="First code point of the number, 0-based.")
    char_end: Whole = Field(gt=0, description="Code point after its last one.")
    verbatim: Expression = Field(description="The number, exactly as it stands at that span.")
    kind: Literal["no_claim", "not_understood"] = Field(
        description="no_claim for dates, names, addresses and the like; not_understood for a figure that was "
        "recognised and whose meaning was not."
    )
    reason: Text = Field(description="The rule that left it out.")


class ReadDocument(Row):
    document_id: Slug = Field(description="Key of the document: the registered one, else one made of its file name.")
    file_name: DocumentFile = Field(description="Name of the document's file.")
    sha256: Sha256 | None = Field(description="SHA-256 of the file's bytes; null where they could not be read.")
    char_count: Whole | None = Field(description="Length of its text in code points; null where it was not read.")
    read_status: Literal["read", "unreadable", "not_read"] = Field(
        description="read; unreadable, for the reason in read_problem; not_read, where nobody has tried yet."
    )
    read_problem: Text | None = Field(description="Why it cannot be read, and the remedy.")


PROPOSALS = Table(
    "proposals", Proposal, "Figures that were found in documents and that nobody has accepted: not for totals.",
    ("claim_id",), {"commodity_id": "commodities.commodity_id", "subject_id": "subjects.subject_id",
                    "unit_id": "units.unit_id", "place_id": "places.place_id",
                    "framework_area_id": "framework_areas.framework_area_id"},
)  # fmt: skip
FIGURES_LEFT_OUT = Table(
    "figures_left_out", FigureLeftOut, "Numbers of documents that are proposed as nothing, and why.",
    ("document_id", "char_start", "char_end"), {},
)  # fmt: skip
READ_DOCUMENTS = Table(
    "read_documents", ReadDocument, "Texts of documents by content, and whether they could be read.",
    ("document_id", "sha256"), {},
)  # fmt: skip

PROPOSAL_TABLES = (PROPOSALS, FIGURES_LEFT_OUT, READ_DOCUMENTS)
RAW_TABLES = (*TABLES, *PROPOSAL_TABLES, OFFICIAL_SEIZURES)
"""Every table of schema `raw`: those of the seed files, of the proposals, and of the files of official statistics."""
