"""Reading a student's way: the course path, and what they have come to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.tenancy import current_tenant
from curriculum.grading import Verdict
from curriculum.models import Course, CourseState, Lesson, Module, Question
from learners import streaks
from learners.achievements import RULES
from learners.lesson_run import LessonRun
from learners.models import Achievement, Attempt, StreakDay, UserProgress, XpLog

SHOWN_DAYS = 28


class LessonState(StrEnum):
    """A lesson on a student's path."""

    LOCKED = "locked"
    OPEN = "open"
    STARTED = "started"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathLesson:
    """A lesson with how far the student is."""

    id: UUID
    position: int
    title: str
    icon: Mapping[str, str] | None
    question_count: int
    state: LessonState
    is_next: bool
    completed_count: int
    best_accuracy: float | None


@dataclass(frozen=True, slots=True)
class PathModule:
    """A module with its lessons."""

    module: Module
    lessons: tuple[PathLesson, ...]


def get_path(courses: Sequence[Course], user_id: UUID) -> list[PathModule]:
    """The modules of `courses` in order, with the student's state of each lesson. Three queries."""
    course_ids = [course.id for course in courses]
    modules = db.session.scalars(select(Module).where(Module.course_id.in_(course_ids)).order_by(Module.position))
    by_course: dict[UUID, list[Module]] = {course_id: [] for course_id in course_ids}
    for module in modules:
        by_course[module.course_id].append(module)
    lessons: dict[UUID, list[Any]] = {}
    for row in _lesson_rows(course_ids, user_id):
        lessons.setdefault(row.module_id, []).append(row)
    return [module for course_id in course_ids for module in _course_path(by_course[course_id], lessons)]


def _lesson_rows(course_ids: list[UUID], user_id: UUID) -> Iterator[Any]:
    counts = select(Question.lesson_id, func.count().label("number")).group_by(Question.lesson_id).subquery()
    return iter(
        db.session.execute(
            select(
                Lesson.id,
                Lesson.module_id,
                Lesson.position,
                Lesson.title,
                Lesson.icon,
                func.coalesce(counts.c.number, 0).label("question_count"),
                func.coalesce(UserProgress.completed_count, 0).label("completed_count"),
                UserProgress.best_accuracy,
                UserProgress.user_id.label("started_by"),
            )
            .join(Module, Module.id == Lesson.module_id)
            .outerjoin(counts, counts.c.lesson_id == Lesson.id)
            .outerjoin(UserProgress, (UserProgress.lesson_id == Lesson.id) & (UserProgress.user_id == user_id))
            .where(Module.course_id.in_(course_ids))
            .order_by(Lesson.position)
        )
    )


def _course_path(modules: list[Module], lessons: Mapping[UUID, list[Any]]) -> Iterator[PathModule]:
    """A lesson is open when it is the first of its module or the one before it was completed."""
    next_found = False
    for module in modules:
        path: list[PathLesson] = []
        before_completed = True
        for row in lessons.get(module.id, []):
            state = _lesson_state(row, before_completed=before_completed)
            is_next = not next_found and state in (LessonState.OPEN, LessonState.STARTED)
            next_found = next_found or is_next
            before_completed = state is LessonState.COMPLETED
            path.append(
                PathLesson(
                    id=row.id,
                    position=row.position,
                    title=row.title,
                    icon=row.icon,
                    question_count=row.question_count,
                    state=state,
                    is_next=is_next,
                    completed_count=row.completed_count,
                    best_accuracy=row.best_accuracy,
                )
            )
        yield PathModule(module, tuple(path))


def _lesson_state(row: Any, *, before_completed: bool) -> LessonState:
    if row.completed_count:
        return LessonState.COMPLETED
    if not before_completed:
        return LessonState.LOCKED
    return LessonState.STARTED if row.started_by else LessonState.OPEN


def is_lesson_open(lesson: Lesson, user_id: UUID) -> bool:
    """Whether the student may do the lesson: it is the first of its module or the one before it was completed."""
    before = select(Lesson.id).where(Lesson.module_id == lesson.module_id, Lesson.position == lesson.position - 1)
    before_id = db.session.scalar(before)
    if before_id is None:
        return True
    progress = db.session.get(UserProgress, (user_id, before_id))
    return progress is not None and progress.completed_count > 0


def get_run(lesson_id: UUID, user_id: UUID) -> LessonRun:
    """The student's present run through a lesson; a fresh one before the first answer."""
    progress = db.session.get(UserProgress, (user_id, lesson_id))
    if progress is None:
        return LessonRun(1)
    return LessonRun(
        progress.run,
        frozenset(progress.passed_question_ids),
        frozenset(progress.missed_question_ids),
        frozenset(progress.skipped_question_ids),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a student has come to. `accuracy` is the first-try rate from 0 to 1, None before any answer."""

    xp_total: int
    xp_today: int
    streak: streaks.Streak
    days: tuple[date, ...]
    lessons_completed: int
    lessons_total: int
    accuracy: float | None
    achievements: Mapping[str, datetime | None]


def get_progress(user_id: UUID, *, now: datetime) -> Progress:
    """A student's progress as of `now`, days by the school's calendar."""
    today = clock.local_date(now, current_tenant().time_zone)
    earned_today = func.coalesce(func.sum(XpLog.amount).filter(XpLog.earned_on == today), 0)
    xp = db.session.execute(
        select(func.coalesce(func.sum(XpLog.amount), 0), earned_today).where(XpLog.user_id == user_id)
    ).one()
    days = frozenset(db.session.scalars(select(StreakDay.on_date).where(StreakDay.user_id == user_id)))
    completed = db.session.scalar(
        select(func.count()).where(UserProgress.user_id == user_id, UserProgress.completed_count > 0)
    )
    total = db.session.scalar(
        select(func.count(Lesson.id)).join(Module).join(Course).where(Course.state == CourseState.PUBLISHED)
    )
    rows = db.session.execute(select(Achievement.key, Achievement.granted_at).where(Achievement.user_id == user_id))
    granted: dict[str, datetime] = dict(rows.all())
    return Progress(
        xp_total=xp[0],
        xp_today=xp[1],
        streak=streaks.streak(days, today=today),
        days=tuple(sorted(day for day in days if day > today - timedelta(days=SHOWN_DAYS))),
        lessons_completed=completed or 0,
        lessons_total=total or 0,
        accuracy=get_first_try_accuracy(user_id),
        achievements={key: granted.get(key) for key in RULES},
    )


def get_first_try_accuracy(user_id: UUID) -> float | None:
    """The share of first tries that passed, skipped ones left out; None before any."""
    first_tries = (Attempt.user_id == user_id) & Attempt.is_first_try & (Attempt.verdict != Verdict.SKIPPED)
    passed = func.count().filter(Attempt.verdict != Verdict.WRONG)
    number, right = db.session.execute(select(func.count(), passed).where(first_tries)).one()
    return right / number if number else None
