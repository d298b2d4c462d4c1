"""What tests of the curator's commands share: an invented document, and a place to work on it with the real command.

What belongs here: means. What does not: any rule that is tested.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ingest.extract import Reference
from ingest.merge import merge
from ingest.proposal_files import read_rows, write_rows
from ingest.proposal_rows import COLUMNS
from ingest.proposals import propose
from ingest.register import Register

from .support import CLI, SEEDS, SeedFolder, environment

NOTE = """---
title: Note on the port of Sampleton
date: 2024-03-12
source_url: https://www.state.gov/port-note
---

CBP seized 1,250 pounds of cocaine. DEA's Operation Overdrive led to 17 arrests.

DEA seized 44 pounds of heroin. HSI made 230 arrests, including 28 arrests in Sampleton.
"""
FIGURES = ["1,250 pounds", "17", "44 pounds", "230", "28"]
"""Every figure of the note; the last one is a part of the one before."""
REGISTER_NOTE = ["a", "press_release", "3"]
"""Answers that register it: its kind and licence are asked."""


@dataclass(frozen=True)
class Desk:
    """A copy of the seed tables, a folder of texts and one of proposals, and the command run on them."""

    root: Path

    @property
    def seeds(self) -> SeedFolder:
        return SeedFolder(self.root / "seeds")

    @property
    def texts(self) -> Path:
        return self.root / "texts"

    @property
    def proposals(self) -> Path:
        return self.root / "home" / "proposals"

    def write(self, name: str, text: str) -> Path:
        path = self.texts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path

    def run(self, *arguments: str, answers: list[str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run `bicentennial` in a process of its own; `answers` are the lines of its standard input."""
        return subprocess.run(
            [*CLI, *arguments],
            env=environment(self.root / "home", self.seeds.path, COLUMNS="110"),
            input="".join(f"{answer}\n" for answer in answers or []),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def rows(self, key: str) -> list[dict[str, str]]:
        return read_rows(self.proposals / f"{key}.csv")

    def extract(self, name: str) -> None:
        """Propose the claims of one text, in this process, as `bicentennial extract` does."""
        propose(self.texts / name, Reference.load(self.seeds.path), self.proposals, Register.load(self.seeds.path))

    def merge(self) -> None:
        """Merge what was decided, in this process, as `bicentennial review --merge` does."""
        assert merge(self.proposals, self.seeds.path).refused == []

    def decide(self, key: str, *statuses: str, **cells: str) -> None:
        """Write review_status into the first rows of a proposals file, and `cells` into all of them, by hand."""
        rows = self.rows(key)
        for row, status in zip(rows, statuses, strict=False):
            row |= {"review_status": status, **cells}
        write_rows(self.proposals / f"{key}.csv", COLUMNS, rows)

    def claims(self, document_id: str) -> dict[str, dict[str, str]]:
        """Claims of a document in the seed tables, by their characters in the order of the file."""
        return {row["verbatim"]: row for row in self.seeds.rows("claims").values() if row["document_id"] == document_id}

    def register(self, key: str, name: str, **cells: str) -> None:
        """Add a document to the register by hand, as its file is now."""
        data = (self.texts / name).read_bytes()
        row = {"document_id": key, "file_name": name, "title": "Note", "document_kind": "press_release",
               "language": "en", "licence": "Public domain", "note": "An invented text.",
               "sha256": hashlib.sha256(data).hexdigest(), "char_count": str(len(data.decode("utf-8")))}  # fmt: skip
        self.seeds.append("documents", **(row | cells))


def new_desk(root: Path) -> Desk:
    shutil.copytree(SEEDS, root / "seeds")
    (root / "texts").mkdir()
    return Desk(root)


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def added_lines(before: Path, after: Path) -> list[str]:
    """Lines that a file has more than another; fails where a line of the other is gone or changed place."""
    old, new = lines(before), lines(after)
    added, at = [], 0
    for line in new:
        if at < len(old) and line == old[at]:
            at += 1
        else:
            added.append(line.decode("utf-8").rstrip("\n"))
    assert at == len(old), f"{after.name} lost {old[at]!r}"
    return added


IS_ROOT = os.geteuid() == 0
