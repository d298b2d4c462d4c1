"""`python -m orchestration dev` opens Dagster's web UI on loopback; `lint` runs sqlfluff with dbt's templater.

Both need the environment of a home: Dagster's storage, dbt's folders.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from bicentennial import settings
from orchestration.instance import prepare_instance
from orchestration.transform import dbt_environment

COMMANDS = {
    "dev": ("dagster", "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1", "-p", "3000"),
    "lint": ("sqlfluff", "lint", "dbt_project/models", "dbt_project/tests"),
}


def main() -> None:
    """Run the command that the first argument names; further arguments go to it."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m orchestration {'|'.join(COMMANDS)} [ARGUMENT ...]")
    home = settings.home()
    os.environ.update(dbt_environment(home))
    os.environ["DAGSTER_HOME"] = str(prepare_instance(home))
    os.chdir(settings.PROJECT)
    program, *arguments = COMMANDS[sys.argv[1]]
    executable = Path(sys.executable).with_name(program)
    sys.exit(run_until_told([str(executable), *arguments, *sys.argv[2:]]))


def run_until_told(command: list[str]) -> int:
    """Run a command with all that it starts, end all of it when this process is told to, return its exit code.

    Dagster's UI starts five processes that outlive a signal to the first of them, so that a service manager or a
    shell in the background could not stop it.
    """
    process = subprocess.Popen(command, start_new_session=True)

    def stop(signum: int, frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what the first of them left behind

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return process.wait()


if __name__ == "__main__":
    main()
