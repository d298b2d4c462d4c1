"""`bicentennial evaluate`: hold what extraction proposes against what people accepted, and list the differences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, CHECK_FAILED, console, errors, fail

if TYPE_CHECKING:
    from ingest.evaluate import AcceptedDocument, Evaluation, Score
    from ingest.extract import Extraction

NAMES = {
    "recall": "figures found", "precision": "figures right", "value": "value", "unit": "unit",
    "qualifier": "qualifier", "claim_type": "claim type", "what": "commodity or subject", "operation": "operation",
    "lead": "lead agency", "period": "period", "subset_recall": "parts found", "subset_precision": "parts right",
}  # fmt: skip
DOCUMENTS_A_TABLE = 6


@click.command()
@click.option("--documents", type=click.Path(exists=True, file_okay=False, path_type=Path), default=settings.documents,
              help="Folder with the texts; default BICENTENNIAL_DOCUMENTS.")  # fmt: skip
@click.option("--claims", type=click.Path(exists=True, file_okay=False, path_type=Path), default=settings.seeds,
              help="Folder with the accepted claims, in the form of the seed tables; default seeds/.")  # fmt: skip
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--differences/--no-differences", default=True, show_default=True,
              help="List every figure and attribute that differs.")  # fmt: skip
@click.option("--check", is_flag=True, help="End with 1 where an overall figure is below its target.")
def evaluate(documents: Path | None, claims: Path, output_format: str, differences: bool, check: bool) -> None:
    """Compare extraction with accepted claims: figures found and right, and each attribute, by document.

    Every document whose text is in the folder, and of which a figure was accepted or rejected, is read anew and
    compared; nothing is written.

    \b
    Examples:
      bicentennial evaluate --documents texts/
      bicentennial evaluate --documents texts/ --claims labelled/ --format json > evaluation.json
    """
    from ingest.evaluate import TARGETS, accepted_claims
    from ingest.evaluate import evaluate as compare

    if documents is None:
        raise click.UsageError("name the folder with the texts: --documents DIR, or BICENTENNIAL_DOCUMENTS")
    try:
        accepted = accepted_claims(claims)
    except FileNotFoundError as error:
        fail(BAD_INPUT, f"{error.filename} is missing: the claims are CSV files as those in seeds/.")
    except (KeyError, ValueError, ArithmeticError) as error:
        fail(BAD_INPUT, f"The claims in {claims} are not of the form of the seed tables ({error!r}).")
    there = [document for document in accepted if (documents / document.file_name).is_file()]
    present = [document for document in there if document.is_decided]
    absent = [document.document_id for document in accepted if document not in there]
    undecided = [document.document_id for document in there if not document.is_decided]
    if there and not present:
        fail(BAD_INPUT, f"Nobody has decided a figure of {', '.join(undecided)} yet: review before you compare.")
    if not present:
        fail(BAD_INPUT, f"{documents} holds none of the {len(accepted)} documents of {claims / 'documents.csv'}.")
    evaluation = compare(present, _extractions(present, documents))
    below = [
        name for name, target in TARGETS.items() if (evaluation.overall.ratios()[name] or 0) < target
        and evaluation.overall.ratios()[name] is not None
    ]  # fmt: skip
    if output_format == "json":
        click.echo(
            json.dumps(_as_json(evaluation, absent, undecided, below, differences), ensure_ascii=False, indent=1)
        )
    else:
        _show(evaluation, absent, below, differences)
        if undecided:
            errors.print(f"[yellow]no figure decided yet, and not compared:[/] {escape(', '.join(undecided))}")
    if check and below:
        fail(CHECK_FAILED, f"Below its target: {', '.join(NAMES[name] for name in below)}")


def _extractions(present: list[AcceptedDocument], documents: Path) -> Iterator[Extraction]:
    """Each document, read and extracted, under the id that the claims give it."""

    from ingest.extract import Reference, extract
    from ingest.reading import ReadingError, read_document

    try:
        reference = Reference.load(settings.seeds())
    except FileNotFoundError as error:
        fail(BAD_INPUT, f"{error.filename} is missing; restore it.")
    for document in present:
        try:
            found = extract(read_document(documents / document.file_name), reference)
        except ReadingError as error:
            fail(BAD_INPUT, "A document cannot be read:", [str(error)])
        yield replace(found, document_id=document.document_id)


def _as_json(
    evaluation: Evaluation, absent: list[str], undecided: list[str], below: list[str], with_differences: bool
) -> dict[str, object]:
    from ingest.evaluate import TARGETS

    def score(found: Score) -> dict[str, object]:
        counts = {name: value for name, value in asdict(found).items() if name != "right"}
        return counts | {"ratios": found.ratios()}

    report: dict[str, object] = {
        "overall": score(evaluation.overall),
        "targets": TARGETS,
        "below_target": below,
        "documents": {key: score(found) for key, found in evaluation.documents.items()},
        "documents_not_in_the_folder": absent,
        "documents_without_a_decision": undecided,
    }
    return report | ({"differences": [asdict(d) for d in evaluation.differences]} if with_differences else {})


def _show(evaluation: Evaluation, absent: list[str], below: list[str], with_differences: bool) -> None:
    keys = list(evaluation.documents)
    for start in range(0, len(keys), DOCUMENTS_A_TABLE):
        numbered = dict(enumerate(keys[start : start + DOCUMENTS_A_TABLE], start=start + 1))
        console.print(_table(evaluation, numbered, below))
    for number, key in enumerate(keys, start=1):
        console.print(f"{number:>4}  {escape(key)}")
    if absent:
        errors.print(f"[yellow]not in the folder, and not compared:[/] {escape(', '.join(absent))}")
    if not evaluation.differences:
        console.print("No difference.")
    elif with_differences:
        for found in evaluation.differences:
            place = f"{found.document_id}:{found.start}"
            told = f"{found.expected or '–'} → {found.found or '–'}" + (f"  ({found.reason})" if found.reason else "")
            console.print(f"{escape(place)}  “{escape(found.verbatim)}”  [bold]{found.attribute}[/]  {escape(told)}")
        console.print(f"{len(evaluation.differences)} differences: accepted → proposed (rule)")


def _table(evaluation: Evaluation, numbered: Mapping[int, str], below: list[str]) -> Table:
    """Ratios over all documents and of some, whose columns are numbered: their ids are too long for a terminal."""
    from ingest.evaluate import TARGETS

    overall = evaluation.overall
    table = Table(box=SIMPLE_HEAD, header_style="bold")
    table.add_column("", no_wrap=True)
    table.add_column("target", justify="right", no_wrap=True)
    table.add_column("all", justify="right", no_wrap=True)
    for number in numbered:
        table.add_column(str(number), justify="right", no_wrap=True)
    scores = [overall, *(evaluation.documents[key] for key in numbered.values())]
    for name in ("accepted", "proposed", "matched"):
        counts = [str(getattr(score, name)) for score in scores]
        table.add_row(f"{name} figures", "", *counts, end_section=name == "matched")
    for name, title in NAMES.items():
        ratios = ["–" if (ratio := score.ratios()[name]) is None else f"{ratio:.3f}" for score in scores]
        ratios[0] = f"[red]{ratios[0]} ![/]" if name in below else ratios[0]
        table.add_row(title, f"{TARGETS[name]:.2f}", *ratios)
    return table
