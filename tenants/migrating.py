"""Bringing schools to the newest revision: many at once, each in one transaction, resumable, none stopping another.

A revision's SQL is rendered once and run school by school. `public.tenant_version` is the index that says who is
behind; it is written in the school's own transaction, so a killed command has either moved a school or not, and the
next one goes on with the rest. The school's `alembic_version` is the truth: a statement that does not find the expected
revision there stops that school.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from core.migrations import Environment, head, render
from core.tenancy import schema_name
from tenants import models

LOCK_TIMEOUT = "5s"
STATEMENT_TIMEOUT = "60s"
# Any number will do as long as nothing else of ours takes it: "lernejo" in the digits of a telephone.
ADVISORY_KEY = 5376_356


class AlreadyMigrating(Exception):
    """Another command is migrating schools on this database right now."""


class WrongRevision(Exception):
    """A school's own `alembic_version` is not what the index says."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A school that is not at the newest revision."""

    tenant_id: UUID
    slug: str
    revision: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one school; `failure` is None when it was moved."""

    slug: str
    failure: str | None


def list_behind(engine: Engine) -> list[Behind]:
    """The schools that are not at the newest revision, by slug: one query whatever their number."""
    with Session(engine) as session:
        rows = session.execute(
            select(models.Tenant.id, models.Tenant.slug, models.TenantVersion.revision)
            .join(models.TenantVersion, models.TenantVersion.tenant_id == models.Tenant.id)
            .where(models.TenantVersion.revision != head(Environment.TENANT))
            .order_by(models.Tenant.slug)
        )
        return [Behind(*row) for row in rows]


def migrate_schools(
    engine: Engine, *, jobs: int = 2, told: Callable[[Outcome], None] = lambda _outcome: None
) -> list[Outcome]:
    """Bring every school to the newest revision, `jobs` at a time; what came of each that was behind.

    `told` hears of each school as it is done. A school that fails is left as it was and the others go on.
    Raises `AlreadyMigrating`.
    """
    with _alone(engine):
        behind = list_behind(engine)
        for start in {school.revision for school in behind}:
            render(Environment.TENANT, start, head(Environment.TENANT))  # once, before the threads want it
        outcomes: list[Outcome] = []
        with _connections(engine, min(jobs, len(behind))) as free, ThreadPoolExecutor(max(1, jobs)) as pool:
            for future in as_completed([pool.submit(_migrate, free, school) for school in behind]):
                outcomes.append(future.result())
                told(outcomes[-1])
        return sorted(outcomes, key=lambda outcome: outcome.slug)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Hold the lock of the whole command; it goes with its connection, so a kill releases it."""
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY}):
            raise AlreadyMigrating("another command is migrating schools on this database; wait for it to end")
        yield


@contextmanager
def _connections(engine: Engine, number: int) -> Iterator[SimpleQueue[Connection]]:
    """A connection for each job: opening one costs more than migrating a school."""
    free: SimpleQueue[Connection] = SimpleQueue()
    opened = [engine.connect() for _ in range(number)]
    try:
        for connection in opened:
            free.put(connection)
        yield free
    finally:
        for connection in opened:
            connection.close()


def _migrate(free: SimpleQueue[Connection], school: Behind) -> Outcome:
    connection = free.get()
    try:
        with connection.begin():
            _move(connection, school)
        return Outcome(school.slug, None)
    except Exception as error:
        return Outcome(school.slug, str(getattr(error, "orig", None) or error).strip())
    finally:
        free.put(connection)


def _move(connection: Connection, school: Behind) -> None:
    target = head(Environment.TENANT)
    raw: Any = connection.connection.dbapi_connection
    with raw.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('search_path', %s, true), set_config('lock_timeout', %s, true), "
            "set_config('statement_timeout', %s, true)",
            (schema_name(school.tenant_id), LOCK_TIMEOUT, STATEMENT_TIMEOUT),
        )
        # Locked, so that two installations of the command cannot both find the same revision.
        cursor.execute("SELECT version_num FROM alembic_version FOR UPDATE")
        found = cursor.fetchone()
        if found != (school.revision,):
            raise WrongRevision(f"alembic_version says {found and found[0]}, the index {school.revision}")
        for statement in render(Environment.TENANT, school.revision, target):
            cursor.execute(statement)
        cursor.execute(
            "UPDATE public.tenant_version SET revision = %s WHERE tenant_id = %s", (target, str(school.tenant_id))
        )
