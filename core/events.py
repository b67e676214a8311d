"""Events: a service publishes, the row commits with the work it tells of, delivery happens after the commit.

`public.outbox` is the one public table a school's role may write, and only by INSERT. `tasks/` listens to
`committed` to ring the bell, and sweeps up what a lost bell left behind.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from blinker import Signal
from sqlalchemy import ForeignKey, Index, String, Table, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.db import Id, PublicModel, db, new_id
from core.tenancy import current_tenant

#: Sent after a commit with `published=[Published, ...]`.
committed: Signal = Signal()


@dataclass(frozen=True, slots=True)
class Published:
    """An event that waits in the outbox."""

    id: UUID
    tenant_id: UUID | None
    kind: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, named in the past tense. Fields are ids, dates and plain values."""

    kind: ClassVar[str]


class OutboxEvent(PublicModel):
    """An event waiting for its effects, or done. The dispatcher's role alone may read and mark it."""

    __tablename__ = "outbox"
    # The sweeper looks only at what is not done, however long the history is.
    __table_args__ = (Index("ix_outbox_waiting", "available_at", postgresql_where=text("done_at IS NULL")),)

    id: Mapped[Id]
    # Events of a deleted school have nobody left to be for.
    tenant_id: Mapped[UUID | None] = mapped_column(ForeignKey("public.tenant.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    done_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(500))


def publish(event: Event) -> None:
    """Record `event` in the running transaction of the school in scope."""
    _record(db.session(), event, tenant_id=current_tenant().id)


def publish_public(session: Session, event: Event) -> None:
    """Record an event that belongs to no school, such as speech shared by all, in a public session."""
    _record(session, event, tenant_id=None)


def outbox_row(event: Event, *, tenant_id: UUID | None) -> dict[str, Any]:
    """The columns of the outbox row that tells of `event`."""
    now = clock.now()
    return {
        "id": new_id(),
        "tenant_id": tenant_id,
        "kind": event.kind,
        "payload": asdict(event),
        "created_at": now,
        "available_at": now,
        "attempts": 0,
    }


def _record(session: Session, event: Event, *, tenant_id: UUID | None) -> None:
    row = outbox_row(event, tenant_id=tenant_id)
    table = OutboxEvent.__table__
    assert isinstance(table, Table)
    # Core, not ORM: the school's role may INSERT but not read back, and the object must not enter the identity map.
    session.execute(insert(table).values(row))
    note_published(session, row)


def note_published(session: Session, row: dict[str, Any]) -> None:
    """Remember an outbox row, one written by hand-made SQL too, so that `commit` announces it."""
    session.info.setdefault("published", []).append(Published(row["id"], row["tenant_id"], row["kind"]))


def commit(session: Session) -> None:
    """Commit at the edge, then announce what was published; only the request, task and command wrappers call this."""
    session.commit()
    published = session.info.pop("published", [])
    if published:
        committed.send(None, published=published)


def rollback(session: Session) -> None:
    """Undo the transaction and forget its events."""
    session.info.pop("published", None)
    session.rollback()
