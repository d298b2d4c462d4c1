"""The reference tables as the extractor reads them: names and aliases, each vocabulary in one compiled pattern."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.scan import alternation
from ingest.schema import LIST_SEPARATOR

Row = Mapping[str, str]


@dataclass(frozen=True)
class Member:
    """A member of a reference table that a text may name. `kind`: agency, operation, place."""

    kind: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class KnownDocument:
    """What the register says about a document: its key and the date that its open periods end on."""

    document_id: str
    date: dt.date | None


def fold(text: str) -> str:
    """The one spelling under which names are looked up."""
    text = text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("‑", "-")
    return " ".join(text.split())


class _Acronyms(dict[str, str]):
    """Agency → acronym; a body that no table knows is written by its key."""

    def __missing__(self, key: str) -> str:
        return key


class Reference:
    """Names of agencies, operations, places, commodities, subjects, units, areas, and the register of documents.

    Built once from a folder of seed tables and shared by every document; nothing in it changes afterwards.
    """

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self.agencies = {row["agency_id"]: row for row in tables["agencies"]}
        self.operations = {row["operation_id"]: row for row in tables["operations"]}
        self.commodities = {row["commodity_id"]: row for row in tables["commodities"]}
        self.subjects = {row["subject_id"]: row for row in tables["subjects"]}
        self.places = {row["place_id"]: row for row in tables["places"]}
        self.acronyms = _Acronyms({key: row["acronym"] or key for key, row in self.agencies.items()})
        self.units = {
            alias: row["unit_id"] for row in tables["units"] for alias in _aliases(row, row["unit_id"]) if alias
        }
        self.unit_ids = {row["unit_id"]: row["unit_id"] for row in tables["units"]}
        self.areas = {fold(alias).lower(): row["framework_area_id"]
                      for row in tables["framework_areas"]
                      for alias in _aliases(row, row["framework_area_name"])}  # fmt: skip
        self.documents: dict[str, KnownDocument] = {}
        for row in tables["documents"]:
            date = row["published_on"] or row["event_on"]
            known = KnownDocument(row["document_id"], dt.date.fromisoformat(date) if date else None)
            self.documents[row["sha256"]] = self.documents[row["file_name"]] = known
        self.names = self._names()
        name = rf"(?P<name>{alternation(self.names)})(?!\w)"
        first = re.escape("".join(sorted({name[0] for name in self.names})))
        self._name_first = re.compile(name)
        self._name_later = re.compile(rf"[^a-zA-Z0-9_@#/](?<![\w@#/])(?=[{first}]){name}")
        self.things = self._things()
        self.thing_pattern = re.compile(alternation(self.things, r"(?<![\w-].)") + r"(?!\w)")
        self.topics = {
            fold(alias).lower(): row["subject_id"]
            for row in tables["subjects"]
            for alias in _aliases(row, row["subject_name"])
        }
        self.described: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for key, row in self.subjects.items():
            words = re.findall(r"[a-z]+", row["subject_name"].lower())
            content = frozenset(words) - {"of", "the", "and", "was", "whose", "in", "for", "a", "to", "with", "by"}
            if len(content) > 2:
                self.described.setdefault(words[0], []).append((key, content))
        self.topic_pattern = re.compile(alternation(self.topics, r"(?<![\w-].)") + r"(?!\w)")

    @classmethod
    def load(cls, folder: Path) -> Reference:
        """Read the seed tables of a folder.

        Raises:
            FileNotFoundError: when a table is missing.
        """
        names = "agencies operations commodities subjects places units framework_areas documents".split()
        tables: dict[str, list[Row]] = {}
        for name in names:
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                tables[name] = list(csv.DictReader(file))
        return cls(tables)

    def topics_in(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """The subjects that a text names in any case, in order, each with its place."""
        low = text.lower()
        for match in self.topic_pattern.finditer(low):
            if match[0] == "states" and low.endswith("united ", 0, match.start()):
                continue
            yield self.topics[fold(match[0])], match

    def names_in(self, text: str) -> Iterator[re.Match[str]]:
        """The names of bodies, operations and places in a text, in order, each the group `name` of its match.

        A name begins behind a character of no word: that one is sought, most of a text lies inside of words.
        """
        first = self._name_first.match(text)
        if first:
            yield first
        yield from self._name_later.finditer(text, first.end() if first else 0)

    def parent(self, agency: str) -> str | None:
        """The body above a body; None for one at the top, or one that no table knows."""
        row = self.agencies.get(agency)
        return row["parent_agency_id"] or None if row else None

    def _names(self) -> dict[str, tuple[Member, ...]]:
        """Folded name → what it may be: “Mexico” is a government and a place, which the words around it decide."""
        found: dict[str, list[Member]] = {}

        def add(alias: str, member: Member) -> None:
            members = found.setdefault(fold(alias), [])
            if member not in members:
                members.append(member)

        for key, row in self.agencies.items():
            for alias in _aliases(row, row["agency_name"], row["acronym"]):
                add(alias, Member("agency", (key,)))
                if singular := re.sub(r"s['’] Offices$", "'s Office", alias):
                    add(singular, Member("agency", (key,)))
                if ", and " in alias:
                    add(alias.replace(", and ", " and "), Member("agency", (key,)))
                if " " in alias and len(alias) > 14:
                    add(alias.upper(), Member("agency", (key,)))  # as heads of documents write it
                if alias.isupper() and len(alias) > 2:
                    add(f"U.S. {alias}", Member("agency", (key,)))
        for key, row in self.operations.items():
            for alias in _aliases(row, row["operation_name"]):
                add(alias, Member("operation", (key,)))
        for key, row in self.places.items():
            for alias in _aliases(row, row["place_name"]):
                add(alias, Member("place", (key,)))
        return {alias: tuple(members) for alias, members in found.items()}

    def _things(self) -> dict[str, str]:
        things: dict[str, str] = {}
        for key, row in self.commodities.items():
            for alias in _aliases(row, row["commodity_name"].lower()):
                if "," not in alias:
                    things.setdefault(fold(alias), key)
        return things


def _aliases(row: Row, *names: str) -> list[str]:
    return [alias for alias in (*names, *row["aliases"].split(LIST_SEPARATOR)) if alias]
