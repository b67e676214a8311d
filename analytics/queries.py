"""Reading a class for its teacher. The classroom comes from `tenants.access`: these functions ask for no permission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true

from analytics import figures
from analytics.figures import ClassroomDay, LessonTries, StudentDay, StudentRecord, Tries, UnfinishedLesson
from core import clock
from core.db import db
from core.tenancy import current_tenant
from curriculum.grading import Verdict
from curriculum.models import Course, Lesson, Module
from learners import streaks
from learners.models import Attempt, StreakDay, UserProgress, XpLog
from learners.xp import XpCause
from tenants.models import Enrollment, EnrollmentRole, User

_IS_TRY: ColumnElement[bool] = Attempt.is_first_try & (Attempt.verdict != Verdict.SKIPPED)
_TRIES = func.count().filter(_IS_TRY)
_RIGHT_TRIES = func.count().filter(_IS_TRY & (Attempt.verdict != Verdict.WRONG))


def get_classroom_day(*, classroom_id: UUID, day: date) -> ClassroomDay:
    """Who of a class did what on `day`. Four queries."""
    answers = _answers(classroom_id, day)
    earnings = _earnings(classroom_id, day)
    days = _streak_days(classroom_id, day)
    return ClassroomDay(
        day=day,
        students=tuple(
            StudentDay(
                user_id=student.id,
                display_name=student.display_name,
                last_active_at=student.last_active_at,
                streak=streaks.streak(days.get(student.id, frozenset()), today=day),
                is_active=student.id in answers,
                answers=answers.get(student.id, _NO_ANSWERS).answers,
                tries=answers.get(student.id, _NO_ANSWERS).tries,
                xp=earnings.get(student.id, _NO_EARNINGS).xp,
                lessons_completed=earnings.get(student.id, _NO_EARNINGS).lessons_completed,
            )
            for student in _roster(classroom_id)
        ),
        xp_this_week=sum(earning.xp_this_week for earning in earnings.values()),
    )


def list_lesson_tries(*, classroom_id: UUID, day: date) -> list[LessonTries]:
    """The lessons a class tried in the four weeks up to `day`, in course order. One query."""
    tried = (
        select(
            Attempt.lesson_id,
            _RIGHT_TRIES.label("right"),
            _TRIES.label("total"),
            func.count(Attempt.user_id.distinct()).label("students"),
        )
        .where(_in_window(classroom_id, day), _IS_TRY)
        .group_by(Attempt.lesson_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Lesson.id,
            Lesson.title,
            Lesson.position,
            Module.title.label("module_title"),
            Module.position.label("module_position"),
            Course.title.label("course_title"),
            Course.source_language,
            tried.c.right,
            tried.c.total,
            tried.c.students,
        )
        .join(tried, tried.c.lesson_id == Lesson.id)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .order_by(Course.created_at, Course.id, Module.position, Lesson.position)
    )
    return [
        LessonTries(
            lesson_id=row.id,
            language=row.source_language,
            course_title=row.course_title,
            module_title=row.module_title,
            number=f"{row.module_position + 1}.{row.position + 1}",
            title=row.title,
            students=row.students,
            tries=Tries(row.right, row.total),
        )
        for row in rows
    ]


def list_student_records(*, classroom_id: UUID, today: date) -> list[StudentRecord]:
    """What `figures.find_help_needed` asks of every student of a class. Three queries."""
    time_zone = current_tenant().time_zone
    tries = _window_tries(classroom_id, today)
    unfinished = _unfinished_lessons(classroom_id, today)
    return [
        StudentRecord(
            user_id=student.id,
            display_name=student.display_name,
            enrolled_on=clock.local_date(student.enrolled_at, time_zone),
            last_active_on=student.last_active_on,
            tries=tries.get(student.id, Tries()),
            unfinished=tuple(unfinished.get(student.id, ())),
        )
        for student in _roster(classroom_id)
    ]


@dataclass(frozen=True, slots=True)
class _Student:
    id: UUID
    display_name: str
    enrolled_at: datetime
    last_active_at: datetime | None
    last_active_on: date | None


def _roster(classroom_id: UUID) -> list[_Student]:
    """The students of a class by name; people whose account is closed are not shown."""
    latest = (
        select(Attempt.answered_at, Attempt.answered_on)
        .where(Attempt.user_id == User.id)
        .order_by(Attempt.answered_on.desc(), Attempt.answered_at.desc())
        .limit(1)
        .lateral()
    )
    rows = db.session.execute(
        select(User.id, User.display_name, Enrollment.created_at, latest.c.answered_at, latest.c.answered_on)
        .join(Enrollment, Enrollment.user_id == User.id)
        .outerjoin(latest, true())
        .where(_is_student_of(classroom_id))
    )
    return sorted((_Student(*row) for row in rows), key=lambda student: (student.display_name.casefold(), student.id))


def _is_student_of(classroom_id: UUID) -> ColumnElement[bool]:
    return (
        (Enrollment.classroom_id == classroom_id)
        & (Enrollment.role == EnrollmentRole.STUDENT)
        & User.deactivated_at.is_(None)
    )


def _student_ids(classroom_id: UUID) -> Select[UUID]:
    return select(User.id).join(Enrollment, Enrollment.user_id == User.id).where(_is_student_of(classroom_id))


def _in_window(classroom_id: UUID, day: date) -> ColumnElement[bool]:
    """The attempts of a class in the four weeks that end with `day`."""
    return Attempt.user_id.in_(_student_ids(classroom_id)) & Attempt.answered_on.between(figures.window_start(day), day)


@dataclass(frozen=True, slots=True)
class _Answers:
    answers: int
    tries: Tries


_NO_ANSWERS = _Answers(0, Tries())


def _answers(classroom_id: UUID, day: date) -> Mapping[UUID, _Answers]:
    """By student, the answers of the day; a student who did nothing is not in it."""
    answered = func.count().filter(Attempt.verdict != Verdict.SKIPPED)
    rows = db.session.execute(
        select(Attempt.user_id, answered, _RIGHT_TRIES, _TRIES)
        .where(Attempt.user_id.in_(_student_ids(classroom_id)), Attempt.answered_on == day)
        .group_by(Attempt.user_id)
    )
    return {user_id: _Answers(answers, Tries(right, total)) for user_id, answers, right, total in rows}


@dataclass(frozen=True, slots=True)
class _Earnings:
    xp: int
    xp_this_week: int
    lessons_completed: int


_NO_EARNINGS = _Earnings(0, 0, 0)


def _earnings(classroom_id: UUID, day: date) -> Mapping[UUID, _Earnings]:
    """By student, XP of the day and the week, and the lessons completed on the day.

    A lesson's first run of a day always earns `LESSON_COMPLETED`, and only that run does: the rows of that cause are
    the lessons of the day, each once. `UserProgress` remembers the last completion only.
    """
    is_today = XpLog.earned_on == day
    rows = db.session.execute(
        select(
            XpLog.user_id,
            func.coalesce(func.sum(XpLog.amount).filter(is_today), 0),
            func.sum(XpLog.amount),
            func.count().filter(is_today & (XpLog.cause == XpCause.LESSON_COMPLETED)),
        )
        .where(XpLog.user_id.in_(_student_ids(classroom_id)), XpLog.earned_on.between(figures.week_start(day), day))
        .group_by(XpLog.user_id)
    )
    return {user_id: _Earnings(*earned) for user_id, *earned in rows}


def _streak_days(classroom_id: UUID, day: date) -> Mapping[UUID, frozenset[date]]:
    """By student, the days up to `day` that count for the streak."""
    rows = db.session.execute(
        select(StreakDay.user_id, func.array_agg(StreakDay.on_date))
        .where(StreakDay.user_id.in_(_student_ids(classroom_id)), StreakDay.on_date <= day)
        .group_by(StreakDay.user_id)
    )
    return {user_id: frozenset(days) for user_id, days in rows}


def _window_tries(classroom_id: UUID, day: date) -> Mapping[UUID, Tries]:
    rows = db.session.execute(
        select(Attempt.user_id, _RIGHT_TRIES, _TRIES).where(_in_window(classroom_id, day)).group_by(Attempt.user_id)
    )
    return {user_id: Tries(right, total) for user_id, right, total in rows}


def _unfinished_lessons(classroom_id: UUID, day: date) -> Mapping[UUID, list[UnfinishedLesson]]:
    """By student, the wrong answers of each run that is still open: finishing a run moves the progress to the next."""
    is_open_run = (
        (UserProgress.user_id == Attempt.user_id)
        & (UserProgress.lesson_id == Attempt.lesson_id)
        & (UserProgress.run == Attempt.run)
    )
    rows = db.session.execute(
        select(Attempt.user_id, Module.title, Lesson.title, func.count())
        .join(UserProgress, is_open_run)
        .join(Lesson, Lesson.id == Attempt.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(_in_window(classroom_id, day), Attempt.verdict == Verdict.WRONG)
        .group_by(Attempt.user_id, Module.id, Lesson.id)
        .order_by(Module.position, Lesson.position)
    )
    unfinished: dict[UUID, list[UnfinishedLesson]] = {}
    for user_id, module_title, title, wrong in rows:
        lesson = UnfinishedLesson(module_title=module_title, title=title, wrong=wrong)
        unfinished.setdefault(user_id, []).append(lesson)
    return unfinished
