"""How a figure stands to its whole: what the types say, and what a person may write."""

from __future__ import annotations

import pytest

from ingest.ties import TieError, default_relation, read_tie


@pytest.mark.parametrize(
    ("part", "whole", "relation"),
    [
        ("conviction", "arrest", "stage_of"),
        ("sentence", "conviction", "stage_of"),
        ("charge", "removal", "subset_of"),
        ("arrest", "arrest", "subset_of"),
        ("funding", "arrest", "subset_of"),
        (None, "arrest", "subset_of"),
    ],
)
def test_a_later_outcome_of_a_case_is_a_stage(part: str | None, whole: str, relation: str) -> None:
    assert default_relation(part, whole) == relation


def test_the_cell_is_read_with_basis_and_note() -> None:
    assert read_tie("") == {"relation": "subset_of", "basis": "stated", "note": ""}
    assert read_tie("same_event")["relation"] == "same_event"
    assert read_tie("may_overlap:inferred: Told of one night: both.") == {
        "relation": "may_overlap", "basis": "inferred", "note": "Told of one night: both.",
    }  # fmt: skip


@pytest.mark.parametrize("cell", ["inside", "stage_of:guessed", "stage_of:inferred", ":stated"])
def test_another_form_is_refused(cell: str) -> None:
    with pytest.raises(TieError):
        read_tie(cell)
