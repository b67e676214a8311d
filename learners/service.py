"""What follows a completed lesson: the streak day and the achievements. Called by the worker, safe to repeat."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from core.db import db
from learners import streaks
from learners.achievements import Record, earned
from learners.models import Achievement, StreakDay, UserProgress, XpLog


def grant_streak_day(*, user_id: UUID, on_date: date) -> None:
    """Count `on_date` towards the streak; a day counts once."""
    db.session.execute(insert(StreakDay).values(user_id=user_id, on_date=on_date).on_conflict_do_nothing())


def grant_achievements(*, user_id: UUID, today: date, now: datetime) -> None:
    """Grant every achievement the student's record deserves and has not had."""
    rows = [
        {"user_id": user_id, "key": key, "granted_at": now} for key in sorted(earned(_record(user_id, today=today)))
    ]
    if rows:
        db.session.execute(insert(Achievement).values(rows).on_conflict_do_nothing())


def _record(user_id: UUID, *, today: date) -> Record:
    lessons, accuracy = db.session.execute(
        select(func.count(), func.max(UserProgress.best_accuracy)).where(
            UserProgress.user_id == user_id, UserProgress.completed_count > 0
        )
    ).one()
    days = frozenset(db.session.scalars(select(StreakDay.on_date).where(StreakDay.user_id == user_id)))
    xp = db.session.scalar(select(func.coalesce(func.sum(XpLog.amount), 0)).where(XpLog.user_id == user_id))
    return Record(
        lessons_completed=lessons,
        best_accuracy=accuracy or 0.0,
        longest_streak=streaks.streak(days, today=today).longest,
        xp_total=xp or 0,
    )
