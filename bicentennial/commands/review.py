"""`bicentennial review`: decide proposals in the terminal, and merge what was decided into the seed tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, errors, fail, fail_on_seeds

if TYPE_CHECKING:
    from bicentennial.review.session import Session
    from ingest.merge import Merged


@click.command()
@click.argument("document_ids", nargs=-1, metavar="[DOCUMENT_ID]…")
@click.option("--proposals", type=click.Path(file_okay=False, path_type=Path),
              help="Folder that `extract` wrote; default data/proposals.")  # fmt: skip
@click.option("--merge", "merge_only", is_flag=True,
              help="Ask nothing: merge what was decided by editing the files (column review_status).")  # fmt: skip
@click.option("--yes", "is_agreed", is_flag=True, help="Map revised documents to their new text without asking.")
def review(document_ids: tuple[str, ...], proposals: Path | None, merge_only: bool, is_agreed: bool) -> None:
    """Accept, correct or reject proposed claims one by one, then merge them into the seed tables.

    Every decision is written at once, so quitting loses nothing. Accepted claims are added to seeds/ with their
    agencies, operations and ties, in the order of the text; rejected ones are kept there as rejected, so that they are
    not proposed again. What is in seeds/ already is never changed.

    \b
    Examples:
      bicentennial review                       everything that waits
      bicentennial review port-note-2024        one document
      bicentennial review --merge               after deciding in the CSV files by hand
    """
    from bicentennial.review.answers import Answers
    from bicentennial.review.session import Session
    from ingest.atomic import settle
    from ingest.check import SeedError
    from ingest.merge import merge, proposal_ids
    from ingest.proposal_files import is_open, read_rows
    from ingest.reading import ReadingError

    folder = (proposals or settings.home().proposals).resolve()
    known = proposal_ids(folder) if folder.is_dir() else []
    unknown = [key for key in document_ids if key not in known]
    if not known:
        fail(BAD_INPUT, f"No proposals in {folder}: run `bicentennial extract` first.")
    if unknown:
        near = [key for key in known if any(key.startswith(name[:4]) for name in unknown)] or known
        fail(BAD_INPUT, f"No proposals of {', '.join(unknown)} in {folder}; there are:", [f"  {k}" for k in near[:20]])
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 110)
    try:
        settle(settings.seeds())
        session = Session(console, Answers(console), folder, settings.seeds())
        keys = _go_through(session, list(document_ids) or known, merge_only, is_agreed)
        merged = merge(folder, settings.seeds(), keys)
        waiting = sum(is_open(row) for key in keys for row in read_rows(folder / f"{key}.csv"))
    except SeedError as error:
        fail_on_seeds(error, consequence="; nothing was merged")
    except ReadingError as error:
        fail(BAD_INPUT, "Nothing was merged.", [str(error)])
    except KeyboardInterrupt:
        console.print("\nStopped. Decisions are in the proposals; `bicentennial review --merge` merges them.")
        raise SystemExit(BAD_INPUT) from None
    except OSError as error:
        fail(BAD_INPUT, f"Stopped: {error.filename} cannot be written.", [str(error)])
    _show(console, session, merged, merge_only, waiting)
    if merged.refused or merged.revised:
        raise SystemExit(BAD_INPUT)


def _go_through(session: Session, keys: list[str], merge_only: bool, is_agreed: bool) -> list[str]:
    """Ask about every document that has something to decide; the ids that all of them have then."""
    from bicentennial.review.answers import QUIT
    from bicentennial.review.document import is_to_review, review_document, settle_revision, show_revision
    from ingest.revision import find_revision

    waiting = [key for key in keys if is_to_review(session, key)]
    for key in waiting:
        revision = find_revision(session.folder, session.seeds_folder, key)
        if revision and merge_only and not is_agreed:
            show_revision(session, revision)
            continue
        if revision and not settle_revision(session, revision, is_agreed):
            continue
        if merge_only:
            continue
        name = review_document(session, key)
        if name == QUIT:
            break
        if name:
            keys[keys.index(key)] = name
            if not session.review_claims(name):
                break
    return keys


def _show(console: Console, session: Session, merged: Merged, merge_only: bool, waiting: int) -> None:
    console.print()
    for remark in merged.remarks:
        console.print(f"[yellow]{escape(remark)}[/]")
    if merged.is_change:
        plural = "" if merged.relations == 1 else "s"
        console.print(
            f"[green]✓[/] merged into {escape(str(session.seeds_folder))}: {merged.accepted} accepted, "
            f"{merged.rejected} rejected, {merged.relations} tie{plural} between claims",
            soft_wrap=not console.is_terminal,
        )
    elif merge_only:
        console.print("Nothing to merge.")
    elif not session.is_changed and not merged.refused:
        console.print("Nothing was decided.")
    if waiting:
        console.print(f"{waiting} proposal{' still waits' if waiting == 1 else 's still wait'} in these documents.")
    for key in merged.revised:
        errors.print(f"[red]✗[/] {escape(key)} is revised: map it with `bicentennial review {escape(key)} --yes`")
    for problem in merged.refused:
        errors.print(f"[red]✗[/] {escape(str(problem))}")
    if merged.refused:
        count = len(merged.refused)
        problems = "1 problem: what it is about stays" if count == 1 else f"{count} problems: what they are about stays"
        errors.print(f"{problems} in the proposals until it is mended.")
    if merged.is_change or session.is_changed:
        console.print("Go on with  bicentennial verify,  make counts,  make warehouse")
