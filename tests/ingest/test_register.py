"""What the seed tables say of a span: decided where a claim shares characters with it, in the registered version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.register import DecidedSpan, Register

SHA = "a" * 64
REGISTER = Register(
    {"note": SHA}, {"note": (DecidedSpan(10, 15, "accepted"), DecidedSpan(15, 17, "rejected"))}
)  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "decision"),
    [(10, 15, "accepted"), (8, 11, "accepted"), (12, 13, "accepted"), (15, 16, "rejected"), (16, 30, "rejected"),
     (5, 10, ""), (17, 20, "")],
)  # fmt: skip
def test_a_span_is_decided_by_the_claim_that_shares_characters(start: int, end: int, decision: str) -> None:
    assert REGISTER.decision("note", SHA, start, end) == decision


def test_another_version_or_document_is_not_decided() -> None:
    assert REGISTER.decision("note", "b" * 64, 10, 15) == ""
    assert REGISTER.decision("other", SHA, 10, 15) == ""


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(0, 60), st.integers(1, 8))
def test_looking_up_is_the_same_as_looking_at_all(widths: list[int], start: int, width: int) -> None:
    spans, at = [], 0
    for number in widths:
        spans.append(DecidedSpan(at, at + number, "accepted"))
        at += number + 1
    found = Register({"d": SHA}, {"d": tuple(spans)}).decision("d", SHA, start, start + width)
    assert bool(found) == any(span.start < start + width and start < span.end for span in spans)
