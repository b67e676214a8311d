"""The only doors to courses, lessons, pictures and speech: missing and forbidden look alike."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, true

from core.auth import Actor, Permission
from core.db import db
from core.errors import NotFound
from core.storage import FileMissing, storage
from curriculum import speech
from curriculum.models import Audio, AudioState, Course, CourseState, Lesson, Module, QuestionVersion

_AUDIO = re.compile(r"[0-9a-f]{64}")
_IMAGE = re.compile(r"[0-9a-f]{64}\.svg")


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Students see what is published; who publishes sees drafts as well."""
    return true() if actor.may(Permission.COURSE_PUBLISH) else Course.state == CourseState.PUBLISHED


def access_courses(actor: Actor) -> list[Course]:
    """The courses an actor may see."""
    return list(db.session.scalars(select(Course).where(_visible(actor)).order_by(Course.created_at, Course.id)))


def access_course(actor: Actor, course_id: UUID) -> Course:
    """One course."""
    course = db.session.scalar(select(Course).where(Course.id == course_id, _visible(actor)))
    if course is None:
        raise NotFound("course")
    return course


def access_lesson(actor: Actor, lesson_id: UUID) -> Lesson:
    """One lesson of a course the actor may see."""
    lesson = db.session.scalar(select(Lesson).join(Module).join(Course).where(Lesson.id == lesson_id, _visible(actor)))
    if lesson is None:
        raise NotFound("lesson")
    return lesson


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that may be given out: its storage key, type and content address."""

    key: str
    content_type: str
    etag: str


def access_audio(audio_id: str) -> StoredFile:
    """Speech that is ready and that some question of this school speaks."""
    if not _AUDIO.fullmatch(audio_id):
        raise NotFound("audio")
    with db.public_session() as session:
        audio = session.get(Audio, audio_id)
    if audio is None or audio.state is not AudioState.READY:
        raise NotFound("audio")
    # Files are shared by all schools; whether one may be heard here is a question to this school's own lessons.
    if not db.session.scalar(select(exists().where(QuestionVersion.spoken.any_() == audio.text))):
        raise NotFound("audio")
    return StoredFile(speech.audio_key(audio_id), "audio/mpeg", audio_id)


def access_image(image: str) -> StoredFile:
    """A picture by its name, `<sha256>.svg`. Pictures come with the product's packs and are no school's own."""
    if not _IMAGE.fullmatch(image):
        raise NotFound("picture")
    return StoredFile(speech.image_key(image), "image/svg+xml", image.removesuffix(".svg"))


def read_file(file: StoredFile) -> bytes:
    """The bytes; raises `NotFound` when storage lost them."""
    try:
        return storage().get(file.key)
    except FileMissing:
        raise NotFound("file") from None
