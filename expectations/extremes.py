"""Official monthly amounts that are far above all others, and what is known of them.

What belongs here: bounds with their reason, and each amount above them that somebody has looked at. What does not: the
rule that holds the statistics against them (`suites/marts_official.py`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

BOUNDS = {
    "cocaine": 30_000,  # 29,608.77, NASOC Jacksonville, July 2019
    "fentanyl": 2_500,  # 2,172.85, San Diego, April 2023
    "heroin": 1_000,  # 477.66, San Diego, October 2020
    "ketamine": 6_000,  # 5,361.91, Los Angeles, October 2021
    "khat": 30_000,  # 27,334.34, New York, September 2020
    "lsd": 500,  # 225.71, San Francisco, April 2020
    "marijuana": 40_000,  # 34,685.41, San Diego, June 2020
    "mdma": 500,  # 286.12, Seattle, May 2022
    "methamphetamine": 30_000,  # 24,026.63, San Diego, November 2021
    "other-drugs": 30_000,  # 27,884.99, Atlanta, September 2024
}
"""Commodity → pounds of one area in one month above which an amount has to be explained: a round number above the most
of FY2019 to December 2025, which the comment gives, but for the extremes below. One bound for all drugs would be that
of marijuana, and let ten times the most fentanyl pass. Weapons, rounds and money have none yet: no file of them was
at hand to choose one from."""


@dataclass(frozen=True)
class Extreme:
    """One amount above its bound, in pounds as published, and what is known of it."""

    month_starts_on: dt.date
    component_id: str
    area_id: str
    commodity_id: str
    quantity: Decimal
    known: str


def _extreme(month: str, component: str, area: str, commodity: str, pounds: str, known: str) -> Extreme:
    return Extreme(dt.date.fromisoformat(f"{month}-01"), component, area, commodity, Decimal(pounds), known)


EXTREMES = (
    _extreme("2018-10", "amo", "nasoc-albuquerque", "methamphetamine", "37595.25",
             "Nine events; four times what OFO and USBP seized nationwide in the month."),
    _extreme("2019-06", "ofo", "baltimore-field-office", "cocaine", "39956.76378948",
             "Thirteen events; the office has the port of Philadelphia, where some 39,500 lb were found in containers "
             "on one ship, the MSC Gayane, that month."),
    _extreme("2020-03", "ofo", "los-angeles-field-office", "other-drugs", "69514.89074553",
             "88 events of the rest category; the file does not say of which drugs."),
    _extreme("2020-05", "amo", "san-diego-air-and-marine-branch", "marijuana", "126043.60",
             "Four events; more than twice what OFO and USBP seized nationwide in the month."),
    _extreme("2020-10", "amo", "bellingham-air-branch", "marijuana", "86148.27",
             "Seventeen events; nearly twice what OFO and USBP seized nationwide in the month."),
    _extreme("2021-06", "amo", "bellingham-air-branch", "marijuana", "403547.62",
             "One event; nineteen times what OFO and USBP seized nationwide in the month."),
    _extreme("2024-01", "amo", "bellingham-air-branch", "heroin", "3071.01",
             "One event; ninety times what OFO and USBP seized nationwide in the month."),
    _extreme("2025-07", "amo", "ground-tactical-air-controller", "marijuana", "178665.20",
             "Four events; ten times what OFO and USBP seized nationwide in the month."),
)  # fmt: skip
"""Amounts above their bound that somebody looked at. AMO counts seizures that it had a part in, whoever made them, so
that an amount of its may be more than all of what OFO and USBP seized; the files name no body that it was made with."""
