"""Korean posting cells turned into values: pay, hours, dates, places, people. No reader raises; what is not stated is None."""

from .contacts import find_registration_number, identifies, links, mask, phones, unidentified
from .counters import lasting, may_count, settled
from .dates import SEOUL, parse_dates
from .foreigners import Foreigners, Phrase, foreigners
from .headcount import parse_headcount
from .hours import Hours, hour_bits, parse_hours
from .letters import is_damaged_utf8
from .markup import unmarked
from .moments import parse_moment
from .pay import MONTH_HOURS, Pay, hourly, hourly_beside, minutes_paid, parse_pay
from .periods import Closing, Period, parse_closing, parse_period
from .places import Address, parse_address
from .plain import plain, states_nothing, unescaped

__all__ = [
    "MONTH_HOURS",
    "SEOUL",
    "Address",
    "Closing",
    "Foreigners",
    "Hours",
    "Pay",
    "Period",
    "Phrase",
    "find_registration_number",
    "foreigners",
    "hour_bits",
    "hourly",
    "hourly_beside",
    "identifies",
    "is_damaged_utf8",
    "lasting",
    "links",
    "mask",
    "may_count",
    "minutes_paid",
    "parse_address",
    "parse_closing",
    "parse_dates",
    "parse_headcount",
    "parse_hours",
    "parse_moment",
    "parse_pay",
    "parse_period",
    "phones",
    "plain",
    "settled",
    "states_nothing",
    "unescaped",
    "unidentified",
    "unmarked",
]
