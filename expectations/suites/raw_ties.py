"""Suites of what ties raw claims: to agencies, to operations, and to each other.

What belongs here: ties that contradict each other or the claims that they join. What does not: keys and
vocabularies, which the loader has checked.
"""

from __future__ import annotations

from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.rules import holds, no_rows

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
        ExpectColumnValuesToBeInSet,
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
