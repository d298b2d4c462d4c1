"""The whole builds that tests share, each made once, by a process of its own, beside the first tests.

A whole build takes most of a minute, so there are as few as possible: one of the project's own tables, and one of
other inputs in a copy of its home (`later.py`). Processes of tests that run side by side share them through a folder:
whoever comes first makes a build there, and the others wait for it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bicentennial.settings import Home

from .later import prepare_later
from .support import PROJECT, Built, run_cli


def make_built(folder: Path) -> None:
    """The project's seed tables, built and published."""
    keep_what_it_said(Built(Home(folder / "built" / "home"), ""), {})


def make_later(folder: Path) -> None:
    """What came in later, built and published in a copy of the first home."""
    make("built", folder)
    later = prepare_later(Home(folder / "built" / "home"), folder / "later")
    keep_what_it_said(later, later.env)


BUILDS: dict[str, Callable[[Path], None]] = {"built": make_built, "later": make_later}


def keep_what_it_said(built: Built, env: dict[str, str]) -> None:
    """Build, and write what the command line said beside the home: the mark that it is done."""
    done = run_cli("build", home=built.home.root, env=env)
    if done.returncode:
        sys.exit(f"the build failed:\n{done.stdout}\n{done.stderr}")
    (built.home.root.parent / "stdout").write_text(done.stdout, encoding="utf-8")


def make(name: str, folder: Path) -> None:
    """Make a build in the folder, or wait for the process that is making it."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / name / "stdout").exists():
            shutil.rmtree(folder / name, ignore_errors=True)
            BUILDS[name](folder)


@dataclass(frozen=True)
class Making:
    """A build that a process is making."""

    folder: Path
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, name: str, folder: Path) -> Making:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.builds", name, str(folder)], cwd=PROJECT, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        return cls(folder / name, process)

    def wait(self) -> str:
        """Wait until it is done; return what the command line said."""
        output, _ = self.process.communicate()
        assert self.process.returncode == 0, output
        return (self.folder / "stdout").read_text(encoding="utf-8")

    def stop(self) -> None:
        """End it, with the build that it has started, where no test has waited for it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


if __name__ == "__main__":
    make(sys.argv[1], Path(sys.argv[2]))
