"""The stage of money, and the place that a figure names."""

from __future__ import annotations

import re

from ingest.extract.context import Scope
from ingest.extract.figures import Figure
from ingest.extract.model import ProposedClaim


def stage_of(scope: Scope, figure: Figure, claim_type: str, whole: ProposedClaim | None) -> str | None:
    """The stage of money, by the nearest verb before it in its sentence; a part has that of its whole."""
    text = scope.text
    before = text[scope.start : figure.start].lower()
    after = text[figure.end : min(scope.end, figure.end + 80)].lower()
    if claim_type == "award" or re.match(r"\s+in\s+(?:\w+\s+){0,2}(?:awards|grants)\b", after):
        return "awarded"
    found = [
        (match.start(), match[0])
        for match in re.finditer(
            r"request|appropriat|obligat|award|announc|invest|provid|spen[dt]|expend|disburs|propos"
            r"|dedicat|allocat|plans? to",
            before,
        )
    ]
    stages = {"request": "requested", "propos": "requested", "appropriat": "appropriated",
              "obligat": "obligated", "award": "awarded", "announc": "announced", "spen": "expended",
              "expend": "expended",
              "disburs": "expended"}  # fmt: skip
    for _, word in reversed(found):
        for root, stage in stages.items():
            if word.startswith(root):
                return stage
    if re.search(r"\bBudget\b|\bbudget\s+request", scope.sentence):
        return "requested"  # a budget that is not law asks for its money
    if whole and whole.funding_stage:
        return whole.funding_stage
    if scope.previous and re.match(r"\W*Of\s+that", text[scope.start : scope.start + 20]) and scope.previous.claims:
        return scope.previous.claims[-1].funding_stage
    return None


def place_of(scope: Scope, figure: Figure, next_start: int) -> str | None:
    """The place that “in”, “to”, “at” or “across” names behind the figure, or as a frame before it."""
    text = scope.text
    for mention in scope.mentions:
        if mention.place and figure.end <= mention.start < next_start:
            before = text[max(scope.start, mention.start - 16) : mention.start]
            if re.search(r"\b(?:in|to|at|into|across|within|throughout)\s+(?:the\s+|all\s+)?$", before):
                return mention.place
    return None
