"""What every command says things with: one console for results, one for errors, and the exit codes.

0 ok, 1 a check failed (nothing was published), 2 bad usage or bad input.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from ingest.check import SeedError

CHECK_FAILED, BAD_INPUT = 1, 2

console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
errors = Console(file=sys.stderr, highlight=False, soft_wrap=not sys.stderr.isatty())
"""Wraps at words where a person reads it; in a file or a pipe a message is a line."""


def fail(code: int, headline: str, details: list[str] | None = None) -> NoReturn:
    """Say what is wrong on standard error, and leave."""
    errors.print(f"[bold red]{escape(headline)}[/]")
    for detail in details or []:
        errors.print(escape(detail))
    sys.exit(code)


def fail_on_seeds(error: SeedError, code: int = BAD_INPUT, consequence: str = "") -> NoReturn:
    problems = error.problems
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
    fail(code, f"{count} in the seed tables{consequence}", [str(problem) for problem in problems])


def printable(text: str) -> str:
    """Text for a terminal: control, direction and lone surrogate characters are shown as escapes, not sent."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
