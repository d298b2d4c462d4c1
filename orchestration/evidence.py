"""What proves that a build may be published: which inputs were read, and that every check passed on this very file.

Blocking checks hold within one run. A release can also be asked for alone, days later, from the user interface; so
each step leaves its evidence beside the build database, and publication goes by that and by nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bicentennial import settings
from bicentennial.settings import Home
from expectations.borders import Border
from expectations.results import TableResult, read_results, write_results

BORDERS: tuple[Border, ...] = ("raw", "marts")
TESTS = ("test.", "unit_test.")


class UncheckedBuildError(Exception):
    """A build database that must not be published, and why."""


def forget(home: Home) -> None:
    """Remove the evidence of an earlier build: called before the build database changes."""
    for path in (*home.validations.glob("*"), home.dbt_target / "run_results.json"):
        path.unlink(missing_ok=True)


def record_inputs(home: Home, hashes: dict[str, str]) -> None:
    """Keep the hashes of all inputs, taken before the first of them was read."""
    home.validations.mkdir(parents=True, exist_ok=True)
    _inputs_file(home).write_text(json.dumps(hashes), encoding="utf-8")


def record_results(home: Home, border: Border, results: Iterable[TableResult]) -> None:
    """Keep the results of a border with the hash of the file that they are about."""
    write_results(results, home.validations / f"{border}.json")
    _hash_file(home, border).write_text(_sha256(home.build_database), encoding="utf-8")


def record_verification(home: Home, failures: list[str]) -> None:
    """Keep what was found when the claims were held against their documents."""
    home.validations.mkdir(parents=True, exist_ok=True)
    _verification_file(home).write_text(json.dumps(failures), encoding="utf-8")


def read_validations(home: Home) -> list[TableResult]:
    """The results of both borders.

    Raises:
        UncheckedBuildError: when a border was not checked.
    """
    try:
        return [result for border in BORDERS for result in read_results(home.validations / f"{border}.json")]
    except FileNotFoundError as error:
        raise UncheckedBuildError(f"no results of {Path(error.filename).stem}: run its checks") from None


def require_evidence(home: Home) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """The hashes of the inputs and the counts of checks of a build that may be published.

    Raises:
        UncheckedBuildError: when the raw tables were not all loaded together, an input has changed since, claims
            were not found in documents that were named, a check is missing or failed, or the build database is
            not the one that the last checks saw.
    """
    if not _inputs_file(home).exists():
        raise UncheckedBuildError("the raw tables were not all loaded in one go: materialize all of them")
    inputs: dict[str, str] = json.loads(_inputs_file(home).read_text(encoding="utf-8"))
    changed = sorted(name for name, _ in inputs.items() ^ settings.input_hashes().items())
    if changed:
        raise UncheckedBuildError(f"{', '.join(dict.fromkeys(changed))} changed since it was read: build again")
    if "documents/" in inputs:  # a folder of documents was named
        verification = _verification_file(home)
        if not verification.exists() or json.loads(verification.read_text(encoding="utf-8")):
            raise UncheckedBuildError("claims were not found in their documents: run that check, mend what it names")
    validations = read_validations(home)
    counts = {f"expectations_{border}": _count_rules(validations, border) for border in BORDERS}
    counts["dbt_tests"] = _count_tests(home)
    if _hash_file(home, "marts").read_text(encoding="utf-8") != _sha256(home.build_database):
        raise UncheckedBuildError("the build database changed after its marts were checked: check them again")
    failed = [name for name, count in counts.items() if count["failed"]]
    if failed:
        raise UncheckedBuildError(f"checks failed: {', '.join(failed)}")
    return inputs, counts


def _count_rules(results: Iterable[TableResult], border: Border) -> dict[str, int]:
    found = [result for result in results if result.border == border]
    failed = sum(len(result.failures) for result in found)
    warned = sum(len(result.warnings) for result in found)
    rules = sum(len(result.expectations) for result in found)
    return {"passed": rules - failed - warned, "warned": warned, "failed": failed}


def _count_tests(home: Home) -> dict[str, int]:
    """dbt's tests by outcome; all of the manifest have to have run, and all models to have been built."""
    try:
        results = json.loads((home.dbt_target / "run_results.json").read_text(encoding="utf-8"))["results"]
    except FileNotFoundError:
        raise UncheckedBuildError("dbt has not run since the raw tables were loaded: materialize its models") from None
    manifest = json.loads((home.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    wanted = {name for name in (*manifest["nodes"], *manifest["unit_tests"]) if name.startswith(("model.", *TESTS))}
    missing = wanted - {result["unique_id"] for result in results}
    if missing:
        raise UncheckedBuildError(f"{len(missing)} models or tests of dbt have not run: materialize all of them")
    outcomes = Counter(result["status"] for result in results if result["unique_id"].startswith(TESTS))
    failed = sum(count for status, count in outcomes.items() if status not in ("pass", "warn"))
    return {"passed": outcomes["pass"], "warned": outcomes["warn"], "failed": failed}


def _inputs_file(home: Home) -> Path:
    return home.validations / "inputs.json"


def _verification_file(home: Home) -> Path:
    return home.validations / "documents.json"


def _hash_file(home: Home, border: Border) -> Path:
    return home.validations / f"{border}.sha256"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
