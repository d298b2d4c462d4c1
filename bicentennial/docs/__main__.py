"""`make docs`: build the documentation site of the published release, and say where it is."""

from __future__ import annotations

import subprocess
import time

from bicentennial import settings
from bicentennial.docs.site import build_site
from bicentennial.terminal import BAD_INPUT, CHECK_FAILED, console, fail


def main() -> None:
    """Build the site."""
    started = time.monotonic()
    try:
        with console.status("dbt docs, then the pages …"):
            page = build_site(settings.home())
    except FileNotFoundError as error:
        fail(BAD_INPUT, f"Nothing is published at {error}: run `bicentennial build`, then `make docs`.")
    except ValueError as error:
        fail(CHECK_FAILED, "The site was not built.", [str(error)])
    except subprocess.CalledProcessError as error:
        fail(CHECK_FAILED, f"The site was not built: {error.cmd[0]} found something wrong, see above.")
    console.print(f"Documentation of the published release, {time.monotonic() - started:.0f} s: {page}", soft_wrap=True)


if __name__ == "__main__":
    main()
