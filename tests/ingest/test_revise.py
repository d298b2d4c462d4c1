"""Which figure of a new text is which claim of the old one: moved only on evidence, else a person decides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.check import read_tables
from ingest.members import Members
from ingest.revise import align, superseding
from tests.support import SEEDS

MEMBERS = Members(read_tables(SEEDS))
Claim = dict[str, str]


def claim(
    start: int, verbatim: str, claim_type: str = "arrest", subject: str = "arrests", operation: str = ""
) -> Claim:
    return {"claim_id": f"d:{start}", "char_start": str(start), "verbatim": verbatim, "claim_type": claim_type,
            "commodity_id": "", "subject_id": subject, "unit_id": "count", "operation_name": operation}  # fmt: skip


def fates(old: list[Claim], new: list[Claim]) -> list[tuple[str, str, str]]:
    return [
        (found.fate, found.old["claim_id"] if found.old else "", found.new["claim_id"] if found.new else "")
        for found in align(old, new, MEMBERS)
    ]


OLD = [claim(10, "17"), claim(50, "40"), claim(90, "230"), claim(120, "28")]


def shifted(by: int, *claims: Claim) -> list[Claim]:
    return [claim(int(c["char_start"]) + by, c["verbatim"], c["claim_type"], c["subject_id"]) for c in claims]


def test_a_paragraph_before_moves_all() -> None:
    assert {fate for fate, _, _ in fates(OLD, shifted(300, *OLD))} == {"moved"}


def test_another_number_of_the_same_thing_is_changed_and_a_figure_more_is_new() -> None:
    new = [*shifted(5, OLD[0], OLD[1]), claim(97, "231"), claim(126, "28"), claim(140, "9", "charge", "charges")]
    assert fates(OLD, new) == [
        ("moved", "d:10", "d:15"), ("moved", "d:50", "d:55"), ("changed", "d:90", "d:97"), ("moved", "d:120", "d:126"),
        ("new", "", "d:140"),
    ]  # fmt: skip


def test_what_is_not_there_is_gone() -> None:
    assert fates(OLD, [OLD[0], OLD[3]])[-2:] == [("gone", "d:50", ""), ("gone", "d:90", "")]


def test_a_claim_that_people_corrected_moves_with_its_neighbours() -> None:
    corrected = [OLD[0], claim(50, "40", "charge", "charges"), *OLD[2:]]
    assert {fate for fate, _, _ in fates(corrected, shifted(300, *OLD))} == {"moved"}


def test_the_same_number_in_other_company_is_for_a_person() -> None:
    corrected = [OLD[0], claim(50, "40", "charge", "charges"), *OLD[2:]]
    new = [OLD[0], claim(61, "40"), *shifted(30, *OLD[2:])]
    assert ("changed", "d:50", "d:61") in fates(corrected, new)


def test_operations_tell_changed_figures_apart() -> None:
    old = [claim(10, "17", operation="operation-overdrive"), claim(50, "40", operation="operation-roxanne")]
    new = [claim(10, "41", operation="Operation Roxanne")]
    assert fates(old, new) == [("changed", "d:50", "d:10"), ("gone", "d:10", "")]


def test_a_rejected_number_follows_its_neighbours_and_is_no_other_number() -> None:
    rejected = [OLD[0], claim(50, "40", "", ""), *OLD[2:]]
    assert ("moved", "d:50", "d:52") in fates(rejected, shifted(2, *OLD))
    other = [*shifted(2, OLD[0]), claim(52, "41"), *shifted(2, *OLD[2:])]
    assert ("gone", "d:50", "") in fates(rejected, other)


verbatims = st.lists(st.sampled_from(["1", "2", "3", "40", "50"]), max_size=14)


@given(verbatims, verbatims)
def test_every_claim_and_every_proposal_is_told_of_once(old: list[str], new: list[str]) -> None:
    before = [claim(10 * at, verbatim) for at, verbatim in enumerate(old)]
    after = [claim(7 * at, verbatim) for at, verbatim in enumerate(new)]
    found = align(before, after, MEMBERS)
    assert sorted(f.old["claim_id"] for f in found if f.old) == sorted(c["claim_id"] for c in before)
    assert [f.new["claim_id"] for f in found if f.new] == [c["claim_id"] for c in after]
    pairs = [(int(f.old["char_start"]), int(f.new["char_start"])) for f in found if f.old and f.new]
    assert pairs == sorted(pairs)  # no two claims change their order
    assert all(f.old["verbatim"] == f.new["verbatim"] for f in found if f.fate == "moved" and f.old and f.new)


@given(verbatims, st.integers(0, 500))
def test_a_text_that_only_moved_has_only_moved_claims(old: list[str], shift: int) -> None:
    before = [claim(10 * at, verbatim, "" if at % 3 == 2 else "arrest") for at, verbatim in enumerate(old)]
    after = [claim(10 * at + shift, verbatim) for at, verbatim in enumerate(old)]
    assert {found.fate for found in align(before, after, MEMBERS)} <= {"moved"}


def test_a_version_under_a_new_name_supersedes_figure_by_figure() -> None:
    new = [{**c, "claim_id": c["claim_id"].replace("d:", "e:")} for c in [OLD[0], claim(50, "41"), OLD[2], OLD[3]]]
    ties = superseding(OLD, new, MEMBERS)
    assert [(tie["claim_id"], tie["related_claim_id"]) for tie in ties] == [
        ("e:10", "d:10"), ("e:50", "d:50"), ("e:90", "d:90"), ("e:120", "d:120"),
    ]  # fmt: skip
    assert {(tie["relation"], tie["basis"]) for tie in ties} == {("supersedes", "inferred")}
    assert all(tie["note"] for tie in ties)
