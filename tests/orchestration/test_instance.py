"""One process at a time writes a home, and one that dies leaves nothing to clean up."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from bicentennial.settings import Home
from orchestration.instance import WriterBusyError, prepare_instance, writer

from ..support import PROJECT

HOLDER = """
import sys
from pathlib import Path
from bicentennial.settings import Home
from orchestration.instance import writer
with writer(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(home: Home) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the home until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=PROJECT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_and_told_of_the_first(home: Home, holder: subprocess.Popen[str]) -> None:
    for _ in range(2):  # a refusal takes nothing away
        with pytest.raises(WriterBusyError, match=f"process {holder.pid} is building in {home.root}"), writer(home):
            pytest.fail("two processes hold one home")


def test_the_next_process_may_write_once_the_first_has_ended(home: Home, holder: subprocess.Popen[str]) -> None:
    holder.communicate("", timeout=30)
    assert holder.returncode == 0
    with writer(home):
        pass


def test_a_process_that_was_killed_holds_nothing(home: Home, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=30)
    with writer(home):
        assert (home.root / ".lock").read_text() != str(holder.pid)


def test_another_home_is_free(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with writer(Home(tmp_path / "other")):
        pass


def test_steps_of_the_holder_may_write(home: Home) -> None:
    with writer(home), writer(home):
        pass
    with writer(home):
        pass


def test_an_error_gives_the_home_back(home: Home) -> None:
    with pytest.raises(ZeroDivisionError), writer(home):
        raise ZeroDivisionError
    script = HOLDER.replace("sys.stdin.read()", "pass")
    done = subprocess.run([sys.executable, "-c", script, str(home.root)], cwd=PROJECT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("held\n", "")


def test_an_instance_runs_one_writer_at_a_time_and_tells_nobody(home: Home) -> None:
    with dg.DagsterInstance.from_config(str(prepare_instance(home))) as instance:
        assert not instance.telemetry_enabled
        assert instance.get_concurrency_config().pool_config.default_pool_limit == 1
        assert instance.get_concurrency_config().run_queue_config is not None
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1
    assert {path.name for path in home.root.iterdir()} == {"dagster"}
