"""Files of official statistics as they were read: one Parquet file each, made anew only when something changed.

Belongs here: which files there are, whether what was read of them is current, and which vintage each is. Not here: how
a file is read (`ingest.statistics.read`) or what its rows mean (the models).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import duckdb

from ingest.check import Problem, SeedTable
from ingest.keys import slug
from ingest.schema import literal
from ingest.statistics.read import StatisticsError, Terms, read_rows

SUFFIX = ".csv"
RULES = (*sorted(Path(__file__).parent.glob("*.py")), Path(__file__).parents[1] / "official_tables.py")


@dataclass(frozen=True)
class StatisticsFile:
    """What is known of a file that was read. `rules` is a hash of what it was read by."""

    file_name: str
    sha256: str
    rules: str
    dataset: str
    row_count: int
    first_month_on: str
    last_month_on: str
    parquet: Path


@dataclass(frozen=True)
class Vintage:
    """A file with the key of the vintage that it is."""

    vintage_id: str
    file: StatisticsFile


@dataclass(frozen=True)
class StatisticsFolder:
    """A folder of files, and the store of what was read of them."""

    folder: Path
    store: Path

    def keep_all(self, seeds: Mapping[str, SeedTable]) -> list[StatisticsFile]:
        """Read each file that is new or changed, forget those that are gone; return all that are there.

        Raises:
            StatisticsError: with every problem of every file.
        """
        paths, terms = statistics_files(self.folder), known_terms(seeds)
        forget_gone(self.store, paths)
        files, problems = [], []
        for path in paths:
            try:
                files.append(keep(path, self.store, terms))
            except StatisticsError as error:
                problems += error.problems
        if problems:
            raise StatisticsError(problems)
        return files


def statistics_files(folder: Path) -> list[Path]:
    """The files of a folder that have to be statistics: all CSV files, in order of name.

    Raises:
        StatisticsError: the folder is not there.
    """
    if not folder.is_dir():
        raise StatisticsError(
            [Problem(str(folder), 0, "", "", "no such folder: name the one that holds the CSV files, or none")]
        )
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == SUFFIX and not path.name.startswith("."))


def known_terms(seeds: Mapping[str, SeedTable]) -> list[tuple[str, str]]:
    """The words that files may hold, from the seed tables."""
    return [(cells["term_kind"] or "", cells["term"] or "") for cells in seeds["official_terms"].rows.values()]


def is_current(path: Path, store: Path, terms: Terms) -> bool:
    """Whether a file was read as it is now, by the rules and words that hold now."""
    file = _look_up(path, store)
    return file is not None and (file.sha256, file.rules) == (_sha256(path), _fingerprint(terms))


def keep(path: Path, store: Path, terms: Terms) -> StatisticsFile:
    """Read a file, unless it was read as it is now, and keep its rows in the store; return what is known of it.

    Raises:
        StatisticsError: naming file, row, column, value and remedy; an earlier reading of the file is removed then.
    """
    terms = list(terms)
    kept = _look_up(path, store)
    digest, rules = _sha256(path), _fingerprint(terms)
    if kept and (kept.sha256, kept.rules) == (digest, rules):
        return kept
    target = _parquet(path, store)
    target.unlink(missing_ok=True)
    store.mkdir(parents=True, exist_ok=True)
    scratch = target.with_suffix(".part")
    with duckdb.connect() as connection:
        rows = read_rows(connection, path, terms)
        dataset, count, first, last = connection.execute(
            "select any_value(dataset), count(*), min(month_starts_on), max(month_starts_on) from rows"
        ).fetchall()[0]
        file = StatisticsFile(path.name, digest, rules, dataset, count, first.isoformat(), last.isoformat(), target)
        known = {name: value for name, value in asdict(file).items() if name != "parquet"}
        connection.execute(
            f"copy rows to {literal(str(scratch))} (format parquet, compression zstd, "
            f"kv_metadata {{statistics: {literal(json.dumps(known))}}})"
        )
        del rows
    scratch.replace(target)
    return file


def forget_gone(store: Path, files: Iterable[Path]) -> None:
    """Remove what was read of files that are no longer there."""
    present = {_parquet(path, store) for path in files}
    for path in store.glob("*.parquet"):
        if path not in present:
            path.unlink()


def vintages(files: Sequence[StatisticsFile], seeds: Mapping[str, SeedTable]) -> list[Vintage]:
    """Each content of the files once, with its vintage.

    A vintage is a content: its key is that of the registered vintage with that content, else the file's name, with the
    first digits of its hash where a vintage of that name is registered with another content.

    Raises:
        StatisticsError: two different files would be one vintage.
    """
    registered = {cells["vintage_id"]: cells["sha256"] for cells in seeds["official_vintages"].rows.values()}
    by_content = {sha256: vintage_id for vintage_id, sha256 in registered.items()}
    found: dict[str, Vintage] = {}
    contents: set[str] = set()
    for file in files:
        if file.sha256 in contents:
            continue  # the same file under two names
        contents.add(file.sha256)
        name = slug(Path(file.file_name).stem)
        vintage_id = by_content.get(file.sha256) or (f"{name}-{file.sha256[:8]}" if name in registered else name)
        if vintage_id in found:
            remedy = f"would be the vintage {vintage_id}, as {found[vintage_id].file.file_name} is: rename one of them"
            raise StatisticsError([Problem(file.file_name, 0, "", "", remedy)])
        found[vintage_id] = Vintage(vintage_id, file)
    return list(found.values())


def _look_up(path: Path, store: Path) -> StatisticsFile | None:
    target = _parquet(path, store)
    if not target.exists():
        return None
    try:
        with duckdb.connect() as connection:
            found = connection.execute(
                f"select decode(value) from parquet_kv_metadata({literal(str(target))}) where key = 'statistics'::blob"
            ).fetchone()
        return StatisticsFile(**json.loads(found[0]), parquet=target) if found else None
    except (duckdb.Error, TypeError, ValueError):  # of another version, or broken: it is read again
        return None


def _parquet(path: Path, store: Path) -> Path:
    return store / f"{path.name}.parquet"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fingerprint(terms: Terms) -> str:
    return hashlib.sha256(json.dumps([_code_hash(), *sorted(terms)]).encode()).hexdigest()


@cache
def _code_hash() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in RULES)).hexdigest()
