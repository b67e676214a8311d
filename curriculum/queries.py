"""Reading the curriculum: questions as asked, speech as made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.db import db
from core.errors import NotFound
from core.tenancy import current_tenant
from curriculum import grading, speech
from curriculum.models import Answer, Audio, AudioState, Course, Lesson, Module, Question, QuestionKind, QuestionVersion


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One immutable version of a question, with what marking it needs."""

    question_id: UUID
    version: int
    lesson_id: UUID
    course_id: UUID
    kind: QuestionKind
    body: Mapping[str, Any]
    answers: tuple[str, ...]
    spoken: tuple[str, ...]
    language: str

    @property
    def answer_language(self) -> str:
        """The language the student answers in."""
        return str(self.body.get("answer_language", self.language))


def get_asked_question(question_id: UUID, version: int) -> AskedQuestion:
    """A version of a question, from this process's memory when it was asked before; raises `NotFound`."""
    return _asked(current_tenant().schema, question_id, version)


@lru_cache(maxsize=20_000)
def _asked(_schema: str, question_id: UUID, version: int) -> AskedQuestion:
    """Keyed by school too: the same id in another school, after an import, is another question."""
    row = db.session.execute(
        select(QuestionVersion, Question.lesson_id, Course.id, Course.language)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Lesson, Lesson.id == Question.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(QuestionVersion.question_id == question_id, QuestionVersion.number == version)
    ).one_or_none()
    if row is None:
        raise NotFound("question")
    asked, lesson_id, course_id, language = row
    patterns = db.session.scalars(
        select(Answer.pattern)
        .where(Answer.question_id == question_id, Answer.version == version)
        .order_by(Answer.position)
    )
    return AskedQuestion(
        question_id,
        version,
        lesson_id,
        course_id,
        asked.kind,
        asked.body,
        tuple(patterns),
        tuple(asked.spoken),
        language,
    )


def get_lexicon(course_id: UUID, language: str) -> frozenset[str]:
    """The real words of a course in one of its two languages, inflected forms included, normalised for marking."""
    return _lexicon(current_tenant().schema, course_id, language)


@lru_cache(maxsize=200)
def _lexicon(_schema: str, course_id: UUID, language: str) -> frozenset[str]:
    rows = db.session.execute(
        select(
            QuestionVersion.body,
            func.array(
                select(Answer.pattern)
                .where(Answer.question_id == QuestionVersion.question_id, Answer.version == QuestionVersion.number)
                .order_by(Answer.position)
                .scalar_subquery()
            ),
            Course.language,
        )
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Lesson, Lesson.id == Question.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(Course.id == course_id)
    )
    words: set[str] = set()
    for body, patterns, course_language in rows:
        if patterns and body.get("answer_language", course_language) == language:
            words.update(grading.compile_answers(tuple(patterns), language=language).words)
        for text in _texts(body, language=language, course_language=course_language):
            words.update(grading.words(text, language=language))
    return frozenset(words)


def _texts(body: Mapping[str, Any], *, language: str, course_language: str) -> list[str]:
    """The plain texts of a question that are in `language`."""
    texts: list[str] = []
    if body.get("answer_language", course_language) == language:
        texts += body.get("distractors", ())
    if body.get("prompt_language") == language:
        texts.append(body["prompt"])
    if language == course_language:
        texts += [body[name] for name in ("word", "sentence", "text") if name in body]
        texts += [left for left, _right in body.get("pairs", ())]
        # Options of a cloze are words of the taught language; those of a picture are objects, not words.
        texts += [option for option in body.get("options", ()) if "sentence" in body and isinstance(option, str)]
    else:
        texts += [body["translation"]] if "translation" in body else []
        texts += [right for _left, right in body.get("pairs", ())]
    return texts


@dataclass(frozen=True, slots=True)
class LessonContent:
    """A lesson with its questions as they are asked now."""

    lesson: Lesson
    module: Module
    course: Course
    questions: tuple[AskedQuestion, ...]


def get_lesson_content(lesson: Lesson) -> LessonContent:
    """The whole lesson in its present versions: two queries, and two more for each question not asked before."""
    module, course = db.session.execute(
        select(Module, Course).join(Course, Course.id == Module.course_id).where(Module.id == lesson.module_id)
    ).one()
    current = db.session.execute(
        select(Question.id, Question.version).where(Question.lesson_id == lesson.id).order_by(Question.position)
    )
    return LessonContent(lesson, module, course, tuple(get_asked_question(*row) for row in current))


def audio_by_text(texts: Iterable[str], *, language: str) -> dict[str, dict[str, str]]:
    """For each text, `{id, url, state}` of its speech; `unavailable` when the language has no voice."""
    voice = speech.VOICES.get(language)
    ids: dict[str, str] = {}
    for text in texts:
        try:
            ids[text] = speech.audio_id(speech.normalise(text, language=language), voice) if voice else ""
        except speech.Unspeakable:
            ids[text] = ""
    with db.public_session() as session:
        rows = session.execute(select(Audio.id, Audio.state).where(Audio.id.in_([key for key in ids.values() if key])))
        states = {row.id: row.state.value for row in rows}
    return {
        text: {
            "id": key,
            "url": f"/api/v1/audio/{key}" if key else "",
            "state": states.get(key, AudioState.PENDING.value) if key else "unavailable",
        }
        for text, key in ids.items()
    }


def list_spoken_texts(course_id: UUID) -> tuple[str, list[str]]:
    """The course's language and every text of its present questions that needs speech, once each, in course order."""
    language = db.session.scalar(select(Course.language).where(Course.id == course_id))
    if language is None:
        raise NotFound("course")
    rows = db.session.scalars(
        select(QuestionVersion.spoken)
        .join(Question, (Question.id == QuestionVersion.question_id) & (Question.version == QuestionVersion.number))
        .join(Lesson, Lesson.id == Question.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(Module.course_id == course_id)
        .order_by(Module.position, Lesson.position, Question.position)
    )
    return language, list(dict.fromkeys(text for spoken in rows for text in spoken))


@dataclass(frozen=True, slots=True)
class SpeechProgress:
    """How far a course's speech is, in texts."""

    total: int
    ready: int
    failed: int
    pending: int


def get_speech_progress(course: Course) -> SpeechProgress:
    """Counts of the course's spoken texts by state; texts that no voice speaks are not counted."""
    language, texts = list_spoken_texts(course.id)
    states = [audio["state"] for audio in audio_by_text(texts, language=language).values()]
    counted = [state for state in states if state != "unavailable"]
    return SpeechProgress(len(counted), *(counted.count(state) for state in ("ready", "failed", "pending")))
