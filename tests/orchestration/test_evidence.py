"""Publication goes by evidence: a release that is asked for alone is refused unless its build is whole and checked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from bicentennial import settings
from bicentennial.publish import read_manifest
from bicentennial.settings import Home
from ingest.load import load_raw
from orchestration import evidence
from orchestration.evidence import UncheckedBuildError, require_evidence

from ..support import SEEDS, Built


@pytest.fixture
def whole(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home with a build that was published, to be spoilt."""
    home = Home(tmp_path / "home")
    shutil.copytree(built.home.root, home.root, symlinks=True)
    monkeypatch.setenv("BICENTENNIAL_HOME", str(home.root))
    for name in ("BICENTENNIAL_DOCUMENTS", "BICENTENNIAL_STATISTICS"):
        monkeypatch.delenv(name, raising=False)  # it was built without them
    yield home


def test_a_whole_build_has_all_evidence(whole: Home) -> None:
    inputs, checks = require_evidence(whole)
    assert inputs == settings.input_hashes()
    assert set(checks) == {"expectations_raw", "expectations_marts", "dbt_tests"}
    assert all(count["passed"] > 0 and count["failed"] == 0 for count in checks.values())


def test_a_database_that_changed_after_its_checks_is_refused(whole: Home) -> None:
    with duckdb.connect(whole.build_database) as connection:
        connection.execute("update marts.fct_claims set value = 999 where claim_type = 'arrest'")
    with pytest.raises(UncheckedBuildError, match="changed after its marts were checked"):
        require_evidence(whole)


def test_raw_tables_that_were_not_loaded_together_are_refused(whole: Home) -> None:
    evidence.forget(whole)
    load_raw(SEEDS, whole.build_database, only=["claims"])
    with pytest.raises(UncheckedBuildError, match="not all loaded in one go"):
        require_evidence(whole)


def test_inputs_that_changed_while_the_build_ran_are_refused(whole: Home) -> None:
    hashes = settings.input_hashes()
    evidence.record_inputs(whole, hashes | {"seeds/claims.csv": "0" * 64})
    with pytest.raises(UncheckedBuildError, match=r"seeds/claims\.csv changed since it was read"):
        require_evidence(whole)


def test_a_proposal_that_changed_while_the_build_ran_is_refused(whole: Home) -> None:
    whole.proposals.mkdir()
    (whole.proposals / "harbour.csv").write_text("claim_id\n", encoding="utf-8")
    with pytest.raises(UncheckedBuildError, match=r"proposals/harbour\.csv changed since it was read"):
        require_evidence(whole)


@pytest.mark.parametrize("border", evidence.BORDERS)
def test_a_border_that_was_not_checked_is_told(whole: Home, border: str) -> None:
    (whole.validations / f"{border}.json").unlink()
    with pytest.raises(UncheckedBuildError, match=f"no results of {border}"):
        require_evidence(whole)


@pytest.mark.parametrize("border", evidence.BORDERS)
def test_a_check_that_failed_is_told(whole: Home, border: str) -> None:
    path = whole.validations / f"{border}.json"
    path.write_text(path.read_text().replace('"success": true', '"success": false', 50))
    with pytest.raises(UncheckedBuildError, match=f"checks failed: expectations_{border}"):
        require_evidence(whole)


@pytest.mark.parametrize("failures", [None, ["a claim that is not in its text"]], ids=["not held", "not found"])
def test_claims_that_were_not_found_in_named_documents_are_refused(
    whole: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: list[str] | None
) -> None:
    monkeypatch.setenv("BICENTENNIAL_DOCUMENTS", str(tmp_path / "texts"))
    evidence.record_inputs(whole, settings.input_hashes())
    (whole.validations / "documents.json").unlink(missing_ok=True)
    if failures is not None:
        evidence.record_verification(whole, failures)
    with pytest.raises(UncheckedBuildError, match="not found in their documents"):
        require_evidence(whole)


def test_models_that_were_built_in_part_are_refused(whole: Home) -> None:
    path = whole.dbt_target / "run_results.json"
    path.write_text('{"results": []}')
    with pytest.raises(UncheckedBuildError, match="have not run"):
        require_evidence(whole)


def test_a_release_that_is_materialized_alone_is_refused(whole: Home) -> None:
    from orchestration.definitions import build_definitions

    before = read_manifest(whole.published)
    with duckdb.connect(whole.build_database) as connection:
        connection.execute("update marts.fct_claims set value = 999 where claim_type = 'arrest'")
    job = build_definitions().resolve_job_def("warehouse")
    import dagster as dg

    result = job.execute_in_process(asset_selection=[dg.AssetKey(["published", "warehouse"])], raise_on_error=False)
    assert not result.success
    assert read_manifest(whole.published) == before
