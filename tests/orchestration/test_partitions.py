"""Every file of a folder is a partition and back, and runs take neighbours together."""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg
import pytest

from orchestration.partitions import FEW, file_of, partition_key, partition_tags, ranges, run_requests


@pytest.mark.parametrize(
    "name",
    ["plain.txt", "Acta número 5 (final), 2024.pdf", "wait ... what.md", "50% more.md", "100%25.md", "tab\there.txt",
     "narrow\u202fspace.txt", b"caf\xe9.txt", "...", "a\nb.md", "bell\a.md"],
)  # fmt: skip
def test_every_file_name_is_a_partition_and_back(tmp_path: Path, name: str | bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    key = partition_key(path)
    assert file_of(tmp_path, key) == path
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("documents", [key])  # which refuses what it cannot keep
        assert list(instance.get_dynamic_partitions("documents")) == [key]


def test_a_plain_name_is_its_own_partition(tmp_path: Path) -> None:
    assert partition_key(tmp_path / "Acta número 5 (final), 2024.pdf") == "Acta número 5 (final), 2024.pdf"


def test_neighbours_are_one_range() -> None:
    keys = list("abcdefg")
    assert ranges(keys, []) == []
    assert ranges(keys, ["c"]) == [("c", "c")]
    assert ranges(keys, ["g", "a", "b", "d", "e"]) == [("a", "b"), ("d", "e"), ("g", "g")]
    assert ranges(keys, keys) == [("a", "g")]


def test_a_few_get_a_run_each_and_many_share_one() -> None:
    keys = [f"{number:02}" for number in range(20)]
    assert [request.partition_key for request in run_requests(keys, keys[:FEW])] == keys[:FEW]
    (shared,) = run_requests(keys, keys[: FEW + 1])
    assert shared.partition_key is None
    assert partition_tags(keys[0], keys[FEW]).items() <= shared.tags.items()
    alone, rest = run_requests(keys, [keys[0], *keys[2 : FEW + 3]])
    assert alone.partition_key == keys[0]
    assert rest.partition_key is None
