"""Text and Markdown: blocks, headings, lists, furniture and metadata of documents of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading import read_document
from ingest.reading.model import Block, TextDocument

from .makers import written

MIRROR = """72 F
Springfield
Monday, January 8, 2024
HomeNewsRegional Task Force Reports First Results

Regional Task Force Reports First Results

On May 3, the task force met partners in Nogales, Arizona to review what was done since the last meeting of the group.

Since the last meeting, partners made progress:


Training

  • The Office trained 44 officers from 3 states. A further 12 took the advanced course.
  • The Academy certified 9 analysts.

Firearms

  • Operation Dry Creek led to 14 arrests and the seizure of 1,200 rounds.


At the May 3, 2023 meeting, the partners agreed to meet again, and to share data on 5 routes between them.

Official news published at https://www.state.gov/regional-task-force-reports/

buy shoesbuy shoes

Latest stories

cheap hotels
"""
SHEET = """---
date: '2022-02-04'
title: "FACT SHEET: Border\\_Work and\\
  \\ Results"
source_url: https://www.dhs.gov/news/2022/02/04/border-work
---
\x20
*February 2022*

Agents of the Department took part in 12 operations this year, and the
United States and partners trained people in [three
states](https://a.example/2022/3), as the following shows.

**<u>GOAL 1: PROTECT</u>**

-   **Public Health –** The bureau gave $4 million to
    14 clinics, including:
    -   2 in Sonora; and
    -   12 elsewhere.

<!-- -->

-   **Courts:** 25 judges.

**<u>GOAL 2: PURSUE</u>** **–** The partners seek 3 things.

1.  One thing and
2.  another thing.

**Italy and Ghana** will lead 2 projects.

### Next steps

More will follow in 2023.

\\###
"""


def read(folder: Path, name: str, text: str) -> TextDocument:
    return read_document(written(folder, name, text))


def content(document: TextDocument) -> list[tuple[str, str]]:
    text = document.text
    return [(b.kind, b.span.slice(text)) for b in document.blocks if b.kind != "furniture"]


def values(document: TextDocument, name: str) -> list[str]:
    return [evidence.value for evidence in document.metadata if evidence.name == name]


def holding(document: TextDocument, words: str) -> Block:
    (block,) = [b for b in document.blocks if words in b.span.slice(document.text)]
    return block


def test_a_mirror_keeps_its_content_only(tmp_path: Path) -> None:
    document = read(tmp_path, "mirror.txt", MIRROR)
    kinds = [kind for kind, _ in content(document)]
    assert kinds == "heading paragraph paragraph heading list_item list_item heading list_item paragraph".split()
    reasons = {b.span.slice(document.text): b.reason for b in document.blocks if b.kind == "furniture"}
    assert reasons["72 F"] == "weather" and reasons["Springfield"] == "masthead"
    assert reasons["buy shoesbuy shoes"] == "doubled link" and reasons["cheap hotels"] == "end of page"
    assert holding(document, "12 took").headings == ("Training",)
    assert [s.slice(document.text) for s in holding(document, "12 took").sentences][1].startswith("A further")
    assert holding(document, "5 routes").headings == (), "a wide gap behind a list ends its heading"


def test_a_mirror_gives_the_originals_address_and_never_its_own_date(tmp_path: Path) -> None:
    document = read(tmp_path, "mirror.txt", MIRROR)
    assert values(document, "title") == ["Regional Task Force Reports First Results"]
    assert values(document, "mirror_of_url") == ["https://www.state.gov/regional-task-force-reports/"]
    assert values(document, "publisher") == ["U.S. Department of State"]
    assert values(document, "published_on") == []
    assert values(document, "event_on") == ["2023-05-03"]


def test_markdown_of_a_fact_sheet(tmp_path: Path) -> None:
    document = read(tmp_path, "sheet.md", SHEET)
    text = document.text
    assert text == SHEET
    nested = holding(document, "2 in Sonora")
    assert nested.kind == "list_item" and nested.level == 1
    assert nested.headings == ("GOAL 1: PROTECT",)
    assert nested.opening is not None and nested.opening.slice(text).endswith("including:")
    courts = holding(document, "25 judges")
    assert courts.label is not None and courts.label.slice(text) == "Courts"
    assert holding(document, "another thing").headings == ("GOAL 2: PURSUE",)
    assert holding(document, "another thing").span.slice(text) == "2.  another thing."
    assert holding(document, "Italy").label is None, "bold for weight is no label"
    assert holding(document, "More will").headings == ("Next steps",)
    wrapped = holding(document, "12 operations")
    assert wrapped.span.slice(text).endswith("following shows.")
    assert any("https://a.example/2022/3" in place.slice(text) for place in wrapped.noise)


def test_front_matter_is_metadata_with_its_place(tmp_path: Path) -> None:
    document = read(tmp_path, "sheet.md", SHEET)
    assert values(document, "title") == ["FACT SHEET: Border Work and Results"]
    assert values(document, "published_on")[0] == "2022-02-04"
    assert values(document, "publisher") == ["U.S. Department of Homeland Security"]
    assert values(document, "document_kind")[0] == "fact_sheet"
    assert values(document, "language") == ["en"]
    (date,) = [e for e in document.metadata if e.name == "published_on" and e.rule.startswith("front matter")]
    assert date.span is not None and date.span.slice(document.text) == "'2022-02-04'"


def test_a_release_of_a_prosecutor(tmp_path: Path) -> None:
    text = (
        "U.S. Attorney’s Office\nDistrict of Somewhere\nFOR IMMEDIATE RELEASE\nFriday, March 1, 2024\n\n"
        "Twelve Charged in Firearms Case\n\nTUCSON, Ariz. – A grand jury charged 12 people on Wednesday with "
        "smuggling 40 rifles into Mexico.\n\nContact: press@office.example\n555-123-4567\n\n# # #\n"
    )
    document = read(tmp_path, "release.txt", text)
    assert values(document, "published_on") == ["2024-03-01"]
    assert "press_release" in values(document, "document_kind")
    assert values(document, "event_on") == [], "a weekday is no date"
    assert [kind for kind, _ in content(document)][-2:] == ["heading", "paragraph"]


def test_a_transcript_keeps_its_speakers(tmp_path: Path) -> None:
    lines = ["MODERATOR: Welcome to all.", "SENIOR OFFICIAL: We made 40 arrests.", "Q Thank you. How many?"]
    document = read(tmp_path, "call.txt", "\n\n".join(lines))
    labels = [block.label.slice(document.text) for block in document.blocks if block.label]
    assert labels == ["MODERATOR", "SENIOR OFFICIAL"]


def test_a_post_is_a_quote_and_its_signature_a_date(tmp_path: Path) -> None:
    text = (
        "The two sides met.\nWe seized 12 boats. pic.twitter.com/AbC12\n— The Chief (@chief) June 8, 2021\nMore came.\n"
    )
    document = read(tmp_path, "post.txt", text)
    assert [b.kind for b in document.blocks] == ["paragraph", "quote", "furniture", "paragraph"]
    assert values(document, "event_on") == ["2021-06-08"]
    assert [place.slice(text) for place in document.blocks[1].noise] == ["pic.twitter.com/AbC12"]


FURNITURE = [
    "Sponsor: Acme",
    "Share on Facebook",
    "Facebook | Twitter | Email",
    "12 comments",
    "Leave a comment",
    "Sign up for our 5 newsletters",
    "CLICK HERE TO READ 10 MORE FACTS",
    "© 2024 Example. All rights reserved.",
    "Skip to content",
    "Here's how you know",
    "-30-",
    "An official website of the United States government",
    "Photo: Jane Roe/Getty Images",
    "By Ana Ruiz",
    "Page 3 of 12",
    "5 min read",
    "Updated 5:45 PM PT – Friday, October 8, 2021",
    "https://www.example.org/a/2021/10",
    "950 Pennsylvania Avenue, NW",
    "202-555-0100",
    "Washington, DC 20530",
    "Related Stories",
    "Advertisement",
    "Home > News > Border",
    "10:32 a.m.",
    "Jun 3, 2025 |",
]
CONTENT = [
    "Share information on 12 routes with partners.",
    "By Training 500 Officers",
    "More in 2023: 40 arrests",
    "35 firearms",
    "Home invasions fell by 12 percent.",
    "Back pay of $3 million",
    "Help for 40 families",
    "May 2023: 12 arrests",
    "12 arrests",
    "Print shops were searched in 3 cities.",
    "Agents seized 12 rifles (AP-47 type).",
    "Photographs of 12 suspects were shown.",
    "Contact with 40 agencies was made.",
    "Search warrants: 12",
    "Operation Blue Sky",
    "Comments were received from 12 states.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_lines_around_the_content(tmp_path: Path, line: str) -> None:
    document = read(
        tmp_path, "a.txt", f"The agents seized 12 rifles in May.\n\n{line}\n\nThey made 3 arrests as well.\n"
    )
    assert [b.kind for b in document.blocks] == ["paragraph", "furniture", "paragraph"]


@pytest.mark.parametrize("line", CONTENT)
def test_lines_in_doubt_are_content(tmp_path: Path, line: str) -> None:
    document = read(
        tmp_path, "a.txt", f"The agents seized 12 rifles in May.\n\n{line}\n\nThey made 3 arrests as well.\n"
    )
    assert all(b.kind != "furniture" for b in document.blocks)


def test_long_front_matter_and_long_paragraphs_below_headings_in_line(tmp_path: Path) -> None:
    long = "The partners seized 12 boats and more. " * 60
    text = f"---\ntitle: A\nsummary: {long}\n---\n\n**<u>GOAL 2: PURSUE</u>** {long}\n\n- item 3\n"
    document = read(tmp_path, "long.md", text)
    assert [b.kind for b in document.blocks] == ["furniture", "heading", "paragraph", "list_item"]
    assert document.blocks[-1].headings == ("GOAL 2: PURSUE",)
