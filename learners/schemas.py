"""What the learning endpoints take and give."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from core.http import Choice, Schema, Text
from curriculum.grading import DiffKind, Verdict
from curriculum.schemas import CourseSchema, question_field
from learners.queries import LessonState
from learners.xp import XpCause

MAX_ANSWER = 2000
HOUR_MS = 3_600_000


class PathLessonSchema(Schema):
    """A lesson on the path."""

    id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    title = fields.String(required=True)
    icon = fields.String(required=True, allow_none=True)
    icon_url = fields.String(required=True, allow_none=True)
    question_count = fields.Integer(required=True)
    state = Choice(LessonState, required=True)
    is_next = fields.Boolean(required=True)
    completed_count = fields.Integer(required=True)
    best_accuracy = fields.Float(required=True, allow_none=True)


class PathModuleSchema(Schema):
    """A module on the path."""

    id = fields.UUID(required=True)
    course_id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    title = fields.String(required=True)
    cefr_level = fields.String(required=True)
    can_do = fields.List(fields.String(), required=True)
    lessons = fields.List(fields.Nested(PathLessonSchema), required=True)


class PathSchema(Schema):
    """The courses of the school and the way through them."""

    courses = fields.List(fields.Nested(CourseSchema), required=True)
    modules = fields.List(fields.Nested(PathModuleSchema), required=True)


class LessonSchema(Schema):
    """A lesson with its questions, and where the student stopped."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    module_id = fields.UUID(required=True)
    module_title = fields.String(required=True)
    course = fields.Nested(CourseSchema, required=True)
    run = fields.Integer(required=True)
    passed_question_ids = fields.List(fields.UUID(), required=True)
    missed_question_ids = fields.List(fields.UUID(), required=True)
    questions = fields.List(question_field(), required=True)


class AnswerValueSchema(Schema):
    """Exactly one of the three, by the question's kind."""

    choice = Text(at_most=MAX_ANSWER)
    text = Text(at_most=MAX_ANSWER)
    pairs = fields.List(
        fields.List(Text(at_most=300), validate=validate.Length(equal=2)),
        validate=validate.Length(max=20),
    )

    @ma.validates_schema
    def one_of_three(self, data: dict[str, Any], **_: Any) -> None:
        """An answer has one shape."""
        if len(data) != 1:
            raise ma.ValidationError("Give exactly one of choice, text, pairs.")


class SubmissionSchema(Schema):
    """An answer to one question."""

    attempt_id = fields.UUID(
        required=True, metadata={"description": "Made by the client; sent again, nothing counts twice."}
    )
    question_id = fields.UUID(required=True)
    question_version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=1_000_000))
    answer = fields.Nested(AnswerValueSchema, required=True, allow_none=True)
    skipped = fields.Boolean(load_default=False, metadata={"description": "Cannot listen now; `answer` is null."})
    elapsed_ms = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=HOUR_MS))

    @ma.validates_schema
    def answered_or_skipped(self, data: dict[str, Any], **_: Any) -> None:
        """Skipping and answering exclude each other."""
        if data["skipped"] == (data["answer"] is not None):
            raise ma.ValidationError("Give an answer, or null with skipped true.", "answer")


class DiffWordSchema(Schema):
    """One word of the comparison with the nearest accepted answer."""

    kind = Choice(DiffKind, required=True)
    expected = fields.String(required=True, allow_none=True)
    given = fields.String(required=True, allow_none=True)


class GrantSchema(Schema):
    """XP for one cause."""

    cause = Choice(XpCause, required=True)
    amount = fields.Integer(required=True)


class ResultXpSchema(Schema):
    """What the answer earned."""

    granted = fields.Integer(required=True)
    total = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(GrantSchema), required=True)


class ResultLessonSchema(Schema):
    """How far the run is after the answer."""

    completed = fields.Boolean(required=True, metadata={"description": "Whether this answer completed the lesson."})
    passed = fields.Integer(required=True)
    total = fields.Integer(required=True)
    first_try_accuracy = fields.Float(required=True)


class ResultSchema(Schema):
    """The verdict on an answer, and why."""

    attempt_id = fields.UUID(required=True)
    verdict = Choice(Verdict, required=True)
    passed = fields.Boolean(required=True)
    diff = fields.List(fields.Nested(DiffWordSchema), required=True)
    solution = fields.String(required=True, allow_none=True)
    translation = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    xp = fields.Nested(ResultXpSchema, required=True)
    lesson = fields.Nested(ResultLessonSchema, required=True)


class XpSchema(Schema):
    """XP totals."""

    total = fields.Integer(required=True, attribute="xp_total")
    today = fields.Integer(required=True, attribute="xp_today")


class StreakSchema(Schema):
    """The streak, with the days of the last four weeks on which something was completed."""

    length = fields.Integer(required=True)
    longest = fields.Integer(required=True)
    done_today = fields.Boolean(required=True)
    days = fields.List(fields.Date(), required=True)


class LessonCountSchema(Schema):
    """Lessons done of all there are."""

    completed = fields.Integer(required=True, attribute="lessons_completed")
    total = fields.Integer(required=True, attribute="lessons_total")


class AchievementSchema(Schema):
    """An achievement, had or still to come."""

    key = fields.String(required=True)
    granted_at = fields.AwareDateTime(required=True, allow_none=True)


class ProgressSchema(Schema):
    """What a student has come to."""

    xp = fields.Nested(XpSchema, required=True)
    streak = fields.Nested(StreakSchema, required=True)
    lessons = fields.Nested(LessonCountSchema, required=True)
    accuracy = fields.Float(required=True, allow_none=True, metadata={"description": "First-try rate, 0 to 1."})
    achievements = fields.List(fields.Nested(AchievementSchema), required=True)


class ChildSchema(Schema):
    """A guardian's child."""

    id = fields.UUID(required=True)
    display_name = fields.String(required=True)
    progress = fields.Nested(ProgressSchema, required=True)


class ChildrenSchema(Schema):
    """A guardian's children."""

    children = fields.List(fields.Nested(ChildSchema), required=True)
