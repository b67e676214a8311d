"""What finishing a lesson earns. Pure; the figures are those of the product's rules."""

from dataclasses import dataclass
from enum import StrEnum

#: The first, second, third run of the same lesson on one day; later ones earn nothing.
RUN_XP = (10, 5, 2)
HIGH_ACCURACY_XP = 5
HIGH_ACCURACY = 0.9


class XpCause(StrEnum):
    """Why XP was granted."""

    LESSON_COMPLETED = "lesson_completed"
    LESSON_REPEATED = "lesson_repeated"
    HIGH_ACCURACY = "high_accuracy"


@dataclass(frozen=True, slots=True)
class Grant:
    """XP for one cause."""

    cause: XpCause
    amount: int


def lesson_grants(*, first_try_accuracy: float, earlier_runs_today: int) -> list[Grant]:
    """The XP of a completed run; accuracy is rewarded on the first run of the day only, so it cannot be farmed."""
    if earlier_runs_today >= len(RUN_XP):
        return []
    cause = XpCause.LESSON_REPEATED if earlier_runs_today else XpCause.LESSON_COMPLETED
    grants = [Grant(cause, RUN_XP[earlier_runs_today])]
    if not earlier_runs_today and first_try_accuracy >= HIGH_ACCURACY:
        grants.append(Grant(XpCause.HIGH_ACCURACY, HIGH_ACCURACY_XP))
    return grants
