"""Files of official statistics as they were read: one Parquet file each, made anew only when something changed.

A file that was refused leaves a note of its problems instead. Belongs here: which files there are, whether what is kept
of them is current, and which vintage each is. Not here: how a file is read (`ingest.statistics.read`) or what its rows
mean (the models).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import duckdb

from ingest.atomic import replace_file
from ingest.check import Problem, SeedTable
from ingest.keys import slug
from ingest.schema import literal
from ingest.statistics.lines import StatisticsError
from ingest.statistics.read import Terms, read_rows
from ingest.unreadable import shown_name

SUFFIX = ".csv"
NAME_IT = "let BICENTENNIAL_STATISTICS name the folder that holds the CSV files, or leave it unset"
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
class Refusal:
    """What was wrong with a file that was read by the same `rules`."""

    sha256: str
    rules: str
    problems: tuple[Problem, ...]


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
        StatisticsError: the folder is not there, or cannot be listed.
    """
    if not folder.is_dir():
        raise StatisticsError([Problem(str(folder), 0, "", "", f"no such folder: {NAME_IT}")])
    try:
        paths = list(folder.iterdir())
    except OSError as error:
        raise StatisticsError(
            [Problem(str(folder), 0, "", "", f"cannot be listed ({error.strerror}): {NAME_IT}")]
        ) from None
    return sorted(path for path in paths if path.suffix.lower() == SUFFIX and not path.name.startswith("."))


def known_terms(seeds: Mapping[str, SeedTable]) -> list[tuple[str, str]]:
    """The words that files may hold, from the seed tables."""
    return [(cells["term_kind"] or "", cells["term"] or "") for cells in seeds["official_terms"].rows.values()]


def is_current(path: Path, store: Path, terms: Terms) -> bool:
    """Whether a file was read as it is now, by the rules and words that hold now."""
    return _is_of_now(_look_up(path, store), path, terms)


def is_refused(path: Path, store: Path, terms: Terms) -> bool:
    """Whether a file was found to be broken as it is now, so that there is no use in trying again."""
    return _is_of_now(_refusal(path, store), path, terms)


def keep(path: Path, store: Path, terms: Terms) -> StatisticsFile:
    """Read a file, unless it was read as it is now, and keep its rows in the store; return what is known of it.

    Raises:
        StatisticsError: naming file, row, column, value and remedy. An earlier reading of the file is removed then,
            and a note kept of what is wrong.
    """
    terms = list(terms)
    sha256, rules = _sha256(path), fingerprint(terms)
    kept, refused = _look_up(path, store), _refusal(path, store)
    if kept and (kept.sha256, kept.rules) == (sha256, rules):
        return kept
    if refused and (refused.sha256, refused.rules) == (sha256, rules):
        raise StatisticsError(list(refused.problems))
    store.mkdir(parents=True, exist_ok=True)
    _parquet(path, store).unlink(missing_ok=True)
    try:
        found = _read(path, store, terms, sha256, rules)
    except StatisticsError as error:
        note = {"sha256": sha256, "rules": rules, "problems": [asdict(problem) for problem in error.problems]}
        replace_file(_note(path, store), json.dumps(note, indent=1).encode())
        raise
    _note(path, store).unlink(missing_ok=True)
    return found


def _read(path: Path, store: Path, terms: Terms, sha256: str, rules: str) -> StatisticsFile:
    target = _parquet(path, store)
    scratch = target.with_suffix(f".{os.getpid()}.part")
    try:
        with duckdb.connect() as connection:
            rows = read_rows(connection, path, terms)
            dataset, count, first, last = connection.execute(
                "select any_value(dataset), count(*), min(month_starts_on), max(month_starts_on) from rows"
            ).fetchall()[0]
            file = StatisticsFile(path.name, sha256, rules, dataset, count, first.isoformat(), last.isoformat(), target)
            known = {name: value for name, value in asdict(file).items() if name != "parquet"}
            connection.execute(
                f"copy rows to {literal(str(scratch))} (format parquet, compression zstd, "
                f"kv_metadata {{statistics: {literal(json.dumps(known))}}})"
            )
            del rows
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return file


def forget_gone(store: Path, files: Iterable[Path]) -> None:
    """Remove what is kept of files that are no longer there."""
    present = {kept for path in files for kept in (_parquet(path, store), _note(path, store))}
    for path in (*store.glob("*.parquet"), *store.glob("*.refused.json")):
        if path not in present:
            path.unlink(missing_ok=True)


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
    problems = []
    contents = {file.sha256: file for file in reversed(files)}  # the first of those that are the same
    for file in sorted(contents.values(), key=lambda file: file.file_name):
        name = slug(Path(file.file_name).stem)
        digits = file.sha256[:8]
        other = f"{name}-{digits}" if name else f"vintage-{digits}"
        vintage_id = by_content.get(file.sha256) or (other if name in registered or not name else name)
        if vintage_id in found:
            remedy = f"would be the vintage {vintage_id}, as {found[vintage_id].file.file_name} is: rename one of them"
            problems.append(Problem(file.file_name, 0, "", "", remedy))
        found.setdefault(vintage_id, Vintage(vintage_id, file))
    if problems:
        raise StatisticsError(problems)
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


def _is_of_now(known: StatisticsFile | Refusal | None, path: Path, terms: Terms) -> bool:
    try:
        return known is not None and (known.sha256, known.rules) == (_sha256(path), fingerprint(terms))
    except StatisticsError:  # it cannot be opened
        return False


def _refusal(path: Path, store: Path) -> Refusal | None:
    try:
        found = json.loads(_note(path, store).read_text(encoding="utf-8"))
        return Refusal(found["sha256"], found["rules"], tuple(Problem(**problem) for problem in found["problems"]))
    except (OSError, KeyError, TypeError, ValueError):  # none, or not as it was written: the file is read again
        return None


def _parquet(path: Path, store: Path) -> Path:
    return store / f"{path.name}.parquet"


def _note(path: Path, store: Path) -> Path:
    return store / f"{path.name}.refused.json"


def _sha256(path: Path) -> str:
    name = shown_name(path)
    if name != path.name:
        raise StatisticsError([Problem(name, 0, "", "", "its name is not UTF-8: rename the file")])
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        remedy = f"cannot be read ({error.strerror}): restore it, or take it out of the folder"
        raise StatisticsError([Problem(name, 0, "", "", remedy)]) from None


def fingerprint(terms: Terms) -> str:
    """A hash of what reading depends on beside the file: our rules, the words that are known, DuckDB."""
    return hashlib.sha256(json.dumps([_code_hash(), duckdb.__version__, *sorted(terms)]).encode()).hexdigest()


@cache
def _code_hash() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in RULES)).hexdigest()
