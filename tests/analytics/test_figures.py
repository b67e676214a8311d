"""The meaning of a class's figures, as tables."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from analytics import figures
from analytics.figures import (
    Band,
    ClassroomDay,
    FailsLesson,
    FarUnderClass,
    MissesDays,
    Reason,
    StudentDay,
    StudentRecord,
    Summary,
    Tries,
    UnfinishedLesson,
)
from learners.streaks import Streak

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
NEXT_MONDAY = date(2026, 11, 23)


def student_day(number: int, **known: object) -> StudentDay:
    nothing = StudentDay(
        user_id=UUID(int=number),
        display_name=f"Student {number}",
        is_active=False,
        lessons_completed=0,
        answers=0,
        tries=Tries(),
        xp=0,
        streak=Streak(0, 0, False),
        last_active_at=None,
    )
    return replace(nothing, **known)


def record(number: int = 1, **known: object) -> StudentRecord:
    well = StudentRecord(
        user_id=UUID(int=number),
        display_name=f"Student {number}",
        enrolled_on=MONDAY,
        last_active_on=FRIDAY,
        tries=Tries(),
        unfinished=(),
    )
    return replace(well, **known)


def reasons(*records: StudentRecord, today: date = NEXT_MONDAY) -> tuple[Reason, ...]:
    """Why the first of a class needs help."""
    needed = figures.find_help_needed(records, today=today)
    return next((help_.reasons for help_ in needed if help_.user_id == records[0].user_id), ())


def test_a_summary_adds_up_the_students() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    worked = student_day(1, is_active=True, lessons_completed=2, answers=31, tries=Tries(24, 30), last_active_at=now)
    skipped = student_day(2, is_active=True)
    absent = student_day(3)
    day = ClassroomDay(day=NEXT_MONDAY, students=(worked, skipped, absent), xp_this_week=45)
    assert figures.summarise(day) == Summary(
        students=3, active=2, lessons_completed=2, answers=31, tries=Tries(24, 30), xp_this_week=45
    )


def test_a_class_without_students_has_no_rate() -> None:
    summary = figures.summarise(ClassroomDay(day=MONDAY, students=(), xp_this_week=0))
    assert (summary.students, summary.tries.rate) == (0, None)


@pytest.mark.parametrize(
    ("right", "total", "expected"),
    [
        (0, 0, Band.UNSURE),
        (4, 4, Band.UNSURE),
        (5, 5, Band.STRONG),
        (8, 10, Band.STRONG),
        (79, 100, Band.FAIR),
        (6, 10, Band.FAIR),
        (59, 100, Band.WEAK),
        (0, 5, Band.WEAK),
    ],
)
def test_bands(right: int, total: int, expected: Band) -> None:
    assert figures.band(Tries(right, total)) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (MONDAY, MONDAY, 0),
        (MONDAY, date(2026, 11, 17), 0),
        (MONDAY, date(2026, 11, 19), 2),
        (FRIDAY, NEXT_MONDAY, 0),  # a weekend is nobody's fault
        (MONDAY, NEXT_MONDAY, 4),
        (date(2026, 11, 14), NEXT_MONDAY, 5),
        (date(2026, 11, 2), NEXT_MONDAY, 14),
        (NEXT_MONDAY, MONDAY, 0),
    ],
)
def test_school_days_between(first: date, last: date, expected: int) -> None:
    assert figures.count_school_days_between(first, last) == expected


@pytest.mark.parametrize(
    ("day", "monday", "first"),
    [(MONDAY, MONDAY, date(2026, 10, 20)), (date(2026, 11, 22), MONDAY, date(2026, 10, 26))],
)
def test_weeks_and_windows(day: date, monday: date, first: date) -> None:
    assert figures.week_start(day) == monday
    assert figures.window_start(day) == first
    assert (day - first).days + 1 == 28


@pytest.mark.parametrize(("wrong", "needs_help"), [(3, False), (4, True), (9, True)])
def test_four_failed_interactions_on_an_unfinished_lesson(wrong: int, needs_help: bool) -> None:
    lesson = UnfinishedLesson(module_title="Food", title="Fruit", wrong=wrong)
    assert reasons(record(unfinished=(lesson,))) == ((FailsLesson(lesson),) if needs_help else ())


@pytest.mark.parametrize(
    ("last_active_on", "enrolled_on", "expected"),
    [
        (date(2026, 11, 18), MONDAY, ()),  # Thursday and Friday
        (date(2026, 11, 17), MONDAY, (MissesDays(3, date(2026, 11, 17)),)),
        (NEXT_MONDAY, MONDAY, ()),
        (None, MONDAY, (MissesDays(4, None),)),
        (None, FRIDAY, ()),
    ],
)
def test_three_missed_school_days(last_active_on: date | None, enrolled_on: date, expected: tuple[Reason, ...]) -> None:
    assert reasons(record(last_active_on=last_active_on, enrolled_on=enrolled_on)) == expected


@pytest.mark.parametrize(
    ("own", "others", "needs_help"),
    [
        (Tries(12, 20), Tries(16, 20), True),  # exactly 20 points under
        (Tries(13, 20), Tries(16, 20), False),
        (Tries(0, 19), Tries(20, 20), False),  # too few of their own
        (Tries(0, 20), Tries(19, 19), False),  # too few to compare with
        (Tries(20, 20), Tries(0, 20), False),
        (Tries(7, 30), Tries(13, 30), True),  # 0.2 but for a hair's breadth of binary fractions
    ],
)
def test_accuracy_far_under_the_others(own: Tries, others: Tries, needs_help: bool) -> None:
    assert own.rate is not None
    assert others.rate is not None
    expected = (FarUnderClass(own.rate, others.rate),) if needs_help else ()
    assert reasons(record(1, tries=own), record(2, tries=others)) == expected


def test_who_needs_most_stands_first_then_by_name() -> None:
    lesson = UnfinishedLesson(module_title="Food", title="Fruit", wrong=5)
    one = record(1, display_name="zoe", unfinished=(lesson,))
    another = record(2, display_name="Adam", last_active_on=MONDAY)
    both = record(3, display_name="Max", unfinished=(lesson,), last_active_on=MONDAY)
    needed = figures.find_help_needed([one, another, both, record(4)], today=NEXT_MONDAY)
    assert [help_.display_name for help_ in needed] == ["Max", "Adam", "zoe"]
