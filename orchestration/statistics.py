"""Official statistics as an asset, a partition a file: what is new or changed is read, alone, and kept as Parquet."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import dagster as dg

from bicentennial import settings
from ingest.check import Problem, read_table
from ingest.official_tables import OFFICIAL_TERMS
from ingest.statistics.lines import StatisticsError
from ingest.statistics.read import Terms
from ingest.statistics.store import (
    StatisticsFile,
    StatisticsFolder,
    is_current,
    is_refused,
    keep,
    known_terms,
    statistics_files,
)
from orchestration.partitions import GROUP, file_of, partition_key, partitions_of, update_partitions

PARTITIONS = dg.DynamicPartitionsDefinition(name="statistics")
STATISTICS_KEY = dg.AssetKey([GROUP, "statistics"])

SPEC = dg.AssetSpec(
    STATISTICS_KEY,
    description="A file of official statistics of the folder that BICENTENNIAL_STATISTICS names: every cell typed.",
    group_name=GROUP,
    kinds={"csv", "parquet"},
    skippable=True,
)


def named_folder() -> StatisticsFolder | None:
    """The folder that the environment names, whether or not it is there."""
    folder = settings.statistics()
    return StatisticsFolder(folder, settings.home().statistics) if folder else None


def files_of(statistics: StatisticsFolder) -> Mapping[str, Path]:
    """Files of a folder by partition.

    Raises:
        StatisticsError: the folder is not there, or cannot be listed.
    """
    return {partition_key(path): path for path in statistics_files(statistics.folder)}


def read_terms() -> Terms:
    """The words that files may hold now.

    Raises:
        ingest.check.SeedError: their table is broken.
    """
    return known_terms({OFFICIAL_TERMS.name: read_table(OFFICIAL_TERMS, settings.seeds())})


def due_partitions(
    instance: dg.DagsterInstance, statistics: StatisticsFolder, files: Mapping[str, Path], terms: Terms
) -> list[str]:
    """The partitions of these files that reading would say something new of, or that Dagster never saw."""
    seen = instance.get_materialized_partitions(STATISTICS_KEY)
    return [key for key, path in files.items() if _is_due(path, statistics.store, terms, is_seen=key in seen)]


def _is_due(path: Path, store: Path, terms: Terms, is_seen: bool) -> bool:
    is_known = is_current(path, store, terms) and is_seen
    return not is_known and not is_refused(path, store, terms)


@dg.multi_asset(
    name="read_statistics", specs=[SPEC], partitions_def=PARTITIONS, backfill_policy=dg.BackfillPolicy.single_run()
)
def read_statistics(context: dg.AssetExecutionContext) -> Iterator[dg.AssetMaterialization]:
    """Read files of official statistics. One that is broken leaves its partition failed, and the others go on."""
    statistics = named_folder()
    if statistics is None:
        raise dg.Failure("BICENTENNIAL_STATISTICS names no folder", allow_retries=False)
    problems: list[Problem] = []
    terms = read_terms()
    for key in context.partition_keys:
        try:
            file = keep(file_of(statistics.folder, key), statistics.store, terms)
        except StatisticsError as error:
            problems += error.problems
        else:
            yield _materialization(key, statistics, file)
    if problems:
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        raise dg.Failure(
            f"{count} in official statistics; nothing of these files was loaded:\n" + "\n".join(map(str, problems)),
            metadata={"problems": _table(problems)},
            allow_retries=False,
        )


def _materialization(key: str, statistics: StatisticsFolder, file: StatisticsFile) -> dg.AssetMaterialization:
    return dg.AssetMaterialization(
        STATISTICS_KEY,
        partition=key,
        metadata={
            "dataset": file.dataset,
            "dagster/partition_row_count": file.row_count,
            "first_month": file.first_month_on,
            "last_month": file.last_month_on,
            "sha256": file.sha256,
            "path": dg.MetadataValue.path(str(statistics.folder / file.file_name)),
            "kept_as": dg.MetadataValue.path(str(file.parquet)),
        },
    )


def _table(problems: Sequence[Problem]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "file": problem.file,
                    "row": problem.row,
                    "column": problem.column,
                    "value": problem.value,
                    "remedy": problem.remedy,
                }
            )
            for problem in problems
        ]
    )


statistics_job = dg.define_asset_job(
    "statistics",
    selection=dg.AssetSelection.assets(STATISTICS_KEY),
    description="Read files of official statistics: the partitions that are chosen, and no other.",
)


def keep_partitions(instance: dg.DagsterInstance, files: Mapping[str, Path]) -> Sequence[str]:
    """Make the partitions of an instance those of the folder's files; return them in the instance's order."""
    update_partitions(instance, PARTITIONS, files)
    return partitions_of(instance, PARTITIONS)
