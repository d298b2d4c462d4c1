"""What a reviewer answers: single keys and lines at a terminal, lines where the input is a file or a pipe."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty

from rich.console import Console
from rich.text import Text

QUIT = "q"
ENTER = ("", "\n", "\r")


class Answers:
    """Reads answers from standard input. The end of the input quits, as `q` does."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.is_terminal = sys.stdin.isatty()

    def key(self, prompt: str, keys: str) -> str:
        """One of `keys`; another is asked for again, Enter is none. `prompt` is plain, with keys in brackets."""
        while True:
            self.console.print(_with_bold_keys(prompt), end=" ")
            while (found := self._one()) in ENTER:
                pass
            self.console.print(found if found.isprintable() else "", markup=False)
            if found in keys:
                return found
            what = f"“{found}”" if found.isprintable() else "That"
            self.console.print(f"{what} is no key here.", style="yellow", markup=False)

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
            return _key_pressed()
        line = sys.stdin.readline()
        return line.strip()[:1] if line else QUIT


def _key_pressed() -> str:
    """One key of a terminal, without Enter; keys that were pressed ahead are not lost, as they are where the terminal
    is flushed for each key. Ctrl-D quits; what arrow and function keys send is one unprintable key."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        found = os.read(descriptor, 1)
        while found == b"\x1b" and select.select([descriptor], [], [], 0.02)[0]:
            os.read(descriptor, 8)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    return QUIT if found in (b"", b"\x04") else found.decode("utf-8", "replace")


def _with_bold_keys(prompt: str) -> Text:
    """`[a]ccept` with the key in bold; the brackets say it where nothing is bold."""
    text = Text(prompt.rstrip())
    text.highlight_regex(r"(?<=\[).(?=\])", "bold")
    return text
