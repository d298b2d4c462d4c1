"""Put the site together, aside, and move it into the release."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bicentennial.docs.lineage import render_lineage
from bicentennial.docs.pages import write_sources
from bicentennial.docs.warehouse import write_dbt_docs
from bicentennial.publish import git_commit, read_manifest
from bicentennial.settings import PROJECT, Home


def build_site(home: Home) -> Path:
    """Build the site of the published release into its folder `docs/`; return its front page.

    A release is otherwise never changed: the site is no output of the build but is made of one, with tools that only
    developers have, and it would add a third to the time of each build. It comes in one rename; one that is there
    already is moved away just before.

    Raises:
        FileNotFoundError: when nothing is published.
        ValueError: when a diagram is not drawn.
        subprocess.CalledProcessError: when Sphinx or dbt finds something wrong; they have said what.
    """
    release = home.published.resolve()  # once: the next one may be published meanwhile
    manifest = read_manifest(release)
    if manifest is None:
        raise FileNotFoundError(home.published)
    home.build.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.build, prefix="docs-") as name:
        scratch = Path(name)
        site, sources = scratch / "site", scratch / "sources"
        dbt = write_dbt_docs(home, release / "warehouse.duckdb", scratch / "dbt", scratch / "dbt.html")
        changes = release / "CHANGES.md"
        told = (
            changes.read_text(encoding="utf-8")
            if changes.exists()
            else "# What changed\n\nPublished before releases told it.\n"
        )
        write_sources(sources, {"lineage": render_lineage(dbt), "changes": told}, manifest, git_commit())
        subprocess.run(
            [sys.executable, "-m", "sphinx", "-c", PROJECT / "docs",
             "-d", scratch / "doctrees", "-D", f"release={manifest['version']}", "--fail-on-warning", "--keep-going",
             "--quiet", sources, site],
            check=True,
        )  # fmt: skip
        (site / "dbt").mkdir()
        (scratch / "dbt.html").rename(site / "dbt" / "index.html")
        target = release / "docs"
        if target.exists():
            target.rename(scratch / "old")
        site.rename(target)
    return home.published / "docs" / "index.html"
