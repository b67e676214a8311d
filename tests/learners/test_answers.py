"""One answer at a time through HTTP: the verdict, what it does to the run, and who may give it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from core.db import db
from curriculum.models import QuestionKind
from learners.models import Attempt
from tenants.models import User
from tests.conftest import School
from tests.walking import Walk, new_attempt


def count_attempts(user_id: str) -> int:
    return db.session.scalar(select(func.count()).where(Attempt.user_id == user_id)) or 0


def test_a_right_answer_passes_and_tells_why(north: School) -> None:
    lesson = Walk(north.new_student()).open(0)
    number = lesson.place(QuestionKind.WORD_BANK)
    body = lesson.body(number, lesson.right(number))
    result = lesson.send(body).json
    assert result["attempt_id"] == body["attempt_id"]
    assert (result["verdict"], result["passed"]) == ("correct", True)
    assert {word["kind"] for word in result["diff"]} == {"equal"}
    assert result["solution"] == "Hello, I'm Anna."
    assert result["xp"] == {"granted": 0, "total": 0, "reasons": []}
    assert result["lesson"] == {"completed": False, "passed": 1, "total": 15, "first_try_accuracy": 1.0}


def test_a_typo_passes_with_a_warning(north: School) -> None:
    lesson = Walk(north.new_student()).open(0)
    number = lesson.place(QuestionKind.TRANSLATE)
    result = lesson.answer(number, {"text": "До свидания, Том".replace("свидания", "свиданея")})
    assert (result["verdict"], result["passed"]) == ("typo", True)
    assert [word["kind"] for word in result["diff"]].count("typo") == 1


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_wrong_answer_of_any_kind_comes_back_and_is_no_first_try_any_more(north: School, kind: QuestionKind) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    number = lesson.place(kind)
    question_id = lesson.shown[number]["id"]
    missed = lesson.answer(number, lesson.wrong(number))
    assert (missed["verdict"], missed["passed"]) == ("wrong", False)
    assert missed["lesson"] == {"completed": False, "passed": 0, "total": 15, "first_try_accuracy": 0.0}
    assert missed["solution"]
    fetched = walk.fetch(lesson.id)
    assert (fetched["missed_question_ids"], fetched["passed_question_ids"]) == ([question_id], [])
    passed = lesson.answer(number, lesson.right(number))
    assert passed["lesson"] == {"completed": False, "passed": 1, "total": 15, "first_try_accuracy": 0.0}
    fetched = walk.fetch(lesson.id)
    assert (fetched["missed_question_ids"], fetched["passed_question_ids"]) == ([question_id], [question_id])
    assert walk.progress()["accuracy"] == 0.0


def test_only_what_is_heard_can_be_skipped(north: School) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    skipped_accuracy = []
    for number, question in enumerate(lesson.known.questions):
        response = lesson.send(lesson.body(number, None))
        is_heard = question.kind in {QuestionKind.MINIMAL_PAIR, QuestionKind.DICTATION, QuestionKind.DICTATION_BANK}
        if is_heard or question.body.get("audio"):
            assert response.status_code == 200
            assert (response.json["verdict"], response.json["passed"]) == ("skipped", True)
            skipped_accuracy.append(response.json["lesson"]["first_try_accuracy"])
        else:
            assert (response.status_code, response.json["code"]) == (422, "answer_does_not_fit")
    assert len(skipped_accuracy) == 3
    assert set(skipped_accuracy) == {1.0}
    assert walk.progress()["accuracy"] is None, "what was skipped is neither right nor wrong"


def test_a_miss_cannot_be_skipped_away(north: School) -> None:
    lesson = Walk(north.new_student()).open(0)
    number = lesson.place(QuestionKind.DICTATION)
    lesson.answer(number, lesson.wrong(number))
    assert lesson.answer(number, None)["lesson"]["first_try_accuracy"] == 0.0


def test_a_run_is_taken_up_where_it_was_left(north: School) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    lesson.answer(0, lesson.right(0))
    lesson.answer(1, lesson.wrong(1))
    lesson.answer(2, lesson.right(2))
    fetched = walk.fetch(lesson.id)
    assert fetched["run"] == 1
    assert set(fetched["passed_question_ids"]) == {lesson.shown[0]["id"], lesson.shown[2]["id"]}
    assert fetched["missed_question_ids"] == [lesson.shown[1]["id"]]
    assert fetched["questions"] == lesson.shown, "options and chips do not jump"
    on_path = walk.on_path(lesson.id)
    assert (on_path["state"], on_path["is_next"]) == ("started", True)


def test_a_question_that_has_passed_stays_passed(north: School) -> None:
    lesson = Walk(north.new_student()).open(0)
    lesson.answer(0, lesson.right(0))
    again = lesson.answer(0, lesson.wrong(0))
    assert again["verdict"] == "wrong"
    assert again["lesson"]["passed"] == 1
    assert again["lesson"]["first_try_accuracy"] == 1.0


def test_a_locked_lesson_takes_no_answer_and_is_not_shown(north: School) -> None:
    walk = Walk(north.new_student())
    first, locked_id = walk.open(0), walk.places[1][0]
    assert walk.on_path(locked_id)["state"] == "locked"
    assert walk.student.get(f"/lesson/{locked_id}").json["code"] == "lesson_locked"
    # Somebody who knows the questions already does not get in either.
    ahead = Walk(north.new_student())
    ahead.open(0).finish()
    second = ahead.open(1)
    body = second.body(0, second.right(0))
    refused = second.send(body, by=walk.student)
    assert (refused.status_code, refused.json["code"]) == (403, "lesson_locked")
    assert walk.on_path(locked_id)["state"] == "locked", "the refused answer started nothing"
    first.finish()
    assert second.send(body, by=walk.student).status_code == 200


def test_a_question_of_another_lesson_is_not_found(north: School) -> None:
    walk = Walk(north.new_student())
    walk.open(0).finish()
    first, second = walk.open(0), walk.open(1)
    response = first.send(first.body(0, second.right(0), question_id=second.shown[0]["id"]))
    assert (response.status_code, response.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("version", [2, 1_000_000])
def test_an_unknown_version_is_not_found(north: School, version: int) -> None:
    lesson = Walk(north.new_student()).open(0)
    response = lesson.send(lesson.body(0, lesson.right(0), question_version=version))
    assert (response.status_code, response.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("who", ["teacher", "admin", "guardian"])
def test_only_students_answer(north: School, who: str) -> None:
    lesson = Walk(north.new_student()).open(0)
    response = lesson.send(lesson.body(0, lesson.right(0)), by=north.sign_in(who))
    assert (response.status_code, response.json["code"]) == (403, "not_permitted")


def test_a_deactivated_student_can_do_nothing_more(north: School, in_school: Callable[[str], Any]) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    name = walk.student.user["user_name"]
    with in_school("north"):
        db.session.execute(text('UPDATE "user" SET deactivated_at = now() WHERE user_name = :name'), {"name": name})
        db.session.commit()
    response = lesson.send(lesson.body(0, lesson.right(0)))
    assert (response.status_code, response.json["code"]) == (404, "not_found")
    assert walk.student.get("/user").status_code == 404
    signed_in = north.anonymous.post("/auth/login", json={"user_name": name, "password": "correct-horse"})
    assert signed_in.json["code"] == "bad_credentials"
    with in_school("north"):
        assert count_attempts(walk.student.user["id"]) == 0
        assert db.session.get(User, walk.student.user["id"]).deactivated_at


def test_a_draft_course_is_shown_to_no_student(north: School, in_school: Callable[[str], Any]) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    sent = lesson.body(1, lesson.right(1))
    first = lesson.send(sent)
    try:
        with in_school("north"):
            db.session.execute(text("UPDATE course SET state = 'draft'"))
            db.session.commit()
        assert walk.path() == {"courses": [], "modules": []}
        assert walk.student.get(f"/lesson/{lesson.id}").status_code == 404
        assert lesson.send(lesson.body(0, lesson.right(0))).status_code == 404
        assert lesson.send(sent).data == first.data, "what an offline queue replays was answered while it was shown"
        assert north.sign_in("teacher").get(f"/lesson/{lesson.id}").status_code == 200
    finally:
        with in_school("north"):
            db.session.execute(text("UPDATE course SET state = 'published'"))
            db.session.commit()


def test_the_time_it_took_does_not_make_another_answer(north: School) -> None:
    lesson = Walk(north.new_student()).open(0)
    body = lesson.body(0, lesson.right(0), attempt_id=new_attempt())
    assert lesson.send(body).json == lesson.send(body | {"elapsed_ms": 9000}).json


@pytest.mark.parametrize(("policy", "verdict"), [("lenient", "correct"), ("warn", "accent_slip"), ("strict", "wrong")])
def test_the_classroom_decides_about_accents(
    north: School, in_school: Callable[[str], Any], policy: str, verdict: str
) -> None:
    """Of several classes the strictest decides. A Spanish question stands in for the course's missing accents."""
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    number = lesson.place(QuestionKind.CLOZE_TYPE)
    question_id = lesson.shown[number]["id"]
    other_class = text("INSERT INTO classroom VALUES (gen_random_uuid(), 'Spanish', NULL, :policy, now()) RETURNING id")
    own = text("INSERT INTO enrollment VALUES (:classroom, :student, 'student', now())")
    with in_school("north"):
        db.session.execute(
            text("DELETE FROM enrollment WHERE user_id = :student"), {"student": walk.student.user["id"]}
        )
        policies = {"lenient": ["lenient"], "warn": ["lenient", "warn"], "strict": ["warn", "strict", "lenient"]}
        for each in policies[policy]:
            classroom = db.session.scalar(other_class, {"policy": each})
            db.session.execute(own, {"classroom": classroom, "student": walk.student.user["id"]})
        version = text("""
            INSERT INTO question_version (question_id, number, kind, body, spoken, created_at)
            VALUES (:question, :number, 'cloze_type', '{"sentence": "El ___", "translation": "Лев"}', '{}', now())
        """)
        number_of_version = {"lenient": 101, "warn": 102, "strict": 103}[policy]
        db.session.execute(version, {"question": question_id, "number": number_of_version})
        answer = text("INSERT INTO answer VALUES (gen_random_uuid(), :question, :number, 0, 'león')")
        db.session.execute(answer, {"question": question_id, "number": number_of_version})
        db.session.commit()
    result = lesson.answer(number, {"text": "leon"}, question_version=number_of_version)
    assert result["verdict"] == verdict


def test_the_solution_of_a_picture_is_its_word(north: School) -> None:
    student = north.new_student()
    lesson_id = student.get("/modules").json["modules"][0]["lessons"][0]["id"]
    shown = next(
        question
        for question in student.get(f"/lesson/{lesson_id}").json["questions"]
        if question["kind"] == "pick_picture" and question["word"] == "thank you"
    )
    body = {
        "attempt_id": str(uuid4()),
        "question_id": shown["id"],
        "question_version": shown["version"],
        "answer": {"choice": "no such picture"},
        "elapsed_ms": 1000,
    }
    assert student.post(f"/lesson/{lesson_id}/answer", json=body).json["solution"] == "thank you"
