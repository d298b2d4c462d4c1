"""The last asset: the release that readers see."""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from bicentennial import settings
from bicentennial.publish import publish
from orchestration.evidence import UncheckedBuildError, read_validations, require_evidence
from orchestration.instance import WRITER_POOL, WriterBusyError, writer

PUBLISHED_KEY = dg.AssetKey(["published", "warehouse"])


def build_published_asset(marts: Iterable[dg.AssetKey]) -> dg.AssetsDefinition:
    """The published release, downstream of all marts and so of all their blocking checks."""

    @dg.asset(key=PUBLISHED_KEY, deps=list(marts), group_name="published", kinds={"duckdb", "parquet"},
              pool=WRITER_POOL)  # fmt: skip
    def published_warehouse() -> dg.MaterializeResult[None]:
        """The checked build as a release, swapped in in one step: DuckDB file, Parquet, descriptions, Data Docs."""
        from expectations.validate import build_data_docs

        home = settings.home()
        try:
            with writer(home):
                inputs, checks = require_evidence(home)
                build_data_docs(read_validations(home), home.data_docs)
                release = publish(home, inputs, checks)
        except UncheckedBuildError as error:
            raise dg.Failure(f"Nothing was published: {error}", allow_retries=False) from error
        except WriterBusyError as error:
            raise dg.RetryRequested(max_retries=5, seconds_to_wait=30) from error
        return dg.MaterializeResult(
            metadata={
                "version": release.version,
                "path": dg.MetadataValue.path(str(release.path)),
                "is_new": release.is_new,
            }
        )

    return published_warehouse
