"""How tables are declared: what a cell may hold, what a row and a table are, and their types in DuckDB.

Belongs here: forms of cells that several tables share, and the machinery. Not here: any table (`ingest.tables`,
`ingest.official_tables`, `ingest.proposal_tables`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

LIST_SEPARATOR = "|"
"""Separates the members of a list inside one cell (aliases, joint leads)."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
UnitId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:_[a-z]+)*$")]
SlugList = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-|][a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:.*\S)?$")]
Expression = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:[\s\S]*\S)?$")]
"""A numeric expression as it stands, which a document may wrap over two lines."""
FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\.][^/\\]*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]

FORMS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": "lower-case letters and digits, words joined by a hyphen, as port-note-2024",
    r"^[a-z]+(?:_[a-z]+)*$": "lower-case letters, words joined by an underscore, as person_per_day",
    r"^[a-z0-9]+(?:[-|][a-z0-9]+)*$": f"ids of lower-case letters, digits and hyphens, separated by {LIST_SEPARATOR}",
    r"^\S(?:.*\S)?$": "write it on one line, without white space before and behind it",
    r"^\S(?:[\s\S]*\S)?$": "write it without white space before and behind it",
    r"^[^/\\.][^/\\]*$": "the name of a file, without its folder",
    r"^[0-9a-f]{64}$": "a SHA-256 is 64 hexadecimal digits",
    r"^https?://\S+$": "an address begins with https:// or http:// and has no blank",
    r"^[A-Z]{2}$": "two capital letters, as US",
    r"^[a-z]{2}$": "two small letters, as en",
}
"""What the patterns of this file ask for, in words for a person."""


def written(pattern: str) -> BeforeValidator:
    """Take a cell in one form only: Python reads more forms of numbers and dates than DuckDB and people do.

    Stands last: limits that follow it are checked in Python and not by pydantic's core, at twice the time of a cell.
    """

    fits = re.compile(pattern).fullmatch

    def check(cell: Any) -> Any:
        if isinstance(cell, str) and not fits(cell):
            raise ValueError(f"not of the form {pattern}")
        return cell

    return BeforeValidator(check)


Whole = Annotated[int, written(r"-?[0-9]{1,9}")]
Date = Annotated[dt.date, written(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")]
Value = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=4), written(r"-?[0-9]+(\.[0-9]+)?")]
Quantity = Annotated[Decimal, Field(ge=0, max_digits=28, decimal_places=8), written(r"-?[0-9]+(\.[0-9]+)?")]
"""An amount of what was seized, in eight decimals as every canonical amount of the warehouse."""
Factor = Annotated[Decimal, Field(gt=0, max_digits=16, decimal_places=12), written(r"-?[0-9]+(\.[0-9]+)?")]


def problem(column: str, message: str) -> PydanticCustomError:
    """A rule that spans columns failed: `column` is the cell to mend, `message` ends with the remedy."""
    return PydanticCustomError("rule", message.replace("{", "{{").replace("}", "}}"), {"column": column})


class Row(BaseModel):
    """A row of a seed table. Cells are text, an empty cell is `None`; nothing is stripped or guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Table:
    """A seed table: its file is `<name>.csv`, its raw table `raw.<name>`."""

    name: str
    row: type[Row]
    description: str
    key: tuple[str, ...]
    references: dict[str, str]
    """Column → "table.column" whose values it must hold (list cells: each member)."""

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.row.model_fields)

    def sql_type(self, column: str) -> str:
        """DuckDB type of a column, from its annotation."""
        return _sql_type(self.row.model_fields[column].annotation, self.row.model_fields[column].metadata)

    def is_required(self, column: str) -> bool:
        """Whether the column may not be empty."""
        return type(None) not in get_args(self.row.model_fields[column].annotation)

    def vocabulary(self, column: str) -> tuple[str, ...]:
        """The values that a column may hold, or nothing where it is free."""
        return _vocabulary(self.row.model_fields[column].annotation)


@dataclass(frozen=True)
class LineageColumn:
    """A column that the load adds to every raw table."""

    name: str
    sql_type: str
    description: str


LINEAGE_COLUMNS = (
    LineageColumn("_source_file", "varchar", "File that the row was read from."),
    LineageColumn("_source_row", "integer", "Row of that file, the header being row 1; 1 where the file is the row."),
    LineageColumn("_source_sha256", "varchar", "SHA-256 of that file's bytes."),
    LineageColumn("_loaded_at", "timestamp", "When it was loaded (UTC); stays out of the marts."),
)


def literal(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


SQL_TYPES: dict[Any, str] = {str: "varchar", int: "integer", bool: "boolean", dt.date: "date"}


def _sql_type(annotation: Any, metadata: Iterable[Any] = ()) -> str:
    origin = get_origin(annotation)
    if origin is Literal:
        return "varchar"
    if origin is Annotated:
        return _sql_type(annotation.__origin__, annotation.__metadata__)
    if origin is not None:  # X | None
        return _sql_type(next(arg for arg in get_args(annotation) if arg is not type(None)))
    if annotation is Decimal:
        digits = {type(rule): rule for info in metadata for rule in getattr(info, "metadata", [info])}
        limits = {
            name: getattr(rule, name)
            for rule in digits.values()
            for name in ("max_digits", "decimal_places")
            if getattr(rule, name, None) is not None
        }
        return f"decimal({limits['max_digits']}, {limits['decimal_places']})"
    return SQL_TYPES[annotation]


def _vocabulary(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((words for arg in get_args(annotation) if (words := _vocabulary(arg))), ())
