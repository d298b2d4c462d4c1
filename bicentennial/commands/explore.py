"""`bicentennial explore`: the published warehouse as pages in a browser."""

from __future__ import annotations

import signal
import sys
import threading
import webbrowser

import click
from rich.markup import escape

from bicentennial import settings
from bicentennial.terminal import BAD_INPUT, console, errors, fail

EVERY_ADDRESS = ("0.0.0.0", "::")


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; default: this machine only."
)
@click.option("--port", default=8710, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--name", "names", multiple=True, help="Answer to this name of the machine too; may be repeated.")
@click.option("--browser/--no-browser", "is_opened", default=True, help="Open the page in a browser.")
def explore(host: str, port: int, names: tuple[str, ...], is_opened: bool) -> None:
    """Look at the published warehouse in a browser: every figure with its bounds and its source.

    Goes on to the next release when one is published. With BICENTENNIAL_DOCUMENTS, the folder of the texts, each
    figure is shown in its sentence. Ctrl-C ends it.

    \b
    Examples:
      bicentennial explore
      BICENTENNIAL_DOCUMENTS=texts bicentennial explore --port 9000 --no-browser
    """
    import uvicorn

    from bicentennial.explorer.app import explorer
    from bicentennial.explorer.net import listen, machine_names

    home = settings.home()
    if not home.warehouse.exists():
        fail(BAD_INPUT, f"Nothing is published in {home.root}: run `make warehouse` (or `bicentennial build`) first.")
    try:
        listener = listen(host, port)
    except OSError as error:
        fail(
            BAD_INPUT,
            f"Cannot listen on {host}:{port}: {error.strerror}.",
            ["Name another one: --port 0 takes a free one."],
        )
    is_open = host in EVERY_ADDRESS
    name = "localhost" if is_open or host in ("127.0.0.1", "::1") else f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    texts = settings.documents()
    console.print(f"The warehouse is at [bold]{address}[/] (Ctrl-C ends it).")
    if not _is_loopback(host):
        what = "the figures and the sentences of the texts" if texts else "the figures"
        console.print(f"It listens on {host}: everybody who reaches this machine by network can read {what}.")
    if texts and not texts.is_dir():
        errors.print(
            f"[yellow]BICENTENNIAL_DOCUMENTS names no folder ({escape(str(texts))}): no sentences are shown.[/]"
        )
    if is_opened:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    for ending in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them again once it has closed its connections
        signal.signal(ending, lambda *_: sys.exit(0))
    app = explorer(home, texts, names={host, *names, *machine_names()})
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")
