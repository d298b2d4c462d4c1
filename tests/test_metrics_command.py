"""`mf` as docs/metrics.md tells to use it: what the page shows is what is printed, and nothing is written or fetched.

After a wanted change of the figures renew what the page shows, and review it:

    RENEW_SNAPSHOT=1 python -m pytest tests/test_metrics_command.py
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from .support import PROJECT, Built, environment, file_hashes

PAGE = PROJECT / "docs" / "metrics.md"
RECIPE = re.compile(r"```sh\n(?P<command>mf .*)\n```\n\n```text\n(?P<shown>(?:(?!```).*\n)*)```")

WATCH = """
import os, sys

def note(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        with open(os.environ["CALLS"], "a") as file:
            print(event, arguments[0] if event == "socket.getaddrinfo" else arguments[1][0], file=file)

sys.addaudithook(note)
"""
"""Notes every host that a process looks up or connects to."""


@pytest.fixture(scope="module")
def project(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the dbt project beside the home, as in a clone, with its definitions read."""
    clone = tmp_path_factory.mktemp("clone")
    folder = clone / "dbt_project"
    shutil.copytree(PROJECT / "dbt_project", folder, ignore=shutil.ignore_patterns("target", "logs"))
    (clone / "data").symlink_to(built.home.root)
    (clone / "watch").mkdir()
    (clone / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    assert run("dbt --quiet parse", folder) == ""
    return folder


def run(command: str, project: Path) -> str:
    """What a shell prints for a command, in the folder and the environment that the page asks for."""
    variables = environment(
        project.parent / "data",
        DBT_TARGET="published",
        HTTPS_PROXY="http://127.0.0.1:9",
        PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        PYTHONPATH=str(project.parent / "watch"),
        CALLS=str(calls(project)),
    )
    del variables["BICENTENNIAL_HOME"]  # ../data, as in a clone
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=project, env=variables, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def calls(project: Path) -> Path:
    return project.parent / "calls.txt"


def test_the_page_shows_what_is_printed(built: Built, project: Path) -> None:
    before = file_hashes(built.home.published.resolve())
    with built.connect():  # an open reader is in nobody's way
        commands = [match["command"] for match in RECIPE.finditer(PAGE.read_text(encoding="utf-8"))]
        assert len(commands) >= 8
        with ThreadPoolExecutor(2) as pool:
            answers = pool.map(lambda command: run(command.replace("mf query", "mf query --quiet"), project), commands)
            printed = dict(zip(commands, answers, strict=True))
    assert file_hashes(built.home.published.resolve()) == before

    def renew(match: re.Match[str]) -> str:
        lines = [line.rstrip() for line in printed[match["command"]].splitlines()]
        return f"```sh\n{match['command']}\n```\n\n```text\n" + "\n".join(lines) + "\n```"

    page = RECIPE.sub(renew, PAGE.read_text(encoding="utf-8"))
    if os.environ.get("RENEW_SNAPSHOT"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8"), "see above how to renew it"


def test_a_csv_file_is_exact(built: Built, project: Path, tmp_path: Path) -> None:
    """MetricFlow hands out binary floats; written out they have all digits of the decimals that they came from."""
    groups = "agency,operation,fiscal_year,calendar_year,commodity"
    metrics = ("seized_mass_kg", "seized_mass_kg_low", "seized_mass_kg_high")
    run(f"mf query --quiet --metrics {','.join(metrics)} --group-by {groups} --csv {tmp_path / 'mass.csv'}", project)
    with (tmp_path / "mass.csv").open(encoding="utf-8", newline="") as file:
        found = {
            tuple(row[group] for group in groups.split(",")): [
                Decimal(row[metric]) if row[metric] else None for metric in metrics
            ]
            for row in csv.DictReader(file)
        }
    with built.connect() as connection:
        expected = connection.execute(
            "select agency_id, operation_id, fiscal_year_id, calendar_year_id, commodity_id, "
            "additive_value, additive_low, additive_high from seizures_by_agency_operation_year "
            "where canonical_unit_id = 'kg'"
        ).fetchall()
    assert found == {row[:5]: list(row[5:]) for row in expected}
    assert any(value and value != value.to_integral_value() for value, _, _ in found.values())


def test_every_definition_is_valid_and_nothing_is_asked_of_the_network(project: Path, tmp_path: Path) -> None:
    # MetricFlow asks for its newest version once an hour: a folder of its own makes it ask now
    said = run(f"TMPDIR={tmp_path} mf validate-configs --show-all", project)
    assert "Successfully validated metrics against data warehouse" in said
    assert set(re.findall(r"(?:ERRORS|WARNINGS): (\d+)", said)) == {"0"}
    hosts = {line.split()[1] for line in calls(project).read_text(encoding="utf-8").splitlines()}
    assert hosts == {"127.0.0.1"}, "the closed port is the only place that is asked"
