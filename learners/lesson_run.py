"""One run through a lesson: what has passed, what was missed, and when it is over. Pure."""

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Step(StrEnum):
    """What an answer did to a question of the run."""

    PASSED = "passed"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class LessonRun:
    """The state of a run. A missed question stays in `missed` even after it has passed: its first try was wrong."""

    number: int
    passed: frozenset[UUID] = frozenset()
    missed: frozenset[UUID] = frozenset()
    skipped: frozenset[UUID] = frozenset()

    def is_first_try(self, question_id: UUID) -> bool:
        """Whether the question has not been answered in this run yet."""
        return question_id not in self.passed and question_id not in self.missed

    def advance(self, question_id: UUID, step: Step) -> "LessonRun":
        """The run after one more answer. What passed once stays passed, so answers in any order end alike."""
        if question_id in self.passed:
            return self
        if step is Step.MISSED:
            return replace(self, missed=self.missed | {question_id})
        passed = replace(self, passed=self.passed | {question_id})
        if step is Step.SKIPPED and question_id not in self.missed:
            return replace(passed, skipped=self.skipped | {question_id})
        return passed

    def is_complete(self, question_ids: Set[UUID]) -> bool:
        """Whether every question of the lesson has passed."""
        return question_ids <= self.passed

    def first_try_accuracy(self) -> float:
        """The share of answered questions right at first try, from 0 to 1; skipped ones do not count. 1 before any."""
        answered = (self.passed | self.missed) - self.skipped
        return len(answered - self.missed) / len(answered) if answered else 1.0
