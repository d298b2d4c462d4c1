"""`python -m orchestration dev` opens Dagster's web UI on loopback; `lint` runs sqlfluff with dbt's templater.

Both need the environment of a home: Dagster's storage, dbt's folders.
"""

import os
import sys
from pathlib import Path

from bicentennial import settings
from orchestration.instance import prepare_instance
from orchestration.transform import dbt_environment

COMMANDS = {
    "dev": ("dagster", "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1", "-p", "3000"),
    "lint": ("sqlfluff", "lint", "dbt_project/models", "dbt_project/tests"),
}


def main() -> None:
    """Replace this process by the command that the first argument names; further arguments go to it."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m orchestration {'|'.join(COMMANDS)} [ARGUMENT ...]")
    home = settings.home()
    os.environ.update(dbt_environment(home))
    os.environ["DAGSTER_HOME"] = str(prepare_instance(home))
    os.chdir(settings.PROJECT)
    program, *arguments = COMMANDS[sys.argv[1]]
    executable = Path(sys.executable).with_name(program)
    os.execv(executable, [program, *arguments, *sys.argv[2:]])


if __name__ == "__main__":
    main()
