"""Adopting packs and publishing courses: what changes the curriculum."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.db import db, new_id
from core.errors import DomainError
from core.events import Event, publish
from core.storage import storage
from curriculum.models import Answer, Course, CourseState, Lesson, Module, Question, QuestionVersion
from curriculum.packs.reader import Pack, PackLesson, PackQuestion
from curriculum.speech import image_key


class CourseAdopted(DomainError):
    """The school has this pack's course already."""

    status = 409
    code = "course_adopted"


@dataclass(frozen=True, slots=True)
class CoursePublished(Event):
    """Students can see a course from now on; its speech is made next."""

    kind: ClassVar[str] = "course_published"
    course_id: UUID


def adopt_pack(pack: Pack, *, now: datetime) -> Course:
    """Copy a pack into the school in scope as a draft course of its own; raises `CourseAdopted`."""
    adopted = CourseAdopted(f"The school has the course {pack.key!r} already.")
    if db.session.scalar(select(Course.id).where(Course.key == pack.key)):
        raise adopted
    for image, data in pack.files.items():
        storage().put(image_key(image), data, content_type="image/svg+xml")
    course = Course(
        id=new_id(),
        key=pack.key,
        pack_version=pack.version,
        title=pack.title,
        description=pack.description,
        language=pack.language,
        source_language=pack.source_language,
        cefr_level=pack.cefr_level,
        state=CourseState.DRAFT,
        created_at=now,
        published_at=None,
    )
    for position, content in enumerate(pack.modules):
        module = Module(
            id=new_id(),
            key=content.key,
            position=position,
            title=content.title,
            cefr_level=content.cefr_level,
            can_do=list(content.can_do),
        )
        module.lessons = [_lesson(lesson, number, now) for number, lesson in enumerate(content.lessons)]
        course.modules.append(module)
    try:
        # Written here: a pack that does not fit the tables must fail in the adopting call.
        with db.session.begin_nested():
            db.session.add(course)
    except IntegrityError as error:  # somebody else adopted it since we looked
        raise adopted from error
    return course


def _lesson(content: PackLesson, position: int, now: datetime) -> Lesson:
    lesson = Lesson(
        id=new_id(),
        key=content.key,
        position=position,
        title=content.title,
        icon=content.icon.as_json() if content.icon else None,
    )
    lesson.questions = [_question(question, number, now) for number, question in enumerate(content.questions)]
    return lesson


def _question(content: PackQuestion, position: int, now: datetime) -> Question:
    question = Question(id=new_id(), key=content.key, position=position, version=1)
    version = QuestionVersion(
        number=1, kind=content.kind, body=content.body, spoken=list(content.spoken), created_at=now
    )
    version.answers = [
        Answer(id=new_id(), position=number, pattern=pattern) for number, pattern in enumerate(content.answers)
    ]
    question.versions = [version]
    return question


def publish_course(course: Course, *, now: datetime) -> Course:
    """Show a course to the students and have its speech made. Publishing again makes only what is missing."""
    course.state = CourseState.PUBLISHED
    course.published_at = course.published_at or now
    publish(CoursePublished(course_id=course.id))
    return course
