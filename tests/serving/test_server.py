"""What the server does to its own process."""

from __future__ import annotations

import socket
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from bicentennial.serving.server import _let_more_wait


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed in /proc")
def test_the_queue_is_lengthened_and_no_file_left_open() -> None:
    with ExitStack() as open_files:
        listening = open_files.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1))
        for _ in range(5):
            open_files.enter_context(tempfile.TemporaryFile())
        before = len(list(Path("/proc/self/fd").iterdir()))
        _let_more_wait(listening.getsockname()[1])
        assert len(list(Path("/proc/self/fd").iterdir())) == before
        for _ in range(32):
            open_files.enter_context(socket.create_connection(listening.getsockname(), timeout=0.5))
