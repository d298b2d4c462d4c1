"""Publish a checked build: put the release together aside, then swap it in with one rename.

`published` is a link to a folder of `releases/`. Replacing the link is one step for the file system, so that a
reader sees the old release or the new one, whole; readers that have the old file open keep it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import duckdb

from bicentennial.catalog import MartTable, read_catalog
from bicentennial.changes import describe_changes
from bicentennial.datapackage import describe_package
from bicentennial.exports import export
from bicentennial.settings import PROJECT, Home, fingerprint

RELEASES_KEPT = 10
PACKAGES = (
    "bicentennial",
    "duckdb",
    "dbt-core",
    "dbt-duckdb",
    "dagster",
    "dagster-dbt",
    "great-expectations",
)


@dataclass(frozen=True)
class Release:
    """A release on disk. `is_new` is false where the published one already had the same content."""

    version: str
    path: Path
    is_new: bool


def publish(
    home: Home,
    inputs: Mapping[str, str],
    checks: Mapping[str, Mapping[str, int]],
) -> Release:
    """Make a release of the build database and point `published` at it.

    Args:
        home: where the build is and the release goes.
        inputs: SHA-256 of every input, by name.
        checks: for each border or tool, how many checks passed, warned and failed.
    """
    aside = home.build / "release"
    shutil.rmtree(aside, ignore_errors=True)
    built_at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with duckdb.connect(home.build_database) as connection:
        connection.execute("checkpoint")
        tables = read_catalog(connection, home.dbt_target / "manifest.json")
        files = export(connection, tables, aside)
        sources = _read_sources(connection)
    content = _content_hash(tables, files)
    version = f"{built_at:%Y%m%dT%H%M%SZ}-{content[:8]}"
    current = read_manifest(home.published)
    if current and current["content_sha256"] == content and current["inputs_sha256"] == fingerprint(dict(inputs)):
        shutil.rmtree(aside)
        return Release(current["version"], home.published.resolve(), is_new=False)
    commit = git_commit()
    _compact(home.build_database, aside / "warehouse.duckdb", _describe_release(version, built_at, commit, content))
    shutil.copytree(home.data_docs, aside / "data_docs")
    _write_json(
        aside / "datapackage.json",
        describe_package(version, built_at.isoformat(), tables, files, sources),
    )
    (aside / "CHANGES.md").write_text(_describe_changes(home, aside, version), encoding="utf-8")
    manifest = {
        "version": version,
        "built_at": built_at.isoformat(),
        "git_commit": commit,
        "content_sha256": content,
        "inputs_sha256": fingerprint(dict(inputs)),
        "versions": {"python": platform.python_version()} | {name: installed_version(name) for name in PACKAGES},
        "checks": {name: dict(counts) for name, counts in checks.items()},
        "row_counts": {table.name: table.row_count for table in tables},
        "inputs": dict(inputs),
        "outputs": {path.relative_to(aside).as_posix(): _sha256(path) for path in _files(aside)},
    }
    _write_json(aside / "manifest.json", manifest)
    release = home.releases / version
    home.releases.mkdir(parents=True, exist_ok=True)
    aside.replace(release)
    point_published_at(home, release)
    _remove_old(home)
    return Release(version, release, is_new=True)


def point_published_at(home: Home, release: Path) -> None:
    """Swap `published` over to a release, in one step. Also the way back to an earlier one."""
    link = home.root / ".published.new"
    link.unlink(missing_ok=True)
    link.symlink_to(release.relative_to(home.root), target_is_directory=True)
    link.replace(home.published)


def read_manifest(release: Path) -> dict[str, Any] | None:
    """The manifest of a release, or nothing where there is none."""
    try:
        manifest: dict[str, Any] = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return manifest


def list_releases(home: Home) -> list[Path]:
    """The releases kept, oldest first."""
    return sorted(path.parent for path in home.releases.glob("*/manifest.json"))


def _describe_changes(home: Home, release: Path, version: str) -> str:
    """What readers are told of a release; a damaged one before it is no reason to keep a good one back."""
    try:
        return describe_changes(home.published.resolve() if home.published.exists() else None, release)
    except (OSError, duckdb.Error, ValueError, KeyError):
        before = home.published.resolve().name
        logging.getLogger(__name__).exception("Release %s is not compared with %s.", version, before)
        return (
            f"# Release {version}\n\nNot compared with {before}, which may be damaged: the log of the build says why.\n"
        )


def _compact(database: Path, target: Path, release: Mapping[str, tuple[str | None, str]]) -> None:
    """Copy a database into a new file without the space that its build left behind, in small blocks.

    77 small tables take 6.8 MB in blocks of 16 KiB, 21.8 MB in DuckDB's default of 256 KiB.

    Args:
        release: what the file says of itself in its table `main.release`: column → value and comment. A reader that
            has the file open asks it, for the manifest beside the path may be that of a later release by then.
    """
    with duckdb.connect() as connection:
        source, copy = (str(path).replace("'", "''") for path in (database, target))
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute(f"attach '{copy}' as copy (block_size 16384)")
        connection.execute("copy from database source to copy")
        connection.execute(f"create table copy.main.release ({', '.join(f'{name} varchar' for name in release)})")
        connection.execute(
            f"insert into copy.main.release values ({', '.join('?' * len(release))})",
            [value for value, _ in release.values()],
        )
        connection.execute(f"comment on table copy.main.release is '{RELEASE_COMMENT}'")
        for name, (_, comment) in release.items():
            connection.execute(f"comment on column copy.main.release.{name} is '{comment}'")


RELEASE_COMMENT = "One row: the release that this file is. Marts are in the schema marts."


def _describe_release(
    version: str, built_at: dt.datetime, commit: str | None, content: str
) -> dict[str, tuple[str | None, str]]:
    return {
        "version": (version, "Time of the build and beginning of the hash of its content; cite it."),
        "built_at": (built_at.isoformat(), "When it was built, ISO 8601, UTC."),
        "git_commit": (commit, "Commit of the project that built it; ends in +changes where its files differed."),
        "content_sha256": (
            content,
            "Hash of all marts and their descriptions: equal where two releases hold the same.",
        ),
    }


def _content_hash(tables: list[MartTable], files: Mapping[str, Mapping[str, Any]]) -> str:
    """One hash over the content of all marts and what is said of them."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(f"{table!r}{files[table.name]['sha256']}".encode())
    return digest.hexdigest()


def _read_sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    """Documents with their terms, then the files of official statistics, which a U.S. agency publishes for all."""
    documents = connection.execute(
        "select title, source_url, licence from marts.dim_document order by document_id"
    ).fetchall()
    files = connection.execute("select file_name, source_url from marts.dim_vintage order by vintage_id").fetchall()
    return [
        *(
            {"title": title} | ({"path": url} if url else {}) | {"licence": licence}
            for title, url, licence in documents
        ),
        *({"title": name} | ({"path": url} if url else {}) for name, url in files),
    ]


def git_commit() -> str | None:
    """The commit that was built, with `+changes` where the work tree differs from it; nothing outside a checkout."""

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=True
        ).stdout.strip()

    try:
        return git("rev-parse", "HEAD") + ("+changes" if git("status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _remove_old(home: Home) -> None:
    published = home.published.resolve()
    for release in list_releases(home)[:-RELEASES_KEPT]:
        if release != published:
            shutil.rmtree(release)
