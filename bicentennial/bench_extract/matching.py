"""Recall and precision of merely finding figures, by a rule that favours nobody's idea of where a figure ends.

1. Of an accepted figure only its core counts: from its first to its last digit or number word, without the sign of
   currency before and the unit word behind (“12,500” of “12,500 pounds”, “No” where that states a zero).
2. A predicted span is a hit where it overlaps a core by one character or more: “more than 12,500 pounds” and “12,500”
   are equally good.
3. Each accepted figure and each prediction is matched at most once: a span over two figures finds one of them.
4. Of predictions of one extractor that overlap each other only the longest stands, so that models run side by side
   are not blamed for each other's spans.

Recall is hits over accepted figures, precision hits over the predictions that stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ingest.numbers import MULTIPLIERS, SMALL_NUMBERS, TENS

Interval = tuple[int, int]

_NUMBER_WORDS = "|".join(sorted({*SMALL_NUMBERS, *TENS, *MULTIPLIERS}, key=len, reverse=True))
_NUMBER = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """Hits among the accepted figures and the predictions of one document, or of several added up."""

    accepted: int
    predicted: int
    hits: int

    @property
    def recall(self) -> float:
        return self.hits / self.accepted if self.accepted else 0.0

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    def __add__(self, other: Finding) -> Finding:
        return Finding(self.accepted + other.accepted, self.predicted + other.predicted, self.hits + other.hits)


def core(text: str, figure: Interval) -> Interval:
    """The part of a figure that a prediction has to touch, in the same half-open code points of `text`.

    Raises:
        ValueError: when no digit and no number word lies in the figure.
    """
    start, end = figure
    numbers = list(_NUMBER.finditer(text, start, end))
    if not numbers:
        raise ValueError(f"characters {start}–{end}, “{text[start:end]}”, hold no digit and no number word")
    return numbers[0].start(), numbers[-1].end()


def standing(predictions: Iterable[Interval]) -> list[Interval]:
    """Predictions without those that overlap a longer one (of equals, an earlier one), in the order of the text."""
    kept: list[Interval] = []
    for span in sorted(set(predictions), key=lambda s: (s[0] - s[1], s)):
        if not overlaps(span, kept):
            kept.append(span)
    return sorted(kept)


def overlaps(span: Interval, others: Iterable[Interval]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def within(predictions: Iterable[Interval], content: Collection[Interval]) -> list[Interval]:
    """The predictions that touch one of the spans."""
    return [span for span in predictions if overlaps(span, content)]


def outside(predictions: Iterable[Interval], barred: Collection[Interval]) -> list[Interval]:
    """The predictions that touch none of the spans."""
    return [span for span in predictions if not overlaps(span, barred)]


def match(text: str, accepted: Sequence[Interval], predictions: Iterable[Interval]) -> Finding:
    """Hold the predictions of one document against its accepted figures.

    Neither side overlaps itself, so one walk along the text finds as many pairs as any assignment could.
    """
    cores = sorted(core(text, figure) for figure in accepted)
    spans = standing(predictions)
    hits = left = right = 0
    while left < len(cores) and right < len(spans):
        if spans[right][1] <= cores[left][0]:
            right += 1
        elif cores[left][1] <= spans[right][0]:
            left += 1
        else:
            hits, left, right = hits + 1, left + 1, right + 1
    return Finding(len(cores), len(spans), hits)
