"""Engines, the session, base models and column types."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar
from uuid import UUID

import orjson
import uuid_utils.compat
from flask import has_app_context
from flask.globals import app_ctx
from sqlalchemy import DateTime, Enum, MetaData, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, scoped_session, sessionmaker

from core.config import Settings
from core.tenancy import PUBLIC_ROLE, current_tenant_or_none, install_binding

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def new_id() -> UUID:
    """A UUIDv7: made in the application, ordered by time, safe to export and import between installations."""
    return uuid_utils.compat.uuid7()


Id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]

E = TypeVar("E", bound=StrEnum)


def enum_type(enum: type[E]) -> Enum:
    """A column that stores a `StrEnum` by value, guarded by a CHECK; PostgreSQL enums cannot lose a member."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        name=enum.__name__.lower(),
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class PublicModel(DeclarativeBase):
    """A table in the schema `public`: about schools as such, or shared by all of them."""

    metadata = MetaData(schema="public", naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True)}


class TenantModel(DeclarativeBase):
    """A table in every school's schema; it names no schema, the transaction's path does."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True)}


def _session_key() -> tuple[int, str]:
    """One session a school and app context (else thread), so the identity map never mixes two schools' rows."""
    tenant = current_tenant_or_none()
    owner = id(app_ctx._get_current_object()) if has_app_context() else threading.get_ident()  # type: ignore[attr-defined]
    return owner, tenant.schema if tenant else ""


def dump_json(value: Any) -> str:
    """JSON text as the driver wants it; ids and dates become strings."""
    return orjson.dumps(value).decode()


def make_engine(url: str, *, pool_size: int, **options: Any) -> Engine:
    """An engine as all of ours are: bounded, checked on checkout, JSON by orjson."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        connect_args={"connect_timeout": 5},
        json_serializer=dump_json,
        json_deserializer=orjson.loads,
        **options,
    )


class Database:
    """The application's connections: `engine` and `session` for the school in scope, `public_session` for `public`.

    The two logins' pools are apart on purpose: a request holds its school's connection while it looks something up
    in `public`, and one shared pool could then wait for itself.
    """

    engine: Engine
    public_engine: Engine

    def __init__(self) -> None:
        self._school_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
        self._public_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
        self.session: scoped_session[Session] = scoped_session(self._school_sessions, scopefunc=_session_key)

    def connect(self, settings: Settings) -> None:
        """Point at a server; connections are opened when first used."""
        limit = settings.schools_per_connection
        size, public_size = settings.db_pool_size, max(2, settings.db_pool_size // 2)
        self.engine = make_engine(settings.database_app_url, pool_size=size)
        self.public_engine = make_engine(settings.database_app_url, pool_size=public_size)
        install_binding(self.engine, role=None, pool_size=size, schools_per_connection=limit)
        install_binding(self.public_engine, role=PUBLIC_ROLE, pool_size=public_size, schools_per_connection=limit)
        self._school_sessions.configure(bind=self.engine)
        self._public_sessions.configure(bind=self.public_engine)

    @contextmanager
    def public_session(self) -> Iterator[Session]:
        """A short session on `public`; the caller commits. Never keep one open while asking for another connection."""
        with self._public_sessions() as session:
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.public_engine.dispose()


db = Database()
