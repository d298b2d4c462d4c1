"""Planted sentences of budgets and requests: who asks, for whom, and which sums are parts of others."""

from __future__ import annotations

import pytest

from ingest.extract.model import Part

from .conftest import Extract

ASKED = [
    ("The Budget provides $12 million for the Coast Guard.", "white-house", "uscg"),
    ("The President’s Budget also invests $12 million in the Drug Enforcement Administration.", "white-house", "dea"),
    ("The FY 2023 Budget proposes $12 million for CBP to buy scanners.", "white-house", "cbp"),
]


@pytest.mark.parametrize(("sentence", "lead", "recipient"), ASKED)
def test_the_budget_is_asked_for_by_the_white_house(read: Extract, sentence: str, lead: str, recipient: str) -> None:
    (claim,) = read(sentence).claims
    assert claim.parts == (Part(lead, "lead"), Part(recipient, "recipient"))
    assert claim.funding_stage == "requested"


def test_a_local_budget_has_no_lead(read: Extract) -> None:
    (claim,) = read("The county's budget provides $12 million for patrols.").claims
    assert claim.leads == frozenset()


def test_a_request_has_the_lead_of_who_made_it(read: Extract) -> None:
    found = read(
        "The Administration sent Congress an emergency request totaling $90 million.",
        "In addition, the request includes $40 million for DHS.",
        "This amount includes $25 million to hire 300 Border Patrol agents, and $15 million for scanners.",
    )
    whole, part, first, agents, second = found.claims
    assert {claim.leads for claim in found.claims} == {frozenset({"us-government"})}
    assert (part.parent_start, first.parent_start) == (whole.span.start, part.span.start)
    assert (second.parent_start, agents.claim_type) == (part.span.start, "deployment")


def test_who_is_to_hire_leads_the_hiring(read: Extract) -> None:
    agents, clerks, dogs = read(
        "The Budget includes funds for CBP to hire an additional 90 agents and 45 technicians, and $3 million for dogs."
    ).claims
    assert agents.parts == clerks.parts == (Part("cbp", "lead"), Part("white-house", "funder"))
    assert dogs.leads == {"white-house"}


def test_one_more_part_goes_back_over_a_sentence(read: Extract) -> None:
    whole, part, _, late = read(
        "The Budget provides $900 million for DOJ, including $200 million for DEA.",
        "These teams will deprive cartels of millions of dollars.",
        "This also includes $60 million in grants.",
    ).claims
    assert (part.parent_start, late.parent_start) == (whole.span.start, whole.span.start)


@pytest.mark.parametrize(
    "total", ["a total of $1.3 billion", "a total request of $1.3 billion", "a combined total of $1.3 billion"]
)  # fmt: skip
def test_parts_add_up_to_a_rounded_total(read: Extract, total: str) -> None:
    first, second, whole = read(
        f"It asked for $849 million for scanners and $453 million for dogs, for {total}."
    ).claims
    assert (first.parent_start, second.parent_start) == (whole.span.start, whole.span.start)


MONTHS = [
    ("The team seized 40 rifles during the March 2021 raid.", "2021-03-01"),
    ("They reviewed the March 2021 seizure of 40 rifles.", "2021-03-01"),
    ("The team seized 40 rifles under an order signed in March 2021.", ""),
]


@pytest.mark.parametrize(("sentence", "first"), MONTHS)
def test_the_month_of_an_act_and_of_an_order(read: Extract, sentence: str, first: str) -> None:
    (claim,) = read(sentence).claims
    assert str(claim.period.start or "") == first
