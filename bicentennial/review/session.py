"""A session of review: document after document, proposal after proposal, every decision written before the next.

Belongs here: the order of things and what the keys do. Not here: what is shown (`screen`), typed (`cells`), or sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bicentennial.review.additions import offer_operation, offer_subject
from bicentennial.review.answers import QUIT, Answers
from bicentennial.review.cells import CLAIM_FIELDS, TABLE, CorrectionError, choices, corrected, read_pairs
from bicentennial.review.screen import GRADE_OF, counted, mark_corrected, period, say_indented, show_proposal
from ingest.atomic import locked
from ingest.check import Problem, SeedError, read_tables
from ingest.decided import problems_of, registered_claims
from ingest.members import Members
from ingest.merge import DECIDED, register_member, text_of
from ingest.proposal_files import Row, is_open, read_rows, read_state, write_rows
from ingest.proposal_rows import COLUMNS
from ingest.ties import default_relation, find_whole, is_odd_whole

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


class ChangedMeanwhileError(Exception):
    """A row that is decided on is not in the file any more as it was shown."""


@dataclass
class Session:
    """One sitting of a reviewer over a folder of proposals and a folder of seed tables."""

    console: Console
    answers: Answers
    folder: Path
    seeds_folder: Path
    undoable: list[tuple[str, int, Row]] = field(default_factory=list)
    """Document, index of the row, and the row as it was."""
    last_agencies: str = ""
    """Those of the claim that was accepted last, for `agencies==`."""
    is_changed: bool = False
    """Whether the seed tables were changed already: a document registered, a member added, a revision written."""

    def __post_init__(self) -> None:
        self.seeds = read_tables(self.seeds_folder)
        self.members = Members(self.seeds)

    def reload(self) -> None:
        """Read the seed tables again, as somebody may have added to them; while they are broken, keep the earlier."""
        try:
            self.seeds = read_tables(self.seeds_folder)
        except SeedError as error:
            for problem in error.problems:
                self.console.print(f"[bold red]![/] {escape(str(problem))}")
        self.members = Members(self.seeds)

    def waiting(self, key: str, rows: list[Row]) -> list[int]:
        """Indexes of the rows without a decision, and of those decided in the file that cannot be merged so."""
        undecided = [at for at, row in enumerate(rows) if not row["decision"]]
        decided = {at + 2: rows[at] for at in undecided if rows[at]["review_status"] in DECIDED}
        broken: set[int] = set()
        if decided:
            state = read_state(self.folder, key)
            text = text_of(state) if state else None
            path = self.folder / f"{key}.csv"
            broken = {problem.row for problem in problems_of(decided, path, self.seeds, self.members, text, rows)}
        return [at for at in undecided if rows[at]["review_status"] not in DECIDED or at + 2 in broken]

    def review_claims(self, key: str) -> bool:
        """Go through the waiting proposals of a document; false where the reviewer has quit."""
        while True:
            try:
                return self._review_rows(key)
            except ChangedMeanwhileError:
                self.console.print(
                    f"[yellow]{escape(key)}.csv was changed by another program meanwhile. Your last key was not "
                    "written; what waits now is shown anew.[/]"
                )

    def _review_rows(self, key: str) -> bool:
        self.reload()
        path = self.folder / f"{key}.csv"
        state = read_state(self.folder, key)
        text = text_of(state) if state else None
        rows = read_rows(path)
        waiting = self.waiting(key, rows)
        position, is_new = 0, True
        while position < len(waiting):
            at = waiting[position]
            if is_new:
                self._show(path, rows, at, text, f"{position + 1} of {len(waiting)}")
            answer = self.answers.key(KEYS, "acrsuq?")
            is_new = answer in "crsu"
            if answer == QUIT:
                return False
            if answer == "?":
                self.console.print(HELP, markup=False)
            elif answer == "s":
                position += 1
            elif answer == "r":
                self._decide(key, rows, at, {"review_status": "rejected"})
                position += 1
            elif answer == "a":
                is_new = self._accept(path, rows, at, text)
                position += is_new
            elif answer == "c":
                self._correct(path, rows, at, text)
            elif answer == "u":
                position = self._undo(key, rows, waiting, position)
        return True

    def _show(self, path: Path, rows: list[Row], at: int, text: str | None, count: str) -> None:
        row = rows[at]
        headline = f"{path.stem} · {count} · characters {row['char_start']}–{row['char_end']}"
        problems = self._problems(path, rows, at, text)
        status = row["review_status"]
        if not is_open(row):
            what = "decided in the file, and cannot be merged as it is"
            remedy = what if status in DECIDED else "no such status: accept or reject it here"
            problems.insert(0, Problem(str(path), at + 2, "review_status", status, remedy))
        whole = self._whole(rows, row)
        dimensions = {c["unit_id"] or "": c["unit_dimension"] or "" for c in self.seeds["units"].rows.values()}
        is_odd = whole is not None and is_odd_whole(row, whole, dimensions)
        show_proposal(self.console, row, rows, text, headline, problems, whole, is_odd)

    def _whole(self, rows: list[Row], row: Row) -> Mapping[str, str] | None:
        return find_whole(row, [*rows, *registered_claims(self.seeds)]) if row["parent_claim_id"] else None

    def _problems(self, path: Path, rows: list[Row], at: int, text: str | None) -> list[Problem]:
        """What stands against accepting a row as it is, beside others that are accepted already.

        Where something does, it is asked of the seed tables as they are now: a member may have been added meanwhile.
        """
        wanted = {n: row for n, row in enumerate(rows, start=2) if row["review_status"] == "accepted"}
        wanted[at + 2] = {**rows[at], "review_status": "accepted"}
        problems: list[Problem] = []
        for is_second in (False, True):
            if is_second:
                self.reload()
            problems = problems_of(wanted, path, self.seeds, self.members, text, rows)
            problems = [problem for problem in problems if problem.row == at + 2]
            if not problems:
                break
        return problems

    def _accept(self, path: Path, rows: list[Row], at: int, text: str | None) -> bool:
        self._offer_operations(rows[at]["operation_name"])
        problems = self._problems(path, rows, at, text)
        for problem in problems:
            self.say_problem(problem)
        if problems:
            self.console.print("Not accepted: [bold]c[/] to correct it, [bold]r[/] to reject it.")
            return False
        self._decide(path.stem, rows, at, {"review_status": "accepted"})
        self.last_agencies = rows[at]["agencies"] or self.last_agencies
        whole = self._whole(rows, rows[at])
        if whole and "rejected" in (whole["review_status"], whole.get("decision")):
            self.console.print(f"[yellow]Its whole “{escape(whole['verbatim'])}” was rejected: it will stand alone.[/]")
        return True

    def say_problem(self, problem: Problem) -> None:
        """What is wrong with a cell, with its value, and what it may hold where that is not much."""
        value = f"“{problem.value}”: " if problem.value and problem.value not in problem.remedy else ""
        self.console.print(f"[bold red]![/] {escape(problem.column)}: {escape(value + problem.remedy)}")
        words = choices(problem.column, TABLE["claims"], self.seeds) if problem.column in CLAIM_FIELDS else []
        if words and not any(word in problem.remedy for word in ("vocabulary", "one of")):
            shown = ", ".join(word.split(" · ")[0] for word in words)
            shown = shown if len(words) <= LISTED else f"{problem.column}=? lists what it may hold"
            self.console.print(f"  [dim]{escape(shown)}[/]")

    def _decide(self, key: str, rows: list[Row], at: int, cells: Mapping[str, str]) -> None:
        before, after = rows[at], {**rows[at], **cells}
        self._write(key, before, after)
        self.undoable.append((key, at, before))
        rows[at] = after

    def _write(self, key: str, before: Row, after: Row) -> None:
        """Put one row in the place of another in the file as it is now: others may have written there meanwhile.

        Raises:
            ChangedMeanwhileError: when that row is not there any more; nothing is written then.
        """
        path = self.folder / f"{key}.csv"
        with locked(self.folder):
            rows = read_rows(path)
            if before not in rows:
                raise ChangedMeanwhileError
            rows[rows.index(before)] = after
            write_rows(path, COLUMNS, rows)

    def _undo(self, key: str, rows: list[Row], waiting: list[int], position: int) -> int:
        if not self.undoable:
            self.console.print("Nothing to undo.")
            return position
        other, at, row = self.undoable.pop()
        undone = rows if other == key else read_rows(self.folder / f"{other}.csv")
        if at >= len(undone) or undone[at]["claim_id"] != row["claim_id"]:
            raise ChangedMeanwhileError
        last = undone[at]
        self._write(other, last, row)
        undone[at] = row
        status = last["review_status"]
        if status != row["review_status"]:
            what = f"{status}, now {row['review_status']} again"
        else:
            what = ", ".join(f"{name} {last[name] or '–'} → {row[name] or '–'}" for name in CLAIM_FIELDS
                             if last[name] != row[name])  # fmt: skip
        self.console.print(f"Undone: “{escape(row['verbatim'])}” of {escape(other)}: {escape(what)}")
        return waiting.index(at) if other == key and at in waiting else position

    def _correct(self, path: Path, rows: list[Row], at: int, text: str | None) -> None:
        """Corrections line by line, until an empty one; a line with a fault changes nothing, others are written."""
        self.console.print(
            f"[dim]field=value, several on a line; field=? lists what it may hold, field=?word searches; agencies== "
            f"takes those of the last accepted claim; an empty line when done. Fields: {', '.join(CLAIM_FIELDS)}[/]"
        )
        while line := self.answers.line("correct> "):
            try:
                pairs = self._read(line, rows, at)
                if not pairs:
                    continue
                new = corrected(rows[at], pairs, text)
            except CorrectionError as error:
                self.console.print(f"[bold red]![/] {escape(str(error))}")
                continue
            self._offer_operations(pairs.get("operation_name", ""))
            self._offer_subject(pairs.get("subject_id", ""))
            new = self._with_relation(new, pairs, rows)
            problems = self._problems(path, [*rows[:at], new, *rows[at + 1 :]], at, text)
            own = {*pairs, "char_start"} if "verbatim" in pairs else set(pairs)
            if refused := [problem for problem in problems if problem.column in own]:
                for problem in refused:
                    self.say_problem(problem)
                self.console.print("  Nothing was changed by this line.")
                continue
            before = rows[at]
            changed = [name for name in (*CLAIM_FIELDS, "value") if before[name] != new[name]]
            new["reason"] = mark_corrected(new["reason"], {GRADE_OF[name] for name in changed})
            self._decide(path.stem, rows, at, new)
            for name in dict.fromkeys("period" if GRADE_OF[n] == "period" else n for n in changed):
                old, now = (period(r) if name == "period" else r[name] for r in (before, new))
                say_indented(self.console, f"{name}: {escape(old) or '–'} → [bold]{escape(now) or '–'}[/]")
            for problem in problems:
                self.say_problem(problem)
            if not problems:
                self.console.print("[green]✓[/] it can be accepted (empty line, then [bold]a[/])")

    def _read(self, line: str, rows: list[Row], at: int) -> dict[str, str]:
        """The cells that a line corrects; what it asks with `?` is answered here.

        Raises:
            CorrectionError: when the line cannot be read.
        """
        pairs = read_pairs(line, CLAIM_FIELDS)
        for name, value in list(pairs.items()):
            if value.startswith("?"):
                del pairs[name]
                self._list_choices(name, value[1:].strip(), rows, at)
        if pairs.get("agencies") == "=":
            if not self.last_agencies:
                raise CorrectionError("agencies: no claim with an agency was accepted in this session yet")
            pairs["agencies"] = self.last_agencies
        return pairs

    def _with_relation(self, new: Row, pairs: Mapping[str, str], rows: list[Row]) -> Row:
        """The relation that follows from the types of part and whole, unless a person has said another."""
        whole = self._whole(rows, new)
        is_said = "parent_relation" in pairs or new["parent_relation"] not in ("", "subset_of", "stage_of")
        if whole is None or is_said or not {"parent_claim_id", "claim_type"} & set(pairs):
            return new
        return {**new, "parent_relation": default_relation(new["claim_type"], whole["claim_type"])}

    def _list_choices(self, name: str, contains: str, rows: list[Row], at: int) -> None:
        found = choices(name, TABLE["claims"], self.seeds, contains)
        if name == "parent_claim_id":
            told = [f"{row['claim_id']} · {row['verbatim']} {counted(row)}" for n, row in enumerate(rows) if n != at]
            found = [line for line in told if contains.casefold() in line.casefold()]
        if not found:
            self.console.print(f"  {name}: {'nothing like that' if contains else 'free text'}")
        elif any(" · " in choice for choice in found):
            for choice in found:
                self.console.print(f"  {escape(choice)}")
        else:
            say_indented(self.console, escape(", ".join(found)))
        if name == "parent_relation":
            self.console.print("  [dim]an inferred tie says from what: relation=may_overlap:inferred:FROM WHAT[/]")
        if name == "agencies":
            self.console.print("  [dim]with a role each, as agencies=CBP:lead; HSI:support; roles: "
                               f"{', '.join(TABLE['claim_agencies'].vocabulary('role'))}[/]")  # fmt: skip

    def _offer_operations(self, cell: str) -> None:
        if self.members.unknown_operations(cell):
            self.reload()
        for name in self.members.unknown_operations(cell):
            offer_operation(self, name)

    def _offer_subject(self, key: str) -> None:
        for is_second in (False, True):
            known = {cells["subject_id"] for cells in self.seeds["subjects"].rows.values()}
            if not key or key in known:
                return
            if not is_second:
                self.reload()
        offer_subject(self, key)

    def is_yes(self, question: str) -> bool:
        return self.answers.key(f"{question} {YES_NO}", "ynq") == "y"

    def register_member(self, table: str, cells: Mapping[str, str]) -> None:
        """Add a member to its table, or say why not."""
        try:
            register_member(table, cells, self.seeds_folder)
        except SeedError as error:
            for problem in error.problems:
                self.console.print(f"[bold red]![/] not added: {escape(str(problem))}")
            return
        self.is_changed = True
        self.console.print(f"Added to {table}.csv; what else is known of it can be filled in there.")
        self.reload()
