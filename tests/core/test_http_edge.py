"""What every response carries, and what a request meets when a part of the service is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask, Response
from sqlalchemy import make_url, text

from core import storage
from core.config import read_settings
from core.db import db
from core.http import _committed
from tests.conftest import PREFIX, School
from tests.walking import Walk


@pytest.mark.parametrize("path", ["/healthz", f"{PREFIX}/school", f"{PREFIX}/nothing", f"{PREFIX}/docs", "/nothing"])
def test_every_response_is_hardened_and_numbered(app: Flask, path: str) -> None:
    response = app.test_client().get(path, headers={"X-School": "north"})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert len(response.headers["X-Request-Id"]) == 16


def test_two_requests_have_two_numbers(north: School) -> None:
    first, second = (north.anonymous.get("/user") for _ in range(2))
    assert first.json["request_id"] != second.json["request_id"]


def test_what_people_type_comes_back_as_typed(north: School) -> None:
    name = "Ж <b>&\"'</b> é \N{GRINNING FACE}"
    student = north.new_student(name)
    response = student.get("/user")
    assert response.json["display_name"] == name
    assert response.mimetype == "application/json"


@contextmanager
def database_away() -> Iterator[None]:
    """Nothing listens where the database should be."""
    settings = read_settings()
    away = make_url(settings.database_app_url).set(host="127.0.0.1", port=1, query={})
    db.dispose()
    db.connect(replace(settings, database_app_url=away.render_as_string(hide_password=False)))
    try:
        yield
    finally:
        db.dispose()
        db.connect(settings)


def test_without_the_database_requests_are_told_to_come_again(north: School) -> None:
    lesson = Walk(north.new_student()).open(0)
    student = lesson.walk.student
    body = lesson.body(0, lesson.right(0))
    with database_away():
        for response in (student.get("/user"), student.get("/modules"), lesson.send(body)):
            assert (response.status_code, response.json["code"]) == (503, "unavailable")
            assert response.headers["Retry-After"] == "2"
            assert "127.0.0.1" not in response.text
        assert north.app.test_client().get("/healthz").status_code == 200
    assert lesson.send(body).status_code == 200, "the same request again is what was asked for"


def test_without_storage_pictures_are_told_to_come_again(north: School) -> None:
    student = north.new_student()
    storage.connect("s3+http://key:secret@127.0.0.1:1/bucket")
    try:
        response = student.get("/image/" + "0" * 64 + ".svg")
    finally:
        storage.connect(read_settings().storage_url)
    assert (response.status_code, response.json["code"]) == (503, "unavailable")
    assert "127.0.0.1" not in response.text


def test_a_pool_without_a_free_connection_is_a_503(north: School) -> None:
    settings = read_settings()
    student = north.new_student()
    db.dispose()
    db.connect(replace(settings, db_pool_size=1))
    db.engine.pool._timeout = 0.1  # type: ignore[attr-defined]  ten seconds is for people, not for tests
    try:
        with db.engine.connect():
            response = student.get("/user")
        assert (response.status_code, response.json["code"]) == (503, "unavailable")
        assert student.get("/user").status_code == 200
    finally:
        db.dispose()
        db.connect(settings)


def test_a_crash_tells_nothing_and_keeps_nothing(app: Flask, north: School) -> None:
    """A view that is no product code stands in for a fault of ours, behind the same edge."""

    def fault() -> str:
        db.session.execute(text("UPDATE \"user\" SET display_name = 'changed' WHERE user_name = 'student'"))
        raise RuntimeError("hush-hush")

    usual = app.view_functions["auth.School"]
    app.view_functions["auth.School"] = _committed(fault)
    try:
        response = north.anonymous.get("/school")
    finally:
        app.view_functions["auth.School"] = usual
    assert (response.status_code, response.json["code"]) == (500, "internal_error")
    assert set(response.json) == {"code", "message", "request_id"}
    assert "hush-hush" not in response.text
    assert north.sign_in("student").user["display_name"] != "changed"


@pytest.mark.parametrize(("status", "is_kept"), [(204, True), (302, True), (400, False), (409, False), (500, False)])
def test_work_is_committed_when_the_answer_is_a_success(app: Flask, north: School, status: int, is_kept: bool) -> None:
    name = f"name {status}"

    def work() -> Response:
        statement = text("UPDATE \"user\" SET display_name = :name WHERE user_name = 'guardian'")
        db.session.execute(statement, {"name": name})
        return Response(status=status)

    usual = app.view_functions["auth.School"]
    app.view_functions["auth.School"] = _committed(work)
    try:
        assert north.anonymous.get("/school").status_code == status
    finally:
        app.view_functions["auth.School"] = usual
    assert (north.sign_in("guardian").user["display_name"] == name) is is_kept
