"""What comes in later, and a home to build it in: everything that other inputs than the project's own are needed for.

A second document tells figures of the fact sheet anew; every registered document has a text, and more texts wait to
be read; two files of official statistics are there, one of them registered. What has to come of it is tested in
test_series.py, test_documents_build.py and test_statistics_build.py.

The registered texts are not part of the project. Stand-ins hold every figure at its place, and filler between.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bicentennial.settings import Home
from ingest.extract import Reference
from ingest.proposal_rows import COLUMNS
from ingest.proposals import propose
from ingest.register import Register
from ingest.statistics.totals import derive_totals

from .ingest.statistics.makers import row, write
from .support import PROJECT, SEEDS, Built, SeedFolder, copy_home, environment, run_cli

FIRST = "hlsd-fact-sheet-2023"
LATER = "sample-progress-note-2024"
CUT_OFF = "2024-02-05"
"""Cut-off of the invented document: 123 days after the fact sheet's."""
TOLD_AGAIN = {
    # first character in the fact sheet → place, figure, and what the later document says of it
    "8881": (10, "43", "43", "exact"),  # 29 arrests of Operation Artemis: 14 more
    "9079": (20, "600 pounds", "600", "exact"),  # 650 pounds: fell
    "9110": (40, "1,000", "1000", "exact"),  # 130 pill presses: 870 more in as many days
    "9055": (60, "170 pounds", "170", "exact"),  # over 159 pounds: the flow has no lower end that counts
    "11802": (80, "60", "60", "exact"),  # 56 firearms since an inception without a day
}


WEAPONS = "weapons_and_ammunition"
HARBOUR = (
    "# Harbour report\n\nIn March 2024, officers of the DEA seized 12 rifles and over 300 pounds of cocaine in Mexico. "
    "They arrested 5 people.\n"
)
CALM = "# A calm week\n\nNothing was seized, and nobody was arrested, as the harbour master said.\n"
NONSENSE = {
    "claim_type": "seizure", "commodity_id": "cocaine", "subject_id": "", "value": "987654321987",
    "qualifier": "exact", "unit_id": "kg", "review_status": "accepted", "period_basis": "fiscal_year",
    "period_start": "2022-10-01", "period_end": "2023-09-30", "note": "By hand.",
}  # fmt: skip


@dataclass(frozen=True)
class Later(Built):
    """A home in which a build has read more than the project's own tables, and all that it was given."""

    seeds: SeedFolder
    texts: Path
    statistics: Path

    @classmethod
    def at(cls, folder: Path, stdout: str) -> Later:
        return cls(Home(folder / "home"), stdout, SeedFolder(folder / "seeds"), folder / "texts", folder / "statistics")

    @property
    def env(self) -> dict[str, str]:
        """What names the inputs to a process."""
        return {
            "BICENTENNIAL_SEEDS": str(self.seeds.path),
            "BICENTENNIAL_COUNTS": str(self.seeds.path.parent / "counts.csv"),
            "BICENTENNIAL_DOCUMENTS": str(self.texts),
            "BICENTENNIAL_STATISTICS": str(self.statistics),
        }

    def build(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Build again. Only tests of one file may: others read the home at the same time."""
        return run_cli("build", *arguments, home=self.home.root, env=self.env)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(sql).fetchall()


def prepare_later(home: Home, folder: Path) -> Later:
    """Put all that comes in into the folder, and a copy of the home."""
    folder.mkdir()
    shutil.copytree(SEEDS, folder / "seeds")
    later = Later.at(folder, "")
    tell_again(later.seeds)
    write_statistics(later.seeds, later.statistics, folder / "store")
    write_texts(later.seeds, later.texts)
    copy_home(home, later.home.root)
    reference, register = Reference.load(later.seeds.path), Register.load(later.seeds.path)
    make_nonsense(propose(later.texts / "harbour.md", reference, later.home.proposals, register).path)
    subprocess.run(
        [sys.executable, "-m", "bicentennial.counts"], env=environment(later.home.root, **later.env), cwd=PROJECT,
        check=True, timeout=120,
    )  # fmt: skip
    return later


def tell_again(seeds: SeedFolder) -> None:
    """Add an invented document of a later day that tells figures of the fact sheet anew."""
    seeds.append(
        "documents", document_id=LATER, file_name=f"{LATER}.txt", title="Note on progress", publisher="Sampleton",
        published_on=CUT_OFF, published_on_basis="stated", document_kind="press_release", language="en",
        source_url="https://example.org/note", sha256="5" * 64, char_count="500", licence="Public domain",
        note="An invented text.",
    )  # fmt: skip
    claims = {row["claim_id"]: row for row in seeds.rows("claims").values()}
    agencies, operations = seeds.rows("claim_agencies").values(), seeds.rows("claim_operations").values()
    for start, (place, verbatim, value, qualifier) in TOLD_AGAIN.items():
        old, new = f"{FIRST}:{start}", f"{LATER}:{place}"
        seeds.append("claims", **claims[old] | {
            "claim_id": new, "document_id": LATER, "char_start": str(place), "char_end": str(place + len(verbatim)),
            "verbatim": verbatim, "value": value, "qualifier": qualifier, "as_of": CUT_OFF, "framework_area_id": "",
        })  # fmt: skip
        for table, rows in (("claim_agencies", agencies), ("claim_operations", operations)):
            for cells in [cells for cells in rows if cells["claim_id"] == old]:
                seeds.append(table, **cells | {"claim_id": new})


def write_statistics(seeds: SeedFolder, folder: Path, store: Path) -> None:
    """Two files, of which one is registered with its totals and has an event in two months and areas."""
    weapons = [row(WEAPONS, event_id=f"E-{number}") for number in range(29)]
    weapons.append(row(WEAPONS, event_id="E-0", month="APR", area="PRAIRIE FIELD OFFICE"))
    write(folder / "lagoon.csv", *weapons, dataset=WEAPONS)
    derive_totals(seeds.path, folder, store)
    write(folder / "prairie.csv", dataset="currency")


def write_texts(seeds: SeedFolder, folder: Path) -> None:
    """Texts of the registered documents, one that is new, one without a figure, one that cannot be read."""
    folder.mkdir()
    write_stand_ins(seeds, folder)
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "calm.md").write_text(CALM, encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"rifles\0rifles")


def write_stand_ins(seeds: SeedFolder, folder: Path) -> None:
    """Write a text for each registered document, its figures in their places, and register its hash."""
    claims = seeds.rows("claims").values()
    for number, document in seeds.rows("documents").items():
        text = list(("filler text " * (int(document["char_count"]) // 12 + 1))[: int(document["char_count"])])
        for claim in (claim for claim in claims if claim["document_id"] == document["document_id"]):
            start, end = int(claim["char_start"]), int(claim["char_end"])
            text[start:end] = claim["verbatim"]
            for beside in (start - 1, end):
                text[beside : beside + 1] = " "
        data = "".join(text)[: int(document["char_count"])].encode()
        (folder / document["file_name"]).write_bytes(data)
        seeds.change("documents", number, sha256=hashlib.sha256(data).hexdigest())


def make_nonsense(path: Path) -> str:
    """Overwrite the first row of a file of proposals by hand; return its claim."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= NONSENSE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows[0]["claim_id"]
