"""Exactly once: the same answer sent again, at once from many devices, by somebody else, or beside another."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from core.db import db
from tests.conftest import Api, School
from tests.walking import OpenedLesson, Walk


def at_once(app: Flask, student: Api, calls: list[tuple[str, dict[str, Any]]]) -> list[TestResponse]:
    """Send all calls in the same moment, each from a client of its own."""
    barrier = threading.Barrier(len(calls))
    responses: list[TestResponse | None] = [None] * len(calls)

    def send(number: int) -> None:
        device = Api(app.test_client(), student.school, token=student.token)
        barrier.wait()
        responses[number] = device.post(calls[number][0], json=calls[number][1])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(responses)
    return [response for response in responses if response is not None]


@pytest.fixture
def counted(in_school: Callable[[str], Any]) -> Callable[[Api], dict[str, int]]:
    """What the database holds of a student."""

    def count(student: Api) -> dict[str, int]:
        with in_school("north"):
            row = db.session.execute(
                text("""
                    SELECT (SELECT count(*) FROM attempt WHERE user_id = :id) AS attempts,
                           (SELECT coalesce(sum(amount), 0) FROM xp_log WHERE user_id = :id) AS xp,
                           (SELECT coalesce(sum(completed_count), 0) FROM user_progress
                             WHERE user_id = :id) AS completed
                """),
                {"id": student.user["id"]},
            ).one()
        return dict(row._mapping)

    return count


def test_the_same_answer_again_gives_the_same_bytes_and_counts_once(
    north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    lesson = Walk(north.new_student()).open(0)
    for number in range(len(lesson.shown)):
        answer = lesson.wrong(number) if number == 3 else lesson.right(number)
        body = lesson.body(number, answer)
        first, second = lesson.send(body), lesson.send(body)
        assert first.status_code == second.status_code == 200
        assert first.data == second.data
    body = lesson.body(3, lesson.right(3))
    completing = [lesson.send(body) for _ in range(3)]
    assert completing[0].json["lesson"]["completed"]
    assert len({response.data for response in completing}) == 1
    # The run is over and another one has begun; the first result is still the answer.
    assert counted(lesson.walk.student) == {"attempts": 16, "xp": 15, "completed": 1}


@pytest.mark.parametrize("number", [0, 14], ids=["the first answer of a lesson", "the one that completes it"])
def test_the_same_answer_from_eight_threads_counts_once(
    app: Flask, north: School, counted: Callable[[Api], dict[str, int]], number: int
) -> None:
    lesson = Walk(north.new_student()).open(0)
    if number:
        lesson.finish(leaving=1)
    body = lesson.body(number, lesson.right(number))
    responses = at_once(app, lesson.walk.student, [(f"/lesson/{lesson.id}/answer", body)] * 8)
    assert {response.status_code for response in responses} == {200}
    assert len({response.data for response in responses}) == 1
    completed = number == 14
    expected = {"attempts": number + 1, "xp": 15 * completed, "completed": int(completed)}
    assert counted(lesson.walk.student) == expected


def test_different_answers_under_one_id_at_once_are_one_answer_and_conflicts(
    app: Flask, north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    lesson = Walk(north.new_student()).open(0)
    attempt = lesson.body(0, None)["attempt_id"]
    bodies = [lesson.body(number, lesson.right(number), attempt_id=attempt) for number in range(6)]
    responses = at_once(app, lesson.walk.student, [(f"/lesson/{lesson.id}/answer", body) for body in bodies])
    assert sorted(response.status_code for response in responses) == [200, 409, 409, 409, 409, 409]
    assert counted(lesson.walk.student)["attempts"] == 1


def test_one_id_in_two_lessons_at_once_is_one_answer(
    app: Flask, north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    """Different lessons do not wait for each other, so here the primary key alone decides."""
    walk = Walk(north.new_student())
    first_of_modules = [walk.open(number) for number in (0, len(walk.path()["modules"][0]["lessons"]))]
    for _ in range(5):
        attempt = first_of_modules[0].body(0, None)["attempt_id"]
        calls = [
            (f"/lesson/{lesson.id}/answer", lesson.body(0, lesson.right(0), attempt_id=attempt))
            for lesson in first_of_modules
        ]
        before = counted(walk.student)["attempts"]
        assert sorted(r.status_code for r in at_once(app, walk.student, calls)) == [200, 409]
        assert counted(walk.student)["attempts"] == before + 1


def test_two_devices_answering_the_last_question_complete_the_lesson_once(
    app: Flask, north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    lesson = Walk(north.new_student()).open(0)
    lesson.finish(leaving=1)
    calls = [(f"/lesson/{lesson.id}/answer", lesson.body(14, lesson.right(14))) for _ in range(2)]
    results = [response.json for response in at_once(app, lesson.walk.student, calls)]
    assert sorted(result["lesson"]["completed"] for result in results) == [False, True]
    assert sorted(result["xp"]["granted"] for result in results) == [0, 15]
    assert {result["xp"]["total"] for result in results} == {15}, "both are told the same total"
    assert counted(lesson.walk.student) == {"attempts": 16, "xp": 15, "completed": 1}


def test_eight_devices_walking_the_lesson_together_lose_no_answer(
    app: Flask, north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    lesson = Walk(north.new_student()).open(0)
    calls = [(f"/lesson/{lesson.id}/answer", lesson.body(n, lesson.right(n))) for n in range(len(lesson.shown))]
    responses = at_once(app, lesson.walk.student, calls)
    assert {response.status_code for response in responses} == {200}
    assert sorted(response.json["lesson"]["passed"] for response in responses) == list(range(1, 16))
    assert counted(lesson.walk.student) == {"attempts": 15, "xp": 15, "completed": 1}


def changed(lesson: OpenedLesson, body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same attempt id with something else in it."""
    return {
        "another answer": body | {"answer": lesson.wrong(0)},
        "another question": lesson.body(1, lesson.right(1), attempt_id=body["attempt_id"]),
        "skipped": lesson.body(5, None, attempt_id=body["attempt_id"]),
    }


def test_another_answer_under_the_same_id_is_a_conflict(
    north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    lesson = Walk(north.new_student()).open(0)
    body = lesson.body(0, lesson.right(0))
    first = lesson.send(body)
    for what, other in changed(lesson, body).items():
        response = lesson.send(other)
        assert (response.status_code, response.json["code"]) == (409, "attempt_conflict"), what
    assert lesson.send(body).data == first.data
    assert counted(lesson.walk.student)["attempts"] == 1


def test_somebody_elses_attempt_id_is_a_conflict_that_tells_nothing(
    north: School, counted: Callable[[Api], dict[str, int]]
) -> None:
    lesson, other = Walk(north.new_student()).open(0), north.new_student()
    body = lesson.body(0, lesson.right(0))
    mine = lesson.send(body).json
    theirs = lesson.send(body, by=other)
    assert (theirs.status_code, theirs.json["code"]) == (409, "attempt_conflict")
    assert set(theirs.json) == {"code", "message", "request_id"}
    assert mine["solution"] not in theirs.text
    assert counted(other) == {"attempts": 0, "xp": 0, "completed": 0}
    assert lesson.send(body).json == mine
