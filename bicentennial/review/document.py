"""The first questions about a document: is it registered, is it another version, and what is its row to say.

Belongs here: what is asked of a document before its claims. Not here: its claims (`session`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.markup import escape

from bicentennial.review.answers import QUIT
from bicentennial.review.cells import DOCUMENT_FIELDS, TABLE, CorrectionError, choices, read_pairs
from bicentennial.review.screen import say_indented, show_document
from bicentennial.review.session import YES_NO, Session
from bicentennial.terminal import printable
from ingest.check import Problem, SeedError
from ingest.decided import document_problems
from ingest.merge import register_document
from ingest.proposal_files import DocumentState, read_rows, read_state
from ingest.proposals import propose
from ingest.revision import Revision, carry_out
from ingest.tables import Document

KEYS = "[a]ccept  [c]orrect  [s]kip this document  [q]uit "
INFERRED = "date in the address"
"""The rule whose date of issue is no statement of the text."""
NO_ADDRESS = "The address of the original is not stated."


def review_document(session: Session, key: str) -> str | None:
    """Register a document that is not in documents.csv, as the reviewer says.

    Returns the id under which it is registered, which may be another than the proposed one; nothing where it was
    skipped, and `q` where the reviewer has quit.
    """
    state = read_state(session.folder, key)
    if state is None or any(cells["document_id"] == key for cells in session.seeds["documents"].rows.values()):
        return key
    session.reload()
    cells, evidence = proposed_document(state)
    count = len(read_rows(session.folder / f"{key}.csv"))
    session.console.print()
    session.console.rule(f"[bold]{escape(key)}[/] is not in documents.csv yet", align="left", style="dim")
    what = (
        f"{count} claim{'' if count == 1 else 's'} proposed in it."
        if count
        else "No figure is proposed in it: that it was read is knowledge."
    )
    session.console.print(f"{escape(state.document_path)}\n{what} What documents.csv will say of it:\n")
    show_document(session.console, cells, evidence)
    while True:
        answer = session.answers.key(KEYS, "acsq")
        if answer == QUIT:
            return QUIT
        if answer == "s":
            return None
        if answer == "c":
            _corrections(session, cells)
            show_document(session.console, cells, evidence)
            continue
        if not _asked(session, cells):
            continue
        try:
            register_document(cells, session.folder / "documents" / f"{key}.json", session.seeds_folder)
        except SeedError as error:
            for problem in error.problems:
                _say(session, problem)
            continue
        session.is_changed = True
        session.reload()
        session.console.print("Registered in documents.csv.")
        return _propose_again(session, state, cells)


def proposed_document(state: DocumentState) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Cells for documents.csv as far as there is evidence, and for each the rule and the place that it rests on."""
    cells = dict.fromkeys(Document.model_fields, "")
    cells |= {"document_id": state.document_id, "file_name": state.file_name}
    evidence: dict[str, list[str]] = {}
    for found in state.metadata:
        name, value = str(found["name"]), str(found["value"])
        if name not in cells:
            continue
        start = found["char_start"]
        where = f"{found['rule']}, characters {start}–{found['char_end']}" if start is not None else str(found["rule"])
        if cells[name] in ("", value):
            cells[name] = value
            evidence.setdefault(name, []).append(where)
            if name == "published_on":
                is_inferred = INFERRED in where
                cells["published_on_basis"] = "inferred" if is_inferred else "stated"
                cells["note"] = "The date of issue is inferred from the address." if is_inferred else ""
        else:
            evidence.setdefault(name, []).append(f"or {value}: {where}")
    if not cells["source_url"]:
        cells["note"] = " ".join(filter(None, [cells["note"], NO_ADDRESS]))
    return cells | {"sha256": state.sha256, "char_count": str(state.char_count)}, evidence


def _asked(session: Session, cells: dict[str, str]) -> bool:
    """What has to be there and has no evidence is asked, never guessed; false where the reviewer goes back."""
    hints = {
        "title": "as the document gives it; in [square brackets] where it has none and you supply one",
        "document_kind": f"one of {', '.join(TABLE['documents'].vocabulary('document_kind'))}",
        "language": "two letters; claims are read in English (en)",
        "licence": "terms under which the text is public: a number of the list, or a text",
    }
    missing = [name for name in hints if not cells[name]]
    if missing:
        session.console.print("[dim]What has no evidence is asked. ? explains, an empty line goes back.[/]")
    for name in missing:
        if name == "licence":
            _list_licences(session)
        while not cells[name]:
            answer = session.answers.line(f"{name}: ")
            if not answer:
                return False
            if answer == "?":
                session.console.print(f"  [dim]{escape(hints[name])}[/]")
            else:
                _set(session, cells, {name: answer})
    return True


def _licences(session: Session) -> list[str]:
    return sorted({row["licence"] or "" for row in session.seeds["documents"].rows.values()})


def _list_licences(session: Session) -> None:
    session.console.print("[dim]licences so far, a number takes one:[/]")
    for number, licence in enumerate(_licences(session), start=1):
        session.console.print(f"[dim]  {number}  {escape(licence)}[/]")


def _corrections(session: Session, cells: dict[str, str]) -> None:
    """Corrections line by line, until an empty one; a line with a fault changes nothing."""
    session.console.print(
        f"[dim]field=value, several on a line; field=? lists what it may hold; an empty line when done. "
        f"Fields: {', '.join(DOCUMENT_FIELDS)}[/]"
    )
    while line := session.answers.line("correct> "):
        try:
            pairs = read_pairs(line, DOCUMENT_FIELDS)
        except CorrectionError as error:
            session.console.print(f"[bold red]![/] {escape(str(error))}")
            continue
        for name, value in list(pairs.items()):
            if value.startswith("?"):
                del pairs[name]
                if name == "licence":
                    _list_licences(session)
                    continue
                words = choices(name, TABLE["documents"], session.seeds, value[1:].strip()) or ["free text"]
                say_indented(session.console, escape(", ".join(words)))
        if pairs:
            _set(session, cells, pairs)


def _set(session: Session, cells: dict[str, str], pairs: Mapping[str, str]) -> None:
    """Put values into the row, with what follows from them; where one is wrong, say so and put none."""
    new, problems = {**cells, **pairs}, []
    if pairs.get("licence", "").isdecimal():
        number, known = int(pairs["licence"]), _licences(session)
        if 1 <= number <= len(known):
            new["licence"] = known[number - 1]
        else:
            remedy = f"“{number}” is no licence, and there are {len(known)} so far: licence=? lists them"
            problems.append(Problem("", 0, "licence", pairs["licence"], remedy))
    if "published_on" in pairs and "published_on_basis" not in pairs:
        new["published_on_basis"] = (cells["published_on_basis"] or "stated") if new["published_on"] else ""
    if new["source_url"]:
        new["note"] = " ".join(new["note"].replace(NO_ADDRESS, "").split())
    found = document_problems(new, session.folder, session.seeds)
    problems += [problem for problem in found if problem.column in pairs]
    for problem in problems:
        _say(session, problem)
    if problems:
        session.console.print("  Nothing was changed by this line.")
        return
    for name in [name for name in new if new[name] != cells[name]]:
        say_indented(session.console, f"{name}: {escape(cells[name]) or '–'} → [bold]{escape(new[name]) or '–'}[/]")
    cells |= new


def _say(session: Session, problem: Problem) -> None:
    value = f"“{problem.value}”: " if problem.value and problem.value not in problem.remedy else ""
    session.console.print(f"[bold red]![/] {escape(problem.column)}: {escape(value + problem.remedy)}")


def _propose_again(session: Session, state: DocumentState, cells: Mapping[str, str]) -> str:
    """Extract anew where the register now says another id or date: open periods end on the day of the document."""
    key, date = cells["document_id"], cells["published_on"] or cells["event_on"]
    if (key, date) == (state.document_id, state.date):
        return key
    from ingest.extract import Reference
    from ingest.register import Register

    path = Path(state.document_path)
    reference, register = Reference.load(session.seeds_folder), Register.load(session.seeds_folder)
    propose(path, reference, session.folder, register)
    if key != state.document_id:
        for old in (f"{state.document_id}.csv", f"left-out/{state.document_id}.csv",
                    f"documents/{state.document_id}.json"):  # fmt: skip
            (session.folder / old).unlink(missing_ok=True)
    session.console.print("Its claims were read again, with that id and date.")
    return key


def show_revision(session: Session, revision: Revision) -> None:
    """What becomes of each claim of a revised document; moved ones are counted, the others listed."""
    state, console = revision.state, session.console
    console.print()
    console.rule(f"[bold]{escape(state.document_id)}[/] is revised", align="left", style="dim")
    console.print(f"{escape(state.file_name)} has another content than documents.csv says.")
    moved = revision.of("moved")
    places = sum(m.old["char_start"] != m.new["char_start"] for m in moved if m.old and m.new)
    console.print(f"{len(moved):>4} claims stand in the new text unchanged, {places} of them at another place")
    for fate, what, colour in (
        ("changed", "with another figure or other company: to be decided again", "yellow"),
        ("gone", "gone: taken out of the tables (their history keeps them)", "red"),
        ("new", "new: to be decided", "green"),
    ):
        found = revision.of(fate)
        console.print(f"{len(found):>4} {what}", style=colour if found else "dim")
        for mapped in found:
            old = f"“{mapped.old['verbatim']}” ({mapped.old['claim_id']})" if mapped.old else ""
            new = f"“{mapped.new['verbatim']}” ({mapped.new['char_start']})" if mapped.new else ""
            console.print("       " + escape(printable(" → ".join(filter(None, [old, new])).replace("\n", " "))))


def settle_revision(session: Session, revision: Revision, is_agreed: bool) -> bool:
    """Show a mapping and carry it out once it is agreed to; whether it was."""
    show_revision(session, revision)
    gone = len(revision.of("gone"))
    if is_agreed and gone > len(revision.of("moved")) + len(revision.of("changed")):
        session.console.print(
            f"[yellow]Not written: most claims of {escape(revision.state.document_id)} would go. Is it the same "
            "document? `bicentennial review` without --yes asks.[/]"
        )
        return False
    if not is_agreed:
        is_agreed = session.answers.key(f"Write this? {YES_NO}", "ynq") == "y"
    if is_agreed:
        carry_out(revision, session.folder, session.seeds_folder)
        session.is_changed = True
        session.reload()
        session.console.print("Written.")
    return is_agreed


def is_to_review(session: Session, key: str) -> bool:
    """Whether a document has something for a reviewer: it is not registered, is revised, or has proposals that wait."""
    state = read_state(session.folder, key)
    registered = {cells["document_id"]: cells["sha256"] for cells in session.seeds["documents"].rows.values()}
    if state is None:
        return False
    return registered.get(key) != state.sha256 or bool(session.waiting(key, read_rows(session.folder / f"{key}.csv")))
