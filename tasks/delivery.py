"""Delivering the outbox: each event's effects and its mark commit together, so a lost worker only means once more.

The bell (a huey job) may get lost with Redis or a worker; the sweeper rings again for whatever is not done. A job
claims its row with SKIP LOCKED, does the effects as the event's school, and marks the row, all in one transaction.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from huey import crontab
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock, events
from core.db import db
from core.events import Event, OutboxEvent, Published
from core.tenancy import DISPATCHER_ROLE, PUBLIC_ROLE, Tenant, rebind, tenant_scope
from tasks.queue import huey
from tenants.directory import Directory, SchoolSuspended, SchoolUnknown

log = logging.getLogger("lernejo.tasks")

#: Failures after which somebody should look.
HOPELESS = 9
GRACE = timedelta(seconds=10)
CLOSED_SCHOOL_PAUSE = timedelta(minutes=10)
SWEEP_LIMIT = 1000
# The sweeper's lock lies in Redis; a worker killed while it sweeps cannot take it back.
SWEEP_SECONDS = 120

HIGH, LOW = 10, 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a handler gets: the event's fields, a session bound to the event's school (or to `public`), the instant."""

    payload: dict[str, Any]
    session: Session
    now: datetime


Handler = Callable[[Delivery], None]
_handlers: dict[str, Handler] = {}
_priorities: dict[str, int] = {}
_directory = Directory()


def on(event: type[Event], *, priority: int = HIGH) -> Callable[[Handler], Handler]:
    """Register the handler of an event. One event has one handler, which must be safe to repeat."""

    def register(handler: Handler) -> Handler:
        assert event.kind not in _handlers, f"{event.kind} has a handler already"
        _handlers[event.kind] = handler
        _priorities[event.kind] = priority
        return handler

    return register


@huey.task()
def deliver(event_id: str, tenant_id: str | None) -> None:
    """Deliver one event, unless it is done or somebody else is at it."""
    deliver_event(event_id=UUID(event_id), tenant_id=UUID(tenant_id) if tenant_id else None)


@huey.periodic_task(crontab(minute="*"))
@huey.lock_task("sweep", ttl=SWEEP_SECONDS)
def sweep() -> None:
    """Ring again for every event whose bell got lost."""
    for event in list_waiting(now=clock.now(), grace=GRACE):
        ring(event)


def ring(event: Published) -> None:
    """Put the bell for one event into the queue."""
    tenant = str(event.tenant_id) if event.tenant_id else None
    deliver(str(event.id), tenant, priority=_priorities.get(event.kind, LOW))


def list_waiting(*, now: datetime, grace: timedelta) -> list[Published]:
    """Events that should have been delivered by now, oldest first. None is ever given up."""
    due = (OutboxEvent.done_at.is_(None), OutboxEvent.available_at <= now - grace)
    with _dispatching() as session:
        rows = session.execute(
            select(OutboxEvent.id, OutboxEvent.tenant_id, OutboxEvent.kind)
            .where(*due)
            .order_by(OutboxEvent.available_at)
            .limit(SWEEP_LIMIT)
        )
        return [Published(*row) for row in rows]


@contextmanager
def _dispatching() -> Iterator[Session]:
    """A session of the dispatcher's role: it may read and mark the outbox, and nothing else."""
    with db.public_session() as session:
        rebind(session.connection(), DISPATCHER_ROLE)
        yield session


@contextmanager
def _bound(tenant: Tenant | None) -> Iterator[tuple[Session, str]]:
    """The session in which an event of `tenant` has its effects, and the role it is bound to."""
    if tenant is None:
        with db.public_session() as session:
            yield session, PUBLIC_ROLE
    else:
        with tenant_scope(tenant):
            yield db.session(), tenant.schema


def deliver_event(*, event_id: UUID, tenant_id: UUID | None) -> bool:
    """Deliver one event; False when it is done, is somebody else's, or failed (then it is noted and comes again)."""
    try:
        tenant = _directory.by_id(tenant_id) if tenant_id else None
    except (SchoolUnknown, SchoolSuspended) as absent:
        log.info("event %s waits: %s", event_id, absent.message)
        # Out of the sweeper's sight for a while: what waits for a closed school must not fill every sweep.
        _put_off(event_id, CLOSED_SCHOOL_PAUSE)
        return False
    try:
        with _bound(tenant) as (session, role):
            return _deliver(session, role, event_id)
    except Exception as error:
        log.exception("event %s failed", event_id)
        _note_failure(event_id, error)
        return False


def _deliver(session: Session, role: str, event_id: UUID) -> bool:
    now = clock.now()
    connection = session.connection()
    rebind(connection, DISPATCHER_ROLE)
    row = session.execute(
        select(OutboxEvent.kind, OutboxEvent.payload)
        .where(OutboxEvent.id == event_id, OutboxEvent.done_at.is_(None))
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        session.rollback()
        return False
    rebind(connection, role)
    _handlers[row.kind](Delivery(row.payload, session, now))
    session.flush()  # the effects must be written before the transaction turns to the dispatcher's role
    rebind(connection, DISPATCHER_ROLE)
    session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == event_id)
        .values(done_at=now, attempts=OutboxEvent.attempts + 1, failure=None)
    )
    events.commit(session)
    return True


def _put_off(event_id: UUID, pause: timedelta) -> None:
    with _dispatching() as session:
        session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id == event_id, OutboxEvent.done_at.is_(None))
            .values(available_at=clock.now() + pause)
        )
        session.commit()


def _note_failure(event_id: UUID, error: Exception) -> None:
    """Count the attempt and wait longer before the next: 10 s, 20 s, 40 s and so on, an hour at most."""
    with _dispatching() as session:
        attempts = session.scalar(select(OutboxEvent.attempts).where(OutboxEvent.id == event_id))
        if attempts is None:
            return
        pause = timedelta(seconds=min(10 * 2 ** min(attempts, 10), 3600))
        if attempts >= HOPELESS:
            log.error("event %s has failed %d times; it is tried again every hour", event_id, attempts + 1)
        session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id == event_id)
            .values(
                attempts=attempts + 1,
                available_at=clock.now() + pause,
                failure=f"{type(error).__name__}: {error}"[:500],
            )
        )
        session.commit()


def listen() -> None:
    """Ring for every committed event of this process. A bell that cannot be rung is left to the sweeper."""
    events.committed.connect(_ring_committed)


def _ring_committed(_sender: object, *, published: list[Published]) -> None:
    try:
        for event in published:
            ring(event)
    except Exception:
        # Whatever is wrong with the queue, the work is committed and the caller must hear that it is.
        log.warning("could not ring for committed events; the sweeper will", exc_info=True)
