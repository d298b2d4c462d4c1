"""Suites of official statistics as loaded: whole files, and sums that agree with what the seed tables say of them.

What belongs here: rows of files against the register and the totals that were derived from them. What does not: words
and values of a row, which the reader has checked; coverage of months (`marts_official.py`). Which files are at hand is
the user's choice: with none of them `official_seizures` is empty, and no rule fails.
"""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.rules import no_rows

KEYS = "component_id, region_id, commodity_id"

NAMED = """
    select
        rows.vintage_id, rows.dataset, rows._source_file, rows._source_sha256, rows.fiscal_year, rows.month_starts_on,
        components.term_id as component_id, regions.term_id as region_id, categories.term_id as commodity_id,
        rows.quantity, rows.event_count, rows.event_id
    from checked as rows
    join raw.official_terms as components
        on components.term_kind = 'component' and components.term = upper(rows.component)
    join raw.official_terms as regions on regions.term_kind = 'region' and regions.term = upper(rows.region)
    join raw.official_terms as categories
        on categories.term_kind = 'category' and categories.term = upper(rows.category)
"""
"""Rows of files under the keys of the seed tables; a word that is not there is found by the sums."""

EVENTS = "if(max(event_id) is null, sum(event_count), count(distinct event_id))"
"""Seizures of rows: where the file names its events, one that stands in several rows is one."""

NOISE = "0.000001"
"""Files print weights as binary floats: the same weight differs in its last digits from one file to the next."""


def adds_up_to(table: str, period: str) -> Expectation:
    """The rows of a registered content come to its totals in a seed table, by `period` and the other keys."""
    return no_rows(
        f"adds_up_to_{table}",
        f"""
        with registered as (
            select distinct vintage_id
            from checked
            semi join (select vintage_id, sha256 as _source_sha256 from raw.official_vintages)
                using (vintage_id, _source_sha256)
        ),
        named as ({NAMED}),
        loaded as (
            select vintage_id, {period}, {KEYS}, sum(quantity) as quantity, {EVENTS} as events
            from named semi join registered using (vintage_id) group by all
        ),
        totals as (from raw.{table} semi join registered using (vintage_id))
        select
            'seeds/{table}.csv' as _source_file, totals._source_row, 'quantity' as column_name,
            if(totals.vintage_id is null, 'no total', concat(totals.quantity, ' in ', totals.event_count, ' events'))
                as value,
            concat(
                vintage_id, ', ', {period}, ', ', concat_ws(' ', {KEYS}), ' of the file comes to ',
                coalesce(loaded.quantity, 0), ' in ', coalesce(loaded.events, 0),
                ' events. Undo the change of {table}.csv, or derive it anew with `make statistics`'
            ) as remedy
        from loaded full join totals using (vintage_id, {period}, {KEYS})
        where (loaded.quantity, loaded.events) is distinct from (totals.quantity, totals.event_count)
        """,
        reason="Files and totals stand in for each other: what a fresh machine says without the files has to be what "
        "they say, to the last digit.",
    )


FEW = 0.01
"""Share of the monthly figures that a publisher may well lower, and no other raise, from one edition to the next."""


MANY_GONE, SHARE_GONE = 3, 0.33
"""What no revision takes out of a month: of the drugs by region of one component a third, and at least three."""


def tells_no_less_than_the_registered(
    name: str, condition: str, *, severity: FailureSeverity, reason: str
) -> Expectation:
    """A file that is not registered and takes the place of one that is does not only tell less of the same months.

    Revisions move figures up and down; a file that lost rows only down, or it is without much of a month that another
    one has. An edition that ends in the same month is the
    same one, which nobody revises. A file that ends before a registered one takes no month from it, and may tell what
    it likes.
    """
    return no_rows(
        name,
        f"""
        with named as ({NAMED}),
        files as (
            select vintage_id, dataset, any_value(_source_file) as _source_file,
                min(month_starts_on) as first_month_on, max(month_starts_on) as last_month_on
            from checked anti join (select sha256 as _source_sha256 from raw.official_vintages) using (_source_sha256)
            group by vintage_id, dataset
        ),
        pairs as (
            select files.vintage_id, files._source_file, registered.vintage_id as registered_id,
                greatest(files.first_month_on, registered.first_month_on) as first_month_on,
                least(files.last_month_on, registered.last_month_on) as last_month_on,
                files.last_month_on = registered.last_month_on as is_same_edition
            from files join raw.official_vintages as registered
                on files.dataset = registered.dataset and files.last_month_on >= registered.last_month_on
        ),
        told as (
            select pairs.vintage_id, registered_id, month_starts_on, {KEYS}, sum(quantity) as quantity,
                {EVENTS} as events, 0 as registered_quantity, 0 as registered_events
            from pairs join named using (vintage_id)
            where month_starts_on between first_month_on and last_month_on
            group by all
            union all by name
            select pairs.vintage_id, registered_id, month_starts_on, {KEYS}, 0 as quantity, 0 as events,
                totals.quantity as registered_quantity, totals.event_count as registered_events
            from pairs join raw.official_totals as totals on totals.vintage_id = registered_id
            where month_starts_on between first_month_on and last_month_on
        ),
        differences as (
            select vintage_id, registered_id, month_starts_on, {KEYS},
                sum(quantity) - sum(registered_quantity) as quantity, sum(events) - sum(registered_events) as events,
                sum(registered_events) > 0 as is_held, sum(registered_events) > 0 and sum(events) = 0 as is_gone
            from told group by all
        ),
        gutted as (
            select vintage_id, registered_id, true as is_gutted
            from (
                select vintage_id, registered_id, count(*) filter (where is_held) as held_count,
                    count(*) filter (where is_gone) as gone_count
                from differences group by vintage_id, registered_id, month_starts_on, component_id
            )
            group by vintage_id, registered_id
            having bool_or(gone_count >= {MANY_GONE} and gone_count > {SHARE_GONE} * held_count)
        ),
        compared as (
            select vintage_id, registered_id, count(*) as figure_count,
                count(*) filter (where quantity < -{NOISE} or events < 0) as less_count,
                count(*) filter (where quantity > {NOISE} or events > 0) as more_count,
                min(concat_ws(' ', month_starts_on, {KEYS})) filter (where quantity < -{NOISE} or events < 0)
                    as first_less
            from differences group by all
        )
        select
            _source_file, '' as _source_row, 'quantity' as column_name,
            concat(less_count, ' of ', figure_count, ' monthly figures lower than in ', registered_id, ', the first ',
                first_less, if(more_count = 0, '; none higher', '')) as value,
            'the file looks cut short: fetch it again, or take it out of the folder. If the publisher did take these '
                'figures back, register the file with `make statistics`' as remedy
        from compared join pairs using (vintage_id, registered_id) left join gutted using (vintage_id, registered_id)
        where less_count > 0 and ({condition})
        """,
        reason=reason,
        severity=severity,
    )


OFFICIAL_SEIZURES: list[Expectation] = [
    no_rows(
        "names_its_source",
        """
        select
            _source_file, first_row as _source_row, '_source_row' as column_name,
            concat_ws(' ', _source_file, first_row) as value,
            concat(row_count, ' rows with ', number_count, ' numbers up to ', last_row, ', ', version_count,
                ' contents and ', vintage_count, ' vintages: load the file again, each row of it once') as remedy
        from (
            select
                _source_file, count(*) as row_count, count(distinct _source_row) as number_count,
                min(_source_row) as first_row, max(_source_row) as last_row,
                count(distinct _source_sha256) as version_count, count(distinct vintage_id) as vintage_count,
                bool_and(_loaded_at is not null) as is_timed
            from checked group by _source_file
        )
        where not coalesce(starts_with(_source_file, 'statistics/'), false) or not is_timed
            or first_row <> 2 or last_row <> row_count + 1 or number_count <> row_count
            or version_count <> 1 or vintage_count <> 1
        """,
        reason="A row of a file that is missing or there twice changes a sum, and nobody sees which.",
    ),
    no_rows(
        "has_the_rows_of_the_register",
        """
        with loaded as (
            select _source_file, _source_sha256 as sha256, vintage_id, dataset, count(*) as row_count,
                min(month_starts_on) as first_month_on, max(month_starts_on) as last_month_on
            from checked group by all
        )
        select
            loaded._source_file, '' as _source_row, 'row_count' as column_name,
            concat(loaded.row_count, ' rows, ', loaded.first_month_on, ' to ', loaded.last_month_on, ', as ',
                loaded.dataset, ' ', loaded.vintage_id) as value,
            concat(
                'seeds/official_vintages.csv, row ', registered._source_row, ', has this content with ',
                registered.row_count, ' rows, ', registered.first_month_on, ' to ', registered.last_month_on, ', as ',
                registered.dataset, ' ', registered.vintage_id,
                '. Undo the change of the register, or derive it anew with `make statistics`'
            ) as remedy
        from loaded join raw.official_vintages as registered using (sha256)
        where (loaded.vintage_id, loaded.dataset, loaded.row_count, loaded.first_month_on, loaded.last_month_on)
            is distinct from (registered.vintage_id, registered.dataset, registered.row_count,
                registered.first_month_on, registered.last_month_on)
        """,
        reason="The same bytes hold the same rows: a difference is a row lost in reading, or a slip in the register.",
    ),
    adds_up_to("official_year_totals", "fiscal_year"),
    adds_up_to("official_totals", "month_starts_on"),
    tells_no_less_than_the_registered(
        "is_not_a_registered_file_cut_short",
        f"coalesce(is_gutted, false) or (more_count = 0 and (is_same_edition or less_count > {FEW} * figure_count))",
        severity=FailureSeverity.CRITICAL,
        reason="A file that lost rows would be published as what was seized.",
    ),
    tells_no_less_than_the_registered(
        "takes_no_figure_back",
        f"is_gutted is null and more_count = 0 and not is_same_edition and less_count <= {FEW} * figure_count",
        severity=FailureSeverity.WARNING,
        reason="A publisher corrects a figure downwards now and then; a file that lost its last rows looks the same.",
    ),
]

YEAR_TOTALS: list[Expectation] = [
    no_rows(
        "is_the_sum_of_the_months",
        f"""
        with months as (
            select vintage_id, year(month_starts_on + interval 3 months) as fiscal_year, {KEYS},
                sum(quantity) as quantity, sum(event_count) as event_count
            from raw.official_totals group by all
        )
        select
            'seeds/official_year_totals.csv' as _source_file, checked._source_row, 'quantity' as column_name,
            if(checked.vintage_id is null, 'no total', concat(checked.quantity, ' in ', checked.event_count, ' events'))
                as value,
            concat(
                vintage_id, ', ', fiscal_year, ', ', concat_ws(' ', {KEYS}), ' of official_totals.csv comes to ',
                coalesce(months.quantity, 0), ' in ', coalesce(months.event_count, 0),
                ' events. Undo the change of either table, or derive both anew with `make statistics`'
            ) as remedy
        from checked full join months using (vintage_id, fiscal_year, {KEYS})
        left join raw.official_vintages as registered using (vintage_id)
        where checked.quantity is distinct from months.quantity
            or checked.event_count > months.event_count
            -- an event of weapons may stand in two months, and is one event of the year
            or (checked.event_count < months.event_count and dataset <> 'weapons_and_ammunition')
        """,
        reason="Months and years were added up from the files apart from each other: a slip in either table shows.",
    ),
]

RULES = {"official_seizures": OFFICIAL_SEIZURES, "official_year_totals": YEAR_TOTALS}
