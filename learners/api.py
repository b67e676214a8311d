"""Studying over HTTP: the path, a lesson, an answer, one's progress."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask.views import MethodView

from core import clock
from core.auth import Permission, current_actor
from core.errors import NotFound
from core.http import Blueprint
from curriculum.access import access_courses
from curriculum.presenting import image_url, present_question
from curriculum.queries import LessonContent, audio_by_text, get_lesson_content
from learners import queries, schemas
from learners.access import access_open_lesson
from learners.answering import AnswerDoesNotFit, AttemptConflict, LessonLocked, Submission, answer_question
from learners.lesson_run import LessonRun
from learners.queries import PathModule, Progress
from tenants.access import access_children

blp = Blueprint("learning", __name__, description="The path, lessons, answers and progress")


@blp.route("/modules")
class Modules(MethodView):
    """The course path."""

    @blp.permission(Permission.COURSE_READ)
    @blp.response(200, schemas.PathSchema)
    def get(self) -> dict[str, Any]:
        """The school's courses and, module by module, how far the signed-in person is."""
        courses = access_courses(current_actor())
        path = queries.get_path(courses, current_actor().user_id)
        return {"courses": courses, "modules": [_module(module) for module in path]}


@blp.route("/lesson/<uuid:lesson_id>")
class LessonById(MethodView):
    """A lesson."""

    @blp.permission(Permission.COURSE_READ)
    @blp.response(200, schemas.LessonSchema)
    @blp.fails(NotFound, LessonLocked)
    def get(self, lesson_id: UUID) -> dict[str, Any]:
        """The lesson's questions, and which of them have passed or been missed in the present run."""
        actor = current_actor()
        content = get_lesson_content(access_open_lesson(actor, lesson_id))
        return _lesson(content, queries.get_run(lesson_id, actor.user_id))


@blp.route("/lesson/<uuid:lesson_id>/answer")
class LessonAnswer(MethodView):
    """An answer."""

    @blp.permission(Permission.LESSON_ANSWER)
    @blp.arguments(schemas.SubmissionSchema)
    @blp.response(200, schemas.ResultSchema)
    @blp.fails(NotFound, LessonLocked, AttemptConflict, AnswerDoesNotFit)
    def post(self, body: dict[str, Any], lesson_id: UUID) -> Mapping[str, Any]:
        """Mark an answer and record it; the same `attempt_id` again gives the first result, counted once."""
        skipped = body.pop("skipped")
        submission = Submission(**body, is_skipped=skipped, lesson_id=lesson_id)
        return answer_question(actor=current_actor(), submission=submission, now=clock.now())


@blp.route("/user/progress")
class UserProgress(MethodView):
    """One's own progress."""

    @blp.permission(Permission.PROGRESS_READ)
    @blp.response(200, schemas.ProgressSchema)
    def get(self) -> dict[str, Any]:
        """XP, streak, lessons, accuracy and achievements of the signed-in student."""
        return _progress(queries.get_progress(current_actor().user_id, now=clock.now()))


@blp.route("/children")
class Children(MethodView):
    """A guardian's children."""

    @blp.permission(Permission.CHILDREN_READ)
    @blp.response(200, schemas.ChildrenSchema)
    def get(self) -> dict[str, Any]:
        """The guardian's own children with their progress; never anybody else's."""
        now = clock.now()
        children = access_children(current_actor())
        return {
            "children": [
                {
                    "id": child.id,
                    "display_name": child.display_name,
                    "progress": _progress(queries.get_progress(child.id, now=now)),
                }
                for child in children
            ]
        }


def _module(path: PathModule) -> dict[str, Any]:
    module = path.module
    lessons = [
        asdict(lesson)
        | {
            "icon": lesson.icon["name"] if lesson.icon else None,
            "icon_url": image_url(lesson.icon["image"]) if lesson.icon else None,
        }
        for lesson in path.lessons
    ]
    return {
        "id": module.id,
        "course_id": module.course_id,
        "position": module.position,
        "title": module.title,
        "cefr_level": module.cefr_level,
        "can_do": module.can_do,
        "lessons": lessons,
    }


def _lesson(content: LessonContent, run: LessonRun) -> dict[str, Any]:
    language = content.course.language
    audio = audio_by_text([text for asked in content.questions for text in asked.spoken], language=language)
    return {
        "id": content.lesson.id,
        "title": content.lesson.title,
        "module_id": content.module.id,
        "module_title": content.module.title,
        "course": content.course,
        "run": run.number,
        "passed_question_ids": sorted(run.passed),
        "missed_question_ids": sorted(run.missed),
        "questions": [
            present_question(
                question_id=asked.question_id,
                version=asked.version,
                kind=asked.kind,
                body=asked.body,
                answers=asked.answers,
                language=language,
                speak=audio.get,
            )
            for asked in content.questions
        ],
    }


def _progress(progress: Progress) -> dict[str, Any]:
    return {
        "xp": progress,
        "streak": {
            "length": progress.streak.length,
            "longest": progress.streak.longest,
            "done_today": progress.streak.is_done_today,
            "days": progress.days,
        },
        "lessons": progress,
        "accuracy": progress.accuracy,
        "achievements": [{"key": key, "granted_at": at} for key, at in progress.achievements.items()],
    }
