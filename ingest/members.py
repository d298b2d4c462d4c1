"""Names in the cells of a proposal (`DEA:lead; …`, `Operation X; …`) and the members of the tables that they mean.

Belongs here: reading and writing those two cells. Not here: finding names in a text (`ingest.extract`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from ingest.check import SeedTable
from ingest.keys import slug
from ingest.schema import LIST_SEPARATOR
from ingest.tables import Role

ROLES = f"write NAME:role; a role is one of {', '.join(get_args(Role))}"
KNOWN_AGENCY = "write its id or acronym, or add it to agencies.csv"
KNOWN_OPERATION = "correct the name, or add it to operations.csv"


class UnknownMemberError(ValueError):
    """A name that is in no table, or a cell that is not of the form. `column` is the cell's, `value` what was
    found, `remedy` what to do."""

    def __init__(self, column: str, value: str, remedy: str) -> None:
        super().__init__(f"{column}: “{value}”: {remedy}")
        self.column, self.value, self.remedy = column, value, remedy


class Members:
    """Agencies and operations by every name they have: id, acronym, name, aliases; upper and lower case alike."""

    def __init__(self, seeds: Mapping[str, SeedTable]) -> None:
        self.agencies = _names(seeds["agencies"], "agency_id", "acronym", "agency_name")
        self.operations = _names(seeds["operations"], "operation_id", "operation_name")

    def read_agencies(self, cell: str) -> list[tuple[str, str]]:
        """`CBP:lead; HSI:support` → agency ids and roles, each once.

        Raises:
            UnknownMemberError: naming what is not in agencies.csv or no role.
        """
        parts: list[tuple[str, str]] = []
        for item in filter(None, map(str.strip, cell.split(";"))):
            name, colon, role = (part.strip() for part in item.rpartition(":"))
            if not colon or role not in get_args(Role):
                raise UnknownMemberError("agencies", item, ROLES)
            if _fold(name) not in self.agencies:
                raise UnknownMemberError("agencies", name, f"no such agency: {KNOWN_AGENCY}")
            part = (self.agencies[_fold(name)], role)
            if part not in parts:
                parts.append(part)
        return parts

    def read_operations(self, cell: str) -> list[str]:
        """`Operation X; Operation Y` → operation ids, each once.

        Raises:
            UnknownMemberError: naming what is not in operations.csv.
        """
        found: list[str] = []
        for name in self.operation_names(cell):
            if _fold(name) not in self.operations:
                raise UnknownMemberError("operation_name", name, f"no such operation: {KNOWN_OPERATION}")
            if self.operations[_fold(name)] not in found:
                found.append(self.operations[_fold(name)])
        return found

    def unknown_operations(self, cell: str) -> list[str]:
        """Names of a cell that operations.csv does not know."""
        return [name for name in self.operation_names(cell) if _fold(name) not in self.operations]

    def agency_id(self, name: str) -> str:
        """The id of an agency by any of its names, or one made of the name where no table knows it."""
        return self.agencies.get(_fold(name), slug(name))

    @staticmethod
    def operation_names(cell: str) -> list[str]:
        return [name for name in map(str.strip, cell.split(";")) if name]


def _names(seed: SeedTable, *columns: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for cells in seed.rows.values():
        names = [cells[column] for column in columns] + (cells["aliases"] or "").split(LIST_SEPARATOR)
        for name in filter(None, names):
            found.setdefault(_fold(name), cells[columns[0]] or "")
    return found


def _fold(name: str) -> str:
    return " ".join(name.replace("’", "'").replace("‑", "-").replace("–", "-").split()).casefold()
