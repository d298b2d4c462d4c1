"""Suites of published official statistics: months without a gap, vintages in their time, the newest of each, extremes.

What belongs here: coverage, provenance and distribution of the statistics. What does not: keys and arithmetic (dbt
tests); files against the register (`raw_official.py`); what the statistics say of claims (`marts_reconciliation.py`).
"""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.extremes import BOUNDS, EXTREMES
from expectations.rules import no_rows

COMPONENTS_OF = {"nationwide_drugs": ("ofo", "usbp"), "amo_drugs": ("amo",)}
"""Dataset → the components that seize something in every month. Of weapons and of currency no file was at hand to say
whether each component does."""

_PAIRS = ", ".join(f"('{dataset}', '{name}')" for dataset, names in COMPONENTS_OF.items() for name in names)
_BOUNDS = ", ".join(f"('{commodity_id}', {bound})" for commodity_id, bound in BOUNDS.items())
_KNOWN = ", ".join(
    f"(date '{extreme.month_starts_on}', '{extreme.component_id}', '{extreme.area_id}', '{extreme.commodity_id}', "
    f"{extreme.quantity})"
    for extreme in EXTREMES
)

VINTAGES: list[Expectation] = [
    no_rows(
        "holds_every_file_that_was_loaded",
        """
        select vintage_id, 'vintage_id' as column_name, vintage_id as value,
            concat('loaded from ', any_value(_source_file), ' and not published with this content: mend dim_vintage')
                as remedy
        from raw.official_seizures
        anti join (select vintage_id, sha256 as _source_sha256 from checked where has_areas)
            using (vintage_id, _source_sha256)
        group by vintage_id
        """,
        reason="A figure of a file is only as good as the way back to the bytes of the file.",
    ),
    no_rows(
        "was_not_out_before_its_last_month_was_over",
        """
        select vintage_id, 'last_month_on' as column_name, last_month_on as value,
            concat('a file of ', coalesce(cast(published_on as varchar), 'a day before its loading'),
                ' cannot tell all of that month: correct published_on, or fetch the file again') as remedy
        from checked
        where covers_through_on >= coalesce(
            published_on, (select cast(max(_loaded_at) as date) from raw.official_vintages)
        )
        """,
        reason="Which vintage was known when a statement was made rests on these days; a month to come is a slip.",
    ),
    no_rows(
        "is_known_to_be_newer_or_older",
        """
        select later.vintage_id, 'published_on' as column_name, later.published_on as value,
            concat('ends in the same month as ', earlier.vintage_id, ', and nobody knows which was published later; ',
                'it is taken for the newer one. Register both with `make statistics` and fill published_on, or take ',
                'one of the files out') as remedy
        from checked as later join checked as earlier
            on later.dataset = earlier.dataset and later.last_month_on = earlier.last_month_on
            and later.vintage_rank > earlier.vintage_rank
        where later.published_on is null or earlier.published_on is null
        """,
        reason="The newer of two vintages counts, and a name of a file does not say which it is.",
        severity=FailureSeverity.WARNING,
    ),
]

FACTS: list[Expectation] = [
    no_rows(
        "holds_what_was_loaded",
        """
        with loaded as (
            select vintage_id, sum(quantity) as quantity from raw.official_seizures group by all
            union all
            select vintage_id, sum(quantity) from raw.official_totals
            anti join (select distinct vintage_id from raw.official_seizures) using (vintage_id)
            group by all
        ),
        published as (select vintage_id, sum(quantity) as quantity from checked group by all)
        select vintage_id, 'quantity' as column_name, published.quantity as value,
            concat('the loaded rows of the vintage come to ', loaded.quantity, ' in all: mend int_official_rows')
                as remedy
        from published full join loaded using (vintage_id)
        where published.quantity is distinct from loaded.quantity
        """,
        reason="Unlike units make no figure, but a sum of all of them still shows the row that got lost or doubled.",
    ),
    no_rows(
        "has_every_component_in_every_month",
        f"""
        with expected as (
            select vintage_id, component_id, file_name,
                unnest(generate_series(first_month_on, last_month_on, interval 1 month))::date as month_starts_on
            from marts.dim_vintage join (values {_PAIRS}) as pairs (dataset, component_id) using (dataset)
        )
        select vintage_id, month_starts_on, component_id, 'month_starts_on' as column_name, month_starts_on as value,
            concat(file_name, ' has no row of ', component_id,
                ' in this month: fetch it again; a month in which it seized nothing is not known of') as remedy
        from expected anti join checked using (vintage_id, component_id, month_starts_on)
        """,
        reason="A month without rows reads as a month without seizures; in all since October 2018 there were some.",
    ),
    no_rows(
        "lies_in_the_months_of_its_vintage",
        """
        select checked.vintage_id, month_starts_on, 'month_starts_on' as column_name, month_starts_on as value,
            concat('the vintage covers ', coalesce(cast(first_month_on as varchar), 'nothing'), ' to ',
                coalesce(cast(last_month_on as varchar), 'nothing'), ': mend dim_vintage') as remedy
        from checked left join marts.dim_vintage using (vintage_id)
        where month_starts_on not between first_month_on and last_month_on or first_month_on is null
        group by all
        """,
        reason="Of a month that a vintage does not cover it tells nothing; a row of one is of another file or time.",
    ),
]

CURRENT: list[Expectation] = [
    no_rows(
        "has_the_newest_vintage_of_each_month",
        """
        with told as (
            select dataset, month_starts_on, vintage_id, count(*) as row_count, sum(quantity) as quantity
            from marts.fct_official_seizures group by all
        ),
        newest as (
            select told.* from told join marts.dim_vintage using (vintage_id)
            qualify vintage_rank = max(vintage_rank) over (partition by told.dataset, month_starts_on)
        ),
        found as (
            select dataset, month_starts_on, string_agg(distinct vintage_id, ', ' order by vintage_id) as vintage_id,
                count(*) as row_count, sum(quantity) as quantity
            from checked group by all
        )
        select dataset, month_starts_on, 'vintage_id' as column_name,
            concat(coalesce(found.vintage_id, 'none'), ' with ', coalesce(found.row_count, 0), ' rows') as value,
            concat('the newest vintage is ', coalesce(newest.vintage_id, 'none'), ' with ',
                coalesce(newest.row_count, 0), ' rows: mend official_seizures_current') as remedy
        from newest full join found using (dataset, month_starts_on)
        where (newest.vintage_id, newest.row_count, newest.quantity)
            is distinct from (found.vintage_id, found.row_count, found.quantity)
        """,
        reason="Whoever adds this table up relies on each month being there once, as it is told now.",
    ),
    no_rows(
        "extremes_are_explained",
        f"""
        with known as (
            select *
            from (values {_KNOWN}) as extremes (month_starts_on, component_id, area_id, commodity_id, quantity)
            -- only where that month is told by area
            semi join (select component_id, month_starts_on from checked where area_id <> 'all-areas')
                using (component_id, month_starts_on)
        ),
        found as (
            select month_starts_on, component_id, area_id, commodity_id, quantity, event_count
            from checked join (values {_BOUNDS}) as bounds (commodity_id, bound) using (commodity_id)
            where unit_id = 'lb' and area_id <> 'all-areas' and quantity > bound
        )
        select month_starts_on, component_id, area_id, commodity_id, 'quantity' as column_name,
            if(found.quantity is null, 'not there', concat(found.quantity, ' lb in ', event_count, ' events')) as value,
            concat(
                if(known.quantity is null, 'above all others and not explained',
                    concat('explained as ', known.quantity, ' and told otherwise now')),
                '. Look at the file, and say in expectations/extremes.py what is known of it'
            ) as remedy
        from found full join known using (month_starts_on, component_id, area_id, commodity_id)
        where found.quantity is distinct from known.quantity
        """,
        # an extreme may be right, as all were so far: to stop would keep a whole new vintage back for one true row
        severity=FailureSeverity.WARNING,
        reason="An amount far above all others is a slip, or an event that whoever sums it up has to know of.",
    ),
]

RULES = {
    "dim_vintage": VINTAGES,
    "fct_official_seizures": FACTS,
    "official_seizures_current": CURRENT,
}
