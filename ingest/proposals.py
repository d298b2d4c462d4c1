"""Write proposals for review: one CSV per document, and beside it what was found and is proposed as nothing.

The columns are those of `claims.csv`, then what its companions hold, how sure each proposal is, and its sentence.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from ingest.extract.model import Extraction, Grade, ProposedClaim
from ingest.extract.reference import Reference
from ingest.reading.model import TextDocument
from ingest.tables import Claim

CLAIM_COLUMNS = tuple(Claim.model_fields)
REVIEW_COLUMNS = ("file_name", "operation_name", "agencies", "parent_claim_id", "confidence", "reason", "sentence")
COLUMNS = (*CLAIM_COLUMNS, *REVIEW_COLUMNS)
LEFT_OUT_COLUMNS = ("document_id", "file_name", "char_start", "char_end", "verbatim", "kind", "reason")
LEFT_OUT_FOLDER = "left-out"
"""Holds the numbers that are proposed as nothing, so that none is lost silently and none is taken for a proposal."""


def write_proposals(extraction: Extraction, document: TextDocument, reference: Reference, folder: Path) -> Path:
    """Write `folder/<document_id>.csv` and `folder/left-out/<document_id>.csv`; both are replaced.

    Rows stand in the order of the text. Files are UTF-8 with line feeds, the same for the same input.
    """
    path = folder / f"{extraction.document_id}.csv"
    _write(path, COLUMNS, [proposal_row(claim, extraction, document, reference) for claim in extraction.claims])
    left = [
        {"document_id": extraction.document_id, "file_name": extraction.file_name, "char_start": str(item.span.start),
         "char_end": str(item.span.end), "verbatim": item.verbatim, "kind": item.kind, "reason": item.reason}
        for item in extraction.left_out
    ]  # fmt: skip
    _write(folder / LEFT_OUT_FOLDER / path.name, LEFT_OUT_COLUMNS, left)
    return path


def proposal_row(
    claim: ProposedClaim, extraction: Extraction, document: TextDocument, reference: Reference
) -> dict[str, str]:
    """One proposal as cells. What was not understood is empty; `note` keeps the counted words for the reviewer."""
    key = extraction.document_id
    period = claim.period
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
        "sentence": " ".join(claim.sentence.slice(document.text).split()),
    }  # fmt: skip
    return {column: "" if cells[column] is None else str(cells[column]) for column in COLUMNS}


def plain(value: Decimal) -> str:
    """A decimal in plain digits, without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reasons(grades: dict[str, Grade]) -> str:
    """The rule behind each attribute with its confidence: `claim_type=noun:arrests(0.95); …`."""
    return "; ".join(f"{name}={grade.reason}({grade.confidence:.2f})" for name, grade in grades.items())


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
