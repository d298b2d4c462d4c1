"""`bicentennial diff`: what changed between two releases, as tables, as data, or in the words of CHANGES.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, console, fail

if TYPE_CHECKING:
    from bicentennial.diff import ReleaseDiff
    from bicentennial.settings import Home

COLOURS = {"added": "green", "changed": "yellow", "gone": "red"}


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--format", "output_format", type=click.Choice(["table", "json", "markdown"]), default="table",
              show_default=True, help="markdown is the text of CHANGES.md, with every line of its lists.")  # fmt: skip
def diff(old: str | None, new: str | None, output_format: str) -> None:
    """Show what changed between two releases: rows of every mart, and claim by claim.

    OLD and NEW are versions (or their beginnings), folders, or `published`. Without NEW the published release is
    compared with OLD; without both, the last two releases.

    \b
    Examples:
      bicentennial diff                          the last two releases
      bicentennial diff 20261101T060000Z published
      bicentennial diff --format markdown        in words and numbers, for readers
    """
    from bicentennial.changes import describe_changes
    from bicentennial.diff import diff_releases
    from bicentennial.publish import list_releases

    home = settings.home()
    releases = list_releases(home)
    if old is None and len(releases) < 2:
        fail(
            BAD_INPUT,
            f"There are not two releases to compare in {home.releases}: build once before a change and once after.",
        )
    old_path = find_release(home, old) if old else releases[-2]
    new_path = find_release(home, new or "published") if old else releases[-1]
    try:
        if output_format == "markdown":
            click.echo(describe_changes(old_path, new_path, limit=None), nl=False)
            return
        found = diff_releases(old_path, new_path)
    except FileNotFoundError as error:
        fail(BAD_INPUT, f"Not a release: {error.filename} is missing.")
    if output_format == "json":
        console.print_json(json.dumps(as_data(found), default=str))
        return
    console.print(f"{old_path.name} → {new_path.name}")
    show(found)


def as_data(found: ReleaseDiff) -> dict[str, object]:
    """A comparison as JSON has it."""
    claims = [
        {
            "claim_id": claim.row["claim_id"],
            "verbatim": claim.row["verbatim"],
            "change": claim.change,
            "cells": claim.cells,
        }
        for claim in found.rows["fct_claims"]
    ]
    return {
        "tables": [asdict(table) for table in found.tables],
        "claims": claims,
        "totals": None if found.totals is None else [asdict(total) for total in found.totals],
        "official": [asdict(month) for month in found.official],
    }


def show(found: ReleaseDiff) -> None:
    """Tables of rows and columns, then each claim that differs, with its cells."""
    if found.is_empty:
        console.print("No row differs.")
        return
    table = Table(box=SIMPLE_HEAD, header_style="bold")
    for column in ("table", "added", "changed", "gone", "columns"):
        table.add_column(column, justify="left" if column in ("table", "columns") else "right")
    for row in found.tables:
        signs = (("+", row.columns_added), ("−", row.columns_gone), ("~", [column for column, *_ in row.retyped]))
        columns = " ".join(sign + column for sign, names in signs for column in names)
        table.add_row(row.table, str(row.added), str(row.changed), str(row.gone), columns)
    console.print(table)
    for claim in found.rows["fct_claims"]:
        claim_id, verbatim = claim.row["claim_id"], escape(claim.row["verbatim"])
        console.print(f"[{COLOURS[claim.change]}]{claim.change:<8}[/] {claim_id}  “{verbatim}”")
        for name, (before, after) in claim.cells.items():
            console.print(f"           {name}: {escape(str(before))} → {escape(str(after))}")


def find_release(home: Home, name: str) -> Path:
    """The folder of a release named by version, beginning of one, folder, or `published`."""
    from bicentennial.publish import list_releases

    if name == "published":
        if not home.published.exists():
            fail(BAD_INPUT, "Nothing is published yet: run `bicentennial build`.")
        return home.published.resolve()
    if Path(name).is_dir():
        return Path(name).resolve()
    matches = [release for release in list_releases(home) if release.name.startswith(name)]
    if len(matches) != 1:
        known = [release.name for release in list_releases(home)]
        what = "is no release" if not matches else "is the beginning of several releases"
        fail(BAD_INPUT, f"“{name}” {what}; there are:", [f"  {version}" for version in known])
    return matches[0]
