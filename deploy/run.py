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
from pathlib import Path
from typing import Any
from urllib.error import URLError

from deploy.embedded import CannotStart, port_is_free, start_postgres, start_redis, tell

START_SECONDS = 60


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
        raise CannotStart(f"The folder {var} cannot be used: {error}. Choose another: make run VAR_DIR=…") from error
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
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_hex(32))
    return file.read_text().strip()


def write_environment(var: Path, environment: dict[str, str]) -> None:
    """Leave the settings beside the data, for `make flask`; the secret in them is for their owner alone."""
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in environment.items())
    handle = os.open(var / "env", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(lines)


def main() -> int:
    """Run until Ctrl-C; returns the exit code."""
    port, host = int(os.environ.get("PORT") or 8000), os.environ.get("HOST") or "127.0.0.1"
    var = Path(os.environ.get("VAR_DIR") or "var").resolve()
    # A kill of the launcher must stop its servers like Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if not port_is_free(port):
            raise CannotStart(
                f"Port {port} is in use by another program. Stop it, or choose another: make run PORT={port + 1}"
            )
        with only_one(var), services(var) as addresses:
            environment = addresses | {
                "SECRET_KEY": secret_key(var),
                "DEFAULT_SCHOOL": os.environ.get("DEFAULT_SCHOOL") or "demo",
                "COOKIE_SECURE": os.environ.get("COOKIE_SECURE") or "0",
                "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING",
            }
            os.environ.update(environment)
            write_environment(var, environment)
            prepare(var)
            return serve(host, port, var)
    except CannotStart as problem:
        tell(f"\nCannot start: {problem}")
        return 1
    except KeyboardInterrupt:
        tell("\nStopped.")
        return 0


def prepare(var: Path) -> None:
    """Migrate, and make the demo school when there is none."""
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
        (var / "demo.json").write_text(json.dumps(demo.create(settings), ensure_ascii=False, indent=2) + "\n")
    engine.dispose()


def serve(host: str, port: int, var: Path) -> int:
    """Run web and worker under a process manager until Ctrl-C or until one of them ends."""
    from honcho.manager import Manager
    from honcho.printer import Printer

    manager = Manager(Printer(sys.stdout, colour=sys.stdout.isatty()))
    python = Path(sys.executable)
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    web = (
        f"{python.parent / 'granian'} --interface wsgi --host {host} --port {port} --workers 1 --blocking-threads 8 "
        "--no-ws --log-level warning --factory wsgi:create_app"
    )
    # TERM is what the manager sends; without the option huey would drop the jobs in hand.
    options = "--workers 2 --worker-type thread --graceful-signal TERM --quiet"
    worker = f"{python.parent / 'huey_consumer'} tasks.worker.huey {options}"
    manager.add_process("web", web, env=environment, quiet=True)
    manager.add_process("worker", worker, env=environment, quiet=True)
    announcer = threading.Thread(target=announce, args=(port, var), daemon=True)
    announcer.start()
    manager.loop()
    tell(
        "Stopped." if manager.returncode in (0, 130, None) else "A process ended by itself; its last lines stand above."
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
