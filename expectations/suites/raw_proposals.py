"""Suites of what was read and is not decided: proposals, numbers left out, and the texts that they stand in.

What belongs here: what makes a proposal unlocated, or a text's figures lost in silence. What does not: types,
vocabularies, keys and references, which the loader has checked. Their sizes depend on the reader's own documents, so
none is committed.
"""

from __future__ import annotations

from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.expectation import Expectation

from expectations.rules import holds, no_rows


def spans_lie_in_a_text_that_was_read() -> Expectation:
    """Each row's characters are some, and characters of a text that was read."""
    return no_rows(
        "spans_lie_in_a_text_that_was_read",
        """
        select checked._source_file, checked._source_row, 'char_end' as column_name,
            concat(char_start, ' to ', char_end) as value,
            concat('characters of no text that was read (', coalesce(cast(char_count as varchar), 'none'),
                ' characters): extract the document again') as remedy
        from checked left join (from raw.read_documents where read_status = 'read') using (document_id)
        where char_end <= char_start or char_end > char_count or char_count is null
        """,
        reason="A figure without its characters proves nothing, and nobody can review it.",
    )


def names_the_file_of_its_document() -> Expectation:
    """A row tells which row of which version of its document's file it is."""
    return no_rows(
        "names_its_source",
        """
        select _source_file, _source_row, '_source_row' as column_name,
            concat_ws(' ', _source_file, _source_row) as value, 'load the proposals again' as remedy
        from (
            select *, count(*) over (partition by _source_file, _source_row) as twins,
                count(distinct _source_sha256) over (partition by _source_file) as versions
            from checked
        )
        where _source_file is null or not ends_with(_source_file, concat('/', document_id, '.csv'))
            or _source_row is null or _source_row < 2 or twins > 1
            or _source_sha256 is null or versions > 1 or _loaded_at is null
        """,
        reason="What is to be reviewed is found by the row that it stands in.",
    )


PROPOSALS: list[Expectation] = [
    names_the_file_of_its_document(),
    spans_lie_in_a_text_that_was_read(),
    holds(
        ExpectColumnValuesToBeBetween,
        "confidence_is_a_share",
        reason="Reviewers sort by it: a percentage among shares would come first, or last, for no reason.",
        column="confidence",
        min_value=0,
        max_value=1,
    ),
    no_rows(
        "confidence_has_its_reason",
        """
        select _source_file, _source_row, 'reason' as column_name, confidence as value,
            'say which rule the confidence is of, or leave both empty in a row of your own' as remedy
        from checked where (confidence is null) <> (reason is null)
        """,
        reason="How sure a proposal is means something only together with the rule that says so.",
    ),
    no_rows(
        "spans_do_not_overlap",
        """
        select _source_file, _source_row, 'char_start' as column_name, char_start as value,
            'starts before the span of an earlier row ends: the same characters are one figure, keep one row' as remedy
        from (
            select *, max(char_end) over (
                partition by document_id order by char_start, char_end
                rows between unbounded preceding and 1 preceding
            ) as reached
            from checked
        )
        where char_start < reached
        """,
        reason="Characters that wait in two rows would be accepted twice.",
    ),
]

FIGURES_LEFT_OUT: list[Expectation] = [
    names_the_file_of_its_document(),
    spans_lie_in_a_text_that_was_read(),
    no_rows(
        "is_not_proposed_as_well",
        """
        select checked._source_file, checked._source_row, 'char_start' as column_name, checked.char_start as value,
            concat('is proposed in ', proposals._source_file, ', row ', proposals._source_row,
                ': extract the document again') as remedy
        from checked join raw.proposals as proposals using (document_id)
        where proposals.char_start < checked.char_end and proposals.char_end > checked.char_start
            and proposals.confidence is not null
        """,
        reason="A number that is a figure and no figure is counted twice in what was found.",
    ),
]

READ_DOCUMENTS: list[Expectation] = [
    no_rows(
        "names_its_source",
        """
        select _source_file, _source_row, '_source_row' as column_name,
            concat_ws(' ', _source_file, _source_row) as value, 'load the proposals again' as remedy
        from checked
        where _source_row is null or _source_sha256 is null or _loaded_at is null or _source_file is null
            or not case read_status
                when 'read' then _source_file = concat('documents/', document_id, '.json')
                when 'unreadable' then starts_with(_source_file, 'unreadable/')
                when 'not_read' then ends_with(_source_file, concat('/', file_name))
            end
        """,
        reason="Whether a text was read is told by the note that its reading left.",
    ),
    no_rows(
        "says_what_became_of_it",
        """
        select _source_file, _source_row, 'read_status' as column_name, read_status as value,
            'a text that was read has a hash and a length, one that cannot be read has a reason: read it again'
                as remedy
        from checked
        where (read_status = 'read') <> (char_count is not null and sha256 is not null)
            or (read_status = 'unreadable') <> (read_problem is not null)
        """,
        reason="A text that failed without a word looks like one that holds no figure.",
    ),
    no_rows(
        "is_read_in_one_version",
        """
        select _source_file, _source_row, 'document_id' as column_name, document_id as value,
            'two texts have the proposals of one: rename one of the files and extract it again' as remedy
        from checked where read_status = 'read'
        qualify count(*) over (partition by document_id) > 1
        """,
        reason="Proposals are characters of one text; in another they are other characters.",
    ),
    no_rows(
        "texts_of_a_registered_file_keep_their_length",
        """
        select checked._source_file, checked._source_row, 'char_count' as column_name, checked.char_count as value,
            concat('documents.csv says ', documents.char_count, ' of the same file: correct it there') as remedy
        from checked join raw.documents as documents using (document_id, sha256)
        where checked.char_count <> documents.char_count
        """,
        reason="The same bytes read with another length have other offsets: no span of them can be trusted.",
    ),
]
