"""Files of seed tables as text: what comes and goes, and that nothing else does."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.seed_text import SeedText
from ingest.tables import TABLES
from tests.support import SEEDS

TABLE = {table.name: table for table in TABLES}
RELATIONS = TABLE["claim_operations"]


def text_of(records: list[list[str]], newline: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=newline, quoting=quoting).writerows(records)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_that_is_not_changed_is_the_same_to_the_byte(table: object) -> None:
    for each in [table]:
        data = (SEEDS / each.file_name).read_bytes()  # type: ignore[attr-defined]
        assert SeedText.read(each, SEEDS).text.encode() == data  # type: ignore[arg-type]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@given(
    st.lists(st.tuples(cells, cells), max_size=8),
    st.lists(st.tuples(cells, cells), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_other_lines_stay_byte_for_byte(
    old: list[tuple[str, str]], new: list[tuple[str, str]], newline: str, quoting: int
) -> None:
    before = text_of([list(RELATIONS.columns), *map(list, old)], newline, quoting)
    file = SeedText(RELATIONS, before)
    lines = list(file.lines)
    file.insert([{"claim_id": a, "operation_id": b} for a, b in new], key=lambda row: row["claim_id"])
    rest = list(file.lines)
    for line in lines:
        rest.remove(line)  # each old line is still there, as often as it was
    assert len(rest) == len(new)
    assert file.header + "".join(line for line in file.lines) == file.text
    found = list(csv.reader(io.StringIO(file.text, newline="")))[1:]
    assert sorted(found) == sorted([list(row) for row in old] + [list(row) for row in new])
    assert all(line.endswith(newline) for line in file.lines)
    file.remove(lambda row: (row["claim_id"], row["operation_id"]) in new)
    assert list(csv.reader(io.StringIO(file.text, newline="")))[1:] == [list(r) for r in old if r not in new]


@given(st.lists(st.integers(0, 99), unique=True), st.lists(st.integers(0, 99), max_size=5))
def test_a_sorted_file_stays_sorted(old: list[int], new: list[int]) -> None:
    rows = [[f"d:{n}", "x"] for n in sorted(old)]
    file = SeedText(RELATIONS, text_of([list(RELATIONS.columns), *rows], "\n"))
    file.insert([{"claim_id": f"d:{n}", "operation_id": "y"} for n in new], key=lambda row: int(row["claim_id"][2:]))
    assert [int(row["claim_id"][2:]) for row in file.rows] == sorted(old + new)


def test_a_row_that_does_not_change_keeps_its_line() -> None:
    file = SeedText(RELATIONS, 'claim_id,operation_id\n"a","b"\nc,d\n')
    file.change(0, {"claim_id": "a", "operation_id": "b"})
    file.change(1, {"claim_id": "c", "operation_id": "d, e"})
    assert file.text == 'claim_id,operation_id\n"a","b"\nc,"d, e"\n'
