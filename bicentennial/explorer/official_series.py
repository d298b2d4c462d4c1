"""Official statistics as columns over time: what a reader chose, the query, and where each column stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bicentennial.explorer.intervals import Axis, Interval
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Release, Row

COUNTED = {
    "nationwide": ("OFO and USBP: nationwide", ("ofo", "usbp")),
    "ofo": ("OFO: at ports of entry", ("ofo",)),
    "usbp": ("USBP: between ports of entry", ("usbp",)),
    "amo": ("AMO: with bodies outside of CBP, counted apart", ("amo",)),
}
"""What may be shown. AMO is in no nationwide total: it was seized together with others, who may count it too."""

PERIODS = {"fiscal_year": "Fiscal years", "month": "Months"}

COMMODITIES = """
select commodity_id as id, commodity_name as name
from marts.official_seizures_current join marts.dim_commodity using (commodity_id)
where mass_lb is not null
group by all order by name
"""

# All of AMO stands beside the chosen components, so that nobody looks for it in their sum.
AMOUNTS = """
select
    {period},
    cast(sum(mass_lb) filter (where component_id = 'ofo') as decimal(18, 2)) as ofo_lb,
    cast(sum(mass_lb) filter (where component_id = 'usbp') as decimal(18, 2)) as usbp_lb,
    cast(sum(mass_lb) filter (where component_id in ('ofo', 'usbp')) as decimal(18, 2)) as nationwide_lb,
    cast(sum(mass_lb) filter (where component_id = 'amo') as decimal(18, 2)) as amo_lb,
    sum(event_count) filter (where component_id in ('ofo', 'usbp')) as nationwide_events,
    sum(event_count) filter (where component_id = 'amo') as amo_events,
    -- of all commodities and components: a month without any of this one is a month all the same
    (
        select count(distinct months.month_starts_on) from marts.official_seizures_current as months
        where {same_period}
    ) as months
from marts.official_seizures_current as official
where commodity_id = $commodity
group by all
order by 1
"""
BY = {
    "fiscal_year": ("fiscal_year_id as period", "months.fiscal_year_id = official.fiscal_year_id"),
    "month": ("strftime(month_starts_on, '%Y-%m') as period", "months.month_starts_on = official.month_starts_on"),
}


@dataclass(frozen=True)
class Choice:
    """What a reader chose; what is not there is the first that is."""

    commodity: str
    counted: str
    period: str

    @classmethod
    def of(cls, query: Mapping[str, str], commodities: Sequence[Row]) -> Choice:
        ids = [row["id"] for row in commodities]
        usual = "fentanyl" if "fentanyl" in ids else next(iter(ids), "")
        commodity, counted, period = (query.get(name, "") for name in ("commodity", "counted", "period"))
        return cls(
            commodity if commodity in ids else usual,
            counted if counted in COUNTED else "nationwide",
            period if period in PERIODS else "fiscal_year",
        )

    def question(self) -> Question:
        name, same = BY[self.period]
        return Question(AMOUNTS.format(period=name, same_period=same), {"commodity": self.commodity})


@dataclass(frozen=True)
class Bar:
    """A part of a column, in percent of the plot."""

    kind: str
    y: str
    height: str


@dataclass(frozen=True)
class Column:
    """One period of the chart."""

    label: str
    x: str
    middle: str
    width: str
    top: str
    bars: list[Bar]
    value: Decimal
    is_partial: bool
    is_labelled: bool


@dataclass(frozen=True)
class Chart:
    """Columns over time, on an axis that begins at nought; bars of one column are stacked."""

    axis: Axis
    columns: list[Column]

    @property
    def lines(self) -> list[tuple[Decimal, str]]:
        """The ticks and how far from the top each stands."""
        return [(tick, _percent(1 - tick / self.axis.end)) for tick in self.axis.ticks]


def commodities(release: Release) -> list[Row]:
    return release.rows(COMMODITIES)


def chart(rows: Sequence[Row], choice: Choice) -> Chart:
    """The chosen components of each period, drawn."""
    parts = COUNTED[choice.counted][1]
    values = [[row[f"{part}_lb"] or Decimal(0) for part in parts] for row in rows]
    sums = [sum(value, Decimal(0)) for value in values]
    axis = Axis.of(Interval(value, value, value, True, True, "exact") for value in sums)
    columns = []
    for place, (row, value, total) in enumerate(zip(rows, values, sums, strict=True)):
        bars, below = [], Decimal(0)
        for kind, amount in zip(parts, value, strict=True):
            below += amount
            bars.append(Bar(kind, _percent(1 - below / axis.end), _percent(amount / axis.end)))
        left, step = Decimal(place) / len(rows), Decimal(1) / len(rows)
        period = row["period"]
        is_month = choice.period == "month"
        columns.append(Column(
            period[:4] if is_month else period.replace("20", "", 1), _percent(left + step / 8),
            _percent(left + step / 2), _percent(step * 3 / 4), _percent(1 - total / axis.end), bars, total,
            is_partial=not is_month and row["months"] < 12, is_labelled=not is_month or period.endswith("-01"),
        ))  # fmt: skip
    return Chart(axis, columns)


def _percent(share: Decimal) -> str:
    return f"{share * 100:.3f}%"
