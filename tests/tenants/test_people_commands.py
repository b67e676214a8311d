"""What an operator does for a school's people from the command line."""

import re

from flask import Flask

from tests.conftest import PASSWORD, School


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["tenants", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_teacher_comes_with_a_class_and_its_code(app: Flask, north: School) -> None:
    said = run(app, "add-person", "north", "Rosa.Hill", "--name", "Rosa Hill", "--role", "teacher", "--class", "7C")
    found = re.search(r"as (\S+) with the password (\S+)\n.*code (\S+)", said)
    assert found
    user_name, password, code = found.groups()
    signed_in = north.anonymous.post("/auth/login", json={"user_name": user_name, "password": password}).json
    assert signed_in["user"]["roles"] == ["teacher"]
    student = {"class_code": code, "user_name": "a.pupil", "display_name": "Pupil", "password": PASSWORD}
    assert north.anonymous.post("/auth/register", json=student).status_code == 201


def test_a_guardian_comes_with_a_child(app: Flask, north: School) -> None:
    child = north.new_student("Child of Two")
    arguments = ["--name", "Parent", "--role", "guardian", "--child", child.user["user_name"], "--password", PASSWORD]
    run(app, "add-person", "north", "a.parent", *arguments)
    parent = north.sign_in("a.parent")
    assert [each["display_name"] for each in parent.get("/children").json["children"]] == ["Child of Two"]


def test_a_new_password_ends_the_sessions_of_the_old_one(app: Flask, north: School, south: School) -> None:
    student, lookalike = north.new_student(), south.sign_in("student")
    run(app, "set-password", "north", student.user["user_name"], "--password", "quite-another")
    assert student.get("/user").status_code == 401
    body = {"user_name": student.user["user_name"], "password": "quite-another"}
    assert north.anonymous.post("/auth/login", json=body).status_code == 200
    assert north.anonymous.post("/auth/login", json=body | {"password": PASSWORD}).status_code == 401
    assert lookalike.get("/user").status_code == 200


def test_what_is_not_there_is_said(app: Flask) -> None:
    runner = app.test_cli_runner()
    for arguments, wanted in (
        (["set-password", "nowhere", "student"], "no such school"),
        (["set-password", "north", "nobody.here"], "no such user"),
        (["add-person", "north", "student", "--name", "Twin", "--role", "student"], "choose another"),
        (
            ["add-person", "north", "mum", "--name", "Mum", "--role", "guardian", "--child", "teacher"],
            "no such student",
        ),
        (["add-person", "north", "mr.x", "--name", "X", "--role", "teacher", "--class", "c" * 81], "1 to 80"),
        (["add-person", "north", "x", "--name", "Short", "--role", "student"], "3 to 32"),
        (["add-person", "north", "boss", "--name", "Boss", "--role", "principal"], "is not one of"),
    ):
        result = runner.invoke(args=["tenants", *arguments])
        assert result.exit_code != 0
        assert wanted in result.output
