"""Merge decided proposals into the seed tables: in the order of the text, checked as a whole before a file changes.

A claim that is in the seed tables is never touched, so merging twice is merging once. Rows that are wrong stay in
their proposals file and are told with file, row, column, value and remedy; the others go on.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.atomic import locked, replace_files, roll_forward, settle
from ingest.check import Problem, SeedError, SeedTable, display_name, read_seeds, read_tables
from ingest.decided import document_problems, problems_of, seed_rows
from ingest.members import Members
from ingest.proposal_files import DocumentState, Row, read_rows, read_state, write_rows
from ingest.proposal_rows import COLUMNS
from ingest.reading import ReadingError, read_document
from ingest.register import Register
from ingest.revise import superseding
from ingest.seed_text import Key, SeedText
from ingest.tables import TABLES
from ingest.ties import TieError, find_whole, read_tie

DECIDED = ("accepted", "rejected")


@dataclass
class Merged:
    """What a merge did. `refused` are decided rows and documents that stay where they are, `remarks` what a curator
    should know, `revised` documents that have to be mapped to their new text before."""

    accepted: int = 0
    rejected: int = 0
    relations: int = 0
    refused: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return bool(self.accepted or self.rejected or self.relations)


def proposal_ids(folder: Path) -> list[str]:
    """The documents that a folder of proposals holds, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.csv") if not path.name.startswith("."))


def merge(folder: Path, seeds_folder: Path, keys: Iterable[str] | None = None) -> Merged:
    """Merge what was decided in a folder of proposals, of the named documents or of all.

    Raises:
        SeedError: when the seed tables would be broken; no file has changed then.
        ProposalError: when a file of proposals cannot be read; no file has changed then.
    """
    settle(seeds_folder)
    seeds = read_tables(seeds_folder)
    merging = _Merging(folder, seeds_folder, seeds)
    for key in proposal_ids(folder) if keys is None else keys:
        merging.add(key)
    if merging.done.is_change:
        write_seeds(seeds_folder, merging.texts)
        register = Register.load(seeds_folder)
        for key in merging.changed:
            mark_decisions(folder, key, register)
    return merging.done


def mark_decisions(folder: Path, key: str, register: Register) -> None:
    """Bring the column `decision` of a proposals file up to what the seed tables say."""
    state, path = read_state(folder, key), folder / f"{key}.csv"
    if state is None:
        return
    with locked(folder):
        rows = read_rows(path)
        for row in rows:
            row["decision"] = register.decision(key, state.sha256, int(row["char_start"]), int(row["char_end"]))
        write_rows(path, COLUMNS, rows)


def register_document(cells: Mapping[str, str], path: Path, seeds_folder: Path) -> None:
    """Add a row to documents.csv; `path` is where its values come from, for messages.

    Raises:
        SeedError: naming every cell that is wrong; nothing has changed then.
    """
    _add_member("documents", cells, document_problems(cells, path, read_tables(seeds_folder)), seeds_folder)


def register_member(name: str, cells: Mapping[str, str], seeds_folder: Path) -> None:
    """Add a row to a table of members (operations, subjects).

    Raises:
        SeedError: naming every cell that is wrong; nothing has changed then.
    """
    _add_member(name, cells, [], seeds_folder)


def _add_member(name: str, cells: Mapping[str, str], problems: list[Problem], seeds_folder: Path) -> None:
    if problems:
        raise SeedError(problems)
    texts = read_texts(seeds_folder)
    text = texts[name]
    text.insert([{column: cells.get(column, "") for column in text.table.columns}], lambda row: row[text.table.key[0]])
    write_seeds(seeds_folder, texts)


class _Merging:
    """One merge: texts of the seed tables, to which document after document is added."""

    def __init__(self, folder: Path, seeds_folder: Path, seeds: Mapping[str, SeedTable]) -> None:
        self.folder, self.seeds = folder, seeds
        self.members = Members(seeds)
        self.register = Register.load(seeds_folder)
        self.texts = read_texts(seeds_folder)
        self.done = Merged()
        self.changed: list[str] = []

    def add(self, key: str) -> None:
        path, state = self.folder / f"{key}.csv", read_state(self.folder, key)
        if state is None:
            remedy = "there is nothing about its document: extract it again"
            self.done.refused.append(Problem(display_name(path), 0, "", "", remedy))
            return
        numbered = dict(enumerate(read_rows(path), start=2))
        known = self._documents().get(key)
        if known and known["sha256"] != state.sha256:
            self.done.revised.append(key)
            return
        told = {
            number: self.register.decision(key, state.sha256, int(row["char_start"]), int(row["char_end"]))
            for number, row in numbered.items()
        }
        decided = {n: row for n, row in numbered.items() if row["review_status"] in DECIDED and not told[n]}
        self._remark_on_conflicts(numbered, told, path)
        if not known and decided:
            self._refuse_unregistered(state, path)
        rows = list(numbered.values())
        text = text_of(state) if decided else None
        if decided and text is None and Path(state.document_path).is_file():
            remedy = f"{state.document_path} is not as it was read: extract it again, then look at what was decided"
            self.done.refused.append(Problem(display_name(path), 0, "document_id", key, remedy))
            return
        problems = problems_of(decided, path, self.seeds, self.members, text, rows) if decided else []
        for number, row in numbered.items():
            status = row["review_status"]
            if status not in (*DECIDED, "proposed"):
                remedy = "not in the vocabulary: use one of accepted, proposed, rejected"
                problems.append(Problem(display_name(path), number, "review_status", status, remedy))
        self.done.refused += problems
        if not known:
            return
        broken = {problem.row for problem in problems}
        self._add_claims({number: row for number, row in decided.items() if number not in broken}, numbered, state)

    def _documents(self) -> dict[str, Mapping[str, str]]:
        return {row["document_id"]: row for row in self.texts["documents"].rows}

    def _remark_on_conflicts(self, rows: Mapping[int, Row], told: Mapping[int, str], path: Path) -> None:
        for number, row in rows.items():
            if row["review_status"] in DECIDED and told[number] and told[number] != row["review_status"]:
                self.done.remarks.append(
                    f"{display_name(path)}, row {number}: {row['review_status']} here, {told[number]} in claims.csv, "
                    "which stays: change it there"
                )

    def _refuse_unregistered(self, state: DocumentState, path: Path) -> None:
        remedy = (
            f"not in documents.csv: run `bicentennial review {state.document_id}`, or add its row there (file_name "
            f"{state.file_name}, sha256 {state.sha256}, char_count {state.char_count}, and its title, document_kind, "
            "language and licence)"
        )
        self.done.refused.append(Problem(display_name(path), 0, "document_id", state.document_id, remedy))

    def _add_claims(self, decided: Mapping[int, Row], numbered: Mapping[int, Row], state: DocumentState) -> None:
        made = [seed_rows(row, self.members) for row in decided.values()]
        key = claim_order([row["document_id"] for row in self.texts["documents"].rows])
        self.texts["claims"].insert([rows.claim for rows in made], key)
        companions = {"claim_agencies": [row for rows in made for row in rows.agencies],
                      "claim_operations": [row for rows in made for row in rows.operations]}  # fmt: skip
        for table, rows in companions.items():
            self._add_missing(table, rows, key)
        new = {rows.claim["claim_id"] for rows in made}
        relations = list(self._relations(numbered, new, state))
        self.done.relations += self._add_missing("claim_relations", relations, key)
        if made:
            self.changed.append(state.document_id)
        accepted = sum(rows.claim["review_status"] == "accepted" for rows in made)
        self.done.accepted += accepted
        self.done.rejected += len(made) - accepted

    def _add_missing(self, table: str, rows: list[Row], key: Key) -> int:
        """Rows whose key is not there yet: an interrupted merge may have left some."""
        text = self.texts[table]
        there = {tuple(row[column] for column in text.table.key) for row in text.rows}
        wanted = {tuple(row[column] for column in text.table.key): row for row in rows}
        missing = [row for key_of_row, row in wanted.items() if key_of_row not in there]
        text.insert(missing, key)
        return len(missing)

    def _relations(self, numbered: Mapping[int, Row], new: set[str], state: DocumentState) -> Iterator[Row]:
        """Ties of which one side is new and both are accepted now."""
        status = {row["claim_id"]: row["review_status"] for row in self.texts["claims"].rows}
        wanted = []
        for number, row in numbered.items():
            if row["parent_claim_id"] and status.get(row["claim_id"]) == "accepted":
                whole = find_whole(row, self.texts["claims"].rows)
                parent = whole["claim_id"] if whole else row["parent_claim_id"]
                try:
                    tie = read_tie(row["parent_relation"])
                except TieError as error:  # in a row that was merged before
                    name = display_name(self.folder / f"{state.document_id}.csv")
                    self.done.refused.append(
                        Problem(name, number, "parent_relation", row["parent_relation"], str(error))
                    )
                    continue
                wanted.append(tie | {"claim_id": row["claim_id"], "related_claim_id": parent})
                is_accepted = row["claim_id"] in new and status[row["claim_id"]] == "accepted"
                if is_accepted and status.get(parent) == "rejected":
                    self.done.remarks.append(
                        f"{display_name(self.folder / f'{state.document_id}.csv')}, row {number}: tied to {parent}, "
                        "which was rejected: it stands alone now"
                    )
        wanted += [dict(relation) for relation in state.relations]
        if new and (earlier := self._documents()[state.document_id]["supersedes_document_id"]):
            old = [row for row in self.texts["claims"].rows if row["document_id"] == earlier]
            wanted += superseding(with_operations(old, self.texts), list(numbered.values()), self.members)
        for row in wanted:
            sides = (row["claim_id"], row["related_claim_id"])
            if all(status.get(side) == "accepted" for side in sides) and any(side in new for side in sides):
                yield row


def with_operations(claims: Iterable[Mapping[str, str]], texts: Mapping[str, SeedText]) -> list[Row]:
    """Claims of the register with the ids of their operations, joined by `; `, as a proposal has them."""
    operations: dict[str, list[str]] = {}
    for row in texts["claim_operations"].rows:
        operations.setdefault(row["claim_id"], []).append(row["operation_id"])
    return [{**claim, "operation_name": "; ".join(operations.get(claim["claim_id"], []))} for claim in claims]


def claim_order(documents: list[str]) -> Key:
    """Key of rows with a claim_id: the order of their documents in documents.csv, then their place in the text."""
    rank = {name: at for at, name in enumerate(documents)}

    def key(row: Mapping[str, str]) -> tuple[int, int]:
        document, _, start = row["claim_id"].rpartition(":")
        return rank.get(document, len(rank)), int(start)

    return key


def text_of(state: DocumentState) -> str | None:
    """The text of a document, if its file still is where it was read and as it was."""
    path = Path(state.document_path)
    try:
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != state.sha256:
            return None
        return read_document(path).text
    except (OSError, ReadingError):
        return None


def read_texts(seeds_folder: Path) -> dict[str, SeedText]:
    """The files of all seed tables as text, by table; a writing that was cut off is ended before."""
    settle(seeds_folder)
    return {table.name: SeedText.read(table, seeds_folder) for table in TABLES}


def write_seeds(seeds_folder: Path, texts: Mapping[str, SeedText]) -> None:
    """Replace the files that differ, after all tables together were found sound in a copy.

    What was cut off between two files is ended by the next command that writes there.

    Raises:
        SeedError: naming what would be broken; nothing was replaced.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "seeds"
        copy.mkdir()
        for text in texts.values():
            (copy / text.table.file_name).write_bytes(text.text.encode("utf-8"))
        read_seeds(copy)
    with locked(seeds_folder):
        roll_forward(seeds_folder)
        files = {}
        for text in texts.values():
            path = seeds_folder / text.table.file_name
            if path.read_bytes() != text.original.encode("utf-8"):
                what = "it was changed by another program just now, and nothing was written: run the command again"
                raise SeedError([Problem(display_name(path), 0, "", "", what)])
            if text.text != text.original:
                files[path.name] = text.text.encode("utf-8")
        if files:
            replace_files(seeds_folder, files)
