"""`python -m bicentennial.bench_extract`: compare the finding of figures, and measure the extractor by itself.

Exit codes: 0 measured, 1 an extractor that is installed failed, 2 the documents are not there.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from bicentennial import settings
from bicentennial.bench_extract import own
from bicentennial.bench_extract.compare import (
    DocumentsMissingError,
    LabelledDocument,
    Row,
    compare,
    comparison_table,
    labelled_documents,
)
from bicentennial.bench_extract.extractors import EXTRACTORS, OURS, SPACY_MODEL
from ingest.extract import Reference

FAILED, BAD_INPUT = 1, 2


@click.command()
@click.option("--documents", type=click.Path(file_okay=False, path_type=Path), default=settings.documents,
              help="Folder with the texts of the registered documents; default BICENTENNIAL_DOCUMENTS.")  # fmt: skip
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Also write everything that was measured to this file.")  # fmt: skip
@click.option("--only", "names", type=click.Choice(list(EXTRACTORS)), multiple=True, help="Compare only these.")
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True,
              help="Times are the best of so many rounds.")  # fmt: skip
@click.option("--count", type=click.IntRange(min=10), default=own.DOCUMENTS, show_default=True,
              help="Generated documents for the measurement of memory.")  # fmt: skip
@click.option("--spacy-model", default=SPACY_MODEL, show_default=True, help="Name or folder of spaCy's model.")
def main(
    documents: Path | None, json_file: Path | None, names: Sequence[str], rounds: int, count: int, spacy_model: str
) -> None:
    """Measure the finding of figures against other extractors, on the registered documents.

    The others need the environment .venv-bench; without it only ours and a regular expression are measured.
    """
    if documents is None:
        _refuse("This needs the texts of the registered documents: --documents DIR, or BICENTENNIAL_DOCUMENTS.")
    try:
        labelled = labelled_documents(settings.seeds(), documents)
    except DocumentsMissingError as error:
        _refuse(f"This needs the text of every registered document:\n{error}")
    rows = compare(labelled, names or list(EXTRACTORS), rounds, spacy_model, lambda title: _progress(f"{title} …"))
    click.echo(_heading(labelled, rounds))
    click.echo(comparison_table(rows))
    measured: dict[str, object] = {"comparison": [_cells(row) for row in rows]}
    if not names or OURS in names:
        measured |= measure_ours(labelled, rounds, count)
    if json_file:
        json_file.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if any(row.failed for row in rows):
        sys.exit(FAILED)


def measure_ours(labelled: Sequence[LabelledDocument], rounds: int, count: int) -> dict[str, object]:
    """Measure and print what needs no other extractor; the same values for a file of JSON."""
    reference = Reference.load(settings.seeds())
    _progress("throughput and linearity …")
    longest = max(labelled, key=lambda document: len(document.text)).text
    with tempfile.TemporaryDirectory(prefix="bicentennial-bench-") as name:
        pace = own.throughput([document.path for document in labelled], reference, rounds)
        paces = own.linearity(longest, reference, Path(name), rounds)
        _progress(f"memory over {count:,} generated documents …")
        residences = own.memory(reference, Path(name), (count // 10, count // 2, count))
    click.echo(f"\nWhole path over the documents: {pace.size:,} bytes in {pace.seconds:.3f} s of processor time, "
               f"{pace.megabytes_per_second:.2f} MB/s")  # fmt: skip
    click.echo("\n| the longest document | bytes | seconds | MB/s |\n| --- | ---: | ---: | ---: |")
    for times, each in zip(own.TIMES, paces, strict=True):
        click.echo(f"| × {times} | {each.size:,} | {each.seconds:.3f} | {each.megabytes_per_second:.2f} |")
    click.echo(
        "\n| generated documents | bytes | seconds | MB/s | resident (MB) |\n| ---: | ---: | ---: | ---: | ---: |"
    )
    for at in residences:
        click.echo(f"| {at.documents:,} | {at.size:,} | {at.seconds:.1f} | {at.size / at.seconds / 1e6:.2f} "
                   f"| {at.resident_bytes / 1e6:.1f} |")  # fmt: skip
    return {"throughput": asdict(pace), "linearity": [asdict(each) for each in paces],
            "memory": [asdict(at) for at in residences]}  # fmt: skip


def _heading(labelled: Sequence[LabelledDocument], rounds: int) -> str:
    size = sum(len(document.text.encode()) for document in labelled)
    figures = sum(len(document.accepted) for document in labelled)
    return (f"{len(labelled)} documents, {size:,} bytes, {figures} accepted figures; processor time, best of {rounds} "
            "rounds, loading apart. Helped: without what is in page "
            "furniture or headings, or is a date, an ordinal or an age.\n")  # fmt: skip


def _cells(row: Row) -> dict[str, object]:
    ratios = {name: {"recall": found.recall, "precision": found.precision}
              for name, found in (("finding", row.finding), ("helped", row.helped)) if found}  # fmt: skip
    return asdict(row) | {name: asdict(getattr(row, name)) | cells for name, cells in ratios.items()}


def _progress(text: str) -> None:
    click.echo(text, err=True)


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(BAD_INPUT)


if __name__ == "__main__":
    main()
