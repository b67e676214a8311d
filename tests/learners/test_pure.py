"""Streaks, XP, runs and achievements: values in, values out."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.achievements import RULES, Record, earned
from learners.lesson_run import LessonRun, Step
from learners.streaks import streak
from learners.xp import lesson_grants

TODAY = date(2027, 3, 1)


def days(*ago: int) -> frozenset[date]:
    return frozenset(TODAY - timedelta(days=number) for number in ago)


@pytest.mark.parametrize(
    ("ago", "length", "longest", "is_done_today"),
    [
        ((), 0, 0, False),
        ((0,), 1, 1, True),
        ((1,), 1, 1, False),  # today is still open
        ((2,), 0, 1, False),  # a whole day went by
        ((0, 1), 2, 2, True),
        ((1, 2, 3), 3, 3, False),
        ((0, 2, 3, 4), 1, 3, True),
        ((0, 1, 3, 4, 5, 6), 2, 4, True),
        ((2, 3, 4, 5), 0, 4, False),
        (tuple(range(60)), 60, 60, True),
        ((0, -1), 1, 2, True),  # a day that is tomorrow for somebody changes nothing today
    ],
)
def test_streaks(ago: tuple[int, ...], length: int, longest: int, is_done_today: bool) -> None:
    found = streak(days(*ago), today=TODAY)
    assert (found.length, found.longest, found.is_done_today) == (length, longest, is_done_today)


@given(st.sets(st.integers(0, 40)))
def test_a_streak_is_never_longer_than_the_longest(ago: set[int]) -> None:
    found = streak(days(*ago), today=TODAY)
    assert 0 <= found.length <= found.longest <= len(ago)
    assert found.is_done_today is (0 in ago)
    assert (found.length > 0) is bool(ago & {0, 1})


@given(st.sets(st.integers(2, 40)))
def test_finishing_today_after_yesterday_makes_a_streak_one_longer(ago: set[int]) -> None:
    yesterday = streak(days(*ago, 1), today=TODAY)
    assert streak(days(*ago, 1, 0), today=TODAY).length == yesterday.length + 1


@pytest.mark.parametrize(
    ("accuracy", "earlier", "grants"),
    [
        (1.0, 0, [("lesson_completed", 10), ("high_accuracy", 5)]),
        (0.9, 0, [("lesson_completed", 10), ("high_accuracy", 5)]),
        (0.899, 0, [("lesson_completed", 10)]),
        (0.0, 0, [("lesson_completed", 10)]),
        (1.0, 1, [("lesson_repeated", 5)]),
        (0.0, 1, [("lesson_repeated", 5)]),
        (1.0, 2, [("lesson_repeated", 2)]),
        (1.0, 3, []),
        (1.0, 100, []),
    ],
)
def test_xp(accuracy: float, earlier: int, grants: list[tuple[str, int]]) -> None:
    found = lesson_grants(first_try_accuracy=accuracy, earlier_runs_today=earlier)
    assert [(grant.cause.value, grant.amount) for grant in found] == grants


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        ((0, 0.0, 0, 0), set()),
        ((0, 1.0, 0, 0), set()),
        ((1, 0.99, 1, 10), {"first_lesson"}),
        ((1, 1.0, 1, 15), {"first_lesson", "perfect_lesson"}),
        ((5, 0.8, 2, 99), {"first_lesson"}),
        ((5, 0.8, 3, 99), {"first_lesson", "streak_3"}),
        ((5, 0.8, 2, 100), {"first_lesson", "xp_100"}),
        ((50, 1.0, 30, 5000), set(RULES)),
    ],
)
def test_achievements(record: tuple[int, float, int, int], keys: set[str]) -> None:
    lessons, accuracy, longest, xp = record
    found = earned(Record(lessons_completed=lessons, best_accuracy=accuracy, longest_streak=longest, xp_total=xp))
    assert found == keys


QUESTIONS = [UUID(int=number) for number in range(5)]
STEPS = st.lists(st.tuples(st.sampled_from(QUESTIONS), st.sampled_from(Step)), max_size=30)


def run_through(steps: list[tuple[UUID, Step]]) -> LessonRun:
    run = LessonRun(1)
    for question_id, step in steps:
        run = run.advance(question_id, step)
    return run


@given(STEPS, st.randoms())
def test_questions_answered_in_any_order_end_alike(steps: list[tuple[UUID, Step]], chance: object) -> None:
    """Each question's own answers keep their order; how the questions are mixed does not matter."""
    by_question = {question: [step for step in steps if step[0] == question] for question in QUESTIONS}
    mixed = []
    while waiting := [question for question in QUESTIONS if by_question[question]]:
        mixed.append(by_question[chance.choice(waiting)].pop(0))  # type: ignore[attr-defined]
    assert run_through(mixed) == run_through(steps)


@given(STEPS)
def test_a_run_only_goes_forward(steps: list[tuple[UUID, Step]]) -> None:
    run = LessonRun(1)
    for question_id, step in steps:
        is_first = run.is_first_try(question_id)
        following = run.advance(question_id, step)
        assert run.passed <= following.passed
        assert run.missed <= following.missed
        assert following.skipped <= following.passed - following.missed
        assert not following.is_first_try(question_id)
        assert is_first is (question_id not in run.passed | run.missed)
        assert 0 <= following.first_try_accuracy() <= 1
        run = following
    assert run.is_complete(frozenset(QUESTIONS)) is (run.passed == frozenset(QUESTIONS))


@given(STEPS)
def test_the_same_answers_twice_change_nothing(steps: list[tuple[UUID, Step]]) -> None:
    once = run_through(steps)
    assert run_through([*steps, *[step for step in steps if step[0] in once.passed]]) == once


@pytest.mark.parametrize(
    ("steps", "passed", "accuracy"),
    [
        ("", 0, 1.0),
        ("p", 1, 1.0),
        ("m", 0, 0.0),
        ("mp", 1, 0.0),
        ("mmmp", 1, 0.0),
        ("pm", 1, 1.0),  # what passed stays passed
        ("s", 1, 1.0),
        ("ms", 1, 0.0),  # a miss cannot be skipped away
        ("sm", 1, 1.0),
    ],
)
def test_one_question(steps: str, passed: int, accuracy: float) -> None:
    kinds = {"p": Step.PASSED, "m": Step.MISSED, "s": Step.SKIPPED}
    run = run_through([(QUESTIONS[0], kinds[letter]) for letter in steps])
    assert (len(run.passed), run.first_try_accuracy()) == (passed, accuracy)


def test_accuracy_leaves_out_what_was_skipped_and_what_is_still_to_come() -> None:
    first, second, third, fourth, _fifth = QUESTIONS
    steps = [(first, Step.PASSED), (second, Step.MISSED), (second, Step.PASSED), (third, Step.SKIPPED)]
    run = run_through([*steps, (fourth, Step.PASSED)])
    assert run.first_try_accuracy() == pytest.approx(2 / 3)
    assert not run.is_complete(frozenset(QUESTIONS))
    assert run.is_complete(frozenset(QUESTIONS[:4]))
    assert run.is_first_try(uuid4())
