"""Members that the tables lack, added while reviewing: operations and subjects, asked column by column.

Belongs here: what is asked of a new member. Not here: whether its row is sound (`ingest.decided`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from bicentennial.review.cells import TABLE
from ingest.decided import member_problems
from ingest.keys import slug
from ingest.schema import LIST_SEPARATOR

if TYPE_CHECKING:
    from bicentennial.review.session import Session

Question = tuple[str, str, str]
"""A column, what Enter takes, and what `?` says of it."""


def offer_operation(session: Session, name: str) -> None:
    """Ask for the row of an operation that operations.csv does not know, and add it."""
    kinds = TABLE["operations"].vocabulary("operation_kind")
    guess = "task_force" if "task force" in name.casefold() else kinds[0]
    questions = [
        ("operation_id", slug(name), "its key: lower-case words joined by hyphens"),
        ("operation_kind", guess, f"one of {', '.join(kinds)}"),
        ("lead_agency_ids", "", "who leads it: ids or acronyms, separated by ; (Enter where no text says it)"),
        ("started_on", "", "its first day, as 2024-01-31 (Enter where no text gives a day)"),
    ]
    _offer(session, "operations", name, {"operation_name": name}, questions)


def offer_subject(session: Session, key: str) -> None:
    """Ask for the row of a subject that subjects.csv does not know, and add it."""
    groups = sorted({cells["subject_group"] or "" for cells in session.seeds["subjects"].rows.values()})
    questions = [
        ("subject_name", key.replace("-", " ").capitalize(), "what was counted, as a reader would say it"),
        ("subject_group", "", f"what it may be looked at with: {', '.join(groups)}, or a new one"),
    ]
    _offer(session, "subjects", key, {"subject_id": key}, questions)


def _offer(session: Session, table: str, name: str, cells: dict[str, str], questions: list[Question]) -> None:
    if not session.is_yes(f"{table}.csv does not know “{name}”. Add it?"):
        return
    session.console.print("[dim]Enter takes what stands in brackets, ? explains, q gives up the addition.[/]")
    for question in questions:
        answer = _ask(session, table, cells, question)
        if answer is None:
            session.console.print("Not added.")
            return
        cells[question[0]] = answer
    session.register_member(table, cells)


def _ask(session: Session, table: str, cells: dict[str, str], question: Question) -> str | None:
    """A sound value of a column, asked for until there is one; nothing where the addition is given up."""
    column, default, hint = question
    while True:
        answer = session.answers.line(f"  {column} [{default}]: ")
        is_end, answer = answer is None, answer or ""
        if answer == "?":
            session.console.print(f"  [dim]{escape(hint)}[/]")
            continue
        if answer == "q":
            return None
        value = answer or default
        if column == "lead_agency_ids":
            value = LIST_SEPARATOR.join(session.members.agency_id(name) for name in value.replace("|", ";").split(";"))
        problems = [p for p in member_problems(table, {**cells, column: value}, session.seeds) if p.column == column]
        if not problems:
            return value
        for problem in problems:
            session.say_problem(problem)
        if is_end:
            return None
