"""The life of an answer: marked, recorded, rewarded, in one transaction and exactly once.

`answer_question` is the one place where a student's answer enters the school. The attempt's id is made by the client:
the same id again gives the first result unchanged, so an offline queue may replay as it likes. Marking and rewards are
pure (`curriculum.grading`, `learners.lesson_run`, `learners.xp`); the SQL is two statements, enter and record.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import orjson
from sqlalchemy import text

from core import clock
from core.auth import Actor
from core.db import db, dump_json
from core.errors import DomainError, NotFound
from core.events import Event, note_published, outbox_row
from core.tenancy import current_tenant
from curriculum import grading
from curriculum.grading import Accents, Marking, Verdict
from curriculum.models import CHOICE_KINDS, QuestionKind
from curriculum.presenting import needs_listening
from curriculum.queries import AskedQuestion, get_asked_question, get_lexicon
from learners.lesson_run import LessonRun, Step
from learners.xp import Grant, lesson_grants


class AttemptConflict(DomainError):
    """The attempt id was used for another answer."""

    status = 409
    code = "attempt_conflict"


class AnswerDoesNotFit(DomainError):
    """The answer is not of the shape the question's kind asks for."""

    status = 422
    code = "answer_does_not_fit"


class LessonLocked(DomainError):
    """An earlier lesson of the module comes first."""

    status = 403
    code = "lesson_locked"


@dataclass(frozen=True, slots=True)
class LessonCompleted(Event):
    """A student has passed every question of a lesson; the streak day and achievements follow."""

    kind: ClassVar[str] = "lesson_completed"
    user_id: UUID
    lesson_id: UUID
    run: int
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An answer as it came in. `answer` holds one of `choice`, `text`, `pairs`, or is None when `skipped`."""

    attempt_id: UUID
    lesson_id: UUID
    question_id: UUID
    question_version: int
    answer: Mapping[str, Any] | None
    is_skipped: bool
    elapsed_ms: int

    def digest(self, user_id: UUID) -> str:
        """Tells the same answer sent again from another one under the same id; the time it took may differ."""
        parts = [user_id, self.lesson_id, self.question_id, self.question_version, self.answer, self.is_skipped]
        return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()


# Locks the student's way through the lesson, so that two devices answer one after the other, and reads what marking
# and rewards need. A missing row is made; a locked one is read as it is after the wait. The lesson is open when
# the one before it in its module has been completed.
_ENTER = text("""
    WITH entered AS (
        INSERT INTO user_progress (user_id, lesson_id, run, passed_question_ids, missed_question_ids,
                                   skipped_question_ids, completed_count, earned_runs, started_at, answered_at)
        SELECT u.id, :lesson_id, 1, '{}', '{}', '{}', 0, 0, :now, :now
        FROM "user" u WHERE u.id = :user_id AND u.deactivated_at IS NULL
        ON CONFLICT (user_id, lesson_id) DO UPDATE SET answered_at = :now
        RETURNING run, passed_question_ids, missed_question_ids, skipped_question_ids,
                  completed_count, completed_on, earned_runs, best_accuracy
    )
    SELECT entered.*,
           earlier.result AS earlier_result, earlier.digest AS earlier_digest,
           (SELECT array_agg(q.id) FROM question q WHERE q.lesson_id = :lesson_id) AS question_ids,
           (SELECT coalesce(sum(x.amount), 0) FROM xp_log x WHERE x.user_id = :user_id) AS xp_total,
           (SELECT p.run FROM user_progress p WHERE p.user_id = :user_id AND p.lesson_id = :lesson_id) AS run_seen,
           (SELECT array_agg(DISTINCT c.accents) FROM enrollment e JOIN classroom c ON c.id = e.classroom_id
             WHERE e.user_id = :user_id AND e.role = 'student') AS accents,
           c.state = 'published' AS is_published,
           NOT EXISTS (
                SELECT FROM lesson before
                LEFT JOIN user_progress done ON done.lesson_id = before.id AND done.user_id = :user_id
                WHERE before.module_id = l.module_id AND before.position = l.position - 1
                  AND coalesce(done.completed_count, 0) = 0) AS is_open
    FROM entered
    JOIN lesson l ON l.id = :lesson_id JOIN module m ON m.id = l.module_id JOIN course c ON c.id = m.course_id
    LEFT JOIN attempt earlier ON earlier.id = :attempt_id
""")

# The attempt's primary key is the last word on "exactly once": a row that is there already inserts nothing.
_RECORD = text("""
    WITH recorded AS (
        INSERT INTO attempt (id, user_id, lesson_id, question_id, question_version, run, verdict, is_first_try,
                             answer, elapsed_ms, answered_at, answered_on, digest, result)
        VALUES (:attempt_id, :user_id, :lesson_id, :question_id, :question_version, :run, :verdict, :is_first_try,
                CAST(:answer AS jsonb), :elapsed_ms, :now, :today, :digest, CAST(:result AS jsonb))
        ON CONFLICT (id) DO NOTHING
        RETURNING id
    ), granted AS (
        INSERT INTO xp_log (attempt_id, cause, user_id, amount, earned_on, created_at)
        SELECT recorded.id, grant_.cause, :user_id, grant_.amount, :today, :now
        FROM recorded, unnest(CAST(:causes AS varchar[]), CAST(:amounts AS int[])) AS grant_ (cause, amount)
    ), told AS (
        INSERT INTO public.outbox (id, tenant_id, kind, payload, created_at, available_at)
        SELECT event.id, event.tenant_id, event.kind, event.payload, :now, :now
        FROM recorded, jsonb_to_recordset(CAST(:events AS jsonb))
             AS event (id uuid, tenant_id uuid, kind varchar, payload jsonb)
    ), moved AS (
        UPDATE user_progress SET
            run = :next_run, passed_question_ids = CAST(:passed AS uuid[]),
            missed_question_ids = CAST(:missed AS uuid[]),
            skipped_question_ids = CAST(:skipped AS uuid[]), completed_count = :completed_count,
            completed_on = :completed_on, earned_runs = :earned_runs, best_accuracy = :best_accuracy
        FROM recorded WHERE user_id = :user_id AND lesson_id = :lesson_id
    )
    SELECT id FROM recorded
""")

# For an answer that waited while another device completed the lesson: its snapshot is older than those XP.
_XP_TOTAL = text("SELECT coalesce(sum(amount), 0) FROM xp_log WHERE user_id = :user_id")

_EARLIER = text("SELECT result, digest FROM attempt WHERE id = :attempt_id")


def answer_question(*, actor: Actor, submission: Submission, now: datetime) -> Mapping[str, Any]:
    """Mark an answer, record it and grant what it earns; the result as the API gives it.

    Raises `NotFound` (no such question in this lesson), `LessonLocked`, `AnswerDoesNotFit`, `AttemptConflict`.
    """
    asked = get_asked_question(submission.question_id, submission.question_version)
    if asked.lesson_id != submission.lesson_id:
        raise NotFound("question in this lesson")
    digest = submission.digest(actor.user_id)
    ids = {"user_id": actor.user_id, "lesson_id": submission.lesson_id, "attempt_id": submission.attempt_id}
    entered = db.session.execute(_ENTER, ids | {"now": now}).one_or_none()
    if entered is None:
        raise NotFound("student")
    state = entered._asdict()
    if state["earlier_digest"] is not None:
        return _repeated(state["earlier_result"], state["earlier_digest"], digest)
    if not state["is_published"]:
        raise NotFound("lesson")
    if not state["is_open"]:
        raise LessonLocked("Finish the lesson before this one first.")

    if (state["run_seen"] or 1) != state["run"]:
        state["xp_total"] = db.session.scalar(_XP_TOTAL, ids)
    marking = _mark(asked, submission, _strictest(state["accents"]))
    outcome = _outcome(state, submission, marking, actor, now)
    result = _result(asked, submission, marking, outcome)
    row = (
        ids
        | outcome.columns
        | {
            "question_id": submission.question_id,
            "question_version": submission.question_version,
            "verdict": marking.verdict.value,
            "answer": dump_json(dict(submission.answer)) if submission.answer is not None else None,
            "elapsed_ms": submission.elapsed_ms,
            "now": now,
            "digest": digest,
            "result": dump_json(result),
        }
    )
    if db.session.execute(_RECORD, row).first() is None:
        # Another lesson's request used the id between our two statements; what it stored decides.
        earlier = db.session.execute(_EARLIER, ids).one()
        return _repeated(earlier.result, earlier.digest, digest)
    for event in outcome.events:
        note_published(db.session(), event)
    return result


def _repeated(result: Mapping[str, Any], earlier_digest: str, digest: str) -> Mapping[str, Any]:
    if earlier_digest != digest:
        raise AttemptConflict("This attempt_id was used for another answer; make a new one for each answer.")
    return result


def _strictest(policies: list[str] | None) -> Accents:
    """A student of several classes is marked by the strictest of them; without a class, a slip is a warning."""
    order = (Accents.STRICT, Accents.WARN, Accents.LENIENT)
    return next((policy for policy in order if policy.value in (policies or [])), Accents.WARN)


def _mark(asked: AskedQuestion, submission: Submission, accents: Accents) -> Marking:
    if submission.is_skipped:
        if not needs_listening(asked.kind, asked.body):
            raise AnswerDoesNotFit("Only a question that needs listening can be skipped.")
        return Marking(Verdict.SKIPPED, (), _solution(asked))
    match asked.kind, submission.answer:
        case kind, {"choice": str(choice)} if kind in CHOICE_KINDS:
            return grading.mark_choice(choice, asked.body["answer"])
        case QuestionKind.MATCH_PAIRS, {"pairs": list(pairs)}:
            return grading.mark_pairs([tuple(pair) for pair in pairs], [tuple(pair) for pair in asked.body["pairs"]])
        case kind, {"text": str(given)} if kind not in CHOICE_KINDS and kind is not QuestionKind.MATCH_PAIRS:
            language = asked.answer_language
            accepted = grading.compile_answers(asked.answers, language=language)
            return grading.mark(given, accepted, accents=accents, lexicon=get_lexicon(asked.course_id, language))
    raise AnswerDoesNotFit(f"A question of kind {asked.kind} wants {_wanted(asked.kind)}.")


def _wanted(kind: QuestionKind) -> str:
    if kind in CHOICE_KINDS:
        return '{"choice": "…"}'
    return '{"pairs": [["…", "…"], …]}' if kind is QuestionKind.MATCH_PAIRS else '{"text": "…"}'


def _solution(asked: AskedQuestion) -> str:
    """The answer that is shown when a question is skipped or missed."""
    if asked.answers:
        return grading.canonical(asked.answers[0])
    # Of a picture the word is the solution; the answer is the drawing's name.
    return str(asked.body.get("word") or asked.body.get("answer", ""))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an answer changes: the columns to write, and what the student is told of it."""

    run: LessonRun
    total: int
    is_completed: bool
    grants: list[Grant]
    xp_total: int
    events: list[dict[str, Any]]
    columns: dict[str, Any]


def _outcome(
    state: Mapping[str, Any], submission: Submission, marking: Marking, actor: Actor, now: datetime
) -> _Outcome:
    today = clock.local_date(now, current_tenant().time_zone)
    question_ids = frozenset(state["question_ids"])
    before = LessonRun(
        state["run"],
        frozenset(state["passed_question_ids"]),
        frozenset(state["missed_question_ids"]),
        frozenset(state["skipped_question_ids"]),
    )
    run = before.advance(submission.question_id, _step(marking))
    completed = run.is_complete(question_ids)
    earlier_today = state["earned_runs"] if state["completed_on"] == today else 0
    accuracy = run.first_try_accuracy()
    grants = lesson_grants(first_try_accuracy=accuracy, earlier_runs_today=earlier_today) if completed else []
    event = LessonCompleted(actor.user_id, submission.lesson_id, run.number, today)
    events = [outbox_row(event, tenant_id=current_tenant().id)] if completed else []
    following = LessonRun(run.number + 1) if completed else run
    columns = {
        "run": run.number,
        "is_first_try": before.is_first_try(submission.question_id),
        "today": today,
        "causes": [grant.cause.value for grant in grants],
        "amounts": [grant.amount for grant in grants],
        "events": dump_json(events),
        "next_run": following.number,
        "passed": sorted(map(str, following.passed)),
        "missed": sorted(map(str, following.missed)),
        "skipped": sorted(map(str, following.skipped)),
        "completed_count": state["completed_count"] + completed,
        "completed_on": today if completed else state["completed_on"],
        "earned_runs": earlier_today + 1 if completed else state["earned_runs"],
        "best_accuracy": max(accuracy, state["best_accuracy"] or 0) if completed else state["best_accuracy"],
    }
    earned = sum(grant.amount for grant in grants)
    return _Outcome(run, len(question_ids), completed, grants, int(state["xp_total"]) + earned, events, columns)


def _step(marking: Marking) -> Step:
    if marking.verdict is Verdict.SKIPPED:
        return Step.SKIPPED
    return Step.PASSED if marking.passed else Step.MISSED


def _result(asked: AskedQuestion, submission: Submission, marking: Marking, outcome: _Outcome) -> dict[str, Any]:
    return {
        "attempt_id": str(submission.attempt_id),
        "verdict": marking.verdict.value,
        "passed": marking.passed,
        "diff": [{"kind": word.kind.value, "expected": word.expected, "given": word.given} for word in marking.diff],
        "solution": (_solution(asked) if asked.kind in CHOICE_KINDS else marking.solution) or None,
        "translation": asked.body.get("translation"),
        "note": asked.body.get("note"),
        "xp": {
            "granted": sum(grant.amount for grant in outcome.grants),
            "total": outcome.xp_total,
            "reasons": [{"cause": grant.cause.value, "amount": grant.amount} for grant in outcome.grants],
        },
        "lesson": {
            "completed": outcome.is_completed,
            "passed": len(outcome.run.passed),
            "total": outcome.total,
            "first_try_accuracy": outcome.run.first_try_accuracy(),
        },
    }
