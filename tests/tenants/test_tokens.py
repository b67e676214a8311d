"""Tokens: by cookie with a CSRF token or as bearer, how they end, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from core.db import db
from core.redis import connection
from tests.conftest import PASSWORD, PREFIX, Api, School
from tests.stack import SECRET

SCHOOL = {"X-School": "north"}


def claims(response: TestResponse) -> dict[str, Any]:
    return jwt.decode(response.json["access_token"], SECRET, algorithms=["HS256"], issuer="lernejo")


@pytest.fixture
def signed_in(north: School) -> dict[str, Any]:
    response = north.anonymous.post("/auth/login", json={"user_name": "student", "password": PASSWORD})
    return response.json | {"claims": claims(response)}


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser that has signed in by cookie."""
    client = app.test_client()
    body = {"user_name": "student", "password": PASSWORD, "session": "cookie"}
    response = client.post(f"{PREFIX}/auth/login", json=body, headers=SCHOOL)
    assert response.status_code == 200
    assert response.json["access_token"] is response.json["refresh_token"] is None
    return client


def cookies(response: TestResponse) -> SimpleCookie:
    parsed: SimpleCookie = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        parsed.load(header)
    return parsed


def csrf(client: FlaskClient, kind: str = "access") -> str:
    cookie = client.get_cookie(f"csrf_{kind}_token")
    assert cookie is not None
    return cookie.value


def test_a_cookie_session_hides_its_tokens_from_scripts(app: Flask) -> None:
    body = {"user_name": "student", "password": PASSWORD, "session": "cookie"}
    response = app.test_client().post(f"{PREFIX}/auth/login", json=body, headers=SCHOOL)
    found = cookies(response)
    assert set(found) == {"access_token_cookie", "refresh_token_cookie", "csrf_access_token", "csrf_refresh_token"}
    for name, cookie in found.items():
        assert bool(cookie["httponly"]) is not name.startswith("csrf_"), name
        assert cookie["samesite"] == "Lax"
    assert found["refresh_token_cookie"]["path"] == "/api/v1/auth/refresh"
    assert found["csrf_refresh_token"]["path"] == "/"
    assert "token_cookie" not in response.text


def test_a_cookie_session_reads_without_and_writes_with_the_csrf_header(browser: FlaskClient) -> None:
    assert browser.get(f"{PREFIX}/user", headers=SCHOOL).status_code == 200
    change = {"display_name": "Student"}
    for wrong in ({}, {"X-CSRF-TOKEN": "x"}, {"X-CSRF-TOKEN": csrf(browser, "refresh")}):
        refused = browser.patch(f"{PREFIX}/user", json=change, headers=SCHOOL | wrong)
        assert (refused.status_code, refused.json["code"]) == (401, "csrf_failed")
    accepted = browser.patch(f"{PREFIX}/user", json=change, headers=SCHOOL | {"X-CSRF-TOKEN": csrf(browser)})
    assert accepted.status_code == 200


def test_a_cookie_session_is_refreshed_and_ended(browser: FlaskClient) -> None:
    refused = browser.post(f"{PREFIX}/auth/refresh", headers=SCHOOL)
    assert refused.json["code"] == "csrf_failed"
    header = {"X-CSRF-TOKEN": csrf(browser, "refresh")}
    refreshed = browser.post(f"{PREFIX}/auth/refresh", headers=SCHOOL | header)
    assert refreshed.status_code == 200
    assert refreshed.json["access_token"] is None
    assert "access_token_cookie" in cookies(refreshed)
    header = {"X-CSRF-TOKEN": csrf(browser, "refresh")}
    ended = browser.post(f"{PREFIX}/auth/logout", headers=SCHOOL | {"X-CSRF-TOKEN": csrf(browser)})
    assert ended.status_code == 204
    assert not [name for name, cookie in cookies(ended).items() if cookie.value]
    assert browser.get(f"{PREFIX}/user", headers=SCHOOL).status_code == 401
    assert browser.post(f"{PREFIX}/auth/refresh", headers=SCHOOL | header).status_code == 401


def test_a_bearer_session_is_refreshed_and_ended(north: School, signed_in: dict[str, Any]) -> None:
    api = north.anonymous
    access, refresh = signed_in["access_token"], signed_in["refresh_token"]
    refreshed = api.post("/auth/refresh", headers={"Authorization": f"Bearer {refresh}"})
    assert refreshed.status_code == 200
    assert refreshed.json["user"]["id"] == signed_in["user"]["id"]
    assert not cookies(refreshed)
    new = refreshed.json["access_token"]
    assert api.get("/user", headers={"Authorization": f"Bearer {new}"}).status_code == 200
    assert api.post("/auth/logout", headers={"Authorization": f"Bearer {new}"}).status_code == 204
    for token in (access, new):
        after = api.get("/user", headers={"Authorization": f"Bearer {token}"})
        assert (after.status_code, after.json["code"]) == (401, "token_invalid")
    for token in (refresh, refreshed.json["refresh_token"]):
        after = api.post("/auth/refresh", headers={"Authorization": f"Bearer {token}"})
        assert (after.status_code, after.json["code"]) == (401, "token_invalid")


def test_an_ended_session_is_not_refreshed_after_redis_has_forgotten_it(
    north: School, signed_in: dict[str, Any]
) -> None:
    api = north.anonymous
    access, refresh = ({"Authorization": f"Bearer {signed_in[kind]}"} for kind in ("access_token", "refresh_token"))
    assert api.post("/auth/logout", headers=access).status_code == 204
    connection().flushdb()
    refused = api.post("/auth/refresh", headers=refresh)
    assert (refused.status_code, refused.json["code"]) == (401, "token_invalid")


def test_one_session_ends_without_the_others(north: School) -> None:
    phone, laptop = north.sign_in("admin"), north.sign_in("admin")
    assert phone.post("/auth/logout").status_code == 204
    assert phone.get("/user").status_code == 401
    assert laptop.get("/user").status_code == 200


def test_refreshing_reads_the_person_anew(
    north: School, in_school: Callable[[str], Any], signed_in: dict[str, Any]
) -> None:
    """A role that was given or taken counts from the next refresh on; so does a deactivation."""
    student = north.anonymous
    name = f"s-{uuid4().hex[:8]}"
    body = {"class_code": north.class_code, "user_name": name, "display_name": "Nila", "password": PASSWORD}
    refresh = {"Authorization": f"Bearer {student.post('/auth/register', json=body).json['refresh_token']}"}
    change = text("UPDATE \"user\" SET roles = ARRAY['teacher'] WHERE user_name = :name")
    with in_school("north"):
        db.session.execute(change, {"name": name})
        db.session.commit()
    assert claims(student.post("/auth/refresh", headers=refresh))["roles"] == ["teacher"]
    with in_school("north"):
        db.session.execute(text('UPDATE "user" SET deactivated_at = now() WHERE user_name = :name'), {"name": name})
        db.session.commit()
    assert student.post("/auth/refresh", headers=refresh).status_code == 401


def test_access_and_refresh_tokens_do_not_stand_in_for_each_other(north: School, signed_in: dict[str, Any]) -> None:
    api = north.anonymous
    for path, token in (("/user", signed_in["refresh_token"]), ("/auth/refresh", signed_in["access_token"])):
        response = api("GET" if path == "/user" else "POST", path, headers={"Authorization": f"Bearer {token}"})
        assert (response.status_code, response.json["code"]) == (401, "token_invalid")


def forged(signed_in: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {key: value for key, value in (signed_in["claims"] | changes).items() if value is not None}


PAST = datetime.now(UTC) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "key", "algorithm", "code"),
    [
        pytest.param({"exp": PAST}, SECRET, "HS256", "token_expired", id="expired"),
        pytest.param({}, "another secret of at least 32 characters", "HS256", "token_invalid", id="other secret"),
        pytest.param({}, None, "none", "token_invalid", id="alg none"),
        pytest.param({}, SECRET, "HS512", "token_invalid", id="other algorithm"),
        pytest.param({"iss": "somebody"}, SECRET, "HS256", "token_invalid", id="other issuer"),
        pytest.param({"tid": None}, SECRET, "HS256", "token_invalid", id="no school"),
        pytest.param({"tid": "x"}, SECRET, "HS256", "token_invalid", id="school is no id"),
        pytest.param({"tid": 7}, SECRET, "HS256", "token_invalid", id="school is a number"),
        pytest.param({"sub": "x"}, SECRET, "HS256", "token_invalid", id="person is no id"),
        pytest.param({"sid": None}, SECRET, "HS256", "token_invalid", id="no sign-in"),
        pytest.param({"roles": ["owner"]}, SECRET, "HS256", "token_invalid", id="unknown role"),
        pytest.param({"roles": None}, SECRET, "HS256", "token_invalid", id="no roles"),
        pytest.param({"roles": 7}, SECRET, "HS256", "token_invalid", id="roles are no list"),
    ],
)
def test_a_token_that_is_not_ours_is_refused(  # every case differs from a good token in one thing
    north: School, signed_in: dict[str, Any], changes: dict[str, Any], key: str | None, algorithm: str, code: str
) -> None:
    good = jwt.encode(forged(signed_in), SECRET, algorithm="HS256")
    api = north.anonymous
    assert api.get("/user", headers={"Authorization": f"Bearer {good}"}).status_code == 200
    bad = jwt.encode(forged(signed_in, **changes), key, algorithm=algorithm)
    response = api.get("/user", headers={"Authorization": f"Bearer {bad}"})
    assert (response.status_code, response.json["code"]) == (401, code)
    assert api.get("/school", headers={"Authorization": f"Bearer {bad}"}).status_code == 200, "public stays public"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YTpi", "x", "Bearer é.é.é"])
def test_a_header_that_is_no_token_is_refused(north: School, header: str) -> None:
    response = north.anonymous.get("/user", headers={"Authorization": header})
    assert (response.status_code, response.json["code"]) == (401, "token_invalid")


def test_expired_refresh_tokens_say_so(north: School, signed_in: dict[str, Any]) -> None:
    refresh = jwt.decode(signed_in["refresh_token"], SECRET, algorithms=["HS256"], issuer="lernejo")
    old = jwt.encode(refresh | {"exp": PAST}, SECRET, algorithm="HS256")
    response = north.anonymous.post("/auth/refresh", headers={"Authorization": f"Bearer {old}"})
    assert (response.status_code, response.json["code"]) == (401, "token_expired")


def test_a_session_ends_after_thirty_days_although_it_was_refreshed(
    north: School, in_school: Callable[[str], Any], signed_in: dict[str, Any]
) -> None:
    refresh = {"Authorization": f"Bearer {signed_in['refresh_token']}"}
    renewed = north.anonymous.post("/auth/refresh", headers=refresh).json["refresh_token"]
    first, second = (
        jwt.decode(token, SECRET, algorithms=["HS256"], issuer="lernejo")["exp"]
        for token in (signed_in["refresh_token"], renewed)
    )
    assert abs(first - second) <= 1
    with in_school("north"):
        db.session.execute(
            text("UPDATE sign_in SET expires_at = now() WHERE id = :id"), {"id": signed_in["claims"]["sid"]}
        )
        db.session.commit()
    assert north.anonymous.post("/auth/refresh", headers=refresh).status_code == 401


def test_changing_ones_account(north: School) -> None:
    student: Api = north.new_student()
    changed = student.patch("/user", json={"locale": "ru"})
    assert (changed.json["locale"], changed.json["display_name"]) == ("ru", "Nila Test")
    changed = student.patch("/user", json={"display_name": " Ņina Ёжик "})
    assert (changed.json["locale"], changed.json["display_name"]) == ("ru", "Ņina Ёжик")
    assert student.get("/user").json == changed.json
    assert student.patch("/user", json={"locale": "de"}).status_code == 422
    assert student.patch("/user", json={"display_name": "   "}).status_code == 422, "a name has something to read"
