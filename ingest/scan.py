"""Searching a long text for what is rare in it: patterns of many words, and a cheap look for where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def spell(alias: str) -> str:
    """A pattern for a name however its spaces, apostrophes and hyphens are typed."""
    out = []
    for char in alias:
        if char.isspace():
            out.append(r"\s{1,14}")
        elif char in "'’‘":
            out.append("['’‘]")
        elif char in "-–":
            out.append("[-–‑]")
        else:
            out.append(re.escape(char))
    return "".join(out)


def alternation(words: Iterable[str], guard: str = "") -> str:
    """One pattern for many words, as a tree of common beginnings: its cost does not grow with their number.

    `guard` is a condition behind the first character of each. What must not stand before a word is best said there,
    as a look back over two characters: a search then skips at once every character that begins no word.
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree, guard)


def _branch(node: dict[str, dict], guard: str = "") -> str:  # type: ignore[type-arg]
    ends = "" in node
    arms = [spell(char) + guard + _branch(child) for char, child in sorted(node.items()) if char]
    if not arms:
        return ""
    body = arms[0] if len(arms) == 1 and not ends else f"(?:{'|'.join(arms)})"
    return f"(?:{body})?" if ends else body


def matches(
    pattern: re.Pattern[str], beginning: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text, start, end)` gives, several times as fast.

    `beginning` matches one character wherever `pattern` can begin. It should itself begin with a set of characters,
    its conditions behind: then the search skips what is not in the set without trying anything.
    """
    at = start
    for place in beginning.finditer(text, start, end):
        if place.start() >= at and (found := pattern.match(text, place.start(), end)):
            yield found
            at = found.end()
