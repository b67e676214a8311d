"""The current school, and the one place where a database transaction is bound to it.

A transaction is bound in the engine's `begin` event, so ORM and Core alike get it, by one round trip of
`SET LOCAL ROLE` and `SET LOCAL search_path`; both end with the transaction, so nothing leaks through the pool.
What fails closed is the resting state: the login role inherits nothing, has no grants and an empty path, so a
transaction that was never bound meets `permission denied`.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

log = logging.getLogger("lernejo.tenancy")

SCHEMA_NAME = re.compile(r"t_[0-9a-f]{32}")

# Cluster roles beside the schools' own; `migrations/public` gives each its grants.
PUBLIC_ROLE = "lernejo_public"
DISPATCHER_ROLE = "lernejo_dispatcher"
SCHOOL_GROUP = "lernejo_school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A school as every request carries it. `time_zone` is an IANA name, `locale` one of the interface languages."""

    id: UUID
    slug: str
    name: str
    time_zone: str
    locale: str

    @property
    def schema(self) -> str:
        """The name of the school's schema and of its database role."""
        return schema_name(self.id)


class NoTenant(RuntimeError):
    """Code that belongs to a school ran outside `tenant_scope`; wrap the caller in it."""


_current: ContextVar[Tenant | None] = ContextVar("current_tenant", default=None)


def schema_name(tenant_id: UUID) -> str:
    """`t_` and the id's 32 hexadecimal digits."""
    return f"t_{tenant_id.hex}"


def current_tenant() -> Tenant:
    """The school of the present scope; raises `NoTenant` outside one."""
    tenant = _current.get()
    if tenant is None:
        raise NoTenant("no school is in scope; enter tenant_scope() first")
    return tenant


def current_tenant_or_none() -> Tenant | None:
    """The school of the present scope, if there is one."""
    return _current.get()


@contextmanager
def tenant_scope(tenant: Tenant) -> Iterator[Tenant]:
    """The only way into a school. On the way out the school's session is removed, so no row outlives the scope.

    Entered again for the same school, the outer scope's session goes on, and is removed with the outer scope.
    """
    from core.db import db

    token = _current.set(tenant)
    is_outermost = not db.session.registry.has()
    try:
        yield tenant
    finally:
        try:
            if is_outermost:
                db.session.remove()
        except DBAPIError:  # the server went away; what was not committed is lost with it, and there is nothing to undo
            log.warning("could not close a session in order", exc_info=True)
        finally:
            if is_outermost:
                db.session.registry.clear()
            _current.reset(token)


def binding(role: str) -> str:
    """The statement that binds a transaction to a school's schema, or to one of the public roles."""
    if SCHEMA_NAME.fullmatch(role):
        return "SET LOCAL ROLE " + role + "; SET LOCAL search_path = " + role
    if role in (PUBLIC_ROLE, DISPATCHER_ROLE):
        return "SET LOCAL ROLE " + role + "; SET LOCAL search_path = ''"
    raise ValueError(f"{role!r} is not a role that a transaction can be bound to")


def rebind(connection: Connection, role: str) -> None:
    """Bind the rest of the running transaction to another role; only event delivery crosses over this way."""
    connection.exec_driver_sql(binding(role))


def _bind(connection: Connection, role: str, *, pooled: int) -> None:
    """Send the binding. A connection that died in the pool is replaced: nothing was done on it, so nothing is lost.

    `pooled` is how many others may have died with it. The error is one of SQLAlchemy's, as from any statement.
    """
    statement, dialect = binding(role), connection.dialect
    assert dialect.loaded_dbapi is not None
    try:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(statement)
        finally:
            cursor.close()
    except dialect.loaded_dbapi.Error as error:
        is_lost = not connection.invalidated and dialect.is_disconnect(error, connection.connection, None)
        if is_lost:
            connection.invalidate(error)
        if not is_lost or not pooled:
            base = dialect.loaded_dbapi.Error
            raise DBAPIError.instance(statement, None, error, base, connection_invalidated=is_lost) from error
        _bind(connection, role, pooled=pooled - 1)


def install_binding(engine: Engine, *, role: str | None, pool_size: int, schools_per_connection: int) -> None:
    """Bind every transaction of `engine` to `role`, or to the school in scope when `role` is None.

    PostgreSQL never forgets the catalog entries a backend has seen, so a connection that has served more than
    `schools_per_connection` schools is replaced at its next checkout.
    """

    @event.listens_for(engine, "begin")
    def bind(connection: Connection) -> None:
        tenant = _current.get()
        name = role or (tenant.schema if tenant else None)
        if name is None:
            return  # unbound: the resting state refuses whatever comes
        _bind(connection, name, pooled=pool_size)
        connection.connection.info.setdefault("schools", set()).add(name)

    @event.listens_for(engine, "checkin")
    def recycle(_dbapi: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        if len(entry.info.get("schools", ())) > schools_per_connection:
            entry.invalidate(soft=True)
