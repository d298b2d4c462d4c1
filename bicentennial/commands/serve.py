"""`bicentennial serve`: the published warehouse for clients on other machines or in other processes, read-only."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

import click
import duckdb

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, CHECK_FAILED, errors, fail

TOKEN_VARIABLE = "BICENTENNIAL_SERVE_TOKEN"


@click.command()
@click.option("--host", default="localhost", show_default=True,
              help="Where to listen; 0.0.0.0 for all networks, not encrypted.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=9494, show_default=True, help="Where clients connect.")
@click.option("--token-file", type=click.Path(dir_okay=False, path_type=Path),
              help=f"File with the token, readable to its owner only. Else {TOKEN_VARIABLE}; else one is made up "
                   "and shown.")  # fmt: skip
@click.option("--memory", default="1GB", show_default=True, help="For all clients together, answers included.")
@click.option("--threads", type=click.IntRange(min=1), help="For all clients together; default one a core.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=60, show_default=True,
              help="How long a query may run.")  # fmt: skip
@click.option("--log-queries", is_flag=True, help="A line for every query that was answered.")
def serve(
    host: str,
    port: int,
    token_file: Path | None,
    memory: str,
    threads: int | None,
    seconds: float,
    log_queries: bool,
) -> None:
    """Serve the published warehouse over DuckDB's client-server protocol (quack), read-only, until Ctrl-C.

    Clients need the token. They see the marts of the published release, and with their next query those of the next
    publication.

    \b
    Examples:
      bicentennial serve
      bicentennial serve --port 9500 --token-file ~/.bicentennial-token --memory 4GB
    """
    from bicentennial.serving.releases import PublicationError
    from bicentennial.serving.server import ListenError, Options, Server

    token, is_new = _token(token_file)
    options = Options(host, port, token, memory, threads, seconds, log_queries)
    try:
        server = Server(settings.home(), options, _say)
    except PublicationError as error:
        fail(BAD_INPUT, f"Not started: {error}.", ["Build and publish first: make warehouse"])
    except (ListenError, FileNotFoundError, duckdb.Error) as error:
        fail(BAD_INPUT, f"Not started: {error}.")
    is_over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: is_over.set())
    _say(f"serving {server.version} on {options.uri}, read-only; Ctrl-C stops it")
    if not options.is_local:
        errors.print("[bold yellow]Not encrypted:[/] who listens on the network sees the token. Put a proxy with TLS "
                     "before it (docs/serving.md).")  # fmt: skip
    address = options.uri if options.is_local else f"quack:NAME-OF-THIS-MACHINE:{port}"
    more = "" if options.is_local else ", disable_ssl true"
    shown = token if is_new else "…"
    _say(f"in DuckDB: attach '{address}' as w (type quack, token '{shown}'{more}); "
         "from w.query('select claim_id, as_stated from fct_seizures');")  # fmt: skip
    while not is_over.wait(0.2):
        if server.is_broken:
            server.stop()
            fail(CHECK_FAILED, "Stopped: the database failed. Start the server again.")
    server.stop()
    _say("stopped")
    os._exit(0)  # a client's query that does not heed its interruption would hold the process


def _token(file: Path | None) -> tuple[str, bool]:
    """The token, and whether it was made up just now."""
    from bicentennial.serving.server import check_token, read_token

    try:
        if file:
            return read_token(file), False
        if token := os.environ.pop(TOKEN_VARIABLE, ""):
            return check_token(token, TOKEN_VARIABLE), False
    except OSError as error:
        fail(BAD_INPUT, f"Not started: {file} cannot be read ({error.strerror}).")
    except ValueError as error:
        fail(BAD_INPUT, f"Not started: {error}.")
    return secrets.token_urlsafe(24), True


def _say(line: str) -> None:
    """A line of the log, at once; where nobody reads on (`serve | head -2`), no reason to stop serving."""
    with suppress(OSError):
        click.echo(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {line}")
        sys.stdout.flush()
