"""All extractors over the registered documents, held against the accepted figures, in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bicentennial.bench_extract.extractors import EXTRACTORS, NO_FIGURE, OURS, NotInstalledError, Spans
from bicentennial.bench_extract.matching import Finding, Interval, match, outside, within
from bicentennial.bench_extract.worker import Measured, WorkerError, run
from bicentennial.settings import PROJECT
from ingest.evaluate import accepted_claims
from ingest.reading import read_document

BENCH_PYTHON = PROJECT / ".venv-bench" / "bin" / "python"
"""The environment of the other extractors; `make bench-extract` makes it."""


class DocumentsMissingError(Exception):
    """Registered documents whose text is not in the folder, or is another text than the one that was registered."""


@dataclass(frozen=True)
class LabelledDocument:
    """A registered document with its accepted figures.

    `content` are the blocks that are neither furniture nor headings, `noise` what is no prose inside them, both as our
    reader tells them; `not_figures` are dates, clock times, ordinals and ages.
    """

    path: Path
    text: str
    accepted: tuple[Interval, ...]
    content: tuple[Interval, ...]
    noise: tuple[Interval, ...]
    not_figures: tuple[Interval, ...]

    def finding(self, spans: Spans) -> Finding:
        """What an extractor found, as it is."""
        return match(self.text, self.accepted, spans)

    def helped_finding(self, spans: Spans) -> Finding:
        """The same without what lies in furniture, headings or noise, or touches a date, an ordinal or an age."""
        return match(self.text, self.accepted, outside(within(spans, self.content), [*self.noise, *self.not_figures]))


@dataclass(frozen=True)
class Row:
    """One extractor's line of the comparison; `missing` says why it could not be measured, and the rest is None."""

    name: str
    title: str
    version: str = ""
    finding: Finding | None = None
    helped: Finding | None = None
    megabytes_per_second: float | None = None
    load_seconds: float | None = None
    peak_bytes: int | None = None
    missing: str = ""
    failed: bool = False


def labelled_documents(seeds: Path, folder: Path) -> list[LabelledDocument]:
    """The registered documents with their accepted figures.

    Raises:
        DocumentsMissingError: when a text is missing or is not the registered one.
    """
    documents, problems = [], []
    for registered in accepted_claims(seeds):
        path = folder / registered.file_name
        if not path.is_file():
            problems.append(f"{path} is not there ({registered.document_id})")
            continue
        text = path.read_bytes().decode("utf-8")
        wrong = next((claim for claim in registered.claims if text[claim.start : claim.end] != claim.verbatim), None)
        if wrong:
            problems.append(f"{path} is another text: “{wrong.verbatim}” does not stand at character {wrong.start}")
            continue
        blocks = [block for block in read_document(path).blocks if block.kind not in ("furniture", "heading")]
        documents.append(
            LabelledDocument(
                path, text, tuple((claim.start, claim.end) for claim in registered.claims),
                tuple((block.span.start, block.span.end) for block in blocks),
                tuple((span.start, span.end) for block in blocks for span in block.noise),
                tuple(found.span() for found in NO_FIGURE.finditer(text)),
            )
        )  # fmt: skip
    if problems:
        raise DocumentsMissingError("\n".join(problems))
    return documents


def compare(
    documents: Sequence[LabelledDocument],
    names: Sequence[str],
    rounds: int,
    spacy_model: str,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Row]:
    """Measure the named extractors one after another, each in a process of its own. `tell` hears what comes next."""
    size = sum(len(document.text.encode()) for document in documents)
    rows = []
    for name in names:
        title = EXTRACTORS[name].title
        tell(title)
        try:
            measured = _measure(name, documents, rounds, spacy_model)
        except NotInstalledError as error:
            rows.append(Row(name, title, missing=str(error)))
            continue
        except WorkerError as error:
            rows.append(Row(name, title, missing=str(error), failed=True))
            continue
        spans = measured.spans
        rows.append(
            Row(
                name, title, measured.version,
                sum((d.finding(spans[d.path.name]) for d in documents), Finding(0, 0, 0)),
                sum((d.helped_finding(spans[d.path.name]) for d in documents), Finding(0, 0, 0)),
                size / measured.seconds / 1e6, measured.load_seconds, measured.peak_bytes,
            )
        )  # fmt: skip
    return rows


def _measure(name: str, documents: Sequence[LabelledDocument], rounds: int, spacy_model: str) -> Measured:
    """What needs nothing but Python runs in this environment, the others in theirs."""
    interpreter = BENCH_PYTHON if EXTRACTORS[name].package else Path(sys.executable)
    if not interpreter.exists():
        raise NotInstalledError("the environment .venv-bench is not there: make bench-extract")
    return run(interpreter, name, [document.path for document in documents], rounds, spacy_model)


def comparison_table(rows: Sequence[Row]) -> str:
    """The comparison as a Markdown table, and below it why an extractor is not in it."""
    ours = next((row.megabytes_per_second for row in rows if row.name == OURS), None)
    lines = [
        "| extractor | recall | precision | helped: recall | precision | MB/s | times ours | load (s) | peak (MB) |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        title = f"{row.title} {row.version}".strip()
        if row.finding is None or row.helped is None or row.megabytes_per_second is None:
            lines.append(f"| {title} | | | | | | | | |")
            continue
        ratio = f"{row.megabytes_per_second / ours:#.3g}" if ours else ""
        cells = (f"{row.finding.recall:.3f}", f"{row.finding.precision:.3f}", f"{row.helped.recall:.3f}",
                 f"{row.helped.precision:.3f}", f"{row.megabytes_per_second:#.3g}", ratio,
                 f"{row.load_seconds:.2f}", f"{(row.peak_bytes or 0) / 1e6:.0f}")  # fmt: skip
        lines.append(f"| {title} | {' | '.join(cells)} |")
    lines += [f"\nNot measured: {row.title}: {row.missing}" for row in rows if row.missing]
    return "\n".join(lines)
