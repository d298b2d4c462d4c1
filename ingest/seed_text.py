"""A seed table's file as text: rows are put in, changed and taken out, and all other lines stay byte for byte.

Belongs here: lines. Not here: what a row may hold (`ingest.tables`) or which rows come and go (`ingest.merge`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.schema import Table

Key = Callable[[Mapping[str, str]], Any]


class SeedText:
    """The records of one file, each with the text that holds it. The file is sound: `ingest.check` has read it."""

    def __init__(self, table: Table, text: str) -> None:
        self.table, self.original = table, text
        lines: list[str] = []

        def kept() -> Iterator[str]:
            for line in io.StringIO(text, newline=""):
                lines.append(line)
                yield line

        reader = csv.reader(kept(), strict=True)
        self.lines: list[str] = []
        self.rows: list[dict[str, str]] = []
        for record in reader:
            self.lines.append("".join(lines))
            self.rows.append(dict(zip(table.columns, record, strict=True)))
            lines.clear()
        self.newline = "\r\n" if self.lines[0].endswith("\r\n") else "\n"
        self.header, self.lines, self.rows = self.lines[0], self.lines[1:], self.rows[1:]

    @classmethod
    def read(cls, table: Table, folder: Path) -> SeedText:
        return cls(table, (folder / table.file_name).read_bytes().decode("utf-8"))

    @property
    def text(self) -> str:
        return self.header + "".join(self.lines)

    def insert(self, rows: Iterable[Mapping[str, str]], key: Key) -> None:
        """Put each row behind the last one whose key is not greater; in a sorted file that keeps the order."""
        keys = [key(row) for row in self.rows]
        for row in sorted(({column: row[column] for column in self.table.columns} for row in rows), key=key):
            at = next((at for at in range(len(keys), 0, -1) if keys[at - 1] <= key(row)), 0)
            keys.insert(at, key(row))
            self.rows.insert(at, row)
            self.lines.insert(at, self._line(row))

    def change(self, at: int, row: Mapping[str, str]) -> None:
        """Put another row in the place of one; its line stays as it is where no cell differs."""
        cells = {column: row[column] for column in self.table.columns}
        if cells != self.rows[at]:
            self.rows[at], self.lines[at] = cells, self._line(cells)

    def remove(self, is_gone: Callable[[Mapping[str, str]], bool]) -> None:
        """Take out every row of which `is_gone` is true."""
        kept = [at for at, row in enumerate(self.rows) if not is_gone(row)]
        self.rows, self.lines = [self.rows[at] for at in kept], [self.lines[at] for at in kept]

    def _line(self, row: Mapping[str, str]) -> str:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=self.newline).writerow([row[column] for column in self.table.columns])
        return out.getvalue()
