"""Rules about the repository itself: what is pinned, what is generated, what may import what, and what stays out."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bicentennial.catalog import read_catalog
from bicentennial.generated import RESULT, SOURCES, render_all, render_dictionary, render_sources

from .support import PROJECT, Built

LOCKS = {"requirements.lock": ("build",), "requirements-dev.lock": ("build", "dev")}
PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(name: str) -> dict[str, set[str]]:
    """Versions that a lock file names for each package; several where they depend on the platform."""
    found: dict[str, set[str]] = {}
    for match in PINNED.finditer((PROJECT / name).read_text(encoding="utf-8")):
        found.setdefault(canonical(match["name"]), set()).add(match["version"])
    return found


def tracked_files() -> list[Path]:
    """Text files that are, or are about to be, part of the repository."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(PROJECT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a checkout: git says which files belong to the project")
    return [path for name in listed.split("\0") if name and (path := PROJECT / name).is_file()]


# What is pinned


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_versions_and_hashes_and_nothing_else(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert PINNED.sub("", text) == ""
    assert "://" not in text
    assert len(locked(name)) > 50


def extra_lines(project: dict[str, Any], extra: str) -> Iterator[str]:
    """What an extra asks for, and what the extras ask for that it takes in."""
    for line in project["optional-dependencies"][extra]:
        if own := re.fullmatch(rf"{project['name']}\[(.+)\]", line):
            for other in own[1].split(","):
                yield from extra_lines(project, other)
        else:
            yield line


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_what_the_project_asks_for(name: str) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in LOCKS[name] for line in extra_lines(project, extra))]
    pins = locked(name)
    for requirement in asked:
        package, exact = re.fullmatch(r"([\w.-]+)(?:==(\S+)|>=\S+)?", requirement).groups()  # type: ignore[union-attr]
        assert canonical(package) in pins, requirement
        if exact:
            assert pins[canonical(package)] == {exact}, requirement


def test_development_uses_the_versions_that_are_released_with() -> None:
    released, development = (locked(name) for name in LOCKS)
    assert {name: development.get(name) for name in released} == released


# What is generated


def test_sources_are_generated_from_the_declared_schema() -> None:
    assert SOURCES.read_text(encoding="utf-8") == render_sources(), "run `make generated`"


def test_every_generated_file_is_fresh(built: Built) -> None:
    stale = {
        path.relative_to(PROJECT).as_posix()
        for path, text in render_all(built.home).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    assert stale == set(), "run `make generated`"


def test_the_data_dictionary_lists_every_column(built: Built) -> None:
    with built.connect() as connection:
        tables = read_catalog(connection, built.home.dbt_target / "manifest.json")
    text = render_dictionary(tables)
    for table in tables:
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert table.description in section
        for column in table.columns:
            assert f"| `{column.name}` | {column.sql_type} |" in section


def pages() -> list[Path]:
    return [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]


def test_every_query_of_the_guides_runs(built: Built) -> None:
    """Those with a result are run and rendered by `make generated`; here also those without."""
    with built.connect() as connection:
        for page in pages():
            for sql in re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL):
                assert connection.execute(sql).description, f"{page.name}: {sql}"


def test_the_readme_shows_queries_with_their_results(built: Built) -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    if not text:
        pytest.skip("the README is not written")
    shown = list(RESULT.finditer(text))
    assert len(shown) >= 5
    with built.connect() as connection:
        for match in shown:
            assert connection.execute(match["sql"]).fetchall(), match["sql"]


# What the models promise


@pytest.fixture(scope="module")
def models(built: Built) -> list[dict[str, Any]]:
    nodes = json.loads((built.home.dbt_target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    return [node for node in nodes.values() if node["resource_type"] == "model"]


def test_every_mart_has_an_enforced_contract(models: list[dict[str, Any]]) -> None:
    marts = [model for model in models if model["schema"] == "marts"]
    assert len(marts) > 20
    assert [model["name"] for model in marts if not model["config"]["contract"]["enforced"]] == []
    for model in marts:
        assert [name for name, column in model["columns"].items() if not column["data_type"]] == []


def test_every_model_and_column_is_described(models: list[dict[str, Any]]) -> None:
    bare = [model["name"] for model in models if not model["description"]]
    bare += [
        f"{m['name']}.{name}" for m in models for name, column in m["columns"].items() if not column["description"]
    ]
    assert bare == []


def test_every_table_tells_its_grain_on_top() -> None:
    models = sorted((PROJECT / "dbt_project" / "models").rglob("*.sql"))
    assert len(models) > 40
    silent = [path.name for path in models if not path.read_text(encoding="utf-8").startswith("-- ")]
    assert silent == []


def test_every_model_has_its_description_beside_it() -> None:
    root = PROJECT / "dbt_project" / "models"
    described = {
        (file.parent, model["name"])
        for file in root.rglob("*.yml")
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", ())
    }
    assert described == {(path.parent, path.stem) for path in root.rglob("*.sql")}


# What may import what

ALLOWED = {
    "ingest": {"ingest"},
    "expectations": {"expectations", "ingest"},
    "orchestration": {"orchestration", "expectations", "ingest", "bicentennial"},
    "bicentennial": {"bicentennial", "orchestration", "expectations", "ingest"},
}
FORBIDDEN = {
    "ingest": {"dagster", "dagster_dbt", "dbt", "great_expectations", "click", "rich"},
    "expectations": {"dagster", "dagster_dbt", "dbt", "click", "rich"},
    "bicentennial": {"dagster", "dagster_dbt", "great_expectations"},
    "orchestration": {"great_expectations", "click", "rich"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", ALLOWED)
def test_no_arrow_points_back(package: str) -> None:
    modules = sorted((PROJECT / package).rglob("*.py"))
    assert modules
    for path in modules:
        tops = {name.split(".")[0] for name in imports(path)}
        assert tops & set(ALLOWED) <= ALLOWED[package], path.name
        assert not tops & FORBIDDEN[package], path.name


def test_every_module_says_what_it_is() -> None:
    modules = [path for package in (*ALLOWED, "tests") for path in (PROJECT / package).rglob("*.py")]
    assert [path.name for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_every_target_of_make_says_what_it_does() -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)
    for target in targets.split():
        assert re.search(rf"^{target}:.*## \S", text, flags=re.MULTILINE), target


# What stays out


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    folder = re.compile(r"(?<![\w.~])/(?:home|root|Users|mnt)/\w")
    for path in tracked_files():
        assert not folder.search(path.read_text(encoding="utf-8", errors="replace")), path.relative_to(PROJECT)


LONGEST_QUOTE = 15
"""Words in a row that a file may share with a document: headings are as long, sentences longer."""


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", re.sub(r"\S+://\S+", " ", text.casefold()))
    return {tuple(words[n : n + LONGEST_QUOTE + 1]) for n in range(len(words) - LONGEST_QUOTE)}


def test_no_sentence_of_a_document_is_in_the_repository(documents: Path) -> None:
    sentences: set[tuple[str, ...]] = set()
    for path in [*documents.glob("*.txt"), *documents.glob("*.md")]:
        sentences |= runs_of_words(path.read_text(encoding="utf-8"))
    assert len(sentences) > 1000
    for path in tracked_files():
        if path.suffix != ".lock":
            quoted = runs_of_words(path.read_text(encoding="utf-8", errors="replace")) & sentences
            assert not quoted, f"{path.relative_to(PROJECT)}: {' '.join(min(quoted))}"
