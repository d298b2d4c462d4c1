"""Files of a folder as partitions: their keys, what became of each since the last look, and runs of several.

Belongs here: what documents and official statistics have in common. Not here: what is read of either.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

import dagster as dg

GROUP = "ingest"
"""Dagster's group of the assets that are read from folders of the user's."""

FEW = 5
"""Files that get a run of their own. The daemon takes 5 s to start a run, and 0.2 s to read a document."""


def partition_key(path: Path) -> str:
    """The file's name, or, where Dagster takes no such key, that name with the offending bytes as %XX."""
    name = path.name
    plain = name.isprintable() and "..." not in name and "%" not in name
    if plain:
        return name
    return quote_from_bytes(os.fsencode(name), safe=" ,;()[]'").replace("...", "%2E%2E%2E")


def file_of(folder: Path, key: str) -> Path:
    """The file of a partition."""
    return folder / os.fsdecode(unquote_to_bytes(key))


def file_state(path: Path) -> str:
    """Size and time of a file: when they stay the same, so does its content."""
    try:
        status = path.stat()
    except OSError:  # a link that leads nowhere, or a file that was removed just now
        return "gone"
    return f"{status.st_size}|{status.st_mtime_ns}"


def ranges(keys: Sequence[str], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The chosen of the keys as ranges of neighbours: the first and the last key of each."""
    wanted = set(chosen)
    found: list[tuple[str, str]] = []
    is_open = False
    for key in keys:
        if key in wanted:
            found = [*found[:-1], (found[-1][0], key)] if is_open else [*found, (key, key)]
        is_open = key in wanted
    return found


def partition_tags(first: str, last: str) -> dict[str, str]:
    """What tells Dagster the partitions of a run, from the first to the last."""
    if first == last:
        return {"dagster/partition": first}
    return {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}


def run_requests(keys: Sequence[str], due: Sequence[str]) -> list[dg.RunRequest]:
    """Runs of the partitions that are due: a few get one each; of many, neighbours among the keys share one."""
    together = [(key, key) for key in due] if len(due) <= FEW else ranges(keys, due)
    return [
        dg.RunRequest(partition_key=first) if first == last else dg.RunRequest(tags=partition_tags(first, last))
        for first, last in together
    ]


def partitions_of(instance: dg.DagsterInstance, partitions: dg.DynamicPartitionsDefinition) -> Sequence[str]:
    """The keys that an instance knows, in the order in which it learnt them."""
    assert partitions.name is not None
    return instance.get_dynamic_partitions(partitions.name)


def update_partitions(
    instance: dg.DagsterInstance, partitions: dg.DynamicPartitionsDefinition, files: Mapping[str, Path]
) -> list[str]:
    """Make the partitions of an instance those of a folder's files; return the keys of files that are gone."""
    if not files:
        return []  # a folder that lost everything at once is not mounted, rather than emptied
    known = partitions_of(instance, partitions)
    assert partitions.name is not None
    gone = [key for key in known if key not in files]
    for key in gone:
        instance.delete_dynamic_partition(partitions.name, key)
    instance.add_dynamic_partitions(partitions.name, [key for key in files if key not in known])
    return gone


def folder_tick(
    instance: dg.DagsterInstance,
    partitions: dg.DynamicPartitionsDefinition,
    files: Iterable[str],
    due: Sequence[str],
    idle: str,
    cursor: str,
) -> dg.SensorResult:
    """What a sensor on a folder asks for: runs of the files that are due, and partitions that are those of the folder.

    Requests have no key, for a file that is changed back wants a run as well.
    """
    known, present = partitions_of(instance, partitions), list(files)
    gone = [key for key in known if key not in present]
    new = [key for key in present if key not in known]
    keys = [key for key in (*known, *new) if key in present]
    return dg.SensorResult(
        run_requests=run_requests(keys, due),
        skip_reason=None if due else dg.SkipReason(idle),
        dynamic_partitions_requests=[
            *([partitions.build_add_request(new)] if new else []),
            *([partitions.build_delete_request(gone)] if gone else []),
        ],
        cursor=cursor,
    )
