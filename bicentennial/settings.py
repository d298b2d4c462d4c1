"""Where things are: the project's own folders, and the home that holds everything generated.

Environment: `BICENTENNIAL_HOME` (generated files, default `data/` in the project), `BICENTENNIAL_SEEDS` (seed
tables, default `seeds/`), `BICENTENNIAL_COUNTS` (their committed row counts, default those of the project),
`BICENTENNIAL_DOCUMENTS` (texts of the documents; nothing without it), `BICENTENNIAL_STATISTICS` (files of official
statistics; without it their totals in the seed tables are used).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DBT_PROJECT = PROJECT / "dbt_project"


@dataclass(frozen=True)
class Home:
    """The folder of everything generated; see the README for what each part is for."""

    root: Path

    @property
    def published(self) -> Path:
        """Link to the release that readers see; replaced in one step."""
        return self.root / "published"

    @property
    def warehouse(self) -> Path:
        return self.published / "warehouse.duckdb"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def build(self) -> Path:
        """Scratch: the build database, dbt's artifacts, the release being put together."""
        return self.root / "build"

    @property
    def build_database(self) -> Path:
        return self.build / "warehouse.duckdb"

    @property
    def dbt_target(self) -> Path:
        return self.build / "dbt"

    @property
    def log(self) -> Path:
        """What Dagster and dbt printed in the last build from the command line."""
        return self.build / "build.log"

    @property
    def validations(self) -> Path:
        """Results of the expectations, one JSON file a border."""
        return self.build / "validations"

    @property
    def data_docs(self) -> Path:
        """The validation site, before it goes into the release."""
        return self.build / "data_docs"

    @property
    def proposals(self) -> Path:
        """Proposed claims, one file a document, until they are reviewed and merged into the seed tables."""
        return self.root / "proposals"

    @property
    def statistics(self) -> Path:
        """Files of official statistics as they were read, one Parquet file each."""
        return self.root / "statistics"

    @property
    def dagster(self) -> Path:
        """Dagster's own storage: runs, schedules, event log."""
        return self.root / "dagster"


def home() -> Home:
    """The home named by `BICENTENNIAL_HOME`, else `data/` in the project."""
    return Home(Path(os.environ.get("BICENTENNIAL_HOME") or PROJECT / "data").resolve())


def seeds() -> Path:
    """The folder of seed tables."""
    return Path(os.environ.get("BICENTENNIAL_SEEDS") or PROJECT / "seeds").resolve()


def committed_counts() -> Path:
    """The file of the row counts that the seed tables have to have."""
    return Path(os.environ.get("BICENTENNIAL_COUNTS") or PROJECT / "expectations" / "committed_counts.csv").resolve()


def documents() -> Path | None:
    """The folder with the texts of the documents, if the user named one."""
    folder = os.environ.get("BICENTENNIAL_DOCUMENTS")
    return Path(folder).resolve() if folder else None


def statistics() -> Path | None:
    """The folder with files of official statistics, if the user named one."""
    folder = os.environ.get("BICENTENNIAL_STATISTICS")
    return Path(folder).resolve() if folder else None


def input_files() -> Iterator[tuple[str, Path]]:
    """All that a build depends on, by name: seed tables, models, code, versions, proposals, statistics, texts."""
    for path in sorted(seeds().glob("*.csv")):
        yield f"seeds/{path.name}", path
    for folder in ("dbt_project", "ingest", "expectations", "orchestration", "bicentennial"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if (
                path.is_file()
                and path.suffix in {".sql", ".yml", ".yaml", ".md", ".py", ".csv"}
                and not _generated(path)
            ):
                yield path.relative_to(PROJECT).as_posix(), path
    yield "requirements.lock", PROJECT / "requirements.lock"
    yield "expectations/committed_counts.csv", committed_counts()
    for path in proposal_files(home()):
        yield f"proposals/{path.relative_to(home().proposals).as_posix()}", path
    for path in statistics_files():
        if path.is_file():
            yield f"statistics/{_name(path)}", path
    texts = documents()
    for path in sorted(texts.iterdir()) if texts and texts.is_dir() else ():
        if path.is_file():
            yield f"documents/{_name(path)}", path


def proposal_files(home: Home) -> list[Path]:
    """The files of the folder of proposals that the warehouse is made of; what is put aside there is not."""
    folders = (home.proposals, *(home.proposals / name for name in ("left-out", "documents", "unreadable")))
    return sorted(
        path for folder in folders for pattern in ("[!.]*.csv", "[!.]*.json") for path in folder.glob(pattern)
    )


def statistics_files() -> list[Path]:
    """The files of the folder of official statistics, if the user named one and it is there."""
    from ingest.statistics.store import statistics_files as files_of  # needs DuckDB, which most commands do not

    folder = statistics()
    return files_of(folder) if folder and folder.is_dir() else []


def _name(path: Path) -> str:
    """A file's name, which is bytes of whatever encoding, as text."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _generated(path: Path) -> bool:
    return bool({"target", "logs", "__pycache__", "dbt_packages"} & set(path.relative_to(PROJECT).parts))


def input_hashes() -> dict[str, str]:
    """SHA-256 of every input of a build, by name."""
    hashes = {name: _sha256(path) for name, path in input_files()}
    if documents():  # a folder that lost its texts, or never had them, is another input than no folder
        names = "".join(f"{name}\n" for name in hashes if name.startswith("documents/"))
        hashes["documents/"] = hashlib.sha256(names.encode()).hexdigest()
    return hashes


def _sha256(path: Path) -> str:
    """SHA-256 of a file's bytes; a document that may not be opened is an input of its own kind."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except PermissionError:
        return "unreadable"


def fingerprint(hashes: dict[str, str]) -> str:
    """One hash over the named hashes: equal when, and only when, all inputs are."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
