"""Suites of the raw tables: committed sizes, provenance, documents and the members of dimensions.

What belongs here: what holds of a loaded table beyond its declared schema. What does not: types, vocabularies,
keys and references, which the loader has checked row by row; figures (`raw_claims.py`), their ties (`raw_ties.py`),
what is not decided (`raw_proposals.py`) and official statistics (`raw_official.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from great_expectations.expectations.expectation import Expectation

from expectations.counts import CommittedCount
from expectations.rules import no_rows
from expectations.suites import raw_claims, raw_official, raw_proposals, raw_ties
from ingest.tables import TABLES

EARLIEST = "1970-01-01"
"""The agencies and programmes of these texts are hardly older (the DEA is of 1973): an earlier year is a slip."""

HIERARCHIES = {
    "agencies": ("agency_id", "parent_agency_id"),
    "commodities": ("commodity_id", "parent_commodity_id"),
    "framework_areas": ("framework_area_id", "parent_framework_area_id"),
    "operations": ("operation_id", "parent_operation_id"),
    "places": ("place_id", "parent_place_id"),
    "subjects": ("subject_id", "parent_subject_id"),
}
"""Raw table → its key and the column that names a row's parent."""

NAMED_MEMBERS = {
    "agencies": ("agency_id", ("agency_name", "acronym")),
    "commodities": ("commodity_id", ("commodity_name",)),
    "framework_areas": ("framework_area_id", ("framework_area_name",)),
    "operations": ("operation_id", ("operation_name",)),
    "places": ("place_id", ("place_name",)),
    "subjects": ("subject_id", ("subject_name",)),
    "units": ("unit_id", ("unit_name",)),
}
"""Raw table → its key and the columns that, beside its aliases, are searched for in texts."""


def rules(counts: Iterable[CommittedCount]) -> dict[str, list[Expectation]]:
    """The expectations of every raw table; `counts` are the committed ones."""
    counts = list(counts)
    found: dict[str, list[Expectation]] = {
        table.name: [committed_count(table.name, counts), names_its_source(table.name)] for table in TABLES
    }
    for name in HIERARCHIES:
        found[name].append(hierarchy_ends(name))
    for name in NAMED_MEMBERS:
        found[name].append(aliases_mean_one_member(name))
    found["documents"] += DOCUMENTS
    found["operations"] += OPERATIONS
    found["claims"] += raw_claims.CLAIMS
    found["claim_agencies"] += raw_ties.CLAIM_AGENCIES
    found["claim_operations"] += raw_ties.CLAIM_OPERATIONS
    found["claim_relations"] += raw_ties.CLAIM_RELATIONS
    found["proposals"] = raw_proposals.PROPOSALS
    found["figures_left_out"] = raw_proposals.FIGURES_LEFT_OUT
    found["read_documents"] = raw_proposals.READ_DOCUMENTS
    found["official_seizures"] = raw_official.OFFICIAL_SEIZURES
    found["official_year_totals"] += raw_official.YEAR_TOTALS
    return found


LISTED = 5
"""Most documents that one message names."""


def committed_count(table: str, counts: Iterable[CommittedCount]) -> Expectation:
    """The table has as many rows as were committed, as a whole and for each document that it counts by."""
    of_table = [count for count in counts if count.table_name == table]
    lines = ", ".join(f"({literal(count.document_id)}, {count.row_count})" for count in of_table)
    found = "select '' as document_id, count(*) as row_count from checked"
    if table == "claims":
        found += """
            union all
            select documents.document_id, count(checked.claim_id) from raw.documents as documents
            left join checked using (document_id) group by documents.document_id"""
    return no_rows(
        "has_the_committed_number_of_rows",
        f"""
        with committed as (
            select * from (values {lines or "(cast(null as varchar), 0)"}) as lines (document_id, row_count)
        ),
        found as ({found}),
        sides as (
            select
                document_id, coalesce(found.row_count, 0) as now,
                coalesce(cast(committed.row_count as varchar), 'none') as before,
                found.row_count is distinct from committed.row_count as is_other
            from found full join committed using (document_id)
            where document_id is not null
        ),
        documents as (
            select
                count(*) as other_count,
                array_to_string(
                    list(concat(document_id, ' ', now, ' (', before, ')') order by document_id)[1:{LISTED}], ', '
                ) as names
            from sides where is_other and document_id <> ''
        )
        select
            'seeds/{table}.csv' as _source_file, '' as _source_row, 'row_count' as column_name, sides.now as value,
            concat(
                'committed are ', sides.before,
                if(documents.other_count > 0, concat('; claims of ', documents.names), ''),
                if(documents.other_count > {LISTED}, concat(' and of ', documents.other_count - {LISTED}, ' more'), ''),
                '. If the change is meant, run `make counts`; if not, undo it'
            ) as remedy
        from sides cross join documents
        where sides.document_id = '' and (sides.is_other or documents.other_count > 0)
        """,
        reason="A table that lost or gained rows unnoticed is wrong however well-formed each row is.",
    )


def names_its_source(table: str) -> Expectation:
    """Every row tells which row of which version of one file it is."""
    return no_rows(
        "names_its_source",
        f"""
        select
            _source_file, _source_row, '_source_row' as column_name, concat_ws(' ', _source_file, _source_row) as value,
            'load the table again from one version of {table}.csv' as remedy
        from (
            select *, count(*) over (partition by _source_row) as twins,
                count(distinct _source_sha256) over () as versions
            from checked
        )
        where _source_file is null or not ends_with(_source_file, '{table}.csv')
            or _source_row is null or _source_row < 2 or twins > 1
            or _source_sha256 is null or versions > 1 or _loaded_at is null
        """,
        reason="A number is only as good as the way back to the row that it came from.",
    )


def hierarchy_ends(table: str) -> Expectation:
    """Going from parent to parent ends somewhere."""
    key, parent = HIERARCHIES[table]
    return no_rows(
        "parents_form_no_loop",
        f"""
        with recursive ancestors as (
            select {key} as member, {parent} as ancestor from checked where {parent} is not null
            union
            select ancestors.member, checked.{parent}
            from ancestors join checked on checked.{key} = ancestors.ancestor
            where checked.{parent} is not null
        )
        select _source_file, _source_row, '{parent}' as column_name, {parent} as value,
            'a member cannot be inside itself, also not by way of others: correct one of their parents' as remedy
        from checked join ancestors on ancestors.member = {key} and ancestors.ancestor = {key}
        """,
        reason="What rolls up along a hierarchy would never end, or be lost.",
    )


def aliases_mean_one_member(table: str) -> Expectation:
    """A name or alias stands for one member, in whatever case it is written."""
    key, columns = NAMED_MEMBERS[table]
    names = ", ".join(columns)
    return no_rows(
        "aliases_mean_one_member",
        f"""
        with names as (
            select distinct {key}, lower(trim(unnest(list_concat([{names}], string_split(aliases, '|'))))) as name
            from checked
        ),
        shared as (select name, string_agg({key}, ', ' order by {key}) as members from names
            where name <> '' group by name having count(*) > 1)
        select _source_file, _source_row, 'aliases' as column_name, name as value,
            concat('means ', members, ': leave it with one of them') as remedy
        from shared join names using (name) join checked using ({key})
        """,
        reason="A text that uses the name would be tied to one member or the other by chance.",
    )


def literal(text: str) -> str:
    """Text as a SQL literal, inside a query that GX formats."""
    return "'" + text.replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"


DOCUMENTS: list[Expectation] = [
    no_rows(
        "is_in_english",
        """
        select _source_file, _source_row, 'language' as column_name, language as value,
            'take the document out, or teach ingest the numbers of its language first' as remedy
        from checked where language <> 'en'
        """,
        reason="Number words, decimal marks and bounding words are read as English; another language misreads.",
    ),
    no_rows(
        "has_an_address_or_a_note",
        """
        select _source_file, _source_row, 'source_url' as column_name, source_url as value,
            'give the address to cite, or say in the note why there is none' as remedy
        from checked where source_url is null and mirror_of_url is null and note is null
        """,
        reason="A number is cited with its address; where the text gives none, that is said.",
    ),
    no_rows(
        "copies_cite_their_original",
        """
        select _source_file, _source_row, 'source_url' as column_name, source_url as value,
            concat('cite the original, ', mirror_of_url, ', and not the copy that was read') as remedy
        from checked where mirror_of_url is not null and source_url is distinct from mirror_of_url
        """,
        reason="A mirror may vanish or change; the statement is the publisher's.",
    ),
    no_rows(
        "mirrors_name_their_original",
        """
        select _source_file, _source_row, 'mirror_of_url' as column_name, mirror_of_url as value,
            'give the address of the original, or say in the note that “the address of the original is not stated”'
                as remedy
        from checked
        where mirror_of_url is null and note ilike '%mirror%' and note not ilike '%original is not stated%'
        """,
        reason="The date, the masthead and the furniture of a mirror are not the document's: readers must know.",
    ),
    no_rows(
        "inferred_dates_are_explained",
        """
        select _source_file, _source_row, 'note' as column_name, published_on as value,
            'say in the note what the date of issue was inferred from, or leave the date empty' as remedy
        from checked where published_on_basis = 'inferred' and note is null
        """,
        reason="A date that the text does not state is the curator's reading, which others have to be able to check.",
    ),
    no_rows(
        "is_dated_in_plausible_years",
        f"""
        select _source_file, _source_row, column_name, value,
            'not between {EARLIEST} and the day of loading: take the date from the text again' as remedy
        from (unpivot checked on published_on, event_on into name column_name value value)
        where value not between date '{EARLIEST}' and cast(_loaded_at as date) + 1
        """,
        reason="A document is not of the future, and not older than the agencies that it speaks of (DEA: 1973).",
    ),
    no_rows(
        "has_the_length_of_a_text",
        """
        select _source_file, _source_row, 'char_count' as column_name, char_count as value,
            'shorter than 50 or longer than 2,000,000 characters: read the file again' as remedy
        from checked where char_count not between 50 and 2000000
        """,
        reason="Shorter is a failed download or an error page, longer is a whole archive in one file.",
    ),
    no_rows(
        "was_read_once",
        """
        select _source_file, _source_row, 'sha256' as column_name, sha256 as value,
            concat('the same file as ', string_agg(document_id, ', ') over (partition by sha256),
                ': keep one of them') as remedy
        from checked qualify count(*) over (partition by sha256) > 1
        """,
        reason="The same text under two names counts every figure twice.",
    ),
]

OPERATIONS: list[Expectation] = [
    no_rows(
        "runs_forward_in_plausible_years",
        f"""
        select _source_file, _source_row, 'ended_on' as column_name,
            concat_ws(' to ', started_on, ended_on) as value,
            'not in order, or not between {EARLIEST} and the day of loading: take the dates again' as remedy
        from checked
        where started_on > ended_on or started_on < date '{EARLIEST}' or started_on > cast(_loaded_at as date)
            or ended_on < date '{EARLIEST}'
        """,
        reason="An operation ends after it starts; one older than its agencies (DEA: 1973) is a slip of a digit.",
    ),
]
