"""What a reviewer sees of a proposal: its sentence with the figure in it, what was read, how sure, and what lacks.

Everything that colour says is said by a mark too: `>>figure<<`, `?` for an unsure reading, `!` for what lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from ingest.check import Problem
from ingest.decided import COUNTED
from ingest.proposal_files import Row

SURE = 0.7
"""Below this confidence a reading is marked: the rule was a fallback, or met a word that no table knows."""
GRADE = re.compile(r"(\w+)=(.*?)\((\d\.\d+)\)(?:; |$)")
LINES = (
    ("claim_type", "claim_type"), ("commodity_id", "what"), ("subject_id", "what"), ("value", "figure"),
    ("qualifier", "qualifier"), ("unit_id", "unit_id"), ("rate_per", "unit_id"), ("direction", "claim_type"),
    ("period", "period"), ("operation_name", "operation"), ("agencies", "agencies"), ("parent_claim_id", "parent"),
    ("place_id", "place"), ("framework_area_id", "framework_area"), ("funding_stage", "funding_stage"),
    ("audience", "audience"), ("note", "note"),
)  # fmt: skip
"""Shown attributes, and the grade that each goes by."""
ALWAYS = ("claim_type", "value", "qualifier", "unit_id", "period", "operation_name", "agencies")


def printable(text: str) -> str:
    """Text for a terminal: control characters, also those that turn the direction of writing, as their escapes."""
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text)


def grades(reason: str) -> dict[str, tuple[str, float]]:
    """`claim_type=noun:arrests(0.95); …` → attribute → rule and confidence."""
    return {name: (rule, float(confidence)) for name, rule, confidence in GRADE.findall(reason)}


def sentence(row: Row, rows: Sequence[Row], text: str | None) -> Text:
    """The sentence with the figure marked: by its offsets where the document is there, else by its characters."""
    words, before = row["sentence"], None
    if text is not None:
        start, end = int(row["char_start"]), int(row["char_end"])
        low = max(0, start - 2 * len(words) - 200)
        pattern = r"\s+".join(map(re.escape, words.split()))
        for match in re.finditer(pattern, text[low : end + 2 * len(words) + 200]) if pattern else ():
            if low + match.start() <= start and end <= low + match.end():
                before = len(" ".join(text[low + match.start() : start].split()))
                before += bool(text[start - 1 : start].isspace() and before)
    if before is None:
        twins = [other for other in rows if (other["sentence"], other["verbatim"]) == (words, row["verbatim"])]
        figure = " ".join(row["verbatim"].split())
        places = [m.start() for m in re.finditer(rf"(?<![\d.,]){re.escape(figure)}(?![\d])", words)]
        at = next((i for i, twin in enumerate(twins) if twin is row), 0)
        before = places[min(at, len(places) - 1)] if places else None
    if before is None:
        return Text(printable(words))
    figure = " ".join(row["verbatim"].split())
    after = words[before + len(figure) :]
    marked = (f">>{printable(figure)}<<", "bold black on yellow")
    return Text.assemble(printable(words[:before]), marked, printable(after))


def period(row: Row) -> str:
    days = f"{row['period_start'] or '…'} to {row['period_end'] or '…'}" if row["period_start"] else ""
    as_of = f"as of {row['as_of']}" if row["as_of"] else ""
    return ", ".join(filter(None, [row["period_basis"], days, as_of]))


def show_proposal(
    console: Console, row: Row, rows: Sequence[Row], text: str | None, headline: str, problems: Sequence[Problem]
) -> None:  # fmt: skip
    """One proposal: place, sentence, attributes, and why it cannot be accepted as it is."""
    console.print()
    console.rule(Text(headline, style="bold"), align="left", style="dim")
    console.print(sentence(row, rows, text))
    console.print()
    for line in _attributes(console, row):
        console.print(line)
    for problem in problems:
        console.print(Text.assemble(("! ", "bold red"), f"{problem.column}: {problem.remedy}"))
    console.print()


def _attributes(console: Console, row: Row) -> Iterator[Text]:
    known = grades(row["reason"])
    lacks_what = not row["commodity_id"] and not row["subject_id"]
    for name, grade in LINES:
        value = period(row) if name == "period" else row[name]
        if not value and name not in ALWAYS and not (name == "subject_id" and lacks_what):
            continue
        if name == "note" and value.startswith(COUNTED):
            name, value = "counted", value.removeprefix(COUNTED).strip()
        rule, confidence = known.get(grade, ("", 1.0))
        is_unsure = confidence < SURE
        why = f"{rule} {confidence:.2f}" if rule else ""
        yield _line(console, "?" if is_unsure else " ", name, value, why, is_unsure)


def _line(console: Console, mark: str, name: str, value: str, why: str, is_unsure: bool = False) -> Text:
    """An attribute with what it rests on beside it, or below it where the terminal is too narrow for both."""
    style = "yellow" if is_unsure else ""
    shown, reason = printable(value) or "–", printable(why)
    width = max(12, min(40, console.width - 25 - 28))
    beside = 25 + max(len(shown), width) + 2 + len(reason) <= console.width
    gap = " " * max(width - len(shown), 0) + "  " if beside else "\n" + " " * 25
    return Text.assemble(
        (f"{mark} ", "bold yellow"), (f"{name:<22} ", "dim"), (shown, style or "bold"),
        (gap + reason if reason else "", style or "dim"),
    )  # fmt: skip


def show_document(console: Console, cells: Mapping[str, str], evidence: Mapping[str, Sequence[str]]) -> None:
    """The proposed row of documents.csv, with what each value rests on."""
    for name, value in cells.items():
        if name not in ("sha256", "char_count"):
            console.print(_line(console, " ", name, value, "; ".join(evidence.get(name, ()))))
    console.print()
