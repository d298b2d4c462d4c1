"""Suites of the published years: the calendar itself, and the shares of a claim's days that fall into each year.

What belongs here: coverage of time. What does not: the rule that puts a claim in a year (dbt's unit tests).
"""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.rules import no_rows

YEARS: list[Expectation] = [
    no_rows(
        "years_follow_without_a_gap",
        """
        select year_id, 'year_number' as column_name, year_number as value,
            concat('the year before it is ', before, ': add the years in between') as remedy
        from (
            select *, lag(year_number) over (partition by year_basis order by year_number) as before
            from checked where year_number is not null
        )
        where year_number <> before + 1
        """,
        reason="A chart over a calendar with a hole draws a line across it.",
    ),
    no_rows(
        "covers_the_years_of_all_claims",
        """
        select year_id, 'year_id' as column_name, year_id as value, 'add the year, claims refer to it' as remedy
        from (
            select fiscal_year_id as year_id from marts.fct_claims
            union select calendar_year_id from marts.fct_claims
            union select year_id from marts.bridge_claim_year
            union select unnest(['spans', 'not-stated'])
        )
        anti join checked using (year_id)
        """,
        reason="A claim whose year is no member vanishes from every report that joins it.",
    ),
    no_rows(
        "years_are_plausible",
        """
        select year_id, 'year_number' as column_name, year_number as value,
            'before 1970, or more than two years after the newest document and after all official statistics: correct '
                'the period that reaches it' as remedy
        from checked
        where year_number < 1970
            or year_number > (
                select max(year(greatest(coalesce(published_on, event_on), coalesce(event_on, published_on)))) + 2
                from marts.dim_document
            )
            and year_number > (select coalesce(max(year(last_month_on + interval 3 months)), 0) from marts.dim_vintage)
        """,
        reason="Texts look back some years, and ahead as far as a budget request; statistics go on after the newest.",
    ),
]

CLAIM_YEARS: list[Expectation] = [
    no_rows(
        "day_shares_add_up_to_one",
        """
        select claim_id, year_basis, 'day_share' as column_name, sum(day_share) as value,
            'the shares of a claim over the years of one basis add up to 1: mend the rule of shares' as remedy
        from checked group by claim_id, year_basis
        having sum(day_share) <> 1 or min(day_share) <= 0 or count(day_share) not in (0, count(*))
            or (count(day_share) = 0) <> bool_and(coverage = 'not_stated')
        """,
        reason="A figure that is spread over years keeps its size, and one without a year is not spread.",
    ),
    no_rows(
        "every_claim_has_its_years",
        """
        select claim_id, 'year_id' as column_name, string_agg(year_id, ', ' order by year_id) as value,
            'give the claim its fiscal and calendar years, or not-stated' as remedy
        from marts.fct_claims left join checked using (claim_id)
        group by claim_id
        having count(distinct year_basis) <> if(bool_and(coverage = 'not_stated'), 1, 2)
        """,
        reason="A claim without a row here is missing from every report by year, also from the year not stated.",
    ),
]

RULES = {"dim_year": YEARS, "bridge_claim_year": CLAIM_YEARS}
