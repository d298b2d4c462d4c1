"""`bicentennial extract`: from documents to proposals, one after the other; one that fails does not stop the others."""

from __future__ import annotations

import errno
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, console, errors, fail, printable

if TYPE_CHECKING:
    from ingest.extract import Reference
    from ingest.proposals import Proposal
    from ingest.register import Register


@dataclass
class Tally:
    """What came of all documents; counts only, so that ten thousand take no more memory than one."""

    read: int = 0
    current: int = 0
    failed: int = 0
    claims: int = 0
    waiting: int = 0
    not_understood: int = 0
    revised: list[str] = field(default_factory=list)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the proposals; default data/proposals.")
@click.option("--force", is_flag=True, help="Read documents again even where their proposals are up to date.")
def extract(paths: tuple[Path, ...], out: Path | None, force: bool) -> None:
    """Propose the claims of documents (.txt, .md, .html, .pdf), for review.

    PATH is a document or a folder of documents; default BICENTENNIAL_DOCUMENTS. For each document a CSV is written,
    with a row for every figure: what it says, how sure that is, and its sentence. Numbers that are no claims or were
    not understood are in left-out/. Decisions that are in such a file already stay as they are.

    \b
    Examples:
      bicentennial extract texts/
      bicentennial extract report.pdf "press release.html" --out proposals
    """
    from ingest.proposals import document_files, skipped_files
    from ingest.reading import ReadingError

    documents = settings.documents()
    if not paths and documents is None:
        raise click.UsageError("name documents or a folder of them: PATH…, or BICENTENNIAL_DOCUMENTS")
    named = list(paths) or [documents or Path()]
    folder = out or settings.home().proposals
    try:
        files, skipped = document_files(named), skipped_files(named)
    except ReadingError as error:
        fail(BAD_INPUT, "Nothing was read.", [str(error)])
    for path in skipped[:5]:
        what = "a folder: name it to read what is in it" if path.is_dir() else "no document by its name"
        console.print(f"[dim]– {escape(path.name)}: passed over, {what}[/]")
    if len(skipped) > 5:
        console.print(f"[dim]– and {len(skipped) - 5} more passed over[/]")
    if not files:
        fail(BAD_INPUT, f"No document in {', '.join(map(str, named))}: they are .txt, .md, .html or .pdf.")
    tally = _propose_all(files, *_load_seeds(), folder, force)
    _show(tally, folder, out)
    if tally.failed:
        raise SystemExit(BAD_INPUT)


def _load_seeds() -> tuple[Reference, Register]:
    from ingest.extract import Reference
    from ingest.register import Register

    seeds = settings.seeds()
    try:
        return Reference.load(seeds), Register.load(seeds)
    except FileNotFoundError as error:
        fail(BAD_INPUT, f"Nothing was read: {error.filename} is missing; restore it.")
    except (KeyError, ValueError, TypeError, OSError):
        from bicentennial.terminal import fail_on_seeds
        from ingest.check import SeedError, read_seeds

        try:
            read_seeds(seeds)
        except SeedError as error:
            fail_on_seeds(error, consequence="; nothing was read")
        raise


def _propose_all(files: list[Path], reference: Reference, register: Register, folder: Path, force: bool) -> Tally:
    from ingest.proposals import is_current, propose
    from ingest.reading import ReadingError

    tally = Tally()
    with console.status("") as status:
        for number, path in enumerate(files, start=1):
            status.update(f"{number} of {len(files)}: {escape(path.name)}")
            started = time.perf_counter()
            try:
                if not force and is_current(path, reference, folder, register):
                    tally.current += 1
                    continue
                proposal = propose(path, reference, folder, register)
            except ReadingError as error:
                tally.failed += 1
                errors.print(f"[red]✗[/] {escape(printable(str(error)))}")
            except OSError as error:
                if error.errno != errno.ENAMETOOLONG:  # whatever else it is, it fails for all of them
                    fail(BAD_INPUT, f"Stopped: {error.filename or folder} cannot be written.", [str(error)])
                tally.failed += 1
                errors.print(f"[red]✗[/] {escape(printable(f'{path}: {error.strerror} ({error.filename})'))}")
            else:
                _count(tally, proposal)
                _show_line(proposal, time.perf_counter() - started)
    return tally


def _count(tally: Tally, proposal: Proposal) -> None:
    tally.read += 1
    tally.claims += proposal.claim_count
    tally.waiting += proposal.open_count
    tally.not_understood += proposal.not_understood_count
    if proposal.is_revision:
        tally.revised.append(proposal.document_id)


def _show_line(proposal: Proposal, seconds: float) -> None:
    claims = f"{proposal.claim_count} claim{'' if proposal.claim_count == 1 else 's'}"
    told = [f"{proposal.open_count} to decide"] if 0 < proposal.open_count < proposal.claim_count else []
    if proposal.claim_count and not proposal.open_count:
        told.append("all decided")
    if proposal.not_understood_count:
        told.append(f"{proposal.not_understood_count} numbers not understood")
    if proposal.kept_count:
        told.append(f"{proposal.kept_count} changed by hand, kept")
    room = max(0, min(44, console.width - 64))
    line = f"{proposal.document_id:<40} {claims:>10}  {', '.join(told):<{room}}"
    console.print(f"[green]✓[/] {escape(line)} {seconds:5.2f} s")
    if proposal.is_revision:
        console.print(f"  [yellow]revised:[/] documents.csv knows {escape(proposal.file_name)} with another content")
    if proposal.earlier:
        console.print(f"  [yellow]decisions on its earlier content were put aside:[/] {escape(str(proposal.earlier))}")


def _show(tally: Tally, folder: Path, out: Path | None) -> None:
    parts = [f"{tally.read} document{'' if tally.read == 1 else 's'} read"]
    if tally.current:
        parts.append(f"{tally.current} unchanged since the last time")
    if tally.failed:
        parts.append(f"[red]{tally.failed} not readable[/]")
    console.print(", ".join(parts) + f"; proposals are in {escape(str(folder))}")
    if tally.read:
        console.print(
            f"{tally.claims} claims proposed, {tally.waiting} to decide; "
            f"{tally.not_understood} numbers not understood (see left-out/)."
        )
    option = f" --proposals {out}" if out else ""
    if tally.revised:
        console.print("Revised documents are mapped to their new text by the review.")
    if tally.read or tally.current:
        console.print(f"Go on with  bicentennial review{escape(option)}")
