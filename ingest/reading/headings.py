"""Headings: which lines are some, how deep they are, and the path of headings above a block.

Belongs here: the look of headings in plain and marked text. Not here: headings' meaning (goal, area), the title.
"""

from __future__ import annotations

import re

from ingest.reading.lines import RawBlock
from ingest.reading.markup import is_wholly_emphasised

DIVISION = re.compile(
    r"(?:goal|pillar|part|section|chapter|priority|objective|annex|appendix|title|theme|track|line of effort|phase)\s+"
    r"(?:\d{1,2}|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|[a-f])\b\s*(?:[:.–—-]|$)",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"\b(?:(?:FY|CY|fiscal year)\s?)?(?:19|20)\d{2}(?:\s?[-–/]\s?(?:19|20)?\d{2})?\b|\b\d{1,2}(?:st|nd|rd|th)\b"
)
WORD = re.compile(r"[^\W\d_][\w.’'-]*")
PLAIN, EMPHASISED, BOLD, CAPITALS, UNDERLINED, NUMBERED = 90, 85, 80, 75, 70, 60
"""Ranks of headings without marked depth, below the marked ones (10, 20, … 60): the smaller the further out."""
LONGEST = 110
LONGEST_STRONG = 200
MOST_WORDS = 16


def rank(text: str, raw: RawBlock, plain: str) -> int:
    """How far out a heading this block would be (10 to 90), 0 where it cannot be one. `plain` is its text."""
    if raw.kind == "heading":
        return raw.rank * 10
    if raw.kind != "text" or raw.line_count > 4 or len(plain) > LONGEST_STRONG:
        return 0
    words = WORD.findall(plain)
    if not words or not (plain[0].isupper() or plain[0].isdigit() or plain[0] in "“\"'‘¿¡("):
        return 0
    source = text[raw.body : raw.end].lstrip()
    if source[0] in "*_<" and is_wholly_emphasised(text, raw.body, raw.end):
        is_bold = source.startswith(("**", "__", "<b>", "<strong>", "<u>"))
        return emphasised_rank(plain, is_bold=is_bold, is_underlined="<u>" in source[:12])
    if len(plain) > LONGEST or len(words) > MOST_WORDS or plain[-1] in '.;,…—–-”"|':
        return 0
    if DIVISION.match(plain):
        return NUMBERED
    if plain.isupper() and len(plain) > 3:
        return CAPITALS
    capital = sum(word[0].isupper() for word in words if len(word) > 3)
    long_words = sum(len(word) > 3 for word in words) or 1
    if re.search(r"\d", YEAR.sub("", plain)):
        return PLAIN if len(words) >= 6 and capital >= 0.9 * long_words and plain[-1].isalnum() else 0
    if plain[-1] == ":":
        return PLAIN if capital >= 0.75 * long_words and len(words) <= 8 else 0
    return PLAIN if capital * 2 >= long_words or len(words) <= 6 else 0


def emphasised_rank(plain: str, *, is_bold: bool, is_underlined: bool) -> int:
    """Rank of a line wholly bold, underlined or slanted: a heading when it is short and no sentence of its own."""
    words = WORD.findall(plain)
    if not words or len(plain) > LONGEST_STRONG:
        return 0
    if DIVISION.match(plain):
        return NUMBERED
    if plain[-1] in ".!?…" and len(words) > MOST_WORDS:
        return 0
    if len(words) > 30 or plain[-1] in ",;”":
        return 0
    if is_underlined:
        return UNDERLINED
    if is_bold:
        return CAPITALS if plain.isupper() else BOLD
    is_title = sum(word[0].isupper() for word in words if len(word) > 3) * 2 > sum(len(word) > 3 for word in words)
    return EMPHASISED if is_title and len(words) <= 8 and plain[-1] not in ".!?" else 0


class HeadingPath:
    """The headings above the place that was reached, outermost first."""

    def __init__(self) -> None:
        self._ranks: list[int] = []
        self.path: tuple[str, ...] = ()

    def enter(self, rank: int, name: str) -> tuple[tuple[str, ...], int]:
        """Go below a heading. Returns the path above that heading, and its depth from 0."""
        depth = len(self._ranks)
        while depth and self._ranks[depth - 1] >= rank:
            depth -= 1
        above = self.path[:depth]
        del self._ranks[depth:]
        self._ranks.append(rank)
        self.path = (*above, name)
        return above, depth
