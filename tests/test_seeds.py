"""What the curated seed tables have to keep apart: each way in which a naive reading of the documents is wrong."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from .support import SEEDS, SeedFolder

Row = dict[str, str]
FOLDER = SeedFolder(SEEDS)
SHEET = "hlsd-fact-sheet-2023"
CONTROL = "hlsd-fact-sheet-2021"
COUNTS = {SHEET: 107, CONTROL: 0, "examiner-hlsd-2023": 2, "harris-visit-2021": 2, "oan-hlsd-2021": 1}
"""The documents in which these ways of going wrong were found, with their figures; others may follow."""

ALL_CLAIMS = {row["claim_id"]: row for row in FOLDER.rows("claims").values()}
CLAIMS = {claim_id: row for claim_id, row in ALL_CLAIMS.items() if row["document_id"] in COUNTS}
AGENCIES = {row["agency_id"]: row for row in FOLDER.rows("agencies").values()}
OPERATIONS = {row["operation_id"]: row for row in FOLDER.rows("operations").values()}
UNITS = {row["unit_id"]: row for row in FOLDER.rows("units").values()}
DOCUMENTS = {row["document_id"]: row for row in FOLDER.rows("documents").values()}
COMMODITIES = {row["commodity_id"]: row for row in FOLDER.rows("commodities").values()}
RELATIONS = [row for row in FOLDER.rows("claim_relations").values() if row["claim_id"] in CLAIMS]


def claim(char_start: int, verbatim: str, document: str = SHEET) -> Row:
    """The claim at a place of a document, which has to be the figure that the test speaks of."""
    found = CLAIMS[f"{document}:{char_start}"]
    assert found["verbatim"] == verbatim
    return found


def ids(*starts: int) -> list[str]:
    return [f"{SHEET}:{start}" for start in starts]


def pairs(relation: str) -> set[tuple[str, str]]:
    return {(row["claim_id"], row["related_claim_id"]) for row in RELATIONS if row["relation"] == relation}


def roles(claim_id: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in FOLDER.rows("claim_agencies").values():
        if row["claim_id"] == claim_id:
            found[row["role"]].add(row["agency_id"])
    return dict(found)


def operations(claim_id: str) -> set[str]:
    return {row["operation_id"] for row in FOLDER.rows("claim_operations").values() if row["claim_id"] == claim_id}


def canonical(row: Row) -> tuple[str, Decimal]:
    unit = UNITS[row["unit_id"]]
    return unit["canonical_unit_id"], Decimal(row["value"]) * Decimal(unit["canonical_factor"])


# Every claim


def test_a_claim_is_named_by_its_document_and_place() -> None:
    for claim_id, row in ALL_CLAIMS.items():
        assert claim_id == f"{row['document_id']}:{row['char_start']}"


def test_no_two_claims_of_a_document_share_a_character() -> None:
    for document in DOCUMENTS:
        spans = sorted(
            (int(row["char_start"]), int(row["char_end"]))
            for row in ALL_CLAIMS.values()
            if row["document_id"] == document
        )
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_rows_stand_in_the_order_of_their_documents() -> None:
    """A new claim has one place in the file, so that two curators' additions merge."""
    places = [(row["document_id"], int(row["char_start"])) for row in ALL_CLAIMS.values()]
    assert places == sorted(places)


def test_a_fiscal_year_runs_from_october_to_september() -> None:
    years = [row for row in ALL_CLAIMS.values() if row["period_basis"] == "fiscal_year"]
    assert len(years) >= 8
    for row in years:
        start, end = (dt.date.fromisoformat(row[column]) for column in ("period_start", "period_end"))
        assert (start.month, start.day) == (10, 1)
        assert end == dt.date(start.year + 1, 9, 30)


def test_an_open_period_ends_in_its_cut_off_alone() -> None:
    open_periods = [
        row for row in ALL_CLAIMS.values() if row["period_basis"] in ("year_to_date", "since_date", "since_inception")
    ]
    assert open_periods
    for row in open_periods:
        assert not row["period_end"]
        assert row["as_of"]


def test_nothing_is_dated_after_its_document() -> None:
    for row in ALL_CLAIMS.values():
        published = DOCUMENTS[row["document_id"]]["published_on"]
        if published and row["as_of"]:
            assert row["as_of"] <= published


# Documents


def test_a_document_that_was_read_and_holds_no_figure_is_recorded() -> None:
    assert CONTROL in DOCUMENTS
    assert CONTROL not in {row["document_id"] for row in ALL_CLAIMS.values()}


def test_each_document_has_the_figures_that_were_read_in_it() -> None:
    counts = Counter(row["document_id"] for row in CLAIMS.values())
    assert {document: counts[document] for document in COUNTS} == COUNTS


def test_the_clock_of_a_mirror_is_nobodys_date() -> None:
    assert DOCUMENTS[SHEET]["published_on"] == "2023-10-05"
    assert DOCUMENTS[SHEET]["source_url"] == DOCUMENTS[SHEET]["mirror_of_url"]
    assert not DOCUMENTS["examiner-hlsd-2023"]["published_on"]
    columns = ("period_start", "period_end", "as_of")
    dates = {row[column] for row in CLAIMS.values() for column in columns} - {""}
    assert max(dates) == "2024-09-30"  # the budget that was asked for; the mirrors are of November 2023 and 2025
    assert "2023-11-29" not in dates


# Inside another figure

PARTS = {
    (1659, "$26 billion"): (1571, "$46.1 billion"),
    (5073, "603"): (5044, "2,176"),
    (12595, "770"): (12580, "859"),
    (12663, "248"): (12633, "438"),
    (13011, "47"): (12980, "60"),
    (15981, "810"): (15797, "2,091"),
    (18978, "28"): (18881, "76"),
    (19029, "five"): (18881, "76"),
    (19055, "four"): (18881, "76"),
}


@pytest.mark.parametrize(("part", "whole"), PARTS.items(), ids=[f"{p[1]} of {w[1]}" for p, w in PARTS.items()])
def test_a_part_is_tied_to_its_whole(part: tuple[int, str], whole: tuple[int, str]) -> None:
    assert (claim(*part)["claim_id"], claim(*whole)["claim_id"]) in pairs("subset_of")


def test_a_part_is_no_more_than_its_whole_and_of_its_document() -> None:
    assert len(pairs("subset_of")) >= len(PARTS)
    for part, whole in pairs("subset_of"):
        assert CLAIMS[part]["document_id"] == CLAIMS[whole]["document_id"]
        (unit, less), (whole_unit, more) = canonical(CLAIMS[part]), canonical(CLAIMS[whole])
        assert unit == whole_unit
        assert less <= more


def test_an_increase_is_neither_amount_nor_part() -> None:
    increase = claim(1686, "$1.6 billion")
    assert (increase["claim_type"], increase["direction"]) == ("change_rate", "increase")
    assert increase["claim_id"] not in {claim_id for pair in pairs("subset_of") for claim_id in pair}


def test_further_people_are_no_part_of_those_before() -> None:
    assert (claim(12633, "438")["claim_id"], claim(12580, "859")["claim_id"]) not in pairs("subset_of")


# Possibly inside


def test_desert_lightning_may_be_inside_the_operation_that_it_is_part_of() -> None:
    assert OPERATIONS["operation-desert-lightning"]["parent_operation_id"] == "operation-without-a-trace"
    inner = {claim_id for claim_id in CLAIMS if "operation-desert-lightning" in operations(claim_id)}
    assert len(inner) == 5
    assert {pair for pair in pairs("may_overlap") if pair[0] in inner} == {
        (claim(11802, "56")["claim_id"], claim(11687, "3,200")["claim_id"]),
        (claim(11815, "1,268 rounds")["claim_id"], claim(11711, "950,000 cartridges")["claim_id"]),
    }
    assert not inner & {part for part, _ in pairs("subset_of")}


def test_a_year_total_of_two_agencies_may_hold_the_operation_of_one() -> None:
    total = claim(8770, "39,174 pounds")["claim_id"]
    artemis = {part for part, whole in pairs("may_overlap") if whole == total}
    assert artemis == {claim(8911, "12,919 pounds")["claim_id"], claim(8963, "2,400 pounds")["claim_id"]}
    assert all(operations(claim_id) == {"operation-artemis"} for claim_id in artemis)
    assert not operations(total)


def test_dogs_and_scanners_may_have_helped_in_one_seizure() -> None:
    assert (claim(16268, "437,426")["claim_id"], claim(8024, "485,000 pills")["claim_id"]) in pairs("may_overlap")


def test_what_is_not_stated_says_what_it_was_inferred_from() -> None:
    for row in RELATIONS:
        assert bool(row["note"]) == (row["basis"] == "inferred")
        if row["relation"] == "may_overlap":
            assert row["basis"] == "inferred"


# One event, stages of one pipeline


def test_several_measures_of_one_event_are_tied() -> None:
    seizures = claim(7958, "50")["claim_id"]
    measures = {(8024, "485,000 pills"), (7998, "213 kilos"), (8043, "2,700 liquid doses")}
    assert {part for part, whole in pairs("same_event") if whole == seizures} == {
        claim(*measure)["claim_id"] for measure in measures
    }


def test_arrested_convicted_and_sentenced_are_stages() -> None:
    arrested, convicted, sentenced = claim(13927, "261"), claim(14055, "150"), claim(14077, "105")
    assert pairs("stage_of") == {
        (convicted["claim_id"], arrested["claim_id"]),
        (sentenced["claim_id"], convicted["claim_id"]),
    }
    assert [row["claim_type"] for row in (arrested, convicted, sentenced)] == ["arrest", "conviction", "sentence"]


# Joint figures and roles


@pytest.mark.parametrize(("start", "verbatim"), [(8588, "284"), (8619, "12,500 pounds")])
def test_two_operations_share_one_row(start: int, verbatim: str) -> None:
    row = claim(start, verbatim)
    assert operations(row["claim_id"]) == {"operation-blue-lotus", "operation-four-horsemen"}
    assert row["value"] == verbatim.split()[0].replace(",", "")


@pytest.mark.parametrize(
    ("start", "verbatim", "leads"),
    [
        (8770, "39,174 pounds", {"hsi", "cbp"}),
        (12134, "eight", {"atf", "fgr-aic"}),
        (12580, "859", {"inl", "atf"}),
    ],
)
def test_a_joint_figure_is_one_row_with_several_leads(start: int, verbatim: str, leads: set[str]) -> None:
    assert roles(claim(start, verbatim)["claim_id"])["lead"] == leads


def test_owner_lead_and_support_of_an_operation_are_roles() -> None:
    southbound = OPERATIONS["operation-southbound"]
    assert (southbound["owner_agency_id"], southbound["lead_agency_ids"]) == ("doj", "atf")
    assert roles(claim(11025, "40 percent")["claim_id"]) == {"lead": {"atf"}, "support": {"dea", "dhs"}}


@pytest.mark.parametrize(
    ("starts", "donor"), [((7958, 7998, 8024, 8043), "state"), ((16268, 16292, 16336, 16377), "inl")]
)
def test_who_donates_does_not_seize(starts: tuple[int, ...], donor: str) -> None:
    for claim_id in ids(*starts):
        assert CLAIMS[claim_id]["claim_type"] == "seizure"
        parts = roles(claim_id)
        assert parts["donor"] == {donor}
        assert donor not in parts["lead"]
        assert AGENCIES[next(iter(parts["lead"]))]["country_code"] in ("MX", "")


def test_the_department_is_not_taken_for_its_bureau() -> None:
    assert AGENCIES["inl"]["parent_agency_id"] == "state"
    unnamed = [claim(7748, "500"), claim(10364, "four"), claim(10441, "76")]
    assert all("state" in set().union(*roles(row["claim_id"]).values()) for row in unnamed)
    for claim_id in CLAIMS:
        assert not {"state", "inl"} <= set().union(*roles(claim_id).values())


def test_every_agency_has_a_government_above_it_or_says_that_it_has_none() -> None:
    tops = {"government", "international", "association", "authorities"}
    for agency_id, row in AGENCIES.items():
        seen = [agency_id]
        while row["parent_agency_id"]:
            row = AGENCIES[row["parent_agency_id"]]
            assert row["agency_id"] not in seen
            seen.append(row["agency_id"])
        assert row["agency_kind"] in tops, seen


# Time


def period(row: Row) -> tuple[str, str, str, str]:
    return row["period_basis"], row["period_start"], row["period_end"], row["as_of"]


PERIODS = {
    "an operation of a year that crosses both years": ((6511, "3,337"), ("range", "2022-05-01", "2023-05-01", "")),
    "since inception in a fiscal year": ((11658, "800"), ("since_inception", "2019-10-01", "", "2023-10-05")),
    "thus far in a year": ((8770, "39,174 pounds"), ("year_to_date", "2023-01-01", "", "2023-10-05")),
    "a launch in the year of the document": ((9004, "265 pounds"), ("since_inception", "2023-06-05", "", "2023-10-05")),
    "to a day, from a start not stated": ((11802, "56"), ("since_inception", "", "", "2023-09-03")),
    "a fiscal year in a list of a later one": ((7326, "120"), ("fiscal_year", "2021-10-01", "2022-09-30", "")),
    "a fiscal year ahead": ((1571, "$46.1 billion"), ("fiscal_year", "2023-10-01", "2024-09-30", "")),
    "not stated, and not borrowed from the next sentence": ((8588, "284"), ("unspecified", "", "", "")),
    "not stated, beside a part that is": ((12580, "859"), ("unspecified", "", "", "")),
    "a part with a date of its own": ((12595, "770"), ("since_date", "2022-10-01", "", "2023-10-05")),
}


@pytest.mark.parametrize(("figure", "expected"), PERIODS.values(), ids=PERIODS.keys())
def test_time_is_as_the_text_gives_it(figure: tuple[int, str], expected: tuple[str, str, str, str]) -> None:
    assert period(claim(*figure)) == expected


def test_dates_of_an_operation_are_those_that_are_stated() -> None:
    assert (OPERATIONS["operation-last-mile"]["started_on"], OPERATIONS["operation-last-mile"]["ended_on"]) == (
        "2022-05-01",
        "2023-05-01",
    )
    assert OPERATIONS["operation-artemis"]["started_on"] == "2023-06-05"
    dated = {name for name, row in OPERATIONS.items() if row["started_on"] or row["ended_on"]}
    assert dated == {"operation-last-mile", "operation-artemis"}


# Bounds and forms

QUALIFIERS = {
    (6544, "44 million"): "nearly",
    (6581, "6,500 pounds"): "over",
    (6658, "8,497"): "exact",
    (7380, "$1.1 million"): "approximately",
    (7397, "18,200 pounds"): "approximately",
    (11658, "800"): "nearly",
    (12188, "30"): "approximately",
    (3559, "a billion"): "nearly",
}


@pytest.mark.parametrize(("figure", "qualifier"), QUALIFIERS.items(), ids=[figure[1] for figure in QUALIFIERS])
def test_a_bounding_word_is_that_of_its_own_figure(figure: tuple[int, str], qualifier: str) -> None:
    assert claim(*figure)["qualifier"] == qualifier


def test_as_many_as_is_an_upper_bound() -> None:
    assert claim(1492, "10,000", "examiner-hlsd-2023")["qualifier"] == "up_to"


def test_magnitudes_have_floors_and_nothing_else_is_one() -> None:
    found = {
        row["verbatim"]: (row["value"], row["unit_id"]) for row in CLAIMS.values() if row["qualifier"] == "magnitude"
    }
    assert found == {
        "thousands": ("1000", "count"),
        "hundreds of thousands of dollars": ("100000", "usd"),
        "multi-million dollar": ("1000000", "usd"),
    }


def test_no_beneficiary_is_a_stated_zero() -> None:
    zeros = [row for row in CLAIMS.values() if Decimal(row["value"]) == 0]
    assert [(row["verbatim"], row["claim_type"], row["qualifier"]) for row in zeros] == [("No", "beneficiary", "exact")]


def test_a_figure_without_a_comma_is_no_year() -> None:
    molds = claim(9131, "2974")
    assert (molds["claim_type"], molds["commodity_id"], molds["value"]) == ("seizure", "pill-molds", "2974")


def test_number_words_are_figures() -> None:
    words = {row["verbatim"]: row["value"] for row in CLAIMS.values() if row["verbatim"].isalpha()}
    assert words.items() >= {"nine": "9", "eight": "8", "five": "5", "four": "4", "two": "2", "No": "0"}.items()


# Units and things


@pytest.mark.parametrize(
    ("figure", "thing", "unit"),
    [
        ((8400, "13 million"), "fentanyl", "dose"),
        ((8043, "2,700 liquid doses"), "fentanyl-liquid", "liquid_dose"),
        ((8024, "485,000 pills"), "fentanyl-pills", "pill"),
        ((6581, "6,500 pounds"), "fentanyl-powder", "lb"),
        ((7998, "213 kilos"), "fentanyl-powder", "kg"),
        ((9004, "265 pounds"), "fentanyl-pills-and-powder", "lb"),
        ((9330, "3,130 pounds"), "fentanyl", "lb"),
        ((8770, "39,174 pounds"), "fentanyl-and-methamphetamine-precursors", "lb"),
        ((16377, "477"), "arms-mixed", "count"),
        ((11815, "1,268 rounds"), "ammunition", "round"),
        ((11843, "79"), "weapon-parts", "count"),
        ((11802, "56"), "firearms", "count"),
    ],
)
def test_forms_of_a_thing_are_kept_apart(figure: tuple[int, str], thing: str, unit: str) -> None:
    row = claim(*figure)
    assert (row["commodity_id"], row["unit_id"]) == (thing, unit)


def test_units_that_do_not_convert_have_dimensions_of_their_own() -> None:
    dimensions = {
        unit: UNITS[unit]["unit_dimension"] for unit in ("lb", "pill", "dose", "liquid_dose", "round", "count")
    }
    assert len(set(dimensions.values())) == len(dimensions)
    assert UNITS["kg"]["unit_dimension"] == dimensions["lb"]
    assert UNITS["lb"]["canonical_factor"] == "0.45359237"


def test_a_unit_is_its_own_canonical_unit_or_names_where_the_factor_comes_from() -> None:
    for unit_id, row in UNITS.items():
        assert row["factor_source"]
        if row["canonical_unit_id"] == unit_id:
            assert row["canonical_factor"] == "1"


# Money and counts that are no outcome


def test_stages_of_funding_are_told_apart() -> None:
    stages = {row["verbatim"]: row["funding_stage"] for row in CLAIMS.values() if row["claim_type"] == "funding"}
    assert stages == {
        "$46.1 billion": "requested",
        "$26 billion": "requested",
        "$20.5 million": "awarded",
        "$1 million": "announced",
        "multi-million dollar": "",
    }


def test_money_that_was_seized_is_no_funding() -> None:
    seized = [row for row in CLAIMS.values() if row["claim_type"] == "seizure" and row["unit_id"] == "usd"]
    assert len(seized) == 7
    assert {COMMODITIES[row["commodity_id"]]["commodity_kind"] for row in seized} == {"money"}
    assert {row["funding_stage"] for row in seized} == {""}


@pytest.mark.parametrize(
    ("figure", "claim_type", "unit"),
    [
        ((9763, "200"), "case_support", "count"),
        ((10364, "four"), "training", "count"),
        ((7559, "100 months"), "sentence", "month"),
        ((14077, "105"), "sentence", "person"),
        ((10150, "400"), "event_attendance", "person"),
        ((9829, "343"), "target", "count"),
        ((9786, "31"), "lead", "count"),
        ((5187, "47"), "case_support", "count"),
    ],
)
def test_what_is_counted_is_not_taken_for_an_outcome(figure: tuple[int, str], claim_type: str, unit: str) -> None:
    row = claim(*figure)
    assert (row["claim_type"], row["unit_id"]) == (claim_type, unit)


def test_rates_and_percents_are_of_kinds_that_are_never_summed() -> None:
    for row in CLAIMS.values():
        assert bool(row["rate_per"]) == (row["unit_id"] == "person_per_day")
        if row["unit_id"] == "percent":
            assert (row["claim_type"], bool(row["direction"])) == ("change_rate", True)


def test_equal_numbers_at_two_places_are_two_claims() -> None:
    repeats = Counter(row["verbatim"] for row in CLAIMS.values() if row["document_id"] == SHEET)
    for verbatim in ("40 percent", "47", "76", "120"):
        twins = [row for row in CLAIMS.values() if row["verbatim"] == verbatim]
        assert repeats[verbatim] == len(twins) == 2
        first, second = twins
        what = ("claim_type", "commodity_id", "subject_id")
        assert [first[column] for column in what] != [second[column] for column in what]
    assert (repeats["265 pounds"], repeats["$265,000"]) == (1, 1)


# Names


def test_a_name_leads_to_one_member() -> None:
    for table, key, column in (
        ("agencies", "agency_id", "agency_name"),
        ("operations", "operation_id", "operation_name"),
        ("units", "unit_id", "unit_name"),
    ):
        named: dict[str, set[str]] = defaultdict(set)
        for row in FOLDER.rows(table).values():
            for name in [row[column], row.get("acronym", ""), *row["aliases"].split("|")]:
                named[name.casefold()].add(row[key])
        del named[""]
        assert {name: members for name, members in named.items() if len(members) > 1} == {}
