"""dbt's models as assets, its tests as their checks."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from bicentennial import settings
from bicentennial.settings import DBT_PROJECT, Home
from orchestration.instance import WRITER_POOL, WriterBusyError, writer


class Translator(DagsterDbtTranslator):
    """Names and groups of dbt's nodes in Dagster: the schema is both the prefix of the key and the group."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return str(dbt_resource_props["schema"])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return str(dbt_resource_props["description"])


def dbt_environment(home: Home) -> dict[str, str]:
    """What dbt reads from the environment, for a home."""
    return {
        "BICENTENNIAL_BUILD_DATABASE": str(home.build_database),
        "DBT_TARGET_PATH": str(home.dbt_target),
        "DBT_LOG_PATH": str(home.dbt_target),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET": "duckdb",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


class PinnedDbt(DbtCliResource):
    """dbt of this environment, whose version is known: asking the program for it took 3 s of each build."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(installed_version("dbt-core"))


def dbt_executable() -> Path:
    """dbt of the environment that runs this, whatever the search path says."""
    return Path(sys.executable).with_name("dbt")


def prepare_project(home: Home) -> DbtProject:
    """The dbt project with a manifest that is up to date: parsed again only when a file of it has changed.

    Raises:
        subprocess.CalledProcessError: when dbt cannot parse the project; its output is on the error.
    """
    os.environ.update(dbt_environment(home))
    stamp = home.dbt_target / ".parsed"
    current = _project_hash()
    if not (home.dbt_target / "manifest.json").exists() or not stamp.exists() or stamp.read_text() != current:
        home.dbt_target.mkdir(parents=True, exist_ok=True)
        command = [str(dbt_executable()), "--quiet", "parse", "--project-dir", str(DBT_PROJECT)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        stamp.write_text(current)
    return DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT, target_path=home.dbt_target)


def _project_hash() -> str:
    digest = hashlib.sha256()
    for name, path in settings.input_files():
        if name.startswith("dbt_project/"):
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()


def build_dbt_assets(project: DbtProject) -> dg.AssetsDefinition:
    """All models of a project as one step that runs `dbt build`."""

    @dbt_assets(manifest=project.manifest_path, project=project, dagster_dbt_translator=Translator(), name="dbt",
                pool=WRITER_POOL)  # fmt: skip
    def dbt_models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        home = settings.home()
        try:
            with writer(home):
                yield from dbt.cli(["build"], context=context, target_path=home.dbt_target).stream()
        except WriterBusyError as error:
            raise dg.RetryRequested(max_retries=5, seconds_to_wait=30) from error

    return dbt_models
