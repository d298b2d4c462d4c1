"""A proposed claim as cells: the columns of `claims.csv`, then what its companions hold and what a reviewer needs.

Belongs here: the form of a row. Not here: files (`ingest.proposals`) and decisions (`ingest.merge`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from ingest.extract.model import Extraction, Grade, ProposedClaim
from ingest.extract.reference import Reference
from ingest.reading.model import TextDocument
from ingest.tables import Claim
from ingest.ties import default_relation

CLAIM_COLUMNS = tuple(Claim.model_fields)
REVIEW_COLUMNS = (
    "file_name", "operation_name", "agencies", "parent_claim_id", "confidence", "reason", "sentence", "decision",
    "parent_relation",
)  # fmt: skip
"""`decision` is what the seed tables say of these characters already: accepted, rejected or nothing;
`parent_relation` is how the figure stands to `parent_claim_id`, as `ingest.ties` reads it."""
COLUMNS = (*CLAIM_COLUMNS, *REVIEW_COLUMNS)


def proposal_row(
    claim: ProposedClaim, extraction: Extraction, document: TextDocument, reference: Reference
) -> dict[str, str]:
    """One proposal as cells. What was not understood is empty; `note` keeps the counted words for the reviewer."""
    key = extraction.document_id
    period = claim.period
    whole = next((other for other in extraction.claims if other.span.start == claim.parent_start), None)
    cells: dict[str, object] = {
        "claim_id": f"{key}:{claim.span.start}", "document_id": key, "char_start": claim.span.start,
        "char_end": claim.span.end, "verbatim": claim.verbatim, "claim_type": claim.claim_type,
        "commodity_id": claim.commodity_id, "subject_id": claim.subject_id, "value": plain(claim.value),
        "qualifier": claim.qualifier, "unit_id": claim.unit_id, "rate_per": claim.rate_per,
        "direction": claim.direction,
        "period_start": period.start, "period_end": period.end, "period_basis": period.basis, "as_of": period.as_of,
        "place_id": claim.place_id, "framework_area_id": claim.framework_area_id, "funding_stage": claim.funding_stage,
        "audience": claim.audience, "review_status": "proposed",
        "note": f"Counted: {claim.counted}" if claim.counted else None, "file_name": extraction.file_name,
        "operation_name": "; ".join(claim.operation_names),
        "agencies": "; ".join(f"{reference.acronyms[part.agency_id]}:{part.role}" for part in claim.parts),
        "parent_claim_id": f"{key}:{claim.parent_start}" if claim.parent_start is not None else None,
        "confidence": f"{claim.confidence:.2f}", "reason": reasons(claim.grades),
        "sentence": " ".join(claim.sentence.slice(document.text).split()), "decision": None,
        "parent_relation": default_relation(claim.claim_type, whole.claim_type) if whole else None,
    }  # fmt: skip
    return {column: "" if cells[column] is None else str(cells[column]) for column in COLUMNS}


def row_hash(row: Mapping[str, str]) -> str:
    """A short hash of a row, to know it again. `decision` is not in it: it follows from the seed tables."""
    cells = "\x1f".join(row[column] for column in COLUMNS if column != "decision")
    return hashlib.sha256(cells.encode()).hexdigest()[:16]


def plain(value: Decimal) -> str:
    """A decimal in plain digits, without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reasons(grades: dict[str, Grade]) -> str:
    """The rule behind each attribute with its confidence: `claim_type=noun:arrests(0.95); …`."""
    return "; ".join(f"{name}={grade.reason}({grade.confidence:.2f})" for name, grade in grades.items())
