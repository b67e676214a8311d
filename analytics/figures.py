"""What the figures of a class mean: sums, bands and who needs help. Pure; days are those of the school's calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from learners.streaks import Streak

#: Lessons and help look back over four weeks: what is hard now, and a bounded number of rows to read.
WINDOW = timedelta(days=28)

#: Product rules for "needs help".
FAILED_INTERACTIONS = 4
MISSED_SCHOOL_DAYS = 3
FAR_UNDER_CLASS = 0.20
#: Fewer first tries than this say nothing about a student against the class.
COMPARABLE_TRIES = 20

#: A rate of fewer first tries than this is shown, but not judged.
JUDGED_TRIES = 5
STRONG_RATE = 0.8
FAIR_RATE = 0.6


@dataclass(frozen=True, slots=True)
class Tries:
    """First tries at questions, and how many of them passed; skipped questions are not tries."""

    right: int = 0
    total: int = 0

    @property
    def rate(self) -> float | None:
        """The share that passed, from 0 to 1; None before any."""
        return self.right / self.total if self.total else None

    def __add__(self, other: "Tries") -> "Tries":
        return Tries(self.right + other.right, self.total + other.total)

    def __sub__(self, other: "Tries") -> "Tries":
        return Tries(self.right - other.right, self.total - other.total)


def add_up(tries: Iterable[Tries]) -> Tries:
    """All of them together."""
    return sum(tries, Tries())


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentDay:
    """A student on one day. Somebody who only skipped was active without an answer."""

    user_id: UUID
    display_name: str
    is_active: bool
    lessons_completed: int
    answers: int
    tries: Tries
    xp: int
    streak: Streak
    last_active_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassroomDay:
    """A class on one day, every student of it, by name. `xp_this_week` runs from Monday to that day."""

    day: date
    students: tuple[StudentDay, ...]
    xp_this_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A class's day in six figures."""

    students: int
    active: int
    lessons_completed: int
    answers: int
    tries: Tries
    xp_this_week: int


def summarise(classroom_day: ClassroomDay) -> Summary:
    """Add up the students of a class."""
    students = classroom_day.students
    return Summary(
        students=len(students),
        active=sum(student.is_active for student in students),
        lessons_completed=sum(student.lessons_completed for student in students),
        answers=sum(student.answers for student in students),
        tries=add_up(student.tries for student in students),
        xp_this_week=classroom_day.xp_this_week,
    )


def week_start(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())


def window_start(day: date) -> date:
    """The first day of the four weeks that end with `day`."""
    return day - WINDOW + timedelta(days=1)


class Band(StrEnum):
    """How a first-try rate reads; `UNSURE` when there are too few tries to judge."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    UNSURE = "unsure"


def band(tries: Tries) -> Band:
    """The band of a first-try rate."""
    if tries.rate is None or tries.total < JUDGED_TRIES:
        return Band.UNSURE
    if tries.rate >= STRONG_RATE:
        return Band.STRONG
    return Band.FAIR if tries.rate >= FAIR_RATE else Band.WEAK


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonTries:
    """The first tries of a class at one lesson. `number` is module and lesson as one reads them: 2.3.

    `language` is that of the titles: the language the course is explained in.
    """

    lesson_id: UUID
    language: str
    course_title: str
    module_title: str
    number: str
    title: str
    students: int
    tries: Tries


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedLesson:
    """A lesson a student is in the middle of, and the wrong answers of this run through it."""

    module_title: str
    title: str
    wrong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRecord:
    """What is known of a student when asking whether they need help; tries are those of the last four weeks."""

    user_id: UUID
    display_name: str
    enrolled_on: date
    last_active_on: date | None
    tries: Tries
    unfinished: tuple[UnfinishedLesson, ...]


@dataclass(frozen=True, slots=True)
class FailsLesson:
    """Wrong answers pile up in a lesson that is not finished."""

    lesson: UnfinishedLesson


@dataclass(frozen=True, slots=True)
class MissesDays:
    """Nothing for some school days; `last_active_on` is None for somebody who has never begun."""

    school_days: int
    last_active_on: date | None


@dataclass(frozen=True, slots=True)
class FarUnderClass:
    """Right at first try much more seldom than the others of the class."""

    rate: float
    class_rate: float


Reason = FailsLesson | MissesDays | FarUnderClass


@dataclass(frozen=True, slots=True)
class HelpNeeded:
    """A student who needs help, and why; there is at least one reason."""

    user_id: UUID
    display_name: str
    reasons: tuple[Reason, ...]


def find_help_needed(records: Sequence[StudentRecord], *, today: date) -> list[HelpNeeded]:
    """The students who need help, those with most reasons first, then by name."""
    whole_class = add_up(record.tries for record in records)
    needed = [
        HelpNeeded(record.user_id, record.display_name, reasons)
        for record in records
        if (reasons := tuple(_reasons(record, whole_class, today)))
    ]
    return sorted(needed, key=lambda help_: (-len(help_.reasons), help_.display_name.casefold()))


def _reasons(record: StudentRecord, whole_class: Tries, today: date) -> Iterable[Reason]:
    for lesson in record.unfinished:
        if lesson.wrong >= FAILED_INTERACTIONS:
            yield FailsLesson(lesson)
    missed = count_school_days_between(record.last_active_on or record.enrolled_on, today)
    if missed >= MISSED_SCHOOL_DAYS:
        yield MissesDays(missed, record.last_active_on)
    others = whole_class - record.tries
    if record.tries.total >= COMPARABLE_TRIES and others.total >= COMPARABLE_TRIES:
        rate, class_rate = record.tries.rate, others.rate
        # Rates of whole numbers: a hair's breadth of binary fractions must not decide.
        if rate is not None and class_rate is not None and round(class_rate - rate, 6) >= FAR_UNDER_CLASS:
            yield FarUnderClass(rate, class_rate)


def count_school_days_between(first: date, last: date) -> int:
    """The Mondays to Fridays strictly between two days. Holidays count too: the school's calendar is not known."""
    days = (last - first).days - 1
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((first + timedelta(days=offset)).weekday() < 5 for offset in range(1, rest + 1))
