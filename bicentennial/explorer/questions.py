"""A question to the warehouse: the page shows its rows, CSV has the same rows, and its words run as pasted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bicentennial.explorer.release import Release, Row


@dataclass(frozen=True)
class Question:
    """One query; `parameters` are its `$names`."""

    sql: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def rows(self, release: Release) -> list[Row]:
        return release.rows(self.sql, self.parameters)

    def pasted(self) -> str:
        """The query with its parameters in place, as a person may paste it."""

        def value(name: re.Match[str]) -> str:
            return "'" + self.parameters[name[1]].replace("'", "''") + "'"

        return re.sub(r"\$(\w+)", value, self.sql).strip()
