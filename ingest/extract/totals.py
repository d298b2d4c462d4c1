"""Totals told after their parts: “In total, …”, and a number that is the sum of those counted before it.

What belongs here: wholes that stand behind their parts, in other sentences. What does not: parts told after their
whole (`parts`), sums inside of one sentence (`sentence`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.model import ProposedClaim

_IN_TOTAL = re.compile(
    r"\W*(?:In\s+total|In\s+all|In\s+sum|All\s+told|Altogether|Taken\s+together|Together|Combined|The\s+total)\b"
)
_FAR = 900
"""Characters between a part and “in total”, at most."""
_MOST = 12
"""Figures before a total that are tried as its summands."""
_SMALL = 20
"""Sums below are met by chance."""


def tie_totals(text: str, claims: Sequence[ProposedClaim]) -> list[ProposedClaim]:
    """The claims, in the order of the text, with those that a later total holds made parts of it."""
    tied = list(claims)
    groups: dict[tuple[str | None, ...], list[int]] = {}
    for at, claim in enumerate(tied):
        key = _alike(claim)
        if key is None:
            continue
        before = groups.setdefault(key, [])
        for part in _parts(text, tied, before, claim):
            tied[part] = replace(tied[part], parent_start=claim.span.start)
        before.append(at)
    return tied


def _alike(claim: ProposedClaim) -> tuple[str | None, ...] | None:
    """What claims that can be added have in common; None for what is never added."""
    words = claim.counted.lower().split()
    what = claim.commodity_id or claim.subject_id
    if claim.claim_type == "change_rate" or claim.unit_id in (None, "percent") or not (what or words):
        return None
    return claim.unit_id, claim.claim_type, what, None if what else words[-1]


def _parts(text: str, claims: Sequence[ProposedClaim], before: Sequence[int], total: ProposedClaim) -> list[int]:
    if total.parent_start is not None:
        return []
    free = [at for at in before[-_MOST:] if claims[at].parent_start is None and claims[at].sentence != total.sentence]
    if _IN_TOTAL.match(text, total.sentence.start):
        near = [at for at in free if total.span.start - claims[at].span.end < _FAR]
        return near if all(claims[at].value <= total.value for at in near) else []
    if total.value < _SMALL:
        return []
    added, chosen = 0, []
    for at in reversed(free):
        added += int(claims[at].value)
        chosen.append(at)
        if added >= total.value:
            break
    return chosen if added == total.value and len(chosen) > 2 else []
