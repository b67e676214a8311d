"""Which achievements a student's record has earned. Pure."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """What achievements look at: totals over everything a student has done."""

    lessons_completed: int
    best_accuracy: float
    longest_streak: int
    xp_total: int


#: In the order in which they are shown.
RULES: dict[str, Callable[[Record], bool]] = {
    "first_lesson": lambda record: record.lessons_completed >= 1,
    "perfect_lesson": lambda record: record.lessons_completed >= 1 and record.best_accuracy >= 1,
    "streak_3": lambda record: record.longest_streak >= 3,
    "xp_100": lambda record: record.xp_total >= 100,
}


def earned(record: Record) -> set[str]:
    """The keys of all achievements the record deserves."""
    return {key for key, rule in RULES.items() if rule(record)}
