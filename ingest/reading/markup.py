"""Marks inside a line that are not prose: emphasis, links' addresses, tags, comments; and a line's text without them.

Belongs here: Markdown's inline marks and what is left of HTML in it. Not here: which lines form a block.
"""

from __future__ import annotations

import re

from ingest.reading.model import Span

NOISE = re.compile(
    r"""\]\((?:https?:|mailto:|tel:|ftp:|/|\#)[^)\s\]]{0,3000}\)  # the address of a link, and its brackets
    | https?://[^\s<>\])"”]+                                      # a bare address
    | pic\.twitter\.com/\w+
    | <(?:!--[^<>]{0,1000}--|/?[a-zA-Z][^<>]{0,300})>              # a comment, a tag
    | \*\** | _(?:(?<=[^\w]_)_{0,2}(?=\w)|_{0,2}(?!\w))            # emphasis
    | !\[(?=[^\]\[]{1,400}\]\() | \[(?=[^\]\[]{1,400}\]\()        # the opening bracket of a link
    | \\(?=[\#*_\[\]()\\.>~`|-])                                  # a backslash before a mark
    | \u2060[\u2060\ufeff]* | \ufeff[\u2060\ufeff]*""",
    re.VERBOSE,
)
"""Every alternative begins with a character of its own, so that the search jumps from one such to the next."""
BOLD_WHOLE = re.compile(
    r"\s*(?:\*\*|__|<u>|<b>|<strong>|\*)+[^*].*(?:\*\*|__|</u>|</b>|</strong>|\*)[.:]?\s*", re.DOTALL
)
BOLD_LABEL = re.compile(
    r"\s*(?P<open>(?:\*\*|__|<u>|<b>|<strong>)+)(?P<name>[^*_<\n][^*<]{0,240}?)\s*(?P<close></u>|</b>|</strong>|\*\*|__)"
)
SPEAKER = re.compile(
    r"\s*(?P<name>(?:[A-Z][A-ZÀ-Ý.’'-]*[ \xa0]){0,6}[A-ZÀ-Ý][A-ZÀ-Ý.’'-]+(?: \([A-Z .]{2,30}\))?|Q|A)"
    r"(?: \([a-z ]{2,40}\))?:[ \xa0]"
)
NAME_ENDS = tuple(":.–—-?!")


def noise(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans in `text[start:end]` that are not prose, in order."""
    if not has_noise(text[start:end]):
        return ()
    return tuple([Span(found.start(), found.end()) for found in NOISE.finditer(text, start, end)])


def plain(text: str, start: int, end: int) -> str:
    """`text[start:end]` without marks, its white space single: what a reader of the page sees."""
    source = text[start:end]
    return " ".join((NOISE.sub("", source) if has_noise(source) else source).split())


def has_noise(source: str) -> bool:
    """Whether there may be any, fast: most blocks have none."""
    return (
        "*" in source or "](" in source or "http" in source or "<" in source or "_" in source or "\\" in source
        or "pic." in source or (not source.isascii() and ("\u2060" in source or "\ufeff" in source))
    )  # fmt: skip


def is_wholly_emphasised(text: str, start: int, end: int) -> bool:
    """`**All of it**`, `**<u>GOAL 1</u>**`; not `**Label.** and more`."""
    if not BOLD_WHOLE.fullmatch(text, start, end):
        return False
    inside = text[start:end].strip().strip("*_.: ")
    return "**" not in inside or not re.search(r"\*\*[^*]*\w[^*]*\*\*", inside)


def label(text: str, start: int, end: int) -> Span | None:
    """The name that a paragraph or an item begins with: bold and followed by more, or a speaker's."""
    first = text[start : start + 1]
    if first in "*_<" and first:
        found = BOLD_LABEL.match(text, start, min(end, start + 400))
        if found is None:
            return None
        after = NOISE.sub("", text[found.end() : end]).lstrip()
        rest = after.strip(" \t\r\n\xa0:–—-.")
        name = found.group("name").rstrip()
        if name[-1:] not in NAME_ENDS and after[:1] not in NAME_ENDS:
            return None  # bold only for weight: "**Italy and Ghana** will lead"
        name = name.rstrip(" \t\r\n\xa0:–—-" + ("" if "." in name[:-1] else "."))
        inner = found.start("name")
        return Span(inner, inner + len(name)) if rest and name else None
    if first.isupper():
        found = SPEAKER.match(text, start, min(end, start + 120))
        if found is not None:
            return Span(found.start("name"), found.end("name"))
    return None
