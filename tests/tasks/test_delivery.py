"""The outbox: an event commits with its work, is delivered once, and survives whatever fails on the way."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from core import clock
from core.db import db
from core.events import commit, publish, publish_public
from tasks import delivery
from tasks.delivery import Delivery
from tests.conftest import School
from tests.tasks.outbox import Handler, Tried
from tests.walking import Walk

pytest_plugins = ["tests.tasks.outbox"]
pytestmark = pytest.mark.usefixtures("nothing_waits")


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


def test_nothing_is_ever_given_up_and_somebody_is_told(
    handler: Handler,
    tell: Callable[..., None],
    deliver_events: Callable[[], int],
    owner: Engine,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tell("hopeless")
    with owner.begin() as connection:
        connection.execute(text("UPDATE public.outbox SET attempts = 500"))
    handler.failing.add("hopeless")
    assert deliver_events() == 0
    assert "tried again every hour" in caplog.text
    assert delivery.list_waiting(now=clock.now(), grace=timedelta(0)) == []
    later = clock.now() + timedelta(hours=1)
    assert [event.kind for event in delivery.list_waiting(now=later, grace=timedelta(0))] == [Tried.kind]


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
