"""The door to lessons for those who study them: missing and forbidden look alike, and locked says so."""

from uuid import UUID

from core.auth import Actor, Role
from curriculum.access import access_lesson
from curriculum.models import Lesson
from learners.answering import LessonLocked
from learners.queries import is_lesson_open


def access_open_lesson(actor: Actor, lesson_id: UUID) -> Lesson:
    """One lesson the actor may look into; a student only once it is open. Raises `NotFound`, `LessonLocked`."""
    lesson = access_lesson(actor, lesson_id)
    if Role.STUDENT in actor.roles and not is_lesson_open(lesson, actor.user_id):
        raise LessonLocked("Finish the lesson before this one first.")
    return lesson
