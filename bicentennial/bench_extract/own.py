"""The extractor by itself: bytes a second over the documents, time against length, memory against number of documents.

Nothing of other extractors is needed here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bicentennial.bench_extract.worker import resident_bytes
from ingest.extract import Reference, extract
from ingest.proposals import propose
from ingest.reading import read_document

TIMES = (1, 4, 16)
DOCUMENTS = 10_000


@dataclass(frozen=True)
class Pace:
    """A text of so many UTF-8 bytes, read and extracted in so many processor seconds, the best of some rounds."""

    size: int
    seconds: float

    @property
    def megabytes_per_second(self) -> float:
        return self.size / self.seconds / 1e6


@dataclass(frozen=True)
class Residence:
    """The resident set after so many documents in one process, and the processor seconds they took, generation aside.

    `size` are the UTF-8 bytes of all documents so far.
    """

    documents: int
    size: int
    seconds: float
    resident_bytes: int


def throughput(files: Sequence[Path], reference: Reference, rounds: int) -> Pace:
    """The whole path over all files: each is read, and every attribute of its claims proposed."""
    return Pace(sum(path.stat().st_size for path in files), _best(files, reference, rounds))


def linearity(text: str, reference: Reference, folder: Path, rounds: int) -> list[Pace]:
    """The same text once, 4 times and 16 times in one document, which is written to `folder`."""
    paces = []
    for times in TIMES:
        path = folder / f"times-{times}.txt"
        path.write_text("\n\n".join([text] * times), encoding="utf-8", newline="")
        paces.append(throughput([path], reference, rounds))
    return paces


def memory(reference: Reference, folder: Path, counts: Sequence[int]) -> list[Residence]:
    """Extract generated documents one by one by the function of `bicentennial extract`; look at `counts`.

    Each document has its own numbers and names, so that whatever is kept for one shows as growth. The documents do
    not stay in `folder`, their proposals do.
    """
    found: list[Residence] = []
    seconds, size = 0.0, 0
    for number, path in enumerate(generated_documents(folder, max(counts)), start=1):
        size += path.stat().st_size
        started = time.process_time()
        propose(path, reference, folder / "proposals")
        seconds += time.process_time() - started
        path.unlink()
        if number in counts:
            found.append(Residence(number, size, seconds, resident_bytes()))
    return found


def generated_documents(folder: Path, count: int) -> Iterator[Path]:
    """Write documents to `folder`, each as it is asked for: of ten eight are text, one Markdown, one HTML."""
    chance = random.Random(1821)
    for number in range(count):
        title, paragraphs = _content(number, chance)
        kind = {8: "md", 9: "html"}.get(number % 10, "txt")
        if kind == "html":
            body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
            text = (f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>\n{body}</article>"
                    "</body></html>\n")  # fmt: skip
        else:
            heading = f"# {title}" if kind == "md" else title
            text = "\n\n".join([heading, *paragraphs]) + "\n"
        path = folder / f"generated-{number:05}.{kind}"
        path.write_text(text, encoding="utf-8")
        yield path


_FIRST = "Amber Basalt Cedar Drifting Ember Falcon Granite Hollow Iron Juniper Lantern Maple Northern Quiet".split()
_SECOND = "Anchor Bridge Canyon Dawn Eagle Harbor Lagoon Meadow Needle Orchard Ridge Sparrow Tide Valley".split()
_PORTS = "Sampleton Port Example Nowhere Crossing Millbrook Eastgate Westgate".split()
_SENTENCES = (
    "Since its launch in {year}, Operation {name} has led to {n} arrests and the seizure of more than {big} pounds of "
    "cocaine, {few} firearms and ${money} million in currency.",
    "In FY {year}, DEA and HSI carried out {n} investigations near {port}, {few} of them with officers of the port.",
    "State INL trained nearly {n} officers in {year}, including {few} instructors, and donated {few} scanners.",
    "Officers at {port} took {big} rounds of ammunition and {big} fentanyl pills from two trucks on May {day}, {year}.",
    "Of the {n} people who were charged, {few} pleaded guilty and one was sentenced to {day} months in prison.",
    "Traces of recovered firearms rose by {day} percent, from {n} to {big}, after the unit in {port} opened.",
)
_PROSE = (
    "The task group “{name} {id}” reviews cases that stay open for longer than expected, and reports every quarter.",
    "Both governments reaffirmed that public health and public safety go together, and that neither can act alone.",
    "The officers of {port} work with prosecutors, laboratories and the customs service of the neighbouring district.",
    "“What we see in {port} is the result of patient work,” said a spokesman of Operation {name} after the meeting.",
    "Participants agreed to share lessons with communities that want to build programmes of prevention of their own.",
    "The next meeting of the working group on {name} will look at firearms, at the chemicals that drugs are made of, "
    "and at the routes by which money returns.",
)
SHARE_OF_PROSE = 0.85
"""Of sentences; it makes a figure about every 200 bytes, as in a dense fact sheet."""


def _content(number: int, chance: random.Random) -> tuple[str, list[str]]:
    """A title and paragraphs that no other document has: `id` makes the names unlike any other's."""
    name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"

    def sentence() -> str:
        return chance.choice(_PROSE if chance.random() < SHARE_OF_PROSE else _SENTENCES).format(
            name=f"{name} {_FIRST[number % 14]}", port=chance.choice(_PORTS), year=chance.randint(2008, 2025),
            id=number, n=chance.randint(10, 990), few=chance.randint(2, 9), big=f"{chance.randint(1000, 99999):,}",
            money=f"{chance.uniform(1, 90):.1f}", day=chance.randint(1, 28),
        )  # fmt: skip

    paragraphs = [" ".join(sentence() for _ in range(chance.randint(2, 6))) for _ in range(chance.randint(3, 7))]
    return f"Note {number} on Operation {name}", paragraphs


def _best(files: Sequence[Path], reference: Reference, rounds: int) -> float:
    seconds = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for path in files:
            extract(read_document(path), reference)
        seconds = min(seconds, time.process_time() - started)
    return seconds
