"""Refresh tokens rotate; one that comes a second time ends the whole session."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from core.db import db
from core.events import commit
from tenants.models import SignIn
from tests.conftest import PASSWORD, Api, School


def sign_in(school: School, **headers: str) -> dict[str, Any]:
    body = {"user_name": "guardian", "password": PASSWORD}
    session: dict[str, Any] = school.anonymous.post("/auth/login", json=body, headers=headers).json
    return session


def refresh(school: School, token: str) -> TestResponse:
    return school.anonymous.post("/auth/refresh", headers={"Authorization": f"Bearer {token}"})


def as_person(app: Flask, token: str) -> Api:
    return Api(app.test_client(), "north", token)


def long_ago(in_school: Callable[[str], Any]) -> None:
    """Let the moment pass in which the token before is forgiven."""
    with in_school("north"):
        db.session.execute(update(SignIn).values(refreshed_at=SignIn.refreshed_at - timedelta(minutes=5)))
        commit(db.session())


def test_every_refresh_gives_the_next_token(north: School) -> None:
    first = sign_in(north)["refresh_token"]
    second = refresh(north, first).json["refresh_token"]
    assert second != first
    assert refresh(north, second).status_code == 200


def test_two_tabs_refreshing_at_once_both_go_on(north: School) -> None:
    first = sign_in(north)["refresh_token"]
    tabs = [refresh(north, first) for _ in range(2)]
    assert [tab.status_code for tab in tabs] == [200, 200]
    assert refresh(north, tabs[1].json["refresh_token"]).status_code == 200


def test_a_token_used_again_later_ends_the_family(app: Flask, north: School, in_school: Callable[[str], Any]) -> None:
    stolen = sign_in(north)["refresh_token"]
    owner = refresh(north, stolen).json
    long_ago(in_school)
    refused = refresh(north, stolen)
    assert (refused.status_code, refused.json["code"]) == (401, "session_reused")
    assert refresh(north, owner["refresh_token"]).status_code == 401
    assert as_person(app, owner["access_token"]).get("/user").status_code == 401


def test_an_older_token_than_the_last_is_never_forgiven(north: School) -> None:
    first = sign_in(north)["refresh_token"]
    second = refresh(north, first).json["refresh_token"]
    third = refresh(north, second).json["refresh_token"]
    assert refresh(north, first).json["code"] == "session_reused"
    assert refresh(north, third).status_code == 401


def test_a_session_older_than_rotation_goes_on(north: School, in_school: Callable[[str], Any]) -> None:
    session = sign_in(north)
    with in_school("north"):
        db.session.execute(update(SignIn).values(refresh_id=None, previous_refresh_id=None, refreshed_at=None))
        commit(db.session())
    following = refresh(north, session["refresh_token"])
    assert following.status_code == 200
    assert refresh(north, following.json["refresh_token"]).status_code == 200


def test_people_see_and_end_their_own_sessions(app: Flask, north: School) -> None:
    phone = sign_in(north, **{"User-Agent": "A lost phone"})
    laptop = as_person(app, sign_in(north, **{"User-Agent": "A laptop"})["access_token"])
    shown = laptop.get("/user/sessions").json["sessions"]
    assert [each["is_this"] for each in shown if each["user_agent"] == "A laptop"][:1] == [True]
    lost = next(each for each in shown if each["user_agent"] == "A lost phone")
    assert laptop("DELETE", f"/user/sessions/{lost['id']}").status_code == 204
    assert as_person(app, phone["access_token"]).get("/user").status_code == 401
    assert laptop("DELETE", f"/user/sessions/{lost['id']}").status_code == 404


def test_nobody_ends_a_session_of_somebody_else(app: Flask, north: School, south: School) -> None:
    laptop = as_person(app, sign_in(north)["access_token"])
    mine = laptop.get("/user/sessions").json["sessions"][0]["id"]
    for other in (north.new_student(), south.sign_in("guardian")):
        assert other("DELETE", f"/user/sessions/{mine}").status_code == 404
    assert laptop.get("/user").status_code == 200
