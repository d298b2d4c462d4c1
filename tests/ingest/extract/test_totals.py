"""Planted totals behind their parts, lists without a verb, parts that share the verb of their whole."""

from __future__ import annotations

import pytest

from .conftest import Extract

TOTALS = [
    ("Police found 10 pounds of heroin in the trunk.", "In total, they seized 22.5 pounds of heroin."),
    ("Deputies made 14 arrests in May.", "In all, 31 arrests were made."),
    ("The unit seized 40 rifles.", "Altogether, the unit seized 65 rifles."),
]


@pytest.mark.parametrize("sentences", TOTALS)
def test_a_total_holds_what_was_told_before(read: Extract, sentences: tuple[str, str]) -> None:
    part, whole = read(*sentences).claims
    assert (part.parent_start, whole.parent_start) == (whole.span.start, None)


def test_a_number_that_is_the_sum_of_those_before_holds_them(read: Extract) -> None:
    found = read(
        "The first pillar presents 13 priority actions.", "The second has 17 priority actions.",
        "The third has 12 priority actions.", "We will carry out the 42 priority actions.",
    ).claims  # fmt: skip
    assert [claim.parent_start for claim in found] == [found[-1].span.start] * 3 + [None]


@pytest.mark.parametrize(
    "sentences",
    [
        ("CBP seized 10 pounds of heroin.", "In total, CBP seized 25 pounds of cocaine."),
        ("CBP seized 30 pounds of heroin.", "In total, CBP seized 25 pounds of heroin."),
        ("CBP seized 12 rifles.", "DEA seized 13 rifles.", "ATF seized 25 rifles."),
    ],
)
def test_other_things_and_two_by_chance_are_no_parts(read: Extract, sentences: tuple[str, ...]) -> None:
    assert {claim.parent_start for claim in read(*sentences).claims} == {None}


def test_things_in_a_list_without_a_verb_were_seized_as_the_rest(read: Extract) -> None:
    heroin, rifles = read("35 kilos of heroin, 49 rifles, all shown in the pictures.").claims
    assert heroin.claim_type == rifles.claim_type == "seizure"


def test_a_part_without_a_noun_has_the_type_of_its_whole(read: Extract) -> None:
    sentence = "Mexican authorities transferred 55 persons wanted by the United States, among them 29 in May."
    whole, part = read(sentence).claims
    assert (whole.claim_type, part.claim_type, part.parent_start) == ("removal", "removal", whole.span.start)


def test_bodies_that_are_no_places_are_not_covered(read: Extract) -> None:
    (claim,) = read("The money was frozen in 88 accounts.").claims
    assert claim.claim_type == "other"
