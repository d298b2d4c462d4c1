"""Words of official statistics: each has the member of its kind, and no other."""

from __future__ import annotations

import pytest

from ingest.check import SeedError, read_seeds

from ..support import SeedFolder

WORD = {"term_kind": "category", "term": "SMACK", "term_id": "heroin", "commodity_id": "heroin", "unit_id": "lb"}


def problems(seeds: SeedFolder, **cells: str) -> list[str]:
    seeds.append("official_terms", **WORD | cells)
    with pytest.raises(SeedError) as caught:
        read_seeds(seeds.path)
    return [str(problem) for problem in caught.value.problems]


def test_a_word_for_a_commodity_that_there_is_is_read(seeds_copy: SeedFolder) -> None:
    seeds_copy.append("official_terms", **WORD)
    assert "SMACK" in {row["term"] for row in read_seeds(seeds_copy.path)["official_terms"].rows.values()}


@pytest.mark.parametrize(
    ("cells", "column", "remedy"),
    [
        ({"term_id": "smack"}, "term_id", "the key of a category is its commodity: write heroin"),
        ({"unit_id": ""}, "unit_id", "a category has commodity_id and unit_id"),
        ({"agency_id": "cbp"}, "agency_id", "a category has commodity_id and unit_id"),
        ({"term_kind": "region", "unit_id": "", "commodity_id": ""}, "place_id", "a region has place_id"),
        ({"term_kind": "direction", "unit_id": ""}, "commodity_id", "a direction has none"),
        ({"term": "Smack"}, "term", "not of the right form"),
    ],
    ids=["other key", "no unit", "an agency", "region without place", "direction with commodity", "small letters"],
)
def test_a_word_that_means_two_things_or_none_is_refused(
    seeds_copy: SeedFolder, cells: dict[str, str], column: str, remedy: str
) -> None:
    (problem,) = problems(seeds_copy, **cells)
    assert "official_terms.csv, row" in problem
    assert f"column {column}" in problem
    assert remedy in problem
