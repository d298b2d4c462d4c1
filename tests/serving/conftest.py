"""A server as a process of its own over a copy of the built home, and clients of it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import pytest

from bicentennial.settings import Home

from ..support import CLI, PROJECT, Built, copied_home, environment
from .client import connect

TOKEN = "a-token-of-the-tests"


@dataclass
class Served:
    """A server that runs, and what it has said so far."""

    home: Home
    port: int
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def uri(self) -> str:
        return f"quack:localhost:{self.port}"

    def connect(self, token: str = TOKEN) -> duckdb.DuckDBPyConnection:
        return connect(self.uri, token)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Its exit code; fails where it takes much longer than the 2 s that are promised for a machine at rest."""
        self.process.send_signal(number)
        return self.process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(home: Home, *arguments: str, token: str | None = TOKEN, port: int | None = None) -> Iterator[Served]:
    """A server until the end of the block, by whatever way it ends."""
    port = port or free_port()
    process = subprocess.Popen(
        [*CLI, "serve", "--port", str(port), *arguments],
        env=environment(home.root, **({"BICENTENNIAL_SERVE_TOKEN": token} if token else {})),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    served = Served(home, port, process)
    is_ready = threading.Event()

    def listen() -> None:
        assert process.stdout
        for line in process.stdout:
            served.lines.append(line)
            if re.search("in DuckDB: attach", line):
                is_ready.set()
        is_ready.set()

    reader = threading.Thread(target=listen)
    reader.start()
    try:
        assert is_ready.wait(20), "the server says nothing"
        assert process.poll() is None, "".join(served.lines)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()
            reader.join()


@pytest.fixture(scope="module")
def served_home(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A copy of the built home, for one file of tests."""
    with copied_home(built.home, tmp_path_factory.mktemp("served") / "home") as home:
        yield home


@pytest.fixture(scope="module")
def served(served_home: Home) -> Iterator[Served]:
    """A server with a short limit of time."""
    with serving(served_home, "--seconds", "2", "--memory", "300MB") as running:
        yield running


@pytest.fixture
def client(served: Served) -> Iterator[duckdb.DuckDBPyConnection]:
    with served.connect() as connection:
        yield connection


def asking(served: Served, connections: int, seconds: float, question: str) -> subprocess.Popen[str]:
    """A client as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.serving.client", served.uri, str(connections), str(seconds), question],
        env=environment(served.home.root, TOKEN=TOKEN),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
