"""A session of review: document after document, proposal after proposal, every decision written before the next.

Belongs here: the order of things and what the keys do. Not here: what is shown (`screen`), typed (`cells`), or sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bicentennial.review.answers import QUIT, Answers
from bicentennial.review.cells import CLAIM_FIELDS, TABLE, CorrectionError, choices, corrected, read_pairs
from bicentennial.review.screen import period, show_proposal
from ingest.check import Problem, SeedError, read_tables
from ingest.decided import problems_of
from ingest.members import Members, slug
from ingest.merge import register_member, text_of
from ingest.proposal_files import Row, is_open, read_rows, read_state, write_rows
from ingest.proposal_rows import COLUMNS

KEYS = "[a]ccept  [c]orrect  [r]eject  [s]kip  [u]ndo  [q]uit  [?] "
YES_NO = "[y]es  [n]o "
LISTED = 12
"""Most values of a field that are listed without being asked for."""
HELP = """\
a  accept: these characters say this. It becomes a row of claims.csv
c  correct: type field=value; then look again and accept
r  reject: these characters are no claim. That is kept too, so that it is not proposed again
s  skip: decide another time
u  undo the last decision of this session
q  quit: what was decided is merged into the seed tables
>>figure<< is what the claim stands on; ? marks a reading that is not sure, ! what has to be filled before"""


@dataclass
class Counts:
    """What a session decided."""

    accepted: int = 0
    rejected: int = 0
    skipped: int = 0


@dataclass
class Session:
    """One sitting of a reviewer over a folder of proposals and a folder of seed tables."""

    console: Console
    answers: Answers
    folder: Path
    seeds_folder: Path
    counts: Counts = field(default_factory=Counts)
    undoable: list[tuple[str, int, Row]] = field(default_factory=list)
    """Document, index of the row, and the row as it was."""

    def __post_init__(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the seed tables again, after they have changed."""
        self.seeds = read_tables(self.seeds_folder)
        self.members = Members(self.seeds)

    def review_claims(self, key: str) -> bool:
        """Go through the open proposals of a document; false where the reviewer has quit."""
        path = self.folder / f"{key}.csv"
        state = read_state(self.folder, key)
        text = text_of(state) if state else None
        rows = read_rows(path)
        waiting = [at for at, row in enumerate(rows) if is_open(row)]
        position, is_new = 0, True
        while position < len(waiting):
            at = waiting[position]
            span = f"characters {rows[at]['char_start']}–{rows[at]['char_end']}"
            headline = f"{key} · {position + 1} of {len(waiting)} · {span}"
            if is_new:
                problems = self._problems(path, rows, at, text)
                show_proposal(self.console, rows[at], rows, text, headline, problems)
            answer = self.answers.key(KEYS, "acrsuq?")
            is_new = answer in "crsu"
            if answer == QUIT:
                return False
            if answer == "?":
                self.console.print(HELP, markup=False)
            elif answer == "s":
                self.counts.skipped += 1
                position += 1
            elif answer == "r":
                self._decide(key, rows, at, {"review_status": "rejected"})
                self.counts.rejected += 1
                position += 1
            elif answer == "a":
                is_new = self._accept(path, rows, at, text)
                self.counts.accepted += is_new
                position += is_new
            elif answer == "c":
                self._correct(path, rows, at, text)
            elif answer == "u":
                position = self._undo(key, rows, waiting, position)
        return True

    def _problems(self, path: Path, rows: list[Row], at: int, text: str | None) -> list[Problem]:
        """What stands against accepting a row as it is, beside others that are accepted already."""
        wanted = {n: row for n, row in enumerate(rows, start=2) if row["review_status"] == "accepted"}
        wanted[at + 2] = {**rows[at], "review_status": "accepted"}
        problems = problems_of(wanted, path, self.seeds, self.members, text)
        return [problem for problem in problems if problem.row == at + 2]

    def _accept(self, path: Path, rows: list[Row], at: int, text: str | None) -> bool:
        for name in self.members.unknown_operations(rows[at]["operation_name"]):
            self._offer_operation(name)
        problems = self._problems(path, rows, at, text)
        for problem in problems:
            self._say_problem(problem)
        if problems:
            self.console.print("Not accepted: [bold]c[/] to correct it, [bold]r[/] to reject it.")
            return False
        self._decide(path.stem, rows, at, {"review_status": "accepted"})
        self._say_of_whole(rows, at)
        return True

    def _say_problem(self, problem: Problem) -> None:
        self.console.print(f"[bold red]![/] {escape(problem.column)}: {escape(problem.remedy)}")
        words = choices(problem.column, TABLE["claims"], self.seeds) if problem.column in CLAIM_FIELDS else []
        if words and "vocabulary" not in problem.remedy:
            shown = ", ".join(word.split(" · ")[0] for word in words)
            shown = shown if len(words) <= LISTED else f"{problem.column}=? lists what it may hold"
            self.console.print(f"  [dim]{escape(shown)}[/]")

    def _say_of_whole(self, rows: list[Row], at: int) -> None:
        parent = rows[at]["parent_claim_id"]
        whole = next((row for row in rows if row["claim_id"] == parent), None)
        if whole and "rejected" in (whole["review_status"], whole["decision"]):
            self.console.print(f"[yellow]Its whole “{escape(whole['verbatim'])}” was rejected: it will stand alone.[/]")

    def _decide(self, key: str, rows: list[Row], at: int, cells: Mapping[str, str]) -> None:
        self.undoable.append((key, at, rows[at]))
        rows[at] = {**rows[at], **cells}
        write_rows(self.folder / f"{key}.csv", COLUMNS, rows)

    def _undo(self, key: str, rows: list[Row], waiting: list[int], position: int) -> int:
        if not self.undoable:
            self.console.print("Nothing to undo.")
            return position
        other, at, row = self.undoable.pop()
        undone = rows if other == key else read_rows(self.folder / f"{other}.csv")
        status, undone[at] = undone[at]["review_status"], row
        write_rows(self.folder / f"{other}.csv", COLUMNS, undone)
        if status != row["review_status"]:
            self.counts.accepted -= status == "accepted"
            self.counts.rejected -= status == "rejected"
        self.console.print(f"Undone: “{escape(row['verbatim'])}” of {escape(other)} is as it was.")
        return waiting.index(at) if other == key and at in waiting else position

    def _correct(self, path: Path, rows: list[Row], at: int, text: str | None) -> None:
        """Corrections line by line, until an empty one; each is checked, written, and shown."""
        self.console.print(
            f"[dim]field=value, several on a line; field=? lists what it may hold, field=?word searches; an empty line "
            f"when done. Fields: {', '.join(CLAIM_FIELDS)}[/]"
        )
        while line := self.answers.line("correct> "):
            try:
                pairs = read_pairs(line, CLAIM_FIELDS)
                asked = {name: value for name, value in pairs.items() if value.startswith("?")}
                for name, value in asked.items():
                    self._list_choices(name, value[1:].strip())
                pairs = {name: value for name, value in pairs.items() if name not in asked}
                if not pairs:
                    continue
                new = corrected(rows[at], pairs, text)
            except CorrectionError as error:
                self.console.print(f"[bold red]![/] {escape(str(error))}")
                continue
            self._offer_members(pairs)
            before = rows[at]
            self._decide(path.stem, rows, at, new)
            for name in dict.fromkeys(("period" if n.startswith("period_") or n == "as_of" else n) for n in new):
                old, now = (period(r) if name == "period" else r.get(name, "") for r in (before, new))
                if old != now:
                    self.console.print(f"  {name}: {escape(old) or '–'} → [bold]{escape(now) or '–'}[/]")
            problems = self._problems(path, rows, at, text)
            for problem in problems:
                self._say_problem(problem)
            if not problems:
                self.console.print("[green]✓[/] it can be accepted (empty line, then [bold]a[/])")

    def _list_choices(self, name: str, contains: str) -> None:
        found = choices(name, TABLE["claims"], self.seeds, contains)
        if not found:
            self.console.print(f"  {name}: {'nothing like that' if contains else 'free text'}")
        for choice in found:
            self.console.print(f"  {escape(choice)}")

    def _offer_members(self, pairs: Mapping[str, str]) -> None:
        for name in self.members.unknown_operations(pairs.get("operation_name", "")):
            self._offer_operation(name)
        subject = pairs.get("subject_id", "")
        known = {cells["subject_id"] for cells in self.seeds["subjects"].rows.values()}
        if subject and subject not in known:
            self._offer_subject(subject)

    def _offer_operation(self, name: str) -> None:
        kinds = TABLE["operations"].vocabulary("operation_kind")
        if not self._yes(f"operations.csv does not know “{name}”. Add it?"):
            return
        guess = "task_force" if "task force" in name.casefold() else kinds[0]
        key = self.answers.line(f"  operation_id [{slug(name)}]: ") or slug(name)
        kind = self.answers.line(f"  operation_kind, {' or '.join(kinds)} [{guess}]: ") or guess
        self._register("operations", {"operation_id": key, "operation_name": name, "operation_kind": kind})

    def _offer_subject(self, key: str) -> None:
        if not self._yes(f"subjects.csv does not know “{key}”. Add it?"):
            return
        groups = sorted({cells["subject_group"] or "" for cells in self.seeds["subjects"].rows.values()})
        name = self.answers.line(f"  subject_name [{key.replace('-', ' ').capitalize()}]: ")
        group = self.answers.line(f"  subject_group, of {', '.join(groups)}: ") or ""
        cells = {"subject_id": key, "subject_name": name or key.replace("-", " ").capitalize(), "subject_group": group}
        self._register("subjects", cells)

    def _yes(self, question: str) -> bool:
        return self.answers.key(f"{question} {YES_NO}", "ynq") == "y"

    def _register(self, table: str, cells: Mapping[str, str]) -> None:
        try:
            register_member(table, cells, self.seeds_folder)
        except SeedError as error:
            for problem in error.problems:
                self.console.print(f"[bold red]![/] not added: {escape(str(problem))}")
            return
        self.console.print(f"Added to {table}.csv; what else is known of it can be filled in there.")
        self.reload()
