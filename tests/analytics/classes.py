"""Classes with a past: rows written as the answer path writes them, on any day."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from uuid import UUID, uuid4

from sqlalchemy import select

from core.auth import Role
from core.db import db
from curriculum.grading import Verdict
from curriculum.models import Lesson, Module, Question
from learners.models import Attempt, StreakDay, UserProgress, XpLog
from learners.xp import XpCause
from tenants import service
from tenants.models import Classroom, EnrollmentRole, User

LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=UTC)


def noon(day: date) -> datetime:
    """An instant that is that day in the schools' time zone."""
    return datetime.combine(day, time(10), tzinfo=UTC)


@dataclass
class SchoolClass:
    """A class of its own in the school in scope."""

    classroom: Classroom
    students: dict[str, User] = field(default_factory=dict)

    @classmethod
    def make(cls, name: str = "Class of its own") -> "SchoolClass":
        """A class with a teacher of its own."""
        teacher = make_person(Role.TEACHER, "Own Teacher")
        db.session.flush()  # the class needs its teacher's row
        return cls(service.create_classroom(name=name, teacher_id=teacher.id, now=LONG_AGO))

    @cached_property
    def questions(self) -> list[tuple[Lesson, Question]]:
        """The first question of every lesson, in course order."""
        rows = db.session.execute(
            select(Lesson, Question)
            .join(Question, Question.lesson_id == Lesson.id)
            .join(Module, Module.id == Lesson.module_id)
            .where(Question.position == 0)
            .order_by(Module.position, Lesson.position)
        )
        return [(lesson, question) for lesson, question in rows]

    def enroll(self, name: str, *, on: date | None = None) -> UUID:
        """A student of the class, there since long ago or since a day."""
        user = make_person(Role.STUDENT, name)
        now = noon(on) if on else LONG_AGO
        service.enroll(classroom_id=self.classroom.id, user_id=user.id, role=EnrollmentRole.STUDENT, now=now)
        db.session.flush()  # attempts need the row
        self.students[name] = user
        return user.id

    def answer(
        self,
        user_id: UUID,
        day: date,
        verdict: Verdict = Verdict.CORRECT,
        *,
        lesson: int = 0,
        run: int = 1,
        times: int = 1,
        is_first_try: bool = True,
    ) -> Attempt:
        """One or more answers on a day; the last of them."""
        asked, question = self.questions[lesson]
        for _ in range(times):
            attempt = Attempt(
                id=uuid4(),
                user_id=user_id,
                lesson_id=asked.id,
                question_id=question.id,
                question_version=question.version,
                run=run,
                verdict=verdict,
                is_first_try=is_first_try,
                answer=None,
                elapsed_ms=900,
                answered_at=noon(day),
                answered_on=day,
                digest="0" * 64,
                result={},
            )
            db.session.add(attempt)
        db.session.flush()  # XP and the queries need the rows
        return attempt

    def earn(self, user_id: UUID, day: date, *grants: tuple[XpCause, int], lesson: int = 0) -> None:
        """XP for one more answer on a day."""
        attempt = self.answer(user_id, day, lesson=lesson, is_first_try=False)
        for cause, amount in grants:
            db.session.add(
                XpLog(
                    attempt_id=attempt.id,
                    cause=cause,
                    user_id=user_id,
                    amount=amount,
                    earned_on=day,
                    created_at=noon(day),
                )
            )
        db.session.flush()  # the queries need the rows

    def streak(self, user_id: UUID, *days: date) -> None:
        """Days that count for the streak."""
        db.session.add_all(StreakDay(user_id=user_id, on_date=day) for day in days)
        db.session.flush()  # the queries need the rows

    def progress(self, user_id: UUID, *, lesson: int, run: int) -> None:
        """The run a student is in."""
        db.session.add(
            UserProgress(
                user_id=user_id,
                lesson_id=self.questions[lesson][0].id,
                run=run,
                passed_question_ids=[],
                missed_question_ids=[],
                skipped_question_ids=[],
                completed_count=run - 1,
                completed_on=None,
                earned_runs=0,
                best_accuracy=None,
                started_at=LONG_AGO,
                answered_at=LONG_AGO,
            )
        )
        db.session.flush()  # the queries need the rows


def make_person(role: Role, name: str, *, locale: str = "en", password: str | None = None) -> User:
    """A person with a user name of their own."""
    return service.create_user(
        user_name=f"x-{uuid4().hex[:16]}",
        display_name=name,
        password=password,
        roles=frozenset({role}),
        locale=locale,
        now=LONG_AGO,
    )
