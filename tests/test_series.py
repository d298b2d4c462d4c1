"""A claim told again by a second document: a series from end to end, from the seed tables to what is published."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bicentennial.changes import describe_changes
from bicentennial.settings import Home

from .support import PROJECT, SEEDS, Built, SeedFolder, environment, run_cli

FIRST = "hlsd-fact-sheet-2023"
LATER = "sample-progress-note-2024"
CUT_OFF = "2024-02-05"
"""Cut-off of the invented document: 123 days after the fact sheet's."""
TOLD_AGAIN = {
    # first character in the fact sheet → place, figure, and what the later document says of it
    "8881": (10, "43", "43", "exact"),  # 29 arrests of Operation Artemis: 14 more
    "9079": (20, "600 pounds", "600", "exact"),  # 650 pounds: fell
    "9110": (40, "1,000", "1000", "exact"),  # 130 pill presses: 870 more in as many days
    "9055": (60, "170 pounds", "170", "exact"),  # over 159 pounds: the flow has no lower end that counts
    "11802": (80, "60", "60", "exact"),  # 56 firearms since an inception without a day
}


def tell_again(seeds: SeedFolder) -> None:
    """Add an invented document of a later day that tells figures of the fact sheet anew."""
    seeds.append(
        "documents", document_id=LATER, file_name=f"{LATER}.txt", title="Note on progress", publisher="Sampleton",
        published_on=CUT_OFF, published_on_basis="stated", document_kind="press_release", language="en",
        source_url="https://example.org/note", sha256="5" * 64, char_count="500", licence="Public domain",
        note="An invented text.",
    )  # fmt: skip
    claims = {row["claim_id"]: row for row in seeds.rows("claims").values()}
    agencies, operations = seeds.rows("claim_agencies").values(), seeds.rows("claim_operations").values()
    for start, (place, verbatim, value, qualifier) in TOLD_AGAIN.items():
        old, new = f"{FIRST}:{start}", f"{LATER}:{place}"
        seeds.append("claims", **claims[old] | {
            "claim_id": new, "document_id": LATER, "char_start": str(place), "char_end": str(place + len(verbatim)),
            "verbatim": verbatim, "value": value, "qualifier": qualifier, "as_of": CUT_OFF, "framework_area_id": "",
        })  # fmt: skip
        for table, rows in (("claim_agencies", agencies), ("claim_operations", operations)):
            for row in [row for row in rows if row["claim_id"] == old]:
                seeds.append(table, **row | {"claim_id": new})


@pytest.fixture(scope="module")
def told_again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    root = tmp_path_factory.mktemp("series")
    seeds = SeedFolder(Path(shutil.copytree(SEEDS, root / "seeds")))
    tell_again(seeds)
    env = {"BICENTENNIAL_COUNTS": str(root / "counts.csv")}
    home = Home(root / "home")
    subprocess.run(
        [sys.executable, "-m", "bicentennial.counts"], env=environment(home.root, seeds.path, **env), cwd=PROJECT,
        check=True, timeout=120,
    )  # fmt: skip
    done = run_cli("build", home=home.root, seeds=seeds.path, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    yield Built(home, done.stdout)
    shutil.rmtree(root)


def points(built: Built, columns: str, start: str) -> list[tuple[Any, ...]]:
    """Points of the series of one claim of the fact sheet, in order."""
    with built.connect() as connection:
        return connection.execute(
            f"select {columns} from claim_series where series_id = "
            "(select series_id from claim_series where claim_id = $claim) order by point_number",
            {"claim": f"{FIRST}:{start}"},
        ).fetchall()


def test_only_what_was_told_twice_is_a_series(told_again: Built, built: Built) -> None:
    with told_again.connect() as connection:
        found = connection.execute("select claim_id from claim_series").fetchall()
    told = {f"{FIRST}:{start}" for start in TOLD_AGAIN} | {f"{LATER}:{place}" for place, *_ in TOLD_AGAIN.values()}
    assert sorted(claim for (claim,) in found) == sorted(told)
    with built.connect() as connection:
        assert connection.execute("select * from claim_series").fetchall() == []


def test_readers_are_told_of_the_document_and_its_figures(told_again: Built, built: Built) -> None:
    told = describe_changes(built.home.published.resolve(), told_again.home.published.resolve())
    assert f"- added: `{LATER}`, Note on progress (Sampleton), file `{LATER}.txt`; 5 figures\n" in told
    assert "**Added: 5 figures**" in told
    assert re.search(
        rf"- “600 pounds” seizure, Methamphetamine, Operation Artemis \(`{LATER}`, .*characters 20–30\)", told
    )
    assert "## Disagreements\n\n- new: " in told


def test_growth_is_a_flow_with_the_days_between(told_again: Built) -> None:
    columns = "series_id, point_number, days_since_previous, flow_low, flow_high, is_fall, is_jump"
    key = "cbp/operation-artemis/arrest/count/arrests/since-2023-06-05"
    assert points(told_again, columns, "8881") == [
        (key, 1, None, None, None, False, None),
        (key, 2, 123, Decimal(14), Decimal(14), False, False),
    ]


def test_an_open_bound_leaves_the_flow_open(told_again: Built) -> None:
    (_, (low, high, is_high_inclusive, is_jump)) = points(
        told_again, "flow_low, flow_high, is_flow_high_inclusive, is_jump", "9055"
    )
    assert (low, high, is_high_inclusive, is_jump) == (None, Decimal("4.98951607"), False, None)


def test_a_start_that_is_not_stated_is_not_guessed(told_again: Built) -> None:
    (_, (flow, start, is_jump, words)) = points(told_again, "flow_low, period_start, is_jump, explanation", "11802")
    assert (flow, start, is_jump) == (Decimal(4), None, None)
    assert "when the count began is not stated" in words


def test_falls_and_jumps_are_disagreements(told_again: Built) -> None:
    with told_again.connect() as connection:
        found = connection.execute(
            "select claim_id, related_claim_id, kind, explanation from claim_disagreements order by kind"
        ).fetchall()
    assert [row[:3] for row in found] == [
        (f"{LATER}:20", f"{FIRST}:9079", "cumulative_fall"),
        (f"{LATER}:40", f"{FIRST}:9110", "cumulative_jump"),
    ]
    assert "exactly 870 count in 123 days" in found[1][3]
    assert points(told_again, "is_fall, is_jump", "9079") == [(False, None), (True, False)]
    assert points(told_again, "is_fall, is_jump", "9110") == [(False, None), (False, True)]
