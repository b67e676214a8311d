"""Adopting and publishing courses through HTTP."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from core.db import db
from core.tenancy import Tenant
from curriculum.models import Answer, Course, Lesson, Question, QuestionVersion
from tenants.cli import create_school
from tests.conftest import PASSWORD, School
from tests.counting import owner_engine
from tests.walking import Walk, pack


@pytest.fixture(scope="module")
def fresh(app: Flask) -> Iterator[School]:
    """A school without any course."""
    tenant = create_school(
        app.extensions["lernejo"], slug="fresh", name="Fresh", time_zone="UTC", locale="en", admin=("admin", PASSWORD)
    )
    yield School("fresh", app)
    drop_school(tenant)


def drop_school(tenant: Tenant) -> None:
    with owner_engine().begin() as connection:
        connection.execute(text(f"DROP SCHEMA {tenant.schema} CASCADE"))
        connection.execute(text("DELETE FROM public.tenant WHERE id = :id"), {"id": tenant.id})
        connection.execute(text(f"DROP OWNED BY {tenant.schema}"))
        connection.execute(text(f"DROP ROLE {tenant.schema}"))


def test_packs_are_listed_for_staff(north: School) -> None:
    listed = north.sign_in("teacher").get("/packs").json["packs"]
    assert [each["key"] for each in listed] == ["en-ru-a1"]
    assert set(listed[0]) == {
        "key", "version", "title", "description", "language", "source_language", "cefr_level",
    }  # fmt: skip
    for person in (north.new_student(), north.sign_in("guardian")):
        assert person.get("/packs").status_code == 403


@pytest.fixture(scope="module")
def adoptions(fresh: School) -> list[TestResponse]:
    """The answers to two people who adopt the pack at once."""
    staff = [fresh.sign_in("admin") for _ in range(2)]
    barrier, responses = threading.Barrier(len(staff)), []

    def adopt(api: Any) -> None:
        barrier.wait()
        responses.append(api.post("/packs/en-ru-a1/adopt"))

    threads = [threading.Thread(target=adopt, args=(api,)) for api in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(responses, key=lambda response: response.status_code)


def test_a_pack_is_adopted_as_a_draft_and_once(fresh: School, adoptions: list[TestResponse]) -> None:
    made, refused = adoptions
    assert (made.status_code, refused.status_code) == (201, 409)
    assert refused.json["code"] == "course_adopted"
    assert (made.json["key"], made.json["title"], made.json["state"]) == ("en-ru-a1", pack().title, "draft")
    admin = fresh.sign_in("admin")
    assert [course["id"] for course in admin.get("/modules").json["courses"]] == [made.json["id"]]
    assert admin.post("/packs/en-ru-a1/adopt").status_code == 409


def test_a_draft_is_published(fresh: School, adoptions: list[TestResponse]) -> None:
    admin = fresh.sign_in("admin")
    course_id = admin.get("/modules").json["courses"][0]["id"]
    code = admin.post("/classrooms", json={"name": "A"}).json["join_code"]
    body = {"class_code": code, "user_name": "nila", "display_name": "Nila", "password": PASSWORD}
    student = fresh.anonymous
    student.token = student.post("/auth/register", json=body).json["access_token"]
    assert student.get("/modules").json == {"courses": [], "modules": []}
    published = admin.post(f"/course/{course_id}/publish")
    assert (published.status_code, published.json["state"]) == (200, "published")
    assert len(student.get("/modules").json["modules"]) == len(pack().modules)
    assert Walk(student).open(0).finish()["lesson"]["completed"]
    assert student.post(f"/course/{course_id}/publish").status_code == 403


def test_a_course_is_stored_as_it_stands_in_the_pack(
    fresh: School, adoptions: list[TestResponse], in_school: Callable[[str], Any]
) -> None:
    questions = list(pack().questions)
    with in_school("fresh"):
        rows = db.session.execute(
            select(Lesson.key, Question.key, QuestionVersion.kind, QuestionVersion.body, QuestionVersion.spoken)
            .join(Question, Question.lesson_id == Lesson.id)
            .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        ).all()
        stored = {(row[0], row[1]): (row[2], row[3], tuple(row[4])) for row in rows}
        answers = db.session.scalar(select(func.count(Answer.id)))
        assert db.session.scalar(select(Course.pack_version)) == pack().version
    expected = {
        (lesson.key, each.key): (each.kind, each.body, each.spoken)
        for module in pack().modules
        for lesson in module.lessons
        for each in lesson.questions
    }
    assert stored.keys() == expected.keys()
    for place, (kind, body, spoken) in expected.items():
        assert stored[place][0] == kind
        assert stored[place][1].keys() == body.keys()
        assert stored[place][2] == spoken
    assert answers == sum(len(each.answers) for each in questions)
