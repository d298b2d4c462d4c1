"""Every recipe of docs/connect.md is run as it is printed, and answers right."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from .support import PROJECT, Built, environment

PAGE = (PROJECT / "docs" / "connect.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^```(sh|python)\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)
NOT_RUN = {"r": "CRAN was out of reach", "text": "needs the character set named"}
"""Blocks that are not run → what the page says of it."""


REFUSED = (
    "select * from read_text('/etc/hostname')",
    "attach 'other.duckdb' as other",
    "create table marts.t as select 1",
    "delete from marts.dim_unit",
    "copy marts.dim_unit to 'unit.csv'",
    "set enable_external_access = true",
    "reset lock_configuration",
    "install httpfs",
)
"""What nobody can do over the connection of docs/superset.md."""


@pytest.fixture
def project(built: Built, tmp_path: Path) -> Path:
    """A folder as a reader has it: `data` is the home."""
    (tmp_path / "data").symlink_to(built.home.root)
    return tmp_path


@pytest.fixture(scope="module")
def answer(built: Built) -> int:
    """The question of the page, asked of the claims themselves, each of which is one figure."""
    with built.connect() as connection:
        ((firearms,),) = connection.execute(
            "select sum(value)::integer from fct_claims where commodity_id = 'firearms' and is_in_total"
        ).fetchall()
    return int(firearms)


def test_the_page_has_recipes() -> None:
    languages = re.findall(r"^```(\w+)$", PAGE, flags=re.MULTILINE)
    assert len(RECIPES) >= 9
    assert set(languages) == {"sh", "python", "sql", *NOT_RUN}
    assert all(reason in PAGE for reason in NOT_RUN.values())


@pytest.mark.parametrize(("language", "code"), RECIPES, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(RECIPES)])
def test_a_recipe_answers_right(built: Built, project: Path, answer: int, language: str, code: str) -> None:
    binaries = Path(sys.executable).parent
    bicentennial = project / "bicentennial"  # as it is in .venv/bin, of this checkout
    bicentennial.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bicentennial.cli "$@"\n', encoding="utf-8")
    bicentennial.chmod(0o755)
    path = os.pathsep.join([str(project), str(binaries), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code] if language == "sh" else [sys.executable, "-c", code],
        cwd=project, env=environment(built.home.root, PATH=path, PYTHONPATH=str(PROJECT)), capture_output=True,
        text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(rf"(?<!\d){answer}(?!\d)", done.stdout), done.stdout


def test_the_links_of_the_page_lead_to_headings() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", PAGE, flags=re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


def test_superset_gets_a_connection_that_reads_nothing_else(built: Built) -> None:
    """The parameters of docs/superset.md: the file only, nothing written, and no way to allow more."""
    page = (PROJECT / "docs" / "superset.md").read_text(encoding="utf-8")
    (parameters,) = re.findall(r"^```json\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    engine = sa.create_engine(f"duckdb:///{built.home.warehouse}", poolclass=sa.pool.NullPool, **json.loads(parameters))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from marts.fct_claims").scalar_one() > 100
    for statement in REFUSED:
        with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
            connection.exec_driver_sql(statement)
