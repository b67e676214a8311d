"""Every route, found by itself: another school's ids, another school's token, and no token at all."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from curriculum.models import Course, Lesson
from tenants.models import SignIn
from tests.conftest import Api, School
from tests.walking import Walk, new_attempt

PREFIX = "/api/v1/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

PUBLIC = {
    ("GET", "/api/v1/school"): "shown before anybody signs in",
    ("POST", "/api/v1/auth/register"): "a student has no account yet",
    ("POST", "/api/v1/auth/login"): "this is how one signs in",
    ("POST", "/api/v1/auth/refresh"): "checks the refresh token itself, and refuses without one",
    ("GET", "/api/v1/openapi.json"): "the description of the API is the same for everybody",
    ("GET", "/api/v1/docs"): "the page that shows it",
    ("GET", "/api/v1/docs/start.js"): "its script",
    ("GET", "/api/v1/docs/<path:name>"): "its files",
}
# What is no API call. Everything else must refuse who is not signed in.
OPEN_PAGES = {
    "/": "the SPA, a static page",
    "/<screen:path>": "the SPA, a static page",
    "/healthz": "says that the process answers, nothing else",
    "/dashboard": "redirects to the dashboard, which has its own guard",
    "/dashboard/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": "scripts of packages",
    "/dashboard/assets/<path:filename>": "style sheets",
}
# These address what the product ships with, so the same name is good in every school.
SHARED_CONTENT = {"key", "image"}


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def calls(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Every method of every rule under the API."""
    for rule in rules(app):
        if rule.rule.startswith(PREFIX):
            yield from ((method, rule) for method in METHODS if method in (rule.methods or ()))


@dataclass
class Ids:
    """Ids that exist in a school, by the names that routes give to them."""

    lesson_id: uuid.UUID
    course_id: uuid.UUID
    session_id: uuid.UUID
    audio_id: str = "0" * 64
    key: str = "en-ru-a1"
    image: str = "0" * 64 + ".svg"
    name: str = "index.html"

    def path(self, rule: Rule) -> str:
        """The rule's path with these ids; a new parameter needs an entry above."""
        values = {name: getattr(self, name) for name in rule.arguments}
        built = rule.build(values)
        assert built is not None, f"{rule.rule}: give an id of north for each of {rule.arguments}"
        return built[1].removeprefix("/api/v1")


@pytest.fixture
def ids_of(app: Flask, in_school: Callable[[str], Any]) -> Callable[[str], Ids]:
    def find(slug: str) -> Ids:
        from core.db import db

        School(slug, app).sign_in("guardian")  # so that there is a session
        with in_school(slug):
            lesson = db.session.scalars(select(Lesson.id).order_by(Lesson.id)).first()
            course = db.session.scalars(select(Course.id)).first()
            session = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
        assert lesson
        assert course
        assert session
        return Ids(lesson, course, session)

    return find


def everybody(school: School) -> list[Api]:
    return [school.new_student(), school.sign_in("teacher"), school.sign_in("admin"), school.sign_in("guardian")]


def call(api: Api, method: str, path: str) -> TestResponse:
    """A call with a body that fits the endpoints with ids; the others refuse it, and that is all the same here."""
    body = {
        "attempt_id": new_attempt(),
        "question_id": new_attempt(),
        "question_version": 1,
        "answer": {"choice": "x"},
        "elapsed_ms": 1,
    }
    return api(method, path, json=None if method == "GET" else body)


def without_request_id(response: TestResponse) -> dict[str, Any]:
    body = dict(response.json)
    body.pop("request_id")
    return body


def test_public_endpoints_are_the_ones_listed_here(app: Flask, north: School) -> None:
    ids = Ids(uuid.uuid4(), uuid.uuid4(), uuid.uuid4())
    open_to_all = set()
    for method, rule in calls(app):
        response = call(north.anonymous, method, ids.path(rule))
        if response.status_code != 401:
            open_to_all.add((method, rule.rule))
        else:
            assert response.json["code"] == "token_invalid"
    assert open_to_all == set(PUBLIC) - {("POST", "/api/v1/auth/refresh")}


def test_open_pages_are_the_ones_listed_here(app: Flask) -> None:
    assert set(OPEN_PAGES) <= {rule.rule for rule in rules(app)}, "what is gone needs no exception"


def test_pages_beside_the_api_refuse_nobody_wrong_roles_and_other_schools(
    app: Flask, north: School, south: School
) -> None:
    """Scripts are refused, people who open a page are sent to the SPA; none of these is shown the dashboard."""
    tokens = (None, north.new_student().token, north.sign_in("guardian").token, south.sign_in("teacher").token)
    looked_at = set()
    for rule in rules(app):
        if rule.rule.startswith(PREFIX) or rule.rule in OPEN_PAGES:
            continue
        looked_at.add(rule.rule)
        built = rule.build(dict.fromkeys(rule.arguments, "x"))
        assert built is not None
        for method in set(METHODS) & (rule.methods or set()):
            for token in tokens:
                headers = {"X-School": "north"} | ({"Authorization": f"Bearer {token}"} if token else {})
                response = app.test_client().open(built[1], method=method, headers=headers, json={})
                place = (method, rule.rule, response.status_code)
                assert response.status_code in (302, 401, 403), place
                if response.status_code == 302:
                    assert response.headers["Location"].split("?")[0] == "/", place
    assert "/dashboard/_dash-update-component" in looked_at


def test_a_token_of_another_school_is_worth_nothing(app: Flask, north: School, south: School) -> None:
    ids = Ids(uuid.uuid4(), uuid.uuid4(), uuid.uuid4())
    for person in everybody(south):
        stranger = Api(person.client, "north", token=person.token)
        for method, rule in calls(app):
            if (method, rule.rule) in PUBLIC:
                continue
            response = call(stranger, method, ids.path(rule))
            assert (response.status_code, response.json["code"]) == (401, "wrong_school"), (method, rule.rule)


def test_a_refresh_token_of_another_school_is_worth_nothing(north: School, south: School) -> None:
    opened = south.anonymous.post("/auth/login", json={"user_name": "student", "password": "correct-horse"}).json
    stranger = Api(north.app.test_client(), "north", token=opened["refresh_token"])
    response = stranger.post("/auth/refresh")
    assert (response.status_code, response.json["code"]) == (401, "wrong_school")


def test_ids_of_another_school_look_like_ids_of_nothing(
    app: Flask, north: School, south: School, ids_of: Callable[[str], Ids]
) -> None:
    real, random = ids_of("north"), Ids(uuid.uuid4(), uuid.uuid4(), uuid.uuid4())
    looked_at = set()
    for person in everybody(south):
        for method, rule in calls(app):
            if not rule.arguments or (method, rule.rule) in PUBLIC or rule.arguments & SHARED_CONTENT:
                continue
            looked_at.add(rule.rule)
            theirs, nobodys = (call(person, method, ids.path(rule)) for ids in (real, random))
            assert theirs.status_code in (401, 403, 404), (method, rule.rule, theirs.status_code)
            assert theirs.status_code == nobodys.status_code
            assert without_request_id(theirs) == without_request_id(nobodys)
            mine = call(person, method, ids_of("south").path(rule))
            if mine.status_code != 403:  # who may call it at all gets 404 for what is not theirs
                assert theirs.status_code == 404
    assert looked_at >= {"/api/v1/lesson/<uuid:lesson_id>", "/api/v1/course/<uuid:course_id>/publish"}


def test_a_real_question_of_another_school_looks_like_none(north: School, south: School) -> None:
    theirs, mine = Walk(north.new_student()).open(0), Walk(south.new_student()).open(0)
    answer = theirs.right(0)
    assert theirs.answer(0, answer)["verdict"] == "correct"  # north's question is in the process's memory now
    student = mine.walk.student
    at_mine = student.post(f"/lesson/{mine.id}/answer", json=theirs.body(0, answer))
    at_theirs = student.post(f"/lesson/{theirs.id}/answer", json=theirs.body(0, answer))
    at_none = student.post(f"/lesson/{mine.id}/answer", json=theirs.body(0, answer, question_id=new_attempt()))
    assert {r.status_code for r in (at_mine, at_theirs, at_none)} == {404}
    assert without_request_id(at_mine) == without_request_id(at_theirs) == without_request_id(at_none)


def test_a_class_code_of_another_school_is_unknown(north: School, south: School) -> None:
    body = {
        "class_code": south.class_code,
        "user_name": f"x-{uuid.uuid4().hex[:8]}",
        "display_name": "Nila",
        "password": "correct-horse",
    }
    response = north.anonymous.post("/auth/register", json=body)
    assert (response.status_code, response.json["code"]) == (404, "class_code_unknown")


def test_the_same_attempt_id_in_two_schools_is_two_answers(north: School, south: School) -> None:
    attempt = new_attempt()
    for school in (north, south):
        lesson = Walk(school.new_student()).open(0)
        result = lesson.answer(0, lesson.right(0), attempt_id=attempt)
        assert result["lesson"]["passed"] == 1


def test_the_same_name_and_password_in_two_schools_are_two_people(north: School, south: School) -> None:
    assert north.sign_in("student").user["id"] != south.sign_in("student").user["id"]
    name = north.new_student().user["user_name"]
    refused = south.anonymous.post("/auth/login", json={"user_name": name, "password": "correct-horse"})
    assert refused.json["code"] == "bad_credentials"
