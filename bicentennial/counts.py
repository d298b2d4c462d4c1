"""`make counts`: write the row counts of the seed tables, for their change of size to be reviewed with them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb

from bicentennial import settings
from expectations.counts import count_rows, write_counts
from ingest.check import SeedError
from ingest.load import load_seeds


def main() -> None:
    """Load the seed tables into a scratch database, count, write, and name the file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "counted.duckdb"
        try:
            load_seeds(settings.seeds(), database)
        except SeedError as error:
            sys.exit(f"The seed tables cannot be counted before they are mended:\n{error}")
        with duckdb.connect(database, read_only=True) as connection:
            print(write_counts(count_rows(connection), settings.committed_counts()))


if __name__ == "__main__":
    main()
