"""Disagreements: an empty page says what was looked for; a full one has both sides, and running totals their flow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..support import Built
from .conftest import Server, running
from .pages import get, other_release

PART, WHOLE = "hlsd-fact-sheet-2023:12595", "hlsd-fact-sheet-2023:12580"
LATER, EARLIER = "hlsd-fact-sheet-2023:8881", "hlsd-fact-sheet-2023:8588"

PAIR = """
insert into claim_disagreements by name
select
    ones.claim_id, others.claim_id as related_claim_id, '{kind}' as kind, ones.claim_type,
    others.claim_type as related_claim_type, ones.document_id, others.document_id as related_document_id,
    ones.verbatim, others.verbatim as related_verbatim, ones.qualifier, others.qualifier as related_qualifier,
    ones.value, others.value as related_value, ones.unit_id, others.unit_id as related_unit_id,
    ones.canonical_value, others.canonical_value as related_canonical_value,
    ones.canonical_low, others.canonical_low as related_canonical_low,
    ones.canonical_high, others.canonical_high as related_canonical_high,
    ones.canonical_unit_id, others.canonical_unit_id as related_canonical_unit_id,
    'One is not the other: {kind}.' as explanation
from fct_claims as ones, fct_claims as others
where ones.claim_id = '{one}' and others.claim_id = '{other}'
"""

POINT = """
insert into claim_series by name
select
    'dhs/arrests' as series_id, {number} as point_number, claim_id, document_id, 'point' as point_role, claim_type,
    subject_id, lead_agency_id, operation_id, 'since_date' as period_basis, date '2023-01-01' as period_start,
    date '{as_of}' as as_of, 1 as cut_off_claim_count, as_stated, canonical_value, canonical_low, canonical_high,
    is_low_inclusive, is_high_inclusive, canonical_unit_id, {previous} as previous_claim_id,
    if({previous} is null, null, 90) as days_since_previous, {low} as flow_low, {low} as flow_high,
    {low} is not null as is_flow_low_inclusive, {low} is not null as is_flow_high_inclusive,
    {falls} as is_fall, false as is_jump, 'A step.' as explanation
from fct_claims where claim_id = '{claim}'
"""


@pytest.fixture(scope="module")
def full(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The project's release with disagreements put in, and a running total told at two days."""
    home, _ = other_release(
        built, tmp_path_factory.mktemp("full"),
        PAIR.format(kind="part_exceeds_whole", one=PART, other=WHOLE),
        PAIR.format(kind="interval_conflict", one="hlsd-fact-sheet-2023:6581", other="hlsd-fact-sheet-2023:8619"),
        POINT.format(number=1, claim=EARLIER, as_of="2023-03-31", previous="null", low="null", falls="false"),
        POINT.format(number=2, claim=LATER, as_of="2023-06-29", previous=f"'{EARLIER}'", low="-255", falls="true"),
    )  # fmt: skip
    with running(home) as server:
        yield server


def test_an_empty_page_says_what_was_looked_for(server: Server, built: Built) -> None:
    with built.connect() as connection:
        ((claims, found),) = connection.execute(
            "select (select count(*) from fct_claims), (select count(*) from claim_disagreements)"
        ).fetchall()
    assert found == 0
    text = get(server.url("/disagreements")).text
    assert f"Nothing was found. {claims} figures" in text
    assert "A part above its whole" in text
    assert "A running total that jumped" in text
    assert "No running total is told at more than one day" in text
    assert get(server.url("/disagreements.csv")).body.startswith(b"\xef\xbb\xbfclaim_id,related_claim_id,kind")


def test_both_sides_stand_on_one_axis_with_their_sources(full: Server) -> None:
    tree = get(full.url("/disagreements")).soup
    pairs = tree.select(".pair")
    assert len(pairs) == 2
    links = [[link.get("href") for link in pair.select("tbody th a")] for pair in pairs]
    assert [f"/figures/{PART}", f"/figures/{WHOLE}"] in links
    for pair in pairs:
        assert "One is not the other" in pair.get_text()
        assert len(pair.select("svg.mark")) == 2
        assert pair.get_text().count("characters") == 2
    part = next(pair for pair in pairs if WHOLE in pair.select("tbody th a")[1].get("href"))
    one, other = part.select("circle:last-of-type")
    assert float(one.get("cx").rstrip("%")) / float(other.get("cx").rstrip("%")) == pytest.approx(770 / 859, abs=1e-3)


def test_kinds_are_counted_and_linked(full: Server) -> None:
    tree = get(full.url("/disagreements")).soup
    found = {row.select("th")[0].get_text().strip(): row.select("td.n")[0].get_text()
             for row in tree.select(".list")[0].select("tbody tr")}  # fmt: skip
    assert found["A part above its whole"] == "1"
    assert found["A running total that fell"] == "none"


def test_a_running_total_shows_what_came_to_it(full: Server) -> None:
    text = get(full.url("/disagreements")).text
    assert "31 Mar 2023" in text
    assert "first" in text
    assert "-255 in 90 days: it fell" in text


def test_the_overview_says_that_there_are_some(full: Server, server: Server) -> None:
    assert "2 pairs" in get(full.url("/")).text
    assert "looked for, nothing found" in get(server.url("/")).text
    assert len(get(full.url("/disagreements.csv")).csv()) == 2
