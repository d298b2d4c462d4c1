"""Front matter: `key: value` lines between `---` lines at the start of a file, with the place of each value.

Belongs here: the part of YAML that front matter of documents uses (scalars, plain or quoted, over several lines).
Not here: lists and nested maps, which are passed over; what a key means (`metadata`).
"""

from __future__ import annotations

import re

from ingest.reading.model import Span

LONGEST = 20_000
FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
ENTRY = re.compile(r"^([A-Za-z_][\w .-]{0,40}):[ \t]*((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)", re.MULTILINE)
ESCAPE = re.compile(r"\\(?:(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})|\r?\n[ \t]*|(.))", re.DOTALL)
SIMPLE = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\u0085", "L": "\u2028", "P": "\u2029", "0": "\0", "r": "\r"}
FOLD = re.compile(r"(?<!\\)[ \t]*\r?\n[ \t]*")


def end_of_front_matter(text: str) -> int:
    """Where the text begins behind its front matter; 0 where it has none."""
    if not FENCE.match(text):
        return 0
    opening = text.index("\n") + 1
    closing = CLOSING.search(text, opening, opening + LONGEST)
    if closing is None or not ENTRY.search(text, opening, closing.start()):
        return 0
    return closing.end()


def entries(text: str, end: int) -> dict[str, tuple[str, Span]]:
    """Value and place of each key (in lower case) of the front matter `text[:end]`."""
    found: dict[str, tuple[str, Span]] = {}
    for entry in ENTRY.finditer(text, text.index("\n") + 1, end):
        source = entry.group(2).rstrip()
        value = _scalar(source)
        if value:
            key = entry.group(1).strip().lower().replace(" ", "_").replace("-", "_")
            found.setdefault(key, (value, Span(entry.start(2), entry.start(2) + len(source))))
    return found


def _scalar(source: str) -> str:
    if len(source) >= 2 and source[0] == source[-1] == '"':
        return ESCAPE.sub(_escaped, FOLD.sub(" ", source[1:-1])).strip()
    if len(source) >= 2 and source[0] == source[-1] == "'":
        return FOLD.sub(" ", source[1:-1]).replace("''", "'").strip()
    if source[:1] in "[{-&*!>|" and source[:1]:
        return ""
    return FOLD.sub(" ", source.split(" #", 1)[0]).strip()


def _escaped(found: re.Match[str]) -> str:
    code, single = found.groups()
    if code:
        point = int(code[1:], 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"
    return SIMPLE.get(single, single) if single else ""
