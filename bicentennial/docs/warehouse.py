"""dbt's own docs of a release. Its catalog is read from a copy of the published database: no build is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bicentennial.settings import DBT_PROJECT, Home

TRACKER = "//d1fc8wv8zag5ca.cloudfront.net/2.9.0/sp.js"
"""The page would load this where a project sends usage statistics. Ours does not; nor shall a copy of the page."""


def write_dbt_docs(home: Home, warehouse: Path, scratch: Path, target: Path) -> dict[str, Any]:
    """Write dbt's docs as one file that needs no other; return dbt's manifest.

    Args:
        home: whose last build spares dbt the reading of all models, where it is there.
        warehouse: database of the release. dbt opens what it describes for writing, and so gets a copy.
        scratch: folder for the copy and dbt's files.
        target: file to write.

    Raises:
        subprocess.CalledProcessError: when dbt cannot read its project; dbt has said why on the screen.
    """
    scratch.mkdir(parents=True)
    copy = scratch / "warehouse.duckdb"  # dbt knows the database by the name of its file
    shutil.copyfile(warehouse, copy)
    parsed = home.dbt_target / "partial_parse.msgpack"
    if parsed.exists():
        shutil.copyfile(parsed, scratch / parsed.name)
    for command in (["parse"], ["docs", "generate", "--static", "--no-compile"]):
        subprocess.run(
            [Path(sys.executable).with_name("dbt"), "--quiet", *command, "--project-dir", DBT_PROJECT, "--profiles-dir",
             DBT_PROJECT, "--target-path", scratch, "--log-path", scratch],
            env=os.environ | {"BICENTENNIAL_BUILD_DATABASE": str(copy)},
            check=True,
        )  # fmt: skip
    page = (scratch / "static_index.html").read_text(encoding="utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page.replace(TRACKER, ""), encoding="utf-8")
    manifest: dict[str, Any] = json.loads((scratch / "manifest.json").read_text(encoding="utf-8"))
    return manifest
