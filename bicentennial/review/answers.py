"""What a reviewer answers: single keys and lines at a terminal, lines where the input is a file or a pipe."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.text import Text

QUIT = "q"


class Answers:
    """Reads answers from standard input. The end of the input quits, as `q` does."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.is_terminal = sys.stdin.isatty()

    def key(self, prompt: str, keys: str) -> str:
        """One of `keys`; another key is asked for again. `prompt` is plain text, with keys in brackets."""
        while True:
            self.console.print(_with_bold_keys(prompt), end=" ")
            found = self._one()
            self.console.print(found if found.isprintable() else "", markup=False)
            if found in keys:
                return found
            if found:
                self.console.print(f"[yellow]“{found if found.isprintable() else '?'}” is no key here.[/]")

    def line(self, prompt: str) -> str | None:
        """A line without the white space around it; nothing at the end of the input."""
        try:
            if self.is_terminal:
                return input(prompt).strip()
            self.console.print(prompt, end="", markup=False)
            line = sys.stdin.readline()
        except EOFError:
            return None
        self.console.print(line.strip(), markup=False)
        return line.strip() if line else None

    def _one(self) -> str:
        if self.is_terminal:
            try:
                return click.getchar()
            except EOFError:
                return QUIT
        line = sys.stdin.readline()
        return line.strip()[:1] if line else QUIT


def _with_bold_keys(prompt: str) -> Text:
    """`[a]ccept` with the key in bold; the brackets say it where nothing is bold."""
    text = Text(prompt.rstrip())
    text.highlight_regex(r"(?<=\[).(?=\])", "bold")
    return text
