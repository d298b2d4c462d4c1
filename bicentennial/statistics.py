"""`make statistics`: derive the totals of official statistics anew, to be reviewed with the files that moved them."""

from __future__ import annotations

import sys

from bicentennial import settings
from ingest.check import SeedError
from ingest.statistics.totals import derive_totals


def main() -> None:
    """Derive the tables of `seeds/` from the folder that `BICENTENNIAL_STATISTICS` names, and name the vintages."""
    folder = settings.statistics()
    if folder is None:
        sys.exit("BICENTENNIAL_STATISTICS names no folder: name the one that holds the CSV files")
    try:
        found = derive_totals(settings.seeds(), folder, settings.home().statistics)
    except SeedError as error:
        sys.exit(f"The totals cannot be derived before this is mended:\n{error}")
    print("\n".join(found))


if __name__ == "__main__":
    main()
