"""A client in a process of its own: ask the same question over and over on several connections; tell what came back.

    python -m tests.serving.client URI CONNECTIONS SECONDS QUESTION     with the token in TOKEN

Writes JSON: `answers`, each different row with how often it came, in the order of first arrival; `errors`; `count`;
`slowest` and `median` in seconds.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import threading
import time

import duckdb

from bicentennial.serving.server import extension_file


def connect(uri: str, token: str, names: tuple[str, ...] = ("w",)) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the server attached under each of these names; each is a connection of its own."""
    client = duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 2})
    for name in ("httpfs", "quack"):
        client.execute(f"load '{extension_file(name)}'")
    for name in names:
        client.execute(f"attach '{uri}' as {name} (type quack, token '{token}')")
    return client


def main() -> None:
    uri, connections, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    question = sys.argv[4]
    names = tuple(f"w{number}" for number in range(connections))
    client = connect(uri, os.environ["TOKEN"], names)
    answers: dict[str, int] = {}
    errors: list[str] = []
    times: list[float] = []

    def ask(name: str, until: float) -> None:
        with client.cursor() as connection:
            while (started := time.monotonic()) < until:
                try:
                    rows = connection.execute(f"from {name}.query($$ {question} $$)")
                    answer = json.dumps(rows.fetchall(), default=str)
                    answers[answer] = answers.get(answer, 0) + 1
                    times.append(time.monotonic() - started)
                except duckdb.Error as error:
                    errors.append(str(error))

    until = time.monotonic() + seconds
    threads = [threading.Thread(target=ask, args=(name, until)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = {"answers": answers, "errors": errors, "count": len(times)}
    print(json.dumps(report | {"slowest": max(times), "median": statistics.median(times)}))


if __name__ == "__main__":
    main()
