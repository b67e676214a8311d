"""Streaks from the days on which something was completed. Pure; days are those of the school's calendar."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """A run of days without a gap. `length` is alive until a whole day has gone by without anything completed."""

    length: int
    longest: int
    is_done_today: bool


def streak(days: Set[date], *, today: date) -> Streak:
    """The streak as of `today`: it ends today, or yesterday while today is still open."""
    last = today if today in days else today - ONE_DAY
    return Streak(length=_run_ending(last, days), longest=_longest(days), is_done_today=today in days)


def _run_ending(last: date, days: Set[date]) -> int:
    length = 0
    while last - length * ONE_DAY in days:
        length += 1
    return length


def _longest(days: Set[date]) -> int:
    ends = (day for day in days if day + ONE_DAY not in days)
    return max((_run_ending(end, days) for end in ends), default=0)
