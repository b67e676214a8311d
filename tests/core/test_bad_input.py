"""Whatever is sent: the documented error body, a stable code, and not a row changed."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from curriculum.models import QuestionKind
from tests.conftest import Api, School
from tests.counting import count_rows, owner_engine
from tests.walking import CHIPS, OpenedLesson, Walk

STABLE_CODES = {
    400: {"malformed_request"},
    404: {"not_found"},
    405: {"method_not_allowed"},
    413: {"too_large"},
    415: {"unsupported_media_type"},
    422: {"invalid_input", "answer_does_not_fit"},
}


@pytest.fixture(scope="module")
def owner() -> Iterator[Engine]:
    engine = owner_engine()
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def people(app: Flask) -> dict[str, Api]:
    school = School("north", app)
    return {"nobody": school.anonymous, "student": school.new_student(), "teacher": school.sign_in("teacher")}


@pytest.fixture(scope="module")
def lesson(people: dict[str, Api]) -> OpenedLesson:
    return Walk(people["student"]).open(0)


GOOD: dict[tuple[str, str, str], dict[str, Any]] = {
    ("nobody", "POST", "/auth/register"): {
        "class_code": "NRTHCD",
        "user_name": "bad-input",
        "display_name": "Nila",
        "password": "correct-horse",
        "locale": "en",
        "session": "bearer",
    },
    ("nobody", "POST", "/auth/login"): {"user_name": "student", "password": "correct-horse", "session": "bearer"},
    ("student", "PATCH", "/user"): {"display_name": "Nila", "locale": "en"},
    ("teacher", "POST", "/classrooms"): {"name": "Class"},
    ("student", "POST", "/lesson/{lesson}/answer"): {
        "attempt_id": "0197f3a0-0000-7000-8000-000000000001",
        "question_id": "{question}",
        "question_version": 1,
        "answer": {"choice": "cat"},
        "skipped": False,
        "elapsed_ms": 10,
    },
}
BODIES = [pytest.param(*endpoint, id=f"{endpoint[1]} {endpoint[2]}") for endpoint in GOOD]

NOT_OBJECTS = {
    "malformed": b'{"user_name": ',
    "empty": b"",
    "not UTF-8": b'{"user_name": "\xff\xfe"}',
    "array": b"[1, 2]",
    "array of objects": b'[{"user_name": "x"}]',
    "string": b'"text"',
    "number": b"7",
    "null": b"null",
    "true": b"true",
    "integer of 5,000 digits": b'{"elapsed_ms": ' + b"9" * 5000 + b"}",
    "nested 100,000 deep": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
}
VALUES: dict[str, Any] = {
    "null": None,
    "number": 7.5,
    "true": True,
    "array": [],
    "object": {},
    "nested": {"choice": {"choice": ["x"]}},
    "empty text": "",
    "NUL": "ab\x00cdefgh",
    "bell": "ab\x07cdefgh",
    "escape": "ab\x1bcdefgh",
    "lone surrogate": "ab\ud800cdefgh",
    "over-long": "x" * 5000,
    "64 bit and more": 2**63,
    "a googol": 10**100,
    "minus one": -1,
    "infinite": float("inf"),
    "not a number": float("nan"),
}
# What is odd but allowed, by field and value.
ALLOWED = {("answer", "null"), ("skipped", "true"), ("skipped", "null")}


def send(api: Api, method: str, path: str, lesson: OpenedLesson, data: bytes, mime: str) -> TestResponse:
    path = path.format(lesson=lesson.id)
    return api(method, path, data=data.replace(b"{question}", lesson.shown[0]["id"].encode()), content_type=mime)


def assert_refused(response: TestResponse, *statuses: int) -> dict[str, Any]:
    assert response.status_code in statuses, (response.status_code, response.text[:500])
    assert response.content_type.startswith("application/json")
    body = response.json
    assert set(body) <= {"code", "message", "fields", "request_id"}, body
    assert body["message"]
    assert body["request_id"] == response.headers["X-Request-Id"]
    assert body["code"] in STABLE_CODES[response.status_code]
    return body


@pytest.mark.parametrize("what", NOT_OBJECTS)
@pytest.mark.parametrize(("who", "method", "path"), BODIES)
def test_a_body_that_is_no_object_is_refused(
    owner: Engine, people: dict[str, Api], lesson: OpenedLesson, who: str, method: str, path: str, what: str
) -> None:
    before = count_rows(owner)
    response = send(people[who], method, path, lesson, NOT_OBJECTS[what], "application/json")
    if (method, path, what) == ("PATCH", "/user", "empty"):
        assert response.status_code == 200  # every field may be left out, so nothing is a change of nothing
    else:
        assert_refused(response, 400, 422)
    assert count_rows(owner) == before


@pytest.mark.parametrize("mime", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.parametrize(("who", "method", "path"), BODIES)
def test_a_body_of_another_type_is_refused(
    owner: Engine, people: dict[str, Api], lesson: OpenedLesson, who: str, method: str, path: str, mime: str
) -> None:
    before = count_rows(owner)
    good = json.dumps(GOOD[who, method, path]).encode()
    assert_refused(send(people[who], method, path, lesson, good, mime), 415)
    assert count_rows(owner) == before


@pytest.mark.parametrize(("who", "method", "path"), BODIES)
def test_a_wrong_value_in_any_field_is_refused_and_the_field_is_named(
    owner: Engine, people: dict[str, Api], lesson: OpenedLesson, who: str, method: str, path: str
) -> None:
    before = count_rows(owner)
    good = GOOD[who, method, path]
    for field in good:
        for what, value in VALUES.items():
            if (field, what) in ALLOWED:
                continue
            data = json.dumps(good | {field: value}).encode()
            response = send(people[who], method, path, lesson, data, "application/json")
            body = assert_refused(response, 422)
            assert field in body["fields"]["json"], (field, what, body)
    assert count_rows(owner) == before


@pytest.mark.parametrize("value", [True, 1.5, 1.0, "1"])
def test_a_version_is_a_whole_number(people: dict[str, Api], lesson: OpenedLesson, value: object) -> None:
    response = lesson.send(lesson.body(0, lesson.right(0), question_version=value))
    assert_refused(response, 422)


@pytest.mark.parametrize(("who", "method", "path"), BODIES)
def test_an_unknown_field_is_refused_by_name(
    owner: Engine, people: dict[str, Api], lesson: OpenedLesson, who: str, method: str, path: str
) -> None:
    before = count_rows(owner)
    for name in ("is_admin", "roles", "\ud800", "a\x00b", "x" * 3000):
        data = json.dumps(GOOD[who, method, path] | {name: 1}).encode()
        assert_refused(send(people[who], method, path, lesson, data, "application/json"), 422)
    assert count_rows(owner) == before


@pytest.mark.parametrize(("who", "method", "path"), BODIES)
def test_a_missing_field_is_named(
    people: dict[str, Api], lesson: OpenedLesson, who: str, method: str, path: str
) -> None:
    for name in set(GOOD[who, method, path]) - {"session", "locale", "display_name", "skipped"}:
        body = {field: value for field, value in GOOD[who, method, path].items() if field != name}
        response = send(people[who], method, path, lesson, json.dumps(body).encode(), "application/json")
        assert name in assert_refused(response, 422)["fields"]["json"]


@pytest.mark.parametrize(("who", "method", "path"), BODIES)
def test_two_megabytes_are_too_large(
    people: dict[str, Api], lesson: OpenedLesson, who: str, method: str, path: str
) -> None:
    data = json.dumps(GOOD[who, method, path] | {"answer": "x" * 2_000_000}).encode()
    assert_refused(send(people[who], method, path, lesson, data, "application/json"), 413)


ANSWERS: dict[str, dict[str, Any]] = {
    "choice": {"choice": "cat"},
    "text": {"text": "cat"},
    "pairs": {"pairs": [["cat", "кошка"]]},
}


@pytest.mark.parametrize("kind", QuestionKind)
def test_an_answer_of_another_kind_does_not_fit(owner: Engine, north: School, app: Flask, kind: QuestionKind) -> None:
    lesson = Walk(north.new_student()).open(0)
    number = lesson.place(kind)
    fitting = next(iter(lesson.right(number)))
    before = count_rows(owner)
    for shape, answer in ANSWERS.items():
        if shape != fitting:
            assert assert_refused(lesson.send(lesson.body(number, answer)), 422)["code"] == "answer_does_not_fit"
    for answer in ({}, {"choice": "a", "text": "b"}, {"pairs": [["a"]]}, {"pairs": [["a", "b", "c"]]}, {"pairs": [1]}):
        assert assert_refused(lesson.send(lesson.body(number, answer)), 422)["code"] == "invalid_input"
    if kind not in CHIPS | {QuestionKind.DICTATION, QuestionKind.MINIMAL_PAIR}:
        assert assert_refused(lesson.send(lesson.body(number, None)), 422)["code"] == "answer_does_not_fit"
    assert count_rows(owner) == before


def test_an_answer_and_a_skip_exclude_each_other(lesson: OpenedLesson) -> None:
    assert_refused(lesson.send(lesson.body(0, lesson.right(0), skipped=True)), 422)
    assert_refused(lesson.send(lesson.body(0, None, skipped=False)), 422)


@pytest.mark.parametrize("elapsed", [-1, 3_600_001, 1.5, "10", True, 2**31, 2**63, None])
def test_elapsed_milliseconds_are_between_nought_and_an_hour(lesson: OpenedLesson, elapsed: object) -> None:
    assert_refused(lesson.send(lesson.body(0, lesson.right(0), elapsed_ms=elapsed)), 422)


PATHS = [
    ("GET", "/lesson/{}"),
    ("POST", "/lesson/{}/answer"),
    ("POST", "/course/{}/publish"),
    ("GET", "/course/{}/speech"),
    ("POST", "/packs/{}/adopt"),
    ("GET", "/audio/{}"),
    ("GET", "/image/{}"),
]
BAD_IDS = [
    "1", "None", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "a%00b", "0" * 2000, "%ff%fe", "%F0%9F%98%80",
    "' OR 1=1 --", "0197f3a0-0000-7000-8000-00000000000", "{0197f3a0-0000-7000-8000-000000000001}", str(2**64),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_an_id_that_is_none_is_not_found(owner: Engine, people: dict[str, Api], method: str, path: str) -> None:
    before = count_rows(owner)
    for bad in BAD_IDS:
        api = people["student" if path.startswith(("/lesson", "/audio", "/image")) else "teacher"]
        response = api(method, path.format(bad), json={} if method == "POST" else None)
        body = assert_refused(response, 404)
        assert body["code"] == "not_found", (bad, body)
    assert count_rows(owner) == before


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/nothing", "/lesson", "/user/nothing", "/auth/login/more", "/lesson/0/x"])
def test_an_unknown_path_of_the_api_is_not_found(people: dict[str, Api], method: str, path: str) -> None:
    assert assert_refused(people["student"](method, path), 404)["code"] == "not_found"


@pytest.mark.parametrize("path", ["/api", "/api/v2/user", "/api/v1"])
def test_an_unknown_api_is_not_found(people: dict[str, Api], path: str) -> None:
    client = people["student"].client
    for method in ("GET", "POST"):
        assert assert_refused(client.open(path, method=method, headers={"X-School": "north"}), 404)


def test_a_wrong_method_names_the_right_ones(app: Flask, people: dict[str, Api]) -> None:
    looked_at = 0
    ids = {name: uuid.uuid4() for name in ("lesson_id", "course_id", "session_id")}
    values = ids | {"key": "k", "audio_id": "a", "image": "i"}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/") or rule.endpoint.startswith("docs") or "openapi" in rule.rule:
            continue
        allowed = {m for r in app.url_map.iter_rules() if r.rule == rule.rule for m in r.methods or ()}
        _domain, path = rule.build(values) or ("", "")
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - allowed:
            response = people["student"].client.open(path, method=method, headers={"X-School": "north"})
            body = assert_refused(response, 405)
            assert body["code"] == "method_not_allowed"
            assert set(response.headers["Allow"].split(", ")) == allowed
            looked_at += 1
    assert looked_at > 40
