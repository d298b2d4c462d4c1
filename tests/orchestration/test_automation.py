"""The sensor asks for a run when an input has changed, and for none otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.automation import changed_inputs_sensor

from ..support import SeedFolder


class Watcher:
    """The sensor over several looks, its cursor handed on as Dagster does."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self.instance = instance
        self.cursor: str | None = None
        self.keys: list[str | None] = []

    def asks_for_a_run(self) -> bool:
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor)
        looked = changed_inputs_sensor.evaluate_tick(context)
        self.cursor = looked.cursor
        requests = looked.run_requests or []
        assert len(requests) + bool(looked.skip_message) == 1
        self.keys += [request.run_key for request in requests]
        return bool(requests)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "first.txt").write_text("Harbour notes.\n", encoding="utf-8")
    return folder


@pytest.fixture
def watcher(seeds_copy: SeedFolder, texts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    monkeypatch.setenv("BICENTENNIAL_SEEDS", str(seeds_copy.path))
    monkeypatch.setenv("BICENTENNIAL_DOCUMENTS", str(texts))
    with dg.DagsterInstance.ephemeral() as instance:
        yield Watcher(instance)


def test_the_first_look_asks_for_a_run_and_the_second_does_not(watcher: Watcher) -> None:
    assert watcher.asks_for_a_run()
    assert not watcher.asks_for_a_run()
    assert not watcher.asks_for_a_run()


def test_a_changed_seed_table_asks_for_a_run(watcher: Watcher, seeds_copy: SeedFolder) -> None:
    assert watcher.asks_for_a_run()
    seeds_copy.change("places", 2, note="A remark.")
    assert watcher.asks_for_a_run()
    assert not watcher.asks_for_a_run()


def test_a_seed_table_that_was_only_touched_asks_for_none(watcher: Watcher, seeds_copy: SeedFolder) -> None:
    assert watcher.asks_for_a_run()
    os.utime(seeds_copy.file("places"), (0, 0))
    assert not watcher.asks_for_a_run()


@pytest.mark.parametrize("change", ["new", "changed", "gone"])
def test_a_document_that_is_new_changed_or_gone_asks_for_a_run(watcher: Watcher, texts: Path, change: str) -> None:
    assert watcher.asks_for_a_run()
    if change == "new":
        (texts / "second.txt").write_text("More harbour notes.\n", encoding="utf-8")
    elif change == "changed":
        (texts / "first.txt").write_text("Harbour notes, mended.\n", encoding="utf-8")
    else:
        (texts / "first.txt").unlink()
    assert watcher.asks_for_a_run()
    assert not watcher.asks_for_a_run()


def test_without_documents_the_seed_tables_are_watched_alone(
    watcher: Watcher, seeds_copy: SeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BICENTENNIAL_DOCUMENTS")
    assert watcher.asks_for_a_run()
    assert not watcher.asks_for_a_run()
    seeds_copy.change("places", 2, note="A remark.")
    assert watcher.asks_for_a_run()


def test_a_change_that_is_taken_back_gets_a_run_of_its_own(watcher: Watcher, seeds_copy: SeedFolder) -> None:
    before = seeds_copy.rows("places")[2]["note"]
    for note in (before, "A mistake.", before):
        seeds_copy.change("places", 2, note=note)
        assert watcher.asks_for_a_run()
    given = [key for key in watcher.keys if key is not None]
    assert len(set(given)) == len(given)
