"""Suites of what waits for a decision: the review queue, and what was found in each document.

What belongs here: what holds between these two and what was loaded. What does not: their arithmetic (dbt tests).
"""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.rules import no_rows

QUEUE: list[Expectation] = [
    no_rows(
        "holds_no_decided_figure",
        """
        select checked.claim_id, 'claim_id' as column_name, checked.verbatim as value,
            concat(claims._source_file, ', row ', claims._source_row, ' decides these characters: ',
                claims.review_status) as remedy
        from checked join raw.documents as documents using (document_id, sha256)
        join (from raw.claims where review_status <> 'proposed') as claims using (document_id)
        where claims.char_start < checked.char_end and claims.char_end > checked.char_start
        """,
        reason="Work that is done and comes back makes reviewers distrust the rest.",
    ),
    no_rows(
        "holds_every_undecided_proposal",
        """
        select proposals._source_file, proposals._source_row, 'claim_id' as column_name, proposals.claim_id as value,
            'neither decided in claims.csv nor in the queue: mend the rule of the queue' as remedy
        from raw.proposals as proposals anti join checked using (claim_id)
        where not exists (
            from raw.claims as claims join raw.documents using (document_id)
            join (from raw.read_documents where read_status = 'read') as texts using (document_id, sha256)
            where claims.document_id = proposals.document_id
                and claims.char_start < proposals.char_end and claims.char_end > proposals.char_start
        )
        """,
        reason="A figure that was found and is nowhere is lost in silence.",
    ),
    no_rows(
        "stands_as_it_was_proposed",
        """
        select checked.claim_id, 'value' as column_name,
            concat_ws(' ', checked.value, checked.unit_id, checked.verbatim) as value,
            concat('loaded as ', proposals.value, ' ', proposals.unit_id, ' ', proposals.verbatim, ' from ',
                _source_file, ', row ', _source_row) as remedy
        from checked join raw.proposals as proposals using (claim_id) where queued_by = 'extraction'
            and (checked.value, checked.unit_id, checked.verbatim, checked.char_start, checked.char_end)
                is distinct from
                (proposals.value, proposals.unit_id, proposals.verbatim, proposals.char_start, proposals.char_end)
        """,
        reason="A reviewer decides on what the text says, in the words and at the place that were found.",
    ),
]

COVERAGE: list[Expectation] = [
    no_rows(
        "holds_every_document",
        """
        select document_id, 'document_id' as column_name, sha256 as value,
            concat('known from ', _source_file, ', row ', _source_row, ', and without coverage') as remedy
        from (
            select document_id, sha256, _source_file, _source_row from raw.documents
            union all select document_id, sha256, _source_file, _source_row from raw.read_documents
        ) as known
        where not exists (
            from checked where checked.document_id = known.document_id
                and checked.sha256 is not distinct from known.sha256
        )
        """,
        reason="A document that nobody counts looks like one that nobody had.",
    ),
    no_rows(
        "says_zero_only_of_what_was_read",
        """
        select document_id, 'figures_found' as column_name, figures_found as value,
            concat('the text is ', read_status, ': give the count for a text that was read, and for no other') as remedy
        from checked where (read_status = 'read') <> (figures_found is not null)
        """,
        reason="No figure in a text that was read is knowledge; none in a text that nobody read is none.",
    ),
    no_rows(
        "counts_the_decisions_of_its_text",
        """
        select document_id, 'accepted_count' as column_name, concat_ws(' ', accepted_count, rejected_count) as value,
            concat('claims.csv has ', accepted, ' accepted and ', rejected, ' rejected of it') as remedy
        from checked join (
            select document_id, sha256, count(*) filter (review_status = 'accepted') as accepted,
                count(*) filter (review_status = 'rejected') as rejected
            from raw.documents left join raw.claims as claims using (document_id) group by all
        ) using (document_id, sha256)
        where (accepted_count, rejected_count) is distinct from (accepted, rejected)
        """,
        reason="How far a document is reviewed is told by its decisions.",
    ),
]

RULES = {"review_queue": QUEUE, "document_coverage": COVERAGE}
"""Of the mart, `is_filled` or `may_be_empty` hold as of any other."""
