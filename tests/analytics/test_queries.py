"""Reading a class from PostgreSQL, with a lookalike class beside it and a lookalike school behind it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from analytics import queries
from analytics.figures import ClassroomDay, StudentDay, StudentRecord, Tries
from core.db import db
from core.events import commit
from curriculum.grading import Verdict
from learners.streaks import Streak
from learners.xp import XpCause
from tests.analytics.classes import SchoolClass, noon

FRIDAY = date(2026, 10, 9)
SUNDAY = date(2026, 10, 11)
MONDAY = date(2026, 10, 12)
TUESDAY = date(2026, 10, 13)
WEDNESDAY = date(2026, 10, 14)


def fill(school_class: SchoolClass) -> None:
    """A class in which something happened on every day that matters."""
    ada = school_class.enroll("Ada")
    for day in (SUNDAY, MONDAY, TUESDAY, WEDNESDAY):
        school_class.answer(ada, day, Verdict.CORRECT, times=3)
        school_class.answer(ada, day, Verdict.WRONG, lesson=1)
        school_class.earn(ada, day, (XpCause.LESSON_COMPLETED, 10), (XpCause.HIGH_ACCURACY, 5))
        school_class.streak(ada, day)


@pytest.fixture(scope="module")
def noise(app: Any) -> None:
    """The same things in the other school, committed so that a leak could see them."""
    from core.tenancy import tenant_scope
    from tenants.directory import Directory

    with tenant_scope(Directory().by_slug("south")):
        fill(SchoolClass.make())
        commit(db.session())


@pytest.fixture
def own(in_school: Callable[[str], Any], noise: None) -> Iterator[SchoolClass]:
    """An empty class in north, beside one in which much has happened. Nothing is committed, so nothing stays."""
    with in_school("north"):
        fill(SchoolClass.make())
        yield SchoolClass.make()


def day_of(own: SchoolClass, day: date = TUESDAY) -> ClassroomDay:
    return queries.get_classroom_day(classroom_id=own.classroom.id, day=day)


def only_student(own: SchoolClass, day: date = TUESDAY) -> StudentDay:
    (student,) = day_of(own, day).students
    return student


def only_record(own: SchoolClass, today: date = TUESDAY) -> StudentRecord:
    (record,) = queries.list_student_records(classroom_id=own.classroom.id, today=today)
    return record


def test_a_class_without_students_is_empty(own: SchoolClass) -> None:
    assert day_of(own) == ClassroomDay(day=TUESDAY, students=(), xp_this_week=0)
    assert queries.list_student_records(classroom_id=own.classroom.id, today=TUESDAY) == []
    assert queries.list_lesson_tries(classroom_id=own.classroom.id, day=TUESDAY) == []


def test_a_student_with_nothing_today_stands_there_too(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    assert only_student(own) == StudentDay(
        user_id=user_id,
        display_name="Ben",
        is_active=False,
        lessons_completed=0,
        answers=0,
        tries=Tries(),
        xp=0,
        streak=Streak(0, 0, False),
        last_active_at=None,
    )


def test_students_stand_by_name_whatever_the_case(own: SchoolClass) -> None:
    for name in ("cleo", "Ben", "Дана", "ada"):
        own.enroll(name)
    assert [student.display_name for student in day_of(own).students] == ["ada", "Ben", "cleo", "Дана"]


def test_teachers_and_closed_accounts_are_no_students(own: SchoolClass) -> None:
    own.enroll("Gone")
    own.students["Gone"].deactivated_at = datetime.now(UTC)
    db.session.flush()
    assert day_of(own).students == ()


def test_answers_of_the_day_only(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    own.answer(user_id, MONDAY, Verdict.WRONG, times=5)
    own.answer(user_id, TUESDAY, Verdict.CORRECT, times=4)
    own.answer(user_id, TUESDAY, Verdict.TYPO)
    own.answer(user_id, TUESDAY, Verdict.ACCENT_SLIP)
    own.answer(user_id, TUESDAY, Verdict.WRONG, times=2)
    own.answer(user_id, TUESDAY, Verdict.CORRECT, is_first_try=False)
    own.answer(user_id, WEDNESDAY, Verdict.WRONG, times=7)
    student = only_student(own)
    assert (student.is_active, student.answers, student.tries) == (True, 9, Tries(6, 8))


def test_skipping_is_activity_but_no_answer_and_no_try(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    own.answer(user_id, TUESDAY, Verdict.SKIPPED, times=2)
    student = only_student(own)
    assert (student.is_active, student.answers, student.tries) == (True, 0, Tries())


def test_a_lesson_completed_again_on_the_same_day_is_one_lesson(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    own.earn(user_id, TUESDAY, (XpCause.LESSON_COMPLETED, 10), (XpCause.HIGH_ACCURACY, 5))
    own.earn(user_id, TUESDAY, (XpCause.LESSON_REPEATED, 5))
    own.earn(user_id, TUESDAY, (XpCause.LESSON_COMPLETED, 10), lesson=1)
    own.earn(user_id, MONDAY, (XpCause.LESSON_COMPLETED, 10))
    student = only_student(own)
    assert (student.lessons_completed, student.xp) == (2, 30)


def test_the_week_runs_from_monday_to_the_day(own: SchoolClass) -> None:
    ben, cleo = own.enroll("Ben"), own.enroll("Cleo")
    for day, amount in ((SUNDAY, 100), (MONDAY, 10), (TUESDAY, 5), (WEDNESDAY, 1000)):
        own.earn(ben, day, (XpCause.LESSON_COMPLETED, amount))
    own.earn(cleo, MONDAY, (XpCause.LESSON_COMPLETED, 2))
    assert [day_of(own, day).xp_this_week for day in (SUNDAY, MONDAY, TUESDAY, WEDNESDAY)] == [100, 12, 17, 1017]


def test_the_streak_is_that_of_the_day(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    own.streak(user_id, SUNDAY, MONDAY, WEDNESDAY)
    lengths = {
        day: (only_student(own, day).streak.length, only_student(own, day).streak.is_done_today)
        for day in (MONDAY, TUESDAY, WEDNESDAY)
    }
    assert lengths == {MONDAY: (2, True), TUESDAY: (2, False), WEDNESDAY: (1, True)}


def test_last_active_is_the_latest_answer_ever(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    own.answer(user_id, FRIDAY)
    own.answer(user_id, MONDAY)
    assert only_student(own).last_active_at == noon(MONDAY)
    assert only_record(own).last_active_on == MONDAY


def test_lessons_come_in_course_order_with_the_first_tries_of_four_weeks(own: SchoolClass) -> None:
    ben, cleo = own.enroll("Ben"), own.enroll("Cleo")
    later, first = 5, 0
    own.answer(ben, TUESDAY, Verdict.WRONG, lesson=later)
    own.answer(ben, MONDAY, times=3, lesson=first)
    own.answer(cleo, MONDAY, Verdict.WRONG, lesson=first)
    own.answer(cleo, MONDAY, Verdict.CORRECT, lesson=first, is_first_try=False)
    own.answer(cleo, MONDAY, Verdict.SKIPPED, lesson=first)
    own.answer(cleo, WEDNESDAY, Verdict.WRONG, lesson=first, times=9)
    own.answer(cleo, date(2026, 9, 15), Verdict.WRONG, lesson=first, times=9)
    own.answer(cleo, date(2026, 9, 16), Verdict.CORRECT, lesson=first)
    lessons = queries.list_lesson_tries(classroom_id=own.classroom.id, day=TUESDAY)
    assert [(lesson.tries, lesson.students) for lesson in lessons] == [(Tries(4, 5), 2), (Tries(0, 1), 1)]
    assert (lessons[0].number, lessons[0].language) == ("1.1", "ru")
    assert [lesson.title for lesson in lessons] == [own.questions[number][0].title for number in (first, later)]
    assert lessons[0].module_title == "Привет, это я!"


def test_a_record_has_the_wrong_answers_of_the_run_that_is_open(own: SchoolClass) -> None:
    user_id = own.enroll("Ben")
    own.answer(user_id, MONDAY, Verdict.WRONG, lesson=0, run=1, times=6)
    own.progress(user_id, lesson=0, run=2)
    own.answer(user_id, MONDAY, Verdict.WRONG, lesson=1, run=1, times=2, is_first_try=True)
    own.answer(user_id, TUESDAY, Verdict.WRONG, lesson=1, run=1, times=2, is_first_try=False)
    own.answer(user_id, TUESDAY, Verdict.CORRECT, lesson=1, run=1, times=3)
    own.progress(user_id, lesson=1, run=1)
    record = only_record(own)
    assert [(lesson.title, lesson.wrong) for lesson in record.unfinished] == [(own.questions[1][0].title, 4)]
    assert record.tries == Tries(3, 11)


def test_a_record_knows_since_when_the_student_is_in_the_class(own: SchoolClass) -> None:
    own.enroll("Ben", on=MONDAY)
    record = only_record(own)
    assert (record.enrolled_on, record.last_active_on) == (MONDAY, None)


def test_the_number_of_queries_does_not_grow_with_the_class(own: SchoolClass) -> None:
    def count_queries() -> int:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            day_of(own)
            queries.list_lesson_tries(classroom_id=own.classroom.id, day=TUESDAY)
            queries.list_student_records(classroom_id=own.classroom.id, today=TUESDAY)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    own.enroll("Ben")
    with_one = count_queries()
    for number in range(20):
        own.answer(own.enroll(f"Student {number}"), TUESDAY)
    assert count_queries() == with_one == 8
