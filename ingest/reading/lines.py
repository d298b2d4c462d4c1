"""From lines to raw blocks: what a blank line, a list mark, a hard wrap or a hard break says about the lines around it.

Belongs here: the shape of lines. Not here: what a block means (`furniture`, `headings`), or its sentences.
A text is hard-wrapped when its line ends are where a greedy wrap at one width would have put them: then a full line
goes on in the next. In other texts each line is a paragraph, unless it stops in mid-phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.reading.markup import NOISE

RawKind = Literal["text", "item", "quote", "heading", "rule", "markup", "row", "front_matter"]


@dataclass(slots=True)
class RawBlock:
    """`text[start:end]`; `body` is where it begins behind a list mark. `rank` is the depth of a marked heading.

    `blank_lines` stand above it; `number` is that of a numbered item.
    """

    kind: RawKind
    start: int
    end: int
    body: int
    indent: int = 0
    rank: int = 0
    line_count: int = 1
    blank_lines: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of a text are broken. `width` 0: they are not. `is_ragged`: broken, but not at one width."""

    width: int = 0
    is_ragged: bool = False

    def is_full(self, used: int, needed: int) -> bool:
        """Whether a line of `used` characters had no room for the word that made it `needed`."""
        if not self.width:
            return False
        return used >= 0.6 * self.width if self.is_ragged else needed > self.width


MARK = re.compile(
    r"""[ \t\xa0\ufeff]*(?:
      (?P<rule>(?:\\?[-*_=~\#][ \t\xa0]*){3,}$)
    | (?P<atx>\#{1,6})[ \t\xa0]+(?=\S)
    | (?P<bullet>[-*+•▪◦●■‣·–o])[ \t\xa0]+(?=\S)
    | (?P<bullet2>[•▪●■‣])(?=\w)
    | (?P<number>\(\w{1,3}\)|\d{1,2}[.)]|[a-zA-Z]\)|(?:I|II|III|IV|VI{1,3}|IX|XI{1,3})\.)[ \t\xa0]+(?=\S)
    | (?P<quote>>)[ \t]?
    | (?P<row>\|)
    | (?P<markup><(?=[a-zA-Z/!]))
    )""",
    re.VERBOSE,
)
SIGNS = frozenset("-*+•▪◦●■‣·–\\_=~#(0123456789>|<\ufeff")
LETTERS = frozenset("IVXabcdefghijklmnoABCDEFGHJKLMN")
BEHIND_LETTER = frozenset(".)IVX \t\xa0")
SURE_BULLETS = frozenset("•▪◦●■‣")
TERMINAL = re.compile(r"[.!?:;…][\"'”’)\]*_»]*(?:</\w+>)*[*_]*$")
MID_PHRASE = re.compile(
    r"(?:[,(—–-]|\b(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|nor|but|as|that|which|who|its|their|our|his|her|is"
    r"|are|was|were|be|been|has|have|had|will|than|over|nearly|about|into|de|del|la|el|los|las|y|en|\$))$",
    re.IGNORECASE,
)
SAMPLED_BREAKS = 1000
WIDEST = 200


def wrap_of(lines: list[str]) -> Wrap:
    """How these lines are broken, from the ends of their first few thousand."""
    starts = [0] * (WIDEST + 2)
    breaks = small = 0
    widths: list[int] = []
    previous = ""
    for line in lines:
        if line and previous and not line.isspace():
            used = len(previous.rstrip(" \\"))
            breaks += 1
            bare = line.lstrip()
            first = bare[0]
            if used <= WIDEST and first not in SURE_BULLETS:
                word = bare.find(" ")
                needed = used + 1 + (word if word >= 0 else len(bare))
                starts[used] += 1
                starts[min(needed, WIDEST + 1)] -= 1
                if 40 <= used <= 130:
                    widths.append(used)
                    small += first.islower()
            if breaks >= SAMPLED_BREAKS:
                break
        previous = "" if line.isspace() else line
    best = best_width = count = 0
    for width, change in enumerate(starts[: WIDEST + 1]):
        count += change
        if count > best and width >= 30:
            best, best_width = count, width
    if best >= 3 and best * 2 >= breaks:
        return Wrap(best_width)
    if len(widths) >= 4 and small * 3 >= len(widths) and len(widths) * 2 >= breaks:
        return Wrap(sorted(widths)[len(widths) * 19 // 20], is_ragged=True)
    return Wrap()


def raw_blocks(text: str, start: int = 0) -> list[RawBlock]:
    """Blocks of `text[start:]` in order; every character that is not white space is in one."""
    lines = text[start:].split("\n") if start else text.split("\n")
    if len(lines) == 1 and "\r" in text:
        lines = text[start:].split("\r")
    wrap = wrap_of(lines)
    blocks: list[RawBlock] = []
    open_block: RawBlock | None = None
    blank_lines = 0
    line_at = start
    previous = ""
    for line in lines:
        at, line_at = line_at, line_at + len(line) + 1
        stripped = line.strip()
        if not stripped or stripped == "\\":
            if stripped:
                blocks.append(RawBlock("rule", at + line.index("\\"), at + line.index("\\") + 1, at + len(line)))
            open_block, blank_lines = None, blank_lines + 1
            continue
        first = stripped[0]
        may_be_mark = first in SIGNS or (first in LETTERS and stripped[1:2] in BEHIND_LETTER)
        mark = MARK.match(line) if may_be_mark else None
        goes_on = open_block is not None and _goes_on(previous, line, stripped, wrap)
        if mark is not None:
            block = _marked(text, blocks, open_block, mark, at, line, stripped, goes_on)
            if block is not None:
                if block is not open_block:
                    block.blank_lines = blank_lines
                    if block.kind == "markup" and open_block is not None and open_block.kind == "markup":
                        open_block.end = block.end
                        open_block.line_count += 1
                        block = open_block
                    else:
                        blocks.append(block)
                open_block = block if block.kind in ("text", "item", "quote", "markup") else None
                blank_lines, previous = 0, line
                continue
        lead = len(line) - len(line.lstrip())
        end = at + lead + len(stripped)
        if open_block is not None and goes_on and open_block.kind != "markup":
            open_block.end = end
            open_block.line_count += 1
        else:
            open_block = RawBlock("text", at + lead, end, at + lead, lead, 0, 1, blank_lines)
            blocks.append(open_block)
        blank_lines, previous = 0, line
    return blocks


def _goes_on(previous: str, line: str, stripped: str, wrap: Wrap) -> bool:
    """Whether `line` continues the paragraph of `previous`."""
    bare = previous.rstrip(" \\\r\t\xa0")
    used = len(bare)
    is_hard = previous.endswith(("  ", "\\"))
    if wrap.width:
        word = stripped.find(" ")
        needed = used + 1 + (word if word >= 0 else len(stripped))
        if wrap.is_full(used, needed):
            return not (is_hard and TERMINAL.search(bare, max(0, used - 20)))
    if TERMINAL.search(bare, max(0, used - 20)):
        return False
    if used >= 20 and stripped[0].islower():
        return True
    return used >= (20 if line[0].isspace() else 30) and MID_PHRASE.search(bare, max(0, used - 12)) is not None


def _marked(
    text: str, blocks: list[RawBlock], open_block: RawBlock | None, mark: re.Match[str], at: int, line: str,
    stripped: str, goes_on: bool,
) -> RawBlock | None:  # fmt: skip
    """The block that a line with a mark begins or closes; None where the mark is none, but part of a paragraph."""
    indent = len(line) - len(line.lstrip())
    start, end, kind = at + indent, at + indent + len(stripped), mark.lastgroup
    if kind == "rule":
        is_underline = stripped[0] in "=-" and len(stripped) > 2 and len(set(stripped)) == 1
        if is_underline and open_block is not None and open_block.kind == "text" and open_block.line_count == 1:
            open_block.kind, open_block.rank, open_block.end = "heading", 1 if stripped[0] == "=" else 2, end
            return open_block
        return RawBlock("rule", start, end, start, indent)
    if kind == "atx":
        return RawBlock("heading", start, end, at + mark.end(), indent, len(mark.group("atx")))
    if kind in ("bullet", "bullet2", "number"):
        sign = mark.group(kind)
        number = int(digits) if (digits := sign.strip("().")).isdigit() else 0
        follows = open_block is not None and open_block.number > 0 and number == open_block.number + 1
        if goes_on and sign not in SURE_BULLETS and not follows:
            return None
        if sign in "·–o" and open_block is not None and open_block.kind == "text" and not line[0].isspace():
            return None
        return RawBlock("item", start, end, at + mark.end(), indent, number=number)
    if kind == "quote":
        if open_block is not None and open_block.kind == "quote":
            open_block.end = end
            open_block.line_count += 1
            return open_block
        return RawBlock("quote", start, end, at + mark.end(), indent)
    if kind == "row":
        is_rule = not stripped.strip("|-: \t")
        return RawBlock("rule" if is_rule else "row", start, end, start, indent)
    if kind == "markup" and not NOISE.sub("", stripped).strip():
        return RawBlock("markup", start, end, start, indent)
    return None
