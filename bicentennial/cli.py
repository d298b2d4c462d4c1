"""The command `bicentennial`. Exit codes: 0 ok, 1 a check failed and nothing was published, 2 bad usage or bad input.

What belongs here: arguments, progress, tables and messages for a person. The work is done elsewhere, and imported
inside the command that needs it, so that the others start at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from bicentennial import settings
from bicentennial.commands import diff, evaluate, explore, extract, review, serve
from bicentennial.query import Format
from bicentennial.terminal import BAD_INPUT, CHECK_FAILED, console, fail, fail_on_seeds

if TYPE_CHECKING:
    import duckdb

    from bicentennial.settings import Home
    from orchestration.run import Outcome, Progress

STEP_TITLES = {
    "documents": "read documents",
    "statistics": "read statistics",
    "raw": "load seed tables",
    "raw_expectations": "check raw tables",
    "claims_stands_in_document": "hold claims against documents",
    "raw__claims_stands_in_document": "hold claims against documents",
    "dbt": "build and test models",
    "marts_expectations": "check marts",
    "published__warehouse": "publish",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="bicentennial")
def main() -> None:
    """A warehouse of evidence on U.S.–Mexico security cooperation.

    \b
    bicentennial build                      build, check and publish the warehouse
    bicentennial query "from dim_document"  ask it
    bicentennial explore                    look at it in a browser
    bicentennial serve                      let other programs ask it, over the network
    bicentennial extract report.pdf         propose the claims of a document, then `bicentennial review`
    """


for command in (diff.diff, evaluate.evaluate, explore.explore, extract.extract, review.review, serve.serve):
    main.add_command(command)


@main.command()
@click.option("--force", is_flag=True, help="Build even where the published release has the same inputs.")
def build(force: bool) -> None:
    """Build the warehouse from the seed tables, check it, and publish it.

    Nothing is published unless every check passes; the last good release stays until then.

    \b
    Examples:
      bicentennial build
      BICENTENNIAL_DOCUMENTS=texts bicentennial build     also hold every claim against its text
      BICENTENNIAL_STATISTICS=files bicentennial build    also load official statistics in full
    """
    from bicentennial.publish import read_manifest
    from expectations.counts import read_counts
    from ingest.check import SeedError, read_seeds
    from ingest.statistics.store import statistics_files

    home = settings.home()
    try:
        read_seeds(settings.seeds())
        read_counts(settings.committed_counts())
    except SeedError as error:
        fail_on_seeds(error, consequence="; nothing was published")
    except (OSError, ValueError) as error:
        fail(BAD_INPUT, "The committed row counts cannot be read; nothing was published.", [str(error)])
    try:
        home.build.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(BAD_INPUT, f"Not started: {home.root} is no folder that can be written.", [str(error)])
    texts = settings.documents()
    try:
        if texts and texts.is_dir():
            next(texts.iterdir(), None)
    except OSError as error:
        fail(BAD_INPUT, "Not started: the folder of BICENTENNIAL_DOCUMENTS cannot be listed.", [str(error)])
    try:
        if numbers := settings.statistics():
            statistics_files(numbers)
    except SeedError as error:
        headline = "The folder of BICENTENNIAL_STATISTICS cannot be read; nothing was published."
        fail(BAD_INPUT, headline, list(map(str, error.problems)))
    manifest = read_manifest(home.published)
    if (
        manifest
        and not force
        and manifest["inputs_sha256"] == settings.fingerprint(settings.input_hashes())
        and home.warehouse.exists()
    ):
        console.print(f"Nothing has changed since release [bold]{manifest['version']}[/] (--force builds it anew).")
        show_release(home)
        return
    outcome = run_with_progress(home)
    for document in outcome.unreadable:
        console.print(f"[yellow]cannot be read:[/] {escape(document)}")
    if not outcome.is_ok:
        kept = f"; {manifest['version']} stays published" if manifest else ""
        fail(CHECK_FAILED, f"The build was stopped: nothing was published{kept}.", outcome.failures)
    if not outcome.published.get("is_new", True):
        console.print("The build equals the published release in inputs and content: nothing new was published.")
    show_release(home)


def run_with_progress(home: Home) -> Outcome:
    """Run the job, with a line for every step that ends."""
    started = time.monotonic()
    lines: list[str] = []
    with console.status("starting Dagster and dbt …") as status:
        from ingest.check import SeedError
        from ingest.statistics.lines import StatisticsError
        from orchestration.instance import WriterBusyError
        from orchestration.run import run_warehouse

        def show(progress: Progress) -> None:
            if not lines:
                started_in = time.monotonic() - started - progress.seconds
                lines.append(f"[green]✓[/] {'start Dagster and dbt':<30} {'':<52} {started_in:6.1f} s")
                console.print(lines[0])
            title = STEP_TITLES.get(progress.name, progress.name)
            counts = describe_counts(progress)
            if progress.is_finished:
                mark = (
                    "[dim]–[/]"
                    if progress.skipped
                    else "[green]✓[/]"
                    if progress.is_ok and not progress.failed
                    else "[red]✗[/]"
                )
                console.print(f"{mark} {title:<30} {counts:<52} {progress.seconds:6.1f} s")
            status.update(f"{title}: {counts}" if counts else title)

        def listen(progress: Progress) -> None:
            # Nobody reads on (`build | head`): no reason to stop a build. Rich would leave, once it writes no more.
            with suppress(BrokenPipeError, SystemExit):
                show(progress)

        try:
            outcome = run_warehouse(home, listen)
        except WriterBusyError as error:
            fail(BAD_INPUT, f"Not started: {error}. Wait for it, or stop it.")
        except SeedError as error:
            count = f"{len(error.problems)} problem{'' if len(error.problems) == 1 else 's'}"
            where = "official statistics" if isinstance(error, StatisticsError) else "proposals"
            fail(BAD_INPUT, f"{count} in the {where}; nothing was published.", list(map(str, error.problems)))
        except subprocess.CalledProcessError as error:
            fail(
                BAD_INPUT,
                "dbt cannot read its project:",
                [str(error.stdout).strip(), str(error.stderr).strip()],
            )
    console.print(f"[dim]{'in all':<32} {'':<52} {time.monotonic() - started:6.1f} s[/]")
    return outcome


def describe_counts(progress: Progress) -> str:
    parts = []
    if progress.name == "documents":
        unreadable = f", {progress.warned} cannot be read" if progress.warned else ""
        return f"{progress.materialized} new or changed{unreadable}"
    if progress.name == "statistics" and not progress.skipped:
        broken = f", {progress.failed} BROKEN" if progress.failed else ""
        files = f"{progress.found} file{'' if progress.found == 1 else 's'}"
        return f"{files}, {progress.materialized} new or changed{broken}"
    if progress.materialized and not progress.name.startswith("published"):
        parts.append(f"{progress.materialized} table{'s' if progress.materialized > 1 else ''}")
    if progress.passed or progress.failed or progress.warned:
        parts.append(f"{progress.passed} check{'' if progress.passed == 1 else 's'} passed")
    if progress.skipped:
        parts.append(f"skipped: {progress.skipped}")
    if progress.warned:
        parts.append(f"{progress.warned} warned")
    if progress.failed:
        parts.append(f"{progress.failed} FAILED")
    return ", ".join(parts)


FACTS = {
    "fct_seizures": "seizures",
    "fct_arrests": "arrests",
    "fct_case_outcomes": "case outcomes",
    "fct_trainings": "trainings",
    "fct_funding": "funding",
    "fct_other_measures": "other measures",
    "fct_claims": "all claims",
}


RULES = {
    "expectations_raw": "expectations on raw tables",
    "expectations_marts": "on marts",
    "dbt_tests": "dbt tests",
}


def show_release(home: Home) -> None:
    """The summary of what is published, and how to open it."""
    from bicentennial.publish import read_manifest
    from bicentennial.query import open_warehouse

    manifest = read_manifest(home.published)
    assert manifest is not None
    table = Table(box=SIMPLE_HEAD, header_style="bold")
    for column in ("fact", "claims", "may be added up", "kept apart"):
        table.add_column(column, justify="left" if column == "fact" else "right")
    with open_warehouse(home.warehouse) as connection:
        for name, title in FACTS.items():
            row = connection.execute(
                f"select count(*), count(*) filter (is_in_total), count(*) filter (not is_in_total) from {name}"
            ).fetchone()
            table.add_row(title, *map(str, row or ()), end_section=name == "fct_other_measures")
        waiting = describe_queue(connection)
        statistics = describe_statistics(connection)
    console.print(table)
    checks = manifest["checks"]
    passed, warned = (sum(counts[key] for counts in checks.values()) for key in ("passed", "warned"))
    shares = ", ".join(f"{counts['passed']} {RULES[name]}" for name, counts in checks.items())
    console.print(f"{passed} rules passed ({shares})" + (f", {warned} warned" if warned else ""))
    console.print(statistics)
    if waiting:
        console.print(waiting)
    console.print(f"Published release [bold]{manifest['version']}[/]:")
    console.print(f"  {home.warehouse}")
    command = os.path.relpath(sys.argv[0]) if Path(sys.argv[0]).name == "bicentennial" else "bicentennial"
    query_text = "select operation_id, commodity_id, as_stated from fct_seizures"
    console.print(f"Look at it with  {command} explore")
    console.print(f'Ask it with      {command} query "{query_text}"')


def describe_statistics(connection: duckdb.DuckDBPyConnection) -> str:
    """Which official statistics are in the release, and how much of them a later vintage tells otherwise."""
    ((vintages, first, last),) = connection.execute(
        "select count(*), cast(min(first_month_on) as varchar)[:7], cast(max(last_month_on) as varchar)[:7] "
        "from dim_vintage"
    ).fetchall()
    [(revised,)] = connection.execute("select count(*) from official_revisions").fetchall()
    if not vintages:
        return "no official statistics"
    found = f"official statistics of {first} to {last} in {vintages} vintage{'' if vintages == 1 else 's'}"
    figures = f"{revised} figure{'' if revised == 1 else 's'}"
    return found + (f"; {figures} told otherwise by a later one (official_revisions)" if revised else "")


def describe_queue(connection: duckdb.DuckDBPyConnection) -> str:
    """How much waits for a review, and the command for it; nothing where nothing waits."""
    ((figures, documents),) = connection.execute(
        "select count(*), count(distinct document_id) from review_queue"
    ).fetchall()
    if not figures:
        return ""
    return (
        f"{figures} figure{'' if figures == 1 else 's'} of {documents} document{'' if documents == 1 else 's'} "
        f"wait{'s' if figures == 1 else ''} for a decision (review_queue): [bold]bicentennial review[/]"
    )


@main.command()
@click.argument("sql")
@click.option("--format", "output_format", type=click.Choice(get_args(Format)), default="table", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of the screen.")
def query(sql: str, output_format: str, output: Path | None) -> None:
    """Run one SQL query on the published warehouse, read-only. Names without a schema are those of `marts`.

    \b
    Examples:
      bicentennial query "show tables"
      bicentennial query "describe fct_seizures"
      bicentennial query "from seizures_by_agency_operation_year" --format csv > seizures.csv
      bicentennial query "from fct_claims" --format parquet --output claims.parquet
    """
    import duckdb

    from bicentennial.query import open_warehouse, run_query

    if output_format == "parquet" and output is None:
        raise click.UsageError("parquet needs a file: add --output FILE.parquet")
    try:
        connection = open_warehouse(settings.home().warehouse)
    except FileNotFoundError as error:
        fail(BAD_INPUT, f"No warehouse at {error}: build one with `bicentennial build`.")
    except duckdb.Error as error:
        fail(BAD_INPUT, "The warehouse cannot be opened.", [str(error)])
    with connection:
        try:
            run_query(connection, sql, cast(Format, output_format), output)
        except (duckdb.Error, ValueError, OSError) as error:
            fail(BAD_INPUT, "The query cannot be run.", [str(error)])


@main.command()
@click.option("--documents", type=click.Path(exists=True, file_okay=False, path_type=Path), default=settings.documents,
              help="Folder with the texts; default BICENTENNIAL_DOCUMENTS.")  # fmt: skip
@click.option("--present", is_flag=True, help="Pass over registered documents whose text is not in the folder.")
def verify(documents: Path | None, present: bool) -> None:
    """Prove every claim against the text of its document: hash, characters, number and unit.

    \b
    Example:
      bicentennial verify --documents texts/
    """
    from ingest.check import SeedError
    from ingest.verify import verify as verify_claims

    if documents is None:
        raise click.UsageError("name the folder with the texts: --documents DIR, or BICENTENNIAL_DOCUMENTS")
    try:
        verification = verify_claims(settings.seeds(), documents)
    except SeedError as error:
        fail_on_seeds(error, CHECK_FAILED)
    table = Table(box=SIMPLE_HEAD, header_style="bold")
    for column in ("document", "file", "claims", "failures"):
        table.add_column(column, justify="right" if column in ("claims", "failures") else "left")
    checked = [document for document in verification.documents if document.is_present or not present]
    for document in checked:
        mark = f"[red]{len(document.failures)}[/]" if document.failures else "[green]0[/]"
        table.add_row(document.document_id, document.file_name, str(document.claim_count), mark)
    console.print(table)
    for name in verification.unregistered:
        console.print(f"[yellow]not registered:[/] {escape(name)} (`bicentennial review` registers it)")
    failures = [failure for document in checked for failure in document.failures]
    if failures:
        fail(CHECK_FAILED, f"{len(failures)} failure{'' if len(failures) == 1 else 's'}", failures)
    count = sum(document.claim_count for document in checked)
    passed_over = len(verification.documents) - len(checked)
    rest = f" {passed_over} registered documents are not there and were passed over." if passed_over else ""
    console.print(f"All {count} claims stand in their documents.{rest}")


@main.command()
@click.option("--pairs", type=click.IntRange(min=1), default=5, show_default=True, help="How many pairs to run.")
def bench(pairs: int) -> None:
    """Measure whole builds against bare dbt builds of the same project, in pairs, in a scratch folder.

    \b
    Example:
      bicentennial bench --pairs 3
    """
    from bicentennial.bench import measure_pairs, summarize

    measured = []
    try:
        with console.status("a first build, not counted …") as status:
            for pair in measure_pairs(pairs):
                measured.append(pair)
                status.update(f"pair {len(measured)} of {pairs}: {pair.build:.1f} s / {pair.dbt:.1f} s")
    except subprocess.CalledProcessError as error:
        fail(CHECK_FAILED, "A build failed:", [error.stdout.strip(), error.stderr.strip()])
    console.print(summarize(measured))


if __name__ == "__main__":
    main()
