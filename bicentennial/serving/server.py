"""Listen: DuckDB with its protocol loaded, everything else shut, and two threads that keep it in order."""

from __future__ import annotations

import contextlib
import hmac
import importlib.util
import os
import resource
import secrets
import shutil
import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bicentennial.serving.gate import Gate
from bicentennial.serving.releases import Releases
from bicentennial.serving.statements import harmless_functions
from bicentennial.settings import Home
from bicentennial.terminal import printable

SHORTEST_TOKEN = 16
FOLLOW_SECONDS, TEND_SECONDS, STOP_SECONDS = 0.5, 0.1, 1.0
SPARE_BYTES = 4 * 1024**3
"""Addresses beyond the memory that clients may use: the stacks of the library's 128 threads, what its allocator keeps,
requests. Most of it is never touched (180 MB are, at rest); with 1.7 GB one long request and 1,500 sessions used it
up, and the library ends the process then."""
WAITING_CONNECTIONS = 128
"""How many clients may wait for the server to accept them; the library asks for 5, and others are turned away for a
second each time."""


@dataclass(frozen=True)
class Options:
    """Where to listen and how much to use. `memory` as DuckDB writes it; `threads` none for one a core."""

    host: str
    port: int
    token: str
    memory: str
    threads: int | None
    seconds: float
    log_queries: bool = False

    @property
    def is_local(self) -> bool:
        return self.host in ("localhost", "127.0.0.1", "::1")

    @property
    def uri(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"quack:{host}:{self.port}"


class ListenError(Exception):
    """The address cannot be listened on; the message says which and why."""


class Server:
    """A server that listens from its creation until `stop`."""

    def __init__(self, home: Home, options: Options, log: Callable[[str], None]) -> None:
        """
        Raises:
            PublicationError: when nothing readable is published.
            ListenError: when the address is taken or not to be had.
            duckdb.Error: when a limit is not one that DuckDB knows.
        """
        self.options = options
        self._write = log
        self._is_stopping = threading.Event()
        _check_address(options)
        self._folder = Path(tempfile.mkdtemp(prefix="bicentennial-serve-"))
        try:
            self._connection = _open(self._folder, options)
            self._releases = Releases(home, self._connection.cursor(), self._folder, _functions())
            self._releases.follow()
            self._gate = Gate(
                self._releases, self._connection.cursor(), options.seconds, self._log, options.log_queries
            )
            self._listen()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        for task in (self._follow, self._tend):
            threading.Thread(target=task, daemon=True).start()

    @property
    def version(self) -> str:
        """Of the release that is read now."""
        return self._releases.current.version

    @property
    def is_broken(self) -> bool:
        return self._gate.is_broken.is_set()

    def stop(self) -> None:
        """Stop listening, and what runs; returns within `STOP_SECONDS`, whatever a client does."""
        self._is_stopping.set()
        self._gate.close()

        def stop_listening() -> None:
            with contextlib.suppress(duckdb.Error):
                self._connection.execute(f"call quack_stop('{self.options.uri}')")

        stopping = threading.Thread(target=stop_listening, daemon=True)
        stopping.start()
        stopping.join(STOP_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _log(self, line: str) -> None:
        self._write(printable(line.replace(self.options.token, "***")))

    def _listen(self) -> None:
        connection, token = self._connection, self.options.token.encode()

        def may_connect(session_id: str, offered: str, _: str) -> bool:
            is_right = hmac.compare_digest(offered.encode(), token)
            if not is_right:
                self._log("refused: a client without the token")
            return is_right

        def answer(session_id: str, sql: str) -> str | None:
            return self._gate.answer(session_id, sql)

        # `side_effects`: called for each statement, and never in advance
        connection.create_function("serve_may_connect", may_connect, ["VARCHAR"] * 3, "BOOLEAN", side_effects=True)
        connection.create_function("serve_answer", answer, ["VARCHAR"] * 2, "VARCHAR", side_effects=True)
        connection.execute("set global quack_authentication_function = 'serve_may_connect'")
        connection.execute("set global quack_authorization_function = 'serve_answer'")
        connection.execute("set lock_configuration = true")
        try:
            # The token that DuckDB knows is another one, so that the true one is nowhere in the database.
            connection.execute(
                "call quack_serve(?, token = ?, allow_other_hostname = ?)",
                [self.options.uri, secrets.token_hex(), not self.options.is_local],
            )
        except duckdb.Error as error:
            raise ListenError(f"cannot listen on {self.options.uri}: {error}") from error
        _let_more_wait(self.options.port)

    def _follow(self) -> None:
        """Move to each publication; what cannot be read is told once."""
        told = ""
        while not self._is_stopping.wait(FOLLOW_SECONDS):
            try:
                if version := self._releases.follow():
                    self._log(f"now serving {version}")
                    told = ""
            except Exception as error:  # without this thread the old release would be served for ever
                if str(error) != told:
                    self._log(f"still serving {self.version}: {error}")
                told = str(error)

    def _tend(self) -> None:
        while not self._is_stopping.wait(TEND_SECONDS):
            try:
                self._gate.tend()
            except Exception as error:  # without this thread no query would be stopped
                self._log(f"an answer could not be dropped: {error}")


def read_token(file: Path) -> str:
    """The token in a file.

    Raises:
        OSError: when it cannot be read.
        ValueError: when everybody may read the file, or it holds no token.
    """
    if stat.S_IMODE(file.stat().st_mode) & 0o007:
        raise ValueError(f"everybody may read {file}: chmod 600 {file}")
    return check_token(file.read_text(encoding="utf-8").strip(), str(file))


def check_token(token: str, place: str) -> str:
    """The token, if it is one.

    Raises:
        ValueError: when it is too short, or holds what cannot be pasted into a statement.
    """
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or set(token) & set("' \"\\"):
        raise ValueError(f"{place} holds no token: {SHORTEST_TOKEN} or more letters, digits and marks, no quotes")
    return token


def extension_file(name: str) -> Path:
    """A DuckDB extension as its wheel brought it, for `load`: nothing is copied into the user's home.

    Raises:
        FileNotFoundError: when the wheel is not installed, or not for this DuckDB.
    """
    found = importlib.util.find_spec(f"duckdb_extension_{name}")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"the package duckdb-extension-{name} is not installed")
    folder = Path(found.submodule_search_locations[0]) / "extensions" / f"v{duckdb.__version__}"
    file = folder / f"{name}.duckdb_extension"
    if not file.exists():
        raise FileNotFoundError(f"{file} is missing: install duckdb-extension-{name}=={duckdb.__version__}")
    return file


def _open(folder: Path, options: Options) -> duckdb.DuckDBPyConnection:
    """A database in memory that reads files of one folder only, and downloads and loads nothing."""
    limits: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": options.memory,
        "temp_directory": str(folder / "spill"),
        "max_temp_directory_size": options.memory,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "python_enable_replacements": False,
    }
    if options.threads:
        limits["threads"] = options.threads
    connection = duckdb.connect(":memory:", config=limits)
    for name in ("httpfs", "quack"):  # sessions are numbered at random by the cryptography of httpfs
        connection.execute(f"load '{extension_file(name)}'")
    connection.execute(f"set allowed_directories = ['{folder}']")
    connection.execute("set enable_external_access = false")
    _limit_process(connection)
    return connection


def _functions() -> frozenset[str]:
    with duckdb.connect() as connection:
        return harmless_functions(connection)


def _check_address(options: Options) -> None:
    """The protocol's library shares a port with whoever of the same user listens there already: so ask before."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)
    with contextlib.suppress(OSError), socket.create_connection((host, options.port), timeout=1):
        raise ListenError(f"cannot listen on {options.uri}: something else listens there")


def _limit_process(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the operating system refuse what DuckDB does not count: lists and texts made inside one function.

    Linux alone does; elsewhere only DuckDB's own limit holds.
    """
    if sys.platform != "linux":
        return
    [(limit,)] = connection.execute("select parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    in_use = resource.getpagesize() * int(Path("/proc/self/statm").read_text().split()[5])
    most = in_use + limit + limit // 2 + SPARE_BYTES
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))


def _let_more_wait(port: int) -> None:
    """Lengthen the queue of the listening socket; where it is not found among the open files, it stays short."""
    with contextlib.suppress(OSError):
        for entry in list(Path("/proc/self/fd").iterdir()):
            if not entry.is_socket():
                continue
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(entry.name))) as found:
                if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and found.getsockname()[1] == port:
                    found.listen(WAITING_CONNECTIONS)
