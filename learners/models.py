"""What students did and earned, in the school's schema."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db import TenantModel, enum_type
from curriculum.grading import Verdict
from learners.xp import XpCause


class Attempt(TenantModel):
    """One answer by one student. The id is made by the client, so the same answer sent twice is one row.

    `digest` tells a repeat from another answer under the same id; `result` is what the client was told, so a repeat
    gets the very same answer. `answered_on` is the day in the school's time zone when the answer was written.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_user_id_answered_on", "user_id", "answered_on"),
        Index("ix_attempt_lesson_id_answered_on", "lesson_id", "answered_on"),
        ForeignKeyConstraint(
            ["question_id", "question_version"], ["question_version.question_id", "question_version.number"]
        ),
        CheckConstraint("elapsed_ms >= 0", name="elapsed_ms"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lesson.id"))
    question_id: Mapped[UUID]
    question_version: Mapped[int]
    run: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict))
    is_first_try: Mapped[bool]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    elapsed_ms: Mapped[int]
    answered_at: Mapped[datetime]
    answered_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSONB)


class UserProgress(TenantModel):
    """A student's way through one lesson: the present run, and what earlier runs came to.

    A run ends when every question of the lesson has passed. `earned_runs` counts the runs completed on
    `completed_on`, because repeating a lesson on the same day earns less and less.
    """

    __tablename__ = "user_progress"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    run: Mapped[int]
    passed_question_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    missed_question_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    skipped_question_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    completed_count: Mapped[int]
    completed_on: Mapped[date | None]
    earned_runs: Mapped[int]
    best_accuracy: Mapped[float | None]
    started_at: Mapped[datetime]
    answered_at: Mapped[datetime]


class XpLog(TenantModel):
    """XP granted, a row each; totals are sums of these rows. One attempt earns each cause once at most."""

    __tablename__ = "xp_log"
    __table_args__ = (
        Index("ix_xp_log_user_id_earned_on", "user_id", "earned_on"),
        CheckConstraint("amount > 0", name="amount"),
    )

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    cause: Mapped[XpCause] = mapped_column(enum_type(XpCause), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    amount: Mapped[int]
    earned_on: Mapped[date]
    created_at: Mapped[datetime]


class StreakDay(TenantModel):
    """A day on which a student completed something, in the school's calendar; one row a day whatever they did."""

    __tablename__ = "streak_day"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)


class Achievement(TenantModel):
    """An achievement granted to a student, once."""

    __tablename__ = "achievement"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    granted_at: Mapped[datetime]
