"""What PostgreSQL itself refuses: statements in one school's transaction that reach for anything else.

A statement that carries `SET ROLE` stacked behind it is the one thing that roles do not stop, because the login must
be able to become any school. So statements are never built from input: `tests/code/test_sql.py` sees to that.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from core.db import db, new_id
from core.tenancy import DISPATCHER_ROLE, Tenant, rebind, tenant_scope
from tenants.directory import Directory

DENIED = "42501"


@pytest.fixture
def schools(app: Flask) -> dict[str, Tenant]:
    directory = Directory()
    return {slug: directory.by_slug(slug) for slug in ("north", "south")}


def assert_denied(execute: Callable[..., Any], statement: str, **values: Any) -> None:
    with pytest.raises(DBAPIError) as refused:
        execute(text(statement), values)
    assert refused.value.orig.pgcode == DENIED, refused.value


REACHES = [
    'SELECT * FROM {south}."user"',
    "SELECT count(*) FROM {south}.attempt",
    "INSERT INTO {south}.achievement VALUES (gen_random_uuid(), 'x', now())",
    "UPDATE {south}.lesson SET title = 'x'",
    "DELETE FROM {south}.attempt",
    'TRUNCATE {south}."user"',
    "DROP TABLE {south}.attempt",
    "DROP SCHEMA {south} CASCADE",
    "CREATE TABLE {south}.x (id int)",
    "CREATE TABLE {north}.x (id int)",
    "CREATE TABLE public.x (id int)",
    "CREATE SCHEMA x",
    "ALTER TABLE {north}.attempt ADD COLUMN x int",
    "DROP TABLE {north}.attempt",
    "CREATE ROLE x",
    "GRANT {south} TO {north}",
    "SELECT * FROM public.tenant",
    "SELECT * FROM public.tenant_domain",
    "SELECT * FROM public.tenant_version",
    "SELECT * FROM public.audio",
    "UPDATE public.audio SET text = 'x'",
    "SELECT * FROM public.alembic_version",
    "SELECT * FROM public.outbox",
    "UPDATE public.outbox SET done_at = now()",
    "DELETE FROM public.outbox",
    "INSERT INTO public.outbox (id, kind, payload, created_at, available_at) VALUES (gen_random_uuid(), 'x', '{{}}', "
    "now(), now()) RETURNING id",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT pg_read_file('postgresql.conf')",
    "COPY {north}.lesson TO '/tmp/x'",
    "COPY {north}.lesson FROM PROGRAM 'true'",
    "SELECT lo_import('/etc/passwd')",
    "SET SESSION AUTHORIZATION postgres",
    "SET LOCAL ROLE postgres",
]


@pytest.mark.parametrize("statement", REACHES)
def test_a_school_reaches_nothing_but_its_own_rows(schools: dict[str, Tenant], statement: str) -> None:
    names = {slug: tenant.schema for slug, tenant in schools.items()}
    with tenant_scope(schools["north"]):
        assert_denied(db.session.execute, statement.format(**names))


def test_an_unqualified_name_means_ones_own_table(schools: dict[str, Tenant]) -> None:
    found = {}
    for slug, tenant in schools.items():
        with tenant_scope(tenant):
            found[slug] = set(db.session.scalars(text('SELECT id FROM "user"')))
            assert db.session.scalar(text("SELECT current_user")) == tenant.schema
            assert db.session.scalar(text("SHOW search_path")) == tenant.schema
    assert found["north"]
    assert found["south"]
    assert not found["north"] & found["south"]


def test_a_public_table_is_not_found_without_its_schema(schools: dict[str, Tenant]) -> None:
    with tenant_scope(schools["north"]), pytest.raises(ProgrammingError, match="does not exist"):
        db.session.execute(text("SELECT * FROM tenant"))


def test_no_school_in_scope_means_no_rights(schools: dict[str, Tenant]) -> None:
    for statement in (f'SELECT * FROM {schools["north"].schema}."user"', "SELECT * FROM public.tenant"):
        with db.engine.connect() as connection:
            assert_denied(connection.execute, statement)
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT current_schemas(false)").scalar() == []
        with pytest.raises(ProgrammingError, match="does not exist"):
            connection.execute(text('SELECT id FROM "attempt"'))


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT * FROM {north}."user"',
        "UPDATE public.tenant SET name = 'x'",
        "DELETE FROM public.tenant",
        "DELETE FROM public.audio",
        "SELECT * FROM public.outbox",
        "UPDATE public.outbox SET done_at = now()",
        "SELECT * FROM public.tenant_version",
    ],
)
def test_the_public_role_reads_no_school(schools: dict[str, Tenant], statement: str) -> None:
    with db.public_session() as session:
        assert_denied(session.execute, statement.format(north=schools["north"].schema))


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT * FROM {north}."user"',
        "SELECT * FROM public.tenant",
        "SELECT * FROM public.audio",
        "INSERT INTO public.outbox (id, kind, payload, created_at, available_at) "
        "VALUES (gen_random_uuid(), 'x', '{{}}', now(), now())",
    ],
)
def test_the_dispatcher_reads_the_outbox_alone(schools: dict[str, Tenant], statement: str) -> None:
    with db.public_session() as session:
        rebind(session.connection(), DISPATCHER_ROLE)
        assert_denied(session.execute, statement.format(north=schools["north"].schema))
    with db.public_session() as session:
        rebind(session.connection(), DISPATCHER_ROLE)
        assert session.scalar(text("SELECT count(*) FROM public.outbox")) is not None


OUTBOX_ROW = (
    "INSERT INTO public.outbox (id, tenant_id, kind, payload, created_at, available_at) "
    "VALUES (:id, :tenant_id, 'lesson_completed', '{}', now(), now())"
)


def test_a_school_tells_events_of_its_own_alone(schools: dict[str, Tenant]) -> None:
    """An event is delivered as the school it names, so a school that could name another would act there."""
    for tenant_id in (schools["south"].id, None):
        with tenant_scope(schools["north"]):
            assert_denied(db.session.execute, OUTBOX_ROW, id=new_id(), tenant_id=tenant_id)
    with tenant_scope(schools["north"]):
        db.session.execute(text(OUTBOX_ROW), {"id": new_id(), "tenant_id": schools["north"].id})
        db.session.rollback()


def test_the_public_role_tells_events_of_no_school(schools: dict[str, Tenant]) -> None:
    with db.public_session() as session:
        assert_denied(session.execute, OUTBOX_ROW, id=new_id(), tenant_id=schools["north"].id)
    with db.public_session() as session:
        session.execute(text(OUTBOX_ROW), {"id": new_id(), "tenant_id": None})
        session.rollback()


def test_the_login_can_do_nothing_by_itself(schools: dict[str, Tenant]) -> None:
    with db.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = session_user"
        ).one()
    assert not any(row)


def test_roles_do_not_stop_a_stacked_set_role(schools: dict[str, Tenant]) -> None:
    """Known and accepted; if this ever fails, the rule about statements built from input can be loosened."""
    with tenant_scope(schools["north"]):
        stacked = (
            f'SELECT 1; SET LOCAL ROLE {schools["south"].schema}; SELECT count(*) FROM {schools["south"].schema}."user"'
        )
        assert db.session.connection().exec_driver_sql(stacked).scalar_one() > 0
