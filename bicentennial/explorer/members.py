"""The pages of operations and of agencies: each with all its figures, and what it shares with others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer import agencies, operations, reconciliation
from bicentennial.explorer.facts import FACTS, FIGURES, Fact
from bicentennial.explorer.figures import Group, groups, shown_in
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Release, Row, known
from bicentennial.explorer.site import Site

FACT_OF = "\nunion all\n".join(f"select claim_id, '{fact.slug}' as fact from {fact.table}" for fact in FACTS.values())

OF_MEMBER = (
    "with\nfact_of as (\n" + FACT_OF + "\n)\n" + FIGURES.format(table="marts.fct_claims").replace(
        "    citations.publisher,", "    fact_of.fact, citations.publisher,"
    ).strip() + "\njoin fact_of using (claim_id)\nwhere {where}\norder by claims.document_id, claims.char_start"
)  # fmt: skip
"""All figures of a member of a dimension, each with its fact."""


@dataclass(frozen=True)
class Section:
    """Figures of one fact, in groups of one thing and unit."""

    fact: Fact
    count: int
    groups: list[Group]


def routes(site: Site) -> list[Route]:
    def operation_list(request: Request) -> Response:
        release = site.release()
        question = Question(operations.OPERATIONS)
        rows = question.rows(release)
        return site.page(
            request, "operations.html", release, question=question, kinds=operations.KINDS,
            single=[row for row in rows if not row["is_joint"] and row["figures"]],
            joint=[row for row in rows if row["is_joint"]],
            silent=[row for row in rows if not row["is_joint"] and not row["figures"]],
        )  # fmt: skip

    def operation(request: Request) -> Response:
        release = site.release()
        chosen = {"operation": request.path_params["operation_id"]}
        found = known(release, operations.ONE, chosen)
        question = Question(OF_MEMBER.format(where=operations.WHERE), chosen)
        rows = question.rows(release)
        ties = Question(operations.TIES, chosen)
        verdicts = reconciliation.question(reconciliation.OF_OPERATION, chosen["operation"])
        return site.page(
            request, "operation.html", release, operation=found, kinds=operations.KINDS,
            own=sections(release, (row for row in rows if row["operation_id"] == chosen["operation"])),
            shared=_shared(release, rows, "operation_id", chosen["operation"]), figures=len(rows),
            others=release.rows(operations.OTHERS, chosen), members=release.rows(operations.MEMBERS, chosen),
            leads=release.rows(operations.LEADS, chosen), ties=ties.rows(release),
            found=reconciliation.reconciliation(verdicts.rows(release)), verdicts=reconciliation.VERDICTS,
            questions=[("the figures", question), ("the ties", ties), ("the verdicts", verdicts)],
        )  # fmt: skip

    def operation_csv(request: Request) -> Response:
        release, chosen = site.release(), {"operation": request.path_params["operation_id"]}
        known(release, operations.ONE, chosen)
        sql = OF_MEMBER.format(where=operations.WHERE)
        return site.csv(release, f"operation-{chosen['operation']}", sql, chosen)

    def agency_list(request: Request) -> Response:
        release = site.release()
        question = Question(agencies.AGENCIES)
        rows = question.rows(release)
        single = [row for row in rows if not row["is_joint"]]
        return site.page(
            request, "agencies.html", release, question=question, tree=agencies.tree(single),
            joint=[row for row in rows if row["is_joint"]],
            silent=[row for row in single if not row["figures"] and not row["figures_below"]],
        )  # fmt: skip

    def agency(request: Request) -> Response:
        release = site.release()
        chosen = {"agency": request.path_params["agency_id"]}
        found = known(release, agencies.ONE, chosen)
        led = Question(OF_MEMBER.format(where=agencies.LED), chosen)
        other = Question(agencies.OTHER_PARTS, chosen)
        rows = led.rows(release)
        return site.page(
            request, "agency.html", release, agency=found, roles=release.rows(agencies.ROLES, chosen),
            above=release.rows(agencies.ABOVE, chosen), below=release.rows(agencies.BELOW, chosen),
            members=release.rows(agencies.MEMBERS, chosen), component=release.rows(agencies.COMPONENT, chosen),
            own=sections(release, (row for row in rows if row["lead_agency_id"] == chosen["agency"])),
            shared=_shared(release, rows, "lead_agency_id", chosen["agency"]), figures=len(rows),
            others={row["agency_id"]: row["agency_name"] for row in release.rows(agencies.GROUPS)},
            other_parts=other.rows(release), meanings=agencies.MEANINGS,
            questions=[("what it led", led), ("its other parts", other)],
        )  # fmt: skip

    def agency_csv(request: Request) -> Response:
        release, chosen = site.release(), {"agency": request.path_params["agency_id"]}
        known(release, agencies.ONE, chosen)
        sql = OF_MEMBER.format(where=agencies.LED)
        return site.csv(release, f"agency-{chosen['agency']}", sql, chosen)

    return [
        Route("/operations", operation_list),
        Route("/operations.csv", lambda _: site.csv(site.release(), "operations", operations.OPERATIONS)),
        Route("/operations/{operation_id}.csv", operation_csv),
        Route("/operations/{operation_id}", operation),
        Route("/agencies", agency_list),
        Route("/agencies.csv", lambda _: site.csv(site.release(), "agencies", agencies.AGENCIES)),
        Route("/agencies/{agency_id}.csv", agency_csv),
        Route("/agencies/{agency_id}", agency),
    ]


def sections(release: Release, rows: Iterable[Row]) -> list[Section]:
    """Figures by fact and in groups, the greatest groups first, as the pages of the facts have them."""
    by_fact: dict[str, list[Row]] = {}
    for row in shown_in(release, rows, "lb"):
        by_fact.setdefault(row["fact"], []).append(row)
    return [
        Section(fact, len(by_fact[fact.slug]), list(groups(_ordered(by_fact[fact.slug], fact), fact)))
        for fact in FACTS.values()
        if fact.slug in by_fact
    ]


def _ordered(rows: list[Row], fact: Fact) -> list[Row]:
    of_group = Counter(row[fact.group] for row in rows)
    of_unit = Counter((row[fact.group], row["unit_id"]) for row in rows)

    def place(row: Row) -> tuple[Any, ...]:
        group = row[fact.group]
        unit = row["unit_id"]
        return -of_group[group], group or "", -of_unit[group, unit], unit, -row["interval"].value, row["claim_id"]

    return sorted(rows, key=place)


def _shared(release: Release, rows: Iterable[Row], column: str, own: str) -> dict[str, list[Section]]:
    """Figures that stand under a joint group, by the group."""
    others = sorted((row for row in rows if row[column] != own), key=lambda row: str(row[column]))
    return {group: sections(release, members) for group, members in groupby(others, key=lambda row: str(row[column]))}
