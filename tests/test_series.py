"""A claim told again by a second document: a series from end to end, from the seed tables to what is published."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bicentennial.changes import describe_changes

from .later import FIRST, LATER, TOLD_AGAIN, Later
from .support import Built


def points(later: Later, columns: str, start: str) -> list[tuple[Any, ...]]:
    """Points of the series of one claim of the fact sheet, in order."""
    with later.connect() as connection:
        return connection.execute(
            f"select {columns} from claim_series where series_id = "
            "(select series_id from claim_series where claim_id = $claim) order by point_number",
            {"claim": f"{FIRST}:{start}"},
        ).fetchall()


def test_only_what_was_told_twice_is_a_series(later: Later, built: Built) -> None:
    with later.connect() as connection:
        found = connection.execute("select claim_id from claim_series").fetchall()
    told = {f"{FIRST}:{start}" for start in TOLD_AGAIN} | {f"{LATER}:{place}" for place, *_ in TOLD_AGAIN.values()}
    assert sorted(claim for (claim,) in found) == sorted(told)
    with built.connect() as connection:
        assert connection.execute("select * from claim_series").fetchall() == []


def test_readers_are_told_of_the_document_and_its_figures(later: Later, built: Built) -> None:
    told = describe_changes(built.home.published.resolve(), later.home.published.resolve())
    assert f"- added: `{LATER}`, Note on progress (Sampleton), file `{LATER}.txt`; 5 figures\n" in told
    assert "**Added: 5 figures**" in told
    assert re.search(
        rf"- “600 pounds” seizure, Methamphetamine, Operation Artemis \(`{LATER}`, .*characters 20–30\)", told
    )
    assert "## Disagreements\n\n- new: " in told


def test_growth_is_a_flow_with_the_days_between(later: Later) -> None:
    columns = "series_id, point_number, days_since_previous, flow_low, flow_high, is_fall, is_jump"
    key = "cbp/operation-artemis/arrest/count/arrests/since-2023-06-05"
    assert points(later, columns, "8881") == [
        (key, 1, None, None, None, False, None),
        (key, 2, 123, Decimal(14), Decimal(14), False, False),
    ]


def test_an_open_bound_leaves_the_flow_open(later: Later) -> None:
    (_, (low, high, is_high_inclusive, is_jump)) = points(
        later, "flow_low, flow_high, is_flow_high_inclusive, is_jump", "9055"
    )
    assert (low, high, is_high_inclusive, is_jump) == (None, Decimal("4.98951607"), False, None)


def test_a_start_that_is_not_stated_is_not_guessed(later: Later) -> None:
    (_, (flow, start, is_jump, words)) = points(later, "flow_low, period_start, is_jump, explanation", "11802")
    assert (flow, start, is_jump) == (Decimal(4), None, None)
    assert "when the count began is not stated" in words


def test_falls_and_jumps_are_disagreements(later: Later) -> None:
    with later.connect() as connection:
        found = connection.execute(
            "select claim_id, related_claim_id, kind, explanation from claim_disagreements order by kind"
        ).fetchall()
    assert [row[:3] for row in found] == [
        (f"{LATER}:20", f"{FIRST}:9079", "cumulative_fall"),
        (f"{LATER}:40", f"{FIRST}:9110", "cumulative_jump"),
    ]
    assert "exactly 870 count in 123 days" in found[1][3]
    assert points(later, "is_fall, is_jump", "9079") == [(False, None), (True, False)]
    assert points(later, "is_fall, is_jump", "9110") == [(False, None), (False, True)]
