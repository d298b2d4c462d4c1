"""PDF files of our own: paragraphs over lines and pages, parted words, headings by size, running heads, pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.reading import read_document
from ingest.reading.model import TextDocument

from .makers import Put, pdf_bytes, written


def around(number: int) -> Iterator[Put]:
    yield Put("Border Task Force Annual Report 2024", 760, size=9)
    yield Put(f"Page {number} of 3", 30, left=280, size=9)


PAGES = [
    [
        *around(1),
        Put("Task Force Reports Record Seizures", 700, size=20, bold=True),
        Put("Results by Area", 665, size=14, bold=True),
        Put("In fiscal year 2024 the task force opened 312 investigations, made 1,045 arrests and", 640),
        Put("seized 2,300 pounds of methamphetamine, 410 pounds of fentanyl and over $3.2 mil-", 626),
        Put("lion in illicit proceeds. Officers of the U.S. Border Patrol took part in non-", 612),
        Put("narcotics work in 14 counties.", 598),
        Put("Partners include:", 570),
        Put("• the Sheriff’s Office, which trained 75 deputies in the inspection of the many", 550, left=90),
        Put("vehicles at the port of entry; and", 536, left=102),
        Put("• the state police.", 520, left=90),
        Put("The programme continues with partner agencies from both countries and it will be", 490),
        Put("extended through September 30, 2025, with a further 40 officers who are now in", 476),
    ],
    [
        *around(2),
        Put("training at the regional academy.", 700),
        Put("Training", 660, size=14, bold=True),
        Put("A total of 96 prosecutors were trained.", 640),
    ],
    [*around(3), Put("Contact: press@taskforce.example", 700), Put("A short last page of the report.", 680)],
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> TextDocument:
    return read_document(written(tmp_path_factory.mktemp("pdf"), "report.pdf", pdf_bytes(PAGES)))


def test_paragraphs_go_over_lines_and_pages(report: TextDocument) -> None:
    content = [(b.kind, b.span.slice(report.text)) for b in report.blocks if b.kind != "furniture"]
    assert [kind for kind, _ in content] == (
        "heading heading paragraph paragraph list_item list_item paragraph heading paragraph paragraph".split()
    )
    assert content[2][1].endswith("$3.2 million in illicit proceeds. Officers of the U.S. Border Patrol took part in "
                                  "non-narcotics work in 14 counties.")  # fmt: skip
    assert content[6][1].endswith("40 officers who are now in training at the regional academy.")


def test_headings_by_size_nest(report: TextDocument) -> None:
    (block,) = [b for b in report.blocks if "96 prosecutors" in b.span.slice(report.text)]
    assert block.headings == ("Task Force Reports Record Seizures", "Training")


def test_running_heads_and_page_numbers_are_furniture(report: TextDocument) -> None:
    reasons = [b.reason for b in report.blocks if b.kind == "furniture"]
    assert reasons.count("running head") == 3 and reasons.count("counter or page number") == 3


def test_every_place_has_its_page(report: TextDocument) -> None:
    def page_of(words: str) -> int:
        at = report.text.index(words)
        return [page for start, page in report.origins if start <= at][-1]

    assert [page_of(words) for words in ("312", "40 officers", "regional academy", "96 prosecutors", "short last")] == [
        1,
        1,
        2,
        2,
        3,
    ]
