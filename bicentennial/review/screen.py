"""What a reviewer sees of a proposal: its sentence with the figure in it, what was read, how sure, and what lacks.

Everything that colour says is said by a mark too: `>>figure<<`, `?` for an unsure reading, `!` for what lacks.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bicentennial.terminal import printable
from ingest.check import Problem
from ingest.decided import COUNTED, NOBODY
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
GRADE_OF = {
    **dict(LINES), "verbatim": "figure", "parent_relation": "parent",
    **dict.fromkeys(("period_basis", "period_start", "period_end", "as_of"), "period"),
}  # fmt: skip
"""Columns that can be corrected, and the grade of each."""
RELATIONS = {
    "subset_of": "part of", "stage_of": "a stage of", "may_overlap": "may overlap", "same_event": "same event as",
}  # fmt: skip
INDENT = 25
"""Columns before the value of an attribute: its mark and its name."""
ALWAYS = ("claim_type", "value", "qualifier", "unit_id", "period", "operation_name", "agencies")


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


def counted(row: Mapping[str, str]) -> str:
    """What a figure is of, in few words: the counted noun where it is known, else its subject, commodity or type."""
    note = row["note"]
    noun = note.removeprefix(COUNTED).strip() if note.startswith(COUNTED) else ""
    return f"({noun or row['commodity_id'] or row['subject_id'] or row['claim_type'] or 'not understood'})"


def mark_corrected(reason: str, attributes: Collection[str]) -> str:
    """The rules of a proposal, with `corrected` for attributes that a person has set."""
    kept = GRADE.sub(lambda found: "" if found[1] in attributes else found[0], reason).removesuffix("; ")
    return "; ".join(filter(None, [kept, *(f"{name}=corrected(1.00)" for name in sorted(attributes))]))


def show_proposal(
    console: Console, row: Row, rows: Sequence[Row], text: str | None, headline: str, problems: Sequence[Problem],
    whole: Mapping[str, str] | None, is_odd: bool,
) -> None:  # fmt: skip
    """One proposal: place, sentence, attributes, and why it cannot be accepted as it is.

    `whole` is the figure that it is tied to, `is_odd` that the two hardly go together.
    """
    console.print()
    console.rule(Text(headline, style="bold"), align="left", style="dim")
    console.print(sentence(row, rows, text))
    console.print()
    for line in _attributes(console, row, whole, is_odd):
        console.print(line)
    for problem in problems:
        value = f"“{printable(problem.value)}”: " if problem.value and problem.value not in problem.remedy else ""
        console.print(Text.assemble(("! ", "bold red"), f"{problem.column}: {value}{problem.remedy}"))
    console.print()


def _attributes(console: Console, row: Row, whole: Mapping[str, str] | None, is_odd: bool) -> Iterator[Text]:
    known = grades(row["reason"])
    lacks_what = not row["commodity_id"] and not row["subject_id"]
    is_without_note = not row["note"] or row["note"].startswith(COUNTED)
    for name, grade in LINES:
        value = period(row) if name == "period" else row[name]
        if not value and name not in ALWAYS and not (name == "subject_id" and lacks_what):
            continue
        rule, confidence = known.get(grade, ("", 1.0))
        is_unsure = confidence < SURE
        why = f"{rule} {confidence:.2f}" if rule else ""
        if name == "note" and value.startswith(COUNTED):
            name, value = "counted", value.removeprefix(COUNTED).strip()
        elif name == "agencies" and not value:
            is_unsure, why = True, f"its note will say: {NOBODY}" if is_without_note else why
        elif name == "parent_claim_id":
            name, value = "whole", tie(row, whole)
            is_unsure = is_unsure or is_odd or whole is None
            why = "; ".join(filter(None, [why, "can one be in the other?" if is_odd else ""]))
        yield _line(console, "?" if is_unsure else " ", name, value, why, is_unsure)


def tie(row: Row, whole: Mapping[str, str] | None) -> str:
    """`part of 212 (arrests)`: the figure that a proposal is tied to, and how."""
    relation, _, rest = (row["parent_relation"] or "subset_of").partition(":")
    words = RELATIONS.get(relation, relation) + (f" [{rest}]" if rest else "")
    if whole is None:
        return f"{words} {row['parent_claim_id']}, which is not there"
    return f"{words} {' '.join(whole['verbatim'].split())} {counted(whole)}"


def _line(console: Console, mark: str, name: str, value: str, why: str, is_unsure: bool = False) -> Text:
    """An attribute with what it rests on beside it, or below it where the terminal is too narrow for both."""
    style = "yellow" if is_unsure else ""
    shown, reason = printable(value) or "–", printable(why)
    room, width = max(20, console.width - INDENT), max(12, min(40, console.width - INDENT - 28))
    beside = max(len(shown), width) + 2 + len(reason) <= room
    gap = " " * max(width - len(shown), 0) + "  " if beside else "\n" + " " * INDENT
    return Text.assemble(
        (f"{mark} ", "bold yellow"), (f"{name:<22} ", "dim"), (_wrapped(shown, room), style or "bold"),
        (gap + _wrapped(reason, room) if reason else "", style or "dim"),
    )  # fmt: skip


def say_indented(console: Console, markup: str) -> None:
    """A line two columns in, and those that it goes on with too."""
    console.print(Padding(markup, (0, 0, 0, 2), expand=False))


def _wrapped(text: str, room: int) -> str:
    """Text in lines of `room` characters, each but the first indented."""
    return ("\n" + " " * INDENT).join(textwrap.wrap(text, room)) if text else ""


def show_document(console: Console, cells: Mapping[str, str], evidence: Mapping[str, Sequence[str]]) -> None:
    """The proposed row of documents.csv, with what each value rests on."""
    for name, value in cells.items():
        if name not in ("sha256", "char_count"):
            console.print(_line(console, " ", name, value, "; ".join(evidence.get(name, ()))))
    console.print()
