"""What a student is shown: everything but the answers, in an order that never jumps."""

import json
from typing import Any
from uuid import UUID

import jsonschema
import pytest
from flask import Flask
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from core.config import ROOT
from curriculum import grading
from curriculum.models import QuestionKind
from curriculum.packs.reader import PackQuestion
from curriculum.presenting import needs_listening, present_question
from tests.conftest import School
from tests.walking import CHIPS, LISTENING, Walk, pack

QUESTIONS = list(pack().questions)
BY_KIND = {question.kind: question for question in QUESTIONS}


def speak(text: str) -> dict[str, str]:
    return {"id": text, "url": "/x", "state": "ready"}


def present(question: PackQuestion, *, number: int = 0, version: int = 1) -> dict[str, Any]:
    return present_question(
        question_id=UUID(int=number),
        version=version,
        kind=question.kind,
        body=question.body,
        answers=question.answers,
        language="en",
        speak=speak,
    )


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_looks_the_same_every_time_and_differs_by_version(kind: QuestionKind) -> None:
    question = BY_KIND[kind]
    assert present(question) == present(question)
    orders = {json.dumps(present(question, version=version) | {"version": 0}) for version in range(1, 30)}
    is_shuffled = kind in CHIPS or "options" in question.body or "pairs" in question.body
    assert (len(orders) > 1) is is_shuffled


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_no_answer_is_told(question: PackQuestion) -> None:
    shown = present(question)
    assert not {"answer", "answers", "note", "text", "distractors", "pairs", "spoken"} & set(shown)
    if question.kind in (QuestionKind.TRANSLATE, QuestionKind.WORD_BANK, QuestionKind.ORDER_WORDS):
        solution = grading.canonical(question.answers[0])
        assert solution not in json.dumps(shown, ensure_ascii=False)
    if question.kind in LISTENING:
        told = {key: value for key, value in shown.items() if key not in ("audio", "options", "bank")}
        assert question.spoken[0] not in json.dumps(told, ensure_ascii=False).replace(question.key, "")
    if question.kind is QuestionKind.MATCH_PAIRS:
        assert len(shown["left"]) == len(shown["right"]) == len(question.body["pairs"])


def test_places_of_right_options_and_pairs_tell_nothing() -> None:
    """Over the whole pack the right option stands everywhere, and pairs do not stand side by side."""
    places: dict[int, int] = {}
    aligned = total = 0
    for number, question in enumerate(QUESTIONS):
        shown = present(question, number=number)
        if "answer" in question.body:
            place = [option["choice"] for option in shown["options"]].index(question.body["answer"])
            places[place] = places.get(place, 0) + 1
        if "pairs" in question.body:
            right_of = dict(map(tuple, question.body["pairs"]))
            rows = zip(shown["left"], shown["right"], strict=True)
            aligned += sum(right_of[left["text"]] == right for left, right in rows)
            total += len(question.body["pairs"])
    assert min(places[0], places[1], places[2]) > 0.5 * max(places.values())
    assert aligned < 0.5 * total


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.kind in CHIPS], ids=lambda question: question.key)
def test_the_chips_can_build_the_solution(question: PackQuestion) -> None:
    bank = present(question)["bank"]
    words = grading.canonical(question.answers[0]).split()
    left = list(bank)
    for word in words:
        stripped = word.strip('.,!?;:…"«»“”()¿¡—–-')
        if stripped:
            left.remove(stripped)
    assert sorted(left) == sorted(question.body.get("distractors", []))
    assert all(bank)


@pytest.mark.parametrize("kind", QuestionKind)
def test_what_needs_listening_has_something_to_hear(kind: QuestionKind) -> None:
    question = BY_KIND[kind]
    if needs_listening(kind, question.body):
        assert present(question)["audio"] or present(question)["left"][0]["audio"]


def test_a_pairs_question_that_is_heard_can_be_skipped() -> None:
    assert needs_listening(QuestionKind.MATCH_PAIRS, {"audio": True})
    assert not needs_listening(QuestionKind.MATCH_PAIRS, {})
    assert not needs_listening(QuestionKind.TRANSLATE, {"prompt": "x"})


@pytest.fixture(scope="module")
def question_schemas() -> dict[str, jsonschema.Draft202012Validator]:
    """A validator for each kind, by the committed description of the API."""
    description = json.loads((ROOT / "openapi.json").read_text())
    registry = Registry().with_resource("openapi", Resource(contents=description, specification=DRAFT202012))
    schemas = description["components"]["schemas"]
    validators = {}
    for each in schemas["Lesson"]["properties"]["questions"]["items"]["oneOf"]:
        (kind,) = schemas[each["$ref"].rsplit("/", 1)[1]]["properties"]["kind"]["enum"]
        validators[kind] = jsonschema.Draft202012Validator({"$ref": f"openapi{each['$ref']}"}, registry=registry)
    assert set(validators) == set(QuestionKind)
    return validators


def test_every_question_of_the_course_is_given_as_the_api_describes(
    app: Flask, question_schemas: dict[str, jsonschema.Draft202012Validator]
) -> None:
    """As a teacher sees them: nothing is locked."""
    walk = Walk(School("north", app).sign_in("teacher"))
    kinds, number = set(), 0
    for lesson_id, known in walk.places:
        shown = walk.fetch(lesson_id)["questions"]
        assert [question["kind"] for question in shown] == [question.kind for question in known.questions]
        for question in shown:
            validator = question_schemas[question["kind"]]
            assert not [f"{error.json_path}: {error.message}" for error in validator.iter_errors(question)]
            described = validator._resolver.lookup(validator.schema["$ref"]).contents["properties"]
            assert set(question) == set(described), "nothing is given that the API does not describe"
            kinds.add(question["kind"])
            number += 1
    assert kinds == set(QuestionKind)
    assert number == len(QUESTIONS)


def test_pictures_of_the_course_are_there_and_harmless(north: School) -> None:
    student = north.new_student()
    walk = Walk(student)
    lesson = walk.open(0)
    options = [option for question in lesson.shown for option in question.get("options", [])]
    urls = [option["image_url"] for option in options if "image_url" in option]
    urls += [each["icon_url"] for module in walk.path()["modules"] for each in module["lessons"] if each["icon_url"]]
    assert len(urls) > 8
    for url in urls:
        response = student.client.get(url, headers={"Authorization": f"Bearer {student.token}", "X-School": "north"})
        assert response.status_code == 200
        assert response.mimetype == "image/svg+xml"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        again = student.client.get(
            url, headers={"Authorization": f"Bearer {student.token}", "If-None-Match": response.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")
    assert north.anonymous.client.get(urls[0], headers={"X-School": "north"}).status_code == 401
