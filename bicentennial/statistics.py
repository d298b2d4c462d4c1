"""`make statistics`: derive the totals of official statistics anew, to be reviewed with the files that moved them."""

from __future__ import annotations

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, console, fail
from ingest.check import SeedError
from ingest.statistics.totals import derive_totals


def main() -> None:
    """Derive the tables of `seeds/` from the folder that `BICENTENNIAL_STATISTICS` names, and name the vintages."""
    folder = settings.statistics()
    if folder is None:
        fail(BAD_INPUT, "BICENTENNIAL_STATISTICS names no folder: name the one that holds the CSV files.")
    try:
        found = derive_totals(settings.seeds(), folder, settings.home().statistics)
    except SeedError as error:
        fail(BAD_INPUT, "The totals cannot be derived before this is mended:", list(map(str, error.problems)))
    if not found:
        fail(BAD_INPUT, f"{folder} holds no CSV file: the tables stay as they were.")
    console.print(f"Derived anew from {folder}, to be reviewed:")
    for vintage_id in found:
        console.print(f"  {vintage_id}")


if __name__ == "__main__":
    main()
