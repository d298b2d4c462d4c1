"""What a release promises to whoever reads it: whole, described, provable, reproducible, and never pulled away."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bicentennial.publish import RELEASES_KEPT, list_releases, point_published_at, publish, read_manifest
from bicentennial.settings import Home
from expectations import borders

from .support import CLI, PROJECT, SEEDS, Built, SeedFolder, copied_home, environment, file_hashes, run_cli

CLAIM_COLUMNS = (
    "claim_id document_id file_name char_start char_end verbatim claim_type commodity_id subject_id operation_id "
    "lead_agency_id place_id framework_area_id value value_low value_high is_low_inclusive is_high_inclusive qualifier "
    "unit_id canonical_value canonical_low canonical_high canonical_unit_id period_start period_end period_basis as_of "
    "fiscal_year_id calendar_year_id parent_claim_id is_in_total total_exclusion_reason source_url"
)
REPORT_COLUMNS = (
    "agency_id operation_id fiscal_year_id calendar_year_id canonical_unit_id total_value total_low total_high "
    "additive_value claim_count excluded_claim_count"
)
CONTRACT = {
    "dim_agency": "agency_id agency_name acronym parent_agency_id department_id country_code agency_kind is_joint",
    "dim_operation": "operation_id operation_name operation_kind parent_operation_id lead_agency_id started_on "
    "ended_on is_joint",
    "dim_year": "year_id year_basis year_number starts_on ends_on",
    "dim_commodity": "commodity_id commodity_name commodity_group parent_commodity_id",
    "dim_subject": "subject_id subject_name subject_group parent_subject_id",
    "dim_unit": "unit_id unit_name unit_dimension canonical_unit_id canonical_factor",
    "dim_place": "place_id place_name parent_place_id",
    "dim_framework_area": "framework_area_id framework_area_name parent_framework_area_id",
    "dim_document": "document_id file_name title publisher published_on source_url sha256 claim_count",
    "fct_claims": CLAIM_COLUMNS,
    "fct_seizures": f"{CLAIM_COLUMNS} commodity_group mass_kg mass_kg_low mass_kg_high",
    "fct_arrests": f"{CLAIM_COLUMNS} arrest_count",
    "fct_case_outcomes": f"{CLAIM_COLUMNS} outcome",
    "fct_trainings": f"{CLAIM_COLUMNS} topic audience people",
    "fct_funding": f"{CLAIM_COLUMNS} funding_stage amount_usd",
    "fct_other_measures": CLAIM_COLUMNS,
    "bridge_claim_agency": "claim_id agency_id role is_joint",
    "bridge_claim_operation": "claim_id operation_id is_joint",
    "bridge_claim_year": "claim_id year_id coverage day_share",
    "bridge_claim_relation": "claim_id related_claim_id relation basis",
    "seizures_by_agency_operation_year": f"{REPORT_COLUMNS} commodity_id",
    "arrests_by_agency_operation_year": REPORT_COLUMNS,
    "trainings_by_agency_operation_year": f"{REPORT_COLUMNS} subject_id",
    "funding_by_agency_operation_year": f"{REPORT_COLUMNS} funding_stage",
    "claim_citations": "claim_id title publisher dated_on source_url file_name char_start char_end verbatim citation",
    "claim_disagreements": "claim_id related_claim_id kind explanation",
    "claim_series": "series_id point_number claim_id document_id point_role as_of as_stated canonical_value "
    "canonical_low canonical_high canonical_unit_id previous_claim_id previous_as_of days_since_previous flow_low "
    "flow_high is_fall is_jump explanation",
    "official_seizures_current": "fiscal_year_id calendar_year_id month_starts_on component_id region area "
    "commodity_id mass_lb mass_kg event_count vintage_id",
    "claim_reconciliation": "claim_id official_value official_unit_id vintage_id scope ratio verdict rule explanation",
    "review_queue": "claim_id document_id char_start char_end verbatim claim_type commodity_id subject_id value "
    "qualifier unit_id rate_per direction period_start period_end period_basis as_of place_id framework_area_id "
    "funding_stage review_status note confidence reason file_name operation_name agencies is_registered",
    "document_coverage": "document_id file_name is_registered read_status figures_found accepted_count rejected_count "
    "open_count not_understood_count no_claim_count",
}
"""Marts → the columns that others rely on; there may be more of both."""

ACCEPTED = sum(row["review_status"] == "accepted" for row in SeedFolder(SEEDS).rows("claims").values())
SCHEMAS = ("raw", "staging", "intermediate", "marts")


@pytest.fixture(scope="module")
def package(built: Built) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((built.home.published / "datapackage.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def manifest(built: Built) -> dict[str, Any]:
    found = read_manifest(built.home.published)
    assert found is not None
    return found


@pytest.fixture
def copied(built: Built, tmp_path: Path) -> Iterator[Home]:
    """A home with one release, to publish more in."""
    with copied_home(built.home, tmp_path / "copied") as home:
        yield home


def marts(built: Built) -> list[str]:
    with built.connect() as connection:
        return [
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
            ).fetchall()
        ]


def change_a_word(home: Home, text: str) -> None:
    """Change the build as a new wording of a description would, so that there is something to publish."""
    with duckdb.connect(home.build_database) as connection:
        connection.execute(f"comment on table marts.dim_unit is '{text}'")


def publish_changed(home: Home, text: str) -> Path:
    change_a_word(home, text)
    return publish(home, {"seeds/units.csv": hashlib.sha256(text.encode()).hexdigest()}, {}).path


# Files


def test_a_release_is_a_folder_of_known_files(built: Built, manifest: dict[str, Any]) -> None:
    assert built.home.published.is_symlink()
    assert built.home.published.resolve() == (built.home.releases / manifest["version"]).resolve()
    assert {path.name for path in built.home.published.iterdir()} == {
        "warehouse.duckdb", "parquet", "csv", "datapackage.json", "manifest.json", "data_docs", "CHANGES.md"
    }  # fmt: skip
    assert {path.name for path in (built.home.published / "parquet").iterdir()} == {
        "views.sql", *(f"{table}.parquet" for table in marts(built))
    }  # fmt: skip
    assert (built.home.published / "data_docs" / "index.html").is_file()


def test_a_build_says_what_was_published_and_where(built: Built, manifest: dict[str, Any]) -> None:
    assert f"Published release {manifest['version']}" in built.stdout
    assert str(built.home.warehouse) in built.stdout
    assert re.search(rf"all claims +{ACCEPTED} ", built.stdout)


def test_nothing_of_a_build_in_the_making_is_left(built: Built) -> None:
    assert not (built.home.build / "release").exists()
    assert not (built.home.root / ".published.new").exists()
    assert not list(built.home.published.rglob("*.wal"))


# Tables


@pytest.mark.parametrize("table", sorted({*CONTRACT, *borders.tables("marts")}))
def test_every_table_of_the_contract_is_there(built: Built, table: str) -> None:
    with built.connect() as connection:
        columns = {name for name, *_ in connection.execute(f"describe {table}").fetchall()}
    assert set(CONTRACT.get(table, "").split()) <= columns


def test_every_mart_is_a_parquet_file_of_equal_rows(built: Built) -> None:
    with built.connect() as connection:
        for table in marts(built):
            path = built.home.published / "parquet" / f"{table}.parquet"
            differing = connection.execute(
                f"select (select count(*) from {table}) = (select count(*) from '{path}'), "
                f"(select count(*) from (from {table} except all from '{path}'))"
            ).fetchall()
            assert differing == [(True, 0)], table


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_table_and_column_says_what_it_is(built: Built, schema: str) -> None:
    with built.connect() as connection:
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = $schema union all "
            "select view_name, comment from duckdb_views() where schema_name = $schema",
            {"schema": schema},
        ).fetchall()
        columns = connection.execute(
            "select table_name || '.' || column_name, comment from duckdb_columns() where schema_name = $schema",
            {"schema": schema},
        ).fetchall()
    assert len(tables) >= 10
    assert len(columns) > 3 * len(tables)
    assert [name for name, comment in tables + columns if not (comment or "").strip()] == []


def test_money_mass_and_counts_are_never_binary_floats(built: Built) -> None:
    with built.connect() as connection:
        floats = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where not internal and data_type in ('FLOAT', 'DOUBLE')"
        ).fetchall()
    assert floats == []


# Descriptions


def test_the_manifest_proves_every_file(built: Built, manifest: dict[str, Any]) -> None:
    found = file_hashes(built.home.published.resolve())
    del found["manifest.json"]
    assert manifest["outputs"] == found


def test_the_manifest_names_every_input_by_its_hash(manifest: dict[str, Any]) -> None:
    inside = {name: digest for name, digest in manifest["inputs"].items() if not name.startswith("documents/")}
    for name, digest in inside.items():
        assert hashlib.sha256((PROJECT / name).read_bytes()).hexdigest() == digest, name
    folders = {name.split("/")[0] for name in manifest["inputs"]}
    assert folders >= {"seeds", "dbt_project", "ingest", "expectations", "orchestration", "bicentennial"}
    assert "requirements.lock" in manifest["inputs"]


def test_the_manifest_counts_rows_and_checks(built: Built, manifest: dict[str, Any]) -> None:
    with built.connect() as connection:
        counts = {table: connection.execute(f"select count(*) from {table}").fetchall()[0][0] for table in marts(built)}
    assert manifest["row_counts"] == counts
    assert set(manifest["checks"]) == {"expectations_raw", "expectations_marts", "dbt_tests"}
    for counted in manifest["checks"].values():
        assert counted["passed"] > 50
        assert counted["failed"] == 0


def test_the_data_package_describes_every_file(built: Built, package: dict[str, Any]) -> None:
    resources = {resource["title"]: resource for resource in package["resources"]}
    assert list(resources) == marts(built)
    with built.connect() as connection:
        for table, resource in resources.items():
            path = built.home.published / resource["path"]
            assert resource["bytes"] == path.stat().st_size
            assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
            assert resource["rowCount"] == connection.execute(f"select count(*) from '{path}'").fetchall()[0][0]
            columns = [name for name, *_ in connection.execute(f"describe from '{path}'").fetchall()]
            assert [field["name"] for field in resource["schema"]["fields"]] == columns, table
            assert all(field["description"] for field in resource["schema"]["fields"]), table


def test_every_mart_has_a_key_that_is_one(built: Built, package: dict[str, Any]) -> None:
    """A primary key without an empty cell; where a key has empty cells, a unique one, in which they count as equal."""
    with built.connect() as connection:
        for resource in package["resources"]:
            table, schema = resource["title"], resource["schema"]
            key = schema["primaryKey"] if "primaryKey" in schema else schema["uniqueKeys"][0]
            empty = " or ".join(f"{column} is null" for column in key)
            ((rows, keys, empties),) = connection.execute(
                f"select count(*), count(distinct ({', '.join(key)})), count(*) filter ({empty}) from {table}"
            ).fetchall()
            assert (rows, empties > 0) == (keys, "primaryKey" not in schema), f"{table} ({key})"


def test_the_references_of_the_data_package_lead_somewhere(built: Built, package: dict[str, Any]) -> None:
    names = {resource["name"]: resource["title"] for resource in package["resources"]}
    checked = 0
    with built.connect() as connection:
        for resource in package["resources"]:
            for key in resource["schema"].get("foreignKeys", ()):
                (column,), (field,) = key["fields"], key["reference"]["fields"]
                target = names[key["reference"]["resource"]]
                orphans = connection.execute(
                    f"select {column} from {resource['title']} where {column} is not null "
                    f"and {column} not in (select {field} from {target})"
                ).fetchall()
                assert orphans == [], f"{resource['title']}.{column}"
                checked += 1
    assert checked > 20


# Building again


def test_a_build_without_a_change_says_so_and_publishes_nothing(copied: Home, manifest: dict[str, Any]) -> None:
    before = file_hashes(copied.releases), copied.published.readlink()
    done = run_cli("build", home=copied.root)
    assert done.returncode == 0, done.stderr
    assert f"Nothing has changed since release {manifest['version']}" in done.stdout
    assert (file_hashes(copied.releases), copied.published.readlink()) == before


@dataclass(frozen=True)
class Rivals:
    """A home built by one process, `builder`, while a second one tried to; `refused` is what became of that."""

    home: Home
    builder: int
    refused: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def rivals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rivals]:
    home = Home(tmp_path_factory.mktemp("rivals") / "home")
    builder = subprocess.Popen(
        [*CLI, "build", "--force"], env=environment(home.root), cwd=PROJECT, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        lock = home.root / ".lock"
        while not lock.exists() or lock.read_text() != str(builder.pid):
            assert builder.poll() is None, builder.communicate()
            time.sleep(0.05)
        refused = run_cli("build", "--force", home=home.root)
        output, _ = builder.communicate(timeout=300)
        assert builder.returncode == 0, output
    finally:
        builder.kill()
        builder.wait()
    yield Rivals(home, builder.pid, refused)
    shutil.rmtree(home.root)


def test_two_builds_from_nothing_are_the_same_bytes(built: Built, rivals: Rivals) -> None:
    one, other = (file_hashes(home.published / "parquet") for home in (built.home, rivals.home))
    assert len(one) >= len(CONTRACT)
    assert one == other
    manifests = [read_manifest(home.published) or {} for home in (built.home, rivals.home)]
    assert manifests[0]["content_sha256"] == manifests[1]["content_sha256"]
    assert manifests[0]["inputs_sha256"] == manifests[1]["inputs_sha256"]


def test_the_second_of_two_builds_at_once_is_refused(rivals: Rivals) -> None:
    assert rivals.refused.returncode == 2
    assert f"process {rivals.builder} is building" in rivals.refused.stderr
    assert "Traceback" not in rivals.refused.stderr + rivals.refused.stdout
    assert len(list_releases(rivals.home)) == 1


# Publishing

READER = """
import sys, duckdb
def word(connection):
    return connection.execute("select comment from duckdb_tables() where table_name = 'dim_unit'").fetchall()[0][0]
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print(word(connection), flush=True)
    for line in sys.stdin:
        rows = connection.execute("select count(*) from marts.fct_claims").fetchall()[0][0]
        print(word(connection), rows, flush=True)
"""


def start_reader(warehouse: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", READER, str(warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def answer(reader: subprocess.Popen[str]) -> str:
    assert reader.stdout is not None
    return reader.stdout.readline().strip()


def test_a_reader_keeps_its_release_while_another_is_published(copied: Home) -> None:
    old = start_reader(copied.warehouse)
    before = answer(old)
    publish_changed(copied, "A newer wording.")
    new = start_reader(copied.warehouse)
    assert answer(new) == "A newer wording."
    shutil.rmtree(list_releases(copied)[0])  # as old releases are, some day

    seen, _ = old.communicate("again\n", timeout=60)
    assert seen.strip() == f"{before} {ACCEPTED}"
    new.communicate(timeout=60)
    assert (old.returncode, new.returncode) == (0, 0)


def test_there_is_always_a_release_to_open(copied: Home) -> None:
    """A reader that opens the path over and over while releases change never finds nothing, or half of it."""
    script = """
import pathlib, sys, duckdb
warehouse, end, rows = sys.argv[1:]
print("ready", flush=True)
while not pathlib.Path(end).exists():
    with duckdb.connect(warehouse, read_only=True) as connection:
        assert connection.execute("select count(*) from marts.fct_claims").fetchall() == [(int(rows),)]
"""
    end = copied.root / "end"
    reader = subprocess.Popen(
        [sys.executable, "-c", script, str(copied.warehouse), str(end), str(ACCEPTED)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert answer(reader) == "ready"
    first = copied.published.resolve()
    other = publish_changed(copied, "Another wording.")
    for turn in range(200):
        point_published_at(copied, (first, other)[turn % 2])
        time.sleep(0.005)
    end.touch()
    _, errors = reader.communicate(timeout=60)
    assert (reader.returncode, errors) == (0, "")


def test_what_is_published_already_is_not_published_again(copied: Home) -> None:
    before = file_hashes(copied.published.resolve())
    inputs = json.loads((copied.published / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    release = publish(copied, inputs, {})
    assert (release.is_new, release.path) == (False, copied.published.resolve())
    assert file_hashes(copied.published.resolve()) == before
    assert len(list_releases(copied)) == 1


def test_an_earlier_release_can_be_pointed_at_again(copied: Home) -> None:
    first = copied.published.resolve()
    second = publish_changed(copied, "A mistake.")
    assert copied.published.resolve() == second
    point_published_at(copied, first)
    assert copied.published.resolve() == first
    assert not copied.published.readlink().is_absolute()  # so that a home can be moved


def make_releases(home: Home, years: range) -> None:
    for year in years:
        (home.releases / f"{year}0101T000000Z-00000000").mkdir()
        (home.releases / f"{year}0101T000000Z-00000000" / "manifest.json").write_text("{}")


def test_the_last_releases_are_kept(copied: Home) -> None:
    make_releases(copied, range(2001, 2001 + RELEASES_KEPT))
    built_before = copied.published.resolve()
    published = publish_changed(copied, "One more.")
    kept = list_releases(copied)
    assert len(kept) == RELEASES_KEPT
    assert kept[-2:] == [built_before, published]
    assert kept[0].name.startswith("2003")


def test_the_published_release_is_kept_however_old(copied: Home) -> None:
    """Versions begin with the time of a clock, which may have been wrong."""
    make_releases(copied, range(2901, 2901 + RELEASES_KEPT))
    published = publish_changed(copied, "Older than it seems.")
    assert copied.published.resolve() == published
    assert copied.warehouse.exists()
