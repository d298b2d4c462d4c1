"""The command line: every command explains itself with an example, and its exit code tells what kind of end it was."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import duckdb
import pytest
from click.testing import CliRunner

from bicentennial.cli import describe_statistics, main
from bicentennial.settings import Home

from .support import SEEDS, SeedFolder, run_cli

COMMANDS = sorted(main.commands)


def help_of(*arguments: str) -> str:
    found = CliRunner().invoke(main, [*arguments, "--help"], prog_name="bicentennial", terminal_width=110)
    assert found.exit_code == 0
    return found.output


def test_the_commands_of_the_contract_are_there() -> None:
    named = {"build", "extract", "review", "evaluate", "verify", "query", "serve", "explore", "diff", "bench"}
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example_that_it_would_take(command: str) -> None:
    text = help_of(command)
    examples = re.findall(rf"^ +((?:[A-Z_]+=\S+ )*bicentennial {command}\b.*)$", text, flags=re.MULTILINE)
    assert examples, text
    for example in examples:
        words = shlex.split(re.split(r" {3,}| > ", example)[0])
        arguments = words[words.index(command) + 1 :]
        assert main.commands[command].make_context(command, arguments, resilient_parsing=True)
        known = {option for parameter in main.commands[command].params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("--")} <= known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    options = [p for p in main.commands[command].params if isinstance(p, click.Option)]
    shows_choices = {o.name for o in options if isinstance(o.type, click.Choice)}
    assert [o.name for o in options if not o.help and o.name not in shows_choices] == []


def test_help_lists_every_command_with_a_line() -> None:
    text = help_of()
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\S", text, flags=re.MULTILINE)


BAD_USAGE = ["nonsense", "build --nonsense", "query", "query one two", "query one --format xml", "bench --pairs 0",
             "extract", "evaluate", "review --nonsense"]  # fmt: skip


@pytest.mark.parametrize("line", BAD_USAGE)
def test_bad_usage_ends_with_2_and_the_usage(home: Home, line: str) -> None:
    done = run_cli(*line.split(), home=home.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
    assert not home.root.exists()


def test_the_command_is_installed() -> None:
    command = Path(sys.executable).with_name("bicentennial")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"bicentennial, version \d+\.\d+\.\d+\n", done.stdout)


# verify


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


def test_verify_needs_a_folder(home: Home) -> None:
    done = run_cli("verify", home=home.root)
    assert done.returncode == 2
    assert "--documents DIR, or BICENTENNIAL_DOCUMENTS" in done.stderr


@pytest.mark.parametrize("by", ["option", "environment"])
def test_verify_tells_of_a_folder_that_is_not_there(home: Home, by: str) -> None:
    option = ["--documents", "nowhere"] if by == "option" else []
    done = run_cli("verify", *option, home=home.root, env={"BICENTENNIAL_DOCUMENTS": "nowhere"})
    assert done.returncode == 2
    assert "nowhere' does not exist" in done.stderr


def test_verify_fails_where_a_text_is_missing(home: Home, texts: Path) -> None:
    (texts / "stray.txt").write_text("Nothing that anybody read.\n", encoding="utf-8")
    done = run_cli("verify", "--documents", str(texts), home=home.root)
    documents = SeedFolder(SEEDS).rows("documents")
    assert done.returncode == 1
    assert f"{len(documents)} failures" in done.stderr
    for row, cells in documents.items():
        assert f"seeds/documents.csv, row {row}, column file_name: “{cells['file_name']}”: no such file" in done.stderr
    assert "not registered: stray.txt" in done.stdout
    assert not home.root.exists()


def test_verify_fails_on_broken_seed_tables(home: Home, texts: Path, seeds_copy: SeedFolder) -> None:
    seeds_copy.change("claims", 2, value="1")
    done = run_cli("verify", "--documents", str(texts), home=home.root, seeds=seeds_copy.path)
    assert done.returncode == 1
    assert "seeds/claims.csv, row 2, column value: “1”" in done.stderr


def test_verify_proves_every_claim(home: Home, documents: Path) -> None:
    done = run_cli("verify", home=home.root, env={"BICENTENNIAL_DOCUMENTS": str(documents)})
    assert (done.returncode, done.stderr) == (0, "")
    assert f"All {len(SeedFolder(SEEDS).rows('claims'))} claims stand in their documents." in done.stdout


@pytest.mark.parametrize(
    ("months", "revised", "said"),
    [
        ([], 0, "no official statistics"),
        (["2018-10-01"], 0, "official statistics of 2018-10 to 2018-10 in 1 vintage"),
        (
            ["2018-10-01", "2025-12-01"],
            1,
            "official statistics of 2018-10 to 2025-12 in 2 vintages; 1 figure told otherwise by a later one "
            "(official_revisions)",
        ),
    ],
    ids=["none", "one file", "a revision"],
)
def test_a_build_says_which_official_statistics_it_has(months: list[str], revised: int, said: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table dim_vintage (first_month_on date, last_month_on date)")
        connection.execute("create table official_revisions as select * from range(?)", [revised])
        for month in months:
            connection.execute("insert into dim_vintage values ($1, $1)", [month])
        assert describe_statistics(connection) == said
