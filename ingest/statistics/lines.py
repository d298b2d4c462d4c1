"""A file of official statistics as lines: which layout its header is, and whether each line after it is one row.

Belongs here: what is wrong with the file before its cells are looked at. Not here: cells (`ingest.statistics.read`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.check import Problem, SeedError
from ingest.statistics.layouts import LAYOUTS, Layout, layout_of, nearest_layout

LISTED = 20
"""Most problems of one kind that are named."""
SHOWN = 60
"""Most characters of a line that are shown."""
CHUNK = 1 << 20

KINDS = ", ".join(layout.dataset.replace("_", " ") for layout in LAYOUTS)


class StatisticsError(SeedError):
    """Files of official statistics that cannot be loaded, with every problem found in them."""


@dataclass(frozen=True)
class FileForm:
    """The layout of a file, and how many lines it has, the header being one."""

    layout: Layout
    line_count: int


def read_form(path: Path) -> FileForm:
    """The form of a file that is whole.

    Raises:
        StatisticsError: it is empty, cut off, no text, or has a header that is not understood.
    """
    lines, rest = 0, b""
    with path.open("rb") as file:
        first = file.readline()
        file.seek(0)
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                row = lines + chunk.count(b"\n", 0, chunk.index(b"\0")) + 1
                raise _refuse(path, row, "holds a NUL character, so it is no text: download it again")
            lines += chunk.count(b"\n")
            rest = chunk[chunk.rfind(b"\n") + 1 :] if b"\n" in chunk else rest + chunk
    if not first.strip():
        raise _refuse(path, 0 if not lines else 1, "the file is empty or begins with an empty line: download it again")
    if rest:
        remedy = "ends in the middle of a line: download it again; where nothing is missing, end it with a line break"
        raise _refuse(path, lines + 1, remedy, rest.decode("utf-8", "replace"))
    return FileForm(_read_layout(path, first), lines)


def lines_that_are_no_rows(path: Path) -> list[Problem]:
    """Blank lines, and quotes that one line opens and another closes or none: rows could hide behind either."""
    return list(_odd_lines(path))


def _odd_lines(path: Path) -> Iterator[Problem]:
    found = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                yield Problem(path.name, number, "", "", "a blank line: remove it")
            elif line.count(b'"') % 2:
                shown = line.decode("utf-8", "replace").strip()[:SHOWN]
                yield Problem(path.name, number, "", shown, "a quote that is not closed on its line: mend it")
                return  # from here on quotes open where they should close
            else:
                continue
            found += 1
            if found == LISTED:
                return


def _read_layout(path: Path, first: bytes) -> Layout:
    try:
        line = first.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise _refuse(path, 1, "not UTF-8: save the file in that encoding") from None
    header = next(csv.reader([line]))
    layout = layout_of(header)
    if layout:
        return layout
    wanted = nearest_layout(header)
    shared = set(header) & set(wanted.header)
    if len(shared) < 2:
        separator = next((name for name, mark in SEPARATORS.items() if wanted.header[0] + mark in line), "")
        if separator:
            raise _refuse(path, 1, f"cells are separated by {separator}: save the file with commas", line)
        raise _refuse(
            path, 1, f"not the header of a file of official statistics that is understood ({KINDS}): take the file out "
            "of the folder, or download it again", line,
        )  # fmt: skip
    kind = f"a file of {wanted.dataset.replace('_', ' ')}"
    teach = "download it again, or teach ingest/statistics/layouts.py the new header if the publisher has changed it"
    problems = [
        Problem(path.name, 1, name, name, f"not a column of {kind}: {teach}")
        for name in header
        if name not in wanted.header
    ]
    problems += [
        Problem(path.name, 1, name, "", f"the column is missing, which {kind} has: {teach}")
        for name in wanted.header
        if name not in header
    ]
    if problems:
        raise StatisticsError(problems)
    what = "a column stands twice" if len(header) > len(set(header)) else f"not the columns of {kind} in their order"
    raise _refuse(path, 1, f"{what}: {teach}", line)


SEPARATORS = {"semicolons": ";", "tabs": "\t", "bars": "|"}


def _refuse(path: Path, row: int, remedy: str, value: str = "") -> StatisticsError:
    return StatisticsError([Problem(path.name, row, "", value[:SHOWN], remedy)])
