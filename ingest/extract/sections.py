"""The operation of a figure by where it stands: under a heading that is its name, in a document about it, beside a
number of operations told before.

What belongs here: operations that the figure's sentence does not name. What does not: nouns that go back to one
(`reference_back`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.names import Mention
from ingest.reading.model import Block

_NUMBERED = re.compile(
    r"\b(?:(?:the|these|those|all)\s+(?P<number>two|three|four)|both)\s+(?:named\s+|joint\s+)?"
    r"(?:operations|task\s+forces|initiatives|programs|campaigns|sweeps|takedowns)\b",
    re.I,
)
_PARTS = ("perations", "orces", "nitiatives", "rograms", "ampaigns", "weeps", "akedowns")
"""Letters of nouns, one of which stands in every sentence that counts operations."""
_NUMBERS = {"two": 2, "three": 3, "four": 4}
_BESIDE_NAME = 60
"""Characters that a heading may have beside the name that it is."""
_HEAD_BLOCKS = 5
_ACTS = frozenset(
    "seizure arrest charge conviction sentence warrant extradition removal investigation trace other".split()
)
"""What is told of the operation that a document is about; its money, its staff and its trainings may be anyone's."""


_CALLED = re.compile(r"\b(?:called|dubbed|named|known\s+as|code-?named|nicknamed|titled|designated)\s+[“\"‘]?$", re.I)
ONLY = "only-operation-of-the-document"
_NAMED_EARLY = 3000
"""Characters in which a document that is about one operation tells its name."""


def operation_told_of(text: str, operations: Sequence[Mention]) -> Mention | None:
    """The only operation of a document that introduces it: “The investigation, called Operation Sample, …”."""
    if not operations or len({m.operation_key for m in operations}) > 1:
        return None
    first = operations[0]
    is_called = _CALLED.search(text, max(0, first.start - 24), first.start)
    return first if is_called and first.start < _NAMED_EARLY else None


@dataclass
class Place:
    """Where the reading stands: the operation of the section, that of the document, and whether it is being told.

    `own` is the body that the document is by.
    """

    section: Mention | None = None
    title: Mention | None = None
    is_told: bool = False
    only: Mention | None = None
    """The one operation that the whole document is about."""
    is_quoting: bool = False
    own: str | None = None
    asker: str | None = None
    """The body that was last told to have made a request."""

    def enter(self, block: Block, number: int, text: str, operations: Sequence[Mention]) -> None:
        """Go on to a block; a heading opens a section."""
        if block.kind != "heading":
            return
        self.section, self.is_told = None, False
        heading = text[block.span.start : block.span.end]
        if not operations:
            return
        mention = operations[0]
        if number < _HEAD_BLOCKS and self.title is None and len({m.operation_key for m in operations}) == 1:
            self.title = mention
        before = text[block.span.start : mention.start].strip(" #*_")
        rest = heading[mention.end - block.span.start :]
        if before.lower() in ("", "the") and len(rest) < _BESIDE_NAME and not re.search(r"\d", rest):
            self.section = mention

    def note(self, named: Sequence[Mention], has_times: bool, has_figures: bool) -> None:
        """Remember that the sentence read told of the document's operation, or of something else."""
        if self.title is None:
            return
        if named:
            self.is_told = any(m.operation_key == self.title.operation_key for m in named)
        elif has_figures and has_times:
            self.is_told = False

    def operation(self, block: Block, has_times: bool, claim_type: str | None) -> tuple[Mention | None, str]:
        """The operation of a figure whose sentence names none, and the rule."""
        if self.section:
            return self.section, "heading-is-its-name"
        if self.title and claim_type in _ACTS and (block.kind == "list_item" or (self.is_told and not has_times)):
            return self.title, "operation-of-the-document"
        if self.only and claim_type in _ACTS and not self.is_quoting:
            return self.only, ONLY
        return None, "none-named"


def counted_operations(text: str, start: int, end: int, operations: Sequence[Mention]) -> list[Mention]:
    """“The two operations”: as many as the sentence counts, those named last before it."""
    if not any(text.find(part, start, end) >= 0 for part in _PARTS):
        return []
    match = _NUMBERED.search(text, start, end)
    if not match:
        return []
    number = _NUMBERS.get((match["number"] or "two").lower(), 2)
    found: dict[str, Mention] = {}
    for at in range(bisect_left(operations, match.start(), key=lambda m: m.start) - 1, -1, -1):
        found.setdefault(operations[at].operation_key, operations[at])
        if len(found) == number:
            return list(reversed(found.values()))
    return []
