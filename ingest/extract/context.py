"""What the rules of one sentence share: its tokens, names, times and bodies, and what the sentence before told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ingest.extract.figures import Figure
from ingest.extract.model import Part, Period, ProposedClaim
from ingest.extract.names import Mention
from ingest.extract.operations import OperationFacts
from ingest.extract.parts import Counted
from ingest.extract.periods import When
from ingest.extract.reference import Reference
from ingest.extract.requests import Request, request_of
from ingest.extract.sections import Place
from ingest.extract.tokens import Token
from ingest.extract.who import Actors
from ingest.reading.model import Block, Span


def no_actors() -> None:
    """The bodies of a sentence that names none."""


@dataclass
class Told:
    """What later sentences of a block may refer back to. Its bodies are sorted when one does, not before."""

    find_actors: Callable[[], Actors | None] = no_actors
    operations: list[Mention] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    claims: list[ProposedClaim] = field(default_factory=list)
    period: Period | None = None

    @property
    def actors(self) -> Actors | None:
        return self.find_actors()

    @cached_property
    def parts(self) -> list[Part]:
        """Set to those of its claims; where it counts nothing, its subjects are taken for leads."""
        actors = self.find_actors()
        return [Part(key, "lead") for _, key in actors.subjects] + actors.others if actors else []


@dataclass
class Scope:
    """One sentence: `index` finds the token of a figure by its start, `before` is the sentence before it."""

    text: str
    span: Span
    block: Block
    area: str | None
    date: dt.date | None
    reference: Reference
    facts: dict[str, OperationFacts]
    mentions: list[Mention]
    dates: list[When]
    figures: list[Figure]
    tokens: list[Token]
    index: dict[int, int]
    find_actors: Callable[[], Actors]
    previous: Told | None
    preceding: Span | None
    opening: Told | None = None
    """What the sentence that opens the list tells, where this one stands in an item of it."""
    operations: list[Mention] = field(default_factory=list)
    """Every operation that the document names, in order."""
    told_so_far: list[ProposedClaim] = field(default_factory=list)
    """The claims of the document up to this sentence."""
    place: Place = field(default_factory=Place)
    has_times: bool = False

    def __post_init__(self) -> None:
        self.start, self.end = self.span.start, self.span.end

    @property
    def actors(self) -> Actors:
        return self.find_actors()

    @cached_property
    def request(self) -> Request | None:
        """The budget or the request that is the subject of the sentence."""
        own = self.place.own
        is_federal = own is None or own == "us-government" or self.reference.parent(own) is not None
        return request_of(self.text, self.start, self.end, self.place.asker, is_federal=is_federal)

    @property
    def year(self) -> int | None:
        return self.date.year if self.date else None

    @cached_property
    def sentence(self) -> str:
        return self.text[self.span.start : self.span.end]

    @cached_property
    def low(self) -> str:
        """The sentence in small letters, in which rules look for their words before they try their patterns."""
        return self.sentence.lower()


def previous_claim(scope: Scope, start: int) -> ProposedClaim | None:
    """The claim of the sentence before that starts at a place."""
    if scope.previous is None:
        return None
    return next((claim for claim in scope.previous.claims if claim.span.start == start), None)
