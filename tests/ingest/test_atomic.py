"""Writing all or nothing, one writer at a time, and rows that changed meanwhile."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from ingest.atomic import PENDING, locked, replace_files, roll_forward
from ingest.check import SeedError, read_seeds
from ingest.merge import read_texts, write_seeds
from tests.support import SEEDS


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


@pytest.mark.parametrize("replaced", [0, 1])
def test_a_replacement_that_was_cut_off_is_ended_by_the_next_writer(seeds: Path, replaced: int) -> None:
    """What the folder holds where the machine stopped: `.pending` whole, and some of it in place already."""
    texts = read_texts(seeds)
    for name in ("places", "units"):
        texts[name].remove(lambda row: row.get("place_id") == "india" or row.get("unit_id") == "cad")
    wanted = {f"{name}.csv": texts[name].text.encode() for name in ("places", "units")}
    (seeds / PENDING).mkdir()
    for name, data in list(wanted.items())[replaced:]:
        (seeds / PENDING / name).write_bytes(data)
    for name, data in list(wanted.items())[:replaced]:
        (seeds / name).write_bytes(data)

    with pytest.raises(SeedError, match="interrupted: end it with `bicentennial review --merge`"):
        read_seeds(seeds)
    read_texts(seeds)
    assert not (seeds / PENDING).exists()
    assert {name: (seeds / name).read_bytes() for name in wanted} == wanted
    assert "cad" not in {cells["unit_id"] for cells in read_seeds(seeds)["units"].rows.values()}


def test_nothing_changes_while_the_new_files_are_not_whole(seeds: Path) -> None:
    before = (seeds / "units.csv").read_bytes()
    with pytest.raises(OSError):
        replace_files(seeds, {"units.csv": b"unit_id\n", "no/such/folder.csv": b""})
    assert (seeds / "units.csv").read_bytes() == before
    assert not roll_forward(seeds)
    assert not list(seeds.glob(".pending*"))


def test_tables_that_somebody_changed_meanwhile_are_not_overwritten(seeds: Path) -> None:
    texts = read_texts(seeds)
    texts["units"].remove(lambda row: row["unit_id"] == "cad")
    with (seeds / "places.csv").open("a", encoding="utf-8") as file:
        file.write("tijuana,Tijuana,city,,MX,,\n")
    before = {path.name: path.read_bytes() for path in seeds.glob("*.csv")}
    with pytest.raises(SeedError, match=r"places\.csv.*changed by another program"):
        write_seeds(seeds, texts)
    assert {path.name: path.read_bytes() for path in seeds.glob("*.csv")} == before


def test_a_folder_has_one_writer_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    inside = threading.Event()

    def wait_for_it() -> None:
        inside.wait()
        with locked(tmp_path):
            order.append("second")

    other = threading.Thread(target=wait_for_it)
    other.start()
    with locked(tmp_path):
        inside.set()
        other.join(0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
