"""Raw assets: one table a seed file, checked together and loaded into a fresh build database."""

from collections.abc import Iterator

import dagster as dg

from bicentennial import settings
from ingest.check import SeedError
from ingest.load import load_seeds
from ingest.tables import TABLES, Table
from orchestration import evidence
from orchestration.instance import WRITER_POOL, WriterBusyError, writer


def raw_key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", table])


def _spec(table: Table) -> dg.AssetSpec:
    columns = [
        dg.TableColumn(name, table.sql_type(name), table.row.model_fields[name].description) for name in table.columns
    ]
    return dg.AssetSpec(
        raw_key(table.name),
        description=table.description,
        group_name="raw",
        kinds={"csv", "duckdb"},
        skippable=True,
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(name="raw", specs=[_spec(table) for table in TABLES], can_subset=True, pool=WRITER_POOL)
def raw_tables(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
    """Check all seed tables, then load those selected; all of them go into a new database."""
    home = settings.home()
    names = {key.path[-1] for key in context.selected_asset_keys}
    try:
        with writer(home):
            evidence.forget(home)
            if len(names) == len(TABLES):
                evidence.record_inputs(home, settings.input_hashes())
                home.build_database.unlink(missing_ok=True)
            counts = load_seeds(settings.seeds(), home.build_database, only=names)
    except SeedError as error:
        raise dg.Failure(
            f"{len(error.problems)} problems in the seed tables; nothing was loaded",
            metadata={"problems": dg.MetadataValue.md("\n".join(f"- {problem}" for problem in error.problems))},
            allow_retries=False,
        ) from error
    except WriterBusyError as error:
        raise dg.RetryRequested(max_retries=5, seconds_to_wait=30) from error
    for name, count in counts.items():
        yield dg.MaterializeResult(asset_key=raw_key(name), metadata={"dagster/row_count": count})
