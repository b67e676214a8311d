"""A student who knows the pack: walks the path over HTTP, reading the questions as shown and answering them."""

import uuid
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from werkzeug.test import TestResponse

from curriculum import grading
from curriculum.models import QuestionKind
from curriculum.packs import reader
from curriculum.packs.reader import Pack, PackLesson, PackQuestion
from tests import solver
from tests.conftest import Api

CHIPS = {QuestionKind.WORD_BANK, QuestionKind.ORDER_WORDS, QuestionKind.DICTATION_BANK}
LISTENING = {QuestionKind.MINIMAL_PAIR, QuestionKind.DICTATION, QuestionKind.DICTATION_BANK}


@cache
def pack() -> Pack:
    """The pack that both schools have adopted."""
    return reader.read_shipped("en-ru-a1")


def new_attempt() -> str:
    """An attempt id as a client makes it."""
    return str(uuid.uuid4())


def right_answer(known: PackQuestion, shown: dict[str, Any]) -> dict[str, Any]:
    """The right answer, made of what is shown: an option that is there, the chips in order, the pairs, or typed."""
    if known.kind not in CHIPS:
        answer = solver.right_answer(known)
        assert answer.get("choice") in [None, *(option["choice"] for option in shown.get("options", ()))]
        return answer
    chips, left = [], list(shown["bank"])
    for word in grading.canonical(known.answers[0]).split():
        chip = word.strip(".,!?;:…-–—")
        if chip:
            left.remove(chip)
            chips.append(chip)
    if known.kind is QuestionKind.ORDER_WORDS:
        assert not left, f"chips are left over: {left}"
    return {"text": " ".join(chips)}


@dataclass
class OpenedLesson:
    """A lesson as it was fetched, beside what the pack knows of it."""

    walk: "Walk"
    id: str
    known: PackLesson
    shown: list[dict[str, Any]]

    def place(self, *kinds: QuestionKind) -> int:
        """Where the first question of one of the kinds stands."""
        return next(number for number, question in enumerate(self.known.questions) if question.kind in kinds)

    def right(self, number: int) -> dict[str, Any]:
        """The right answer to a question."""
        return right_answer(self.known.questions[number], self.shown[number])

    def wrong(self, number: int) -> dict[str, Any]:
        """A wrong answer to a question."""
        return solver.wrong_answer(self.known.questions[number])

    def body(self, number: int, answer: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
        """A submission as a client sends it."""
        body = {
            "attempt_id": new_attempt(),
            "question_id": self.shown[number]["id"],
            "question_version": self.shown[number]["version"],
            "answer": answer,
            "elapsed_ms": 1500,
        }
        return body | ({"skipped": True} if answer is None else {}) | changes

    def send(self, body: dict[str, Any], *, by: Api | None = None) -> TestResponse:
        """Send a submission."""
        return (by or self.walk.student).post(f"/lesson/{self.id}/answer", json=body)

    def answer(self, number: int, answer: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
        """Answer a question; the result."""
        response = self.send(self.body(number, answer, **changes))
        assert response.status_code == 200, response.text
        return response.json

    def finish(self, *, leaving: int = 0) -> dict[str, Any]:
        """Answer everything rightly, but for the last `leaving` questions; the last result."""
        result: dict[str, Any] = {}
        for number in range(len(self.shown) - leaving):
            result = self.answer(number, self.right(number))
        return result


@dataclass
class Walk:
    """A student's way through the course."""

    student: Api

    @cached_property
    def places(self) -> list[tuple[str, PackLesson]]:
        """The ids of all lessons in course order, beside the pack's lessons."""
        shown = [lesson for module in self.path()["modules"] for lesson in module["lessons"]]
        known = [lesson for module in pack().modules for lesson in module.lessons]
        assert [lesson["title"] for lesson in shown] == [lesson.title for lesson in known]
        return [(lesson["id"], content) for lesson, content in zip(shown, known, strict=True)]

    def path(self) -> dict[str, Any]:
        """The path as the student sees it."""
        response = self.student.get("/modules")
        assert response.status_code == 200, response.text
        return response.json

    def on_path(self, lesson_id: str) -> dict[str, Any]:
        """One lesson of the path."""
        return next(le for module in self.path()["modules"] for le in module["lessons"] if le["id"] == lesson_id)

    def fetch(self, lesson_id: str) -> dict[str, Any]:
        """A lesson as it is given."""
        response = self.student.get(f"/lesson/{lesson_id}")
        assert response.status_code == 200, response.text
        return response.json

    def open(self, number: int = 0) -> OpenedLesson:
        """Open the lesson at `number` in course order."""
        lesson_id, known = self.places[number]
        return OpenedLesson(self, lesson_id, known, self.fetch(lesson_id)["questions"])

    def progress(self) -> dict[str, Any]:
        """What the student has come to."""
        return self.student.get("/user/progress").json
