"""Migrated tables are the models' tables, to the last constraint, in both environments."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection

from core.config import ROOT
from core.db import PublicModel, TenantModel
from core.migrations import Environment
from tests.counting import owner_engine

METADATA = {Environment.PUBLIC: PublicModel.metadata, Environment.TENANT: TenantModel.metadata}
# What a model cannot say: Alembic's own table.
VERSION_TABLE = "alembic_version"


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    engine = owner_engine()
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def schema_of(connection: Connection, environment: Environment) -> str:
    if environment is Environment.PUBLIC:
        return "public"
    return str(
        connection.scalar(text("SELECT 't_' || replace(id::text, '-', '') FROM public.tenant WHERE slug = 'north'"))
    )


@pytest.mark.parametrize("environment", Environment)
def test_there_is_one_head(environment: Environment) -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations" / environment)).get_heads()) == 1


@pytest.mark.parametrize("environment", Environment)
def test_a_revision_has_one_parent_and_a_reason(environment: Environment) -> None:
    for script in ScriptDirectory(str(ROOT / "migrations" / environment)).walk_revisions():
        assert not script.is_merge_point
        assert script.doc


@pytest.mark.parametrize("environment", Environment)
def test_alembic_finds_nothing_left_to_migrate(connection: Connection, environment: Environment) -> None:
    """Through the environments themselves, so that the next `revision --autogenerate` is right as well."""
    connection.exec_driver_sql(f"SET LOCAL search_path = {schema_of(connection, environment)}")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(ROOT / "migrations" / environment))
    command.check(config)


COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = CAST(:schema AS regnamespace) AND c.relkind = 'r'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = CAST(:schema AS regnamespace)
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = :schema"


def shape(connection: Connection, schema: str) -> set[tuple[Any, ...]]:
    """All columns, constraints and indexes, without the schema's name, and without the order of columns."""
    connection.exec_driver_sql("SET LOCAL search_path = ''")
    return {
        tuple(part.replace(f"{schema}.", "") if isinstance(part, str) else part for part in row)
        for query in (COLUMNS, CONSTRAINTS, INDEXES)
        for row in connection.execute(text(query), {"schema": schema})
        if VERSION_TABLE not in row[0]
    }


@pytest.mark.parametrize("environment", Environment)
def test_migrated_tables_are_those_of_the_models(connection: Connection, environment: Environment) -> None:
    """Alembic compares no CHECK constraints, so the models' tables are made beside the migrated ones."""
    copy = MetaData(schema="made_by_models", naming_convention=METADATA[environment].naming_convention)
    for table in METADATA[environment].sorted_tables:
        table.to_metadata(copy, schema="made_by_models", referred_schema_fn=lambda *_: "made_by_models")
    connection.exec_driver_sql("CREATE SCHEMA made_by_models")
    copy.create_all(connection)
    migrated, made = shape(connection, schema_of(connection, environment)), shape(connection, "made_by_models")
    assert migrated - made == set()
    assert made - migrated == set()
    assert len(made) > 30


@pytest.mark.parametrize("environment", Environment)
def test_what_sharding_needs_holds(connection: Connection, environment: Environment) -> None:
    """A primary key on every table, no trigger, no foreign key that leaves the schema, no sequence."""
    values = {"schema": schema_of(connection, environment)}
    keyless = """
        SELECT relname FROM pg_class c WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'p')
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')
    """
    leaving = """
        SELECT conname FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
        WHERE k.connamespace = CAST(:schema AS regnamespace) AND r.relnamespace <> k.connamespace
    """
    triggers = """
        SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = CAST(:schema AS regnamespace) AND NOT tgisinternal
    """
    others = """
        SELECT relname FROM pg_class
        WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind NOT IN ('r', 'i', 't')
    """
    for query in (keyless, leaving, triggers, others):
        assert connection.scalars(text(query), values).all() == []


KEYS = {"p": "pk", "u": "uq", "f": "fk", "c": "ck"}


@pytest.mark.parametrize("environment", Environment)
def test_constraints_are_named_by_convention(connection: Connection, environment: Environment) -> None:
    rows = connection.execute(
        text("""
            SELECT c.relname, k.conname, k.contype FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE k.connamespace = CAST(:schema AS regnamespace) AND k.contype IN ('p', 'u', 'f', 'c')
        """),
        {"schema": schema_of(connection, environment)},
    ).all()
    for table, name, kind in rows:
        if table != VERSION_TABLE:
            assert name.startswith(f"{KEYS[kind]}_{table}"), name
            assert len(name) < 63, f"{name} was cut"
    assert len(rows) > 10


def test_both_schools_are_made_alike(connection: Connection) -> None:
    schemas = connection.scalars(text("SELECT 't_' || replace(id::text, '-', '') FROM public.tenant")).all()
    shapes = [shape(connection, schema) for schema in schemas]
    assert len(shapes) >= 2
    assert all(each == shapes[0] for each in shapes)


def test_every_school_stands_at_the_head_in_index_and_in_truth(connection: Connection) -> None:
    head = ScriptDirectory(str(ROOT / "migrations" / "tenant")).get_current_head()
    for school, indexed in connection.execute(text("SELECT tenant_id, revision FROM public.tenant_version")).all():
        truth = connection.exec_driver_sql(f"SELECT version_num FROM t_{school.hex}.alembic_version").scalar_one()
        assert truth == indexed == head


def test_the_owner_of_tables_is_not_the_login_of_requests(connection: Connection) -> None:
    """Row level security and grants do not bind the owner, so requests must not be the owner."""
    owners = connection.scalars(
        text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
    ).all()
    assert "lernejo_app" not in owners
    assert not [owner for owner in owners if owner.startswith("t_")]
