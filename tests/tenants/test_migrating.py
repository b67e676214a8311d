"""Schools move to the newest revision side by side; one that cannot does not stop the others."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from psycopg2 import sql
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from core import clock
from core.config import read_settings
from core.migrations import Environment, head, render
from core.tenancy import schema_name
from tenants import migrating, provisioning
from tests.counting import owner_engine

OLD = "0001"
SLUGS = ("behind-a", "behind-b", "behind-c")
EMPTY_AGAIN = """
    DROP SCHEMA {0} CASCADE; CREATE SCHEMA {0}; GRANT USAGE ON SCHEMA {0} TO {0};
    ALTER DEFAULT PRIVILEGES IN SCHEMA {0} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {0};
"""


@pytest.fixture
def behind(app: Flask) -> Iterator[dict[str, UUID]]:
    """Three schools as the first revision left them; they are gone afterwards, tables and all."""
    engine, made = owner_engine(), {}
    login = make_url(read_settings().database_app_url).username or ""
    for slug in SLUGS:
        tenant = provisioning.create_school(
            engine, login=login, slug=slug, name=slug, time_zone="UTC", locale="en", now=clock.now()
        )
        made[slug] = tenant.id
        with engine.begin() as connection:
            path = schema_name(tenant.id)
            run(connection, sql.SQL(EMPTY_AGAIN).format(sql.Identifier(path)))
            connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path})
            for statement in render(Environment.TENANT, None, OLD):
                connection.exec_driver_sql(statement)
            connection.execute(
                text("UPDATE public.tenant_version SET revision = :old WHERE tenant_id = :id"),
                {"old": OLD, "id": tenant.id},
            )
    yield made
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM public.tenant WHERE slug = ANY(:slugs)"), {"slugs": list(SLUGS)})
        for tenant_id in made.values():
            name = sql.Identifier(schema_name(tenant_id))
            run(connection, sql.SQL("DROP SCHEMA {0} CASCADE; DROP OWNED BY {0}; DROP ROLE {0}").format(name))


def run(connection: Any, statement: sql.Composed) -> None:
    with connection.connection.dbapi_connection.cursor() as cursor:
        cursor.execute(statement)


def revisions(engine: Engine, made: dict[str, UUID]) -> dict[str, tuple[str, str]]:
    """What the index and the school itself say."""
    with engine.connect() as connection:
        found = {}
        for slug, tenant_id in made.items():
            index = connection.scalar(
                text("SELECT revision FROM public.tenant_version WHERE tenant_id = :id"), {"id": tenant_id}
            )
            connection.execute(text("SELECT set_config('search_path', :p, true)"), {"p": schema_name(tenant_id)})
            found[slug] = (index, connection.scalar(text("SELECT version_num FROM alembic_version")))
        return found


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_school_that_is_behind_is_moved(behind: dict[str, UUID], jobs: int) -> None:
    engine, told = owner_engine(), []
    outcomes = migrating.migrate_schools(engine, jobs=jobs, told=told.append)
    assert [(outcome.slug, outcome.failure) for outcome in outcomes] == [(slug, None) for slug in SLUGS]
    assert {outcome.slug for outcome in told} == set(SLUGS)
    newest = head(Environment.TENANT)
    assert set(revisions(engine, behind).values()) == {(newest, newest)}
    assert migrating.migrate_schools(engine) == []


def test_one_failed_school_stays_as_it_was_and_the_others_move(app: Flask, behind: dict[str, UUID]) -> None:
    engine = owner_engine()
    with engine.begin() as connection:
        name = sql.Identifier(schema_name(behind["behind-b"]))
        run(connection, sql.SQL("ALTER TABLE {}.sign_in ADD COLUMN user_agent int").format(name))
    result = app.test_cli_runner().invoke(args=["tenants", "migrate", "--json"])
    assert result.exit_code == 1
    outcomes = {each["slug"]: each["failure"] for each in json.loads(result.stdout)}
    assert outcomes["behind-a"] is outcomes["behind-c"] is None
    assert "user_agent" in outcomes["behind-b"]
    newest = head(Environment.TENANT)
    expected = dict.fromkeys(SLUGS, (newest, newest)) | {"behind-b": (OLD, OLD)}
    assert revisions(engine, behind) == expected

    with engine.begin() as connection:
        run(connection, sql.SQL("ALTER TABLE {}.sign_in DROP COLUMN user_agent").format(name))
    assert [outcome.slug for outcome in migrating.migrate_schools(engine)] == ["behind-b"]


def test_an_index_that_is_wrong_stops_its_school(behind: dict[str, UUID]) -> None:
    engine = owner_engine()
    with engine.begin() as connection:
        name = sql.Identifier(schema_name(behind["behind-a"]))
        run(connection, sql.SQL("UPDATE {}.alembic_version SET version_num = 'other'").format(name))
    failures = {each.slug: each.failure for each in migrating.migrate_schools(engine)}
    assert failures == {
        "behind-a": "alembic_version says other, the index 0001",
        "behind-b": None,
        "behind-c": None,
    }


def test_two_commands_do_not_migrate_at_once(behind: dict[str, UUID]) -> None:
    engine = owner_engine()
    with engine.connect() as other:
        other.execute(text("SELECT pg_advisory_lock(:key)"), {"key": migrating.ADVISORY_KEY})
        with pytest.raises(migrating.AlreadyMigrating):
            migrating.migrate_schools(engine)
    assert len(migrating.migrate_schools(engine)) == len(SLUGS)


def test_a_school_made_by_the_script_equals_a_migrated_one(behind: dict[str, UUID]) -> None:
    """Column by column, constraint by constraint, index by index."""
    engine = owner_engine()
    migrating.migrate_schools(engine)
    with engine.connect() as connection:
        made = connection.scalar(text("SELECT id FROM public.tenant WHERE slug = 'north'"))
        assert catalog(connection, schema_name(made)) == catalog(connection, schema_name(behind["behind-a"]))


def catalog(connection: Any, schema: str) -> list[tuple[Any, ...]]:
    """Everything about a schema's relations that the server can tell, without names of the schema."""
    rows = connection.execute(
        text("""
            SELECT c.relname, c.relkind::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
                   pg_get_expr(d.adbin, d.adrelid)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = to_regnamespace(:schema)
            UNION ALL
            SELECT conrelid::regclass::text, contype::text, conname, pg_get_constraintdef(oid), '', ''
            FROM pg_constraint WHERE connamespace = to_regnamespace(:schema)
            UNION ALL
            SELECT tablename, 'index', indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = :schema
            UNION ALL
            SELECT relname, 'grants', relacl::text, '', '', '' FROM pg_class
            WHERE relnamespace = to_regnamespace(:schema) AND relkind = 'r'
        """),
        {"schema": schema},
    )
    return sorted(tuple(str(value).replace(schema, "school") for value in row) for row in rows)
