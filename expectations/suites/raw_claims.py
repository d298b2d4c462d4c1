"""Suites of the raw claims and their ties: places in the text, sizes, times, agencies, relations.

What belongs here: what makes a figure implausible or unlocated. What does not: a claim's own cells, which the
loader has checked against each other.
"""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.rules import holds, no_rows

VALUE_LIMITS: dict[str, tuple[int, str]] = {
    "mass": (10_000_000, "ten thousand tonnes; all drugs seized at U.S. borders in a year weigh a few hundred"),
    "tablets": (10_000_000_000, "more than one pill for every human"),
    "doses": (10_000_000_000, "more than one deadly dose for every human"),
    "liquid_doses": (10_000_000_000, "more than one dose for every human"),
    "rounds": (10_000_000_000, "about a year of U.S. ammunition output"),
    "count": (10_000_000_000, "things or acts, impressions of a campaign included, beyond one for every human"),
    "persons": (8_300_000_000, "the population of the world"),
    "person_rate": (1_000_000, "persons a day, a hundred times the largest flow reported"),
    "money": (10_000_000_000_000, "10 trillion dollars, beyond the yearly outlays of the United States"),
    "ratio": (1_000, "percent: a change beyond tenfold is told as a factor"),
    "duration": (1_200, "months, a century"),
}
"""Dimension of a unit → the most that is plausible, in its canonical unit, and why."""

THINGS = ("mass", "tablets", "doses", "liquid_doses", "rounds", "count", "money")
DIMENSIONS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "seizure": THINGS,
    **dict.fromkeys(
        ("arrest", "warrant", "charge", "conviction", "extradition", "removal", "designation", "training",
         "certification", "event_attendance", "beneficiary", "deployment", "target", "repatriation"),
        ("count", "persons"),
    ),  # fmt: skip
    "sentence": ("count", "persons", "duration"),
    "funding": ("money",),
    "award": ("count", "money"),
    **dict.fromkeys(("investigation", "lead", "trace", "case_support", "outreach"), ("count", "persons")),
    "donation": (*THINGS, "persons"),
    "migration_flow": ("persons", "person_rate"),
    "change_rate": (*THINGS, "persons", "ratio"),
    "coverage": ("count", "persons", "ratio"),
}
"""Claim type → the dimensions that it is counted in; a type that is not named is counted in any."""


def _values(rows: list[tuple[object, ...]]) -> str:
    return ", ".join("(" + ", ".join(f"'{cell}'" for cell in row) + ")" for row in rows)


CLAIMS: list[Expectation] = [
    no_rows(
        "spans_lie_inside_their_document",
        """
        select checked._source_file, checked._source_row, 'char_end' as column_name, char_end as value,
            concat('the document has ', char_count, ' characters: take the span from it again') as remedy
        from checked join raw.documents using (document_id) where char_end > char_count
        """,
        reason="A span outside the text proves nothing; the text or the span is another one.",
    ),
    no_rows(
        "spans_do_not_overlap",
        """
        select _source_file, _source_row, 'char_start' as column_name, char_start as value,
            concat('starts before the span of ', earlier, ' ends: the same characters are one claim') as remedy
        from (
            select *, max(char_end) over preceding as reached, max_by(claim_id, char_end) over preceding as earlier
            from checked
            window preceding as (
                partition by document_id order by char_start, char_end
                rows between unbounded preceding and 1 preceding
            )
        )
        where char_start < reached
        """,
        reason="Characters that are in two claims are counted twice.",
    ),
    no_rows(
        "values_are_plausible_for_their_unit",
        f"""
        select checked._source_file, checked._source_row, 'value' as column_name,
            concat(verbatim, ' as ', value, ' ', unit_id) as value,
            concat('beyond ', limits.most, ' (', limits.why, '): correct value or unit') as remedy
        from checked join raw.units using (unit_id)
        join (values {_values([(name, most, why) for name, (most, why) in VALUE_LIMITS.items()])})
            as limits (unit_dimension, most, why) using (unit_dimension)
        where value * canonical_factor > cast(limits.most as decimal(20, 4))
        """,
        reason="A slipped multiplier (million for thousand) is well-formed and a thousand times wrong.",
    ),
    no_rows(
        "units_fit_their_claim_type",
        f"""
        select checked._source_file, checked._source_row, 'unit_id' as column_name, unit_id as value,
            concat('a ', claim_type, ' is not counted in ', unit_dimension, ': correct the type or the unit') as remedy
        from checked join raw.units using (unit_id)
        join (values {_values([(name, "|".join(known)) for name, known in DIMENSIONS_OF_TYPE.items()])})
            as types (claim_type, dimensions) using (claim_type)
        where not list_contains(string_split(dimensions, '|'), unit_dimension)
        """,
        reason="100 months are a sentence and no number of sentences: type and unit tell each other's errors.",
    ),
    no_rows(
        "rates_are_counted_over_time",
        """
        select checked._source_file, checked._source_row, 'rate_per' as column_name, rate_per as value,
            concat('rate_per and a unit of a rate go together, the unit is ', unit_id, ': correct one') as remedy
        from checked join raw.units using (unit_id)
        where (rate_per is not null) <> (unit_dimension = 'person_rate')
        """,
        reason="6,000 a day taken for 6,000 would enter a total, as no rate may.",
    ),
    no_rows(
        "has_an_agency_or_a_note",
        """
        select _source_file, _source_row, 'note' as column_name, note as value,
            'give the claim a row in claim_agencies.csv, or say in its note that no agency is named' as remedy
        from checked anti join raw.claim_agencies using (claim_id) where note is null
        """,
        reason="A figure of nobody is rare, and silence about it looks like a row that was forgotten.",
    ),
    no_rows(
        "periods_lie_in_plausible_years",
        """
        select checked._source_file, checked._source_row, column_name, day as value,
            concat('not between 2000-01-01 and two years after the document (', issued,
                '): take the period from the text again') as remedy
        from (unpivot checked on period_start, period_end, as_of into name column_name value day) as checked
        join (
            select document_id, coalesce(published_on, event_on, cast(_loaded_at as date)) as issued
            from raw.documents
        ) using (document_id)
        where day < date '2000-01-01' or day > issued + interval 2 year
        """,
        reason="Texts look back some years, and ahead as far as a budget request; the rest are slips of a century.",
    ),
    no_rows(
        "cut_offs_are_not_after_the_document",
        """
        select checked._source_file, checked._source_row, 'as_of' as column_name, as_of as value,
            concat('the document was issued on ', published_on, ': a figure of it ends there at the latest') as remedy
        from checked join raw.documents using (document_id) where as_of > published_on
        """,
        reason="A document cannot count what had not happened; a later date is that of a mirror.",
    ),
    no_rows(
        "open_periods_have_a_cut_off",
        """
        select checked._source_file, checked._source_row, 'as_of' as column_name, as_of as value,
            concat('a ', period_basis, ' period is open: put the date of the document in as_of') as remedy
        from checked join raw.documents using (document_id)
        where period_basis in ('year_to_date', 'since_date', 'since_inception') and as_of is null
            and published_on is not null
        """,
        reason="Without its cut-off an open period would reach to the present day.",
    ),
    holds(
        gxe.ExpectColumnProportionOfNonNullValuesToBeBetween,
        "most_figures_have_a_period",
        reason="About 60 % of the figures of the first five documents do: far fewer means that times were not read, "
        "all of them means that times were borrowed from the next sentence or the headline.",
        column="period_start",
        min_value=0.35,
        max_value=0.95,
        severity=FailureSeverity.WARNING,
    ),
    holds(
        gxe.ExpectColumnValuesToBeInSet,
        "exact_figures_are_common",
        reason="60 % of the figures of the first five documents stand without a bounding word; far fewer means that "
        "bounding words were taken from other figures of the sentence.",
        column="qualifier",
        value_set=["exact"],
        mostly=0.3,
        severity=FailureSeverity.WARNING,
    ),
    holds(
        gxe.ExpectColumnValuesToNotBeInSet,
        "bounded_figures_are_common",
        reason="40 % of the figures of the first five documents have a bounding word (over, nearly, up to); almost "
        "none means that the words were dropped and the figures are told too exactly.",
        column="qualifier",
        value_set=["exact"],
        mostly=0.1,
        severity=FailureSeverity.WARNING,
    ),
]

CLAIM_AGENCIES: list[Expectation] = [
    no_rows(
        "leads_have_no_lesser_part",
        """
        select _source_file, _source_row, 'role' as column_name, role as value,
            concat(agency_id, ' already leads this claim: keep one of the two rows') as remedy
        from checked
        semi join (select claim_id, agency_id from checked where role = 'lead') using (claim_id, agency_id)
        where role in ('partner', 'support')
        """,
        reason="Lead and support of one figure are two readings of one sentence, not two parts.",
    ),
    holds(
        gxe.ExpectColumnValuesToBeInSet,
        "leads_are_common",
        reason="Two thirds of the parts in the first five documents are leads; totals by agency rest on them, and "
        "far fewer means that the actor of the sentence was not read.",
        column="role",
        value_set=["lead"],
        mostly=0.35,
        severity=FailureSeverity.WARNING,
    ),
]

CLAIM_OPERATIONS: list[Expectation] = [
    no_rows(
        "figures_lie_in_the_time_of_their_operation",
        """
        select checked._source_file, checked._source_row, 'operation_id' as column_name, operation_id as value,
            concat('the operation ran ', coalesce(cast(started_on as varchar), '…'), ' to ',
                coalesce(cast(ended_on as varchar), '…'), ', the figure covers ',
                coalesce(cast(period_start as varchar), '…'), ' to ',
                coalesce(cast(period_end as varchar), '…'), ': correct one of the two') as remedy
        from checked join raw.claims using (claim_id) join raw.operations using (operation_id)
        where coalesce(period_end, as_of) < started_on or period_start > ended_on
        """,
        reason="An operation has no results before it starts, and a period that begins after it is another one's.",
    ),
]

CLAIM_RELATIONS: list[Expectation] = [
    no_rows(
        "does_not_tie_a_claim_to_itself",
        """
        select _source_file, _source_row, 'related_claim_id' as column_name, related_claim_id as value,
            'the claim itself: name the other one' as remedy
        from checked where claim_id = related_claim_id
        """,
        reason="A claim inside itself leaves every total.",
    ),
    no_rows(
        "is_told_in_one_direction",
        """
        select one._source_file, one._source_row, 'relation' as column_name, one.relation as value,
            concat('row ', other._source_row, ' says the same the other way round: remove one of the two') as remedy
        from checked as one join checked as other
            on one.claim_id = other.related_claim_id and one.related_claim_id = other.claim_id
            and one.relation = other.relation
        where one.claim_id <> one.related_claim_id
        """,
        reason="Of a part and its whole both would be left out; of a symmetric tie one is the other's repeat.",
    ),
    no_rows(
        "chains_form_no_loop",
        """
        with recursive reached as (
            select claim_id, related_claim_id, relation from checked
            where relation in ('subset_of', 'supersedes', 'stage_of')
            union
            select reached.claim_id, checked.related_claim_id, relation
            from reached join checked using (relation)
            where checked.claim_id = reached.related_claim_id
        )
        select _source_file, _source_row, 'related_claim_id' as column_name, checked.related_claim_id as value,
            'leads back to this claim by way of others: correct one of the rows in between' as remedy
        from checked join reached using (claim_id, relation) where reached.related_claim_id = claim_id
            and checked.related_claim_id <> claim_id
        """,
        reason="Parts of parts have to end in a whole that is in the total.",
    ),
    no_rows(
        "parts_lie_in_the_document_of_their_whole",
        """
        select checked._source_file, checked._source_row, 'related_claim_id' as column_name,
            related_claim_id as value,
            concat('a claim of ', whole.document_id, ', the part is one of ', part.document_id,
                ': use restates, supersedes or may_overlap, or say in the note why it is a part') as remedy
        from checked join raw.claims as part using (claim_id)
        join raw.claims as whole on whole.claim_id = related_claim_id
        where relation = 'subset_of' and part.document_id <> whole.document_id and checked.note is null
        """,
        reason="A text says that a figure is inside another one of its own; between texts it is somebody's inference.",
    ),
    no_rows(
        "parts_do_not_exceed_their_whole",
        """
        select checked._source_file, checked._source_row, 'related_claim_id' as column_name,
            related_claim_id as value,
            concat('the part is ', part.verbatim, ', the whole ', whole.verbatim,
                ': exchange the two claims, or correct a value') as remedy
        from checked join raw.claims as part using (claim_id)
        join raw.claims as whole on whole.claim_id = related_claim_id
        join raw.units as part_unit on part_unit.unit_id = part.unit_id
        join raw.units as whole_unit
            on whole_unit.unit_id = whole.unit_id and whole_unit.canonical_unit_id = part_unit.canonical_unit_id
        where relation = 'subset_of' and whole.qualifier not in ('over', 'at_least', 'magnitude')
            and part.value * part_unit.canonical_factor > whole.value * whole_unit.canonical_factor
        """,
        reason="A part larger than its whole is a tie the wrong way round, or a misread figure.",
    ),
    no_rows(
        "inferred_ties_are_explained",
        """
        select _source_file, _source_row, 'note' as column_name, note as value,
            'say in the note what the tie was inferred from' as remedy
        from checked where basis = 'inferred' and note is null
        """,
        reason="Totals leave figures out because of such ties: others have to be able to follow.",
    ),
]

RULES = {
    "claims": CLAIMS,
    "claim_agencies": CLAIM_AGENCIES,
    "claim_operations": CLAIM_OPERATIONS,
    "claim_relations": CLAIM_RELATIONS,
}
