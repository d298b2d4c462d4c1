"""`bicentennial serve` with real processes: who may read, what is refused, how it starts and stops."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from bicentennial.settings import Home

from ..support import PROJECT, Built, environment, file_hashes, run_cli
from .conftest import TOKEN, Served, asking, free_port, serving

Client = duckdb.DuckDBPyConnection


def quoted(sql: str) -> str:
    return "'" + sql.replace("'", "''") + "'"


def remote(client: Client, sql: str) -> list[tuple[object, ...]]:
    return client.execute(f"from w.query({quoted(sql)})").fetchall()


def test_a_client_in_another_process_reads_what_is_published(served: Served, built: Built) -> None:
    question = "select count(*), sum(mass_kg) filter (where is_in_total) from fct_seizures"
    answer, _ = asking(served, 1, 0.5, question).communicate(timeout=20)
    with built.connect() as direct:
        expected = json.dumps(direct.execute(question).fetchall(), default=str)
    assert list(json.loads(answer)["answers"]) == [expected]


def test_tables_can_be_named_joined_and_described(client: Client, built: Built) -> None:
    with built.connect() as direct:
        claims = direct.execute("from fct_claims order by claim_id").fetchall()
        comment = direct.execute(
            "select comment from duckdb_tables() where schema_name = 'marts' and table_name = 'fct_claims'"
        ).fetchall()
    assert client.execute("from w.marts.fct_claims order by claim_id").fetchall() == claims
    assert remote(client, "from marts.fct_claims order by claim_id") == claims
    joined = (
        "select count(*) from fct_claims join bridge_claim_agency using (claim_id) join dim_agency using (agency_id)"
    )
    assert remote(client, joined)[0][0] > 0
    assert remote(client, "select description from tables where table_name = 'fct_claims'") == comment
    assert ("claim_id",) in remote(client, "select column_name from (describe fct_claims)")
    assert ("fct_claims",) in remote(client, "show tables")
    assert client.execute("select version from w.main.release").fetchall() == [(built.home.published.resolve().name,)]


def test_a_client_that_keeps_its_answer_may_join_it_at_home(client: Client) -> None:
    client.execute("create table claims as from w.marts.fct_claims")
    client.execute("create table agencies as from w.marts.dim_agency")
    [(count,)] = client.execute("select count(*) from claims join agencies on agency_id = lead_agency_id").fetchall()
    assert count > 0


def test_a_large_answer_arrives_whole(client: Client) -> None:
    assert client.execute("select count(*), sum(range) from w.query('from range(2000000)')").fetchall() == [
        (2_000_000, 1_999_999_000_000)
    ]


def test_threads_of_a_client_share_what_it_attached(client: Client) -> None:
    """Eight cursors on one name are one session of the server: none takes the answer of another away."""
    wrong: list[str] = []
    counts = [0] * 8

    def ask(number: int, until: float) -> None:
        with client.cursor() as own:
            while time.monotonic() < until:
                try:
                    rows = remote(own, f"select {number}, {counts[number]}, count(*) > 0 from fct_claims")
                    if rows != [(number, counts[number], True)]:
                        wrong.append(str(rows))
                except duckdb.Error as error:
                    wrong.append(str(error))
                counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number, time.monotonic() + 3)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert min(counts) > 1


def test_errors_of_a_query_reach_its_author(client: Client) -> None:
    with pytest.raises(duckdb.Error, match='Referenced column "nope" not found'):
        remote(client, "select nope from fct_claims")
    with pytest.raises(duckdb.Error, match="Parser Error: syntax error"):
        remote(client, "select from from")


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "' or true --"])
def test_without_the_token_nothing_is_told(served: Served, token: str) -> None:
    with pytest.raises(duckdb.Error, match=r"Authentication failed|token"):
        served.connect(token.replace("'", "''"))
    with served.connect() as knowing, pytest.raises(duckdb.Error, match="Authentication failed"):
        knowing.execute("from quack_query(?, 'select 1', token = ?)", [served.uri, token or "none"])


HOSTILE = [
    "create table marts.t (i int)", "create temp table t (i int)", "create table t as select 1",
    "create or replace view marts.fct_claims as select 1", "create schema s", "create macro m() as 1",
    "create type t as enum ('a')", "create sequence s", "create secret (type quack, token 'x')",
    "create index i on marts.dim_year (year_id)", "alter table marts.dim_year add column c int",
    "comment on table marts.dim_year is 'x'", "drop table marts.fct_claims", "drop schema marts cascade",
    "insert into marts.dim_year select * from marts.dim_year", "update marts.dim_year set year_name = 'x'",
    "delete from marts.dim_year", "truncate marts.dim_year",
    "merge into marts.dim_year using marts.dim_year d using (year_id) when matched then delete",
    "copy marts.dim_year to '{home}/stolen.csv'", "copy (select 1) to '{home}/x.parquet' (format parquet)",
    "copy marts.dim_year from '/etc/passwd'", "copy from database release_1 to results",
    "export database '{home}/export'", "import database '{home}/export'",
    "attach '{home}/new.duckdb' as other", "attach '{home}/published/warehouse.duckdb' as other",
    "attach ':memory:' as other", "detach release_1", "use raw",
    "install httpfs", "force install httpfs", "load httpfs", "load '{home}/x.so'", "update extensions",
    "set memory_limit = '100GB'", "set global quack_authorization_function = 'quack_nop_authorization'",
    "reset lock_configuration", "set variable x = 1", "pragma enable_profiling", "pragma database_list",
    "call quack_stop('{uri}')", "call enable_logging()", "call duckdb_settings()", "checkpoint", "force checkpoint",
    "vacuum", "analyze", "begin", "commit", "rollback", "prepare p as select 1", "execute p", "deallocate p",
    "explain analyze select 1", "select 1; drop table marts.fct_claims", "select 1; select 2",
    "select * from read_text('/etc/passwd')", "from read_csv('/etc/passwd')", "from read_blob('/etc/passwd')",
    "from read_json('{home}/published/manifest.json')", "from read_parquet('{home}/published/parquet/*.parquet')",
    "from glob('/*')", "from sniff_csv('/etc/passwd')",
    "from parquet_metadata('{home}/published/parquet/dim_year.parquet')",
    "from read_duckdb('{home}/published/warehouse.duckdb')", "from '/etc/passwd'",
    "from '{home}/published/parquet/dim_year.parquet'", "from 'http://localhost:1/x.csv'",
    "with a as (from \"x.csv\"), \"x.csv\" as (select 1) from a",
    "from query('select 1')", "from query_table('dim_year')", "from json_execute_serialized_sql('{{}}')",
    "from quack_query('{uri}', 'select 1')", "from quack_serve('quack:localhost:1')", "from quack_stop('{uri}')",
    "from quack_server_list()", "from quack_active_connections()", "from quack_clear_cache()", "from whoami()",
    "from duckdb_settings()", "from duckdb_secrets()", "from duckdb_logs()", "from duckdb_databases()",
    "from duckdb_tables()", "from duckdb_temporary_files()", "from pragma_storage_info('dim_year')",
    "select serve_answer('a', 'b')", "select serve_may_connect('a', 'b', 'c')",
    "select getenv('BICENTENNIAL_SERVE_TOKEN')", "select current_setting('quack_authorization_function')",
    "select format('{{:>800000000}}', 'a')", "select printf('%800000000d', 1)",
    "select getvariable('x')", "select nextval('s')", "select setseed(0.1)", "select write_log('x')",
    "select json_serialize_plan('from read_csv(''/etc/passwd'')')", "select sleep_ms(100000)",
    "from raw.claims", "from staging.stg_claims", "from release_1.marts.fct_claims", "from results.main.r1",
    "from information_schema.tables", "from pg_catalog.pg_tables", "from sqlite_master", "show databases",
    "show all tables",
]  # fmt: skip


@pytest.fixture(scope="module")
def untouched(served_home: Home) -> dict[str, str]:
    """Every file of the home before anybody was hostile."""
    return file_hashes(served_home.root)


@pytest.fixture(scope="module")
def hostile_client(served: Served, untouched: dict[str, str]) -> Client:
    client = served.connect()
    client.execute(f"create secret (type quack, token '{TOKEN}')")
    return client


@pytest.mark.parametrize("way", ["attached", "quack_query"])
@pytest.mark.parametrize("statement", HOSTILE)
def test_a_hostile_statement_is_refused(served: Served, hostile_client: Client, statement: str, way: str) -> None:
    sql = statement.format(home=served.home.root, uri=served.uri)
    sent = f"w.query({quoted(sql)})" if way == "attached" else f"quack_query('{served.uri}', {quoted(sql)})"
    with pytest.raises(duckdb.Error, match=r"Refused: |Authorization failed"):
        hostile_client.execute(f"from {sent}").fetchall()


@pytest.mark.parametrize(
    "sql",
    ["create table w.marts.t (i int)", "create table w.marts.t as select 1", "create schema w.s", "drop schema w.marts",
     "create view w.marts.v as select 1", "drop view w.marts.fct_claims", "insert into w.marts.dim_year values (1)",
     "delete from w.marts.dim_year", "update w.marts.dim_year set year_id = 1",
     "alter view w.marts.dim_year rename to x", "checkpoint w"],
)  # fmt: skip
def test_what_a_client_does_to_the_attached_warehouse_fails(hostile_client: Client, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        hostile_client.execute(sql)
    assert remote(hostile_client, "select 1") == [(1,)]


def test_nothing_changed_and_the_server_answers(
    served: Served, hostile_client: Client, untouched: dict[str, str], built: Built
) -> None:
    assert file_hashes(served.home.root) == untouched
    with built.connect() as direct:
        expected = direct.execute("from fct_claims order by claim_id").fetchall()
    assert remote(hostile_client, "from fct_claims order by claim_id") == expected
    assert served.process.poll() is None
    said = "".join(served.lines)
    assert "refused: the table function read_text is not served: select * from read_text('/etc/passwd')" in said
    assert TOKEN not in said


@pytest.mark.parametrize(
    ("sql", "message"),
    [("select sum(a.range * b.range) from range(10000000) a, range(10000000) b", "longer than 2 s"),
     ("with recursive t as (select 1 as x union all select x + 1 from t) select count(*) from t", "longer than 2 s"),
     ("select * from range(1000000000) order by hash(range)", "longer than 2 s|Out of Memory"),
     ("select length(list(range)) from range(200000000)", "Out of Memory"),
     ("with recursive t(s, n) as (select 'xxxxxxxxxx', 1 union all select s || s, n + 1 from t where n < 40) "
      "select max(length(s)) from t", "Out of Memory")],
)  # fmt: skip
def test_a_query_that_takes_too_much_is_stopped_and_others_are_not(
    client: Client, served: Served, sql: str, message: str
) -> None:
    outcome: list[str] = []

    def ask() -> None:
        try:
            remote(client, sql)
        except duckdb.Error as error:
            outcome.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    with served.connect() as other:
        assert remote(other, "select count(*) > 0 from fct_claims") == [(True,)]
    thread.join(30)
    assert outcome and re.search(message, outcome[0]), outcome
    assert remote(client, "select 1") == [(1,)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_while_it_works_and_frees_its_port(served_home: Home, number: signal.Signals) -> None:
    with serving(served_home) as served:
        client = served.connect()
        endless = "select sum(a.range * b.range) from range(10000000) a, range(10000000) b"

        def ask() -> None:
            with pytest.raises(duckdb.Error, match=r"the server is stopping|Failed to send"):
                remote(client, endless)

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.5)
        assert served.stop(number) == 0
        thread.join(10)
        assert not thread.is_alive()
        with serving(served_home, port=served.port) as again, again.connect() as anew:
            assert remote(anew, "select 1") == [(1,)]
    assert served.lines[-1].endswith("stopped\n")


def test_a_second_server_on_the_port_is_told_so(served: Served) -> None:
    done = run_cli("serve", "--port", str(served.port), home=served.home.root, env={"BICENTENNIAL_SERVE_TOKEN": TOKEN})
    assert done.returncode == 2
    assert "something else listens there" in done.stderr


def test_without_a_publication_there_is_nothing_to_serve(home: Home) -> None:
    done = run_cli("serve", "--port", str(free_port()), home=home.root)
    assert done.returncode == 2
    assert "nothing is published" in done.stderr and "make warehouse" in done.stderr


def test_a_damaged_release_is_not_served(built: Built, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    release = home.releases / "damaged"
    shutil.copytree(built.home.published, release)
    home.published.symlink_to("releases/damaged")
    with (release / "warehouse.duckdb").open("ab") as file:
        file.write(b"more")
    done = run_cli("serve", "--port", str(free_port()), home=home.root)
    assert done.returncode == 2
    assert "not the file that its manifest names" in done.stderr


def test_a_token_is_made_up_and_shown_once_where_none_is_given(served_home: Home) -> None:
    with serving(served_home, token=None) as served:
        (token,) = re.findall(r"token '([^']+)'", "".join(served.lines))
        assert len(token) >= 32 and "".join(served.lines).count(token) == 1
        with served.connect(token) as client:
            assert remote(client, "select 1") == [(1,)]
        listed = subprocess.run(["ps", "-o", "args", "-p", str(served.process.pid)], capture_output=True, text=True)
        assert token not in listed.stdout


def test_a_token_file_is_for_its_owner_and_holds_enough(served_home: Home, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("too short")
    file.chmod(0o644)
    arguments = ("serve", "--port", str(free_port()), "--token-file", str(file))
    done = run_cli(*arguments, home=served_home.root)
    assert done.returncode == 2 and "everybody may read" in done.stderr
    file.chmod(0o600)
    done = run_cli(*arguments, home=served_home.root)
    assert done.returncode == 2 and "16 or more" in done.stderr
    file.write_text("one-of-a-good-length\n")
    with serving(served_home, "--token-file", str(file), token=None) as served:
        assert "one-of-a-good-length" not in "".join(served.lines)
        with served.connect("one-of-a-good-length") as client:
            assert remote(client, "select 1") == [(1,)]


def test_a_network_address_must_be_asked_for_and_is_warned_of(served_home: Home) -> None:
    with serving(served_home, "--host", "0.0.0.0") as served:
        said = "".join(served.lines)
        assert "Not encrypted" in said and "disable_ssl true" in said


def test_the_recipes_for_clients_work_as_they_are_written(served: Served, tmp_path: Path) -> None:
    """The shell and Python blocks of the guide's section for clients, run one after another as a stranger would."""
    guide = (PROJECT / "docs" / "serving.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", guide, flags=re.MULTILINE)[2]
    assert section.startswith("Read from it")
    blocks = re.findall(r"```(sh|python)\n(.*?)```", section, flags=re.DOTALL)
    assert [kind for kind, _ in blocks] == ["sh", "sh", "python"]
    own = environment(tmp_path, HOME=str(tmp_path), TOKEN=TOKEN)
    own["PATH"] = f"{Path(sys.executable).parent}:{own['PATH']}"
    for kind, block in blocks:
        text = block.replace("quack:localhost:9494", served.uri)
        command = ["sh", "-ec", text] if kind == "sh" else [sys.executable, "-c", text]
        done = subprocess.run(command, env=own, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert kind == "sh" or "fentanyl" in done.stdout
