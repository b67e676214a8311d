"""Making the database fit to hold schools, and making a school: role, schema, grants, tables."""

import time
from datetime import datetime
from typing import Any

from psycopg2 import sql
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from core.config import Settings
from core.db import new_id
from core.errors import DomainError
from core.migrations import Environment, head, render, upgrade
from core.tenancy import DISPATCHER_ROLE, PUBLIC_ROLE, SCHOOL_GROUP, Tenant
from tenants import models

# Roles belong to the whole cluster: two installations on one server meet here, and two commands may race.
_RACES = ("42710", "23505", "42P07", "XX000")  # it is there already (of roles, rows, tables), or is just being altered
RACE_ATTEMPTS = 10


class SlugTaken(DomainError):
    """Another school has this slug."""

    status = 409
    code = "slug_taken"


def owner_engine(settings: Settings) -> Engine:
    """Connections of the owner, for migrations and operators; never for requests."""
    if settings.database_url is None:
        raise RuntimeError("DATABASE_URL is not set; this command needs the owner's login")
    return create_engine(settings.database_url, poolclass=NullPool)


def _run(connection: Connection, statement: sql.Composed) -> None:
    raw: Any = connection.connection.dbapi_connection
    with raw.cursor() as cursor:
        cursor.execute(statement)


def _ensure_role(connection: Connection, name: str, options: sql.Composed | sql.SQL) -> None:
    """Create or alter a cluster role."""
    exists = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name})
    verb = "ALTER" if exists else "CREATE"
    _run(connection, sql.SQL(verb + " ROLE {} {}").format(sql.Identifier(name), options))


def prepare_database(engine: Engine, settings: Settings) -> None:
    """Roles, resting state and the tables of `public`, at head. Safe to run again at every start, and by several."""
    for attempt in range(RACE_ATTEMPTS):
        try:
            return _prepare(engine, settings)
        except Exception as error:
            code = getattr(getattr(error, "orig", error), "pgcode", None)
            if code not in _RACES or attempt == RACE_ATTEMPTS - 1:
                raise
            time.sleep(0.1 * (attempt + 1))  # roles belong to the server, so no lock of one database would help
    return None


def _prepare(engine: Engine, settings: Settings) -> None:
    login = make_url(settings.database_app_url)
    if login.username is None:
        raise RuntimeError("DATABASE_APP_URL names no user")
    with engine.begin() as connection:
        if _public_is_ready(connection) and _can_log_in(settings):
            return
        for role in (PUBLIC_ROLE, DISPATCHER_ROLE, SCHOOL_GROUP):
            _ensure_role(connection, role, sql.SQL("NOLOGIN"))
        password = sql.SQL("LOGIN NOINHERIT PASSWORD {}").format(sql.Literal(login.password))
        _ensure_role(connection, login.username, password)
        app = sql.Identifier(login.username)
        database = sql.Identifier(connection.scalar(text("SELECT current_database()")))
        for statement in (
            # The resting state: no path, no inherited rights, no grants beyond CONNECT.
            sql.SQL("ALTER ROLE {} SET search_path = ''").format(app),
            # A stuck statement, lock or transaction must not hold a thread of the web server for ever.
            sql.SQL("ALTER ROLE {} SET statement_timeout = '30s'").format(app),
            sql.SQL("ALTER ROLE {} SET lock_timeout = '10s'").format(app),
            sql.SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = '2min'").format(app),
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app),
            sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
            sql.SQL("GRANT {}, {} TO {} WITH INHERIT FALSE, SET TRUE").format(
                sql.Identifier(PUBLIC_ROLE), sql.Identifier(DISPATCHER_ROLE), app
            ),
        ):
            _run(connection, sql.Composed([statement]))
        upgrade(connection, Environment.PUBLIC)


def _can_log_in(settings: Settings) -> bool:
    """Whether the weak login is there, with the password of these settings: a new secret means a new password."""
    try:
        with create_engine(settings.database_app_url, poolclass=NullPool).connect():
            return True
    except OperationalError:
        return False


def _public_is_ready(connection: Connection) -> bool:
    """Whether everything stands already, so that a usual start changes nothing and takes no locks."""
    if not connection.scalar(text("SELECT to_regclass('public.alembic_version') IS NOT NULL")):
        return False
    revision: str | None = connection.scalar(text("SELECT version_num FROM public.alembic_version"))
    return revision == head(Environment.PUBLIC)


def create_school(
    engine: Engine, *, login: str, slug: str, name: str, time_zone: str, locale: str, now: datetime
) -> Tenant:
    """Make a school: its row in the catalog, role, schema, grants and tables, in one transaction.

    `login` is the role that serves requests. Raises `SlugTaken`.
    """
    tenant = Tenant(id=new_id(), slug=slug, name=name, time_zone=time_zone, locale=locale)
    with engine.begin() as connection:
        row = models.Tenant(
            id=tenant.id,
            slug=slug,
            name=name,
            time_zone=time_zone,
            locale=locale,
            state=models.TenantState.ACTIVE,
            created_at=now,
        )
        with Session(bind=connection) as session:
            session.add(row)
            try:
                session.flush()  # the slug's uniqueness must speak before any DDL is done
            except IntegrityError as error:
                raise SlugTaken(f"There is a school {slug!r} already; choose another slug.") from error
            _create_schema(connection, tenant, login)
            revision = head(Environment.TENANT)
            session.add(models.TenantVersion(tenant_id=tenant.id, revision=revision))
            session.flush()  # the version commits with the schema it tells of
    return tenant


def _create_schema(connection: Connection, tenant: Tenant, login: str) -> None:
    school, app = sql.Identifier(tenant.schema), sql.Identifier(login)
    for statement in (
        sql.SQL("CREATE ROLE {} NOLOGIN").format(school),
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(SCHOOL_GROUP), school),
        sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(school, app),
        sql.SQL("CREATE SCHEMA {}").format(school),
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(school, school),
        # Before the tables: then every table that ever comes is granted at no cost.
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}").format(
            school, school
        ),
        sql.SQL("SET LOCAL search_path = {}").format(school),
    ):
        _run(connection, statement)
    raw: Any = connection.connection.dbapi_connection
    with raw.cursor() as cursor:
        for step in render(Environment.TENANT, None, head(Environment.TENANT)):
            cursor.execute(step)
    connection.execute(text("SET LOCAL search_path = public"))
