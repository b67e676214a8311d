"""The servers and databases a test run stands on: real PostgreSQL and Redis, one database for each worker process."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from core.config import ROOT, Settings, _postgres_url, app_login_password, read_settings
from deploy.embedded import Postgres, Redis, start_postgres, start_redis

TEMPLATE = "lernejo_test_template"
SECRET = "a secret that only tests know, 32 characters at least"


@dataclass
class Services:
    """What the controlling process started; workers find it through the environment."""

    postgres: Postgres | None
    redis: Redis | None
    folder: Path

    def pgbench(self) -> Path:
        """The pgbench of the embedded PostgreSQL, else the one on the path."""
        return (self.postgres.bin_path / "pgbench") if self.postgres else Path("pgbench")

    def stop(self) -> None:
        """Stop what was started and remove its data."""
        if self.redis:
            self.redis.stop()
        if self.postgres:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_services() -> Services:
    """Start the embedded servers in a folder of their own, unless real ones are named, and tell the workers."""
    folder = Path(mkdtemp(prefix="lernejo-test-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when root runs the tests
    postgres = redis = None
    if not os.environ.get("DATABASE_URL"):
        postgres = start_postgres(folder / "postgres")
        os.environ["TEST_DATABASE_URL"] = postgres.url
    else:
        os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"]
    if not os.environ.get("REDIS_URL"):
        redis = start_redis(folder / "redis")
        os.environ["TEST_REDIS_URL"] = redis.url
    else:
        os.environ["TEST_REDIS_URL"] = os.environ["REDIS_URL"]
    os.environ["TEST_STORAGE_URL"] = os.environ.get("STORAGE_URL") or (folder / "storage").as_uri()
    return Services(postgres, redis, folder)


def database_url(name: str) -> URL:
    """The owner's URL of a database on the test server."""
    return make_url(_postgres_url(os.environ["TEST_DATABASE_URL"])).set(database=name)


def copy_database(name: str, *, template: str | None) -> None:
    """Make a database anew, from a template when one is named."""
    server = make_url(_postgres_url(os.environ["TEST_DATABASE_URL"]))
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")))


def fill_template() -> None:
    """Make the two schools once, in a process of its own: a template must have no open connection when copied."""
    copy_database(TEMPLATE, template=None)
    env = os.environ | environment(TEMPLATE, 15)
    subprocess.run([sys.executable, "-m", "tests.two_schools"], check=True, env=env, cwd=ROOT)


def environment(database: str, redis_index: int) -> dict[str, str]:
    """The environment of an application on one of the run's databases."""
    owner = database_url(database)
    # One login for all databases of the run: the grants of the template are copied with it.
    app = owner.set(username="lernejo_app_test", password=app_login_password(SECRET))
    return {
        "DATABASE_URL": owner.render_as_string(hide_password=False),
        "DATABASE_APP_URL": app.render_as_string(hide_password=False),
        "REDIS_URL": os.environ["TEST_REDIS_URL"].split("?")[0].removesuffix("/0")
        + (f"?db={redis_index}" if os.environ["TEST_REDIS_URL"].startswith("unix") else f"/{redis_index}"),
        "STORAGE_URL": os.environ["TEST_STORAGE_URL"],
        "SECRET_KEY": SECRET,
        "COOKIE_SECURE": "0",
        "LOG_LEVEL": "WARNING",
    }


@contextlib.contextmanager
def running_stack(*, database: str, redis_index: int, port: int, log: Path) -> Iterator[tuple[str, Settings]]:
    """Web and worker as real processes on a database of their own; yields the address and the settings."""
    copy_database(database, template=TEMPLATE)
    env = os.environ | environment(database, redis_index) | {"DEFAULT_SCHOOL": "north"}
    binaries = Path(sys.executable).parent
    web = [
        binaries / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "8", "--no-ws", "--log-level", "warning", "--factory", "wsgi:create_app",
    ]  # fmt: skip
    worker = [
        binaries / "huey_consumer",
        "tasks.worker.huey",
        "--workers",
        "2",
        "--worker-type",
        "thread",
        "--graceful-signal",
        "TERM",
        "--quiet",
    ]
    with log.open("wb") as stream, contextlib.ExitStack() as stack:
        processes = []
        for command in (web, worker):
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=stream, stderr=subprocess.STDOUT)
            stack.callback(process.wait, 10)
            stack.callback(process.terminate)
            processes.append(process)
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(address, processes, log)
        yield address, read_settings(env)


def _wait_until_it_answers(address: str, processes: list[subprocess.Popen[bytes]], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        with contextlib.suppress(OSError), urllib.request.urlopen(address + "/healthz", timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the stack does not answer; its log:\n{log.read_text()[-4000:]}")
