"""A student's way through a whole module, and what repeating a lesson earns."""

from datetime import timedelta

import pytest

from core import clock
from learners.answering import Submission, answer_question
from tests.conftest import School
from tests.walking import Walk, pack

LESSONS = pack().modules[0].lessons


@pytest.fixture(scope="module")
def walk(app: object) -> Walk:
    return Walk(School("north", app).new_student())  # type: ignore[arg-type]


def test_the_whole_first_module_is_walked_in_order(walk: Walk) -> None:
    total = 0
    for number, content in enumerate(LESSONS):
        states = [lesson["state"] for lesson in walk.path()["modules"][0]["lessons"]]
        assert states == ["completed"] * number + ["open"] + ["locked"] * (len(LESSONS) - number - 1)
        lesson = walk.open(number)
        assert len(lesson.shown) == len(content.questions)
        for place in range(len(lesson.shown)):
            result = lesson.answer(place, lesson.right(place))
            assert (result["verdict"], result["passed"]) == ("correct", True), content.questions[place]
            assert result["note"] == content.questions[place].body.get("note")
            is_last = place == len(lesson.shown) - 1
            assert result["lesson"]["completed"] is is_last
            assert result["lesson"]["passed"] == place + 1
        total += 15
        reasons = [{"cause": "lesson_completed", "amount": 10}, {"cause": "high_accuracy", "amount": 5}]
        assert result["xp"] == {"granted": 15, "total": total, "reasons": reasons}
    progress = walk.progress()
    assert progress["xp"] == {"total": total, "today": total}
    assert progress["lessons"]["completed"] == len(LESSONS)
    assert progress["accuracy"] == 1.0


def test_exactly_one_lesson_of_a_course_is_the_next(walk: Walk) -> None:
    path = walk.path()
    lessons = [lesson for module in path["modules"] for lesson in module["lessons"]]
    assert [lesson["is_next"] for lesson in lessons].count(True) == 1
    positions = [module["position"] for module in path["modules"]]
    assert positions == sorted(positions)
    for module in path["modules"]:
        assert module["lessons"][0]["state"] != "locked", "the first lesson of every module is open"
        assert [lesson["position"] for lesson in module["lessons"]] == list(range(len(module["lessons"])))


def test_repeating_a_lesson_the_same_day_earns_less_and_less(north: School) -> None:
    walk = Walk(north.new_student())
    granted = []
    for run in range(1, 6):
        lesson = walk.open(0)
        assert walk.fetch(lesson.id)["run"] == run
        granted.append(lesson.finish()["xp"]["granted"])
    assert granted == [15, 5, 2, 0, 0]
    assert walk.progress()["xp"]["total"] == 22
    assert walk.on_path(lesson.id)["completed_count"] == 5


def test_a_repeated_lesson_says_so(north: School) -> None:
    walk = Walk(north.new_student())
    walk.open(0).finish()
    result = walk.open(0).finish()
    assert result["xp"]["reasons"] == [{"cause": "lesson_repeated", "amount": 5}]


@pytest.mark.parametrize(("misses", "granted"), [(1, 15), (2, 10)])
def test_high_accuracy_is_nine_of_ten_at_first_try(north: School, misses: int, granted: int) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)  # 15 questions: one miss is 93 %, two are 87 %
    for number in range(misses):
        lesson.answer(number, lesson.wrong(number))
    result = lesson.finish()
    assert result["xp"]["granted"] == granted
    assert result["lesson"]["first_try_accuracy"] == pytest.approx((15 - misses) / 15)
    assert walk.on_path(lesson.id)["best_accuracy"] == pytest.approx((15 - misses) / 15)
    assert walk.progress()["accuracy"] == pytest.approx((15 - misses) / 15)


def test_the_best_accuracy_stays(north: School) -> None:
    walk = Walk(north.new_student())
    walk.open(0).finish()
    lesson = walk.open(0)
    lesson.answer(0, lesson.wrong(0))
    lesson.finish()
    assert walk.on_path(lesson.id)["best_accuracy"] == 1.0


def test_another_day_earns_in_full_again(north: School, in_school: object) -> None:
    """The day is the school's own: 23:30 UTC of one day is the next morning in Riga."""
    from uuid import UUID

    from core.auth import Actor, Role

    walk = Walk(north.new_student())
    lesson = walk.open(0)
    actor = Actor(
        user_id=UUID(walk.student.user["id"]),
        tenant_id=UUID(int=0),
        roles=frozenset({Role.STUDENT}),
        sign_in_id=UUID(int=0),
        token_id=UUID(int=0),
    )
    evening = clock.now().replace(hour=20, minute=0)
    granted = []
    for now in (evening, evening + timedelta(minutes=30), evening + timedelta(hours=3, minutes=30)):
        with in_school("north"):  # type: ignore[operator]
            from core.db import db

            for number in range(len(lesson.shown)):
                body = lesson.body(number, lesson.right(number))
                submission = Submission(
                    attempt_id=UUID(body["attempt_id"]),
                    lesson_id=UUID(lesson.id),
                    question_id=UUID(body["question_id"]),
                    question_version=1,
                    answer=body["answer"],
                    is_skipped=False,
                    elapsed_ms=1,
                )
                result = answer_question(actor=actor, submission=submission, now=now)
            granted.append(result["xp"]["granted"])
            db.session.commit()
    assert granted == [15, 5, 15]
