"""Corrections as they are typed, `field=value field=value`: read, completed and applied to a row.

Belongs here: fields, their short names, what each may hold. Not here: whether a row is sound (`ingest.decided`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import get_args

from ingest.check import SeedTable
from ingest.numbers import NotANumberError, parse_quantity
from ingest.proposal_files import Row
from ingest.proposal_rows import plain
from ingest.schema import Table
from ingest.tables import FUNDING_TYPES, TABLES, TRAINING_TYPES, ClaimType, Relation
from ingest.verify import is_cut

TABLE = {table.name: table for table in TABLES}
SHORT = {
    "type": "claim_type", "commodity": "commodity_id", "subject": "subject_id", "unit": "unit_id",
    "start": "period_start", "end": "period_end", "basis": "period_basis", "place": "place_id",
    "area": "framework_area_id", "stage": "funding_stage", "operation": "operation_name", "agency": "agencies",
    "parent": "parent_claim_id", "relation": "parent_relation",
    "rate": "rate_per", "kind": "document_kind", "published": "published_on",
    "url": "source_url", "mirror": "mirror_of_url", "supersedes": "supersedes_document_id", "license": "licence",
}  # fmt: skip
CLAIM_FIELDS = (
    "verbatim", "claim_type", "commodity_id", "subject_id", "qualifier", "unit_id", "rate_per", "direction",
    "period_basis", "period_start", "period_end", "as_of", "place_id", "framework_area_id", "funding_stage",
    "audience", "operation_name", "agencies", "parent_claim_id", "parent_relation", "note",
)  # fmt: skip
DOCUMENT_FIELDS = tuple(c for c in TABLE["documents"].columns if c not in ("file_name", "sha256", "char_count"))

COMPANION = {"operation_name": "operations", "agencies": "agencies"}
"""Fields that hold names of members of a table."""
ONLY_OF: dict[str, tuple[ClaimType, ...]] = {
    "direction": ("change_rate",),
    "audience": TRAINING_TYPES,
    "funding_stage": FUNDING_TYPES,
}
"""Columns that only claims of some types may fill."""


class CorrectionError(ValueError):
    """A correction that cannot be read or applied; the message says what to type instead."""


def read_pairs(line: str, fields: Collection[str]) -> dict[str, str]:
    """`type=arrest note=Two words` → column → value; a value reaches up to the next known field.

    Raises:
        CorrectionError: when the line does not begin with a known field, or sets the value, which follows verbatim.
    """
    if "verbatim" in fields and re.search(r"(?:^|[\s,;])value\s*=", line):
        raise CorrectionError("value follows verbatim: correct that, as verbatim=1,250 pounds")
    known = list(fields)
    names = {**{short: name for short, name in SHORT.items() if name in known}, **{name: name for name in known}}
    pattern = re.compile(rf"(?:^|[\s,;]+)({'|'.join(sorted(names, key=len, reverse=True))})\s*=")
    matches = list(pattern.finditer(line))
    if not matches or matches[0].start() != 0:
        raise CorrectionError(f"write field=value; fields are {', '.join(known)}")
    ends = [match.start() for match in matches[1:]] + [len(line)]
    return {names[m[1]]: line[m.end() : end].strip() for m, end in zip(matches, ends, strict=True)}


def choices(field: str, table: Table, seeds: Mapping[str, SeedTable], contains: str = "") -> list[str]:
    """What a field may hold: the words of its vocabulary, or the ids of its table with their names (and acronyms)."""
    target = COMPANION.get(field) or table.references.get(field, "").split(".")[0]
    if target:
        columns = TABLE[target].columns[: 3 if target == "agencies" else 2]
        found = [" · ".join(filter(None, (cells[c] for c in columns))) for cells in seeds[target].rows.values()]
    elif field == "parent_relation":
        found = list(get_args(Relation))
    else:
        found = list(table.vocabulary(field)) if field in table.columns else []
    return [choice for choice in found if contains.casefold() in choice.casefold()]


def corrected(row: Row, pairs: Mapping[str, str], text: str | None) -> Row:
    """A proposal with other cells. What follows from a cell changes with it.

    A commodity takes the place of a subject and the other way round; another type loses what it cannot have; another
    figure (`verbatim`) has another place, value and id.

    Raises:
        CorrectionError: when the new figure is no number, or does not stand where the old one does.
    """
    new = {**row, **pairs}
    if pairs.get("commodity_id") and "subject_id" not in pairs:
        new["subject_id"] = ""
    if pairs.get("subject_id") and "commodity_id" not in pairs:
        new["commodity_id"] = ""
    if "claim_type" in pairs:
        for column, types in ONLY_OF.items():
            if pairs["claim_type"] not in types and column not in pairs:
                new[column] = ""
    if "verbatim" in pairs:
        new |= _other_figure(row, pairs["verbatim"], text)
    parent = new["parent_claim_id"]
    if parent.isdecimal():
        new["parent_claim_id"] = f"{row['document_id']}:{parent}"
    if not parent:
        new["parent_relation"] = ""
    return new


def _other_figure(row: Row, verbatim: str, text: str | None) -> dict[str, str]:
    try:
        value = plain(parse_quantity(verbatim).value)
    except NotANumberError as error:
        raise CorrectionError(f"verbatim: {error}; give the numeric expression as it stands") from None
    if text is None:
        raise CorrectionError("verbatim: the document is not where it was read, so no other place can be found in it")
    start, end = int(row["char_start"]), int(row["char_end"])
    places = [m.start() for m in re.finditer(re.escape(verbatim), text[max(0, start - 200) : end + 200])]
    places = [max(0, start - 200) + at for at in places]
    places = [at for at in places if not is_cut(text, at, at + len(verbatim))]
    touching = [at for at in places if at < end and start < at + len(verbatim)]
    if len(touching or places) != 1:
        count = len(places)
        raise CorrectionError(f"verbatim: “{verbatim}” stands {count} times near the figure: it has to share its place")
    place = (touching or places)[0]
    return {"char_start": str(place), "char_end": str(place + len(verbatim)), "value": value,
            "claim_id": f"{row['document_id']}:{place}"}  # fmt: skip
