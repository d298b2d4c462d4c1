"""Time grows with the length of a document and no faster, whatever stands in it; memory not with their number.

Ratios within one run on the processor's own time, so that a slow or a busy machine changes nothing.
"""

from __future__ import annotations

import gc
import time
import tracemalloc

import pytest

from ingest.extract import Reference, extract
from ingest.reading.model import TextDocument
from ingest.reading.text import read_text

PROSE = (
    "Since June 2021, the Drug Enforcement Administration (DEA) and its partners in Lima seized over 1,200 pounds of "
    "heroin, 47 kilograms of fentanyl and $2.5 million in cash, and arrested 31 people, including nine of the cell’s "
    "leaders. The officers met again in spring. A second team trained 220 prosecutors in evidence law.\n\n"
)
REPEATED = {
    "prose": PROSE,
    "one sentence without stops": PROSE.replace(".", ";").replace("\n", " "),
    "items of a list": "- 47 officers were trained in Lima\n",
    "numbers": "47 ",
    "numbers in groups": "1,234 567 ",
    "numbers in words": "one hundred ",
    "ranges": "47 to 50-",
    "years": "2021-2022 May 1, ",
    "names": "Drug Enforcement Administration (DEA) and ",
    "names of operations": "Operation Pale Moon of the ",
    "capital words": "Aaa Bbb ",
    "capitals joined": "A-",
    "acronyms": "Harbor Survey Board (HSB) ",
    "one word": "a",
    "spaces": " ",
    "blank lines": "\n",
    "commas": ",",
    "dashes": "–",
    "digits": "4",
    "stops": ". ",
    "quotes": "“",
    "parentheses": "(",
    "figures in parentheses": "((47) ",
    "bounds": "more than nearly ",
    "parts": "47 people, including 12 of these, ",
    "targets of links": "](",
    "addresses": "http://a.b ",
    "mail addresses": "a@",
    "tags": "<a ",
    "marks": "**_[",
}


def seconds(text: str, reference: Reference) -> float:
    started = time.process_time()
    blocks, metadata = read_text(text, is_markdown=True)
    extract(TextDocument("long.md", "0" * 64, text, blocks, metadata), reference)
    return time.process_time() - started


@pytest.mark.parametrize("name", REPEATED)
def test_eight_times_the_text_takes_about_eight_times_the_time(name: str, reference: Reference) -> None:
    """Quadratic time would take 64 times as long, in each of the three attempts that a busy machine may need."""
    unit = REPEATED[name]
    short, long = ("We met twice. " + unit * (size // len(unit)) for size in (8_000, 64_000))
    ratios = []
    for _ in range(3):
        ratios.append(seconds(long, reference) / max(seconds(short, reference), seconds(short, reference), 0.002))
        if ratios[-1] < 12:
            return
    pytest.fail(f"eight times the text took {', '.join(f'{ratio:.1f}' for ratio in ratios)} times the time")


def test_nothing_is_kept_of_a_document_that_was_read(reference: Reference) -> None:
    def documents(first: int, last: int) -> None:
        for number in range(first, last):
            seconds(PROSE.replace("47", str(number)).replace("Lima", f"Lima{number}"), reference)

    documents(1000, 1200)
    tracemalloc.start()
    try:
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        documents(1200, 1500)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 300 * 300  # bytes: less than 300 for each of the 300 documents
