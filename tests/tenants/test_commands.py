"""The operator's commands, on a database of their own."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from core import redis, storage
from core.config import Settings, app_login_url, read_settings
from core.db import db
from core.migrations import Environment, head
from curriculum.packs import reader
from tenants import provisioning
from tests import stack
from tests.conftest import PREFIX
from tests.walking import pack
from wsgi import create_app

Run = Callable[..., Result]


def empty_database(purpose: str) -> Settings:
    """A new database of this worker's, without anything in it."""
    settings = read_settings()
    assert settings.database_url
    name = f"{make_url(settings.database_url).database}_{purpose}"
    stack.copy_database(name, template=None)
    owner = make_url(settings.database_url).set(database=name).render_as_string(hide_password=False)
    return replace(settings, database_url=owner, database_app_url=app_login_url(owner, settings.secret_key))


@pytest.fixture(scope="module")
def installation(app: Flask) -> Iterator[Flask]:
    """An application on an empty database; afterwards the process looks at its usual one again."""
    made = create_app(empty_database("commands"))
    yield made
    db.dispose()
    settings = read_settings()
    db.connect(settings)
    redis.connect(settings)
    storage.connect(settings.storage_url)


@pytest.fixture
def run(installation: Flask) -> Run:
    def run_command(*arguments: str, fails: bool = False) -> Result:
        result = installation.test_cli_runner().invoke(args=list(arguments))
        assert (result.exit_code != 0) is fails, result.output
        if fails:
            assert result.exception is None or isinstance(result.exception, SystemExit), "a message, not a traceback"
        return result

    return run_command


def test_an_empty_database_is_prepared_once_and_checked_often(run: Run) -> None:
    for _ in range(3):
        assert "0 schools were migrated" in run("database", "prepare").output
    assert "There is no school yet" in run("tenants", "list").output
    assert json.loads(run("tenants", "list", "--json").output) == []


def test_the_weak_login_can_only_connect(installation: Flask, run: Run) -> None:
    run("database", "prepare")
    engine = create_engine(installation.extensions["lernejo"].database_app_url, poolclass=NullPool)
    with engine.connect() as connection:
        rights = connection.execute(
            text("""
                SELECT has_database_privilege(current_database(), 'CREATE'),
                       has_database_privilege(current_database(), 'TEMP'),
                       has_schema_privilege('public', 'USAGE'), has_schema_privilege('public', 'CREATE')
            """)
        ).one()
        assert not any(rights)
        assert connection.exec_driver_sql("SHOW search_path").scalar() == '""'


def test_a_school_is_made_and_listed_and_works(installation: Flask, run: Run) -> None:
    run("database", "prepare")
    options = ("--name", "West School", "--time-zone", "Asia/Tokyo", "--locale", "es", "--json")
    made = json.loads(run("tenants", "create", "west", *options).output)
    assert made.keys() == {"id", "slug", "admin", "admin_password"}
    listed = json.loads(run("tenants", "list", "--json").output)
    assert listed == [
        {
            "id": made["id"], "slug": "west", "name": "West School", "state": "active", "time_zone": "Asia/Tokyo",
            "revision": head(Environment.TENANT),
        }
    ]  # fmt: skip
    assert "West School" in run("tenants", "list").output
    credentials = {"user_name": made["admin"], "password": made["admin_password"]}
    headers = {"X-School": "west"}
    signed_in = installation.test_client().post(f"{PREFIX}/auth/login", json=credentials, headers=headers)
    assert signed_in.json["user"]["roles"] == ["admin"]
    assert signed_in.json["school"] == {
        "slug": "west", "name": "West School", "locale": "es", "time_zone": "Asia/Tokyo",
    }  # fmt: skip


def test_a_slug_names_one_school(run: Run) -> None:
    run("database", "prepare")
    run("tenants", "create", "twice", "--name", "Once")
    refused = run("tenants", "create", "twice", "--name", "Again", fails=True)
    assert "There is a school 'twice' already" in refused.output
    names = [school["name"] for school in json.loads(run("tenants", "list", "--json").output)]
    assert "Once" in names
    assert "Again" not in names


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("create", "-x", "--name", "X"), ""),
        (("create", "Upper", "--name", "X"), "lower-case"),
        (("create", "a" * 41, "--name", "X"), "1 to 40"),
        (("create", "a b", "--name", "X"), "lower-case"),
        (("create", "a-", "--name", "X"), "inner dashes"),
        (("create", "ok"), "--name"),
        (("create", "ok", "--name", "X", "--time-zone", "Mars/North"), "no IANA time zone"),
        (("create", "ok", "--name", "X", "--locale", "tlh"), "tlh"),
        (("create", "ok", "--name", ""), "1 to 100"),
        (("create", "ok", "--name", "X" * 101), "1 to 100"),
        (("create", "ok", "--name", "X", "--admin", "an admin"), "user name"),
        (("create", "ok", "--name", "X", "--admin", "a" * 33), "user name"),
        (("create", "ok", "--name", "X", "--admin-password", "short"), "8 to 128"),
    ],
)
def test_what_cannot_become_a_school_is_refused_and_leaves_nothing(
    run: Run, arguments: tuple[str, ...], reason: str
) -> None:
    run("database", "prepare")
    before = run("tenants", "list").output
    assert reason in run("tenants", *arguments, fails=True).output
    assert run("tenants", "list").output == before


def test_a_shipped_pack_is_checked_and_adopted(installation: Flask, run: Run) -> None:
    run("database", "prepare")
    run("tenants", "create", "adopts", "--name", "Adopts")
    assert "en-ru-a1" in run("packs", "list").output
    checked = run("packs", "check", str(reader.SHIPPED / "en-ru-a1")).output
    assert f"{sum(1 for _ in pack().questions)} questions, no fault" in checked
    assert "as a draft" in run("packs", "adopt", "adopts", "en-ru-a1").output
    assert "has the course 'en-ru-a1' already" in run("packs", "adopt", "adopts", "en-ru-a1", fails=True).output
    assert "no such school" in run("packs", "adopt", "nowhere", "en-ru-a1", fails=True).output
    assert "There is no pack" in run("packs", "adopt", "adopts", "nothing", fails=True).output


def test_a_pack_adopted_and_published_at_once_asks_for_speech(installation: Flask, run: Run) -> None:
    run("database", "prepare")
    run("tenants", "create", "publishes", "--name", "Publishes")
    assert "published" in run("packs", "adopt", "publishes", "en-ru-a1", "--publish").output
    engine = create_engine(installation.extensions["lernejo"].database_url, poolclass=NullPool)
    with engine.connect() as connection:
        kinds = connection.scalars(
            text("SELECT kind FROM public.outbox JOIN public.tenant t ON t.id = tenant_id WHERE t.slug = 'publishes'")
        ).all()
    assert kinds == ["course_published"]


def test_a_faulty_pack_is_refused_with_its_faults(run: Run, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("key: 7\n")
    output = run("packs", "check", str(tmp_path), fails=True).output
    assert "course.yaml: key" in output
    assert "faults" in output


@pytest.mark.parametrize("databases", [1, 2], ids=["one database", "two databases on one server"])
def test_two_commands_prepare_at_once(app: Flask, databases: int) -> None:
    """Web and worker start together, and two installations may share a server and its roles."""
    settings = [empty_database(f"race_{number}") for number in range(databases)]
    barrier, failures = threading.Barrier(4), []

    def prepare(number: int) -> None:
        mine = settings[number % databases]
        barrier.wait()
        try:
            provisioning.prepare_database(provisioning.owner_engine(mine), mine)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=prepare, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for mine in settings:
        with provisioning.owner_engine(mine).connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM public.tenant")) == 0


def test_a_login_that_cannot_log_in_is_mended(app: Flask) -> None:
    """Its password is derived from the secret, so with a new secret nobody would get in any more."""
    settings = empty_database("login")
    login = f"lernejo_{uuid4().hex[:12]}"
    url = make_url(settings.database_app_url).set(username=login)
    settings = replace(settings, database_app_url=url.render_as_string(hide_password=False))
    owner, weak = provisioning.owner_engine(settings), create_engine(url, poolclass=NullPool)
    provisioning.prepare_database(owner, settings)
    with owner.begin() as connection:
        connection.exec_driver_sql(f"ALTER ROLE {login} NOLOGIN")
    with pytest.raises(OperationalError):
        weak.connect()
    provisioning.prepare_database(owner, settings)
    weak.connect().close()
    with owner.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {login}")
        connection.exec_driver_sql(f"DROP ROLE {login}")
