"""What extraction returns: proposed claims, figures that were not understood, numbers that are no claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ingest.reading.model import Span
from ingest.tables import PeriodBasis, Qualifier, Role


class Grade(NamedTuple):
    """How sure an attribute is (0 to 1), and the code of the rule that gave it."""

    confidence: float
    reason: str


@dataclass(frozen=True)
class Period:
    """The time a figure covers. `rule` names the words that gave it."""

    basis: PeriodBasis = "unspecified"
    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    rule: str = "no-time-stated"
    confidence: float = 0.7


@dataclass(frozen=True)
class Part:
    """A body's part in a claim."""

    agency_id: str
    role: Role


@dataclass(frozen=True)
class ProposedClaim:
    """One figure, tied to its characters, with what was understood of it. What was not is None or empty.

    `operation_names` holds every operation as the text gives it, `operations` those that the reference tables know,
    `unseen_operations` the names of the others.
    `counted` are the words for what was counted. `parent_start` is where the figure that holds this one starts.
    """

    span: Span
    verbatim: str
    value: Decimal
    qualifier: Qualifier
    unit_id: str | None
    claim_type: str | None
    commodity_id: str | None
    subject_id: str | None
    counted: str
    period: Period
    sentence: Span
    rate_per: str | None = None
    direction: str | None = None
    place_id: str | None = None
    framework_area_id: str | None = None
    funding_stage: str | None = None
    audience: str | None = None
    operations: tuple[str, ...] = ()
    operation_names: tuple[str, ...] = ()
    unseen_operations: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    parent_start: int | None = None
    grades: dict[str, Grade] = field(default_factory=dict)

    @property
    def leads(self) -> frozenset[str]:
        return frozenset(part.agency_id for part in self.parts if part.role == "lead")

    @property
    def confidence(self) -> float:
        """That of the weakest of the attributes that make a claim: figure, type, what was counted, unit."""
        core = [self.grades[name].confidence for name in ("figure", "claim_type", "what", "unit_id")]
        return min(core)


@dataclass(frozen=True)
class LeftOut:
    """A number that is no proposed claim: `kind` says whether it is no claim at all or was not understood."""

    span: Span
    verbatim: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Extraction:
    """Everything that was found in one document, in the order of the text."""

    document_id: str
    file_name: str
    claims: tuple[ProposedClaim, ...]
    left_out: tuple[LeftOut, ...]
