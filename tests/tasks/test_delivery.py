"""The outbox: an event commits with its work, is delivered once, and survives whatever fails on the way."""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from redis import ConnectionPool
from sqlalchemy import text
from sqlalchemy.engine import Engine

from core import clock, redis
from core.config import read_settings
from core.db import db
from core.events import Event, commit, publish, publish_public
from tasks import delivery
from tasks.delivery import Delivery
from tasks.queue import huey
from tests.conftest import School
from tests.counting import owner_engine
from tests.walking import Walk


@dataclass(frozen=True, slots=True)
class Tried(Event):
    """An event of these tests."""

    kind: ClassVar[str] = "tried"
    what: str


class Handler:
    """A handler that notes what it got, and fails when told to."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.failing: set[str] = set()

    def __call__(self, delivery: Delivery) -> None:
        what = delivery.payload["what"]
        delivery.session.execute(
            text("INSERT INTO streak_day SELECT id, :day FROM \"user\" WHERE user_name = 'student'"),
            {"day": "2001-01-01"},
        )
        if what in self.failing:
            raise ZeroDivisionError("a handler failed")
        self.got.append(what)


@pytest.fixture
def handler() -> Iterator[Handler]:
    handler = Handler()
    delivery.on(Tried)(handler)
    yield handler
    del delivery._handlers["tried"]


@pytest.fixture(scope="module")
def owner() -> Iterator[Engine]:
    engine = owner_engine()
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def nothing_waits(app: Flask, owner: Engine) -> Iterator[None]:
    """Other tests' events are none of these tests' business."""
    empty = text("DELETE FROM public.outbox")
    with owner.begin() as connection:
        connection.execute(empty)
    huey.flush()
    yield
    with owner.begin() as connection:
        connection.execute(empty)
        for schema in connection.scalars(text("SELECT 't_' || replace(id::text, '-', '') FROM public.tenant")):
            connection.execute(text(f"DELETE FROM {schema}.streak_day WHERE on_date = '2001-01-01'"))


@pytest.fixture
def outbox(owner: Engine) -> Callable[..., list[Any]]:
    def rows(columns: str = "kind, attempts, done_at IS NOT NULL AS is_done, failure") -> list[Any]:
        with owner.connect() as connection:
            return list(connection.execute(text(f"SELECT {columns} FROM public.outbox ORDER BY id")))

    return rows


@pytest.fixture
def tell(in_school: Callable[[str], Any]) -> Callable[..., None]:
    """Publish an event from a school, as a service and its edge do."""

    def publish_one(what: str, slug: str = "north") -> None:
        with in_school(slug):
            publish(Tried(what=what))
            commit(db.session())

    return publish_one


def test_an_event_commits_with_the_answer_and_brings_streak_and_achievements(
    north: School, outbox: Callable[..., list[Any]], deliver_events: Callable[[], int]
) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    lesson.finish(leaving=1)
    assert outbox() == []
    lesson.answer(14, lesson.right(14))
    assert [row.kind for row in outbox()] == ["lesson_completed"]
    assert walk.progress()["streak"]["length"] == 0, "effects come after the commit, not in the answer"
    assert deliver_events() == 1
    progress = walk.progress()
    today = clock.local_date(clock.now(), "Europe/Riga").isoformat()
    assert progress["streak"] == {"length": 1, "longest": 1, "done_today": True, "days": [today]}
    granted = {each["key"] for each in progress["achievements"] if each["granted_at"]}
    assert granted == {"first_lesson", "perfect_lesson"}
    assert [each["key"] for each in progress["achievements"]] == [
        "first_lesson",
        "perfect_lesson",
        "streak_3",
        "xp_100",
    ]


def test_the_guardian_sees_the_childs_streak(north: School, deliver_events: Callable[[], int]) -> None:
    child, guardian = Walk(north.sign_in("student")), north.sign_in("guardian")
    child.open(0).finish()
    deliver_events()
    shown = guardian.get("/children").json["children"]
    assert [(each["id"], each["progress"]) for each in shown] == [(child.student.user["id"], child.progress())]


def test_a_refused_answer_tells_nothing(north: School, outbox: Callable[..., list[Any]]) -> None:
    lesson = Walk(north.new_student()).open(0)
    lesson.finish(leaving=1)
    body = lesson.body(14, lesson.right(14))
    assert lesson.send(body | {"question_version": 2}).status_code == 404
    assert lesson.send(body | {"answer": {"choice": "x"}}).status_code == 422
    assert lesson.send(body | {"attempt_id": lesson.body(0, None)["question_id"]}).status_code == 200
    assert len(outbox()) == 1


def test_delivering_twice_has_one_effect(
    north: School, outbox: Callable[..., list[Any]], deliver_events: Callable[[], int], owner: Engine
) -> None:
    walk = Walk(north.new_student())
    walk.open(0).finish()
    assert deliver_events() == 1
    before = walk.progress()
    event = outbox("id, tenant_id")[0]
    assert not delivery.deliver_event(event_id=event.id, tenant_id=event.tenant_id), "done is done"
    with owner.begin() as connection:
        connection.execute(text("UPDATE public.outbox SET done_at = NULL"))
    assert delivery.deliver_event(event_id=event.id, tenant_id=event.tenant_id), "the mark was lost: once more"
    assert walk.progress() == before


def test_eight_workers_at_one_event_deliver_it_once(
    handler: Handler, tell: Callable[..., None], outbox: Callable[..., list[Any]]
) -> None:
    tell("once")
    event = outbox("id, tenant_id")[0]
    barrier, delivered = threading.Barrier(8), []

    def work() -> None:
        barrier.wait()
        delivered.append(delivery.deliver_event(event_id=event.id, tenant_id=event.tenant_id))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(delivered) == [False] * 7 + [True]
    assert handler.got == ["once"]


def test_a_failing_handler_is_noted_leaves_nothing_and_comes_again_later(
    handler: Handler, tell: Callable[..., None], outbox: Callable[..., list[Any]], deliver_events: Callable[[], int],
    owner: Engine,
) -> None:  # fmt: skip
    handler.failing = {"bad"}
    tell("bad")
    tell("good")
    assert deliver_events() == 1
    assert handler.got == ["good"], "others go on"
    bad, good = outbox("attempts, done_at, failure, available_at, payload")
    assert (bad.attempts, bad.done_at) == (1, None)
    assert "ZeroDivisionError: a handler failed" in bad.failure
    assert good.done_at
    pauses = [(bad.available_at - clock.now()).total_seconds()]
    assert deliver_events() == 0, "it waits"
    for _ in range(4):
        with owner.begin() as connection:
            connection.execute(text("UPDATE public.outbox SET available_at = now() - interval '1 s'"))
        assert deliver_events() == 0
        pauses.append((outbox("available_at")[0].available_at - clock.now()).total_seconds())
    assert pauses == pytest.approx([10, 20, 40, 80, 160], abs=3)
    with owner.connect() as connection:
        schema = f"t_{outbox('tenant_id')[0].tenant_id.hex}"
        effects = connection.scalar(text(f"SELECT count(*) FROM {schema}.streak_day WHERE on_date = '2001-01-01'"))
    assert effects == 1, "the good one's; the failing one's were undone"
    with owner.begin() as connection:
        connection.execute(text(f"DELETE FROM {schema}.streak_day WHERE on_date = '2001-01-01'"))
        connection.execute(text("UPDATE public.outbox SET available_at = now() - interval '1 s'"))
    handler.failing = set()
    assert deliver_events() == 1
    assert outbox()[0].failure is None


def test_what_failed_ten_times_is_left_to_people(
    handler: Handler, tell: Callable[..., None], deliver_events: Callable[[], int], owner: Engine
) -> None:
    tell("hopeless")
    with owner.begin() as connection:
        connection.execute(text("UPDATE public.outbox SET attempts = :most"), {"most": delivery.MAX_ATTEMPTS})
    assert delivery.list_waiting(now=clock.now(), grace=timedelta(0)) == []


def test_an_event_without_a_handler_is_noted(
    in_school: Callable[[str], Any], outbox: Callable[..., list[Any]], deliver_events: Callable[[], int]
) -> None:
    with in_school("north"):
        publish(Tried(what="nobody listens"))
        commit(db.session())
    assert deliver_events() == 0
    assert "tried" in outbox()[0].failure


def test_a_claim_held_by_somebody_else_is_skipped(
    handler: Handler, tell: Callable[..., None], outbox: Callable[..., list[Any]], owner: Engine
) -> None:
    tell("held")
    event = outbox("id, tenant_id")[0]
    with owner.begin() as connection:
        connection.execute(text("SELECT FROM public.outbox FOR UPDATE"))
        assert not delivery.deliver_event(event_id=event.id, tenant_id=event.tenant_id)
    assert outbox()[0].attempts == 0, "it was nobody's failure"
    assert delivery.deliver_event(event_id=event.id, tenant_id=event.tenant_id)


@contextmanager
def suspended(owner: Engine, slug: str) -> Iterator[None]:
    def become(state: str) -> None:
        with owner.begin() as connection:
            connection.execute(
                text("UPDATE public.tenant SET state = :state WHERE slug = :slug"), {"state": state, "slug": slug}
            )
        delivery._directory._known.clear()

    become("suspended")
    try:
        yield
    finally:
        become("active")


def test_a_suspended_school_waits_and_keeps_nobody_else_waiting(
    handler: Handler, tell: Callable[..., None], outbox: Callable[..., list[Any]], deliver_events: Callable[[], int],
    owner: Engine,
) -> None:  # fmt: skip
    tell("of north", "north")
    tell("of south", "south")
    with suspended(owner, "north"):
        assert deliver_events() == 1
        assert handler.got == ["of south"]
        assert outbox()[0].attempts == 0, "waiting is no failure"
        waiting = delivery.list_waiting(now=clock.now(), grace=timedelta(0))
        assert waiting == [], "a long queue of a closed school would fill every sweep"
    with owner.begin() as connection:
        connection.execute(text("UPDATE public.outbox SET available_at = now() - interval '1 s' WHERE done_at IS NULL"))
    assert deliver_events() == 1
    assert handler.got == ["of south", "of north"]


def test_an_event_of_no_school_is_handled_in_public(outbox: Callable[..., list[Any]]) -> None:
    roles: list[str] = []

    def note(delivery: Delivery) -> None:
        roles.append(delivery.session.scalar(text("SELECT current_user")))

    delivery.on(Tried)(note)
    try:
        with db.public_session() as session:
            publish_public(session, Tried(what="shared"))
            commit(session)
        event = outbox("id, tenant_id")[0]
        assert event.tenant_id is None
        assert delivery.deliver_event(event_id=event.id, tenant_id=None)
    finally:
        del delivery._handlers["tried"]
    assert roles == ["lernejo_public"]


def test_an_event_has_one_handler(handler: Handler) -> None:
    with pytest.raises(AssertionError, match="has a handler already"):
        delivery.on(Tried)(handler)


def test_a_rollback_takes_the_event_along(in_school: Callable[[str], Any], outbox: Callable[..., list[Any]]) -> None:
    with in_school("north"):
        publish(Tried(what="undone"))
        db.session.rollback()
        commit(db.session())
    assert outbox() == []


# The bell


def test_a_committed_answer_rings_and_the_job_delivers(north: School, outbox: Callable[..., list[Any]]) -> None:
    walk = Walk(north.new_student())
    walk.open(0).finish()
    assert len(huey) == 1
    huey.execute(huey.dequeue())
    assert outbox()[0].is_done
    assert walk.progress()["streak"]["length"] == 1


def test_a_lost_bell_is_rung_again_by_the_sweeper(
    handler: Handler, tell: Callable[..., None], outbox: Callable[..., list[Any]], owner: Engine
) -> None:
    tell("lost")
    huey.flush()
    delivery.sweep.call_local()
    assert len(huey) == 0, "the bell of a fresh event may still be on its way"
    with owner.begin() as connection:
        connection.execute(text("UPDATE public.outbox SET available_at = available_at - interval '1 min'"))
    delivery.sweep.call_local()
    assert len(huey) == 1
    huey.execute(huey.dequeue())
    assert handler.got == ["lost"]


def test_the_sweepers_lock_ends_by_itself(owner: Engine) -> None:
    """It lies in Redis, and a worker that is killed while it sweeps never takes it back."""
    sweeper = threading.Thread(target=delivery.sweep.call_local)
    with owner.begin() as connection:
        connection.execute(text("LOCK TABLE public.outbox"))  # the sweep waits here, holding its lock
        sweeper.start()
        deadline = time.monotonic() + 10
        while not (keys := huey.storage.conn.keys("*lock.sweep*")) and time.monotonic() < deadline:
            pass
        seconds = [huey.storage.conn.ttl(key) for key in keys]
    sweeper.join()
    assert len(seconds) == 1
    assert 0 < seconds[0] <= delivery.SWEEP_SECONDS


@contextmanager
def redis_at(url: str) -> Iterator[None]:
    """Redis at another address, for sign-ins and for the queue."""
    settings, pool = read_settings(), huey.storage.pool
    redis.connect(replace(settings, redis_url=url))
    timeouts = {name: pool.connection_kwargs[name] for name in ("socket_timeout", "socket_connect_timeout")}
    huey.storage.conn.connection_pool = ConnectionPool.from_url(url, **timeouts)
    try:
        yield
    finally:
        redis.connect(settings)
        huey.storage.conn.connection_pool = pool


def test_without_redis_answers_commit_and_the_sweeper_delivers(
    north: School, outbox: Callable[..., list[Any]], deliver_events: Callable[[], int], tmp_path: Path
) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    with redis_at(f"unix://{tmp_path}/nobody.sock"):
        assert lesson.finish()["lesson"]["completed"]
        assert walk.student.get("/user/progress").status_code == 200
    assert len(huey) == 0
    assert not outbox()[0].is_done
    assert deliver_events() == 1
    assert walk.progress()["streak"]["length"] == 1


def test_without_redis_an_ended_session_is_still_ended(north: School, tmp_path: Path) -> None:
    mine, other = north.sign_in("teacher"), north.sign_in("teacher")
    with redis_at(f"unix://{tmp_path}/nobody.sock"):
        assert mine.get("/user").status_code == 200
        assert mine.post("/auth/logout").status_code == 204
        assert mine.get("/user").json["code"] == "token_invalid"
        assert other.get("/user").status_code == 200, "another session of the same person goes on"


def test_a_redis_that_hangs_costs_seconds_not_the_answer(north: School, tmp_path: Path) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    lesson.finish(leaving=1)
    path = tmp_path / f"{uuid.uuid4().hex[:8]}.sock"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen(16)
        with redis_at(f"unix://{path}"):
            started = time.monotonic()
            assert lesson.answer(14, lesson.right(14))["lesson"]["completed"]
            assert time.monotonic() - started < 7, (
                "two seconds for the sign-in, two for the bell, and room for a slow machine"
            )
