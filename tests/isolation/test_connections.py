"""Nothing of one school stays behind: not in the pool, not in a session, not in a thread, whatever happened."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from core.config import read_settings
from core.db import Database, db, make_engine, new_id
from core.tenancy import (
    NoTenant,
    Tenant,
    binding,
    current_tenant,
    current_tenant_or_none,
    install_binding,
    schema_name,
    tenant_scope,
)
from tenants.directory import Directory
from tenants.models import User
from tests.conftest import School
from tests.counting import owner_engine

WHO = text("SELECT current_user")


@pytest.fixture(scope="module")
def schools(app: Flask) -> tuple[Tenant, Tenant]:
    directory = Directory()
    return directory.by_slug("north"), directory.by_slug("south")


@pytest.fixture
def one_connection() -> Iterator[Database]:
    """A database with a pool of one connection: whatever stays on it meets the next user."""
    database = Database()
    database.connect(replace(read_settings(), db_pool_size=1))
    yield database
    database.dispose()


def resting(database: Database) -> tuple[str, str, int]:
    """Role, path and process of the pool's connection without a school in scope."""
    with database.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT current_user = session_user, current_setting('search_path'), pg_backend_pid()"
        ).one()
    assert row[0], "the connection still has a school's role"
    assert row[1] == '""', f"the connection still has the path {row[1]!r}"
    return tuple(row)


def commits(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(WHO)


def rolls_back(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(WHO)
        connection.rollback()


def fails_in_the_middle(database: Database) -> None:
    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1 / 0")


def crashes(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.engine.begin() as connection:
        assert connection.execute(WHO).scalar() == str(1 // 0)


def rolls_back_a_savepoint(database: Database) -> None:
    with database.engine.begin() as connection:
        savepoint = connection.begin_nested()
        connection.execute(WHO)
        savepoint.rollback()
        assert connection.execute(WHO).scalar() == current_tenant().schema


def fails_in_a_savepoint(database: Database) -> None:
    with database.engine.begin() as connection:
        with pytest.raises(DBAPIError), connection.begin_nested():
            connection.exec_driver_sql("SELECT 1 / 0")
        assert connection.execute(WHO).scalar() == current_tenant().schema


def begins_twice(database: Database) -> None:
    with database.engine.connect() as connection:
        for _ in range(2):
            assert connection.execute(WHO).scalar() == current_tenant().schema
            connection.commit()


ENDINGS = [
    commits,
    rolls_back,
    fails_in_the_middle,
    crashes,
    rolls_back_a_savepoint,
    fails_in_a_savepoint,
    begins_twice,
]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_the_pool_gets_back_a_connection_at_rest(one_connection: Database, schools: Any, ending: Any) -> None:
    north, south = schools
    _, _, process = resting(one_connection)
    with tenant_scope(north):
        ending(one_connection)
    assert resting(one_connection)[2] == process, "the test is about one and the same connection"
    with tenant_scope(south), one_connection.engine.connect() as connection:
        assert connection.execute(WHO).scalar() == south.schema


@pytest.mark.parametrize("is_first", [True, False], ids=["before the binding", "after the binding"])
def test_an_exception_in_the_begin_hook_opens_nothing(schools: Any, is_first: bool) -> None:
    """SQLAlchemy then runs the next statement without the hook, so it is the resting state that has to refuse."""
    north, south = schools

    def fail(_connection: object) -> None:
        raise ZeroDivisionError

    engine = make_engine(read_settings().database_app_url, pool_size=1)
    if is_first:
        event.listen(engine, "begin", fail)
    install_binding(engine, role=None, pool_size=1, schools_per_connection=9)
    if not is_first:
        event.listen(engine, "begin", fail)
    with tenant_scope(north), engine.connect() as connection:
        with pytest.raises(ZeroDivisionError):
            connection.execute(WHO)
        bound = connection.execute(WHO).scalar()
        assert (bound == north.schema) is not is_first
        for tenant in (north, south) if is_first else (south,):
            with pytest.raises(DBAPIError, match="permission denied"):
                connection.exec_driver_sql(f'SELECT count(*) FROM {tenant.schema}."user"')
            connection.connection.rollback()
    engine.dispose()


def test_a_school_without_a_role_cannot_begin(one_connection: Database) -> None:
    nobody = Tenant(id=new_id(), slug="x", name="x", time_zone="UTC", locale="en")
    with tenant_scope(nobody), pytest.raises(DBAPIError), one_connection.engine.connect() as connection:
        connection.execute(WHO)
    resting(one_connection)


def test_a_schema_name_is_checked_before_it_becomes_a_statement() -> None:
    for name in ("public", "postgres", "t_1", "t_" + "0" * 32 + "; DROP TABLE x", "T_" + "0" * 32, ""):
        with pytest.raises(ValueError, match="not a role"):
            binding(name)
    assert binding(schema_name(new_id()))


def test_scopes_nest_and_each_keeps_its_own_session(schools: Any) -> None:
    north, south = schools
    with tenant_scope(north):
        mine = db.session()
        with tenant_scope(south):
            assert db.session() is not mine
            assert db.session.scalar(WHO) == south.schema
        assert db.session() is mine
        assert db.session.scalar(WHO) == north.schema
    assert current_tenant_or_none() is None


def test_entering_ones_own_school_again_keeps_the_work_of_the_outer_scope(schools: Any) -> None:
    north, _south = schools
    with tenant_scope(north):
        outer = db.session()
        outer.info["unfinished"] = True
        with tenant_scope(north):
            assert db.session() is outer
        assert db.session().info.get("unfinished"), "the inner scope threw the outer one's session away"
        assert db.session.scalar(WHO) == north.schema


def test_a_scope_ends_although_its_session_cannot_be_closed(schools: Any) -> None:
    """A server that went away must not leave the next request of this thread in the school."""
    north, _south = schools

    def go_away() -> None:
        with tenant_scope(north):
            process = db.session.scalar(text("SELECT pg_backend_pid()"))
            end_connections(process)
            raise NoTenant

    with pytest.raises(NoTenant):
        go_away()
    assert current_tenant_or_none() is None
    with tenant_scope(north):
        assert db.session.scalar(WHO) == north.schema


def test_identities_are_never_shared(schools: Any) -> None:
    north, south = schools
    with tenant_scope(north):
        theirs = db.session.query(User).first()
        assert theirs is not None
        with tenant_scope(south):
            assert db.session.get(User, theirs.id) is None
            assert theirs not in db.session
        assert db.session.get(User, theirs.id) is theirs
    with tenant_scope(north):
        again = db.session.get(User, theirs.id)
        assert again is not theirs, "a row outlived its scope"


def test_a_thread_starts_without_a_school(schools: Any) -> None:
    north, south = schools
    seen: dict[str, Any] = {}

    def look() -> None:
        seen["inherited"] = current_tenant_or_none()
        with tenant_scope(south):
            seen["own"] = db.session.scalar(WHO)

    with tenant_scope(north):
        assert db.session.scalar(WHO) == north.schema
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert db.session.scalar(WHO) == north.schema
    assert seen == {"inherited": None, "own": south.schema}


def test_threads_at_once_each_see_their_own_school(schools: Any) -> None:
    barrier = threading.Barrier(4)
    wrong: list[str] = []

    def work(tenant: Tenant) -> None:
        barrier.wait()
        for _ in range(50):
            with tenant_scope(tenant):
                who, path = db.session.execute(text("SELECT current_user, current_schema()")).one()
                if (who, path) != (tenant.schema, tenant.schema):
                    wrong.append(f"{who} and {path} instead of {tenant.schema}")

    threads = [threading.Thread(target=work, args=(schools[number % 2],)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_connection_that_has_seen_too_many_schools_is_replaced(schools: Any) -> None:
    north, south = schools
    database = Database()
    database.connect(replace(read_settings(), db_pool_size=1, schools_per_connection=1))

    def process() -> int:
        with database.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())

    with tenant_scope(north):
        first = process()
        assert process() == first
    with tenant_scope(south):
        assert process() == first, "it is replaced after its use, not in the middle"
        second = process()
        assert second != first
    with tenant_scope(south):
        assert process() == second, "the new one has seen one school only"
    database.dispose()


def end_connections(*processes: int) -> None:
    """Let PostgreSQL end these connections, as a restart does, and wait until they are gone."""
    owner = owner_engine()
    with owner.begin() as connection:
        for process in processes:
            assert connection.scalar(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})


def test_connections_that_died_in_the_pool_are_replaced_unnoticed(schools: Any) -> None:
    """A restarted PostgreSQL leaves a pool full of dead connections; nobody should have to send anything twice."""
    north, _south = schools
    database = Database()
    database.connect(replace(read_settings(), db_pool_size=3))
    with tenant_scope(north):
        connections = [database.engine.connect() for _ in range(3)]
        processes = [c.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() for c in connections]
        for connection in connections:
            connection.close()
        end_connections(*processes)
        with database.engine.begin() as connection:
            assert connection.execute(WHO).scalar() == north.schema
    database.dispose()


def test_a_server_that_is_away_is_an_operational_error(schools: Any) -> None:
    north, _south = schools
    settings = read_settings()
    away = make_url(settings.database_app_url).set(host="127.0.0.1", port=1, query={})
    database = Database()
    database.connect(replace(settings, database_app_url=away.render_as_string(hide_password=False)))
    with tenant_scope(north), pytest.raises(OperationalError), database.engine.connect() as connection:
        connection.execute(WHO)


def test_a_request_in_which_the_connection_dies_leaves_no_school_behind(north: School, schools: Any) -> None:
    student = north.new_student()
    mine = text("""
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()
    """)
    with db.engine.connect() as connection:
        processes = list(connection.scalars(mine))
    end_connections(*processes)
    assert student.get("/user").status_code == 200
    assert current_tenant_or_none() is None
