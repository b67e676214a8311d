"""`make run`: the whole product on this machine, with embedded PostgreSQL and Redis unless real ones are named.

Progress is told for every long step; Ctrl-C stops everything in order; the next start goes on with the same data.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shlex
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.error import URLError

from core.config import Settings
from deploy.embedded import CannotStart, port_is_free, start_postgres, start_redis, tell

START_SECONDS = 60

#: What `core.config` reads; given ones are handed on to `make flask`.
VARIABLES = [field.name.upper() for field in fields(Settings)]


@contextlib.contextmanager
def services(var: Path) -> Iterator[dict[str, str]]:
    """The addresses of PostgreSQL, Redis and storage: those of the environment, else embedded ones kept in `var`."""
    with contextlib.ExitStack() as stack:
        addresses = {
            name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL") if os.environ.get(name)
        }
        if "DATABASE_URL" not in addresses and not os.environ.get("DATABASE_APP_URL"):
            tell(
                "· PostgreSQL: starting the embedded server"
                + ("" if (var / "postgres").exists() else " (first start: making its files)")
            )
            postgres = start_postgres(var / "postgres")
            stack.callback(postgres.stop)
            addresses["DATABASE_URL"] = postgres.url
        if "REDIS_URL" not in addresses:
            tell("· Redis: starting the embedded server")
            redis = start_redis(var / "redis")
            stack.callback(redis.stop)
            addresses["REDIS_URL"] = redis.url
        addresses.setdefault("STORAGE_URL", (var / "storage").resolve().as_uri())
        yield addresses


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the folder: two stacks on the same data would stop each other's servers."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        file = (var / "lock").open("w")
    except OSError as error:
        reason = "it is a file" if var.is_file() else error.strerror
        raise CannotStart(f"The folder {var} cannot be used: {reason}. Choose another: make run VAR_DIR=…") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(
                f"Another window runs on the data in {var}. Stop it there, or choose another folder: make run VAR_DIR=…"
            ) from None
        yield


def secret_key(var: Path) -> str:
    """The installation's secret: from the environment, else made once and kept, readable by its owner alone."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    file = var / "secret_key"
    if not file.exists():
        write_private(file, secrets.token_hex(32))
    return file.read_text().strip()


def write_private(file: Path, text: str) -> None:
    """Write a file with a secret in it, whole or not at all; its owner alone may read it."""
    handle = os.open(file.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    file.with_suffix(".new").replace(file)


def write_environment(var: Path, environment: dict[str, str]) -> None:
    """Leave the settings beside the data, for `make flask`: what was given, and what was made up for it."""
    given = {name: os.environ[name] for name in VARIABLES if os.environ.get(name)}
    write_private(
        var / "env", "".join(f"{name}={shlex.quote(value)}\n" for name, value in (given | environment).items())
    )


@contextlib.contextmanager
def free_port(host: str, port: int) -> Iterator[None]:
    """Refuse, with the way out, where another program serves the port."""
    if not port_is_free(host, port):
        raise CannotStart(
            f"Port {port} is in use by another program. Stop it, or choose another: make run PORT={port % 65535 + 1}"
        )
    yield


def read_port() -> int:
    """The port of the environment; raises `CannotStart` for what is none."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT={text} is no port; use a number from 1 to 65535: make run PORT=8080")
    return int(text)


def main() -> int:
    """Run until Ctrl-C; returns the exit code."""
    host = os.environ.get("HOST") or "127.0.0.1"
    var = Path(os.environ.get("VAR_DIR") or "var").resolve()
    # A kill of the launcher must stop its servers like Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        port = read_port()
        with only_one(var), free_port(host, port), services(var) as addresses:
            environment = addresses | {
                "SECRET_KEY": secret_key(var),
                # Browsers know every name below localhost: http://SLUG.localhost is the school of that slug.
                "BASE_DOMAIN": os.environ.get("BASE_DOMAIN") or "localhost",
                "COOKIE_SECURE": os.environ.get("COOKIE_SECURE") or "0",
                "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING",
            }
            os.environ.update(environment)
            school = prepare(var)
            os.environ.setdefault("DEFAULT_SCHOOL", school)
            write_environment(var, environment)
            try:
                return serve(host, port, var)
            finally:
                (var / "env").unlink()  # its servers are gone in a moment
    except CannotStart as problem:
        tell(f"\nCannot start: {problem}")
        return 1
    except KeyboardInterrupt:
        tell("\nStopped.")
        return 0


def prepare(var: Path) -> str:
    """Migrate, and make the demo school when there is none; its slug."""
    from core.config import InvalidSettings, read_settings
    from tenants import migrating, provisioning

    try:
        settings = read_settings()
    except InvalidSettings as error:
        raise CannotStart(str(error)) from error
    tell("· Database: checking migrations")
    engine = provisioning.owner_engine(settings)
    provisioning.prepare_database(engine, settings)
    for outcome in migrating.migrate_schools(engine):
        if outcome.failure:
            raise CannotStart(f"The school {outcome.slug} could not be migrated: {outcome.failure}")
        tell(f"  migrated {outcome.slug}")
    if not (var / "demo.json").exists():
        from deploy import demo

        tell("· Demo school: making people and the course")
        # Written before the school is made: a start that is broken off is completed by the next one.
        plan = var / "demo-plan.json"
        if not plan.exists():
            write_private(plan, json.dumps(demo.plan(settings)))
        made = demo.create(settings, json.loads(plan.read_text()))
        write_private(var / "demo.json", json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        plan.unlink()
    engine.dispose()
    return str(json.loads((var / "demo.json").read_text())["school"])


def serve(host: str, port: int, var: Path) -> int:
    """Run web and worker under a process manager until Ctrl-C or until one of them ends."""
    from honcho.manager import Manager
    from honcho.printer import Printer

    manager = Manager(Printer(sys.stdout, colour=sys.stdout.isatty()))
    python = Path(sys.executable)
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    web = (
        f"{python.parent / 'granian'} --interface wsgi --host {host} --port {port} --workers 1 --blocking-threads 8 "
        "--no-ws --log-level error --factory wsgi:create_app"
    )
    # TERM is what the manager sends; without the option huey would drop the jobs in hand.
    options = "--workers 2 --worker-type thread --graceful-signal TERM --quiet"
    worker = f"{python.parent / 'huey_consumer'} tasks.worker.huey {options}"
    manager.add_process("web", web, env=environment)
    manager.add_process("worker", worker, env=environment)
    announcer = threading.Thread(target=announce, args=(port, var), daemon=True)
    announcer.start()
    manager.loop()
    tell(
        "Stopped."
        if manager.returncode in (0, 130, None)
        else "Web or worker ended by itself; why stands above. Start again with make run."
    )
    return 0 if manager.returncode == 130 else manager.returncode or 0


def announce(port: int, var: Path) -> None:
    """Say where the product is, once it answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(URLError, OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1),
        ):
            break
        time.sleep(0.05)
    else:
        tell(f"The web server has not answered on port {port} for {START_SECONDS} s; its messages stand above.")
        return
    demo: dict[str, Any] = json.loads((var / "demo.json").read_text())
    tell(f"\nLernejo is ready:  http://localhost:{port}\n")
    for person in demo["people"]:
        tell(f"  {person['role']:<9} {person['user_name']:<8} {person['password']:<20} {person['place']}")
    tell(f"\n  class code {demo['class_code']} (to register a student of your own)")
    tell(f"  The API's documentation: http://localhost:{port}/api/v1/docs")
    tell(f"  Ctrl-C stops everything; the data stay in {var}\n")


if __name__ == "__main__":
    sys.exit(main())
