"""Raw assets: seed tables, proposals, official statistics, checked together and loaded into a fresh database."""

from collections.abc import Iterator

import dagster as dg

from bicentennial import settings
from ingest.check import SeedError
from ingest.load import load_raw
from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.proposal_tables import FIGURES_LEFT_OUT, PROPOSALS, RAW_TABLES, READ_DOCUMENTS
from ingest.schema import Table
from orchestration import evidence
from orchestration.documents import DOCUMENTS_KEY, PROPOSALS_KEY
from orchestration.instance import WRITER_POOL, WriterBusyError, writer
from orchestration.statistics import STATISTICS_KEY, named_folder

ORIGINS = {
    PROPOSALS.name: PROPOSALS_KEY,
    FIGURES_LEFT_OUT.name: PROPOSALS_KEY,
    READ_DOCUMENTS.name: DOCUMENTS_KEY,
    OFFICIAL_SEIZURES.name: STATISTICS_KEY,
}
"""Raw table → the asset of which it is loaded; the others are seed files, which nothing makes."""


def raw_key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", table])


def _spec(table: Table) -> dg.AssetSpec:
    columns = [
        dg.TableColumn(name, table.sql_type(name), table.row.model_fields[name].description) for name in table.columns
    ]
    return dg.AssetSpec(
        raw_key(table.name),
        deps=[ORIGINS[table.name]] if table.name in ORIGINS else [],
        description=table.description,
        group_name="raw",
        kinds={"csv", "duckdb"},
        skippable=True,
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(name="raw", specs=[_spec(table) for table in RAW_TABLES], can_subset=True, pool=WRITER_POOL)
def raw_tables(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
    """Check all that is to be loaded, then load what is selected; all of it goes into a new database."""
    home = settings.home()
    names = {key.path[-1] for key in context.selected_asset_keys}
    try:
        with writer(home):
            evidence.forget(home)
            if len(names) == len(RAW_TABLES):
                evidence.record_inputs(home, settings.input_hashes())
                home.build_database.unlink(missing_ok=True)
            counts = load_raw(
                settings.seeds(), home.build_database, home.proposals, settings.documents(), named_folder(), only=names
            )
    except SeedError as error:
        raise dg.Failure(
            f"{len(error.problems)} problems in seed tables, proposals or official statistics; nothing was loaded",
            metadata={"problems": dg.MetadataValue.md("\n".join(f"- {problem}" for problem in error.problems))},
            allow_retries=False,
        ) from error
    except WriterBusyError as error:
        raise dg.RetryRequested(max_retries=5, seconds_to_wait=30) from error
    for name, count in counts.items():
        yield dg.MaterializeResult(asset_key=raw_key(name), metadata={"dagster/row_count": count})
