"""Read seed tables and find everything that is wrong with them, cell by cell.

All problems of all files are gathered before anything is said, so that a curator mends them in one go.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ingest.atomic import PENDING
from ingest.numbers import NotANumberError, parse_quantity
from ingest.schema import FORMS, LIST_SEPARATOR, Table
from ingest.tables import TABLES

Cells = dict[str, str | None]


@dataclass(frozen=True, order=True)
class Problem:
    """A cell that cannot be loaded. `row` counts from 1, the header; 0 and empty strings stand for the whole."""

    file: str
    row: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        found = f": “{self.value}”" if self.value else ""
        row = f", row {self.row}" if self.row else ""
        return f"{self.file}{row}{column}{found}: {self.remedy}"


class SeedError(Exception):
    """Seed tables that cannot be loaded, with every problem found in them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class SeedTable:
    """A seed table as read: `rows` maps a row's number, the header being 1, to its cells, empty ones None."""

    table: Table
    path: Path
    sha256: str
    rows: dict[int, Cells]

    def problem(self, row: int, column: str, remedy: str, value: str | None = None) -> Problem:
        """A problem with one cell of this table, by default with the whole cell as its value."""
        return Problem(display_name(self.path), row, column, value or self.rows[row][column] or "", remedy)


def read_seeds(folder: Path) -> dict[str, SeedTable]:
    """Read every seed table of a folder and check it, alone and against the others.

    Raises:
        SeedError: naming file, row, column, value and remedy of everything that is wrong.
    """
    seeds, problems = _read_tables(folder)
    told = {(problem.file, problem.row, problem.column) for problem in problems}
    unsure = {(problem.file, problem.column) for problem in problems}
    references = (found for seed in seeds.values() for found in _check_references(seed, seeds, unsure))
    for later in (_check_keys(seeds), references, _check_units(seeds)):
        problems += [problem for problem in later if (problem.file, problem.row, problem.column) not in told]
    if problems:
        raise SeedError(problems)
    return seeds


def read_tables(folder: Path) -> dict[str, SeedTable]:
    """Read every seed table of a folder and check each alone.

    Raises:
        SeedError: as `read_seeds`, but for what only two tables together can break.
    """
    seeds, problems = _read_tables(folder)
    if problems:
        raise SeedError(problems)
    return seeds


def _read_tables(folder: Path) -> tuple[dict[str, SeedTable], list[Problem]]:
    if not folder.is_dir():
        raise SeedError([Problem(str(folder), 0, "", "", "no such folder: name the one that holds the seed tables")])
    if (folder / PENDING).is_dir():
        what = "writing the tables was interrupted: end it with `bicentennial review --merge`"
        raise SeedError([Problem(display_name(folder / PENDING), 0, "", "", what)])
    problems: list[Problem] = []
    seeds: dict[str, SeedTable] = {}
    for table in TABLES:
        seed, found = _read_table(table, folder / table.file_name)
        problems += found
        if seed:
            seeds[table.name] = seed
    return seeds, problems


def read_table(table: Table, folder: Path) -> SeedTable:
    """Read one seed table of a folder and check it alone.

    Raises:
        SeedError: naming file, row, column, value and remedy of everything that is wrong.
    """
    seed, problems = _read_table(table, folder / table.file_name)
    if seed is None or problems:
        raise SeedError(problems)
    return seed


def check_rows(seed: SeedTable, others: Mapping[str, SeedTable]) -> list[Problem]:
    """What is wrong with rows that are not among the seed tables yet: their cells, references and units.

    `others` are the seed tables as they are; references are looked up there, those to the same table too.
    """
    problems = [problem for number in seed.rows for problem in _check_cells(seed, number)]
    told = {(problem.row, problem.column) for problem in problems}
    later = [*_check_references(seed, others, ())]
    if seed.table.name == "claims" and "units" in others:
        units = {cells["unit_id"]: cells for cells in others["units"].rows.values()}
        later += _check_claim_units(seed, units)
    return problems + [problem for problem in later if (problem.row, problem.column) not in told]


def display_name(path: Path) -> str:
    """How a seed file is named in messages and lineage: its folder and name."""
    return f"{path.parent.name}/{path.name}"


def _read_table(table: Table, path: Path) -> tuple[SeedTable | None, list[Problem]]:
    name = display_name(path)

    def whole(remedy: str, row: int = 1, value: str = "") -> tuple[None, list[Problem]]:
        return None, [Problem(name, row, "", value, remedy)]

    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return whole("the file is missing: restore it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        return whole("not UTF-8: save the file in that encoding", row, repr(data[error.start : error.start + 4]))
    if text.startswith("\ufeff"):
        return whole("starts with a byte order mark: save the file as plain UTF-8")
    if "\0" in text:
        return whole("holds a NUL character: restore the file", text[: text.index("\0")].count("\n") + 1)
    if not text.endswith("\n"):
        rest = text[text.rfind("\n") + 1 :][:60]
        return whole("ends in the middle of a line: the file is truncated, restore it", text.count("\n") + 1, rest)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *records = list(reader)
    except csv.Error as error:
        return whole(f"not well-formed CSV ({error}): mend the quotes", reader.line_num)
    if tuple(header) != table.columns:
        return None, list(_check_header(name, header, table))
    seed = SeedTable(table, path, hashlib.sha256(data).hexdigest(), {})
    return seed, list(_check_rows(seed, records))


def _check_header(name: str, header: list[str], table: Table) -> Iterator[Problem]:
    for column in table.columns:
        if column not in header:
            yield Problem(name, 1, column, "", "the column is missing: add it")
    for column in header:
        if column not in table.columns:
            yield Problem(name, 1, column, column, "not a column of this table: remove or rename it")
    if sorted(header) == sorted(table.columns):
        yield Problem(name, 1, "", ",".join(header), f"columns out of order: {','.join(table.columns)}")
    elif len(header) != len(set(header)):
        yield Problem(name, 1, "", ",".join(header), "a column stands twice: remove one")


def _check_rows(seed: SeedTable, records: list[list[str]]) -> Iterator[Problem]:
    name, columns = display_name(seed.path), seed.table.columns
    for number, record in enumerate(records, start=2):
        if len(record) != len(columns):
            remedy = "a blank line: remove it"
            if record:
                remedy = f"{len(record)} cells instead of {len(columns)}: mend the commas and quotes of this row"
            yield Problem(name, number, "", ",".join(record)[:60], remedy)
            continue
        cells: Cells = {column: cell or None for column, cell in zip(columns, record, strict=True)}
        seed.rows[number] = cells
        yield from _check_cells(seed, number)


def _check_cells(seed: SeedTable, number: int) -> Iterator[Problem]:
    try:
        seed.table.row.model_validate(seed.rows[number])
    except ValidationError as error:
        yield from (_cell_problem(seed, number, detail) for detail in error.errors())


def _cell_problem(seed: SeedTable, number: int, detail: ErrorDetails) -> Problem:
    table = seed.table
    column = str(detail["loc"][0]) if detail["loc"] else str(detail["ctx"]["column"])
    value = seed.rows[number][column]
    kind = detail["type"]
    if kind == "rule":
        remedy = detail["msg"]
    elif not value:
        remedy = "empty: this column must be filled"
    elif words := table.vocabulary(column):
        remedy = f"not in the vocabulary: use one of {', '.join(words)}"
    elif table.sql_type(column) == "date":
        remedy = "not a date: write it like 2023-10-05"
    elif table.sql_type(column).startswith(("decimal", "integer")):
        why = "" if "not of the form" in detail["msg"] else f" ({detail['msg']})"
        remedy = f"not a valid number{why}: write plain digits with a point, as 1234.5"
    else:
        remedy = f"not of the right form: {FORMS.get(detail.get('ctx', {}).get('pattern', ''), detail['msg'])}"
    return seed.problem(number, column, remedy)


def _check_keys(seeds: Mapping[str, SeedTable]) -> Iterator[Problem]:
    for seed in seeds.values():
        first: dict[tuple[str | None, ...], int] = {}
        for number, cells in seed.rows.items():
            key = tuple(cells[column] for column in seed.table.key)
            if key in first:
                remedy = f"duplicate of row {first[key]}: remove one of the two"
                yield seed.problem(number, seed.table.key[0], remedy, " · ".join(map(str, key)))
            first.setdefault(key, number)


def _check_references(
    seed: SeedTable, seeds: Mapping[str, SeedTable], unsure: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    """Every reference has its member. Where a key is in doubt itself, what refers to it is not judged: told once."""
    for column, target in seed.table.references.items():
        target_table, target_column = target.split(".")
        if target_table not in seeds:
            continue  # that file is reported already
        if {(display_name(seeds[target_table].path), doubtful) for doubtful in (target_column, "")} & set(unsure):
            continue
        known = {cells[target_column] for cells in seeds[target_table].rows.values()}
        for number, cells in seed.rows.items():
            for member in (cells[column] or "").split(LIST_SEPARATOR):
                if member and member not in known:
                    remedy = f"no such {target_column} in {target_table}.csv: correct it or add it there"
                    yield seed.problem(number, column, remedy, member)


def _check_units(seeds: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """A canonical unit is its own, one of a dimension; the unit word inside a claim's span is a word of its unit."""
    if "units" not in seeds:
        return
    units = {cells["unit_id"]: cells for cells in seeds["units"].rows.values()}
    canonical: dict[str | None, str | None] = {}
    for number, unit in seeds["units"].rows.items():
        if unit["unit_id"] == unit["canonical_unit_id"]:
            first = canonical.setdefault(unit["unit_dimension"], unit["unit_id"])
            if first != unit["unit_id"]:
                remedy = f"{first} is the canonical unit of this dimension already: convert to it"
                yield seeds["units"].problem(number, "canonical_unit_id", remedy)
            elif unit["canonical_factor"] != "1":
                yield seeds["units"].problem(number, "canonical_factor", "a canonical unit is 1 of itself: write 1")
    for number, unit in seeds["units"].rows.items():
        if unit["canonical_unit_id"] in units and unit["canonical_unit_id"] not in (
            unit["unit_id"],
            canonical.get(unit["unit_dimension"]),
        ):
            remedy = "not the canonical unit of this dimension: correct it"
            yield seeds["units"].problem(number, "canonical_unit_id", remedy)
    if "claims" in seeds:
        yield from _check_claim_units(seeds["claims"], units)


def _check_claim_units(claims: SeedTable, units: Mapping[str | None, Cells]) -> Iterator[Problem]:
    for number, claim in claims.rows.items():
        word = _unit_word(claim["verbatim"] or "")
        unit = units.get(claim["unit_id"], {})
        if not word or not unit or claim["review_status"] != "accepted":
            continue
        if word not in {unit["unit_id"], *(unit["aliases"] or "").split(LIST_SEPARATOR)}:
            remedy = f"verbatim “{claim['verbatim']}” is in {word}: correct the unit, or add the word to units.csv"
            yield claims.problem(number, "unit_id", remedy)


def _unit_word(verbatim: str) -> str | None:
    try:
        return parse_quantity(verbatim).unit_word
    except NotANumberError:
        return None  # reported already, with the row
