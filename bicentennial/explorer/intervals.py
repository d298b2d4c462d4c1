"""A figure as an interval: in words, and as a mark on an axis that begins at nought."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal


@dataclass(frozen=True)
class Interval:
    """Bounds that the words of a figure allow; an end that is `None` is open. `value` is the number that was said."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    is_low_inclusive: bool
    is_high_inclusive: bool
    qualifier: str

    def divided_by(self, factor: Decimal) -> Interval:
        """The same in a unit that is `factor` of this one."""
        return Interval(
            self.value / factor,
            None if self.low is None else self.low / factor,
            None if self.high is None else self.high / factor,
            self.is_low_inclusive, self.is_high_inclusive, self.qualifier,
        )  # fmt: skip

    def words(self, unit: str = "") -> str:
        """`more than 6,500 pounds`, `less than 800 arrests`, `about 1,100,000 dollars, bounds not known`, `56`.

        A bound is rounded away from the value, so that what is said of it stays true.
        """
        unit = f" {unit}" if unit else ""
        if self.low is not None and self.low == self.high:
            return number(self.low) + unit
        if self.low is None and self.high is None:
            return f"about {number(self.value)}{unit}, bounds not known"
        low = None if self.low is None else number(self.low, ROUND_FLOOR)
        high = None if self.high is None else number(self.high, ROUND_CEILING)
        if high is None:
            return f"{'at least' if self.is_low_inclusive else 'more than'} {low}{unit}"
        if low is None:
            return f"{'at most' if self.is_high_inclusive else 'less than'} {high}{unit}"
        return f"{low} to {high}{unit}"


def number(value: Decimal, rounding: str = ROUND_HALF_EVEN) -> str:
    """`12,500`, `469.6`: thousands grouped; at most four digits where a fraction is rounded, none that say nothing."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 3
    # what a conversion leaves at the eighth place is its own rounding, not a fraction
    near = value.quantize(Decimal("0.000001"), ROUND_HALF_EVEN)
    text = f"{near.quantize(Decimal(1).scaleb(-digits), rounding):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Axis:
    """An axis from nought to a round number, with its ticks."""

    end: Decimal
    ticks: tuple[Decimal, ...]

    @classmethod
    def of(cls, intervals: Iterable[Interval]) -> Axis:
        """An axis with room for every stated number and every closed end."""
        greatest = max((value for i in intervals for value in (i.value, i.low, i.high) if value is not None), default=1)
        step = _step(Decimal(greatest) or Decimal(1))
        count = math.ceil(Decimal(greatest) * Decimal("1.05") / step) or 1
        return cls(step * count, tuple(step * n for n in range(count + 1)))

    def at(self, value: Decimal) -> str:
        """Where a value stands, from the left."""
        return f"{min(float(value / self.end), 1.0) * 100:.2f}%"


def _step(greatest: Decimal) -> Decimal:
    """The round number (1, 2, 5 × a power of ten) that divides an axis into three to six parts."""
    power = Decimal(10) ** math.floor(math.log10(greatest / 4))
    return next(power * n for n in (1, 2, 5, 10) if power * n * 5 >= greatest)


def short(value: Decimal) -> str:
    """A tick: `45 bn`, `44 m`, `12,500`, `800`."""
    for limit, word in ((10**9, " bn"), (10**6, " m")):
        if value >= limit:
            return f"{(value / limit).normalize():f}{word}"
    return f"{value.normalize():,f}"


def _sample(low: int | None, high: int | None, is_inclusive: bool, qualifier: str) -> Interval:
    def end(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    return Interval(Decimal(50), end(low), end(high), is_inclusive, is_inclusive, qualifier)


LEGEND_AXIS = Axis(Decimal(100), ())
LEGEND = (
    (_sample(50, 50, True, "exact"), "exactly this number"),
    (
        _sample(50, None, False, "over"),
        "more than this (“over”): an open circle is not included, the upper end not known",
    ),
    (_sample(50, None, True, "at_least"), "this or more (“at least”): the filled circle is included"),
    (_sample(None, 50, False, "nearly"), "less than this (“nearly”)"),
    (_sample(0, 50, True, "up_to"), "from nought up to this (“up to”)"),
    (_sample(None, None, False, "approximately"), "about this: nobody said how near"),
)
"""One of each kind of mark, and what it says."""
