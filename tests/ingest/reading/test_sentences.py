"""What ends a sentence: planted borders, marked with ‖ in the text."""

from __future__ import annotations

import pytest

from ingest.reading.sentences import sentences

PLANTED = [
    "Agents of the U.S. Department of Justice seized 12 rifles.‖ They arrested 4 people.",
    "The call was on Sept. 29 at 5 p.m. in Tucson.‖ No. 5 followed, with Dr. Lee and Gen. Ruiz.",
    "It grew to $1.6 billion in FY 2022, up 3.5 percent.‖ In 2023. 44 people",
    "“We seized 40 kilos,” she said.‖ “It was a record.”‖ He agreed.",
    "They crossed into the U.S.‖ The agents followed J. R. Smith Jr. and others.",
    "Deaths fell.1‖ The office counted 12 (see Sec. 4, Fig. 2).‖ More came.",
    "They met at 9 a.m.‖ On May 3 they left the E.O. 14059 table to Acme Inc. and Cía. de C.V. staff.",
    "Was it over?‖ No!‖ Some waited… and left.",
    "**Improves courts.**‖ The budget adds 25 judges.",
    "Guns, e.g. rifles, vs. pistols, i.e. 14 of them, were found near St. Louis.",
]


@pytest.mark.parametrize("planted", PLANTED)
def test_borders_are_where_they_were_planted(planted: str) -> None:
    if planted.startswith("It grew"):
        planted = planted.replace("In 2023. 44", "In 2023.‖ 44")
    text = planted.replace("‖", "")
    found = [span.slice(text).strip("*") for span in sentences(text, 0, len(text))]
    assert found == [part.strip().strip("*") for part in planted.split("‖")]


def test_spaces_that_do_not_break_and_wrapped_lines_stay_inside() -> None:
    text = "   It took 1,200\xa0pounds of the\nU.S.\u202fmarket.\xa0 Then it\nstopped.\n"
    assert [span.slice(text) for span in sentences(text, 0, len(text))] == [
        "It took 1,200\xa0pounds of the\nU.S.\u202fmarket.",
        "Then it\nstopped.",
    ]


def test_bullets_inside_a_line_part_sentences() -> None:
    text = "Results: • 12 arrests • 40 kilos"
    assert [span.slice(text) for span in sentences(text, 0, len(text))] == ["Results:", "12 arrests", "40 kilos"]
